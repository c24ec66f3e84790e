"""A small screen at 150 %: no page is wider than the window, so nothing has to be looked for at the side."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QScrollArea

from desktop.frame.main_window import Frame
from desktop.kit.language import speak
from tests.desktop.helpers import settle

SIZE = 911, 512
"""1366 × 768 at 150 %."""


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("person", ["officer", "approver", "finance", "auditor", "system", "rights"])
def test_no_page_scrolls_sideways(frame_of: Callable[..., Frame], language: str, person: str) -> None:
    frame = frame_of(person)
    speak(language)
    frame.resize(*SIZE)
    wide = []
    for place in frame.places:
        frame.go(place.name)
        settle(frame.desk)
        areas = frame.findChildren(QScrollArea)
        wide += [place.name for one in areas if one.isVisible() and one.horizontalScrollBar().maximum()]
    assert wide == [] and (frame.width(), frame.height()) == SIZE
