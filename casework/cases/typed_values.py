"""What a person types into a field, read at once: the value it stands for, or what is wrong with it.

People write amounts as they speak (８００万元, ¥1,234.5, `=12*800`), days as they remember them (5.6,
20260506, `t` for today) and all of it in the width that the input method
gives. Nothing here touches the office.
"""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from casework.cases.field_table import FIELDS
from rules import creditcode, money
from rules.facts import STANDARD, Fact, FactError, Value, read, read_money

LONGEST = 1_000
"""Characters that a field of text holds."""


class Typed(NamedTuple):
    """The value (None: nothing typed), or the code of what is wrong (`amount`, `date` …)."""

    value: Value
    fault: str | None = None


FACTS: Mapping[str, Fact] = {**STANDARD, **{field.name: field.fact for field in FIELDS.values()}}
"""Every fact that an application has without a pack declaring it, with its type."""

_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TODAY = frozenset(("t", "today", "今天", "今日"))
_DIGITS = re.compile(r"[0-9 ]{6,40}")
_SUM = re.compile(r"\s*(?:(\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)|(.))")
_SIGNS = str.maketrans("×÷－—", "*/--")


def read_typed(fact: Fact, text: str, now: datetime.datetime) -> Typed:
    """What was typed into the field of a fact.

    Args:
        now: the moment on Shanghai's clock, for `t` and for days without a year.
    """
    text = text.strip()
    if not text:
        return Typed(None)
    if len(text) > LONGEST:
        return Typed(None, "too_long")
    try:
        return _read(fact, text, now)
    except FactError as fault:
        return Typed(None, fault.code)


def _read(fact: Fact, text: str, now: datetime.datetime) -> Typed:
    narrow = unicodedata.normalize("NFKC", text).strip()
    if fact.id == "applicant":
        code = creditcode.normalise(text)
        fault = creditcode.fault(code)
        return Typed(code, None if fault is None else f"credit_code.{fault}")
    if fact.id == "account":
        return Typed(narrow.replace(" ", ""), None if _DIGITS.fullmatch(narrow) else "account")
    if fact.type == "money":
        return Typed(read_amount(narrow))
    if fact.type == "date":
        return Typed(read_day(narrow, now.date()))
    if fact.type == "moment":
        return Typed(_read_moment(narrow, now))
    if fact.type == "text":
        return Typed(text)
    return Typed(read(fact, narrow))


def read_amount(text: str) -> int:
    """Fen of an amount in yuan, in any of its usual dresses, or of a sum that begins with `=`.

    Raises:
        FactError: `amount` (no amount, or below zero), `sum` (no sum, or not in whole fen).
    """
    if text.startswith("="):
        return _sum(text[1:].translate(_SIGNS))
    return read_money(text)


def _sum(text: str) -> int:
    tokens = [found[1].replace(",", "") if found[1] else found[2] for found in _SUM.finditer(text)]
    try:
        value, rest = _added(tokens)
        fen = value * 100
        if rest or fen.denominator != 1 or not 0 <= fen.numerator <= 10**15:
            raise FactError("sum")
    except (ValueError, ZeroDivisionError, IndexError, RecursionError) as error:
        raise FactError("sum") from error
    return fen.numerator


def _added(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _multiplied(tokens)
    while tokens and tokens[0] in "+-":
        sign, (other, tokens) = tokens[0], _multiplied(tokens[1:])
        value = value + other if sign == "+" else value - other
    return value, tokens


def _multiplied(tokens: list[str]) -> tuple[Fraction, list[str]]:
    value, tokens = _single(tokens)
    while tokens and tokens[0] in "*/":
        sign, (other, tokens) = tokens[0], _single(tokens[1:])
        value = value * other if sign == "*" else value / other
    return value, tokens


def _single(tokens: list[str]) -> tuple[Fraction, list[str]]:
    if tokens[0] == "(":
        value, rest = _added(tokens[1:])
        if rest[0] != ")":
            raise ValueError(rest[0])
        return value, rest[1:]
    return Fraction(tokens[0]), tokens[1:]


def read_day(text: str, today: datetime.date) -> datetime.date:
    """A day as people type it: `t`, 2026-05-06, 2026年5月6日, 20260506, 5-6 and 0506 (of this year).

    Raises:
        FactError: `date`.
    """
    if text.lower() in _TODAY:
        return today
    try:
        if text.isdecimal() and len(text) in (4, 8):
            year = int(text[:4]) if len(text) == 8 else today.year
            return datetime.date(year, int(text[-4:-2]), int(text[-2:]))
        found = _DAY.fullmatch(text)
        if found:
            return datetime.date(int(found[1] or today.year), int(found[2]), int(found[3]))
    except ValueError as error:
        raise FactError("date") from error
    raise FactError("date")


def _read_moment(text: str, now: datetime.datetime) -> Value:
    if text.lower() in _TODAY:
        return now.replace(second=0, microsecond=0)
    try:
        return datetime.datetime.combine(read_day(text, now.date()), datetime.time())
    except FactError:
        return read(STANDARD["applied_at"], text)


def as_typed(fact: Fact, value: Value) -> str:
    """A value as a person would type it again: amounts in yuan, days and moments in figures."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if fact.type == "money":
        return money.grouped(int(value))  # type: ignore[arg-type]
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)
