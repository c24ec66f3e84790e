"""The same round in three orders, side by side, to the fen; looking at it changes nothing."""

import pytest

from casework.award import deciding
from casework.award.scenario import How, Scenario, as_json, scenario
from casework.core.refused import Refused
from models import LogEntry
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import SHARED, submit
from tests.casework.desk import Desk
from tests.rules.round_packs import pack_text


def awards(found: Scenario, order: int) -> list[int]:
    return [line.outcomes[order].award_fen for line in found.lines]


def test_three_orders_of_one_round(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    cases = submit(desk, (40_000_000, 60_000_000, 50_000_000))
    lines = len(desk.rows(LogEntry))
    (found,) = scenario(desk.office)
    assert [line.case for line in found.lines] == cases
    assert awards(found, 0) == [40_000_000, 60_000_000, 0]
    assert awards(found, 1) == [40_000_000, 60_000_000, 0]
    assert awards(found, 2) == [26_666_667, 40_000_000, 33_333_333]
    assert [side.total_fen for side in found.sides] == [100_000_000] * 3
    assert [side.own for side in found.sides] == [True, False, False]
    assert (found.left_fen, found.budget) == (100_000_000, "test-voucher/2026")
    assert len(desk.rows(LogEntry)) == lines


def test_the_rank_and_what_follows_can_be_chosen(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    submit(desk, (40_000_000, 60_000_000, 50_000_000), (3, 1, 2))
    (found,) = scenario(desk.office, how=How("score", True, "rest"))
    assert awards(found, 1) == [40_000_000, 10_000_000, 50_000_000]
    with pytest.raises(Refused, match="not_a_fact"):
        scenario(desk.office, how=How("colour"))


def test_what_a_case_says_beside_its_pack_ranks_nothing(desk: Desk) -> None:
    text = pack_text('exceeded = "rest"')
    adopt(desk.office, text.replace('id = "score"', 'id = "mark"'))
    with pytest.raises(Refused, match="no_such_field"):
        submit(desk, (40_000_000,), (3,))
    submit(desk, (40_000_000,), (None,))
    with pytest.raises(Refused, match="not_a_fact"):
        scenario(desk.office, how=How("score"))


def test_decided_cases_take_part_as_if_they_had_not_been(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED, cap="300000.00"))
    submit(desk, (40_000_000, 60_000_000, 50_000_000))
    (before,) = scenario(desk.office)
    deciding.decide_round(desk.office, "officer")
    (after,) = scenario(desk.office)
    assert after == before
    stored = [desk.decision(line.case).award_fen for line in after.lines]
    assert awards(after, 2) == stored


def test_the_money_of_other_rounds_is_left_alone(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    submit(desk, (70_000_000,))
    deciding.decide_round(desk.office, "officer")
    with pytest.raises(Refused, match="no_scenario"):
        scenario(desk.office, 1)


def test_for_programs_it_says_that_it_is_a_simulation(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    submit(desk, (40_000_000,))
    told = as_json(scenario(desk.office))
    assert told["simulation"] is True
    assert told["budgets"][0]["orders"]["pro_rata"]["total"] == "400000.00"
    assert told["budgets"][0]["cases"][0]["ranked"] == {"status": "awarded", "award": "400000.00"}


def test_before_an_allotment_the_orders_share_out_what_the_pack_states_and_say_so(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'), allotted=False)
    submit(desk, (40_000_000, 70_000_000))
    (found,) = scenario(desk.office)
    assert (found.left_fen, found.allotted) == (100_000_000, False)
    assert awards(found, 0) == [40_000_000, 60_000_000]
    desk.give(50_000_000, "test-voucher/2026")
    (found,) = scenario(desk.office)
    assert (found.left_fen, found.allotted) == (50_000_000, True)
    (found,) = scenario(desk.office, how=How(left_fen=10_000_000))
    assert (found.left_fen, found.allotted) == (10_000_000, True)
