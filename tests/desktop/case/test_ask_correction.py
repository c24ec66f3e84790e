"""The list of defects: what checking could not tell is proposed, each line tied to a field or a paper."""

from PySide6.QtCore import Qt

from casework.review import checking
from desktop.kit.language import t
from desktop.pages.case.ask_correction import AskCorrection
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.helpers import button, press, texts, type_text


def asked(opened: Opened) -> AskCorrection:
    opened.page.do("ask_correction")
    return next(one for one in opened.page.findChildren(AskCorrection) if one.isVisible())


def test_what_is_missing_is_proposed_and_sent(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit(related_party=None)
        checking.check(desk.office, "officer", case)
        return case

    opened = open_case(lead)
    dialog = asked(opened)
    (proposed,) = dialog.defects()
    assert (proposed.about, proposed.target) == ("paper", "relation")
    assert "关联关系声明" in proposed.defect
    dialog.add("field", "contract_amount")
    type_text(dialog.rows[-1][1], "与合同附件不一致")
    button(dialog, t("case.ask")).click()
    opened.settle()
    assert opened.desk.state(opened.case) == "correction"
    assert "2026-05-27" in opened.frame.messages.sentence.text()
    assert "合同金额：与合同附件不一致" in " ".join(texts(opened.page.corrections))


def test_an_empty_list_is_refused_beside_it_and_stays_open(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    dialog = asked(opened)
    assert dialog.defects() == []
    button(dialog, t("case.ask")).click()
    opened.settle()
    assert dialog.isVisible()
    assert t("refused.no_defects") in texts(dialog)
    dialog.reject()


def test_a_list_put_away_is_there_when_it_is_asked_for_again(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    dialog = asked(opened)
    type_text(dialog.rows[0][1], "与合同附件不一致")
    dialog.reject()
    opened.settle()
    (kept,) = asked(opened).defects()
    assert kept.defect == "与合同附件不一致"


def test_enter_in_a_line_asks_and_takes_no_line_away(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    dialog = asked(opened)
    type_text(dialog.rows[0][1], "与合同附件不一致")
    press(dialog.rows[0][1], Qt.Key.Key_Return)
    opened.settle()
    assert opened.desk.state(opened.case) == "correction"


def test_a_line_can_be_taken_away(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    dialog = asked(opened)
    type_text(dialog.rows[0][1], "缺页")
    dialog.add("paper", "contract", "缺页")
    dialog._away(dialog.rows[0])
    assert [(one.about, one.target) for one in dialog.defects()] == [("paper", "contract")]
    dialog.reject()
