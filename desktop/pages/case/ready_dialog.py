"""The gate before a case is decided: what is still open, each with a way to it, and why one goes on."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.kit.ask_dialog import AskDialog
from desktop.kit.desk import Desk
from desktop.kit.language import t
from desktop.kit.theme import SHAPES, Theme
from desktop.kit.widgets import tint
from desktop.pages.case.page_part import plain, row_of, small_link, wrapped

REASON = "case.ask.go_on"
WIDTH = 640
"""In pixels at 100 %."""


class Open(NamedTuple):
    """One thing that is open: how it is said, and what leads to it."""

    said: str
    go: Callable[[], object]


class ReadyDialog(AskDialog):
    """Asks before a case is decided. Where something is open it is listed, and a reason is asked for.

    Args:
        things: what is open; a way to one puts the dialog away.
        reason: the code of the reason's label where one is asked for in any case.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        title: str,
        says: str,
        things: Sequence[Open],
        do: Callable[[AskDialog, dict[str, str]], object],
        reason: str = "",
        desk: Desk | None = None,
        about: str = "",
    ) -> None:
        asked = REASON if things else reason
        super().__init__(parent, title, says, {asked: QLineEdit()} if asked else {}, do, desk, about)
        self.things = tuple(things)
        column = self.layout()
        if not things or not isinstance(column, QVBoxLayout):
            return
        self.setMinimumWidth(WIDTH)
        listed = QVBoxLayout()
        listed.setSpacing(4)
        head = wrapped(t("case.gate.open", count=len(things)))
        tint(head, theme.look)
        listed.addWidget(head)
        for one in things:
            mark = plain(SHAPES["look"])
            mark.setFixedWidth(14)
            tint(mark, theme.look)
            link = small_link(t("case.gate.go"), self._leading_to(one), theme)
            link.setAccessibleName(f"{t('case.gate.go')} {one.said}")
            link.setAutoDefault(False)
            listed.addLayout(row_of(mark, wrapped(one.said), link, stretch=1))
        column.insertLayout(1, listed)
        for label in self.findChildren(QLabel):
            if label.wordWrap():  # else the dialog is as high as narrow words would make it
                label.setMinimumWidth(WIDTH - 160)
        self.resize(WIDTH, column.totalHeightForWidth(WIDTH))

    def _leading_to(self, one: Open) -> Callable[[], object]:
        def go() -> None:
            self.reject()
            one.go()

        return go
