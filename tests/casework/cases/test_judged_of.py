"""A judgement counts for what was judged, by whatever door that changes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from casework.audit.verify import checks
from casework.cases import paper_filing
from casework.cases.field_table import FIELDS
from casework.cases.finding_weights import weights
from casework.cases.judged_of import NAMED
from casework.core.refused import Refused
from casework.issuing import publicity
from casework.review import checking, corrections
from tests.casework.cases.test_looking import judge, standing
from tests.casework.desk import CODE, OTHER_CODE, Desk
from tests.casework.portal_rows import bring_in

DOORS = ("correction", "verification")


def says(desk: Desk, case: str, door: str, **facts: Any) -> None:
    """What counts of a case is this now."""
    if door == "verification":
        checking.verify_facts(desk.office, "officer", case, facts, "合同原件")
        return
    desk.corrected(case, next(iter(facts)))
    corrections.answer_correction(desk.office, "officer", case, facts)


def cleared(desk: Desk, folder: Path, code: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    """Two cases of one file, of which each is asked about with the other, and cleared."""
    bring_in(desk, folder, {"申报编号": "I1", **one}, {"申报编号": "I2", **other})
    judge(desk, "I1", code, "I2")
    judge(desk, "I2", code, "I1")
    assert standing(desk, "I1") == standing(desk, "I2") == []


@pytest.mark.parametrize("door", DOORS)
def test_two_contracts_that_were_cleared_are_judged_anew_for_another_amount(
    desk: Desk, tmp_path: Path, door: str
) -> None:
    """Both were published with 4,500,000 each, where an import of the same is asked about."""
    desk.set_terms()
    three = {"合同金额（元）": "3000000"}
    cleared(
        desk, tmp_path, "likely_same_contract", {"合同编号": "I-1", **three}, {"合同编号": "I-2", **three}
    )
    for case in ("I1", "I2"):
        says(desk, case, door, contract_amount=900_000_000)
    assert standing(desk, "I1") == [("likely_same_contract", "I2")]
    assert standing(desk, "I2") == [("likely_same_contract", "I1")]
    for case in ("I1", "I2"):
        assert desk.decide(case).award_fen == 450_000_000
        with pytest.raises(Refused, match="finding_open"):
            publicity.publish(desk.office, "officer", cases=[case])
    judge(desk, "I1", "likely_same_contract", "I2")
    judge(desk, "I2", "likely_same_contract", "I1")
    publicity.publish(desk.office, "officer", cases=["I1", "I2"])
    assert [check.name for check in checks(desk.office) if not check.ok] == []


@pytest.mark.parametrize("door", DOORS)
def test_a_contract_that_was_cleared_says_nothing_of_the_next(desk: Desk, tmp_path: Path, door: str) -> None:
    desk.set_terms()
    same = {"合同编号": "S-1"}
    cleared(
        desk,
        tmp_path,
        "same_contract",
        same,
        same | {"合同金额（元）": "4000000", "合同签订日期": "2026-03-01"},
    )
    for case in ("I1", "I2"):
        says(desk, case, door, contract_no="ZZ-77")
    assert standing(desk, "I1") == [("same_contract", "I2")]
    assert standing(desk, "I2") == [("same_contract", "I1")]


def test_two_numbers_that_may_be_two_were_cleared_as_two(desk: Desk) -> None:
    """HT-1-11 beside HT-11-1 may be two contracts; HT-11-1 twice is one."""
    first = desk.submit(contract_no="HT-1-11")
    second = desk.submit(contract_no="HT-11-1", contract_amount=700_000_000)
    judge(desk, second, "same_contract", first)
    says(desk, second, "verification", contract_no="HT 1-11")
    assert standing(desk, second) == [("same_contract", first)]


def test_the_other_case_s_change_asks_anew_too(desk: Desk) -> None:
    desk.set_terms()
    first = desk.submit(contract_no="R-1")
    second = desk.submit(contract_no="R-2")
    judge(desk, second, "likely_same_contract", first)
    says(desk, first, "correction", contract_no="R-3")
    assert standing(desk, first) == [("likely_same_contract", second)]
    assert standing(desk, second) == [("likely_same_contract", first)]


def test_a_check_asks_anew_where_a_file_changed_the_other_case(desk: Desk, tmp_path: Path) -> None:
    cleared(desk, tmp_path, "likely_same_contract", {"合同编号": "I-1"}, {"合同编号": "I-2"})
    bring_in(desk, tmp_path, {"申报编号": "I1", "合同编号": "I-1", "联系电话": "075500000009"})
    checking.check(desk.office, "officer", "I2")
    assert standing(desk, "I2") == []
    bring_in(desk, tmp_path, {"申报编号": "I1", "合同编号": "I-5"})
    checking.check(desk.office, "officer", "I2")
    assert standing(desk, "I2") == [("likely_same_contract", "I1")]


def test_what_it_is_not_about_asks_nothing_anew_and_there_and_back_is_as_it_was(desk: Desk) -> None:
    desk.set_terms()
    first = desk.submit(contract_no="HT-9")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-9", contract_amount=700_000_000)
    judge(desk, second, "same_contract", first)
    says(desk, second, "correction", contract_amount=600_000_000)
    assert standing(desk, second) == []
    says(desk, second, "verification", contract_no="HT-10")
    says(desk, second, "verification", contract_no="ht 9")
    assert standing(desk, second) == []


def test_an_account_that_was_cleared_says_nothing_of_the_next(desk: Desk) -> None:
    desk.set_terms()
    accounts = ("6222000000000000009", "6222000000000000017")
    holder = desk.submit(contract_no="HT-1", account=accounts[0], bank="某行")
    second = desk.submit(
        applicant=OTHER_CODE,
        contract_no="HT-2",
        contract_amount=700_000_000,
        account=accounts[0],
        bank="某行",
    )
    judge(desk, second, "same_account", CODE)
    for case in (holder, second):
        says(desk, case, "correction", account=accounts[1], bank="某行")
    assert standing(desk, second) == [("same_account", CODE)]


def test_an_amount_that_was_looked_at_is_looked_at_again_as_another(desk: Desk) -> None:
    case = desk.submit(contract_amount=99_999_900_000_000)
    judge(desk, case, "amount_far_out", "contract_amount")
    says(desk, case, "verification", district="南山区")
    assert standing(desk, case) == []
    says(desk, case, "verification", contract_amount=88_888_800_000_000)
    assert standing(desk, case) == [("amount_far_out", "contract_amount")]


def test_a_second_file_that_two_cases_share_is_asked_about(desk: Desk) -> None:
    first = desk.submit(contract_no="HT-9")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-10", contract_amount=700_000_000)
    for case in (first, second):
        paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.7 the same")
    judge(desk, second, "same_paper", first)
    paper_filing.add_paper(desk.office, "officer", second, "invoice", "其他.pdf", b"%PDF-1.7 of its own")
    assert standing(desk, second) == []
    for case in (first, second):
        paper_filing.add_paper(desk.office, "officer", case, "invoice", "发票.pdf", b"%PDF-1.7 the next")
    assert standing(desk, second) == [("same_paper", first)]


def test_every_kind_is_about_fields_that_there_are() -> None:
    about = {name for one in weights().kinds.values() for name in one.about}
    assert about - {NAMED} <= set(FIELDS)
