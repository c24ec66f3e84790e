"""The newer constructs and their twins agree to the fen on tens of thousands of cases."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from casework.core.holidays import calendar
from rules.decide import decide
from rules.facts_known import as_known
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from rules.shares import Sharing, shares
from tests.rules.twin_language import (
    COSTS,
    COSTS_COLUMNS,
    COSTS_SQL,
    DAYS,
    DAYS_COLUMNS,
    DAYS_SQL,
    ROUND_COLUMNS,
    SAID,
    SAID_COLUMNS,
    SAID_SQL,
    SHARES_SQL,
    Said,
    judge,
)

COUNT = 20_000
Case = Mapping[str, Any]


def engine_says(policy: Policy, cases: Sequence[Case], reasons: bool = True) -> list[Said]:
    found = []
    for case in cases:
        facts = {name: value for name, value in case.items() if name not in ("case", "used")}
        facts = {"applied_at": datetime(2026, 5, 6, 10), "applicant": "a", **facts}
        used = (case.get("used", 0),) * len(policy.caps)
        one = decide(policy, as_known(facts), Position(used, None))
        told = ";".join(one.reasons) if reasons else ""
        found.append(Said(case["case"], one.status, one.award_fen, one.binding, told))
    return found


def costs_cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)
    applied = datetime(2026, 5, 20, 10)
    return [
        {
            "case": number,
            "applied_at": applied,
            "founded_on": chance.choice([
                None, date(2020, 1, 1), date(2020, 1, 1), *(applied.date() - timedelta(days) for days in
                (-1, 0, 1, 364, 365, 366)),
            ]),
            "research": chance.choice([
                None, 0, 99_999, 100_000, 119_999, 120_000, 120_125, 120_124, 1_234_567,
                chance.randrange(10**6), chance.randrange(3 * 10**6),
            ]),
            "computing": chance.choice([
                None, 0, 1, 749_999, 750_000, 714_285, 714_286, chance.randrange(10**6)
            ]),
            "refunded": chance.choice([None, None, 0, 1, 200, 1_000, 5_000_000]),
            "other_support": chance.choice([None, None, 0, 1, 100_000, 10**6]),
            "awarded_before": chance.choice([None, None, 0, 599_999, 100_000]),
            "used": chance.choice([0, 0, 0, 1, 600_000, 300_000]),
        }
        for number in range(count)
    ]  # fmt: skip


def days_cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)
    made: list[Case] = []
    for number in range(count):
        applied = datetime(2026, 1, 1) + timedelta(
            days=chance.randrange(365),
            hours=chance.choice([0, 10, 16, 17, 23]),
            seconds=chance.choice([0, 1]),
        )
        near = [applied.date() + timedelta(days=step) for step in (-1, 0, 1, 5)]
        made.append({
            "case": number,
            "applied_at": applied,
            "paid_on": chance.choice([
                None, date(2023, 12, 31), date(2024, 1, 1), applied.date() + timedelta(days=3),
                *(applied.date() - timedelta(days=chance.randrange(30)) for _ in range(6)),
            ]),
            "ends_on": chance.choice([None, *near, *near]),
            "signed_on": chance.choice([None, *near, *near]),
            "related_party": chance.choice([True, False, False, None]),
            "score": chance.choice([1, 1, 1, 0, None]),
            "discount": chance.choice([None, 0, 1, 10_000, 10**8]),
            "contract_amount": chance.choice([
                None, 50_000, 59_999, 60_000, 60_001, 49_999, chance.randrange(10**6), chance.randrange(10**6)
            ]),
        })  # fmt: skip
    return made


def said_cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)
    return [
        {
            "case": number,
            "contract_amount": chance.choice([None, 0, 10**6, 10**6, 999_999, chance.randrange(10**7)]),
            "loan_rate": chance.choice([None, 0, 500_000, 500_000, 1_000_000, 1_000_001, 123_457]),
            "lower": chance.choice([None, None, 0, 400_000, 500_000, 600_000]),
            "why": chance.choice([None, "服务未满期"]),
            "demonstration": chance.choice([True, False, None]),
            "province": chance.choice([None, None, 0, 1, 250_000, 10**7]),
        }
        for number in range(count)
    ]


def round_cases(count: int, seed: int) -> list[Case]:
    chance = random.Random(seed)
    made: list[Case] = []
    for number in range(count // 10):
        requests = [
            chance.choice([0, 1, 999, 1_000, 1_500, 2_500, chance.randrange(10**6)]) for _ in range(10)
        ]
        have = chance.choice([0, 1, 10_000, sum(requests), sum(requests) - 1, chance.randrange(3 * 10**6)])
        made += [
            {"case": number * 10 + at, "round": number, "request": request, "have": max(have, 0)}
            for at, request in enumerate(requests)
        ]
    return made


POLICIES = {
    "costs": Policy(load(COSTS)),
    "days": Policy(load(DAYS), calendar=calendar()),
    "said": Policy(load(SAID)),
}
TWINS = {
    "costs": (COSTS_SQL, COSTS_COLUMNS, costs_cases),
    "days": (DAYS_SQL, DAYS_COLUMNS, days_cases),
    "said": (SAID_SQL, SAID_COLUMNS, said_cases),
    "shares": (SHARES_SQL, ROUND_COLUMNS, round_cases),
}


def shares_say(cases: Sequence[Case]) -> list[Said]:
    found = []
    for at in range(0, len(cases), 10):
        some = cases[at : at + 10]
        parts = shares(
            [one["request"] for one in some], some[0]["have"], Sharing(1_000, "to_largest", "half_up")
        )
        found += [Said(one["case"], "awarded", part, "", "") for one, part in zip(some, parts, strict=True)]
    return found


def differing(name: str, count: int, altered: Sequence[tuple[str, str]] = ()) -> list[str]:
    sql, columns, make = TWINS[name]
    cases = make(count, 2026)
    days = {"off": sorted(calendar().holidays), "worked": sorted(calendar().worked)}
    other = judge(sql, columns, cases, altered, days)
    own = shares_say(cases) if name == "shares" else engine_says(POLICIES[name], cases, name != "said")
    pairs = zip(cases, own, other, strict=True)
    return [f"{case}\n  engine {one}\n  twin   {two}" for case, one, two in pairs if one != two]


@pytest.mark.parametrize("name", TWINS)
def test_the_engine_and_its_twin_agree_to_the_fen(name: str) -> None:
    found = differing(name, COUNT)
    assert not found, f"{len(found)} of {COUNT} differ, the first:\n" + "\n".join(found[:3])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("costs", "enough founded_on rate in_all applicant_year least"),
        ("days", "in_time same_day by_five large score"),
        ("said", "loan_rate why contract_amount counts shown_is rate"),
    ],
)
def test_the_cases_reach_every_corner(name: str, words: str) -> None:
    heard = engine_says(POLICIES[name], TWINS[name][2](4_000, 2026))
    said = {word for one in heard for word in (*one.reasons.split(";"), *one.binding.split(";"))}
    assert said >= set(words.split())
    assert sum(one.status == "awarded" for one in heard) > 60


FAULTS = [
    ("costs", "+ 50000000)", "+ 49999999)"),
    ("costs", "founded_on < 365)", "founded_on <= 365)"),
    ("costs", "eligible < 120000", "eligible <= 120000"),
    ("costs", "research + coalesce(computing, 0) AS base_fen", "eligible AS base_fen"),
    ("days", "days < 10", "days <= 10"),
    ("days", "OR day IN (SELECT day FROM worked)", ""),
    ("days", "applied_at::DATE <= ends_on", "applied_at <= ends_on"),
    (
        "days",
        "WHEN related_party THEN (signed_on + INTERVAL 17 HOUR) >=",
        "WHEN related_party THEN (signed_on + INTERVAL 17 HOUR) >",
    ),
    ("days", "coalesce(discount, 10000)", "coalesce(discount, 0)"),
    ("said", "loan_rate > 1000000", "loan_rate >= 1000000"),
    ("said", "WHEN lower < loan_rate AND why", "WHEN lower <= loan_rate AND why"),
    ("shares", "+ total::HUGEINT * 1000)", "+ total::HUGEINT * 500)"),
    ("shares", 'ORDER BY request DESC, "case"', 'ORDER BY request DESC, "case" DESC'),
]


@pytest.mark.parametrize(("name", "right", "wrong"), FAULTS)
def test_a_planted_fault_is_found(name: str, right: str, wrong: str) -> None:
    assert differing(name, 6_000, [(right, wrong)])
