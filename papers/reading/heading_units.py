"""Which unit of money a heading, a group of headings, a title or a note names: yuan, 万元, 亿元.

A unit that stands there counts in whatever words it is put (（含税万元）, （以万元计）); one that can't be
understood is refused, for what is then read as yuan may be ten thousand times as much. An amount is no unit:
每家最高资助1000万元 over a table says nothing of how its figures are written, nor does a name (元象科技).
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
    "thousand": 10**5, "million": 10**8, "100million": 10**10, "仟元": 10**5, "千": 10**5, "仟": 10**5,
    "百万": 10**8, "佰万": 10**8, "佰万元": 10**8, "仟万元": 10**9, "仟万": 10**9, "千万": 10**9,
    "十万": 10**7, "拾万": 10**7, "百元": 10**4, "佰元": 10**4,
}  # fmt: skip
_LONGEST_FIRST = "亿元|[千仟]万元|[百佰]万元|[十拾]万元|万元|万圆|[千仟]元|[百佰]元|元|圆"
_FIGURE = r"\d.一二两三四五六七八九几十拾百佰千仟万亿"
"""Behind these a unit is a part of an amount."""
_NO_UNIT = frozenset(("角", "分", "厘", "外币", "本币", "原币", "当地货币"))
"""What stands for a unit and is none that amounts are read in."""
_FOREIGN = re.compile(
    r"(?:(?:[万亿千百十]*)(?:[美欧日港澳加台韩英]|新台|澳门|新加坡|澳大利亚|加拿大)(?:元|币|圆|镑))(?!\w)|"
    r"(?:卢布|卢比|法郎|泰铢|马克|比索|里拉)(?!\w)|[$€£₩₽]|"
    r"(?<![a-z])(?:usd|eur|hkd|gbp|jpy|krw|us dollars?|dollars?|euros?|pounds?)(?![a-z])"
)
"""Another currency, as a word of its own: 新日元科技 is a name, and so is NeuralAI."""
_EACH = (
    r"(?:(?:半|\d+|几)?个?(?:年度?|月份?|日|天|周|季度?|学期|小时|钟头|分钟|卡时?|机时|核时|台时?|张|块|套|件|个|次|份|人|"
    r"户|家|项|笔|期|节点|机柜|机架|度|千瓦时|[pt]|[pt]flops|gpu|kwh|tokens?|years?|months?|weeks?|days?|hours?|h|cards?|"
    r"nodes?))"
)
_PER = re.compile(
    rf"(?:(?:元|圆|yuan|rmb|cny|万)\s*/\s*每?|每|(?<!\w)per\s+)(?P<each>{_EACH})(?=\W|{_EACH}|$)|"
    r"(?<!\w)(?:单价|[月日]均)"
)
"""A price of a month, an hour, a card: 元/人民币 is none, and neither is 元/含税."""
_POWER = re.compile("[\\^⁰¹²³⁴-⁹]")
_BRACKETS_NARROW = str.maketrans("（）", "()")
_TRADITIONAL = str.maketrans("萬億圓", "万亿圆")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_BRACKETS = re.compile(r"[(\[【〔{<〈]([^()\[\]【】〔〕{}<>〈〉]*)[)\]】〕}>〉]")
_IN_BRACKETS = re.compile(r"[,，、;；/]")
_UNIT_BEHIND = re.compile(
    rf"(?<=\w)(?<![{_FIGURE}])[\s,，/:_\-—]*(?:单位)?[:]?(?:人民币)?"
    rf"(?<![{_FIGURE}])(?:{_LONGEST_FIRST}|\byuan|\bcny|\brmb)\s*$"
)
_UNIT_SAID = re.compile(rf"单位[:]?(?:人民币)?({_LONGEST_FIRST})(?!\w)")
_AMONG_WORDS = re.compile(
    rf"(?:以|按|单位为?|为|均|请?填写?|人民币|rmb|cny|¥)*"
    rf"(?<![{_FIGURE}每单公多])({_LONGEST_FIRST}|[亿万](?![\w]))"
    rf"(?:人民币|rmb|cny|为单位|计算?|填写?|整|统计)*"
)
"""A unit among other words; behind a figure (不超过5000万元) it is an amount and no unit."""
_DROP = re.compile(r"[\W_]+")
_DRESS = re.compile(
    r"^(?:单位|金额单位|货币单位|币种|人民币|unit|in|of|rmb|cny|[x×*])+(?=.)|(?<=.)(?:人民币|rmb|cny)$"
)
_NOTED = re.compile(
    rf"(?:金额(?=[为是以按:均统一])|以)(?:统一|均|全部|一律|都)*[为是以按:(]*(?:人民币|rmb|cny)?\(?"
    rf"(?<![{_FIGURE}])({_LONGEST_FIRST}|[亿万](?!\w))(?=为?单位|计|$|\W)"
)
_UNIT_OF_ALL = re.compile(
    r"(?P<of>金额|货币|计量|计价|计数|以上|数据|(?<!\w))(?:统计|的)?单位(?:统一|均|全部|一律|都)*[为是以按:(\[（]*"
    r"(?P<said>[^\s;；。)\]）]*(?: (?=\d|yuan|元))?[^\s;；。)\]）]*)|"
    r"(?<![a-z])unit(?:s)?\s*[:=]\s*(?P<en>[^;；。)\]）]+)"
)
"""The unit of a whole table as a note says it. 填报单位：… is who fills it in."""
_MONEY = ("金额", "货币", "计价")
_GROUP = 20
"""Characters of a group's name; what is longer is a title or a note."""


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
    if _powered(heading) or any(_DROP.sub("", part) in _NO_UNIT for part in parts):
        raise Unreadable("unit", heading=_shown(heading))
    units = {unit for part in parts if (unit := _alone(part))}
    outside = _BRACKETS.sub("", text).strip()
    if (short := _UNIT_BEHIND.sub("", outside)) != outside:
        behind = _alone(outside[len(short) :].strip(" ,，/:_-—"))
        units |= {behind} if behind else set()
    units.update(map(_UNIT_FEN.__getitem__, _UNIT_SAID.findall(text)))
    if not units:
        units = {_UNIT_FEN[found] for part in parts for found in _AMONG_WORDS.findall(part)}
    if len(units) > 1:
        raise Unreadable("two_units", heading=_shown(heading))
    return units.pop() if units else 0


def is_rate(heading: str, yearly: bool = False) -> bool:
    """Whether what stands in a heading's brackets makes its figures prices of a time or a thing.

    Args:
        yearly: the column tells what belongs to one year, so that 元/年 is its amount.

    >>> is_rate("金额（元/月）"), is_rate("合同金额（每卡时，元）"), is_rate("合同金额（人民币/元）")
    (True, True, False)
    """
    found = [match for part in _BRACKETS.findall(folded(heading)) for match in _PER.finditer(part)]
    return any(not (yearly and (one["each"] or "").startswith(("年", "year"))) for one in found)


def noted_unit(text: str) -> int:
    """Fen in the unit that a note or a title names for a whole table, 0 where it names none.

    >>> noted_unit("说明：以上金额单位均为万元"), noted_unit("单位：某局"), noted_unit("单位：人、万元")
    (1000000, 0, 1000000)

    Raises:
        Unreadable: it names another currency, or a unit of money that amounts can't be read in.
    """
    plain = " ".join(folded(text).split())
    units: set[int] = set()
    for found in _UNIT_OF_ALL.finditer(re.sub(r"单 位", "单位", plain)):
        said = [part for part in re.split("[、,，/和]", found["said"] or found["en"] or "") if part.strip()]
        units.update(unit for part in said if (unit := _alone(part)))
        if any(map(_FOREIGN.search, said)):
            raise Unreadable("currency", heading=_shown(text))
        about_money = found["of"] in _MONEY and not units
        if about_money or any(_DROP.sub("", part) in _NO_UNIT for part in said):
            raise Unreadable("unit", heading=_shown(text))
    if not units:
        units = {_UNIT_FEN[name] for name in _NOTED.findall("".join(plain.split()))[:1]}
    if len(units) > 1:
        raise Unreadable("two_units", heading=_shown(text))
    return units.pop() if units else 0


def is_unit(text: str) -> bool:
    """Whether a cell holds a unit of money and nothing else: a line of them under the headings.

    >>> is_unit("（万元）"), is_unit("万元"), is_unit("800万元"), is_unit("万")
    (True, True, False, False)
    """
    bare = folded(text).strip("()[]【】〔〕 ")
    return bare.endswith(("元", "圆", "yuan", "rmb", "cny")) and _alone(bare) > 0


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
        if unit := _unit_in_title(text) or noted_unit(text):
            return unit
    return 0


def _unit_in_title(text: str) -> int:
    """The unit that a group's name or a title ends in or has in brackets by itself; an amount is none."""
    plain = folded(text)
    parts = [part for part in in_brackets(plain) if _alone(part) or _FOREIGN.fullmatch(part.strip())]
    bare = _UNIT_BEHIND.search(_BRACKETS.sub("", plain)) if len(text) <= _GROUP else None
    if parts or bare or _alone(plain):
        return _alone(plain) or unit_of(text)
    return 0


def _powered(heading: str) -> bool:
    """Whether a power of ten stands in a heading's unit; a footnote's mark behind a word is none."""
    narrow = heading.translate(_BRACKETS_NARROW)
    return "^" in heading or any(map(_POWER.search, in_brackets(narrow)))


def _alone(part: str) -> int:
    """Fen in the unit that a part is, 0 where it is none."""
    said = _DROP.sub("", part.strip())
    return _UNIT_FEN.get(said, 0) or _UNIT_FEN.get(_DROP.sub("", _DRESS.sub("", part.strip())), 0)


def _shown(heading: str) -> str:
    return " ".join(heading.split())
