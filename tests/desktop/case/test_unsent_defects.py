"""A list of defects that is being typed is on the disk when the window ends, and gone once it is sent."""

from casework.review import checking
from desktop.kit.language import t
from desktop.pages.case.ask_correction import AskCorrection
from desktop.pages.case.unsent_defects import UnsentDefects
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase, Opened
from tests.desktop.helpers import button, type_text

WORDS = "与合同附件不一致"


def asked(opened: Opened) -> AskCorrection:
    opened.page.do("ask_correction")
    return next(one for one in opened.page.findChildren(AskCorrection) if one.isVisible())


def test_what_is_typed_when_the_window_ends_is_there_again_and_goes_when_sent(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    dialog = asked(opened)
    type_text(dialog.rows[0][1], WORDS)
    assert opened.page.leave(), "as at a logout"
    kept = UnsentDefects(opened.frame.desk)
    assert [one.defect for one in kept.of(opened.case)] == [WORDS]
    dialog.done(0)
    again = asked(opened)
    assert [one.defect for one in again.defects()] == [WORDS]
    button(again, t("case.ask")).click()
    opened.settle()
    assert opened.desk.state(opened.case) == "correction"
    assert kept.of(opened.case) == []


def test_an_emptied_list_is_kept_no_more(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    dialog = asked(opened)
    type_text(dialog.rows[0][1], WORDS)
    dialog.reject()
    again = asked(opened)
    again.rows[0][1].clear()
    again.reject()
    assert UnsentDefects(opened.frame.desk).of(opened.case) == []


def test_a_list_as_it_was_proposed_is_no_draft(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit(related_party=None)
        checking.check(desk.office, "officer", case)
        return case

    opened = open_case(lead)
    dialog = asked(opened)
    assert dialog.defects()
    dialog.reject()
    assert UnsentDefects(opened.frame.desk).of(opened.case) == []
