"""The page of the budgets, used by both of finance, and read by others."""

import datetime
from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from casework.core.office import Office
from casework.money import budgets
from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.budgets.asking import AMOUNT, HOW, NUMBER, REASON, AllotmentDialog
from desktop.pages.budgets.page import BudgetsPage
from tests.desktop.helpers import settle

KEY = "shenzhen-training-voucher/2026"
YEAR_FEN = 50_000_000_000


def page_of(frame: Frame) -> BudgetsPage:
    frame.go("budgets")
    settle(frame.desk)
    assert isinstance(frame.page, BudgetsPage)
    return frame.page


def fill(page: BudgetsPage, **texts: str) -> AllotmentDialog:
    """The dialog, filled in as a person would."""
    page.do_allot()
    (dialog,) = page.findChildren(AllotmentDialog)
    for code, text in texts.items():
        field = dialog.fields[f"budgets.{code}"]
        if code == "how":
            dialog.how.setCurrentIndex(dialog.how.findData(text))
        else:
            field.setText(text)  # type: ignore[union-attr]
    return dialog


def links(page: BudgetsPage) -> dict[str, QPushButton]:
    return {one.text(): one for one in page.findChildren(QPushButton) if one.isVisible()}


def said(page: BudgetsPage) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def left(office: Office) -> int | None:
    with office.read() as session:
        return budgets.left(session, KEY)


def test_finance_cuts_and_raises_and_sees_the_amount_in_capitals(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance")
    page = page_of(frame)
    assert page.chosen is not None and page.chosen.key == KEY
    before = page.chosen.balance
    dialog = fill(page, how="cut", amount="297万元", allotment_no="演财〔2026〕20号", reason="调减")
    echo = dialog.echo.text()
    assert "负贰佰玖拾柒万元整" in echo and f"{(before.available_fen - 297_000_000) / 100:,.2f}" in echo
    dialog.yes.click()
    settle(frame.desk)
    assert left(frame.desk.office) == before.available_fen - 297_000_000
    assert "-2,970,000.00" in said(page) and "演财〔2026〕20号" in said(page)
    fill(page, amount="1,000,000.00", allotment_no="演财〔2026〕21号").yes.click()
    settle(frame.desk)
    assert left(frame.desk.office) == before.available_fen - 197_000_000


def test_what_is_refused_is_said_in_the_dialog_and_nothing_typed_is_lost(
    frame_of: Callable[..., Frame],
) -> None:
    frame = frame_of("finance")
    page = page_of(frame)
    dialog = fill(page, amount="十二", allotment_no="1号")
    assert "十二" in dialog.echo.text()
    dialog.yes.click()
    assert dialog.fault.text() and dialog.fields[AMOUNT].text() == "十二"  # type: ignore[union-attr]
    for code, text in ((AMOUNT, "400000000000"), (NUMBER, "2号"), (REASON, "年度预算调减")):
        dialog.fields[code].setText(text)  # type: ignore[union-attr]
    dialog.fields[HOW].setCurrentIndex(1)  # type: ignore[union-attr]
    dialog.yes.click()
    settle(frame.desk)
    assert "最多可以调减" in dialog.fault.text()
    dialog.reject()


def test_above_the_ceiling_it_waits_and_not_for_who_proposed_it(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance")
    page = page_of(frame)
    before = left(frame.desk.office)
    dialog = fill(page, amount="5亿元", allotment_no="演财〔2026〕30号", reason="追加")
    assert t("budgets.by_two", ceiling_fen=YEAR_FEN) in dialog.echo.text()
    dialog.yes.click()
    settle(frame.desk)
    assert left(frame.desk.office) == before
    assert "演财〔2026〕30号" in said(page)
    assert t("budgets.confirm") not in links(page), "not by who proposed it"
    assert t("budgets.reject") in links(page)


def test_the_other_of_finance_confirms_what_waits(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance2")
    page = page_of(frame)
    before = left(frame.desk.office)
    links(page)[t("budgets.confirm")].click()
    (dialog,) = page.findChildren(AskDialog)
    dialog.yes.click()
    settle(frame.desk)
    assert before is not None and left(frame.desk.office) == before + 2_000_000_000
    assert t("budgets.confirm") not in links(page)


def test_the_other_of_finance_turns_it_down_with_a_reason(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance2")
    page = page_of(frame)
    links(page)[t("budgets.reject")].click()
    (dialog,) = page.findChildren(AskDialog)
    dialog.yes.click()
    settle(frame.desk)
    assert dialog.fault.text(), "without a reason it is refused"
    dialog.fields[REASON].setText("没有指标文件")  # type: ignore[union-attr]
    dialog.yes.click()
    settle(frame.desk)
    assert "没有指标文件" in said(page) and t("budgets.reject") not in links(page)


def test_others_read_and_change_nothing(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    page = page_of(frame)
    assert [action.name for action in frame.offers() if action.act == "appropriate"] == []
    assert t("budgets.confirm") not in links(page)
    assert "演财〔2026〕1号" in said(page)


def ask(page: BudgetsPage, **texts: str) -> AskDialog:
    """The last dialog, filled in."""
    dialog = page.findChildren(AskDialog)[-1]
    for code, text in texts.items():
        dialog.fields[code.replace("__", ".")].setText(text)  # type: ignore[union-attr]
    return dialog


def test_finance_takes_back_what_was_entered_by_mistake(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance")
    page = page_of(frame)
    before = left(frame.desk.office)
    assert before is not None
    fill(page, amount="12345.67", allotment_no="演财〔2026〕40号", how="cut", reason="调减").yes.click()
    settle(frame.desk)
    assert left(frame.desk.office) == before - 1_234_567
    next(one for one in page.findChildren(QPushButton) if one.text() == t("budgets.take_back")).click()
    dialog = ask(page)
    dialog.yes.click()
    settle(frame.desk)
    assert dialog.fault.text(), "why is asked"
    ask(page, budgets__reason="金额填写有误").yes.click()
    settle(frame.desk)
    assert left(frame.desk.office) == before
    assert page.chosen is not None
    newest, cut = page.chosen.entries[:2]
    assert (newest.takes_back, cut.may_go, newest.may_go) == (cut.id, False, False)
    assert t("budgets.taken_back", number=cut.id) in said(page)


def test_finance_moves_money_to_another_budget(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance")
    page = page_of(frame)
    before = left(frame.desk.office)
    page.do_move_allotment()
    dialog = ask(
        page, budgets__amount="100万元", budgets__allotment_no="演财〔2026〕41号", budgets__reason="年中调剂"
    )
    to = dialog.fields["told.to_budget"]
    assert isinstance(to, QComboBox)
    to.setCurrentIndex(to.findData("shenzhen-model-voucher/2026"))
    dialog.yes.click()
    settle(frame.desk)
    assert before is not None and left(frame.desk.office) == before - 100_000_000
    with frame.desk.office.read() as session:
        assert budgets.left(session, "shenzhen-model-voucher/2026") == 100_000_000


def test_finance_closes_a_month_and_the_page_says_until_when(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance")
    page = page_of(frame)
    page.do_close_books()
    dialog = ask(page, told__month="2026-13")
    dialog.yes.click()
    settle(frame.desk)
    assert "2026-13" in dialog.fault.text()
    ask(page, told__month="2026-05").yes.click()
    settle(frame.desk)
    assert t("budgets.closed_until", until=datetime.date(2026, 5, 31)) in said(page)
