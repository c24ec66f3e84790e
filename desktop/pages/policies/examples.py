"""The example cases that are kept with a pack: what each shows, what it expects, and whether it holds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from casework.rulebook.pack_examples import Example
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import CloseButton
from desktop.kit.fitting import resized
from desktop.kit.language import t, titled
from desktop.kit.theme import Meaning, Theme
from desktop.kit.widgets import DECISION_MEANING, words
from desktop.lists.plain_table import PlainTable
from desktop.lists.spec import Column
from desktop.pages.policies.asking import rules_named
from rules.pack import Pack

HOLDS: dict[bool, Meaning] = {True: "done", False: "stopped"}
COLUMNS = (
    Column("number", "number_text", 64),
    Column("note", width=420),
    Column("amount", "money", 136),
    Column(
        "status", "chip", 104, show=lambda status: t(f"whatif.status.{status}"),
        meaning=DECISION_MEANING.__getitem__,
    ),
    Column("award", "money", 136),
    Column("why", width=180),
    Column(
        "holds", "chip", 104, show=lambda holds: t(f"policies.example.{'holds' if holds else 'differs'}"),
        meaning=HOLDS.__getitem__,
    ),
)  # fmt: skip


def row(pack: Pack, one: Example) -> tuple[object, ...]:
    """An example as a row of the list."""
    why = rules_named(pack, one.why)
    return one.number, one.note, one.amount_fen, one.status, one.award_fen, why, not one.differs


class ExamplesDialog(QDialog):
    """All examples of a pack."""

    def __init__(
        self, parent: QWidget, desk: Desk, theme: Theme, pack: Pack, examples: Sequence[Example]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("policies.examples_of", title=titled(pack)))
        self.table = PlainTable(desk, theme, "policies.examples", COLUMNS)
        column = QVBoxLayout(self)
        column.addWidget(words(t("policies.examples_says"), muted=True))
        column.addWidget(self.table, 1)
        column.addWidget(CloseButton(self))
        resized(self, 1180, 600)
        self.table.put([row(pack, one) for one in examples])
