"""What an earlier program decided otherwise is told with the reason, and nothing is changed by telling it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert

from casework.audit.against_today import Cause, against_today, as_json
from casework.audit.replay import replay
from casework.audit.verify import verify
from casework.award import deciding
from casework.award.deciding_bench import Bench, Case
from casework.cases import other_support
from casework.core import who_may
from casework.intake import counter_entry
from casework.issuing import approval
from casework.review.checking import verify_facts
from models import Finding
from rules.money import yuan
from rules.policy import Policy
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, MINUTES, Desk
from tests.rules.round_packs import pack_text

LEVELS = {"contract_amount": 1_000_000_000, "other_district": 300_000_000, "other_support": 0}


def whole(bench: Bench[Any], case: Case) -> int | None:
    """As an earlier program read a share of 0: as no limit."""
    budget = None if case.policy is None else case.policy.budget_key(case.facts)
    return None if case.policy is None or budget is None else bench.positions.left(budget)


def found(desk: Desk) -> list[dict[str, Any]]:
    """The cases told; what is stored stays as it was and whole."""
    before = replay(desk.office)
    told: list[dict[str, Any]] = as_json(against_today(desk.office))["cases"]
    after = replay(desk.office)
    assert (before["same"], before["differ"]) == (after["same"], after["differ"]) == (after["decisions"], [])
    return told


def test_an_office_of_today_has_nothing_to_tell(desk: Desk) -> None:
    desk.decide(desk.submit())
    desk.decide(desk.submit(contract_no="HT-2", related_party=True))
    changed = desk.submit(contract_no="HT-3")
    desk.decide(changed)
    verify_facts(desk.office, "officer", changed, {"contract_amount": 500_000_000}, "核对合同")
    report = against_today(desk.office)
    assert (report.compared, report.not_compared, report.found) == (2, 1, ())


def test_support_by_level_that_was_not_counted_is_told_with_both_awards(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(other_support, "counted", lambda facts: facts.get("other_support") or 0)
        case = desk.submit(**LEVELS)
        assert desk.decide(case).award_fen == 500_000_000
    (told,) = found(desk)
    assert (told["case"], told["state"], told["decision"]) == (case, "calculated", 1)
    assert told["then"] == {"status": "awarded", "award": "5000000.00"}
    assert told["now"] == {"status": "awarded", "award": "2000000.00"}
    assert told["why"] == [{"kind": "fact", "of": "other_support", "then": "0.00", "now": "3000000.00"}]
    assert all(check["ok"] for check in verify(desk.office)["checks"])


def test_a_cap_per_contract_that_a_spelling_evaded_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = pack_text('exceeded = "rest"', cap="100000.00").replace('["applicant", "year"]', '["contract"]')
    adopt(desk.office, text)

    def decided(contract: str) -> int | None:
        facts = {
            "applied_at": datetime.datetime(2026, 5, 20, 9), "applicant": CODE, "applicant_name": "单位",
            "applicant_kind": "enterprise", "contract_no": contract, "contract_amount": 8_000_000,
        }  # fmt: skip
        made = counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher")
        return desk.decide(str(made.facts["case"])).award_fen

    old: Callable[..., tuple[str, ...]] = lambda self, facts: (f"test-voucher/cap/{facts['contract_no']}",)  # noqa: E731
    with monkeypatch.context() as earlier:
        earlier.setattr(Policy, "cap_keys", old)
        awards = [decided(contract) for contract in ("HT-2026-001", "ht 2026-001", "HT—2026—002")]
    (told,) = found(desk)
    assert awards[1] is not None
    assert told["then"]["award"] != told["now"]["award"]
    assert [cause["kind"] for cause in told["why"]] == ["cap"]
    assert told["why"][0]["of"] == f"test-voucher/applicant_year/{CODE}/HT2026001"
    assert (told["why"][0]["then"], told["why"][0]["now"]) == ("0.00", yuan(awards[0] or 0))


def test_a_share_of_nothing_that_took_the_pool_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    adopt(desk.office, pack_text('order = "pro_rata"\nresidual = "largest_remainder"'))
    facts = {
        "applied_at": datetime.datetime(2025, 12, 1, 9), "applicant": CODE, "applicant_name": "单位",
        "applicant_kind": "enterprise", "contract_no": "HT-1", "contract_amount": 100_000_000,
    }  # fmt: skip
    case = str(counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher").facts["case"])
    desk.decide(case)
    verify_facts(desk.office, "officer", case, {"applied_at": datetime.datetime(2026, 5, 20, 9)}, "更正时间")
    with monkeypatch.context() as earlier:
        earlier.setattr(Bench, "left_alone", whole)
        deciding.decide_again(desk.office, "officer", case, "时间已更正")
    assert desk.decision(case).award_fen == 100_000_000
    (told,) = found(desk)
    assert (told["then"]["status"], told["now"]["status"]) == ("awarded", "refused")
    assert told["why"] == [{"kind": "share", "of": "budget", "then": "1000000.00", "now": "0.00"}]


def test_an_approval_that_would_be_refused_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = desk.published()
    with monkeypatch.context() as earlier:
        earlier.setattr(who_may, "prepared_by", lambda session, application: frozenset())
        approval.approve(desk.office, "approver", case, MINUTES)
    assert found(desk) == []
    with monkeypatch.context() as earlier:
        everyone = frozenset(range(100))
        earlier.setattr("casework.audit.against_today.prepared_by", lambda session, application: everyone)
        (told,) = found(desk)
    assert told["why"] == [{"kind": "preparer", "of": "周明轩", "then": "", "now": ""}]
    assert told["then"] == told["now"]
    row = {
        "application_id": desk.application(case).id, "code": "same_contract", "version": 1,
        "found_at": datetime.datetime.now(datetime.UTC), "state": "open", "detail": "{}",
    }  # fmt: skip
    with desk.office.write() as session:
        session.execute(insert(Finding).values(**row))
    report = against_today(desk.office)
    assert [cause for one in report.found for cause in one.why] == [
        Cause("finding", "same_contract", now="open")
    ]
