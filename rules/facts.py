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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import TypeAlias

from rules import creditcode, days, money
from rules.plain_text import (
    PLAIN_ID,
    Unprintable,
    clean,
    gives_no_reason,
    identity,
    is_exponent,
    narrowed,
    says_none,
    says_nothing,
    unblanked,
    unforced,
    word,
)  # fmt: skip

Value: TypeAlias = str | int | bool | date | datetime | None
Facts: TypeAlias = Mapping[str, Value]

TYPES = ("text", "choice", "money", "rate", "integer", "yes_no", "date", "moment")
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
MILLION = 1_000_000


class FactError(ValueError):
    """A text that can't be read as the fact's type; ``code`` says what was wrong, ``why`` more where there is
    more to say (of an amount, the code of a `money.MoneyError`; of a credit code, its `creditcode.fault`)."""

    def __init__(self, code: str, why: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.why = why


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that an empty one stands for, as the pack writes it down."""

    value: Value


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact a case may bring.

    ``default`` is what an empty value stands for: another fact's id, the number 0, a `Constant`, or nothing
    (unknown). ``known``: where it is blank, the case is blocked, whatever its rules would come to.
    ``says`` is what kind of text it is: ``id``, ``code`` (who applies), ``account``, ``reason`` (a rule asks
    whether it holds one), or nothing for words.
    ``words`` are what people say for some of its values, ``none`` what a word for none means where an amount
    is asked for: ``zero``, ``empty``, or nothing (it is no amount).
    """

    id: str
    type: str
    title: str = ""
    title_en: str = ""
    headings: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    default: str | int | Constant | None = None
    says: str = ""
    words: Mapping[str, Value] = field(default_factory=dict, compare=False)
    none: str = ""
    known: bool = False


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
    says = {"case": "id", "contract_no": "id", "applicant": "code", "officer_rate_reason": "reason"}
    none = dict.fromkeys(("leased_in_year", "other_support", "awarded_before"), "zero")
    return {
        name: Fact(
            name, kind, title, english, default=default, says=says.get(name, ""), none=none.get(name, "")
        )
        for name, kind, title, english, default in rows
    }


STANDARD: Mapping[str, Fact] = MappingProxyType(_standard())
"""The facts every pack may use without declaring them."""

OF_ROUND = ("window_from", "window_until")
"""What the office knows of its rounds, and no applicant, officer or column says: a window is a round's own,
or the pack's where there is none."""

SAID: Mapping[str, Fact] = MappingProxyType(
    {name: fact for name, fact in STANDARD.items() if name not in OF_ROUND}
)
"""The standard facts that a case itself can bring."""

YES = ("yes", "y", "true", "是", "有", "对", "√", "✓", "✔", "1")
NO = ("no", "n", "false", "否", "无", "没有", "不是", "×", "✗", "✘", "x", "0")
UNKNOWN = (
    "不详", "不清楚", "未知", "待定", "待核", "待核实", "待查", "待确认", "无法判断", "不能判断", "不确定",
    "无法确定", "不适用", "unknown", "cannot tell", "can't tell", "n/a",
)  # fmt: skip
"""What people answer where it can't be told."""
_ANSWERS: Mapping[str, bool | None] = (
    dict.fromkeys(YES, True) | dict.fromkeys(NO, False) | dict.fromkeys(UNKNOWN)
)
_ACCOUNT = re.compile(r"[0-9A-Za-z-]{6,64}")
_RATE = re.compile(r"(\d{1,4})(?:\.(\d{1,6}))?(%?)")


def read(fact: Fact, text: str, unit_fen: int = money.YUAN_FEN) -> Value:
    """The value that ``text`` stands for, ``None`` where it is blank or says nothing.

    This is the one reader: what a case says in words comes in here, by whatever door.

    Args:
        unit_fen: fen in one unit of an amount, where a heading names another one than the yuan.

    Raises:
        FactError: the text is not of the fact's type, or holds what can't be seen.
    """
    if not text or text.isspace():
        return None
    try:
        if fact.type == "money":
            return _read_amount(fact, text, unit_fen)
        if fact.type != "text":
            return _READERS[fact.type](fact, unforced(text))
        return _SAYS[fact.says](unforced(text)) if fact.says else _read_text(text)
    except Unprintable as error:
        raise FactError("control") from error
    except days.NoDay as error:
        raise FactError("date", "" if error.code == "date" else error.code) from error


def _read_amount(fact: Fact, text: str, unit_fen: int) -> int | None:
    """An amount in fen, not below zero."""
    try:
        return money.parse(text, unit_fen)
    except money.MoneyError as error:
        if error.code == "empty":
            return None
        none = fact.none or ("zero" if fact.default == 0 else "")
        if none and says_none(text):
            return 0 if none == "zero" else None
        raise FactError("amount", error.code) from error


def _read_text(text: str) -> str | None:
    text = clean(text)
    return None if not text or says_nothing(text) else text


def _read_reason(text: str) -> str | None:
    said = _read_text(text)
    return None if said is None or gives_no_reason(said) else said


_PATH = re.compile(r"\\|^/|(?:^|/)\.{1,2}(?:$|/)")
"""A way through folders: a backslash, a root, or a step to this folder or the one above."""


def read_id(text: str) -> str | None:
    """A number that names something: a case, a contract, a telephone.

    Raises:
        FactError: ``id_as_number``: a spreadsheet took it for a number, and its last digits are lost;
            ``id_path``: it leads through folders, and names nothing.
        Unprintable: it holds a control character.
    """
    if PLAIN_ID.fullmatch(text) and not text.startswith("/"):
        return text
    if is_exponent(text):
        raise FactError("id_as_number")
    text = identity(text)
    if not says_nothing(text) and _PATH.search(text):
        raise FactError("id_path")
    return None if not text or says_nothing(text) else text


def read_account(text: str) -> str | None:
    """A bank account: digits, letters and hyphens without blanks (accounts of firms have no check digit).

    Raises:
        FactError: ``account_as_number``: as `read_id`; ``account``: something else stands in it.
        Unprintable: it holds a control character.
    """
    if is_exponent(text):
        raise FactError("account_as_number")
    text = unblanked(text)
    if not text or says_nothing(text):
        return None
    if not _ACCOUNT.fullmatch(text):
        raise FactError("account")
    return text


def read_applicant(text: str) -> str | None:
    """Who applies: a credit code, which must pass its check, or any other stable id, compared without case.

    Raises:
        FactError: ``credit_code``: an id of eighteen characters that is no credit code (``why`` says why),
            or what a spreadsheet leaves of one that it took for a number (``number``): several applicants
            would share it.
        Unprintable: it holds a control character.
    """
    code = creditcode.normalise(text)
    if len(code) == creditcode.LENGTH:
        fault = creditcode.fault(code)
        if fault:
            raise FactError("credit_code", fault)
        return code
    if is_exponent(code):
        raise FactError("credit_code", "number")
    code = clean(code)
    return None if not code or says_nothing(code) else code


def _read_choice(fact: Fact, text: str) -> str | None:
    """One of a few words, by any of its names; another word stays as it is, and is none of the rules'."""
    said = clean(text)
    if not said or says_none(said):
        return None
    if said in fact.choices:
        return said
    short = word(said)
    known = fact.words.get(short)
    if known is None:
        known = next((choice for choice in fact.choices if choice.casefold() == short), said)
    return str(known)


def _read_answer(fact: Fact, text: str) -> bool | None:
    said = word(text)
    if said in fact.words:
        return bool(fact.words[said])
    if said in _ANSWERS:
        return _ANSWERS[said]
    if says_none(text):
        return None
    raise FactError("yes_no")


def _read_day(_: Fact, text: str) -> date | None:
    try:
        return days.day(text)
    except days.NoDay:
        if says_none(text):
            return None
        raise


def _read_moment(_: Fact, text: str) -> datetime | None:
    try:
        return days.moment(text)
    except days.NoDay:
        if says_none(text):
            return None
        raise


def read_date(text: str) -> date:
    """A day in any of its dresses (`rules.days.day`), else a `FactError` ``date``."""
    try:
        return days.day(text)
    except days.NoDay as error:
        raise FactError("date") from error


def read_moment(text: str) -> datetime:
    """A moment by Shanghai's clock; a bare day is its midnight, a zone is converted (`rules.days.moment`).
    What is none is a `FactError` ``date``."""
    try:
        return days.moment(text)
    except days.NoDay as error:
        raise FactError("date") from error


def read_rate(text: str) -> int:
    """A rate in millionths: ``0.6``, ``60%`` and ``60 %`` are 600,000. More than six places are refused."""
    found = _RATE.fullmatch(narrowed(text).replace(" ", ""))
    if not found:
        raise FactError("rate")
    whole, part, percent = found.groups()
    millionths = int(whole) * MILLION + int((part or "").ljust(6, "0"))
    if percent:
        millionths, left = divmod(millionths, 100)
        if left:
            raise FactError("rate")
    return millionths


def _read_share(text: str) -> int:
    """A rate that somebody fills in: 12.34 for 12.34 % would be a hundred times too much, so that more than
    one must be a percentage."""
    rate = read_rate(text)
    if rate > MILLION and "%" not in narrowed(text):
        raise FactError("rate")
    return rate


def _read_integer(text: str) -> int | None:
    if says_none(text):
        return None
    text = narrowed(text)
    if not text.isdecimal() or len(text) > 15:
        raise FactError("integer")
    return int(text)


_SAYS: Mapping[str, Callable[[str], Value]] = {
    "id": read_id,
    "code": read_applicant,
    "account": read_account,
    "reason": _read_reason,
}
_READERS: Mapping[str, Callable[[Fact, str], Value]] = {
    "choice": _read_choice,
    "rate": lambda _, text: None if says_none(text) else _read_share(text),
    "integer": lambda _, text: _read_integer(text),
    "yes_no": _read_answer,
    "date": _read_day,
    "moment": _read_moment,
}


OPEN_START, OPEN_END = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59)
"""Bounds of a round's window that has none: for them no default of a pack may be taken."""


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
