"""The sums of a what-if by columns are those of the what-if line by line."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy
import pytest

from rules.facts import Value
from rules.fast import STATUS, NotFast
from rules.fast_columns import columns_of
from rules.pack import load
from rules.policy import Policy
from rules.whatif import Past, variant, what_if
from rules.whatif_fast import what_if_sums
from tests.rules import round_packs

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
TRAINING = load((POLICIES / "shenzhen" / "training-voucher-2026.toml").read_text(encoding="utf-8"))


def past_cases(count: int, seed: int) -> list[Past]:
    chance = random.Random(seed)
    made = []
    for number in range(count):
        applied = datetime(2026, 5, 4, 9) + timedelta(hours=number * 800 // count)
        facts: dict[str, Value] = {
            "applied_at": applied,
            "applicant": f"a{chance.randrange(count // 3)}",
            "applicant_kind": chance.choice(["enterprise", "enterprise", "person"]),
            "founded_on": applied.date() - timedelta(days=chance.choice([-3, 20, 364, 365, 366, 3_000])),
            "signed_on": applied.date() - timedelta(days=chance.randrange(60)),
            "contract_amount": chance.randrange(10**7, 10**9),
            "related_party": chance.choice([False, False, False, True, None]),
            "provider_admitted": True,
        }
        award = chance.choice([0, 10**7, 10**8])
        status = "awarded" if award else chance.choice(["refused", "blocked"])
        made.append(Past(str(number), facts, status, award, small=chance.random() < 0.3))
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {"budget.amount": "500000000.00"},
        {"budget.amount": "20000000.00", "budget.exceeded": "rest"},
        {"budget.amount": "20000000.00"},
        {"applicant_year.limit": "1000000.00", "general.rate": "0.3"},
    ],
)
def test_the_sums_are_those_of_the_lines(changes: dict[str, str]) -> None:
    draft, past = Policy(variant(TRAINING, changes)), past_cases(600, seed=len(changes))
    lines = what_if(draft, past)
    sums = what_if_sums(
        draft,
        columns_of(draft, [one.facts for one in past]),
        numpy.array([STATUS.index(one.status) for one in past]),
        numpy.array([one.award_fen for one in past]),
        numpy.array([bool(one.small) for one in past]),
    )
    assert (sums.then, sums.now) == (lines.then, lines.now)
    assert sums.outcome.award.tolist() == [one.now_fen for one in lines.lines]
    assert sums.gain == (len(lines.gainers), sum(one.change_fen for one in lines.gainers))
    assert sums.lose == (len(lines.losers), -sum(one.change_fen for one in lines.losers))


def test_a_draft_of_another_shape_is_refused() -> None:
    draft = round_packs.pro_rata()
    none = numpy.array([], dtype=numpy.int64)
    with pytest.raises(NotFast):
        what_if_sums(draft, columns_of(draft, []), none, none)


def test_a_case_without_a_founding_date_is_no_startup() -> None:
    facts: dict[str, Value] = {"applied_at": datetime(2026, 5, 6), "founded_on": None}
    draft = Policy(TRAINING)
    none = numpy.array([1]), numpy.array([5])
    assert what_if_sums(draft, columns_of(draft, [facts]), *none).then.startup_fen == 0
    known = {**facts, "founded_on": date(2026, 1, 1)}
    assert what_if_sums(draft, columns_of(draft, [known]), *none).then.startup_fen == 5
