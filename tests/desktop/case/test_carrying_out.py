"""Doing: what is asked, on the case as it was seen, and what is said after."""

from casework.award import refusals
from casework.core.change import Change
from casework.review import checking
from desktop.kit.language import t
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase
from tests.desktop.case.test_page import answer, dialog, said
from tests.desktop.helpers import texts


def test_another_writer_s_change_is_told_and_shown(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    checking.accept(opened.desk.office, "officer2", opened.case)
    opened.page.do("suspend")
    answer(opened, "等候补充材料")
    assert "林若溪" in " ".join(texts(dialog(opened)))
    assert opened.desk.state(opened.case) == "accepted"
    assert opened.page.view is not None and opened.page.view.state == "accepted"
    answer(opened)
    assert opened.desk.state(opened.case) == "suspended"


FIRST = ("合同日期是后补的", "材料虚假", "《甲办法》（示例科创〔2026〕1号）", "第一条")
SECOND = ("合同金额被涂改", "材料虚假", "《乙办法》（示例科创〔2026〕2号）", "第二条")


def test_nobody_agrees_to_what_another_proposed_meanwhile_unread(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit()
        checking.accept(desk.office, "officer", case)
        refusals.propose_refusal(desk.office, "officer", case, *FIRST)
        return case

    opened = open_case(lead, "approver")
    opened.page.do("confirm_refusal")
    assert FIRST[0] in " ".join(texts(dialog(opened)))
    refusals.reject_refusal(opened.desk.office, "approver2", opened.case, "事实不清，查清后重新提交")
    refusals.propose_refusal(opened.desk.office, "officer2", opened.case, *SECOND)
    answer(opened)
    told = " ".join(texts(dialog(opened)))
    assert FIRST[0] not in told
    assert SECOND[0] in told and SECOND[2] in told and "林若溪 于" in told
    assert "请看过新的内容再办理" in told
    answer(opened)
    assert opened.desk.state(opened.case) == "refused"


def test_what_came_open_meanwhile_stands_in_the_gate_before_it_is_decided(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit()
        checking.accept(desk.office, "officer", case)
        checking.check(desk.office, "officer", case)
        return case

    opened = open_case(lead)
    opened.page.do("decide")
    above = {"net_amount": 900_000_000}
    checking.verify_facts(opened.desk.office, "officer2", opened.case, above, "依合同原件核实金额")
    checking.check(opened.desk.office, "officer2", opened.case)
    wanted = t("open.finding", finding=t("finding.net_above_gross"))
    assert wanted not in texts(dialog(opened))
    answer(opened, "先按到件先后核算，另行查清")
    asked = dialog(opened)
    assert wanted in texts(asked), "nobody passes over what they were not told of"
    assert list(asked.values().values()) == ["先按到件先后核算，另行查清"]
    asked.yes.click()
    opened.settle()
    assert opened.desk.state(opened.case) == "calculated"


def test_what_was_done_is_said_with_its_figures(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    done = opened.page.doing.done
    done("decide", Change("decide", facts={"status": "awarded", "award_fen": 123_456}))
    assert said(opened) == t("case.done.awarded", case=opened.case, award_fen=123_456)
    done("resume", Change("resume"))
    assert said(opened) == t("case.done", case=opened.case, act=t("act.resume"))


def test_nothing_is_done_without_a_case(open_case: OpenCase) -> None:
    opened = open_case(lambda desk: "XLQ-none")
    opened.page.do("decide")
    opened.page.doing.act(checking.accept, "XLQ-none")
    opened.settle()
    assert said(opened) == ""
