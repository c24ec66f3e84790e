"""The number of an application: people and portals write one number in several ways, and it stays one case.

``FL2026000101``, ``fl2026000101``, ``FL 2026000101``, ``FL-2026000101`` and ``FL2026000101.`` are one number.
A hyphen between two figures parts them and is kept: ``FL-1-11`` and ``FL-11-1`` are two. What only that tells
apart is asked about (`near_key`), never taken for one.
"""

import re

from rules.plain_text import narrowed

_STRAY = re.compile(r"(?<![0-9])-+|-+(?![0-9])|[.。．]+$")
_BETWEEN = re.compile(r"[\W_]+")


def case_key(case: str) -> str:
    """What tells two cases apart: capital, without blanks, a dot behind, and hyphens that part no figures.

    >>> case_key("fl 2026000101") == case_key("FL-2026000101.") == "FL2026000101"
    True
    >>> case_key("FL-1-11"), case_key("FL-11-1"), case_key("FL111")
    ('FL1-11', 'FL11-1', 'FL111')
    """
    case = _narrow(case)
    if case.isalnum():
        return case.upper()
    before = ""
    while before != case:
        before, case = case, _STRAY.sub("", "".join(case.split()))
    return case.upper()


def near_key(case: str) -> str:
    """What two numbers share that may be one: their letters and figures.

    >>> near_key("FL-1-11") == near_key("FL/111") == "FL111"
    True
    """
    case = _narrow(case)
    return case.upper() if case.isalnum() else _BETWEEN.sub("", case).upper()


def _narrow(case: str) -> str:
    return case if case.isascii() else narrowed(case)
