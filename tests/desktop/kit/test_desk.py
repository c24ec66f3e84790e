"""The desk: acts as the person who sits there, what they change is heard, and what can be is taken back."""

import datetime
from collections.abc import Callable

from casework.core.change import Change
from casework.core.refused import Refused
from casework.people import accounts
from casework.people.staff import staff
from desktop.kit.desk import A_WEEK, Desk
from desktop.kit.language import t
from tests import other_hand
from tests.desktop.helpers import settle


def test_an_act_is_heard_by_kind_before_its_asker_goes_on(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("rights")
    heard: list[str] = []
    desk.changed.connect(lambda change: heard.append(change.act))
    desk.act(accounts.give_role, "officer", "approver", then=lambda change: heard.append("then"))
    settle(desk)
    assert heard == ["give_role", "then"]


def test_a_refusal_stands_beside_its_field_or_in_the_message_line(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("officer")
    beside: list[Refused] = []
    said: list[str] = []
    desk.said.connect(lambda sentence, meaning: said.append(sentence))
    desk.act(accounts.give_role, "officer", "approver", refused=beside.append)
    settle(desk)
    assert [refusal.code for refusal in beside] == ["refused.not_allowed"] and not said
    desk.act(accounts.give_role, "officer", "approver")
    settle(desk)
    assert len(said) == 1


def test_the_last_act_is_taken_back_once(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("rights")
    said: list[str] = []
    desk.said.connect(lambda sentence, meaning: said.append(sentence))
    before = staff(desk.office)
    desk.act(accounts.give_role, "officer", "approver")
    settle(desk)
    assert staff(desk.office) != before
    desk.take_back()
    settle(desk)
    assert staff(desk.office) == before
    assert said == [t("undo.done", act=t("act.end_role"))]


def test_what_can_not_be_taken_back_is_said_so(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of("rights")
    said: list[str] = []
    desk.said.connect(lambda sentence, meaning: said.append(sentence))
    desk.take_back()
    assert said == [t("undo.nothing")]


def test_nobody_who_has_gone_is_told(desk_of: Callable[..., Desk]) -> None:
    from PySide6.QtCore import QObject
    from shiboken6 import delete

    desk = desk_of("rights")
    owner = QObject()
    told: list[Change] = []
    desk.act(accounts.give_role, "officer", "approver", then=told.append, owner=owner)
    delete(owner)
    settle(desk)
    assert not told


def test_what_leads_to_an_act_is_shown_to_those_whose_roles_do_it(desk_of: Callable[..., Desk]) -> None:
    officer = desk_of("officer")
    assert officer.may("decide") and officer.may("import")
    assert not officer.may("approve")
    officer.sign_out()
    assert not officer.may("decide"), "who got up may nothing"


def test_what_falls_over_a_value_that_somebody_put_there_is_said_and_is_no_bug(
    desk_of: Callable[..., Desk],
) -> None:
    desk = desk_of("officer")
    said: list[str] = []
    desk.said.connect(lambda sentence, meaning: said.append(sentence))
    path = desk.office.store.path
    assert path is not None
    desk.office.store.close()  # nobody holds the file now
    other_hand.put_of_another_kind(path, "office", "name", 1.5)

    def falls(office: object) -> None:
        raise TypeError("int and str")

    desk.read(falls, lambda found: None)
    settle(desk)
    assert said == [t("office.bad_value", path=path)]


def test_when_one_was_here_last_is_known_for_each_office(desk_of: Callable[..., Desk]) -> None:
    """A look at a second office once made the home page of the first forget what was new."""
    desk = desk_of("finance")
    first, week = desk.office.row.uid, desk.office.now() - datetime.timedelta(days=A_WEEK)
    assert desk.last_here == week
    desk.office.row.uid = "another"
    desk.sign_in("finance", desk.roles)
    assert desk.last_here == week, "never here before"
    desk.office.row.uid = first
    desk.sign_in("finance", desk.roles)
    assert desk.last_here == desk.office.now()
