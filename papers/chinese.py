"""What papers say is Chinese, whatever the language of the screen."""

from __future__ import annotations

from datetime import date

import words

LANGUAGE = "zh"


def say(code: str, /, **params: object) -> str:
    """The Chinese sentence of a code."""
    return words.say(code, LANGUAGE, **params)


def on(day: date) -> str:
    """2026年5月6日: Arabic figures, no leading zeros."""
    return say("letter.date", year=day.year, month=day.month, day=day.day)


def parts(code: str, /, **params: object) -> tuple[str, ...]:
    """The sentence of a code cut where names stand in it, so that a title can be broken beside them."""
    marked = say(code, **{name: f"\0{value}\0" for name, value in params.items()})
    return tuple(part for part in marked.split("\0") if part)
