"""The frame: each role finds its own pages, goes there by keyboard, and sees the year's money."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QToolButton

from desktop.frame.main_window import Frame
from desktop.frame.places import PLACES, places_of
from desktop.frame.window_actions import ANYWHERE
from desktop.kit.fitting import room_of
from desktop.kit.language import speak, t
from desktop.kit.theme import LIGHT
from desktop.pages.case.page import CasePage
from tests.desktop.helpers import settle
from words import has


@pytest.mark.parametrize("person", ["officer", "approver", "finance", "auditor", "system", "rights"])
def test_each_role_has_its_pages_on_the_rail(frame_of: Callable[..., Frame], person: str) -> None:
    frame = frame_of(person)
    settle(frame.desk)
    wanted = [
        t(f"page.{place.name}.short")
        for place in places_of(frozenset((person,)))
        if place.name in frame.makers
    ]
    assert [button.text() for button in frame.findChildren(QToolButton) if button.text()] == wanted
    assert t("page.home.short") in wanted


def test_every_page_opens_for_those_who_see_it(frame_of: Callable[..., Frame]) -> None:
    for person in ("officer", "approver", "finance", "auditor", "system", "rights"):
        frame = frame_of(person)
        for place in frame.places:
            assert frame.go(place.name)
            settle(frame.desk)
            assert frame.page is not None
            assert frame.title.text() == t(f"page.{place.name}")


def test_who_keeps_the_system_sees_no_cases(frame_of: Callable[..., Frame]) -> None:
    for person in ("system", "rights"):
        names = {place.name for place in frame_of(person).places}
        assert not names & {"applications", "approval", "entry", "import"}


def test_one_lands_on_home_whatever_page_was_last(frame_of: Callable[..., Frame]) -> None:
    first = frame_of("officer")
    first.go("overview")
    settle(first.desk)
    first.close()
    again = frame_of("officer")
    settle(again.desk)
    assert again.page is not None and again.page.name == "home"


def test_a_size_that_no_longer_fits_is_brought_back(frame_of: Callable[..., Frame]) -> None:
    first = frame_of("officer")
    settle(first.desk)
    room = room_of(first)
    assert room.width() < 1366, "this screen is smaller than the usual size"
    first.setGeometry(2_000, 900, 1_800, 1_000)
    first.close()
    again = Frame(first.desk, LIGHT, first.makers, {})
    settle(first.desk)
    assert room.contains(again.geometry())
    again.deleteLater()


def test_every_action_and_page_has_its_words() -> None:
    for lang in ("zh", "en"):
        for place in PLACES:
            assert has(f"page.{place.name}", lang) and has(f"page.{place.name}.short", lang)
        for action in ANYWHERE:
            assert has(action.words, lang)


def test_no_shortcut_is_taken_twice(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    for place in frame.places:
        frame.go(place.name)
        settle(frame.desk)
        taken = [action.shortcut for action in (*ANYWHERE, *frame.offers()) if action.shortcut]
        taken += [place.shortcut for place in frame.places]
        assert len(taken) == len(set(taken)), place.name


def test_english_is_a_language_of_the_whole_frame(frame_of: Callable[..., Frame]) -> None:
    speak("en")
    frame = frame_of("officer")
    settle(frame.desk)
    assert frame.title.text() == "My work"


def test_the_window_is_no_larger_than_a_small_screen_at_200_percent(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    for place in frame.places:
        frame.go(place.name)
        settle(frame.desk)
        frame.resize(683, 360)
        assert (frame.width(), frame.height()) == (683, 360), place.name
    rail = frame.rail_buttons["home"].parentWidget()
    assert rail is not None
    assert all(rail.rect().contains(button.geometry()) for button in frame.rail_buttons.values())


def test_the_page_has_the_keys_and_not_the_rail(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    frame.go("overview")
    settle(frame.desk)
    assert frame.focusWidget() not in frame.rail_buttons.values()


def test_a_new_entry_begins_in_its_first_field(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    frame.go("entry")
    settle(frame.desk)
    form = frame.pages["entry"].form  # type: ignore[attr-defined]
    assert frame.focusWidget() is form.fields[form.first()]


def test_a_case_belongs_to_the_applications_on_the_rail(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    frame.go("case", "YS2026000001")
    assert frame.rail_buttons["applications"].isChecked()


def test_a_page_says_where_to_go_and_the_case_goes_through_the_list(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    frame.go("applications")
    settle(frame.desk)
    listed = list(frame.desk.listed)
    assert len(listed) > 2
    frame.pages["applications"].opened.emit("YS2026000003")
    settle(frame.desk)
    page = frame.page
    assert isinstance(page, CasePage) and page.view is not None
    at = listed.index(page.view.id)
    page.do_case_before()
    settle(frame.desk)
    assert page.view.id == listed[at - 1]
    page.do_case_list()
    settle(frame.desk)
    assert frame.page is frame.pages["applications"]
