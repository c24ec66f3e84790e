"""Amounts of money: yuan on paper, whole fen inside.

One yuan is ten jiao or a hundred fen, and the fen is the smallest piece of money there is.
An amount is therefore a plain ``int`` of fen everywhere in the program, and nothing here
touches a float: ``int(0.29 * 100)`` is 28.

People write the same amount in many ways: ``8000000``, ``8,000,000.00``, ``￥8,000,000``,
``８００００００元``, ``800万元``, ``捌佰万元整``. `parse` reads those and refuses what would need a
guess. It never rounds: an amount that is no whole number of fen is an error. The unit may
stand in the heading of a column instead of the cell; the caller then passes it
(``unit_fen=WAN_FEN`` for 万元), and a unit written in the cell itself goes first.

>>> parse('8,000,000.00')
800000000
>>> parse('￥1，234.5元')
123450
>>> parse('50万元'), parse('人民币伍拾万元整')
(50000000, 50000000)
>>> parse('12.345678', unit_fen=WAN_FEN)
12345678
>>> parse('1.005')
Traceback (most recent call last):
    ...
rules.money.MoneyError: decimals: '1.005'

On letters and cheques an amount stands in capital characters too (大写), which are hard to
alter. How they are written is settled by the 正确填写票据和结算凭证的基本规定 (annex to the
支付结算办法, 银发〔1997〕393号) and 会计基础工作规范 article 52: 零 where zeros stand between
digits, but one for several; 整 after 元 or 角, never after 分. Both leave a 零 open in two
places: in front of 角 where the yuan end in 0, and after 万 or 亿 where that group ends in 0
and the next begins at the thousands. `capital` writes the first and leaves out the second, as the
first form of each example there; `from_capital` reads all forms that are allowed and no other.

>>> capital(10000600000)
'壹亿零陆仟元整'
>>> capital(10700053)
'壹拾万柒仟元零伍角叁分'
>>> from_capital('人民币壹拾万零柒仟元伍角叁分')
10700053

A share of an amount is a ratio of whole numbers with a stated rounding:

>>> apply_ratio(101, 50, 100)
50
>>> apply_ratio(101, 50, 100, mode='half_up')
51
"""

import re
from typing import Annotated, Literal, NoReturn, TypeAlias

from rules.plain_text import UNSEEN

YUAN_FEN = 100
"""Fen in one yuan (元)."""
WAN_FEN = 1_000_000
"""Fen in ten thousand yuan (万元)."""
YI_FEN = 10_000_000_000
"""Fen in a hundred million yuan (亿元)."""
LIMIT_FEN = 10**15
"""The largest amount that is read: ten trillion yuan, far above any budget."""
CAPITAL_LIMIT_FEN = 10**16
"""The largest amount that is written in capital characters."""

SignedFen: TypeAlias = Annotated[int, "signed"]
"""Fen of an amount whose sign means something: below zero it takes away what one above zero gives."""

Mode = Literal["down", "up", "half_up", "half_even"]


class MoneyError(ValueError):
    """A text that is no amount. `code` says why; `text` is what was read.

    Codes: ``empty``, ``sign`` (a plus or minus: amounts here have none), ``exponent``,
    ``letter`` (any character that is no part of an amount), ``points`` (more than one decimal
    point), ``decimals`` (finer than a fen), ``comma`` (not every three digits), ``unit`` (the
    text says yuan and the heading says another unit), ``number`` (digits missing around the
    point), ``limit`` (too large), ``capital`` (not written as the rules for capitals say).
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text[:60]!r}")
        self.code = code
        self.text = text


# Full-width forms become their plain twins. All of NFKC would be too much: it turns 10² into 102.
_PLAIN: dict[int, int | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN |= {0xFFE5: ord("¥"), **UNSEEN}

_UNITS = {"元": YUAN_FEN, "圆": YUAN_FEN, "万": WAN_FEN, "亿": YI_FEN}
_UNITS |= {big + small: _UNITS[big] for big in "万亿" for small in "元圆"}
_WRITTEN = re.compile(r"(人民币)?\s*(¥)?\s*([^\s万亿元圆整]+)\s*([万亿]?[元圆]整?|[万亿]?)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_MOST_DIGITS = 40
_CAPITALS = re.compile("[零壹贰貳叁肆伍陆陸柒捌玖拾佰仟]")


def parse(text: str, unit_fen: int = YUAN_FEN) -> int:
    """The amount that a person wrote, in fen.

    Args:
        text: the cell's text; blanks around it, ￥ in front and a unit behind are allowed.
        unit_fen: fen in one unit of the heading: `YUAN_FEN`, `WAN_FEN` or `YI_FEN`.

    Raises:
        MoneyError: the text is no amount, or one only by guessing; see its codes.
    """
    if unit_fen == YUAN_FEN and len(text) < 24:
        # The plain forms of a portal's export, a hundred thousand to a file.
        if text[-3:-2] == "." and text.isascii() and (bare := text[:-3] + text[-2:]).isdigit():
            fen = int(bare)
            if len(bare) > 2 and fen <= LIMIT_FEN:
                return fen
        said = text[1:] if text[:1] in "￥¥" else text.removesuffix("元")
        whole, part = (said[:-3], said[-2:]) if said[-3:-2] == "." else (said, "00")
        if said.isascii() and part.isdigit():
            digits = whole.replace(",", "")
            if digits.isdigit() and (digits == whole or f"{int(digits):,}" == whole):
                fen = int(digits + part)
                if fen <= LIMIT_FEN:
                    return fen
    return _parse_slowly(text, unit_fen)


def parse_signed(text: str) -> int:
    """An amount in fen whose sign means something, as ``-2970000.00`` that cuts an allotment.

    Raises:
        MoneyError: as `parse`; a sign alone, or two of them.
    """
    plain = text.translate(_PLAIN).replace("\N{MINUS SIGN}", "-").strip()
    return -parse(plain[1:]) if plain.startswith("-") else parse(plain.removeprefix("+"))


def _parse_slowly(text: str, unit_fen: int) -> int:
    plain = text.translate(_PLAIN).strip()
    if not plain:
        raise MoneyError("empty", text)
    if _CAPITALS.search(plain):
        return _of_capitals(plain, text)
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        _refuse(plain, text)
    renminbi, sign, number, unit = match.groups()
    if unit:
        unit_fen = _UNITS[unit.removesuffix("整")]
    elif (renminbi or sign) and unit_fen != YUAN_FEN:
        raise MoneyError("unit", text)  # ¥50 under 万元: fifty yuan or half a million
    if not re.fullmatch(r"[0-9,]*\.?[0-9]*", number):
        _refuse(number, text)
    if "," in number:
        if not _GROUPED.fullmatch(number):
            raise MoneyError("comma", text)
        number = number.replace(",", "")
    return _scaled(number, unit_fen, text)


def _of_capitals(plain: str, text: str) -> int:
    """An amount in capital characters, which name their own unit."""
    try:
        fen = from_capital(plain.removeprefix("¥"))
    except MoneyError:
        raise MoneyError("letter", text) from None
    if fen > LIMIT_FEN:
        raise MoneyError("limit", text)
    return fen


def _scaled(number: str, unit_fen: int, text: str) -> int:
    """Digits with at most one point, times the unit, exactly."""
    whole, point, part = number.partition(".")
    if not whole or (point and not part):
        raise MoneyError("number", text)
    if len(part) > len(str(unit_fen)) - 1:
        raise MoneyError("decimals", text)
    if len(whole) > _MOST_DIGITS:
        raise MoneyError("limit", text)
    fen: int = int(whole + part) * unit_fen // 10 ** len(part)
    if fen > LIMIT_FEN:
        raise MoneyError("limit", text)
    return fen


def _refuse(number: str, text: str) -> NoReturn:
    """Say why `number` is none: the first of the usual reasons that fits."""
    if re.fullmatch(r"[^0-9]*[-+−].*", number):
        raise MoneyError("sign", text)
    if re.fullmatch(r"[0-9.,]+[eE][-+]?[0-9]+", number):
        raise MoneyError("exponent", text)
    if re.fullmatch(r"[0-9.,]*", number):
        raise MoneyError("points" if number.count(".") > 1 else "comma", text)
    raise MoneyError("letter", text)


def yuan(fen: int) -> str:
    """The amount in yuan with two decimals and nothing else: ``1234.50``.

    >>> yuan(123450), yuan(-5)
    ('1234.50', '-0.05')
    """
    if fen < 0:
        return "-" + yuan(-fen)
    text = str(fen) if fen > 99 else f"{fen:03}"
    return f"{text[:-2]}.{text[-2:]}"


def grouped(fen: int) -> str:
    """The amount in yuan as people read it: ``1,234.50``.

    >>> grouped(800000000)
    '8,000,000.00'
    """
    if fen < 0:
        return "-" + grouped(-fen)
    return f"{fen // 100:,}.{fen % 100:02d}"


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_VALUE = {character: value for value, character in enumerate(_DIGITS)}
_WEIGHT = {"拾": 10, "佰": 100, "仟": 1000}
# The rules accept these traditional characters; 一 二 三 and 廿 they do not.
_TRADITIONAL = str.maketrans("貳陸億萬圓圆正", "贰陆亿万元元整")


def _group(value: int) -> str:
    """A number from 1 to 9999 without zeros in front: 205 is 贰佰零伍."""
    said = ""
    skipped = False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            said += ("零" if skipped and said else "") + _DIGITS[digit] + _PLACES[place]
        skipped = not digit
    return said


_GROUPS = ("", *(_group(value) for value in range(1, 10_000)))


def _joined(high: int, unit: str, low: int, low_full: int, open_zero: str) -> str:
    """``high`` groups, their unit, ``low`` groups, with the 零 between them that is due.

    `low_full` is the value from which `low` fills its highest place. Below it a 零 is due, and
    also after a whole group of zeros; else one may stand where `high` ends in 0, and `open_zero`
    is what is written then.
    """
    said = (_GROUPS[high] if high < 10_000 else _whole(high, open_zero)) + unit
    if not low:
        return said
    due = low < low_full or high % 10_000 == 0
    allowed = high % 10 == 0
    return said + ("零" if due else open_zero if allowed else "") + _whole(low, open_zero)


def _whole(value: int, open_zero: str) -> str:
    """A whole number from 1 to 10^16 − 1 in capitals."""
    if value < 10_000:
        return _GROUPS[value]
    if value < 100_000_000:
        return _joined(value // 10_000, "万", value % 10_000, 1000, open_zero)
    return _joined(value // 100_000_000, "亿", value % 100_000_000, 10_000_000, open_zero)


def _spelled(fen: int, group_zero: str, jiao_zero: str) -> str:
    whole, part = divmod(fen, 100)
    jiao, single = divmod(part, 10)
    said = _whole(whole, group_zero) + "元" if whole or not part else ""
    if not part:
        return (said if whole else "零元") + "整"
    if jiao:
        if whole and whole % 10 == 0:
            said += jiao_zero
        said += _DIGITS[jiao] + "角"
    elif whole:
        said += "零"
    return said + (_DIGITS[single] + "分" if single else "整")


def capital(fen: int) -> str:
    """The amount in capital characters (大写), without 人民币 in front.

    >>> capital(0), capital(140950), capital(1640902)
    ('零元整', '壹仟肆佰零玖元伍角整', '壹万陆仟肆佰零玖元零贰分')

    Raises:
        MoneyError: below zero (``sign``) or above `CAPITAL_LIMIT_FEN` (``limit``).
    """
    if fen < 0:
        raise MoneyError("sign", yuan(fen))
    if fen > CAPITAL_LIMIT_FEN:
        raise MoneyError("limit", yuan(fen))
    return _spelled(fen, "", "零")


def from_capital(text: str) -> int:
    """The amount that capital characters say, in fen.

    >>> from_capital('伍角'), from_capital('壹佰万亿元整')
    (50, 10000000000000000)

    Raises:
        MoneyError: ``capital``, unless the text is one that the rules allow for its amount;
            壹佰贰元, which may be 102 or 120, is none.
    """
    said = text.strip().removeprefix("人民币").translate(_TRADITIONAL)
    fen = _counted(said, text)
    if fen <= CAPITAL_LIMIT_FEN:
        if said == _spelled(fen, "", "零"):
            return fen
        pattern = _spelled(fen, "零?", "零?")
        if fen % 100 and not fen % 10:
            pattern += "?"  # 整 may be left out after 角
        if re.fullmatch(pattern, said):
            return fen
    raise MoneyError("capital", text)


def _counted(said: str, text: str) -> int:
    """The sum of digits and places, before it is known whether they are in order."""
    total = section = group = digit = 0  # fen before 元; up to 亿; up to 万; the last digit
    for character in said:
        if character in _VALUE:
            digit = _VALUE[character]
        elif character in _WEIGHT:
            group, digit = group + digit * _WEIGHT[character], 0
        elif character == "万":
            section, group, digit = section + (group + digit) * 10_000, 0, 0
        elif character == "亿":
            total, section, group, digit = (section + group + digit) * 10_000_000_000, 0, 0, 0
        elif character == "元":
            total, section, group, digit = total + (section + group + digit) * 100, 0, 0, 0
        elif character == "角":
            total, digit = total + digit * 10, 0
        elif character == "分":
            total, digit = total + digit, 0
        elif character != "整":
            raise MoneyError("capital", text)
    return total


def apply_ratio(value: int, numerator: int, denominator: int, unit: int = 1, mode: Mode = "down") -> int:
    """``value × numerator ÷ denominator``, rounded to whole `unit`s.

    Rounding works on magnitudes, so that −7 ÷ 2 rounded down is −3: ``down`` is towards zero,
    ``up`` away from it; ``half_up`` takes a tie away from zero, ``half_even`` to the even unit.

    Args:
        value: an amount in fen (or any whole number).
        numerator, denominator: the ratio; 60 and 100 are 60 %. The denominator is above zero.
        unit: what the result is a multiple of, in the value's unit: 100 for whole yuan.
        mode: how it is rounded.

    >>> [apply_ratio(250, 1, 100, mode=mode) for mode in ('down', 'up', 'half_up', 'half_even')]
    [2, 3, 3, 2]
    >>> apply_ratio(-7, 1, 2), apply_ratio(123456, 1, 1, unit=100)
    (-3, 123400)
    """
    if denominator <= 0 or unit <= 0:
        raise ValueError("a ratio's denominator and unit are above zero")
    product = value * numerator
    divisor = denominator * unit
    units, rest = divmod(abs(product), divisor)
    if mode == "up":
        units += rest > 0
    elif mode == "half_up":
        units += 2 * rest >= divisor
    elif mode == "half_even":
        units += 2 * rest > divisor or (2 * rest == divisor and units % 2 == 1)
    elif mode != "down":
        raise ValueError(f"no such rounding: {mode}")
    return units * unit if product >= 0 else -units * unit
