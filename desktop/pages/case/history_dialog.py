"""The history of one field of a case: every value that it has had."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from casework.cases.field_history import FieldView
from desktop.kit.dialog_buttons import CloseButton
from desktop.kit.fact_fields import said
from desktop.kit.fitting import resized
from desktop.kit.height_by_width import HeightByWidth
from desktop.kit.language import t
from desktop.kit.theme import GRID
from desktop.kit.widgets import scrolled, words
from desktop.pages.case.page_part import at
from rules.facts import Fact


class HistoryDialog(QDialog):
    """Every value that a field has had, the newest first: from where, by whom, why."""

    def __init__(self, parent: QWidget, title: str, field: FieldView, fact: Fact) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("case.history_of", field=title))
        inside = HeightByWidth()
        grid = QGridLayout(inside)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(3, 1)
        for row, one in enumerate(reversed(field.history)):
            texts = (
                f"v{one.version}",
                said(fact, one.value) or t("case.unknown"),
                t(f"source.{one.source}"),
                t("case.by_at", person=one.person, at=at(one.at)) + (f"\n{one.reason}" if one.reason else ""),
            )
            for column, text in enumerate(texts):
                grid.addWidget(words(text, muted=column != 1), row, column, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(field.history), 1)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inside))
        whole.addWidget(CloseButton(self))
        resized(self, 640, 320)
