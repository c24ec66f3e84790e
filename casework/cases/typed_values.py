"""What a person types into a field, read at once: the value it stands for, or what is wrong with it.

Read is what `rules.facts` reads, for every door. Beside it a keyboard has its own short ways: a sum
(`casework.cases.typed_amounts`), a day of this year (5.6, 0506), `t` for today. Nothing here touches the
office.
"""

import datetime
import re
from collections.abc import Mapping
from typing import NamedTuple

from casework.cases.field_table import FIELDS
from casework.cases.typed_amounts import is_sum, read_amount
from rules import creditcode, money
from rules.facts import SAID, Fact, FactError, Value, read
from rules.plain_text import narrowed

LONGEST = 1_000
"""Characters that a field of text holds."""


class Typed(NamedTuple):
    """The value (None: nothing typed), or the code of what is wrong (`amount`, `date` …)."""

    value: Value
    fault: str | None = None


FACTS: Mapping[str, Fact] = {**SAID, **{field.name: field.fact for field in FIELDS.values()}}
"""Every fact that an application has without a pack declaring it, with its type."""

_SHORT_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{2})(\d{2})")
_TODAY = frozenset(("t", "today", "今天", "今日"))
_TOLD_MORE = ("credit_code", "date")
"""Faults of which a form says more than that they are there."""
_AMOUNT_TOLD = ("sign", "decimals", "limit")
"""What is an amount, and none that can be taken: of `money.MoneyError`."""


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
        return Typed(None, told_fault(fault))


def told_fault(fault: FactError) -> str:
    """The code of what a form says of a fault: `typed.` stands before it."""
    more = fault.code in _TOLD_MORE or (fault.code == "amount" and fault.why in _AMOUNT_TOLD)
    return f"{fault.code}.{fault.why}" if more and fault.why else fault.code


def _read(fact: Fact, text: str, now: datetime.datetime) -> Typed:
    narrow = narrowed(text)
    if fact.id == "applicant":
        return _read_code(text)
    if fact.type == "money" and is_sum(narrow):
        return Typed(read_amount(text))
    if fact.type == "date":
        return Typed(_short_day(narrow, now.date()) or read(fact, text))
    if fact.type == "moment":
        if narrow.lower() in _TODAY:
            return Typed(now.replace(second=0, microsecond=0))
        on = _short_day(narrow, now.date())
        return Typed(read(fact, text) if on is None else datetime.datetime.combine(on, datetime.time()))
    value = read(fact, text)
    if fact.words and fact.type == "choice" and _is_unknown_word(fact, value):
        return Typed(None, "kind")
    return Typed(value)


def _is_unknown_word(fact: Fact, value: object) -> bool:
    """Whether a word of everyday language stands for none of the values: an import rejects it, and a case
    must not be refused for a word that nobody knows. A word of the rules' own (`club`) is a value."""
    return isinstance(value, str) and value not in fact.words.values() and not value.isascii()


def _read_code(text: str) -> Typed:
    """Who applies to the office: always a unified social credit code."""
    code = creditcode.normalise(text)
    fault = creditcode.fault(code)
    return Typed(code, None if fault is None else f"credit_code.{fault}")


def read_day(text: str, today: datetime.date) -> datetime.date:
    """A day as people type it: `t` for today, 5-6 and 0506 of this year, and all that `rules.days` reads.

    Raises:
        FactError: `date`.
    """
    narrow = narrowed(text)
    found = _short_day(narrow, today) or read(Fact("day", "date"), narrow)
    if not isinstance(found, datetime.date):
        raise FactError("date")
    return found


def _short_day(narrow: str, today: datetime.date) -> datetime.date | None:
    """The short ways of a keyboard; None where it is none of them."""
    if narrow.lower() in _TODAY:
        return today
    found = _SHORT_DAY.fullmatch(narrow)
    if found is None:
        return None
    try:
        return datetime.date(today.year, int(found[1] or found[3]), int(found[2] or found[4]))
    except ValueError as error:
        raise FactError("date") from error


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
