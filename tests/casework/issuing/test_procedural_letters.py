"""Letters that follow an act, read back from their PDFs: acceptance, revocation, answer, void letter."""

from collections.abc import Callable
from typing import Any

import pytest

from casework.boards.case_view import view
from casework.core.office_settings import set_office
from casework.core.refused import Refused
from casework.issuing import letters, procedural_letters, publicity, withdraw_suspend_revoke
from casework.review import checking
from models import Letter, LetterSubject
from papers.drawing.pdfa import check
from tests.casework.desk import Desk
from tests.casework.issuing.test_letters import text_of
from tests.casework.stored_letter import stored

BASIS = "《湾畔市专项资金管理办法》（湾府规〔2025〕3号）第二十一条"


def last(desk: Desk) -> str:
    """What the letter says that was issued last."""
    with desk.office.read() as session:
        body = stored(session, desk.rows(Letter)[-1].id)
    check(body)
    return text_of(body)


def accepted(desk: Desk) -> str:
    case = desk.submit()
    checking.accept(desk.office, "officer", case)
    return case


def test_an_acceptance_names_both_numbers_and_is_issued_once(desk: Desk) -> None:
    case = accepted(desk)
    change = procedural_letters.issue_acceptance(desk.office, "officer", case)
    assert change.facts["number"] == "深科创券受〔2026〕1号"
    said = last(desk)
    assert f"申报编号{case}" in said and f"受理号为{desk.application(case).receipt_no}" in said
    assert "我局决定予以受理" in said and "联系人：陈知远，电话：0700-55501234" in said
    with pytest.raises(Refused, match="letter_exists"):
        procedural_letters.issue_acceptance(desk.office, "officer", case)
    letter = desk.rows(Letter)[-1].id
    letters.void_letter(desk.office, "approver", letter, "受理号有误")
    again = procedural_letters.issue_acceptance(desk.office, "officer", case)
    assert again.facts["number"] == "深科创券受〔2026〕2号", "the receipts' own numbers are another series"


def test_what_is_reviewed_is_accepted_by_that(desk: Desk) -> None:
    case = desk.submit()
    checking.review(desk.office, "officer", case, "eligibility")
    assert desk.application(case).receipt_no == "2026-000001"
    procedural_letters.issue_acceptance(desk.office, "officer", case)


def test_a_case_that_is_corrected_before_it_is_accepted_has_no_acceptance(desk: Desk) -> None:
    desk.set("correction_days", "5")
    desk.corrected(case := desk.submit(related_party=None))
    with pytest.raises(Refused, match="not_accepted") as refused:
        procedural_letters.issue_acceptance(desk.office, "officer", case)
    assert "受理" in refused.value.say("zh")


def test_a_revocation_tells_fact_basis_and_remedies(desk: Desk) -> None:
    case = desk.issued()
    number = letters.issue_approval(desk.office, "officer", case).facts["number"]
    withdraw_suspend_revoke.revoke(desk.office, "approver", case, "提供虚假材料。")
    with pytest.raises(Refused, match="basis_missing"):
        procedural_letters.issue_revocation(desk.office, "approver", case, " ")
    change = procedural_letters.issue_revocation(desk.office, "approver", case, BASIS)
    assert change.facts["number"] == "深科创券撤〔2026〕1号"
    said = last(desk)
    for part in (
        "撤销深圳市训力券资助决定书",
        f"申报编号{case}",
        "4,000,000.00元",
        number,
        f"经查，提供虚假材料，不符合{BASIS}的规定。我局决定撤销上述资助。",
        "券同时失效",
        "自收到本决定书之日起60日内向湾畔市人民政府申请行政复议",
        "6个月内依法向湾畔市第一人民法院提起行政诉讼",
    ):
        assert part in said, part
    assert "已经兑付" not in said
    with pytest.raises(Refused, match="letter_exists"):
        procedural_letters.issue_revocation(desk.office, "approver", case, BASIS)


def objected(desk: Desk, outcome: str) -> int:
    case = desk.submit()
    desk.decide(case)
    desk.set_terms()
    publicity.publish(desk.office, "officer", 1)
    raised = publicity.take_objection(desk.office, "officer", case, "湾畔某企业", "合同虚假")
    number: int = raised.facts["objection"]
    if outcome:
        publicity.settle_objection(desk.office, "approver", number, outcome, "经核对付款凭证，合同真实")
    return number


@pytest.mark.parametrize(
    ("outcome", "says"),
    [("dismissed", "异议不成立，对该申请的拟资助意见不作调整"), ("upheld", "异议成立，将对该申请重新审查")],
)
def test_an_answer_goes_to_who_objected(desk: Desk, outcome: str, says: str) -> None:
    number = objected(desk, outcome)
    change = procedural_letters.issue_objection_answer(desk.office, "officer", number)
    assert change.facts["number"] == "深科创券复〔2026〕1号"
    said = last(desk)
    assert "湾畔某企业：" in said and says in said and "经核对付款凭证，合同真实" in said
    assert [row.objection_id for row in desk.rows(LetterSubject)] == [number]
    with pytest.raises(Refused, match="no_objection_to_answer"):
        procedural_letters.issue_objection_answer(desk.office, "officer", number)


def test_an_objection_is_answered_by_who_handled_it_once_it_is_settled(desk: Desk) -> None:
    number = objected(desk, "")
    with pytest.raises(Refused, match="no_objection_to_answer"):
        procedural_letters.issue_objection_answer(desk.office, "officer", number)
    publicity.settle_objection(desk.office, "approver", number, "dismissed", "不属实")
    for other in ("officer2", "approver2"):
        with pytest.raises(Refused, match="no_objection_to_answer"):
            procedural_letters.issue_objection_answer(desk.office, other, number)
    procedural_letters.issue_objection_answer(desk.office, "approver", number)


def test_who_objects_is_told_to_those_who_handle_it(desk: Desk) -> None:
    number = objected(desk, "")
    case = "SL2026000001"

    def seen(person: str) -> str:
        shown = view(desk.office, person, case)
        assert shown is not None
        return shown.objections[0].objector

    secret = {person: seen(person) for person in ("officer", "officer2", "approver", "finance", "auditor")}
    assert secret == {
        "officer": "湾畔某企业",
        "officer2": "",
        "approver": "湾畔某企业",
        "finance": "",
        "auditor": "",
    }
    publicity.settle_objection(desk.office, "approver2", number, "dismissed", "不属实")
    assert (seen("approver"), seen("approver2"), seen("officer")) == ("", "湾畔某企业", "湾畔某企业")
    procedural_letters.issue_objection_answer(desk.office, "officer", number)
    shown = {person: view(desk.office, person, case) for person in ("officer", "officer2")}
    assert shown["officer"] and shown["officer"].letters[0].sha256
    assert shown["officer2"] and shown["officer2"].letters[0].sha256 == "", "the answer is addressed to them"


def test_a_void_letter_is_told_of_with_the_one_in_its_place(desk: Desk) -> None:
    case = desk.issued()
    letter = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    with pytest.raises(Refused, match="no_void_letter"):
        procedural_letters.issue_void_notice(desk.office, "officer", letter)
    letters.void_letter(desk.office, "approver", letter, "单位名称有误")
    letters.issue_approval(desk.office, "officer", case)
    change = procedural_letters.issue_void_notice(desk.office, "officer", letter)
    assert change.facts["number"] == "深科创券废〔2026〕1号"
    said = last(desk)
    assert "深科创券发〔2026〕1号" in said and "因单位名称有误作废" in said
    assert "该文书由深科创券发〔2026〕2号代替" in said
    with pytest.raises(Refused, match="no_void_letter"):
        procedural_letters.issue_void_notice(desk.office, "officer", letter)


@pytest.mark.parametrize(
    ("paper", "lacks"),
    [
        ("acceptance_notice", "telephone"),
        ("revocation", "court"),
        ("objection_answer", "contact"),
        ("void_notice", "agency_code"),
    ],
)
def test_each_is_refused_while_the_office_lacks_what_it_says(desk: Desk, paper: str, lacks: str) -> None:
    made: Callable[[], tuple[Any, str, tuple[Any, ...]]] = {
        "acceptance_notice": lambda: (procedural_letters.issue_acceptance, "officer", (accepted(desk),)),
        "revocation": lambda: (procedural_letters.issue_revocation, "approver", (revoked(desk), BASIS)),
        "objection_answer": lambda: (
            procedural_letters.issue_objection_answer,
            "officer",
            (objected(desk, "upheld"),),
        ),
        "void_notice": lambda: (procedural_letters.issue_void_notice, "officer", (voided(desk),)),
    }[paper]
    issue, person, given = made()
    before = len(desk.rows(Letter))
    set_office(desk.office, "system", {lacks: ""}, "撤下")
    with pytest.raises(Refused) as refused:
        issue(desk.office, person, *given)
    assert (refused.value.code, refused.value.params) == ("refused.settings_missing", {"setting": (lacks,)})
    assert len(desk.rows(Letter)) == before


def revoked(desk: Desk) -> str:
    case = desk.approved()
    withdraw_suspend_revoke.revoke(desk.office, "approver", case, "提供虚假材料")
    return case


def voided(desk: Desk) -> int:
    case = desk.issued()
    letter: int = letters.issue_approval(desk.office, "officer", case).facts["letter"]
    letters.void_letter(desk.office, "approver", letter, "单位名称有误")
    return letter
