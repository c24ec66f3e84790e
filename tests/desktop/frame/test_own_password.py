"""One's own password is changed from the office's menu, with the old one, by the same rule."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casework.people import signing_in
from casework.people.password_rule import Figures
from desktop.frame.main_window import Frame
from desktop.frame.own_password import OwnPassword
from desktop.kit.language import t
from models import sqlite
from tests.desktop.helpers import press, settle, soon

OWN = "blue tin gate 42"


def asked(frame: Frame) -> OwnPassword:
    """The dialog, opened from the menu."""
    settle(frame.desk)
    entries = {each.text(): each for each in frame.menus["office"].actions()}
    entries[t("action.change_password")].trigger()
    settle(frame.desk)
    dialog = frame.findChild(OwnPassword)
    assert isinstance(dialog, OwnPassword)
    return dialog


def fill(dialog: OwnPassword, old: str, new: str, again: str) -> None:
    for field, text in ((dialog.old, old), (dialog.new.first, new), (dialog.new.again, again)):
        field.selectAll()
        QTest.keyClicks(field, text)


def test_the_hint_follows_and_the_old_one_is_asked(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    dialog = asked(frame)
    fill(dialog, "wrong", "some quiet river", "")
    assert dialog.new.hint.text() == t("password.differ")
    fill(dialog, "wrong", "officer2026", "officer2026")
    assert dialog.new.hint.text() == t("refused.password_named")
    press(dialog.new.again, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.fault.text() == t("refused.password_named")
    fill(dialog, "wrong", OWN, OWN)
    assert dialog.new.hint.text() == t("password.good")
    press(dialog.new.again, Qt.Key.Key_Return)
    soon(lambda: dialog.fault.text() == t("refused.sign_in"))
    settle(frame.desk)
    fill(dialog, "demo", OWN, OWN)
    press(dialog.new.again, Qt.Key.Key_Return)
    settle(frame.desk)
    assert frame.messages.sentence.text() == t("password.changed")
    assert not [one for one in frame.findChildren(OwnPassword) if one.isVisible()]
    assert signing_in.sign_in(frame.desk.office, "officer", OWN) == {"officer"}


def test_a_wrong_old_one_makes_wait_as_at_the_door(
    frame_of: Callable[..., Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "figures", lambda: Figures(8, 5, 200, (0, 1), 7))
    frame = frame_of("officer")
    dialog = asked(frame)
    fill(dialog, "wrong", OWN, OWN)
    press(dialog.new.again, Qt.Key.Key_Return)
    soon(lambda: bool(dialog.fault.text()))
    assert dialog.fault.text() == t("refused.sign_in_wait", seconds=1) and not dialog.yes.isEnabled()
    soon(dialog.yes.isEnabled)
    dialog.reject()


def test_where_nothing_can_be_written_it_is_not_offered(
    frame_of: Callable[..., Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "can_be_written", lambda path: False)
    frame = frame_of("officer")
    settle(frame.desk)
    assert t("action.change_password") not in [each.text() for each in frame.menus["office"].actions()]
