"""My work: what waits for the person at the desk, the year's money, and what is new."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from casework.boards import worklist
from casework.money import budgets
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.pages.applications.page import ApplicationsPage
from desktop.pages.home import HomePage
from tests.desktop.helpers import button, settle, texts
from words import has
from words.catalogue import LANGUAGES


def page_of(frame: Frame) -> HomePage:
    settle(frame.desk)
    page = frame.pages["home"]
    assert isinstance(page, HomePage)
    return page


def test_what_waits_is_told_with_its_first_cases_and_a_case_is_opened(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    page = page_of(frame)
    waiting = worklist.waiting(frame.desk.office, frame.desk.roles, frame.desk.person)
    titles = [one.text() for one in page.findChildren(QPushButton)]
    assert waiting
    for one in waiting:
        assert t(f"work.{one.kind}", cases=one.cases) in titles
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


def test_a_title_and_the_rest_lead_to_just_those_cases(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    page = page_of(frame)
    waiting = worklist.waiting(frame.desk.office, frame.desk.roles, frame.desk.person)
    many = next(one for one in waiting if one.cases > len(one.first) > 0)
    more = button(page, t("home.more", cases=many.cases))
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    settle(frame.desk)
    listed = frame.page
    assert isinstance(listed, ApplicationsPage)
    assert sorted(listed.pane.model.ids) == sorted(worklist.numbers(frame.desk.office, many.kind))
    assert t(f"work.{many.kind}.name") in listed.bar.findChildren(QPushButton)[0].text()
    for one in waiting:
        frame.go("home")
        settle(frame.desk)
        title = button(page, t(f"work.{one.kind}", cases=one.cases))
        title.setFocus()
        QTest.keyClick(title, Qt.Key.Key_Space)
        settle(frame.desk)
        assert frame.page is not None and frame.page.name == one.page.partition("/")[0]
        if one.kind in worklist.WAITS:
            assert len(listed.pane.model.ids) == one.cases


def test_finance_and_the_auditor_have_a_home(frame_of: Callable[..., Frame]) -> None:
    for person, kind in (("auditor", "decisions_new"), ("finance", "vouchers_new")):
        frame = frame_of(person)
        page = page_of(frame)
        page.since = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        page.refresh()
        settle(frame.desk)
        waits = {
            one.kind: one for one in worklist.waiting(frame.desk.office, frame.desk.roles, person, page.since)
        }
        button(page, t(f"work.{kind}", cases=waits[kind].cases)).click()
        settle(frame.desk)
        assert frame.page is not None and frame.page.name == "applications"


def test_every_kind_of_work_has_its_words() -> None:
    for lang in LANGUAGES:
        for kind in worklist.WAITS:
            assert has(f"work.{kind}", lang) and has(f"work.{kind}.name", lang)
