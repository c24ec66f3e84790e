"""The position in mind: begun from the counters, moved by what cases would hold, written nowhere."""

import pytest
from sqlmodel import Session

from casework.award import deciding_bench
from casework.award.deciding_bench import Answer, Bench
from casework.award.position_in_mind import InMind
from casework.core.refused import Refused
from models import CapUse, LedgerEntry
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import BUDGET, WHOLE_FEN, submit
from tests.casework.desk import CODE, Desk
from tests.rules.round_packs import pack_text

KEY = f"test-voucher/applicant_year/{CODE}/2026"


def benched(desk: Desk, session: Session) -> tuple[InMind, Bench[Answer]]:
    mind = InMind(session)
    return mind, Bench(session, mind, desk.office.today())


def take(desk: Desk, bench: Bench[Answer], case: str) -> deciding_bench.Case:
    (row,) = deciding_bench.rows(bench.session, [desk.application(case).id])
    return bench.take(row)


def test_what_a_case_would_hold_is_kept_for_those_after_it(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    cases = submit(desk, (70_000_000, 60_000_000))
    with desk.office.read() as session:
        mind, bench = benched(desk, session)
        answers = [bench.decide(take(desk, bench, case)) for case in cases]
        assert [one.decision and one.decision.award_fen for one in answers] == [70_000_000, 30_000_000]
        assert (mind.first_fen, mind.left_fen) == ({BUDGET: WHOLE_FEN}, {BUDGET: 0})
        assert mind.used((KEY, "never")) == (70_000_000, 0)
    assert desk.rows(CapUse) == []
    assert {entry.act for entry in desk.rows(LedgerEntry)} == {"appropriate"}


def test_what_a_decision_holds_comes_back_from_the_counters(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'))
    first, second = submit(desk, (70_000_000, 20_000_000))
    desk.decide(first)
    desk.decide(second)
    with desk.office.read() as session:
        mind, bench = benched(desk, session)
        taken = take(desk, bench, first)
        assert taken.before is not None and taken.before.seq == 1
        assert (mind.first_fen[BUDGET], mind.left_fen[BUDGET]) == (10_000_000, 80_000_000)
        assert mind.used((KEY,)) == (0,)
        assert mind.left(BUDGET) == 80_000_000


def test_a_budget_is_closed_by_who_is_refused_in_mind_and_opened_by_who_no_longer_is(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    first, second, third = submit(desk, (90_000_000, 20_000_000, 5_000_000))
    number = desk.application(second).id
    desk.decide(first)
    desk.decide(second)
    with desk.office.read() as session:
        mind, bench = benched(desk, session)
        assert mind.opened(BUDGET, "budget", 0) == 0
        assert mind.opened(BUDGET, "budget", number) is None, "a case does not close the budget to itself"
        bench.decide(take(desk, bench, second))
        assert mind.opened(BUDGET, "budget", 0) == 0, "the second is refused again"
        mind.left_fen[BUDGET] = WHOLE_FEN
        bench.decide(take(desk, bench, second))
        assert mind.opened(BUDGET, "budget", 0) is None
        late = bench.decide(take(desk, bench, third)).decision
        assert late is not None and late.award_fen == 5_000_000


def test_of_a_budget_without_an_allotment_it_knows_nothing(desk: Desk) -> None:
    with desk.office.read() as session:
        mind = InMind(session)
        assert mind.left(BUDGET) is None
        assert mind.first_fen == mind.left_fen == {}


def test_what_is_refused_within_is_as_if_it_had_not_been(desk: Desk) -> None:
    with desk.office.read() as session:
        mind = InMind(session)
        mind.used((KEY,))
        with pytest.raises(Refused), mind.or_nothing():
            mind.used_fen[KEY], mind.left_fen[BUDGET] = 7, 7
            raise Refused("refused.no_budget", budget=BUDGET)
        assert (mind.used_fen, mind.left_fen) == ({KEY: 0}, {})
