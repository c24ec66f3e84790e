"""The pre-check: it says at the counter what the decision will say, and stores nothing."""

import datetime
from typing import Any

from sqlalchemy import func, select

from casework import award, precheck
from models import Application, Budget, Decision, LogEntry
from rules.facts import Value
from tests.casework.desk import CODE, PROVIDER, SERVICE, Desk

SCHEME = "shenzhen-training-voucher"


def facts(**other: Any) -> dict[str, Value]:
    said: dict[str, Value] = {
        "applied_at": datetime.datetime(2026, 5, 20, 9, 30),
        "applicant": CODE,
        "applicant_kind": "enterprise",
        "founded_on": datetime.date(2020, 3, 1),
        "provider": PROVIDER,
        "service": SERVICE,
        "contract_no": "HT-2026-001",
        "signed_on": datetime.date(2026, 4, 1),
        "contract_amount": 800_000_000,
        "related_party": False,
    }
    return {name: value for name, value in (said | other).items() if value is not None}


def test_it_says_what_the_decision_then_says(desk: Desk) -> None:
    found = precheck.precheck(desk.office, SCHEME, facts())
    assert found.decision is not None
    assert (found.decision.status, found.decision.award_fen) == ("awarded", 400_000_000)
    assert found.missing == ()
    assert found.admitted is True
    assert found.round == "第一批"
    decided = desk.decide(desk.submit())
    assert (decided.status, decided.award_fen) == (found.decision.status, found.decision.award_fen)
    assert decided.trace == _trace(found)


def _trace(found: precheck.Precheck) -> str:
    from rules.explain import trace

    return trace(found.lines)


def test_the_position_is_the_present_one(desk: Desk) -> None:
    desk.decide(desk.submit(contract_amount=1_600_000_000, applied_at=datetime.datetime(2026, 5, 20, 9)))
    found = precheck.precheck(desk.office, SCHEME, facts())
    assert found.decision is not None
    assert found.decision.award_fen == 200_000_000
    assert found.decision.binding == "applicant_year"


def test_what_fails_and_what_is_missing_is_named_as_one_types(desk: Desk) -> None:
    begun = precheck.precheck(desk.office, SCHEME, {"contract_amount": 49_999_999})
    assert begun.decision is not None
    assert begun.decision.status == "refused"
    outcomes = {one.condition: one.outcome for one in begun.conditions}
    assert outcomes == {
        "kind": "unknown", "window": "pass", "threshold": "fail", "related_party": "unknown",
        "provider_admitted": "unknown",
    }  # fmt: skip
    assert {"applicant", "applicant_kind", "related_party", "founded_on"} <= set(begun.missing)
    assert not {"other_support", "awarded_before", "leased_in_year"} & set(begun.missing)


def test_an_open_parameter_shows_its_readings(desk: Desk) -> None:
    young = datetime.date(2025, 12, 1)
    found = precheck.precheck(desk.office, SCHEME, facts(founded_on=young, other_support=100_000_000))
    assert found.decision is not None
    assert found.decision.status == "blocked"
    assert dict(found.decision.readings) == {
        "startup_ceiling=50": 300_000_000,
        "startup_ceiling=60": 380_000_000,
    }


def test_the_register_goes_before_what_the_applicant_says(desk: Desk) -> None:
    found = precheck.precheck(desk.office, SCHEME, facts(service="数据存储", provider_admitted=True))
    assert found.admitted is False
    assert found.decision is not None
    assert "provider_admitted" in found.decision.reasons
    unknown = precheck.precheck(desk.office, SCHEME, facts(provider="别家", provider_admitted=True))
    assert unknown.admitted is None
    assert unknown.decision is not None
    assert unknown.decision.status == "awarded"


def test_no_version_in_force_is_said(desk: Desk) -> None:
    found = precheck.precheck(desk.office, SCHEME, facts(applied_at=datetime.datetime(2027, 1, 1)))
    assert (found.policy, found.decision) == (None, None)


def test_a_pack_with_facts_of_its_own_names_them(desk: Desk) -> None:
    schemes = {one.id: one for one in precheck.schemes(desk.office)}
    assert [fact.id for fact in schemes["hangzhou-compute-voucher"].own] == [
        "base_model_filed",
        "domestic_compute",
    ]
    assert schemes[SCHEME].pack.version == "2026"
    assert schemes[SCHEME].in_force
    found = precheck.precheck(desk.office, "shenzhen-model-voucher", facts(model_filed=True))
    assert found.decision is not None
    assert found.decision.award_fen == 100_000_000


def test_nothing_is_stored(desk: Desk) -> None:
    def counts() -> list[int]:
        with desk.office.read() as session:
            tables = (Application, Decision, Budget, LogEntry)
            return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]

    before = counts()
    precheck.precheck(desk.office, SCHEME, facts())
    assert counts() == before


def test_an_undecided_case_is_worked_out_too(desk: Desk) -> None:
    from casework.case_view import view

    case = desk.submit()
    seen = view(desk.office, "officer", case)
    assert seen is not None and seen.would_be is not None and seen.would_be.decision is not None
    assert seen.would_be.decision.award_fen == 400_000_000
    award.decide(desk.office, "officer", case)
    decided = view(desk.office, "officer", case)
    assert decided is not None
    assert decided.would_be is None
