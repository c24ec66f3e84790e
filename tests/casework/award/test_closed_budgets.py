"""A budget that stops at the first case it does not reach for is closed to all that come after."""

import datetime

import pytest

from casework.audit.replay import replay
from casework.award import deciding, precheck, round_preview, scenario
from casework.award.closed_budgets import Stopped, closing, unreached
from casework.boards import case_view, round_board
from casework.intake import counter_entry, rounds
from casework.money import budgets
from casework.rulebook.supplements import confirm_supplement, propose_supplement
from rules.facts import Value
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import BUDGET, RANKED, submit
from tests.casework.desk import CODE, GONE_ON, Desk
from tests.rules.round_packs import pack_text

RULE = "budget"


def decided(desk: Desk, order: str = "stop") -> list[int]:
    """Three cases under a budget of 1,000,000.00 that reaches for the first; returns them by number."""
    adopt(desk.office, pack_text(f'exceeded = "{order}"'))
    cases = submit(desk, (90_000_000, 20_000_000, 5_000_000))
    deciding.decide_round(desk.office, "officer")
    return [desk.application(case).id for case in cases]


def budget_id(desk: Desk) -> int:
    with desk.office.read() as session:
        row = budgets.find(session, BUDGET)
    assert row is not None
    return row.id


def stopped(desk: Desk, rule: str = RULE) -> list[int]:
    """Who keeps all money of the budget from those who come after."""
    with desk.office.read() as session:
        last = closing(session, budget_id(desk), rule)
        if last is None or last.opened_fen > 0:
            return []
        return sorted(session.execute(unreached(budget_id(desk), rule)).scalars())


def test_those_that_the_budget_did_not_reach_for_have_closed_it(desk: Desk) -> None:
    _, second, third = decided(desk)
    assert stopped(desk) == [second, third]
    with desk.office.read() as session:
        assert closing(session, budget_id(desk), RULE) is not None
        assert closing(session, budget_id(desk), RULE, but=second) is None, "it came before the third"
        assert closing(session, budget_id(desk), RULE, but=third) is not None


def test_who_was_decided_before_another_closed_it_is_not_kept_out(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    first, second = submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    with desk.office.read() as session:
        number = budget_id(desk)
        assert closing(session, number, RULE, but=desk.application(second).id) is None
        assert closing(session, number, RULE, but=desk.application(first).id) is None


def test_a_fen_that_is_added_opens_a_fen(desk: Desk) -> None:
    """5,000,000.00 were there, 0.01 was added, and whoever came later was awarded out of the old money."""
    adopt(desk.office, pack_text('exceeded = "stop"'))
    _, first = submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    desk.give(1, BUDGET)
    later = second_round(desk)[0]
    view = case_view.view(desk.office, "officer", later)
    assert view is not None and view.would_be is not None and view.would_be.decision is not None
    assert view.would_be.decision.status == "refused"
    told = deciding.decide(desk.office, "officer", later, "继续").facts
    assert told["closed_by"] == first, "who is to be decided again first"
    assert (desk.decision(later).status, desk.decision(later).binding) == ("refused", RULE)
    desk.give(9_999_999, BUDGET)
    deciding.decide_again(desk.office, "officer", first, "追加预算，先到先办")
    assert desk.decision(first).award_fen == 20_000_000, "of all that is left: it came first"
    assert replay(desk.office)["differ"] == []


def test_what_is_added_is_open_until_it_is_taken(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    desk.give(1_500_000, BUDGET)
    later = second_round(desk)
    number = desk.application(later[0]).round_id
    seen = round_preview.decide_round(desk.office, "officer", number)
    deciding.decide_round(desk.office, "officer", number, reason=GONE_ON)
    outcomes = [(desk.decision(case).status, desk.decision(case).award_fen) for case in later]
    assert outcomes == [("awarded", 1_000_000), ("refused", None)]
    assert [(one.status, one.award_fen) for one in seen.cases] == outcomes


def test_only_the_budget_and_the_rule_that_are_named_are_closed(desk: Desk) -> None:
    decided(desk)
    with desk.office.read() as session:
        assert closing(session, budget_id(desk) + 1, RULE) is None
        assert closing(session, budget_id(desk), "applicant_year") is None
    assert stopped(desk, "applicant_year") == []


def test_only_the_decision_that_stands_counts(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    _, second = submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    assert stopped(desk) == [desk.application(second).id]
    desk.give(50_000_000, BUDGET)
    deciding.decide_again(desk.office, "officer", second, "追加预算")
    assert desk.decision(second).award_fen == 20_000_000
    assert stopped(desk) == []


def second_round(desk: Desk) -> list[str]:
    """Two more cases, in a round of their own."""
    number = rounds.open_round(desk.office, "officer", "第二批", 2026, scheme="test-voucher").facts["round"]
    return [
        str(
            counter_entry.submit(
                desk.office,
                "officer",
                {
                    "applied_at": datetime.datetime(2026, 5, 21, 9),
                    "applicant": CODE,
                    "applicant_name": "甲",
                    "contract_no": f"HT-2-{at}",
                    "contract_amount": 1_000_000,
                    "score": at,
                },
                "",
                number,
                "test-voucher",
            ).facts["case"]
        )
        for at in (8, 9)
    ]


HOW = """
[[unset]]
id = "how"
title = "超出预算"
reading = [
    { id = "rest", value = "rest", source = "一种读法" },
    { id = "stop", value = "stop", source = "另一种读法" },
]
"""


@pytest.mark.parametrize(
    "text",
    [
        pack_text(RANKED % "stop"),
        pack_text('exceeded = "stop"'),
        pack_text('exceeded = { unset = "how" }', more=HOW),
    ],
    ids=["ranked", "first_come", "set_by_a_supplement"],
)
def test_a_budget_that_stopped_is_closed_to_a_later_round_wherever_one_looks(desk: Desk, text: str) -> None:
    adopt(desk.office, text)
    if HOW in text:
        proposed = propose_supplement(desk.office, "officer", "test-voucher@1", "how", "stop", "纪要")
        confirm_supplement(desk.office, "approver", proposed.facts["supplement"])
    first = submit(desk, (90_000_000, 20_000_000), (2, 1))
    deciding.decide_round(desk.office, "officer")
    assert [desk.decision(case).award_fen for case in first] == [90_000_000, None]
    later = second_round(desk)
    number = desk.application(later[0]).round_id
    seen = round_preview.decide_round(desk.office, "officer", number)
    assert [(one.status, one.award_fen) for one in seen.cases] == [("refused", None)] * 2
    (shown,) = scenario.scenario(desk.office, number)
    assert (shown.left_fen, [side.total_fen for side in shown.sides]) == (0, [0, 0, 0])
    if "ranked" not in text:
        view = case_view.view(desk.office, "officer", later[0])
        assert view is not None and view.would_be is not None and view.would_be.decision is not None
        assert view.would_be.decision.status == "refused"
        facts: dict[str, Value] = {
            "applied_at": datetime.datetime(2026, 5, 21, 9),
            "applicant": CODE,
            "contract_amount": 1_000_000,
        }
        typed = precheck.precheck(desk.office, "test-voucher", facts)
        assert typed.decision is not None and typed.decision.reasons == ("budget",)
    deciding.decide_round(desk.office, "officer", number, reason=GONE_ON)
    assert [desk.decision(case).reasons for case in later] == ["budget", "budget"]
    assert _told(desk) == (first[1], 3, False)


def _told(desk: Desk) -> object:
    (one, *_) = [one for one in round_board.board(desk.office, "officer").rounds if one.id == 2]
    return one.stopped


@pytest.mark.parametrize("text", [pack_text(RANKED % "stop"), pack_text('exceeded = "stop"')])
def test_a_budget_that_finance_raised_since_is_open_again(desk: Desk, text: str) -> None:
    """It stayed closed for good: new money was there, and who came later was refused for want of it."""
    adopt(desk.office, text)
    first = submit(desk, (90_000_000, 20_000_000), (2, 1))
    deciding.decide_round(desk.office, "officer")
    later = second_round(desk)
    number = desk.application(later[0]).round_id
    desk.give(-5_000_000, BUDGET)
    assert stopped(desk) == [desk.application(first[1]).id], "what is cut opens nothing"
    desk.give(5_000_000, BUDGET)
    assert stopped(desk) == [desk.application(first[1]).id], "nor what only makes up for it"
    desk.give(30_000_000, BUDGET)
    assert stopped(desk) == []
    assert _told(desk) == (first[1], 1, True)
    deciding.decide_again(desk.office, "officer", first[1], "追加预算，先到先办")
    assert desk.decision(first[1]).award_fen == 20_000_000
    assert _told(desk) is None
    seen = round_preview.decide_round(desk.office, "officer", number)
    deciding.decide_round(desk.office, "officer", number, reason=GONE_ON)
    awards = {one.case: one.award_fen for one in seen.cases}
    assert awards == dict.fromkeys(later, 1_000_000)
    assert [desk.decision(case).award_fen for case in later] == [1_000_000, 1_000_000]
    assert replay(desk.office)["differ"] == []


def test_every_door_says_which_case_closed_the_budget(desk: Desk) -> None:
    """Pre-check, case, decide dialog, the round's preview and the act: one sentence, one who closed it."""
    adopt(desk.office, pack_text('exceeded = "stop"'))
    _, first = submit(desk, (90_000_000, 20_000_000))
    deciding.decide_round(desk.office, "officer")
    later = second_round(desk)
    facts: dict[str, Value] = {"applied_at": datetime.datetime(2026, 5, 21, 9), "contract_amount": 1_000_000}
    closed = Stopped(first, 1, False)
    assert precheck.precheck(desk.office, "test-voucher", {**facts, "applicant": CODE}).closed_by == closed
    view = case_view.view(desk.office, "officer", later[0])
    assert view is not None and view.would_be is not None
    assert (view.closed_by, view.would_be.closed_by) == (closed, closed)
    seen = round_preview.decide_round(desk.office, "officer", desk.application(later[0]).round_id)
    assert [one.closed_by for one in seen.cases] == [closed, Stopped(first, 2, False)], "as they would be met"
    assert seen.closed_by == (closed,)
    told = deciding.decide(desk.office, "officer", later[0], "继续").facts
    assert Stopped.told(told) == closed
    assert first in closed.say("zh") and first in closed.say("en")
    assert "重新开放" in closed._replace(raised=True).say("zh")
    view = case_view.view(desk.office, "officer", first)
    assert view is not None and view.closed_by is None, "nobody came before it"
    view = case_view.view(desk.office, "officer", later[0])
    assert view is not None and view.closed_by == closed, (
        "it is refused, and can be decided again after the first"
    )


def test_a_case_of_the_same_round_that_closes_the_budget_is_named_to_the_next(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    cases = submit(desk, (90_000_000, 20_000_000, 5_000_000))
    seen = round_preview.decide_round(desk.office, "officer")
    assert [one.closed_by for one in seen.cases] == [None, None, Stopped(cases[1], 1, False)]
    told = [deciding.decide(desk.office, "officer", case, "继续").facts.get("closed_by") for case in cases]
    assert told == [None, None, cases[1]], "as the act says it"
