"""What a spoilt settings file says counts as not said."""

import datetime

import pytest
from PySide6.QtCore import QSettings

from desktop.kit.kept_choices import moment, one_of

USUAL = datetime.datetime(2026, 7, 20, tzinfo=datetime.UTC)


def test_one_of_those_there_are_or_the_usual_one(settings: QSettings) -> None:
    assert one_of(settings, "scale", (100, 125), 100) == 100
    settings.setValue("scale", 125)
    assert one_of(settings, "scale", (100, 125), 100) == 125
    settings.setValue("scale", "abc")
    assert one_of(settings, "scale", (100, 125), 100) == 100


@pytest.mark.parametrize("kept", ["", "yesterday", "2026-07-19", b"\xff"])
def test_a_moment_that_is_none_is_the_usual_one(settings: QSettings, kept: str | bytes) -> None:
    settings.setValue("seen", kept)
    assert moment(settings, "seen", USUAL) == USUAL


def test_a_moment_is_kept(settings: QSettings) -> None:
    before = USUAL - datetime.timedelta(days=3)
    settings.setValue("seen", before.isoformat())
    assert moment(settings, "seen", USUAL) == before
