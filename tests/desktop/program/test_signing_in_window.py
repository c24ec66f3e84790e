"""Signing in at the window: waits that count down, a password that another gave, home first, known passwords,
an office whose people are not those of its log."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from casework.core.office import Office
from casework.founding.new_office import found_office
from casework.people import accounts, signing_in
from casework.people.password_rule import Figures
from desktop.kit.language import language, t
from desktop.program.app import Program
from desktop.program.changing_step import Changing
from desktop.program.signing_step import Signing
from models import sqlite
from tests.desktop.helpers import button, press, settle, soon
from tests.desktop.program.conftest import signed_in
from words.shown import shown

GIVEN, OWN = "ocean walk 17", "blue tin gate 42"


def opened(program: Program, where: Path) -> Program:
    program.start.show()
    assert program.start.open_office(str(where))
    return program


def typed(program: Program, name: str, password: str) -> None:
    """Somebody types an account and a password, and presses Enter."""
    step = program.start.step
    assert isinstance(step, Signing)
    for field, text in ((step.name, name), (step.password, password)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    press(step.password, Qt.Key.Key_Return)


def reset(where: Path, name: str, by: str = "system") -> str:
    """A password is given to somebody; returns what the window says of when."""
    with Office.open(where).closing() as office:
        accounts.reset_password(office, by, name, GIVEN)
        at = signing_in.standing(office, name).reset_at
        assert at is not None
        return shown("at", at, language())


def banners(program: Program) -> list[str]:
    assert program.frame is not None
    found = program.frame.findChildren(QLabel)
    return [label.text() for label in found if label.property("banner") and not label.isHidden()]


def test_the_wait_counts_down_and_the_button_comes_back(
    program_of: Callable[[], Program], an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "figures", lambda: Figures(8, 200, (0, 2)))
    program = opened(program_of(), an_office)
    typed(program, "officer", "wrong")
    step = program.start.signing
    assert not step.enter.isEnabled()
    assert step.fault.text() == t("refused.sign_in_wait", seconds=2)
    press(step.password, Qt.Key.Key_Return)
    assert program.frame is None, "Enter is the button's too"
    soon(lambda: step.fault.text() == t("refused.sign_in_wait", seconds=1))
    soon(step.enter.isEnabled)
    assert step.fault.text() == ""
    typed(program, "officer", "demo")
    assert program.frame is not None and program.desk is not None
    settle(program.desk)


def test_others_need_not_wait(
    program_of: Callable[[], Program], an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "figures", lambda: Figures(8, 200, (0, 900)))
    program = opened(program_of(), an_office)
    typed(program, "officer", "wrong")
    assert not program.start.signing.enter.isEnabled()
    typed(program, "auditor", "demo")
    assert program.frame is not None and program.desk is not None
    settle(program.desk)


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
        ("123", t("refused.password_short", least=8)),
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


def test_where_nothing_can_be_written_the_reset_is_told_with_what_helps(
    program_of: Callable[[], Program], an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset(an_office, "officer")
    monkeypatch.setattr(sqlite, "can_be_written", lambda path: False)
    program = opened(program_of(), an_office)
    typed(program, "officer", GIVEN)
    assert program.frame is None
    assert program.start.signing.fault.text() == t("refused.must_change_first", person="officer")


def test_one_lands_on_home_and_not_where_another_was(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    """F28."""
    program = signed_in(program_of(), an_office)
    assert program.frame is not None and program.desk is not None
    program.frame.go("overview")
    settle(program.desk)
    program.sign_out()
    soon(lambda: program.start.office is not None)
    program.start.sign_in("auditor", "demo")
    assert program.frame is not None and program.frame.page is not None and program.desk is not None
    assert program.frame.page.name == "home"
    settle(program.desk)


def test_an_office_of_known_passwords_says_so_at_the_sign_in_and_on_every_page(
    program_of: Callable[[], Program], tmp_path: Path
) -> None:
    where = tmp_path / "trial.office"
    found_office(str(where), name="试用", demo_people=True)
    program = opened(program_of(), where)
    assert program.start.signing.hint.isVisible()
    assert program.start.signing.hint.text() == t("welcome.known_passwords")
    typed(program, "auditor", "demo")
    assert program.desk is not None and program.frame is not None
    settle(program.desk)
    assert banners(program) == [t("window.known_passwords")]
    program.frame.go("overview")
    settle(program.desk)
    assert banners(program) == [t("window.known_passwords")]


def test_a_demonstration_has_no_such_banner(program_of: Callable[[], Program], an_office: Path) -> None:
    assert banners(signed_in(program_of(), an_office)) == []


def swap(where: Path) -> None:
    """An auditor's own password is put into an approver's row behind the program's back."""
    with sqlite3.connect(where) as other:
        other.execute(
            "UPDATE person SET password_hash = (SELECT password_hash FROM person WHERE name = 'auditor') "
            "WHERE name = 'approver'"
        )


@pytest.fixture
def an_auditors(an_office: Path) -> Path:
    with Office.open(an_office).closing() as office:
        accounts.change_password(office, "auditor", "demo", OWN)
    return an_office


def test_people_that_are_not_those_of_the_log_do_not_sign_in_and_the_office_is_read(
    program_of: Callable[[], Program], an_auditors: Path
) -> None:
    swap(an_auditors)
    program = opened(program_of(), an_auditors)
    step = program.start.signing
    why = t("office.people", path=str(an_auditors))
    assert step.fault.text() == why and not step.name.isVisible() and not step.password.isVisible()
    QTest.mouseClick(button(step, t("welcome.read")), Qt.MouseButton.LeftButton)
    assert program.desk is not None and program.frame is not None
    settle(program.desk)
    assert banners(program) == [t("window.only_read", why=why)]
    assert program.desk.person == "" and not program.desk.may("approve")
    for name in ("applications", "overview", "rounds", "budgets", "policies", "letterhead"):
        program.frame.go(name)
        settle(program.desk)
        assert [action.name for action in program.frame.offers() if action.act] == []


def test_what_is_done_to_them_while_the_sign_in_waits_is_found_too(
    program_of: Callable[[], Program], an_auditors: Path
) -> None:
    program = opened(program_of(), an_auditors)
    swap(an_auditors)
    typed(program, "approver", OWN)
    assert program.frame is None
    assert program.start.signing.fault.text() == t("office.people", path=str(an_auditors))
