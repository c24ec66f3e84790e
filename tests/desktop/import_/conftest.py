"""The page of imports over the demonstration, and what a person does there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select
from sqlmodel import col

from casework.core.office import Office
from desktop.frame.main_window import Frame
from desktop.pages.import_.page import ImportPage
from desktop.pages.import_.rejects import TYPED
from models import Application
from tests.desktop.helpers import press, settle, soon, type_text
from tests.papers.portal_files import table, workbook


@pytest.fixture(autouse=True)
def own_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def page(frame_of: Callable[..., Frame]) -> ImportPage:
    frame = frame_of("officer")
    assert frame.go("import")
    settle(frame.desk)
    assert isinstance(frame.page, ImportPage)
    return frame.page


def file(folder: Path, *rows: dict[str, Any], name: str = "门户导出.xlsx") -> Path:
    """A portal's file of these rows."""
    return workbook(folder / name, table(*rows))


def look(page: ImportPage, path: Path) -> None:
    """Look at a file, and wait for what is in it."""
    page.look_at(path)
    settle(page.desk)


def cases(office: Office) -> list[str]:
    """The cases that came by the file."""
    with office.read() as session:
        made = select(col(Application.case_no)).where(col(Application.case_no).like("T%"))
        return list(session.execute(made.order_by(col(Application.id))).scalars())


def reasons(page: ImportPage) -> list[tuple[int, str, bool]]:
    """The rows and headings of what is wrong, and whether it is mended."""
    return [(fault.cell[1], fault.cell[2], fault.mended) for fault in page.seen.faults.faults.faults]


def type_cell(page: ImportPage, row: int, text: str) -> None:
    """Type over a cell as a person does: go there, begin to edit, type by the input method, Enter."""
    view = page.seen.faults
    view.setFocus()
    view.setCurrentIndex(view.faults.index(row, TYPED))
    press(view, Qt.Key.Key_F2)
    field = view.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    type_text(field, text)
    press(field, Qt.Key.Key_Return)
    soon(lambda: not view.editing())
