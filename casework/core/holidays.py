"""The announced holidays and make-up days, as the program ships them."""

from functools import cache
from importlib import resources

from rules.workdays import Calendar, load


@cache
def calendar() -> Calendar:
    """The table of announced holidays and make-up days."""
    return load((resources.files("resources") / "calendars/cn.toml").read_text("utf-8"))
