"""What the check of a pack's file found, each fault with its line: shown before anyone adopts it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from casework.core.holidays import calendar
from casework.core.refused import Refused
from casework.rulebook.shipped_packs import MOST_BYTES, examples_beside
from desktop.kit.dialog_buttons import CloseButton
from desktop.kit.fitting import resized
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.widgets import chip, scrolled, words
from rules.pack import Pack
from words import machine

if TYPE_CHECKING:
    from rules.check import Finding


def check_file(page: Page, where: str, neighbours: tuple[Pack, ...]) -> None:
    """Check a file in a worker and show what was found."""
    from rules.check import Report, check

    path = Path(where)

    def run(office: object) -> Report:
        text, examples = read_pack(path)
        return check(text, neighbours, examples or None, calendar())

    page.desk.read(run, lambda report: CheckDialog(page, path.name, report).open(), owner=page)


def read_pack(path: Path, *, marked: bool = False) -> tuple[str, str]:
    """The text of a pack's file and of the examples beside it (empty where there are none).

    Args:
        marked: with the mark that an editor may have set in front, for who writes the file again.

    Raises:
        Refused: `policy.not_text`: it can't be read.
    """
    try:
        text = machine.read_bytes(path, MOST_BYTES).decode("utf-8" if marked else "utf-8-sig")
        return text, examples_beside(path) or ""
    except UnicodeDecodeError as error:
        raise Refused("policy.not_text", file=path.name) from error


def show_faults(page: Page, name: str, faults: Sequence[Finding]) -> None:
    """Show why a pack was not taken in: each fault with its line."""
    from rules.check import Report

    CheckDialog(page, name, Report(tuple(faults), ())).open()


class CheckDialog(QDialog):
    """The faults and warnings, or that there are none."""

    def __init__(self, page: Page, name: str, report: object) -> None:
        super().__init__(page)
        from rules.check import Report

        assert isinstance(report, Report)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("policies.check.title", file=name))
        theme = page.theme  # type: ignore[attr-defined]
        inside = QWidget()
        column = QVBoxLayout(inside)
        if not report.faults:
            column.addWidget(chip(t("policies.check.fine", title=name), "done", theme))
        for findings, meaning in ((report.faults, "stopped"), (report.warnings, "look")):
            for found in findings:
                from words import say

                sentence = say(found.code, language(), **found.params)
                row = QHBoxLayout()
                mark = chip(str(found.line), meaning, theme)  # type: ignore[arg-type]
                row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(
                    words(t("policies.check.line", line=found.line, column=found.column, say=sentence)), 1
                )
                column.addLayout(row)
                if found.cells:
                    cells = tuple(f"{name}={cell}" for name, cell in found.cells.items())
                    column.addWidget(words(t("check.case", cells=cells), small=True))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inside))
        whole.addWidget(CloseButton(self))
        resized(self, 720, 420)
