"""Publicity, objections, approval, voucher, letters, and the story in words."""

import datetime

from casework.boards.case_story import Event
from casework.core import office_settings
from casework.issuing import letters, publicity
from desktop.kit.language import t
from desktop.pages.case.closing import told
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase
from tests.desktop.case.test_page import answer
from tests.desktop.helpers import button, texts


def test_an_objection_is_settled_where_it_stands(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit()
        desk.decide(case)
        publicity.publish(desk.office, "officer", cases=[case])
        publicity.take_objection(desk.office, "officer2", case, "湾畔某企业", "合同未实际履行")
        return case

    opened = open_case(lead, "approver")
    assert any("合同未实际履行" in text for text in texts(opened.page.approval))
    button(opened.page.approval, t("case.settle")).click()
    answer(opened, "经核实已履行")
    shown = " ".join(texts(opened.page.approval))
    assert t("case.objection.dismissed") in shown and "经核实已履行" in shown


def test_a_voucher_shows_what_is_left_and_until_when(open_case: OpenCase) -> None:
    opened = open_case(Desk.issued)
    shown = texts(opened.page.letters)
    assert shown.count("4,000,000.00") == 2 and "0.00" in shown
    assert opened.page.view is not None and opened.page.view.voucher is not None
    assert str(opened.page.view.voucher.valid_until) in " ".join(shown)


def test_how_long_a_case_is_kept_stands_with_its_letters_once_it_is_set(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        office_settings.set_office(desk.office, "system", {"retention": "定期30年"}, "归档范围")
        case = desk.issued()
        letters.issue_approval(desk.office, "officer", case)
        return case

    assert t("case.retention", retention="定期30年") in texts(open_case(lead).page.letters)
    assert not any("保管期限" in text for text in texts(open_case(Desk.issued).page.letters))


def test_the_story_is_told_newest_first(open_case: OpenCase) -> None:
    opened = open_case(Desk.issued)
    shown = texts(opened.page.story)
    assert shown.index(t("act.end_publicity")) > next(
        at for at, text in enumerate(shown) if text.startswith(t("act.issue_voucher"))
    )
    assert "审定：纪要〔2026〕7号，4,000,000.00 元" in shown


def test_an_entry_says_what_is_worth_knowing_and_no_numbers_of_rows() -> None:
    at = datetime.datetime(2026, 5, 20, tzinfo=datetime.UTC)
    one = Event(at, "officer", "verify_facts", {"reason": "发票", "fields": ["contract_amount"], "seq": 3})
    assert told(one, None) == "核实申报信息：发票，合同金额"
    assert told(Event(at, "officer", "check", {}), None) == t("act.check")
    assert told(Event(at, "officer", "review", {"stage": "eligibility"}), None).endswith("资格审查")
    assert told(Event(at, "officer", "nameless", {}), None) == "nameless"
