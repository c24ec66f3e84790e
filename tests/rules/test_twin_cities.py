"""Two packs of other places and their twins agree to the fen on tens of thousands of cases."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.decide import decide
from rules.money import yuan
from rules.pack import load
from rules.policy import Policy, choose
from rules.position import Position
from tests.rules.twin_cities import BEIJING, BEIJING_COLUMNS, HANGZHOU, HANGZHOU_COLUMNS, Said, judge

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
COUNT = 20_000
Case = Mapping[str, Any]

BEIJING_POLICY = Policy(load((POLICIES / "beijing/compute-voucher-2023.toml").read_text(encoding="utf-8")))
HANGZHOU_POLICY = Policy(load((POLICIES / "hangzhou/compute-voucher-2025.toml").read_text(encoding="utf-8")))


def engine_says(policy: Policy, cases: Sequence[Case]) -> list[Said]:
    found = []
    for case in cases:
        facts = {name: value for name, value in case.items() if name not in ("case", "used", "spent")}
        facts["applicant"] = "a"
        if choose([policy.pack], policy.pack.id, facts) is None:
            found.append(Said(case["case"], "blocked", "", "", None, "", None, "", "no_pack", ""))
            continue
        left = None if policy.budget_amount_fen is None else policy.budget_amount_fen - case["spent"]
        one = decide(policy, facts, Position((case["used"],), left))
        readings = ";".join(f"{label}:{yuan(fen or 0)}" for label, fen in one.readings)
        computed = ";".join(map(yuan, one.computed))
        found.append(
            Said(
                case["case"], one.status, one.tier, one.rate, one.base_fen, computed, one.award_fen,
                one.binding, ";".join(one.reasons), readings,
            )
        )  # fmt: skip
    return found


def beijing_cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)
    made: list[Case] = []
    for number in range(count):
        starts = chance.choice([date(2024, 2, 29), date(2024, 5, 1), date(2023, 9, 1), date(2025, 3, 31)])
        ends = starts + timedelta(days=chance.choice([30, 90, 200, 300, 363, 364, 365, 366, 367]))
        if chance.random() < 0.15:
            ends = starts.replace(year=starts.year + 1, day=min(starts.day, 28)) - timedelta(
                days=chance.randrange(-1, 2)
            )
        reason = chance.choice([None, "reason", "reason"])
        made.append({
            "case": number,
            "applied_at": chance.choice([datetime(2024, 5, 6, 10)] * 16 + [
                datetime(2023, 8, 31, 23, 59, 59), datetime(2023, 9, 1), datetime(2025, 12, 31, 23, 59, 59),
                datetime(2026, 1, 1),
            ]),
            "signed_on": chance.choice([date(2024, 4, 1)] * 17 + [date(2023, 8, 31), date(2023, 9, 1), None]),
            "starts_on": starts,
            "ends_on": ends if chance.random() < 0.97 else None,
            "contract_amount": chance.choice([
                None, 0, 4, 5, 1_000_000_000, 999_999_995, 1_000_000_005, chance.randrange(10**8, 3 * 10**9),
                chance.randrange(10**8), chance.randrange(10**10), 1_234_567,
            ]),
            "storage_amount": chance.choice([None, None, 0, 5, 10**7, 10**9]),
            "network_amount": chance.choice([None, None, 0, 7, 10**6]),
            "security_amount": chance.choice([None, None, 0, 1]),
            "claimed_before": chance.choice([False] * 20 + [True, None]),
            "dishonest_in_three_years": chance.choice([False] * 20 + [True, None]),
            "awarded_before": chance.choice([None, None, 0, 199_999_999, 10**8]),
            "officer_rate": chance.choice([None] * 6 + [150_000, 199_999, 200_000, 250_000, 0, 123_456]),
            "officer_rate_reason": reason,
            "used": chance.choice([0, 0, 0, 199_999_999, 200_000_000, 10**8]),
        })  # fmt: skip
    return made


def hangzhou_cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)
    whole = 25_000_000_000
    return [
        {
            "case": number,
            "applied_at": chance.choice([datetime(2025, 7, 1)] * 9 + [
                datetime(2024, 12, 31, 23, 59, 59), datetime(2025, 1, 1)
            ]),
            "base_model_filed": chance.choice([True, False, False, None]),
            "domestic_compute": chance.choice([True, False, None]),
            "contract_amount": chance.choice([
                None, 0, 1, 2, 3, 4, 1_777_777_778, 1_777_777_780, 3_200_000_000, 3_200_000_004,
                3_199_999_996,
                chance.randrange(10**7, 2 * 10**9), chance.randrange(10**9),
            ]),
            "awarded_before": chance.choice([None, None, 0, 790_000_000]),
            "used": chance.choice([0, 0, 0, 799_999_999, 800_000_000, 500_000_000]),
            "spent": chance.choice([
                0, 0, 0, whole, whole - 1, whole - 100_000_000, whole - 45_000_000, chance.randrange(whole)
            ]),
        }
        for number in range(count)
    ]  # fmt: skip


TWINS = {
    "beijing": (BEIJING_POLICY, BEIJING, BEIJING_COLUMNS, beijing_cases),
    "hangzhou": (HANGZHOU_POLICY, HANGZHOU, HANGZHOU_COLUMNS, hangzhou_cases),
}


def differing(name: str, count: int, altered: Sequence[tuple[str, str]] = ()) -> list[str]:
    policy, sql, columns, make = TWINS[name]
    cases = make(count, 2026)
    pairs = zip(cases, engine_says(policy, cases), judge(sql, columns, cases, altered), strict=True)
    return [f"{case}\n  engine {one}\n  twin   {other}" for case, one, other in pairs if one != other]


@pytest.mark.parametrize("name", TWINS)
def test_the_engine_and_its_twin_agree_to_the_fen(name: str) -> None:
    found = differing(name, COUNT)
    assert not found, f"{len(found)} of {COUNT} differ, the first:\n" + "\n".join(found[:3])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "beijing",
            "signed term once honest contract_amount officer_rate_reason rate applicant_year no_pack",
        ),
        (
            "hangzhou",
            "domestic_rate budget_exceeded base_model_filed domestic_compute contract_amount rate "
            "applicant_year budget no_pack",
        ),
    ],
)
def test_the_cases_reach_every_corner(name: str, words: str) -> None:
    policy, _, _, make = TWINS[name]
    heard = engine_says(policy, make(4_000, 2026))
    assert {word for one in heard for word in one.reasons.split(";")} >= set(words.split())
    assert sum(one.status == "awarded" for one in heard) > 400


FAULTS = [
    ("beijing", "signed_on >= DATE '2023-09-01'", "signed_on > DATE '2023-09-01'"),
    ("beijing", "ends_on < (starts_on", "ends_on <= (starts_on"),
    ("beijing", "least(coalesce(officer_rate, 200000), 200000)", "coalesce(officer_rate, 200000)"),
    ("beijing", "- coalesce(security_amount, 0), 0)", ", 0)"),
    ("beijing", "greatest(200000000 -", "greatest(200000001 -"),
    (
        "hangzhou",
        "base_model_filed IS NOT TRUE AND domestic_compute IS NOT FALSE",
        "domestic_compute IS NOT FALSE",
    ),
    ("hangzhou", "WHEN 'filed_base_model' THEN 45", "WHEN 'filed_base_model' THEN 44"),
    ("hangzhou", "25000000000 - spent", "25000000001 - spent"),
    ("hangzhou", "WHEN cap_fen < computed_fen", "WHEN cap_fen <= computed_fen"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), FAULTS)
def test_a_planted_fault_is_found(name: str, right: str, wrong: str) -> None:
    assert differing(name, 3_000, [(right, wrong)])
