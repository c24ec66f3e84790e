"""The pre-check: it says at the counter what the decision will say, and stores nothing."""

import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from casework.award import deciding, precheck
from casework.core.refused import Refused
from casework.rulebook.supplements import confirm_supplement, propose_supplement
from models import Application, Budget, Decision, LogEntry
from rules.facts import Value
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import SHARED, submit
from tests.casework.desk import CODE, PROVIDER, SERVICE, Desk
from tests.rules.round_packs import CONDITION, READINGS, pack_text

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
    desk.give(10_000_000_000, "shenzhen-model-voucher/2026")
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
    from casework.boards.case_view import view

    case = desk.submit()
    seen = view(desk.office, "officer", case)
    assert seen is not None and seen.would_be is not None and seen.would_be.decision is not None
    assert seen.would_be.decision.award_fen == 400_000_000
    deciding.decide(desk.office, "officer", case)
    decided = view(desk.office, "officer", case)
    assert decided is not None
    assert decided.would_be is None


# -- it says what the act says ----------------------------------------------------------------------------

STOP = pack_text('exceeded = "stop"')
NO_AMOUNT = pack_text(
    'exceeded = "rest"', more='[[unset]]\nid = "year_amount"\ntype = "money"\ntitle = "年度总额"\n'
).replace('amount = "1000000.00"', 'amount = { unset = "year_amount" }')
TYPED: dict[str, Value] = {
    "applied_at": datetime.datetime(2026, 5, 20, 9, 30),
    "applicant": CODE,
    "contract_amount": 5_000_000,
    "score": 1,
}


def of_case(desk: Desk, case: str) -> precheck.Precheck:
    """What the case page shows."""
    from casework.boards.case_view import view

    seen = view(desk.office, "officer", case)
    assert seen is not None and seen.would_be is not None
    return seen.would_be


def typed(desk: Desk, **other: Value) -> precheck.Precheck:
    """What the entry form shows."""
    return precheck.precheck(desk.office, "test-voucher", TYPED | other)


def test_a_budget_that_a_case_has_closed_has_nothing_for_the_next(desk: Desk) -> None:
    adopt(desk.office, STOP)
    for case in submit(desk, (90_000_000, 20_000_000)):
        desk.decide(case)
    (late,) = submit(desk, (5_000_000,))
    for found in (of_case(desk, late), typed(desk)):
        assert found.decision is not None
        assert (found.decision.status, found.decision.reasons) == ("refused", ("budget",))
    assert desk.decide(late).status == "refused"


def test_what_a_case_holds_itself_is_given_back_first(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"', rate='{ unset = "rate" }', more=READINGS))
    (case,) = submit(desk, (80_000_000,))
    assert desk.decide(case).holds_fen == 80_000_000
    number = propose_supplement(desk.office, "officer", "test-voucher@1", "rate", "100", "纪要")
    confirm_supplement(desk.office, "approver", number.facts["supplement"])
    found = of_case(desk, case)
    assert found.decision is not None and found.decision.award_fen == 80_000_000
    deciding.decide_again(desk.office, "officer", case, "已设定")
    assert desk.decision(case).award_fen == 80_000_000


def test_a_case_whose_turn_comes_with_its_round_is_promised_nothing(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED))
    (case,) = submit(desk, (80_000_000,))
    found = of_case(desk, case)
    assert (found.decision, found.lines) == (None, ())
    assert found.bar is not None
    assert found.bar.say("en").endswith(f"{case} is decided together with its round.")
    with pytest.raises(Refused) as refused:
        deciding.decide(desk.office, "officer", case)
    assert (refused.value.code, refused.value.params) == (found.bar.code, found.bar.params)
    found = typed(desk)
    assert found.decision is None
    assert found.bar is not None
    assert found.bar.say("en").endswith("this one is decided together with its round.")


def test_a_condition_that_fails_is_told_all_the_same(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED, more=CONDITION))
    found = typed(desk, contract_amount=9_999_999)
    assert found.decision is not None and found.bar is not None
    assert (found.decision.status, found.decision.reasons) == ("refused", ("threshold",))
    (case,) = submit(desk, (9_999_999,))
    deciding.decide_round(desk.office, "officer")
    assert desk.decision(case).reasons == "threshold"


def test_where_no_budget_is_open_and_the_pack_states_none_that_is_said(desk: Desk) -> None:
    adopt(desk.office, NO_AMOUNT)
    (case,) = submit(desk, (5_000_000,))
    with pytest.raises(Refused) as refused:
        deciding.decide(desk.office, "officer", case)
    assert refused.value.code == "refused.no_budget"
    for found in (of_case(desk, case), typed(desk)):
        assert found.decision is not None and found.decision.award_fen is not None, "what the rules compute"
        assert found.lines and found.bar is not None
        assert (found.bar.code, found.bar.params) == (refused.value.code, refused.value.params)
    before = of_case(desk, case).decision
    assert before is not None and before.award_fen == 5_000_000
    desk.give(10_000_000, "test-voucher/2026")
    found = of_case(desk, case)
    assert found.bar is None and found.decision is not None and found.decision.award_fen == 5_000_000
