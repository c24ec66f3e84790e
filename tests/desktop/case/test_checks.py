"""Findings judged in place with a reason; corrections by round, each tied to a field or a paper."""

from PySide6.QtWidgets import QLineEdit, QPushButton

from casework.review import checking, corrections
from casework.review.corrections import Defect
from desktop.kit.drafts import named
from desktop.kit.language import t
from desktop.pages.case.checks import FindingsPart
from tests.casework.desk import OTHER_CODE, Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.helpers import button, texts, type_text


def checked(desk: Desk, **facts: object) -> str:
    case = desk.submit(**facts)
    checking.check(desk.office, "officer", case)
    return case


def reason(opened: Opened) -> QLineEdit:
    return opened.page.findings.findChildren(QLineEdit)[0]


def test_what_is_missing_is_named_and_what_holds_stands_in_one_line(open_case: OpenCase) -> None:
    opened = open_case(lambda desk: checked(desk, related_party=None))
    shown = texts(opened.page.findings)
    assert any("无法判断，缺：" in text and "关联关系声明" in text for text in shown)
    assert f"✓ {t('case.conditions.pass', count=4)}" in shown, "their names stand beside the award"


def test_a_finding_is_judged_in_place_and_needs_a_reason(open_case: OpenCase) -> None:
    opened = open_case(lambda desk: checked(desk, contract_amount=49_999_999))
    cleared = button(opened.page.findings, t("case.judge.cleared"))
    assert not cleared.isEnabled()
    type_text(reason(opened), "另有合同，合计超过门槛")
    assert cleared.isEnabled()
    cleared.click()
    opened.settle()
    assert any("另有合同，合计超过门槛" in text for text in texts(opened.page.findings))
    assert not opened.page.findings.typing()


def test_a_reason_being_typed_stays_while_the_page_is_read_again(open_case: OpenCase) -> None:
    opened = open_case(lambda desk: checked(desk, contract_amount=49_999_999))
    type_text(reason(opened), "另有合同")
    opened.again()
    assert reason(opened).text() == "另有合同"
    assert opened.page.findings.typing()


def test_a_reason_being_typed_is_on_the_disk_and_is_its_own_case_s(open_case: OpenCase) -> None:
    other: list[str] = []

    def lead(desk: Desk) -> str:
        other.append(checked(desk, applicant=OTHER_CODE))
        return checked(desk, contract_amount=49_999_999)

    opened = open_case(lead)
    type_text(reason(opened), "另有合同")
    opened.page.come(other[0])
    opened.settle()
    assert not opened.page.findings.typing(), "the gate of another case names no reason that is not its own"
    opened.page.come(opened.case)
    opened.settle()
    assert reason(opened).text() == "另有合同"
    type_text(reason(opened), "，合计超过门槛")
    assert opened.page.leave(), "as at a logout"
    (frame,) = opened.frame.findChildren(FindingsPart)
    later = FindingsPart(frame.desk, frame.theme)
    assert opened.page.view is not None
    later.tell(opened.page.view, lambda: None)
    assert later.findChildren(QLineEdit)[0].text() == "另有合同，合计超过门槛"
    cleared = opened.page.findings.findChildren(QPushButton)
    next(one for one in cleared if one.text() == t("case.judge.cleared") and one.isEnabled()).click()
    opened.settle()
    assert later.unsent.read(named(opened.case)) is None, "it is stored"


def test_the_other_case_can_be_opened(open_case: OpenCase) -> None:
    other: list[str] = []

    def lead(desk: Desk) -> str:
        other.append(desk.submit())
        return checked(desk, applicant=OTHER_CODE)

    opened = open_case(lead)
    assert any(other[0] in text for text in texts(opened.page.findings))
    links = opened.page.findings.findChildren(QPushButton)
    next(one for one in links if one.text() == t("case.open_other")).click()
    opened.settle()
    assert opened.page.case == other[0]


def test_findings_of_older_facts_say_so(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = checked(desk, contract_amount=49_999_999)
        checking.verify_facts(desk.office, "officer", case, {"contract_amount": 60_000_000}, "合同")
        return case

    assert t("case.findings.older") in texts(open_case(lead).page.findings)


def test_rounds_show_their_due_day_and_what_is_settled(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit(related_party=None)
        defects = [Defect("field", "related_party", "未填写"), Defect("paper", "relation", "请提供声明")]
        corrections.ask_correction(desk.office, "officer", case, defects)
        return case

    opened = open_case(lead)
    shown = " ".join(texts(opened.page.corrections))
    assert "2026-05-27" in shown and t("case.round.open") in shown
    assert "与服务机构的关联关系：未填写" in shown and "材料“关联说明”：请提供声明" in shown
    opened.desk.days(10)
    opened.again()
    assert t("case.round.late") in " ".join(texts(opened.page.corrections))
