"""Doing: what is asked, on the case as it was seen, and what is said after."""

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
