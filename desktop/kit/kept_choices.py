"""What a person's settings say, where the program knows only some answers.

Anybody can write in the settings' file, and a disk can spoil it: what makes no sense there counts as not
said.
"""

import datetime
from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QSettings

T = TypeVar("T", str, int)


def one_of(settings: QSettings, key: str, known: Iterable[T], usual: T) -> T:
    """The one of these that was chosen, or the usual one."""
    said = str(settings.value(key, usual))
    return next((one for one in known if str(one) == said), usual)


def moment(settings: QSettings, key: str, usual: datetime.datetime) -> datetime.datetime:
    """The moment that was kept, or the usual one."""
    try:
        kept = datetime.datetime.fromisoformat(str(settings.value(key, "")))
    except ValueError:
        return usual
    return usual if kept.tzinfo is None else kept
