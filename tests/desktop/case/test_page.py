"""The case's page: what it shows in each state, what may be done there; nothing is left behind."""

import datetime
import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLineEdit, QPushButton

from casework.core.office import SHANGHAI
from casework.issuing import letters
from casework.review import checking
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import speak, t
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import SHARED, submit
from tests.casework.desk import MINUTES, Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.helpers import button, soon, texts, type_text
from tests.rules.round_packs import pack_text
from words import has


def dialog(opened: Opened) -> AskDialog:
    found = [one for one in opened.page.findChildren(AskDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def answer(opened: Opened, text: str = "") -> None:
    """Fill in what a dialog asks, if anything, and do it."""
    asked = dialog(opened)
    for field in asked.findChildren(QLineEdit):
        type_text(field, text)
    asked.yes.click()
    opened.settle()


def said(opened: Opened) -> str:
    return opened.frame.messages.sentence.text()


def buttons(opened: Opened) -> list[str]:
    return [one.text() for one in opened.frame.findChildren(QPushButton) if one.property("main") is not None]


def test_without_a_case_it_says_what_would_be_here(open_case: OpenCase) -> None:
    opened = open_case(lambda desk: "XLQ-none")
    assert t("case.none") in texts(opened.page.none)
    assert not opened.page.head.isVisible()


def test_no_award_is_promised_where_the_case_waits_for_its_round(open_case: OpenCase) -> None:
    def waiting(desk: Desk) -> str:
        adopt(desk.office, pack_text(SHARED))
        return submit(desk, (80_000_000,))[0]

    opened = open_case(waiting)
    assert not opened.page.award.isVisible()
    bar = t("refused.decided_together", case=opened.case, pack="测试券（1 版）")
    assert opened.page.nothing_decided.text() == bar


def test_the_head_names_the_case_and_marks_where_it_stands(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    shown = texts(opened.page.head)
    assert opened.case in shown
    assert "湾畔语言模型有限公司" in shown
    assert any("第一批" in text and "91440300MA50050230" in text for text in shown)
    assert t("way.here", step=t("way.step.submitted"), on="2026-05-20") in opened.page.way.toolTip()


def test_a_case_goes_its_way_from_the_window(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.page.do_case_accept()  # type: ignore[attr-defined]
    opened.settle()
    assert opened.desk.state(opened.case) == "accepted"
    assert "2026-000001" in said(opened)
    opened.page.do("check")
    opened.settle()
    assert opened.page.offers[0].name == "case_decide"
    opened.page.do("decide")
    assert "预留" in " ".join(texts(dialog(opened)))
    answer(opened, "小额，免审查")  # nobody has reviewed it
    assert opened.desk.state(opened.case) == "calculated"
    assert opened.desk.decision(opened.case).reason == "小额，免审查"
    assert "4,000,000.00" in " ".join(texts(opened.page.award))
    assert "4,000,000.00" in said(opened)
    assert opened.page.offers[0].name == "case_publish"


def test_the_approver_approves_with_minutes_and_the_officer_issues(open_case: OpenCase) -> None:
    opened = open_case(Desk.published, "approver")
    assert opened.page.offers[0].name == "case_approve"
    opened.page.do("approve")
    answer(opened, "")
    assert opened.desk.state(opened.case) == "publicity"
    assert t("refused.minutes_missing") in texts(dialog(opened))
    answer(opened, MINUTES)
    assert opened.desk.state(opened.case) == "approved"
    assert MINUTES in " ".join(texts(opened.page.approval))


def test_voucher_and_letter_are_issued_and_the_very_file_is_shown(open_case: OpenCase) -> None:
    opened = open_case(Desk.approved)
    opened.page.do("issue_voucher")
    answer(opened)
    opened.page.do("issue_letter")
    answer(opened)
    view = opened.page.view
    assert view is not None and view.voucher is not None
    assert view.voucher.code in " ".join(texts(opened.page.letters))
    letter = view.letters[0]
    button(opened.page.letters, letter.numbered).click()
    opened.settle()
    viewer = opened.page.viewer
    assert viewer.isVisible()
    assert viewer.shown is not None and viewer.shown.stored.sha256 == letter.sha256
    assert viewer.document.pageCount() >= 1
    soon(lambda: opened.page.halves.direction() == QBoxLayout.Direction.TopToBottom)


def test_nobody_is_offered_what_they_may_not_do(open_case: OpenCase) -> None:
    for person in ("auditor", "finance"):
        opened = open_case(Desk.submit, person)
        names = {action.act for action in opened.page.offers if action.act}
        assert names == set()
        assert not opened.page.findings.acts.count()


def test_what_hinders_an_approval_stands_on_the_page(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        from casework.issuing import publicity

        case = desk.submit()
        desk.decide(case)
        publicity.publish(desk.office, "officer", cases=[case])
        return case

    opened = open_case(lead, "approver")
    assert any("目前不能审定" in text for text in texts(opened.page.approval))


def test_readings_stand_side_by_side_and_it_says_who_must_decide(open_case: OpenCase) -> None:
    import datetime

    def lead(desk: Desk) -> str:
        case = desk.submit(founded_on=datetime.date(2025, 12, 1), other_support=100_000_000)
        desk.decide(case)
        return case

    opened = open_case(lead)
    shown = texts(opened.page.award)
    assert "▲ 3,000,000.00" in shown and "▲ 3,800,000.00" in shown
    assert any(
        "初创企业各级支持合计上限" in text and "一人提交补充规定、另一人确认" in text for text in shown
    )
    button(opened.page.award_part, t("case.to_rules")).click()
    opened.settle()
    assert opened.frame.page is not None and opened.frame.page.name == "policies"


def test_an_undecided_case_shows_what_it_would_be(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    shown = " ".join(texts(opened.page.award))
    assert t("case.would_be") in shown
    assert "4,000,000.00" in shown


def test_its_own_change_is_heard_by_the_page(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    opened.frame.go("home")
    opened.settle()
    opened.frame.desk.act(checking.accept, opened.case)
    opened.settle()
    opened.frame.go("case", opened.case)
    opened.settle()
    assert opened.page.view is not None and opened.page.view.state == "accepted"


def test_before_and_after_in_the_list(open_case: OpenCase) -> None:
    cases: list[str] = []

    def lead(desk: Desk) -> str:
        cases.extend(desk.submit(contract_no=f"HT-{number}") for number in range(3))
        return cases[1]

    opened = open_case(lead)
    opened.frame.go("applications")
    opened.settle()
    soon(lambda: len(opened.frame.pages["applications"].pane.model.ids) == 3)  # type: ignore[attr-defined]
    opened.frame.go("case", cases[1])
    opened.again()
    before, after = opened.page._neighbours()
    assert {before, after} == {1, 3}
    opened.page.do_case_after()
    opened.settle()
    assert opened.page.case in (cases[0], cases[2])
    opened.page.do_case_list()
    assert opened.frame.page is opened.frame.pages["applications"]


def test_a_refusal_tells_its_reason_and_is_sent_by_another(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit(contract_amount=49_999_999)
        desk.decide(case)
        return case

    opened = open_case(lead, "approver")
    assert "原因：不符合“本年度非关联租用金额不低于50万元”。" in texts(opened.page.award)
    opened.page.do("issue_refusal")
    answer(opened)
    assert opened.page.view is not None and len(opened.page.view.letters) == 1
    letter = opened.page.view.letters[0].id
    letters.void_letter(opened.desk.office, "approver2", letter, "错字")
    opened.again()
    assert t("case.void") in " ".join(texts(opened.page.letters))


def test_a_delivery_is_recorded_and_corrected_beside_its_letter(open_case: OpenCase) -> None:
    """On 7 August first, which ends within the National Day's holidays; then as it was, a day before."""

    def lead(desk: Desk) -> str:
        case = desk.submit(contract_amount=49_999_999)
        desk.decide(case)
        desk.cite()
        letters.issue_refusal(desk.office, "approver", case)
        desk.clock.at = datetime.datetime(2026, 8, 10, 9, tzinfo=SHANGHAI)
        return case

    opened = open_case(lead)
    for code, day, until in (
        ("case.do_deliver", "2026-08-07", "2026-10-08"),
        ("case.do_deliver_again", "2026-08-06", "2026-10-08"),
        ("case.do_deliver_again", "2026-07-31", "2026-09-29"),
    ):
        button(opened.page.letters, t(code)).click()
        asked = dialog(opened)
        on = asked.findChildren(QLineEdit)[0]
        on.clear()
        type_text(on, day)
        asked.yes.click()
        opened.settle()
        told = " ".join(texts(opened.page.letters))
        assert day in told and until in told and "2027-02-0" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_state_is_shown_in_both_languages(open_case: OpenCase, lang: str) -> None:
    for lead in (Desk.submit, Desk.issued):
        opened = open_case(lead)
        speak(lang)
        opened.again()
        assert t(f"state.{opened.desk.state(opened.case)}") in " ".join(texts(opened.page.head))
    speak("zh")


def test_every_act_of_the_page_has_its_words() -> None:
    from desktop.pages.case.acts import ASKS, OTHERS

    for lang in ("zh", "en"):
        for name in (*ASKS, *OTHERS):
            assert has(f"action.case_{name}", lang)
        for name, ask in ASKS.items():
            assert has(f"case.says.{name}", lang) or not (ask.asks or ask.sure)
            assert all(has(f"case.ask.{code}", lang) for code in ask.asks)


def test_reading_it_again_and_again_leaves_no_widget_behind(open_case: OpenCase) -> None:
    opened = open_case(Desk.issued)

    def count() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()
        return len(QApplication.allWidgets())

    opened.again()
    before = count()
    for _ in range(5):
        opened.again()
    assert count() <= before + 2
