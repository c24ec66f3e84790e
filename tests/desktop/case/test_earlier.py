"""Decisions before the one that stands can be read as they were told."""

from casework.award import deciding
from casework.review import checking
from desktop.kit.language import t
from desktop.pages.case.earlier import EarlierDialog
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase
from tests.desktop.helpers import button, soon, texts


def test_an_earlier_decision_can_be_read_again(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit(related_party=None)
        desk.decide(case)
        checking.verify_facts(desk.office, "officer", case, {"related_party": False}, "声明")
        deciding.decide_again(desk.office, "officer", case, "补齐材料")
        return case

    opened = open_case(lead)
    button(opened.page.award_part, t("case.earlier")).click()
    soon(lambda: bool(opened.page.findChildren(EarlierDialog)))
    told = opened.page.findChildren(EarlierDialog)[0]
    assert any("关联关系声明" in text for text in texts(told))
    told.close()
