"""People and rights: each side sees what it may do with an account, and nothing else."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton

from casework.core.refused import Refused
from casework.people import accounts, signing_in
from casework.people.staff import staff
from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.people import PeoplePage
from models.faults import OfficeFault
from tests.desktop.helpers import button, settle, texts
from tests.desktop.stages import dialog
from words.shown import moment


def links(frame: Frame) -> list[QPushButton]:
    frame.go("people")
    settle(frame.desk)
    assert frame.page is not None
    return [button for button in frame.page.findChildren(QPushButton) if not button.isHidden()]


def test_who_keeps_accounts_locks_them_and_gives_no_rights(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("system")
    buttons = links(frame)
    locks = [button for button in buttons if button.text() == t("people.lock")]
    kept = [member.name for member in staff(frame.desk.office) if member.last_holder]
    assert kept == ["rights", "system"], "nobody locks an office out of itself"
    assert len(locks) == len(staff(frame.desk.office)) - len(kept)
    assert t("people.roles") not in [button.text() for button in buttons]
    locks[0].click()
    settle(frame.desk)
    assert sum(member.locked for member in staff(frame.desk.office)) == 1
    said = [button.text() for button in links(frame)]
    assert said.count(t("people.lock")) == len(locks) - 1
    assert t("people.unlock") not in said, "who keeps the accounts opens none again"


def test_who_keeps_rights_gives_them_and_no_passwords(frame_of: Callable[..., Frame]) -> None:
    said = [button.text() for button in links(frame_of("rights"))]
    assert t("people.roles") in said
    assert said.count(t("people.reset")) == 1, "of who keeps the system, and of nobody else"


def test_who_agrees_to_a_password_sees_who_gave_it_and_when(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("system")
    office = frame.desk.office
    accounts.reset_password(office, "system", "rights", "korrekt-pferd-7-batterie")
    member = next(one for one in staff(office) if one.name == "rights")
    links(frame)
    assert isinstance(frame.page, PeoplePage) and member.reset_at is not None
    frame.page._confirm_reset(member)
    asked = dialog(frame)
    assert isinstance(asked, AskDialog)
    shown = " ".join(texts(asked))
    assert t("ask.proposed", person=member.reset_by, at=moment(member.reset_at)) in shown
    asked.yes.click()
    settle(frame.desk)
    assert asked.fault.text(), "whoever gave it does not agree to it"
    assert next(one for one in staff(office) if one.name == "rights").reset_waits


def test_an_approver_is_told_of_a_given_password_and_agrees_to_it(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("approver")
    office = frame.desk.office
    accounts.reset_password(office, "system", "rights", "korrekt-pferd-7-batterie")
    frame.go("home")
    assert frame.page is not None
    frame.page.refresh()
    settle(frame.desk)
    button(frame.page, t("work.resets_to_confirm", cases=1)).click()
    settle(frame.desk)
    assert isinstance(frame.page, PeoplePage)
    offered = [button.text() for button in links(frame)]
    assert offered.count(t("people.confirm_reset")) == 1 and t("people.reset") not in offered
    button(frame.page, t("people.confirm_reset")).click()
    asked = dialog(frame)
    assert isinstance(asked, AskDialog)
    asked.yes.click()
    settle(frame.desk)
    rights = next(one for one in staff(office) if one.name == "rights")
    assert rights.must_change and not rights.reset_waits
    frame.go("home")
    settle(frame.desk)
    assert t("work.resets_to_confirm", cases=1) not in texts(frame.page)


def test_a_password_that_is_given_is_taken_as_it_was_typed(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("system")
    office = frame.desk.office
    links(frame)
    assert isinstance(frame.page, PeoplePage)
    frame.page._reset(next(one for one in staff(office) if one.name == "officer"))
    asked = dialog(frame)
    assert isinstance(asked, AskDialog)
    field = asked.findChild(QLineEdit)
    assert field is not None
    field.setText(" Tulip garden 93 ")
    asked.yes.click()
    settle(frame.desk)
    assert signing_in.sign_in(office, "officer", " Tulip garden 93 ") == {"officer"}
    with pytest.raises(Refused, match=r"refused\.sign_in"):
        signing_in.sign_in(office, "officer", "Tulip garden 93")


def test_nothing_is_offered_that_is_refused(frame_of: Callable[..., Frame]) -> None:
    """Roles in one's own row; a password in an office that can only be read."""
    frame = frame_of("rights")
    buttons = links(frame)
    assert sum(button.text() == t("people.roles") for button in buttons) == len(staff(frame.desk.office)) - 1
    for keeper in ("system", "rights"):
        frame = frame_of(keeper)
        frame.desk.office.store.only_read = OfficeFault("office.asked_to_read", path="own.office")
        assert links(frame) == []
