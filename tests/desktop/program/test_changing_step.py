"""A password that somebody else gave is changed before anything else, and told by whom and when it came."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from casework.core.office import Office
from casework.people import accounts, signing_in
from desktop.kit.language import language, t
from desktop.program.app import Program
from desktop.program.changing_step import Changing
from models import sqlite
from tests.desktop.helpers import button, press, settle, soon, texts
from tests.desktop.program.conftest import opened, typed
from words.shown import shown

GIVEN, OWN = "ocean walk 17", "blue tin gate 42"


def reset(where: Path, name: str, by: str = "system") -> str:
    """A password is given to somebody; returns what the window says of when."""
    with Office.open(where).closing() as office:
        accounts.reset_password(office, by, name, GIVEN)
        at = signing_in.standing(office, name).reset_at
        assert at is not None
        return shown("at", at, language())


def test_a_password_that_another_gave_is_changed_before_anything_else(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    at = reset(an_office, "officer")
    program = opened(program_of(), an_office)
    typed(program, "officer", GIVEN)
    step = program.start.step
    assert isinstance(step, Changing) and program.frame is None
    assert step.told.text() == t("welcome.change.given", by="顾川", at=at)
    assert step.later.isHidden()
    for password, fault in (
        ("123", t("refused.password_short", least=8, different=5)),
        (GIVEN, t("refused.password_same")),
        (OWN, ""),
    ):
        for field in (step.password.first, step.password.again):
            field.selectAll()
            QTest.keyClicks(field, password)
        press(step.password.again, Qt.Key.Key_Return)
        if fault:
            assert step.fault.text() == fault and program.frame is None
    assert program.frame is not None and program.desk is not None
    settle(program.desk)
    assert not step.password.text(), "nothing of it stays in the window"
    with Office.open(an_office, read_only=True).closing() as office:
        assert signing_in.sign_in(office, "officer", OWN) == {"officer"}
        assert not signing_in.standing(office, "officer").must_change


def test_one_that_is_only_proposed_is_told_and_may_be_left_or_made_to_lapse(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    at = reset(an_office, "rights")
    program = opened(program_of(), an_office)
    typed(program, "rights", "demo")
    step = program.start.step
    assert isinstance(step, Changing)
    assert step.told.text() == t("welcome.change.waits", by="顾川", at=at)
    QTest.mouseClick(button(step, t("welcome.change.later")), Qt.MouseButton.LeftButton)
    assert program.desk is not None and program.desk.person == "rights"
    settle(program.desk)
    program.sign_out()
    soon(lambda: program.start.office is not None)
    typed(program, "rights", "demo")
    step = program.start.step
    assert isinstance(step, Changing)
    for field in (step.password.first, step.password.again):
        QTest.keyClicks(field, OWN)
    QTest.mouseClick(button(step, t("welcome.change.yes")), Qt.MouseButton.LeftButton)
    assert program.desk is not None
    settle(program.desk)
    with Office.open(an_office, read_only=True).closing() as office:
        assert signing_in.standing(office, "rights") == signing_in.Standing(), "it has lapsed"


def test_who_has_no_role_yet_changes_it_too_and_is_told_so(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    with Office.open(an_office).closing() as office:
        accounts.add_person(office, "system", "nora", "诺拉", "casework")
    reset(an_office, "nora")
    program = opened(program_of(), an_office)
    typed(program, "nora", GIVEN)
    step = program.start.step
    assert isinstance(step, Changing)
    for field in (step.password.first, step.password.again):
        QTest.keyClicks(field, OWN)
    press(step.password.again, Qt.Key.Key_Return)
    assert not step.fault.text() and program.frame is not None and program.desk is not None
    settle(program.desk)
    assert t("window.no_role") in texts(program.frame)
    assert program.desk.may("change_password") and not program.desk.may("add_person")
    with Office.open(an_office, read_only=True).closing() as office:
        assert signing_in.sign_in(office, "nora", OWN) == frozenset()


def test_where_nothing_can_be_written_the_reset_is_told_with_what_helps(
    program_of: Callable[[], Program], an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset(an_office, "officer")
    monkeypatch.setattr(sqlite, "can_be_written", lambda path: False)
    program = opened(program_of(), an_office)
    typed(program, "officer", GIVEN)
    assert program.frame is None
    assert program.start.signing.fault.text() == t("refused.must_change_first", person="officer")
