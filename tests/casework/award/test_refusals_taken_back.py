"""A refusal that two people made is ended by two: one takes it back, and another decides the case again."""

import pytest

from casework.audit import replay, verify
from casework.award import deciding, refusals
from casework.boards import case_view
from casework.core import on_many_cases
from casework.core.refused import Refused
from casework.issuing import issue_many, letters
from casework.people import accounts
from models import Decision, Letter
from tests.casework.desk import Desk

SAID = ("用途材料系伪造", "不符合支持用途", "《某某措施》（深科〔2026〕1号）", "第九条")
BACK = ("鉴定推翻了原来的认定", "《某某措施》（深科〔2026〕1号）", "第十条")


def refused_for_a_fact(desk: Desk) -> str:
    """An award of 4,000,000 that two people refuse for a false paper; no notice is issued yet."""
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    refusals.confirm_refusal(desk.office, "approver", case)
    return case


def test_no_officer_alone_decides_again_what_two_people_refused(desk: Desk) -> None:
    """At no door: not by the act, not among many cases, not with a round."""
    case = refused_for_a_fact(desk)
    with pytest.raises(Refused, match="refusal_stands") as refused:
        deciding.decide_again(desk.office, "officer", case, "按程序再核")
    assert "撤回查实不予资助" in refused.value.say("zh")
    _, effects = on_many_cases.do(desk.office, "officer", [("decide_again", [case])], reason="按程序再核")
    assert effects[0].refused is not None and effects[0].refused.code == "refused.refusal_stands"
    whole = deciding.decide_round(desk.office, "officer", states=("refused",), reason="按程序再核")
    assert whole.skipped == ((case, "refused.refusal_stands"),)
    assert desk.state(case) == "refused" and desk.budget()[2] == 0 and len(desk.rows(Decision)) == 1
    view = case_view.view(desk.office, "officer", case)
    assert view is not None and "decide_again" not in view.may
    assert ("decide_again", "refused.refusal_stands") in [(act, why.code) for act, why in view.barred]


def test_taken_back_by_one_and_decided_again_by_another_its_money_is_held_anew(desk: Desk) -> None:
    case = refused_for_a_fact(desk)
    refusals.take_back_refusal(desk.office, "approver2", case, *BACK)
    assert desk.state(case) == "refused" and desk.budget()[2] == 0
    view = case_view.view(desk.office, "officer", case)
    assert view is not None and view.refusal is not None and view.refusal.stands
    told = next(one.details for one in view.events if one.act == "take_back_refusal")
    assert (told["reason"], told["document"], told["article"]) == BACK
    deciding.decide_again(desk.office, "officer", case, "按鉴定结论再核")
    assert desk.state(case) == "calculated" and desk.budget()[2] == 400_000_000
    assert [one.name for one in verify.checks(desk.office) if not one.ok] == []
    assert replay.replay(desk.office)["differ"] == []


def test_whoever_takes_it_back_does_not_decide_as_well(desk: Desk) -> None:
    case = refused_for_a_fact(desk)
    accounts.give_role(desk.office, "rights", "approver2", "officer")
    accounts.give_role(desk.office, "rights", "officer", "approver")
    with pytest.raises(Refused, match="same_person"):
        refusals.take_back_refusal(desk.office, "officer", case, *BACK)  # prepared the case
    refusals.take_back_refusal(desk.office, "approver2", case, *BACK)
    with pytest.raises(Refused, match="same_person"):
        deciding.decide_again(desk.office, "approver2", case, "按鉴定结论再核")
    deciding.decide_again(desk.office, "officer2", case, "按鉴定结论再核")


def test_it_is_taken_back_once_with_all_that_is_asked_and_by_an_approver(desk: Desk) -> None:
    case = refused_for_a_fact(desk)
    for said, code in (
        (("", *BACK[1:]), "reason_missing"),
        (("同意", *BACK[1:]), "no_reason"),
        ((BACK[0], "无", BACK[2]), "taking_back_incomplete"),
        ((*BACK[:2], "/"), "taking_back_incomplete"),
    ):
        with pytest.raises(Refused, match=code):
            refusals.take_back_refusal(desk.office, "approver", case, *said)
    with pytest.raises(Refused, match="not_allowed"):
        refusals.take_back_refusal(desk.office, "officer", case, *BACK)
    refusals.take_back_refusal(desk.office, "approver", case, *BACK)
    with pytest.raises(Refused, match="refusal_taken_back"):
        refusals.take_back_refusal(desk.office, "approver2", case, *BACK)


def test_one_confirmed_anew_is_taken_back_anew(desk: Desk) -> None:
    case = refused_for_a_fact(desk)
    refusals.take_back_refusal(desk.office, "approver", case, *BACK)
    deciding.decide_again(desk.office, "officer", case, "按鉴定结论再核")
    refusals.propose_refusal(desk.office, "officer", case, *SAID)
    refusals.confirm_refusal(desk.office, "approver", case)
    with pytest.raises(Refused, match="refusal_stands"):
        deciding.decide_again(desk.office, "officer", case, "按程序再核")


def test_its_notice_is_voided_first_and_none_is_issued_of_one_that_is_taken_back(desk: Desk) -> None:
    case = refused_for_a_fact(desk)
    letters.issue_refusal(desk.office, "approver", case)
    with pytest.raises(Refused, match="notice_stands"):
        refusals.take_back_refusal(desk.office, "approver2", case, *BACK)
    letters.void_letter(desk.office, "approver2", desk.rows(Letter)[-1].id, "误判")
    refusals.take_back_refusal(desk.office, "approver2", case, *BACK)
    with pytest.raises(Refused, match="refusal_taken_back"):
        letters.issue_refusal(desk.office, "approver", case)
    sent = issue_many.send_refusals(desk.office, "approver", issue_many.waiting(desk.office))
    assert len(sent[1]) == 1 and sent[1][0].refused is not None and len(desk.rows(Letter)) == 1


def test_what_the_rules_refused_is_no_refusal_for_a_fact(desk: Desk) -> None:
    case = desk.submit(related_party=True)
    desk.decide(case)
    with pytest.raises(Refused, match="refused_by_rules") as refused:
        refusals.take_back_refusal(desk.office, "approver", case, *BACK)
    assert "重新核算" in refused.value.say("zh")
    deciding.decide_again(desk.office, "officer", case, "按程序再核")
