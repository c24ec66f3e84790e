"""The engine and its twin: two hands, one award, to the fen, on a hundred thousand cases."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rules import decide, money, pack, policy
from rules.position import Position
from tests.rules.twin import SQL, Case, Verdict, judge
from tests.rules.twin_cases import TRAINING, make_cases

POLICIES = Path(__file__).parents[2] / "resources" / "policies" / "shenzhen"
COUNT = 100_000
APPLIED_AT = datetime(2026, 5, 20, 10, 30)
THREE_YEARS_AGO = date(2023, 5, 1)
LAST_AUTUMN = date(2025, 11, 1)


class Heard(NamedTuple):
    """What both calculations must say alike. The tier and what was computed, only of an award."""

    case: int
    status: str
    pack: str
    tier: str
    rate: str
    computed: str
    award_fen: int | None
    binding: str
    reasons: str
    readings: str
    largest_fen: int | None


def yuan_case(contract: str, founded_on: date, **more: Any) -> Case:
    return Case(
        case=1,
        scheme=TRAINING,
        applied_at=APPLIED_AT,
        applicant_kind="enterprise",
        founded_on=founded_on,
        signed_on=date(2026, 4, 1),
        contract_fen=money.parse(contract),
        **more,
    )


@pytest.mark.parametrize(
    ("case", "award", "binding", "reasons"),
    [
        (yuan_case("8000000", THREE_YEARS_AGO), "4000000.00", "rate", ""),
        (yuan_case("30000000", THREE_YEARS_AGO), "10000000.00", "applicant_year", ""),
        (yuan_case("8000000", LAST_AUTUMN), "4800000.00", "rate", ""),
        (yuan_case("20000000", LAST_AUTUMN), "10000000.00", "applicant_year", ""),
        (yuan_case("499999.99", THREE_YEARS_AGO), None, "", "threshold"),
        (yuan_case("500000", THREE_YEARS_AGO), "250000.00", "rate", ""),
        (yuan_case("6000000", THREE_YEARS_AGO, used_fen=800_000_000), "2000000.00", "applicant_year", ""),
        (
            yuan_case("6000000", THREE_YEARS_AGO, awarded_before_fen=800_000_000),
            "2000000.00",
            "applicant_year",
            "",
        ),
        (
            yuan_case("10000000", THREE_YEARS_AGO, other_support_fen=300_000_000),
            "2000000.00",
            "other_support",
            "",
        ),
        (yuan_case("10000000", LAST_AUTUMN, other_support_fen=300_000_000), None, "", "startup_ceiling"),
        (yuan_case("20000000", THREE_YEARS_AGO), "10000000.00", "rate", ""),
        (yuan_case("16666666.67", LAST_AUTUMN), "10000000.00", "rate", ""),
        (yuan_case("16666666.66", LAST_AUTUMN), "9999999.99", "rate", ""),
    ],
)
def test_the_twin_knows_the_worked_examples(
    case: Case, award: str | None, binding: str, reasons: str
) -> None:
    verdict = judge([case])[0]
    assert verdict.award_fen == (None if award is None else money.parse(award))
    assert (verdict.binding, verdict.reasons) == (binding, reasons)


def test_the_twin_shows_each_reading() -> None:
    verdict = judge([yuan_case("10000000", LAST_AUTUMN, other_support_fen=300_000_000)])[0]
    assert verdict.readings == "startup_ceiling=50:2000000.00;startup_ceiling=60:3000000.00"
    assert verdict.largest_fen == 300_000_000


def test_the_twin_keeps_both_tiers_open_without_a_founding_date() -> None:
    open_case = yuan_case("8000000", THREE_YEARS_AGO)._replace(founded_on=None)
    verdict = judge([open_case])[0]
    assert (verdict.status, verdict.reasons, verdict.readings) == ("blocked", "founded_on", "")
    agreed = judge([open_case._replace(left_fen=0)])[0]
    assert (agreed.status, agreed.tier, agreed.binding) == ("refused", "startup;general", "budget")


def facts_of(case: Case) -> dict[str, Any]:
    """The case as the rules are given it: the columns of `calculate`, what is not known left out."""
    facts = {
        "case": str(case.case),
        "applied_at": case.applied_at,
        "applicant": "91440300MA5EXAMP04",
        "applicant_kind": case.applicant_kind,
        "founded_on": case.founded_on,
        "signed_on": case.signed_on,
        "contract_amount": case.contract_fen,
        "leased_in_year": case.leased_fen,
        "related_party": case.related_party,
        "provider_admitted": case.provider_admitted,
        "through_exchange": case.through_exchange,
        "model_filed": case.model_filed,
        "other_support": case.other_support_fen,
        "awarded_before": case.awarded_before_fen,
        "overrun_reason": case.overrun_reason,
    }
    return {name: value for name, value in facts.items() if value is not None}


def engine_says(cases: Sequence[Case]) -> list[Heard]:
    packs = [pack.load(path.read_text(encoding="utf-8")) for path in sorted(POLICIES.glob("*.toml"))]
    policies = {one.ref: policy.Policy(one) for one in packs}
    heard = []
    for case in cases:
        facts = facts_of(case)
        chosen = policy.choose(packs, case.scheme, facts)
        if chosen is None:
            heard.append(Heard(case.case, "blocked", "", "", "", "", None, "", "no_pack", "", None))
            continue
        position = Position(used=(case.used_fen,), left=case.left_fen)
        heard.append(_heard(case, decide.decide(policies[chosen.ref], facts, position)))
    return heard


def _heard(case: Case, decision: decide.Decision) -> Heard:
    awarded = decision.status == "awarded"
    settled = awarded or (decision.status == "refused" and decision.binding != "")
    if awarded:
        assert decision.base_fen == case.contract_fen
        assert sum(fen for _, fen in decision.split) in (0, decision.award_fen)
    readings = ";".join(f"{label}:{money.yuan(fen or 0)}" for label, fen in decision.readings)
    return Heard(
        case.case,
        decision.status,
        decision.pack,
        decision.tier if settled else "",
        decision.rate if settled else "",
        ";".join(map(money.yuan, decision.computed)) if settled else "",
        decision.award_fen if awarded else None,
        decision.binding,
        ";".join(decision.reasons),
        readings,
        decision.holds_fen if awarded or readings else None,
    )


def twin_says(cases: Sequence[Case], altered: Sequence[tuple[str, str]] = ()) -> list[Heard]:
    return [_settled(verdict) for verdict in judge(cases, altered)]


def _settled(verdict: Verdict) -> Heard:
    heard = Heard(*verdict)
    if verdict.status == "awarded" or (verdict.status == "refused" and verdict.binding):
        heard = heard._replace(largest_fen=verdict.largest_fen or None)
    else:
        heard = heard._replace(tier="", rate="", computed="")
    return heard if verdict.status == "awarded" or verdict.readings else heard._replace(largest_fen=None)


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return make_cases(COUNT, seed=20261120)


@pytest.fixture(scope="module")
def decided(cases: list[Case]) -> list[Heard]:
    return engine_says(cases)


def differing(cases: Sequence[Case], ours: Sequence[Heard], theirs: Sequence[Heard]) -> list[str]:
    """Every case on which the two do not agree, with what each says."""
    assert len(cases) == len(ours) == len(theirs)
    return [
        f"{case}\n  engine {one}\n  twin   {other}"
        for case, one, other in zip(cases, ours, theirs, strict=True)
        if one != other
    ]


def test_the_engine_and_its_twin_agree_to_the_fen(cases: list[Case], decided: list[Heard]) -> None:
    found = differing(cases, decided, twin_says(cases))
    assert not found, f"{len(found)} of {len(cases)} differ, the first:\n" + "\n".join(found[:3])


def test_the_cases_reach_every_corner(decided: list[Heard]) -> None:
    """A comparison proves nothing of what never happens in it."""
    seen = {(heard.pack, heard.status) for heard in decided}
    assert len(seen) == 4 * 3 + 1
    words = {word for heard in decided for word in (*heard.reasons.split(";"), *heard.binding.split(";"))}
    assert words >= {
        *("no_pack", "kind", "window", "threshold", "related_party", "provider_admitted"),
        *("through_exchange", "model_filed", "contract_amount", "founded_on", "signed_on"),
        *("startup_reference_date", "startup_definition", "startup_ceiling", "budget_exceeded"),
        *("rate", "other_support", "applicant_year", "budget"),
    }
    combined = {heard.readings.count("startup_reference_date=signed_on") for heard in decided}
    assert max(combined) >= 8
    assert sum(heard.status == "awarded" for heard in decided) > COUNT // 5


FAULTS = {
    "a wrong rate": (
        "CASE tier.name WHEN 'startup' THEN 60 ELSE percent END)::BIGINT AS rate_percent",
        "CASE tier.name WHEN 'startup' THEN 61 ELSE percent END)::BIGINT AS rate_percent",
    ),
    "a ceiling that is a fen too low": ("// 100 - other_fen, 0)", "// 100 - other_fen - 1, 0)"),
    "a cap that is a fen too high": ("- used_fen, 0) AS cap", "- used_fen + 1, 0) AS cap"),
    "a startup on the day it turns twelve months": (
        "< (founded_on + to_months(",
        "<= (founded_on + to_months(",
    ),
    "a threshold that must be exceeded": (
        "coalesce(leased_fen, contract_fen) >=",
        "coalesce(leased_fen, contract_fen) >",
    ),
    "a window that holds its end": ("applied_at < window_until", "applied_at <= window_until"),
    "a pack in force a day too long": (
        "'shenzhen-model-voucher@2025', '2024-12-18', '2026-12-18'",
        "'shenzhen-model-voucher@2025', '2024-12-18', '2026-12-19'",
    ),
    "a budget that binds when it is met": (
        "CASE WHEN left_fen < wanted_fen",
        "CASE WHEN left_fen <= wanted_fen",
    ),
    "a general tier whose ceiling is read twice": (
        "tier.name = 'startup' AND ceiling = '60'",
        "ceiling = '60'",
    ),
    "other support of nothing that engages the rule": (
        "AND coalesce(other_support_fen, 0) > 0 AS engaged",
        "AND coalesce(other_support_fen, 0) >= 0 AS engaged",
    ),
    "a missing signing date that is an old one": (
        "startup IS NOT FALSE ELSE startup IS NOT TRUE END",
        "startup IS TRUE ELSE startup IS NOT TRUE END",
    ),
    "a tie that the cap wins": ("WHEN computed_fen = wanted_fen THEN 'rate'", "WHEN FALSE THEN 'rate'"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(cases: list[Case], decided: list[Heard], fault: str) -> None:
    few = 8_000
    assert differing(cases[:few], decided[:few], twin_says(cases[:few], [FAULTS[fault]]))


def test_a_fault_that_is_not_planted_is_an_error() -> None:
    with pytest.raises(ValueError, match="0 times"):
        judge([], [("nowhere in the rules", "")])


def test_the_twin_calculates_with_whole_numbers_only() -> None:
    for kind in ("DECIMAL", "DOUBLE", "FLOAT", "NUMERIC", "HUGEINT", " / ", "ROUND("):
        assert kind not in SQL.upper()
    with pytest.raises(TypeError, match="whole numbers"):
        judge([], [("contract_fen * rate_percent // 100", "contract_fen * rate_percent / 100")])
