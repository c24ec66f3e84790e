"""How a parameter looks within a sentence.

This room stands on the same floor as ``rules`` and so does not borrow its money: showing an amount needs only
integer division, never a float.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
_JOINT = {"zh": "、", "en": ", "}


def yuan(fen: int) -> str:
    """Integer fen as yuan with two decimals, grouped by threes: ``-123456`` is ``-1,234.56``."""
    if type(fen) is not int:
        raise TypeError(f"an amount is integer fen, not {type(fen).__name__}")
    whole, part = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole:,}.{part:02d}"


def moment(at: datetime) -> str:
    """A moment to the minute (the second where it has one), in Asia/Shanghai where it carries a zone."""
    local = at.astimezone(SHANGHAI) if at.tzinfo else at
    return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")


def shown(name: str, value: object, lang: str) -> str:
    """One parameter as text; the name tells money (``…_fen``) from other integers."""
    if isinstance(value, (list, tuple, frozenset, set)):
        items = sorted(value, key=str) if isinstance(value, (frozenset, set)) else value
        return _JOINT[lang].join(shown(name, item, lang) for item in items)
    if value is None:
        return ""
    if name.endswith("_fen"):
        return yuan(value)  # type: ignore[arg-type]  # yuan refuses what is no int
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


OPENS, CLOSES = "“", "”"
_WITHIN = {OPENS: "‘", CLOSES: "’"}


def quoted_within(text: str) -> str:
    """A sentence whose parameters have quotation marks of their own, with single ones inside double ones
    (GB/T 15834): “承担国家‘揭榜挂帅’项目”. One whose marks don't pair stays as it is."""
    depth, said = 0, []
    for mark in text:
        depth -= mark == CLOSES
        if depth < 0:
            return text
        said.append(_WITHIN.get(mark, mark) if depth else mark)
        depth += mark == OPENS
    return text if depth else "".join(said)


def seen(text: str) -> str:
    """A text for a terminal: controls (escapes among them) and marks of direction are seen, so
    that no value that somebody wrote acts on the screen of who reads it. Its lines stay lines."""
    return text if text.isprintable() else _ACTS.sub("\N{REPLACEMENT CHARACTER}", text)


_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
