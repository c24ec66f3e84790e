"""What findings mean for their case: the table is whole, and what it forbids is refused at every door."""

from collections.abc import Callable
from typing import Any

import pytest

import words
from casework.award import deciding
from casework.boards import case_view
from casework.cases import finding_weights
from casework.cases.finding_weights import weight, weights
from casework.core.act_table import ACTS
from casework.core.refused import Refused
from casework.issuing import approval, letters, publicity, vouchers
from casework.review import checking
from models import Decision, Finding
from tests.casework.desk import GONE_ON, MINUTES, OTHER_CODE, Desk


def found(desk: Desk, case: str, code: str = "same_contract") -> int:
    """The number of a finding of a case that is not out of date."""
    mine = desk.application(case).id
    number: int = next(
        one.id
        for one in desk.rows(Finding)
        if one.application_id == mine and one.code == code and one.state != "outdated"
    )
    return number


def twice(desk: Desk) -> str:
    """A contract of 8,000,000 that another case claims already, under another spelling; the later case."""
    desk.submit(contract_no="HT-9")
    return desk.submit(applicant=OTHER_CODE, contract_no="ht 9")


def test_every_kind_that_has_a_sentence_has_its_line_and_every_line_its_sentence() -> None:
    said = {code.removeprefix("finding.") for code in words.codes() if code.startswith("finding.")}
    assert said == set(weights().kinds) - {"condition"}
    assert set(weights().forbidden) <= set(ACTS)
    assert {code for code, one in weights().kinds.items() if one.open == "forbids"} >= {
        "same_contract",
        "same_invoice",
        "same_account",
    }


def test_a_kind_without_a_line_is_a_bug_and_an_effect_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        weight("never_heard_of")
    assert weight("condition.threshold").now("open") == "informs"
    with pytest.raises(ValueError, match="odd"):
        finding_weights.read('forbidden = []\n[kind.odd]\nopen = "maybe"\nupheld = "forbids"\n')
    with pytest.raises(ValueError, match="odd"):
        finding_weights.read('forbidden = []\n[kind.odd]\nopen = "informs"\nupheld = "answer"\n')


@pytest.mark.parametrize("outcome", ["", "upheld"])
def test_one_contract_is_not_paid_twice(desk: Desk, outcome: str) -> None:
    """Deciding holds the money, since who came first stays first; nothing after it goes through."""
    desk.set_terms()
    case = twice(desk)
    if outcome:
        checking.judge_finding(desk.office, "officer", found(desk, case), outcome, "系同一合同")
    change = deciding.decide(desk.office, "officer", case, GONE_ON)
    assert change.facts["award_fen"] == 400_000_000 and desk.budget()[2] == 400_000_000
    state = outcome or "open"
    with pytest.raises(Refused, match=f"finding_{state}") as refused:
        publicity.publish(desk.office, "officer", cases=[case])
    assert "同一合同也由 SL2026000001 申报" in refused.value.say("zh")
    view = case_view.view(desk.office, "officer", case)
    assert view is not None and "publish" not in view.may
    assert ("publish", f"refused.finding_{state}") in [(name, why.code) for name, why in view.barred]
    assert next(one for one in view.findings if one.code == "same_contract").effect == "forbids"


@pytest.mark.parametrize("number", ["合同AB-1", "АВ-1"])
def test_a_contract_that_is_spelled_otherwise_is_the_same(desk: Desk, number: str) -> None:
    desk.submit(contract_no="AB-1")
    case = desk.submit(contract_no=number)
    assert found(desk, case, "same_contract")


def test_one_applicant_s_contract_under_two_numbers_gets_no_second_voucher(desk: Desk) -> None:
    """The same amount and no signing day: nothing goes out until a person has judged it. Another applicant's
    of the same amount is no finding."""
    desk.set_terms()
    first, case = desk.submit(contract_no="AB-1"), desk.submit(contract_no="AB-01")
    for one in (first, case):
        checking.check(desk.office, "officer", one)
    desk.decide(first)
    desk.decide(case)
    with pytest.raises(Refused, match="finding_open") as refused:
        publicity.publish(desk.office, "officer", cases=[case])
    assert "可能是同一合同" in refused.value.say("zh")
    likely = found(desk, case, "likely_same_contract")
    checking.judge_finding(desk.office, "officer", likely, "cleared", "两份合同，已见原件")
    publicity.publish(desk.office, "officer", cases=[case])
    assert desk.state(case) == "publicity"
    other = desk.submit(applicant=OTHER_CODE, contract_no="AB-2")
    checking.check(desk.office, "officer", other)
    others = desk.application(other).id
    assert "likely_same_contract" not in [
        one.code for one in desk.rows(Finding) if one.application_id == others
    ]


def test_what_was_cleared_goes_on_and_what_is_upheld_later_stops_each_next_act(desk: Desk) -> None:
    case = twice(desk)
    judge = checking.judge_finding
    judge(desk.office, "officer", found(desk, case), "cleared", "补充协议")
    desk.decide(case)
    desk.publish_and_end(case)
    steps: list[tuple[Callable[..., Any], str, tuple[str, ...]]] = [
        (approval.approve, "approver", (MINUTES,)),
        (vouchers.issue_voucher, "officer", ()),
        (letters.issue_approval, "officer", ()),
    ]
    for does, person, more in steps:
        judge(desk.office, "officer2", found(desk, case), "upheld", "同一合同")
        with pytest.raises(Refused, match="finding_upheld"):
            does(desk.office, person, case, *more)
        judge(desk.office, "officer2", found(desk, case), "cleared", "另查：两份合同")
        does(desk.office, person, case, *more)
    assert desk.state(case) == "issued"


def test_a_round_is_published_without_what_a_finding_keeps_back(desk: Desk) -> None:
    desk.set_terms()
    kept_back = twice(desk)
    other = desk.submit(contract_no="HT-10", contract_amount=700_000_000)
    first = "SL2026000001"
    for case in (first, kept_back, other):
        desk.decide(case)
    change = publicity.publish(desk.office, "officer", 1)
    assert change.facts["kept_back"] == [kept_back]
    assert [desk.state(case) for case in (first, kept_back, other)] == [
        "publicity",
        "calculated",
        "publicity",
    ]


def test_an_upheld_finding_of_other_facts_is_out_of_date_once_checked(desk: Desk) -> None:
    """The number was a slip of the pen: corrected and checked, the way is free; what is still so is asked
    anew."""
    case = twice(desk)
    number = found(desk, case)
    checking.judge_finding(desk.office, "officer", number, "upheld", "同一合同")
    checking.verify_facts(desk.office, "officer", case, {"contract_no": "HT-99"}, "合同号笔误")
    with pytest.raises(Refused, match="finding_outdated"):
        checking.judge_finding(desk.office, "officer", number, "cleared", "已更正")
    checking.check(desk.office, "officer", case)
    assert [one.state for one in desk.rows(Finding) if one.id == number] == ["outdated"]
    checking.verify_facts(desk.office, "officer", case, {"contract_no": "HT9"}, "以原件为准")
    checking.check(desk.office, "officer", case)
    again = found(desk, case)
    assert again != number and next(one for one in desk.rows(Finding) if one.id == again).state == "open"


def test_what_only_informs_stops_nothing(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit(related_party=None)
    checking.check(desk.office, "officer", case)
    checking.judge_finding(
        desk.office, "officer", found(desk, case, "condition.related_party"), "upheld", "有声明"
    )
    checking.verify_facts(desk.office, "officer", case, {"related_party": False}, "有声明")
    desk.decide(case)
    publicity.publish(desk.office, "officer", cases=[case])
    assert [one.status for one in desk.rows(Decision)] == ["awarded"]
