"""The cells of the pack wizard: what one holds as people see it, and how a pack writes it.

A cell is a text. `shown` gives it for a value of a pack, `literal` writes it back, and `typed` takes what a
person typed into the one form that a cell has. What a cell can't hold as it stands in the pack (a parameter
in the place of an amount, a table) is `IN_TEXT`: it is left to the text.

=========  =============================================  ===========================================
kind       a cell                                         in the pack
=========  =============================================  ===========================================
text, id   ``第三条``                                      ``"第三条"``
choice     one of the words                               ``"rest"``
money      ``500000.00``                                  ``"500000.00"``
rate       ``0.3`` or ``30%``                             ``"0.3"``
value      an amount, a rate, a date or a whole number    ``"500000.00"``, ``2026-05-06``, ``3``
date       ``2026-05-06``                                 ``2026-05-06``
moment     ``2026-05-06`` or ``2026-05-06T17:00:00``      the same
whole      ``12``                                         ``12``
flag       ``true`` or ``false``                          ``true``
fact       a fact's name                                  ``"contract_amount"``
names      ``applicant, year``                            ``["applicant", "year"]``
terms      ``base`` or ``paid, -refunded``                ``"base"`` or ``["paid", "-refunded"]``
lines      ``all`` or names                               ``true`` or ``["research"]``
bands      ``1000000.00: 0.5; 0.3``                       ``[{ up_to = "…", rate = "0.5" }, …]``
ranks      ``-small_firm, founded_on`` (minus: falling)   ``[{ fact = "…", descending = true }, …]``
default    ``0`` or a fact's name                         ``0`` or ``"contract_amount"``
readings   ``20: 0.2: source; 30: 0.3: source``           ``[{ id = "20", value = "0.2", … }, …]``
=========  =============================================  ===========================================

Where a value may be unset, ``?rate`` is the parameter ``rate`` in its place (``{ unset = "rate" }``).
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from casework.rulebook.pack_text import quoted
from rules.facts import Fact, FactError, Value, read
from rules.money import yuan
from rules.toml_text import data_of

IN_TEXT = "\x00"
"""What stands in the pack in a way that only its text can say."""
NEVER_UNSET = ("text", "id", "date", "flag", "default", "bands", "ranks", "readings", "lines", "terms")
_UNSET = re.compile(r"\?([a-z][a-z0-9_]*)\Z")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?\Z")
_BETWEEN = re.compile(r"[\s,，、;；]+")


def literal(kind: str, cell: str) -> str:
    """A cell as a pack writes it; what is not of its kind stands in quotes, for the check to find."""
    unset = None if kind in NEVER_UNSET else _UNSET.match(cell)
    if unset:
        return f'{{ unset = "{unset[1]}" }}'
    return _WRITE.get(kind, quoted)(cell)


def shown(kind: str, value: Any) -> str:
    """The cell of a pack's value; `IN_TEXT` where it has none that would be written as the very same."""
    cell = _show(kind, value)
    if not cell or any(ord(mark) < 32 for mark in cell):
        return IN_TEXT
    back = data_of(f"x = {literal(kind, cell)}")["x"]
    return cell if _same(back, value) else IN_TEXT


def typed(kind: str, text: str) -> str:
    """What a person typed, as its cell: amounts in yuan with two decimals, days in ISO form, names with a
    comma between them. What can't be read stays as it is, and the check says so."""
    text = "".join(mark for mark in text if ord(mark) >= 32).strip()
    text = text.replace("？", "?") if kind not in NEVER_UNSET else text
    return text if not text or text.startswith("?") else _TYPED.get(kind, str)(text)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


# -- from a pack -----------------------------------------------------------------------------------------


def _show(kind: str, value: Any) -> str:
    if isinstance(value, bool):
        return "all" if kind == "lines" and value else str(value).lower()
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return f"?{value.get('unset')}"
    if not isinstance(value, list) or not value:
        return ""
    if all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return _tables(kind, value) if all(isinstance(one, dict) for one in value) else ""


def _tables(kind: str, value: list[Any]) -> str:
    if kind == "bands":
        return "; ".join(": ".join(str(one[key]) for key in ("up_to", "rate") if key in one) for one in value)
    if kind == "ranks":
        return ", ".join(f"{'-' if one.get('descending') else ''}{one.get('fact')}" for one in value)
    if kind == "readings":
        return "; ".join(
            ": ".join(_show("value", one[key]) for key in ("id", "value", "source") if key in one)
            for one in value
        )
    return ""


# -- into a pack -----------------------------------------------------------------------------------------


def _when(pattern: re.Pattern[str], good: Callable[[str], object]) -> Callable[[str], str]:
    def write(cell: str) -> str:
        if not pattern.fullmatch(cell):
            return quoted(cell)
        try:
            good(cell)
        except ValueError:
            return quoted(cell)
        return cell

    return write


def _flag(cell: str) -> str:
    return cell if cell in ("true", "false") else quoted(cell)


def _list(members: list[str]) -> str:
    return "[" + ", ".join(members) + "]"


def _names(cell: str) -> str:
    return _list([quoted(name) for name in cell.split(", ")])


def _terms(cell: str) -> str:
    return _names(cell) if ", " in cell or cell.startswith("-") else quoted(cell)


def _bands(cell: str) -> str:
    members = []
    for band in cell.split("; "):
        up_to, colon, rate = band.rpartition(": ")
        pairs = [f"up_to = {quoted(up_to)}"] if colon else []
        members.append("{ " + ", ".join([*pairs, f"rate = {quoted(rate)}"]) + " }")
    return _list(members)


def _ranks(cell: str) -> str:
    members = []
    for name in cell.split(", "):
        falls = ", descending = true" if name.startswith("-") else ""
        members.append(f"{{ fact = {quoted(name.removeprefix('-'))}{falls} }}")
    return _list(members)


def _readings(cell: str) -> str:
    members = []
    for reading in cell.split("; "):
        name, *rest = reading.split(": ", 2)
        pairs = [f"id = {quoted(name)}", *(f"value = {literal('value', one)}" for one in rest[:-1])]
        pairs += [f"source = {quoted(one)}" for one in rest[-1:]]
        members.append("{ " + ", ".join(pairs) + " }")
    return _list(members)


_day = _when(_DAY, datetime.fromisoformat)
_whole = _when(_WHOLE, int)
_WRITE: dict[str, Callable[[str], str]] = {
    "date": _day,
    "moment": _day,
    "value": lambda cell: _day(cell) if _DAY.match(cell) else _whole(cell),
    "whole": _whole,
    "flag": _flag,
    "names": _names,
    "terms": _terms,
    "lines": lambda cell: "true" if cell == "all" else _names(cell),
    "bands": _bands,
    "ranks": _ranks,
    "readings": _readings,
    "default": lambda cell: cell if cell == "0" else quoted(cell),
}


# -- from a person ---------------------------------------------------------------------------------------


def _read(kind: str, text: str) -> Value:
    """What a text is read as, as a case's own values are; None where it can't be."""
    try:
        return read(Fact("x", kind), text)
    except FactError:
        return None


def _money(text: str) -> str:
    fen = _read("money", text)
    return yuan(fen) if isinstance(fen, int) else text


def _rate(text: str) -> str:
    return text.replace("％", "%").replace(" ", "")


def _value(text: str) -> str:
    """An amount, a day or a whole number; a bare number below a thousand is no amount of money."""
    if _DAY.match(text) or "%" in _rate(text) or re.fullmatch(r"[0-9]{1,3}|0\.[0-9]+", text):
        return _rate(text)
    return _money(text)


def _date(text: str) -> str:
    day = _read("date", text)
    return day.isoformat() if isinstance(day, date) else text


def _moment(text: str) -> str:
    moment = _read("moment", text)
    if not isinstance(moment, datetime):
        return text
    said = re.search(r"[:：时点T]", text)
    return moment.isoformat() if said else moment.date().isoformat()


def _list_of(text: str) -> str:
    return ", ".join(part for part in _BETWEEN.split(text) if part)


def _readings_of(text: str) -> str:
    readings = []
    for part in re.split(r"[;；\n]+", text):
        said = [each.strip() for each in re.split(r"[:：]", part, maxsplit=2)]
        if len(said) == 3:
            said[1] = _value(said[1])
        readings += [": ".join(said)] if part.strip() else []
    return "; ".join(readings)


def _bands_of(text: str) -> str:
    bands = []
    for part in re.split(r"[;；\n]+", text):
        up_to, colon, rate = part.strip().replace("：", ":").rpartition(":")
        if part.strip():
            bands.append(f"{_money(up_to.strip())}: {_rate(rate)}" if colon else _rate(rate))
    return "; ".join(bands)


_TYPED: dict[str, Callable[[str], str]] = {
    "money": _money,
    "rate": _rate,
    "date": _date,
    "moment": _moment,
    "names": _list_of,
    "terms": _list_of,
    "lines": _list_of,
    "ranks": _list_of,
    "bands": _bands_of,
    "readings": _readings_of,
    "value": _value,
}
