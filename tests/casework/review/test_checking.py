"""Checking: conditions and findings, stages, and what the officer verified."""

import datetime

import pytest

from casework.award import position_in_ledger
from casework.cases import versions
from casework.core.refused import Refused
from casework.review import checking
from models import Finding, Invoice, LogEntry
from rules.facts import Value
from tests.casework.desk import OTHER_CODE, Desk


def codes(desk: Desk, case: str) -> dict[str, str | None]:
    number = desk.application(case).id
    found = [each for each in desk.rows(Finding) if each.application_id == number and each.state == "open"]
    return {each.code: each.outcome for each in found}


def test_every_condition_is_asked_and_what_can_t_be_told_names_its_evidence(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999, related_party=None)
    checking.check(desk.office, "officer", case)
    found = codes(desk, case)
    assert found["condition.threshold"] == "fail"
    assert found["condition.related_party"] == "unknown"
    assert [found[f"condition.{name}"] for name in ("kind", "window", "provider_admitted")] == ["pass"] * 3
    told = next(each for each in desk.rows(Finding) if each.code == "condition.related_party")
    assert "关联关系声明" in told.with_text


def test_the_same_contract_invoice_and_account_elsewhere_are_found(desk: Desk) -> None:
    first = desk.submit(account="6222000000000000001", bank="湾畔银行")
    second = desk.submit(applicant=OTHER_CODE, account="6222000000000000001", bank="湾畔银行")
    with desk.office.write() as session:  # invoices come with claims; here they are just there
        for case in (first, second):
            at = desk.office.now()
            number = desk.application(case).id
            session.add(Invoice(application_id=number, number="044001900111", gross_fen=100, at=at))
    checking.check(desk.office, "officer", second)
    assert {"same_contract", "same_account", "same_invoice"} <= set(codes(desk, second))


def test_a_near_miss_is_found(desk: Desk) -> None:
    desk.submit()
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-2026-001-补")
    checking.check(desk.office, "officer", second)
    assert "similar_contract" in codes(desk, second)


def test_a_provider_outside_its_admission_is_found_and_fails_the_condition(desk: Desk) -> None:
    early = desk.submit(signed_on=datetime.date(2025, 3, 28))
    checking.check(desk.office, "officer", early)
    found = codes(desk, early)
    assert found["condition.provider_admitted"] == "fail"
    assert "provider_not_admitted" in found
    other = desk.submit(service="数据存储", contract_no="HT-2")
    checking.check(desk.office, "officer", other)
    assert codes(desk, other)["condition.provider_admitted"] == "fail"


def test_signing_before_founding_is_found_and_still_a_startup(desk: Desk) -> None:
    case = desk.submit(founded_on=datetime.date(2026, 4, 20), signed_on=datetime.date(2026, 4, 1))
    checking.check(desk.office, "officer", case)
    assert "signed_before_founding" in codes(desk, case)
    assert desk.decide(case).tier == "startup"


def test_a_judged_finding_is_not_asked_again(desk: Desk) -> None:
    first = desk.submit()
    second = desk.submit(applicant=OTHER_CODE)
    told = checking.check(desk.office, "officer", second).facts
    finding = next(
        each for each in desk.rows(Finding) if each.code == "same_contract" and each.state == "open"
    )
    assert finding.id in told["numbers"], "what is told can be judged"
    checking.judge_finding(desk.office, "officer", finding.id, "cleared", "补充协议，已核对")
    checking.check(desk.office, "officer", second)
    assert "same_contract" not in codes(desk, second)
    with pytest.raises(Refused, match="reason_missing"):
        checking.judge_finding(desk.office, "officer", finding.id, "upheld", " ")
    assert first


def test_verified_facts_stand_beside_the_applicant_s(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    with desk.office.read() as session:
        number = desk.application(case).id
        given, verified = (versions.of(session, number, version) for version in (1, 2))
    assert (given.contract_amount_fen, given.source) == (800_000_000, "entry")
    assert (verified.contract_amount_fen, verified.source) == (600_000_000, "review")
    assert desk.decide(case).award_fen == 300_000_000


def test_a_stage_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_such_stage"):
        checking.review(desk.office, "officer", desk.submit(), "approved")


def test_a_pre_check_tells_what_fails_before_anything_is_entered(desk: Desk) -> None:
    from casework.rulebook.in_force import Shelf

    facts: dict[str, Value] = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant_kind": "government",
    }
    with desk.office.read() as session:
        chosen = Shelf(session).policy("shenzhen-training-voucher", facts, desk.office.today())
    assert chosen is not None
    answers = {each.condition: each.outcome for each in checking.conditions(chosen.policy, facts)}
    assert answers == {
        "kind": "fail",
        "window": "pass",
        "threshold": "unknown",
        "related_party": "unknown",
        "provider_admitted": "unknown",
    }
    assert position_in_ledger.STATE_AFTER["refused"] == "refused"


def test_a_review_that_moves_a_case_nowhere_is_stored_once(desk: Desk) -> None:
    case = desk.submit()
    checking.review(desk.office, "officer", case, "formal_check")
    with pytest.raises(Refused, match="nothing_changed"):
        checking.review(desk.office, "officer", case, "formal_check")
    checking.review(desk.office, "officer", case, "eligibility")
    checking.review(desk.office, "officer", case, "formal_check")
    told = [entry.act for entry in desk.rows(LogEntry) if entry.subject == f"case {case}"]
    assert told.count("review") == 3
