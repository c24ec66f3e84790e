"""The page of rounds, and typing into what it asks."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.pages.rounds.page import RoundsPage
from tests.desktop.helpers import settle, type_text
from tests.desktop.stages import dialog


def page_of(frame: Frame) -> RoundsPage:
    """The page of a window, read."""
    assert frame.go("rounds")
    settle(frame.desk)
    assert isinstance(frame.page, RoundsPage)
    return frame.page


def asked(frame: Frame) -> AskDialog:
    """What a window asks."""
    settle(frame.desk)
    found = dialog(frame)
    assert isinstance(found, AskDialog)
    return found


def put(asks: AskDialog, code: str, text: str) -> None:
    """Type something in the place of what stands in a field."""
    field = asks.fields[code]
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.clear()
    type_text(field, text)
