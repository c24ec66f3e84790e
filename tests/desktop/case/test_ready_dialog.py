"""The gate before a case is decided, in the window; a refusal for a fact from the page."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from casework.award import refusals
from casework.issuing import withdraw_suspend_revoke
from casework.review import checking
from desktop.kit.language import t
from desktop.pages.case.ready_dialog import ReadyDialog
from models import Finding, Person, Refusal
from tests.casework.award.test_refusals import BACK, SAID, objected
from tests.casework.desk import OTHER_CODE, Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.case.test_page import answer, dialog, said
from tests.desktop.helpers import button, texts, type_text
from words.shown import moment


def gate(opened: Opened) -> ReadyDialog:
    opened.page.do("decide")
    asked = dialog(opened)
    assert isinstance(asked, ReadyDialog)
    return asked


def reviewed(desk: Desk, **facts: Any) -> str:
    """A case that was checked and reviewed."""
    case = desk.submit(**facts)
    checking.check(desk.office, "officer", case)
    checking.review(desk.office, "officer", case, "eligibility")
    return case


def twice(desk: Desk) -> str:
    desk.submit()
    return reviewed(desk, applicant=OTHER_CODE)


def test_nothing_is_asked_of_a_case_that_is_ready(open_case: OpenCase) -> None:
    opened = open_case(reviewed)
    asked = gate(opened)
    assert asked.things == () and asked.fields == {}
    answer(opened)
    assert opened.desk.state(opened.case) == "calculated"
    assert opened.desk.decision(opened.case).reason is None


def test_one_that_a_person_put_aside_before_it_was_decided_is_decided_and_not_again(
    open_case: OpenCase,
) -> None:
    def aside(desk: Desk) -> str:
        withdraw_suspend_revoke.suspend(desk.office, "officer", case := reviewed(desk), "等待核查结论")
        return case

    opened = open_case(aside)
    opened.page.do("decide_again")
    assert opened.page.view is not None
    says = t("case.says.decide", case=opened.case, applicant=opened.page.view.applicant)
    assert says in texts(dialog(opened))


def test_what_is_open_is_listed_and_a_reason_is_asked(open_case: OpenCase) -> None:
    """A finding, a provider that the register does not know though it counts as admitted, no check, no
    review."""
    opened = open_case(
        lambda desk: desk.submit(net_amount=900_000_000, provider="他处云", provider_admitted=True)
    )
    asked = gate(opened)
    listed = " ".join(one.said for one in asked.things)
    for words in ("不含税金额大于合同金额", "他处云", t("open.check"), t("open.review")):
        assert words in listed
    answer(opened, "")
    assert t("refused.reason_missing", act=t("act.decide")) in texts(dialog(opened))
    assert opened.desk.state(opened.case) == "submitted"
    answer(opened, "已电话核实")
    assert opened.desk.state(opened.case) == "calculated"
    assert opened.desk.decision(opened.case).reason == "已电话核实"
    assert any("已电话核实" in text for text in texts(opened.page.award))


def test_a_link_leads_to_what_is_open_and_decides_nothing(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    asked = gate(opened)
    at = [one.said for one in asked.things].index(t("open.check"))
    asked.things[at].go()
    asked.reject()
    opened.settle()
    assert opened.desk.state(opened.case) == "submitted"
    assert t("open.check") not in [one.said for one in gate(opened).things]


def test_what_is_typed_and_not_stored_is_open(open_case: OpenCase) -> None:
    opened = open_case(reviewed)
    opened.page.do("verify_facts")
    field = opened.page.facts.findChildren(QLineEdit)[0]
    type_text(field, "1")
    assert t("case.gate.unsaved") in [one.said for one in gate(opened).things]


def test_a_finding_says_what_it_forbids_and_can_be_judged_again(open_case: OpenCase) -> None:
    opened = open_case(twice)
    assert t("case.finding.forbids") in texts(opened.page.findings)
    desk = opened.desk
    number = next(one.id for one in desk.rows(Finding) if one.code == "same_contract" and one.state == "open")
    checking.judge_finding(desk.office, "officer", number, "upheld", "同一合同")
    opened.again()
    assert t("case.finding.forbids") in texts(opened.page.findings)
    button(opened.page.findings, t("case.judge.again")).click()
    reason = opened.page.findings.findChildren(QLineEdit)[-1]
    type_text(reason, "系两份合同")
    button(opened.page.findings, t("case.judge.cleared")).click()
    opened.settle()
    assert [one.state for one in desk.rows(Finding) if one.id == number] == ["cleared"]


def test_a_case_is_refused_for_a_fact_by_two_people_at_the_window(open_case: OpenCase) -> None:
    opened = open_case(objected)
    assert t("case.objected") in opened.page.barred.text()
    opened.page.do("propose_refusal")
    asked = dialog(opened)
    for field, text in zip(asked.findChildren(QLineEdit), SAID, strict=True):
        type_text(field, text)
    asked.yes.click()
    opened.settle()
    assert SAID[0] in opened.page.barred.text() and "确认" in said(opened)
    names = [one.name for one in opened.page.offers]
    assert "case_reject_refusal" in names and "case_confirm_refusal" not in names

    def prepared(desk: Desk) -> str:
        case = objected(desk)
        refusals.propose_refusal(desk.office, "officer", case, *SAID)
        return case

    second = open_case(prepared, "approver")
    assert second.page.offers[0].name == "case_confirm_refusal"
    second.page.do("confirm_refusal")
    shown = " ".join(texts(dialog(second)))
    (proposed,) = second.desk.rows(Refusal)
    with second.desk.office.read() as session:
        proposer = session.get_one(Person, proposed.proposed_by_id).called
    assert t("ask.proposed", person=proposer, at=moment(proposed.proposed_at)) in shown
    assert all(said_ in shown for said_ in SAID) and "4,000,000.00" in shown
    answer(second)
    assert second.desk.state(second.case) == "refused"
    assert not second.page.award.isVisible()
    assert second.page.nothing_decided.text() == t("case.award_gone")
    assert SAID[0] in second.page.barred.text()


def test_one_that_two_people_refused_is_taken_back_at_the_window(open_case: OpenCase) -> None:
    def refused(desk: Desk) -> str:
        case = objected(desk)
        refusals.propose_refusal(desk.office, "officer", case, *SAID)
        refusals.confirm_refusal(desk.office, "approver", case)
        return case

    officer = open_case(refused)
    assert "case_decide_again" not in [one.name for one in officer.page.offers]
    assert t("act.take_back_refusal") in officer.page.barred.text()
    opened = open_case(refused, "approver2")
    opened.page.do("take_back_refusal")
    asked = dialog(opened)
    for field, text in zip(asked.findChildren(QLineEdit), BACK, strict=True):
        type_text(field, text)
    asked.yes.click()
    opened.settle()
    assert "另一人重新核算" in said(opened)
    assert "case_take_back_refusal" not in [one.name for one in opened.page.offers]
