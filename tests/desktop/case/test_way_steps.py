"""The way as a line of steps: painted, and said in one sentence."""

import datetime

from PySide6.QtWidgets import QApplication

from casework.boards.case_story import WAY, Step
from desktop.kit.theme import DARK, LIGHT
from desktop.pages.case.way_steps import Way


def test_it_paints_every_standing_and_says_it(dressed: QApplication) -> None:
    for theme in (LIGHT, DARK):
        way = Way(theme)
        way.resize(800, 52)
        blank = way.grab().toImage()
        on = datetime.date(2026, 5, 20)
        standings = ("done", "done", "here", "ahead", "ahead", "stopped", "ahead")
        steps = [Step(name, on if at < 3 else None, standings[at]) for at, name in enumerate(WAY)]
        way.show_steps(steps)
        assert way.grab().toImage() != blank
        assert "受理：已完成 2026-05-20" in way.accessibleName()
        assert "审查：目前在此" in way.accessibleName()
        way.deleteLater()
