"""Versions: each change is the next one, and nothing is lost."""

import datetime

import pytest

from casework.cases import versions
from casework.core.refused import Refused
from casework.review import checking, corrections
from models import BankAccount, Contact
from tests.casework.desk import MODEL, OTHER_CODE, Desk
from tests.casework.said import differences


def test_a_new_version_keeps_what_did_not_change(desk: Desk) -> None:
    case = desk.submit(MODEL, contact="王某", phone="1", account="622000", bank="某行", model_filed=True)
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 700_000_000}, "核减")
    with desk.office.read() as session:
        first, second = (versions.of(session, 1, number) for number in (1, 2))
        assert differences(session, 1, 1, 2) == [("contract_amount", 800_000_000, 700_000_000)]
    assert (first.contact_id, first.bank_account_id, first.extra) == (
        second.contact_id,
        second.bank_account_id,
        second.extra,
    )
    assert first.extra == '{"model_filed":true}'
    assert second.reason == "核减"


def test_a_declared_fact_can_be_corrected(desk: Desk) -> None:
    case = desk.submit(MODEL, model_filed=True)
    checking.verify_facts(desk.office, "officer", case, {"model_filed": False}, "查无备案")
    with desk.office.read() as session:
        assert versions.said(versions.of(session, 1, 2))["model_filed"] is False


def test_nothing_changed_is_no_version(desk: Desk) -> None:
    """To verify what the applicant says is something; to say it again is nothing."""
    desk.set_terms()
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 800_000_000}, "与合同一致")
    with pytest.raises(Refused, match="nothing_changed"):
        checking.verify_facts(desk.office, "officer", case, {"contract_amount": 800_000_000}, "与合同一致")
    desk.corrected(case)
    with pytest.raises(Refused, match="nothing_changed"):
        corrections.answer_correction(desk.office, "officer", case, {"related_party": False})


def test_a_service_does_not_end_before_it_starts(desk: Desk) -> None:
    case = desk.submit(starts_on=datetime.date(2026, 5, 2))
    with pytest.raises(Refused, match="ends_before_starts"):
        facts = {"ends_on": datetime.date(2026, 5, 1)}
        checking.verify_facts(desk.office, "officer", case, facts, "经核")
    checking.verify_facts(desk.office, "officer", case, {"ends_on": datetime.date(2026, 5, 2)}, "经核")


def test_the_applicant_does_not_change(desk: Desk) -> None:
    case = desk.submit()
    with pytest.raises(Refused, match="applicant_changed"):
        checking.verify_facts(desk.office, "officer", case, {"applicant": OTHER_CODE}, "更正")


def test_a_new_account_and_contact_are_new_rows(desk: Desk) -> None:
    case = desk.submit(contact="王某", account="622000", bank="某行")
    checking.verify_facts(
        desk.office, "officer", case, {"account": "623000", "bank": "另行", "contact": "李某"}, "更正"
    )
    assert [row.number for row in desk.rows(BankAccount)] == ["622000", "623000"]
    assert [row.name for row in desk.rows(Contact)] == ["王某", "李某"]


def test_another_contract_number_is_another_contract(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_no": "HT-7"}, "更正")
    assert desk.application(case).contract_id == 2
    checking.verify_facts(desk.office, "officer", case, {"signed_on": datetime.date(2026, 4, 2)}, "更正")
    assert desk.application(case).contract_id == 2


def test_what_an_application_cant_be_without_is_not_emptied(desk: Desk) -> None:
    """By the officer who verifies nor by the applicant's answer, whatever word says nothing."""
    desk.set_terms()
    case = desk.submit()
    needed = ("applicant_name", "applied_at", "contract_amount", "applicant_kind", "contract_no")
    given: list[dict[str, str | None]] = [{name: word} for name in needed for word in (None, "", "/")]
    codes = []
    for facts in given:
        with pytest.raises(Refused) as refused:
            checking.verify_facts(desk.office, "officer", case, facts, "经核")
        codes.append(refused.value.code)
        (name,) = facts
        assert name not in refused.value.say() and name not in refused.value.say("en")
    assert set(codes) <= {"refused.field_missing", "refused.bad_field"}
    assert codes.count("refused.field_missing") > 10
    desk.corrected(case)
    for facts, code in zip(given, codes, strict=True):
        with pytest.raises(Refused, match=code):
            corrections.answer_correction(desk.office, "officer", case, facts)
    assert desk.application(case).version == 1


def test_what_a_scheme_does_not_ask_for_may_be_emptied(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"signed_on": None}, "合同未载明")
    assert desk.application(case).version == 2


def test_a_pack_s_own_fact_is_told_by_its_title(desk: Desk) -> None:
    case = desk.submit(MODEL)
    with pytest.raises(Refused, match="bad_field") as refused:
        checking.verify_facts(desk.office, "officer", case, {"model_filed": "也许"}, "经核")
    assert "model_filed" not in refused.value.say() and "也许" in refused.value.say()
