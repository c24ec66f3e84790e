"""What the check of a pack's file found, each fault with its line: shown before anyone adopts it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.page import Page
from desktop.speech import language, t
from desktop.widgets import chip, scrolled, words
from rules.pack import Pack


def check_file(page: Page, where: str, neighbours: tuple[Pack, ...]) -> None:
    """Check a file in a worker and show what was found."""
    from rules.check import Report, check

    path = Path(where)

    def run(office: object) -> Report:
        beside = path.with_name(path.name.removesuffix(".toml") + ".examples.csv")
        examples = beside.read_text(encoding="utf-8-sig") if beside.exists() else None
        return check(path.read_text(encoding="utf-8-sig"), neighbours, examples)

    page.desk.read(run, lambda report: CheckDialog(page, path.name, report).open(), owner=page)


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
        column.addStretch(1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(t("policies.check.close"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inside))
        whole.addWidget(buttons)
        self.resize(720, 420)
