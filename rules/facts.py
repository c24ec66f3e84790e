"""Facts: what a case brings to the rules.

A case is a mapping from fact names to values. A value that is not known is ``None`` or absent; it is
never guessed, and what follows from its absence is for each rule to say. Types and their values:

========  ==============================================================
text      ``str``, stripped
choice    ``str``, one of a few words (``enterprise``, ``university`` …)
money     ``int`` fen, not negative
rate      ``int`` millionths (0.6 is 600,000)
integer   ``int``, not negative
yes_no    ``bool``
date      ``datetime.date``, a day in Shanghai
moment    naive ``datetime.datetime``, the clock of Shanghai
========  ==============================================================
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import TypeAlias

from rules import money

Value: TypeAlias = str | int | bool | date | datetime | None
Facts: TypeAlias = Mapping[str, Value]

TYPES = ("text", "choice", "money", "rate", "integer", "yes_no", "date", "moment")
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
MILLION = 1_000_000


class FactError(ValueError):
    """A text that can't be read as the fact's type; ``code`` says what was wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a case may bring.

    ``default`` is what an empty value stands for: another fact's id, the number 0, or nothing (unknown).
    """

    id: str
    type: str
    title: str = ""
    title_en: str = ""
    headings: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    default: str | int | None = None


def _standard() -> dict[str, Fact]:
    rows = (
        ("case", "text", "申报编号", "case", None),
        ("applied_at", "moment", "申报时间", "application date", None),
        ("applicant", "text", "申请单位", "applicant", None),
        ("applicant_kind", "choice", "单位类型", "kind of applicant", None),
        ("founded_on", "date", "成立日期", "founding date", None),
        ("contract_no", "text", "合同编号", "contract number", None),
        ("signed_on", "date", "合同签订日期", "signing date", None),
        ("starts_on", "date", "服务开始日期", "start of service", None),
        ("ends_on", "date", "服务结束日期", "end of service", None),
        ("contract_amount", "money", "合同金额", "contract amount", None),
        (
            "leased_in_year",
            "money",
            "本年度非关联租用金额",
            "non-related leases in the year",
            "contract_amount",
        ),
        ("related_party", "yes_no", "与服务机构存在关联关系", "related party", None),
        ("provider_admitted", "yes_no", "服务机构已入库", "provider admitted", None),
        ("other_support", "money", "其他财政资金", "other public support", 0),
        ("awarded_before", "money", "本年度此前已核定额度", "awarded before in the year", 0),
        ("window_from", "moment", "批次申报开始", "round opens", None),
        ("window_until", "moment", "批次申报截止", "round closes", None),
        ("officer_rate", "rate", "经办核定比例", "rate set by the officer", None),
        ("officer_rate_reason", "text", "核定比例理由", "reason for the officer's rate", None),
    )
    return {row[0]: Fact(row[0], row[1], title=row[2], title_en=row[3], default=row[4]) for row in rows}


STANDARD: Mapping[str, Fact] = MappingProxyType(_standard())
"""The facts every pack may use without declaring them."""

_YES = frozenset(("yes", "y", "true", "是", "有", "1"))
_NO = frozenset(("no", "n", "false", "否", "无", "0"))
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_MIDNIGHT = re.compile(r"(?:\s+|(?<=\d)T)0{1,2}:00(?::00(?:\.0+)?)?\Z")
_RATE = re.compile(r"(\d{1,4})(?:\.(\d{1,6}))?(%?)")


def read(fact: Fact, text: str) -> Value:
    """The value that ``text`` stands for, ``None`` where it is blank.

    Raises:
        FactError: the text is not of the fact's type.
    """
    text = text.strip()
    if not text:
        return None
    return _READERS[fact.type](text)


def read_date(text: str) -> date:
    """A day: ``2026-05-06``, ``2026/5/6``, ``2026.05.06`` or ``2026年5月6日``.

    A midnight behind it, as spreadsheets write one, is no other day.
    """
    try:
        if len(text) == 10 and text[4] == "-" == text[7]:
            return date.fromisoformat(text)
        found = _DATE.fullmatch(_MIDNIGHT.sub("", unicodedata.normalize("NFKC", text)))
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    raise FactError("date")


def read_moment(text: str) -> datetime:
    """A moment by Shanghai's clock; a bare day is its midnight, a zone is converted."""
    if len(text) >= 10 and text[4] == "-" == text[7]:
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)
    try:
        found = _DATE.match(folded := unicodedata.normalize("NFKC", text))
        if found:
            rest = folded[found.end() :].strip().lstrip("T")
            clock = _TIME.fullmatch(rest) if rest else None
            if clock or not rest:
                hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
                year, month, day = map(int, found.groups())
                return datetime(year, month, day, hour, minute, second)
    except ValueError:
        pass
    raise FactError("date")


def read_rate(text: str) -> int:
    """A rate in millionths: ``0.6``, ``60%`` and ``60 %`` are 600,000. More than six places are refused."""
    found = _RATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if not found:
        raise FactError("rate")
    whole, part, percent = found.groups()
    millionths = int(whole) * MILLION + int((part or "").ljust(6, "0"))
    if percent:
        millionths, left = divmod(millionths, 100)
        if left:
            raise FactError("rate")
    return millionths


def read_money(text: str) -> int:
    """An amount in fen, not below zero."""
    try:
        fen = money.parse(text)
    except money.MoneyError as error:
        raise FactError("amount") from error
    if fen < 0:
        raise FactError("amount")
    return fen


def _read_integer(text: str) -> int:
    if not text.isdecimal() or len(text) > 15:
        raise FactError("integer")
    return int(text)


def _read_yes_no(text: str) -> bool:
    word = text.lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise FactError("yes_no")


_READERS: dict[str, Callable[[str], Value]] = {
    "text": str,
    "choice": str,
    "money": read_money,
    "rate": read_rate,
    "integer": _read_integer,
    "yes_no": _read_yes_no,
    "date": read_date,
    "moment": read_moment,
}


OPEN_START, OPEN_END = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)
"""Bounds of a round's window that has none: for them no default of a pack may be taken."""


def whole_window(facts: dict[str, Value]) -> None:
    """Where one bound of a round's own window is known and the other is not, the other is open.

    One bound of a round with the other's default would be a window that nobody set.
    """
    opens, closes = facts.get("window_from"), facts.get("window_until")
    if (opens is None) != (closes is None):
        facts.update(window_from=opens or OPEN_START, window_until=closes or OPEN_END)


FROM_ISO: Mapping[str, Callable[[str], Value]] = {
    "date": date.fromisoformat,
    "moment": datetime.fromisoformat,
}
"""How a day or moment that was stored in its ISO form is read again, by the fact's type."""


def fits(fact: Fact, value: object) -> bool:
    """Whether a value has the fact's type (``None`` always has)."""
    if value is None:
        return True
    kind = fact.type
    if kind in ("text", "choice"):
        return isinstance(value, str)
    if kind in ("money", "rate", "integer"):
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind == "yes_no":
        return isinstance(value, bool)
    if kind == "moment":
        return isinstance(value, datetime) and value.tzinfo is None
    return isinstance(value, date) and not isinstance(value, datetime)


def shanghai_now(moment: datetime) -> datetime:
    """An aware moment as the naive moment on Shanghai's clock."""
    return moment.astimezone(UTC).astimezone(SHANGHAI).replace(tzinfo=None)
