"""My work: what waits for the person at the desk, the year's money, and what is new."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from casework.boards import worklist
from casework.money import budgets
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.pages.home import HomePage
from tests.desktop.helpers import settle, texts


def page_of(frame: Frame) -> HomePage:
    settle(frame.desk)
    page = frame.pages["home"]
    assert isinstance(page, HomePage)
    return page


def test_what_waits_is_told_with_its_first_cases_and_a_case_is_opened(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    page = page_of(frame)
    waiting = worklist.waiting(frame.desk.office, frame.desk.roles, frame.desk.person)
    said = texts(page)
    assert waiting
    for one in waiting:
        assert t(f"work.{one.kind}", cases=one.cases) in said
    item = next(item for one in waiting for item in one.first)
    next(button for button in page.findChildren(QPushButton) if button.text() == item.case).click()
    settle(frame.desk)
    assert frame.page is frame.pages["case"]


def test_the_year_s_money_stands_to_the_fen(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("auditor")
    page = page_of(frame)
    (figures,) = budgets.all_in_sight(frame.desk.office)
    said = texts(page)
    for fen in (figures.appropriation_fen, figures.committed_fen, figures.left_fen):
        assert t("amount.grouped", amount_fen=fen) in said
