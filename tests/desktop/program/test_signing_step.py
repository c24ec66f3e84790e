"""Signing in at the window: waits that count down, home first, known passwords, people that are not those of
the log."""

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
from desktop.kit.language import t
from desktop.program.app import Program
from tests import other_hand
from tests.desktop.helpers import button, press, settle, soon
from tests.desktop.program.conftest import opened, signed_in, typed

OWN = "blue tin gate 42"


def banners(program: Program) -> list[str]:
    assert program.frame is not None
    found = program.frame.findChildren(QLabel)
    return [label.text() for label in found if label.property("banner") and not label.isHidden()]


def test_the_wait_counts_down_and_the_button_comes_back(
    program_of: Callable[[], Program], an_office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_in, "figures", lambda: Figures(8, 5, 200, (0, 2), 7))
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
    monkeypatch.setattr(signing_in, "figures", lambda: Figures(8, 5, 200, (0, 900), 7))
    program = opened(program_of(), an_office)
    typed(program, "officer", "wrong")
    assert not program.start.signing.enter.isEnabled()
    typed(program, "auditor", "demo")
    assert program.frame is not None and program.desk is not None
    settle(program.desk)


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
    with other_hand.opened(where) as other:
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


def test_where_a_trigger_is_foreign_one_signs_in_to_read_and_wrong_passwords_wait(
    program_of: Callable[[], Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that came while the sign-in stood open."""
    monkeypatch.setattr(signing_in, "figures", lambda: Figures(8, 5, 200, (0, 2), 7))
    own = tmp_path / "own.office"
    found_office(own, demo_people=True, name="训力券办公室")
    program = opened(program_of(), own)
    with other_hand.opened(own) as other:
        other.execute("CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN SELECT 1; END")
    typed(program, "officer", "wrong")
    step = program.start.signing
    assert step.fault.text() == t("refused.sign_in_wait", seconds=2) and not step.enter.isEnabled()
    soon(step.enter.isEnabled)
    typed(program, "officer", "demo")
    assert program.desk is not None and program.frame is not None
    settle(program.desk)
    why = t("office.foreign", path=str(own), names=("trigger t",))
    assert banners(program)[0] == t("window.only_read", why=why)
    program.frame.go("applications")
    settle(program.desk)
    assert not [action for action in program.frame.offers() if action.act and action.act != "export"]


def test_what_is_done_to_them_while_the_sign_in_waits_is_found_too(
    program_of: Callable[[], Program], an_auditors: Path
) -> None:
    program = opened(program_of(), an_auditors)
    swap(an_auditors)
    typed(program, "approver", OWN)
    assert program.frame is None
    assert program.start.signing.fault.text() == t("office.people", path=str(an_auditors))
