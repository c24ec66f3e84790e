"""What the policies' page offers a person is what the acts on packs and supplements do not refuse them."""

import datetime
from typing import Any

import pytest

from casework.boards import policy_board
from casework.core import look_ahead
from casework.core.refused import Refused
from casework.people import accounts
from casework.rulebook import packs, supplements
from casework.rulebook.second_person import ABOUT, Kind
from tests.casework.desk import PACK, Desk
from tests.casework.rulebook.test_packs import EXAMPLES, NEXT

PEOPLE = ("officer", "officer2", "approver", "approver2", "auditor")
WHY = "经核"


def refuses(desk: Desk, person: str, act: str, **given: Any) -> bool:
    try:
        look_ahead.tried(desk.office, person, act, lambda turn: look_ahead.within(turn, **given))
    except Refused:
        return True
    return False


def disagreements(desk: Desk) -> list[tuple[str, str]]:
    """Person and act where the page says one thing and the act another."""
    found = []
    more: dict[str, dict[str, Any]] = {
        "confirm_pack": {},
        "withdraw_pack": {"on": desk.office.today(), "reason": WHY},
        "confirm_supplement": {},
    }
    for person in PEOPLE:
        for one in policy_board.board(desk.office, person):
            rows: list[tuple[Kind, Any, frozenset[str]]] = [("pack", one.ref, one.may)]
            rows += [("supplement", each.id, each.may) for each in one.supplements]
            for kind, named, may in rows:
                for act in ABOUT[kind]:
                    given = {kind: named, **more.get(act, {"reason": WHY})}
                    if refuses(desk, person, act, **given) == (act in may):
                        found.append((person, act))
    return found


@pytest.fixture
def many(desk: Desk) -> Desk:
    """Packs and supplements in every state, proposed by either side."""
    packs.propose_pack(desk.office, "officer", NEXT, EXAMPLES)
    proposed = [
        supplements.propose_supplement(desk.office, person, PACK, name, days, "纪要").facts["supplement"]
        for person, name, days in (
            ("officer", "publicity_days", "5"),
            ("officer", "correction_days", "7"),
            ("officer", "validity_months", "12"),
            ("officer", "redemption_days", "30"),
        )
    ]
    supplements.confirm_supplement(desk.office, "approver", proposed[0])
    supplements.reject_supplement(desk.office, "approver", proposed[1], WHY)
    supplements.confirm_supplement(desk.office, "approver2", proposed[2])
    supplements.revoke_supplement(desk.office, "approver", proposed[2], WHY)
    return desk


def test_the_page_offers_what_the_acts_do(many: Desk) -> None:
    assert disagreements(many) == []


def test_who_proposed_is_not_offered_to_confirm_or_end_it(many: Desk) -> None:
    accounts.give_role(many.office, "rights", "officer", "approver")
    assert disagreements(many) == []
    for one in policy_board.board(many.office, "officer"):
        for may in (one.may if one.proposed_by == "陈知远" else (), *(each.may for each in one.supplements)):
            assert not {"confirm_pack", "confirm_supplement", "revoke_supplement"} & set(may)
    assert {act for one in policy_board.board(many.office, "approver") for act in one.may} >= {"confirm_pack"}


def test_nobody_is_asked_about(many: Desk) -> None:
    assert {one.may for one in policy_board.board(many.office)} == {frozenset()}


def test_what_has_ended_is_not_ended_again(many: Desk) -> None:
    today = many.office.today() + datetime.timedelta(days=1)
    packs.withdraw_pack(many.office, "approver", PACK, today, WHY)
    assert disagreements(many) == []
    (one,) = (one for one in policy_board.board(many.office, "approver") if one.ref == PACK)
    assert "withdraw_pack" not in one.may
