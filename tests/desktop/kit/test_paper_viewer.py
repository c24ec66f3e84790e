"""The pane: the very stored bytes, shown, saved and printed; put away by Escape."""

import io
import json
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt

from casework.cases import paper_filing
from casework.core import files_out
from casework.core.refused import Refused
from casework.issuing import letters
from desktop.kit.language import t
from desktop.kit.paper_viewer import Viewer
from models import LogEntry
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.helpers import press, printer_to, soon


def _read(body: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(body))


def letter_shown(open_case: OpenCase) -> tuple[Opened, Viewer]:
    """A case whose letter of approval stands in the pane."""

    def lead(desk: Desk) -> str:
        case = desk.issued()
        letters.issue_approval(desk.office, "officer", case)
        return case

    opened = open_case(lead)
    view, viewer = opened.page.view, opened.page.viewer
    assert view is not None
    opened.page.look_at(view.letters[0].numbered, view.letters[0].sha256)
    opened.settle()
    return opened, viewer


def test_the_letter_shown_is_the_stored_file_and_is_saved_and_printed(
    open_case: OpenCase, tmp_path: Path
) -> None:
    opened, viewer = letter_shown(open_case)
    assert viewer.shown is not None
    opened.page.doing.save_to(viewer.shown.stored, tmp_path / "通知书.pdf")
    opened.settle()
    assert (tmp_path / "通知书.pdf").read_bytes() == viewer.shown.stored.body
    printer = printer_to(tmp_path / "printed.pdf")
    printed_as = viewer.shown
    assert printed_as is not None
    viewer.print_asked.emit(printed_as, printer)
    viewer.close_pane()  # what was asked for is printed, whatever the pane shows meanwhile
    opened.settle()
    with pikepdf.open(tmp_path / "printed.pdf") as printed, _read(printed_as.stored.body) as kept:
        assert len(printed.pages) == len(kept.pages)
    last = opened.desk.rows(LogEntry)[-1]
    assert (last.act, last.subject) == ("export", f"case {opened.case}")
    said = json.loads(last.payload)
    assert (said["printed"], said["sha256"]) == (True, printed_as.stored.sha256)


def test_what_can_t_be_logged_is_not_printed(
    open_case: OpenCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, viewer = letter_shown(open_case)
    printer = printer_to(tmp_path / "printed.pdf")

    def no_line(*given: object, **named: object) -> None:
        raise Refused("refused.locked", person="officer")

    monkeypatch.setattr(files_out, "carry_out", no_line)
    viewer.print_asked.emit(viewer.shown, printer)
    opened.settle()
    assert not (tmp_path / "printed.pdf").exists()


def test_a_file_that_can_t_be_shown_says_so(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit()
        paper_filing.add_paper(desk.office, "officer", case, "other", "坏.pdf", b"no pdf at all")
        return case

    opened = open_case(lead)
    assert opened.page.view is not None
    paper = opened.page.view.papers[0]
    opened.page.look_at(paper.name, paper.sha256)
    opened.settle()
    assert opened.page.viewer.other.text() == t("case.not_shown")
    assert opened.page.viewer.stack.currentWidget() is opened.page.viewer.other
    opened.page.viewer.close_pane()
    assert not opened.page.viewer.isVisible()


def test_escape_puts_the_pane_away(open_case: OpenCase) -> None:
    opened = open_case(Desk.issued)
    letters.issue_approval(opened.desk.office, "officer", opened.case)
    opened.again()
    assert opened.page.view is not None
    one = opened.page.view.letters[0]
    opened.page.look_at(one.numbered, one.sha256)
    opened.settle()
    opened.page.viewer.pages.setFocus()
    press(opened.page.viewer.pages, Qt.Key.Key_Escape)
    soon(lambda: not opened.page.viewer.isVisible())
