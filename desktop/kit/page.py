"""What every page of the window has: a name, the kinds of row it shows, and its own actions."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.core.change import Change
from desktop.kit.action import Action
from desktop.kit.desk import Desk

WORK = "work:"
"""Before a kind of `casework.boards.worklist`: what the list of applications is asked to show just that."""


class Page(QWidget):
    """A page. Its words are ``page.<name>``; its actions call its methods ``do_<action>``.

    A page reads nothing before it is first shown, and again only when rows of its ``kinds`` have changed
    and it is on screen.

    Attributes:
        case: the number of the case that all of it is about; empty on other pages.

    Signals:
        offered: what the page offers has changed; the frame makes its buttons and menu anew.
        opened: a case's number: someone wants to see it whole.
        went: the name of another page to go to.
        led: the same, and what to show there.
    """

    name: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    offers: tuple[Action, ...] = ()
    offered = Signal()
    opened = Signal(str)
    went = Signal(str)
    led = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.stale = True
        self.case = ""
        desk.changed.connect(self._heard)

    def refresh(self) -> None:
        """Read again what the page shows. Called on the window's thread; reads in a worker."""
        raise NotImplementedError

    def come(self, what: str = "") -> None:
        """The page comes on screen; ``what`` names a thing to show (a case's number)."""
        if self.stale:
            self.stale = False
            self.refresh()

    @property
    def showing(self) -> str:
        """What to come with (`come`) for the same thing to be shown in a window that is made anew."""
        return self.case

    def ready(self, action: str) -> bool:
        """Whether there is something to do an action to; one where not can't be pressed."""
        return True

    def leave(self) -> bool:
        """The page goes off screen. False keeps it there (something typed would be lost)."""
        return True

    def _heard(self, change: Change) -> None:
        if self.kinds & change.kinds:
            self.stale = True
            if self.isVisible():
                self.come()
