"""Which unit of money a heading, a group of headings or a note names: yuan, 万元, 亿元.

A unit that stands there counts in whatever words it is put (（含税万元）, （以万元计）); one that can't be
understood is refused, for what is then read as yuan may be ten thousand times as much.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from papers.reading.unreadable import Unreadable

_UNIT_FEN = {
    "亿元": 10**10, "亿": 10**10, "千万元": 10**9, "百万元": 10**8, "十万元": 10**7, "拾万元": 10**7,
    "万元": 10**6, "万": 10**6, "千元": 10**5, "元": 100, "圆": 100, "万圆": 10**6, "yuan": 100, "rmb": 100,
    "cny": 100, "thousandyuan": 10**5, "10000yuan": 10**6, "10kyuan": 10**6, "wan": 10**6, "wanyuan": 10**6,
    "tenthousandyuan": 10**6, "10000cny": 10**6, "10000rmb": 10**6, "millionyuan": 10**8,
    "millioncny": 10**8, "millionrmb": 10**8, "100millionyuan": 10**10, "10000元": 10**6, "w": 10**6,
    "w元": 10**6, "k": 10**5, "k元": 10**5, "10000": 10**6, "10k": 10**6, "tenthousand": 10**6,
    "thousand": 10**5, "million": 10**8, "100million": 10**10,
}  # fmt: skip
_LONGEST_FIRST = "亿元|千万元|百万元|[十拾]万元|万元|万圆|千元|元|圆"
_NO_UNIT = frozenset(("角", "分", "厘", "外币", "本币", "原币", "当地货币"))
"""What stands for a unit and is none that amounts are read in."""
_FOREIGN = re.compile(
    r"(?:[美欧日港澳加台韩英]|新台|澳门|新加坡|澳大利亚|加拿大)(?:元|币|圆|镑)|卢布|卢比|法郎|泰铢|马克|比索|里拉|[$€£₩₽]|"
    r"usd|eur|hkd|gbp|jpy|krw|dollar|euro|pound"
)
_POWER = re.compile("[\\^⁰¹²³⁴-⁹]")
_TRADITIONAL = str.maketrans("萬億圓", "万亿圆")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_BRACKETS = re.compile(r"[(\[【〔{<〈]([^()\[\]【】〔〕{}<>〈〉]*)[)\]】〕}>〉]")
_IN_BRACKETS = re.compile(r"[,，、;；/]")
_UNIT_BEHIND = re.compile(
    rf"(?<=\w)[\s,，/:_\-—]*(?:单位)?[:]?(?:人民币)?(?:{_LONGEST_FIRST}|\byuan|\bcny|\brmb)\s*$"
)
_UNIT_SAID = re.compile(rf"单位[:]?(?:人民币)?({_LONGEST_FIRST})")
_AMONG_WORDS = re.compile(
    rf"(?:以|按|单位为?|为|均|请?填写?|人民币|rmb|cny|¥)*"
    rf"(?<![\d.一二两三四五六七八九几十拾百佰千仟万亿每单公多])({_LONGEST_FIRST}|[亿万](?![\w]))"
    rf"(?:人民币|rmb|cny|为单位|计算?|填写?|整|统计)*"
)
"""A unit among other words; behind a figure (不超过5000万元) it is an amount and no unit."""
_DROP = re.compile(r"[\W_]+")
_DRESS = re.compile(
    r"^(?:单位|金额单位|货币单位|币种|人民币|unit|in|of|rmb|cny|[x×*])+(?=.)|(?<=.)(?:人民币|rmb|cny)$"
)
_NOTED = re.compile(
    rf"(?:单位|金额(?=[为是以按:均统一])|以)(?:统一|均|全部|一律|都)*[为是以按:(]*(?:人民币|rmb|cny)?\(?({_LONGEST_FIRST}|[亿万](?!\w))"
)
_GROUP = 20
"""Characters of a group's name; what is longer is a title or a note."""
_TITLED = re.compile(rf"[(\[【〔](?:人民币|rmb|cny)?({_LONGEST_FIRST}|[亿万])[)\]】〕]")
"""A unit alone in brackets, as titles have it: 申报汇总表（万元）."""


def folded(heading: str) -> str:
    """A heading in the width of a keyboard, small, with the unit's characters as they are written today."""
    text = unicodedata.normalize("NFKC", heading).casefold().strip()
    return _THOUSANDS.sub("", text.translate(_TRADITIONAL))


def in_brackets(text: str) -> list[str]:
    """What stands in a folded heading's brackets, part by part."""
    return [part for match in _BRACKETS.findall(text) for part in _IN_BRACKETS.split(match)]


def outside_brackets(text: str) -> str:
    """A folded heading without its brackets and the unit behind it (`合同金额/万元`, `amount, yuan`)."""
    return _UNIT_BEHIND.sub("", _BRACKETS.sub("", text))


def without_unit(part: str) -> str:
    """A part in brackets without the unit that it names: 含税万元 is 含税."""
    return "" if _alone(part) else _AMONG_WORDS.sub("", part)


def told_apart(heading: str) -> str:
    """A heading without the unit that it names, with what else stands in its brackets."""
    kept = _BRACKETS.sub(lambda match: match[0] if without_unit(match[1]) else "", heading)
    return _UNIT_BEHIND.sub("", kept)


def unit_of(heading: str) -> int:
    """Fen in the unit that a heading names, 0 where it names none.

    >>> unit_of("合同金额（万元）"), unit_of("合同金额/亿元"), unit_of("Amount (yuan)"), unit_of("合同金额")
    (1000000, 10000000000, 100, 0)
    >>> unit_of("合同金额（含税万元）"), unit_of("合同金额（RMB万元）"), unit_of("合同金额（不超过5000万元）")
    (1000000, 1000000, 0)

    Raises:
        Unreadable: another currency, two units, or one that amounts can't be read in.
    """
    text = folded(heading)
    if _FOREIGN.search(text):
        raise Unreadable("currency", heading=_shown(heading))
    parts = in_brackets(text)
    if _POWER.search(heading) or any(_DROP.sub("", part) in _NO_UNIT for part in parts):
        raise Unreadable("unit", heading=_shown(heading))
    units = {unit for part in parts if (unit := _alone(part))}
    outside = _BRACKETS.sub("", text).strip()
    if (short := _UNIT_BEHIND.sub("", outside)) != outside:
        units.add(_alone(outside[len(short) :].strip(" ,，/:_-—")))
    units.update(map(_UNIT_FEN.__getitem__, _UNIT_SAID.findall(text)))
    if not units:
        units = {_UNIT_FEN[found] for part in parts for found in _AMONG_WORDS.findall(part)}
    if len(units) > 1:
        raise Unreadable("two_units", heading=_shown(heading))
    return units.pop() if units else 0


def noted_unit(text: str) -> int:
    """Fen in the unit that a note names for a whole table, 0 where it names none.

    >>> noted_unit("说明：以上金额单位均为万元"), noted_unit("单位：某局")
    (1000000, 0)
    """
    return _found(_NOTED, text)


def unit_named(word: str) -> int:
    """Fen in a unit by its name, 0 where it is none."""
    return _UNIT_FEN.get(folded(word), 0)


def unit_over(texts: Sequence[str]) -> int:
    """Fen in the unit that stands over a column: a group's (金额（万元）) or a title's.

    Args:
        texts: what stands over it, the nearest first.

    Raises:
        Unreadable: as `unit_of`, of what is as short as a group's name.
    """
    for text in texts:
        unit = unit_of(text) if len(text) <= _GROUP else 0
        if unit or (unit := noted_unit(text) or _found(_TITLED, text)):
            return unit
    return 0


def _found(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search("".join(folded(text).split()))
    return _UNIT_FEN[found[1]] if found else 0


def _alone(part: str) -> int:
    """Fen in the unit that a part is, 0 where it is none."""
    said = _DROP.sub("", part.strip())
    return _UNIT_FEN.get(said, 0) or _UNIT_FEN.get(_DROP.sub("", _DRESS.sub("", part.strip())), 0)


def _shown(heading: str) -> str:
    return " ".join(heading.split())
