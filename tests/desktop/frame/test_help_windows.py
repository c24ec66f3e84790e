"""F1 opens the manual where it tells the page, for every page and role, in both languages."""

import re
from collections.abc import Callable

import pytest

from desktop.frame.help_windows import CHAPTERS, MANUAL, HelpWindow, ShortcutsWindow, chapter_of
from desktop.frame.main_window import Frame
from desktop.frame.places import PLACES, places_of
from tests.desktop.helpers import settle


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_the_rail_is_told_in_a_chapter(lang: str) -> None:
    for place in PLACES:
        path, heading = chapter_of(place.name, frozenset(), lang)
        assert path.exists() and heading, place.name


def test_ones_own_chapter_goes_first() -> None:
    for role in ("officer", "approver"):
        assert chapter_of("home", frozenset((role,)), "zh")[0].stem == role
    assert chapter_of("people", frozenset(("rights",)), "zh")[0].stem == "system"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_picture_or_chapter_is_missing(lang: str) -> None:
    for name in CHAPTERS:
        text = (MANUAL / lang / f"{name}.md").read_text(encoding="utf-8")
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
            assert (MANUAL / lang / picture).exists(), picture


def test_the_window_shows_the_section(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    assert {place.name for place in places_of(frozenset(("officer",)))} >= {"home"}
    settle(frame.desk)
    frame.do_help()
    window = frame.findChild(HelpWindow)
    assert isinstance(window, HelpWindow)
    settle(frame.desk)
    assert window.browser.textCursor().block().text() == "一天从工作台开始"
    assert "<!--" not in window.browser.toPlainText()
    window.close()


def test_it_opens_at_the_section_and_no_picture_is_wider_than_it(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    frame.go("case", "SL2026000001")
    settle(frame.desk)
    frame.do_help()
    window = frame.findChild(HelpWindow)
    assert isinstance(window, HelpWindow)
    settle(frame.desk)
    browser = window.browser
    assert browser.document().size().width() <= browser.viewport().width()
    assert browser.horizontalScrollBar().maximum() == 0
    assert 0 <= browser.cursorRect().top() < 40, browser.textCursor().block().text()
    window.close()


def test_the_shortcuts_are_listed(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    frame.do_shortcuts()
    window = frame.findChild(ShortcutsWindow)
    assert isinstance(window, ShortcutsWindow)
    window.close()
