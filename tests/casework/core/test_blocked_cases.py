"""A case that a decision left open is told as blocked, one that a person put aside as suspended."""

import pytest

from casework.boards import case_view
from casework.core.blocked_cases import blocked
from casework.core.refused import Refused
from casework.issuing import publicity
from casework.issuing.withdraw_suspend_revoke import resume, suspend
from tests.casework.desk import Desk


def told(desk: Desk, case: str) -> str:
    found = case_view.view(desk.office, "officer", case)
    assert found is not None and found.state == "suspended"
    with desk.office.read() as session:
        assert (found.id in blocked(session, [found.id])) == (found.shown_state == "blocked")
    return found.shown_state


def test_who_put_a_case_aside_is_told_apart(desk: Desk) -> None:
    by_hand = desk.submit()
    suspend(desk.office, "officer", by_hand, "待核实原件")
    assert told(desk, by_hand) == "suspended"
    left_open = desk.submit(related_party=None, contract_no="HT-9")
    assert desk.decide(left_open).status == "blocked"
    assert told(desk, left_open) == "blocked"
    with pytest.raises(Refused) as refused:
        publicity.publish(desk.office, "officer", cases=[left_open])
    assert "目前是“待定”" in refused.value.say("zh")
    desk.days(1)
    resume(desk.office, "officer", left_open)
    suspend(desk.office, "officer", left_open, "待核实原件")
    assert told(desk, left_open) == "suspended", "the decision is still the last, but a person put it aside"
