"""What is foreseen is what comes out: a walk through an office by chance, under packs of every order.

At each step a case or a round is decided. Before it is, the pre-check of the entry form or of the case page,
or the preview of the round, says what will be; afterwards that is compared with what was stored, column by
column.
"""

import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.award import deciding, deciding_bench, precheck, round_preview
from casework.award.compared_columns import COMPARED, NO_PACK, columns_of
from casework.award.position_in_mind import InMind
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.money import budgets
from casework.rulebook.supplements import confirm_supplement, propose_supplement
from models import Application, Decision
from rules.explain import trace
from rules.facts import Value
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import BUDGET, RANKED, REF, SHARED, sound
from tests.casework.desk import CODE, GONE_ON, OTHER_CODE, YOUNG_CODE, Desk
from tests.rules.round_packs import CONDITION, FLOOR, READINGS, pack_text

OPEN_RATE: dict[str, Any] = {"rate": '{ unset = "rate" }', "more": READINGS}
PACKS = {
    "next": pack_text('exceeded = "nothing"', cap="500000.00"),
    "stop": pack_text('exceeded = "stop"', cap="700000.00"),
    "rest_open": pack_text('exceeded = "rest"', cap="600000.00", **OPEN_RATE),
    "stop_open": pack_text('exceeded = "stop"', **OPEN_RATE),
    "ranked": pack_text(RANKED % "next", more=CONDITION),
    "ranked_stop_open": pack_text(RANKED % "stop", **OPEN_RATE),
    "shared": pack_text(SHARED, cap="600000.00", more=CONDITION + FLOOR.format(least="100000.00")),
    "shared_open": pack_text(SHARED, **OPEN_RATE),
    "no_amount": pack_text(
        'exceeded = "stop"', more='[[unset]]\nid = "year_amount"\ntype = "money"\ntitle = "年度总额"\n'
    ).replace('amount = "1000000.00"', 'amount = { unset = "year_amount" }'),
}
STEPS = 12
AGAIN = ("calculated", "suspended", "refused")


class Walk:
    """An office under one pack, and the steps of its days."""

    def __init__(self, desk: Desk, pack: str, seed: int) -> None:
        self.desk, self.office = desk, desk.office
        self.chance = random.Random(f"{pack} {seed}")
        self.came = 0
        self.told: dict[str, tuple[str, ...]] = {}
        self.settled = 'unset = "rate"' not in PACKS[pack]
        adopt(desk.office, PACKS[pack])

    def go(self, steps: int = STEPS) -> None:
        """Some applications, so many steps, then all that waits as one round."""
        doings = (*[self.submit] * 3, self.decide_one, self.decide_one, self.decide_round, self.give)
        for _ in range(4):
            self.submit()
        for _ in range(steps):
            self.chance.choice((*doings, self.settle))()
        self.decide_round()
        sound(self.desk)

    # -- steps ---------------------------------------------------------------------------------------------

    def facts(self) -> dict[str, Value]:
        """What somebody types."""
        self.came += 1
        year = self.chance.choice((2026,) * 7 + (2024,))
        facts: dict[str, Value] = {
            "applied_at": datetime.datetime(year, 5, 20) + datetime.timedelta(minutes=self.came),
            "applicant": self.chance.choice((CODE, OTHER_CODE, YOUNG_CODE)),
            "applicant_name": "某单位",
            "applicant_kind": "enterprise",
            "contract_no": f"HT-{self.came}",
            "contract_amount": self.chance.choice((8_000_000, 30_000_000, 45_000_000, 70_000_000)),
            "score": self.chance.choice((None, 1, 2, 3)),
        }
        return {name: value for name, value in facts.items() if value is not None}

    def submit(self) -> None:
        """An application that only comes in, or one that is decided at once as the form foresaw it."""
        facts = self.facts()
        found = precheck.precheck(self.office, "test-voucher", facts)
        entered = counter_entry.submit(self.office, "officer", facts, "", None, "test-voucher")
        case = str(entered.facts["case"])
        if self.chance.random() < 0.3:
            self.compare(found, case, lambda: deciding.decide(self.office, "officer", case, GONE_ON))

    def decide_one(self) -> None:
        """A case that waits or was decided before, as its page foresees it."""
        row = self.chance.choice(self.desk.rows(Application) or [None])
        if row is None or row.state not in (*deciding_bench.READY, *AGAIN):
            return
        with self.office.read() as session:
            found = precheck.of_case(session, deciding_bench.rows(session, [row.id])[0], self.office.today())
        if row.state in AGAIN:
            self.compare(
                found, row.case_no, lambda: deciding.decide_again(self.office, "officer", row.case_no, "复核")
            )
        else:
            case = row.case_no
            self.compare(found, case, lambda: deciding.decide(self.office, "officer", case, GONE_ON))

    def compare(self, found: precheck.Precheck, case: str, act: Callable[[], object]) -> None:
        """Do it; it must come out as the pre-check said."""
        before = self.stored()
        try:
            act()
        except Refused as refused:
            assert found.bar is not None
            assert found.bar.code in (refused.code, "refused.decided_with_round")
            assert found.bar.code == refused.code or refused.code == "refused.decided_together"
            assert self.stored() == before
            if found.decision is not None:
                self.told[case] = found.decision.reasons
            return
        assert found.bar is None
        row = self.desk.decision(case)
        stored = tuple(getattr(row, name) for name in COMPARED)
        if found.policy is None:
            assert stored == NO_PACK
            return
        assert found.decision is not None
        assert stored == columns_of(found.decision)
        assert row.trace == trace(found.lines)

    def decide_round(self) -> None:
        """All that is ready, as the preview foresees it."""
        before = self.stored()
        seen = round_preview.decide_round(self.office, "officer")
        told = deciding.decide_round(self.office, "officer", reason=GONE_ON)
        would = [
            (one.case, one.status, one.tier, one.award_fen, one.holds_fen, ";".join(one.reasons))
            for one in seen.cases
            if one.bar is None
        ]
        barred = [(one.case, one.skipped) for one in seen.cases if one.bar is not None]
        assert sorted(barred) == sorted(told.skipped)
        done = self.stored()[len(before) :]
        assert would == done
        for case, status, *_, reasons in done:
            if case in self.told:
                assert (status, reasons) == ("refused", ";".join(self.told.pop(case)))
        for spent in seen.budgets:
            with self.office.read() as session:
                assert spent.after_fen == budgets.left(session, spent.key)

    def give(self) -> None:
        """Money comes, or is cut."""
        amount = self.chance.choice((60_000_000, 25_000_000, -10_000_000))
        try:
            self.desk.give(amount, BUDGET)
        except Refused as refused:
            assert refused.code == "refused.cut_too_deep"

    def settle(self) -> None:
        """The office sets what the pack leaves open."""
        if not self.settled:
            self.settled = True
            value = self.chance.choice(("50", "100"))
            proposed = propose_supplement(self.office, "officer", REF, "rate", value, "纪要")
            confirm_supplement(self.office, "approver", proposed.facts["supplement"])

    def stored(self) -> list[tuple[Any, ...]]:
        """What was decided, in the order of the sequence."""
        columns = (Decision.status, Decision.tier, Decision.award_fen, Decision.holds_fen, Decision.reasons)
        with self.office.read() as session:
            rows = session.execute(
                select(col(Application.case_no), *map(col, columns))
                .join(Application, col(Application.id) == col(Decision.application_id))
                .order_by(col(Decision.seq))
            )
            return [tuple(row) for row in rows]


@pytest.mark.parametrize("pack", PACKS)
def test_what_is_foreseen_comes_out(desk: Desk, pack: str) -> None:
    Walk(desk, pack, 0).go()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 20))
@pytest.mark.parametrize("pack", PACKS)
def test_what_is_foreseen_comes_out_on_long_walks(desk: Desk, pack: str, seed: int) -> None:
    Walk(desk, pack, seed).go(3 * STEPS)


def _never(*_: object) -> None:
    return None


def _nothing(*_: object) -> None:
    """Nothing is given back."""


def _one_fen_more(mind: InMind, budget: str) -> int | None:
    left = LEFT(mind, budget)
    return None if left is None else left + 1


def _forgotten(mind: InMind, answer: deciding_bench.Answer) -> deciding_bench.Answer:
    """What a case holds is not kept for those after it."""
    return answer


LEFT = InMind.left


@pytest.mark.parametrize(
    ("name", "fault", "pack"),
    [
        ("opened", _never, "stop"),
        ("give_back", _nothing, "rest_open"),
        ("left", _one_fen_more, "next"),
        ("hold", _forgotten, "next"),
        ("hold", _forgotten, "shared"),
    ],
)
def test_the_walk_finds_a_planted_fault(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, fault: Callable[..., object], pack: str
) -> None:
    monkeypatch.setattr(InMind, name, fault)
    if name == "closed":  # money that comes opens a budget again
        monkeypatch.setattr(Walk, "give", _nothing)
    with pytest.raises(AssertionError):
        Walk(desk, pack, 0).go(4 * STEPS)
