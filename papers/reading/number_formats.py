"""What a cell shows by its number format: 300 under ``0"万元"`` stands there as 300万元.

A format may write a unit behind a number (``0"万元"``), show it in thousands (``#,##0,`` by a comma behind
the digits) or ten thousands (``0!.0,"万"``: thousands with a point put before the last digit), or show
another currency, a share, or nothing. Who looks at the table reads what is shown, so it counts where it is
certain, and where it is not the cell is no amount. The codes are those of ECMA-376, part 1, 18.8.31; ``!``
marks a character as it stands in Chinese Excel, as a backslash does elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

LARGEST = 1 << 24
"""Bytes of a styles part that is read."""
_BUILT_IN = {"9": "0%", "10": "0.00%"}
"""Formats that a file names by number alone and that show another value; all others show the number."""
_UNITS = {
    "元": 2, "圆": 2, "元整": 2, "圆整": 2, "百元": 4, "千": 5, "千元": 5, "k": 5, "万": 6, "万元": 6,
    "百万": 8, "百万元": 8, "m": 8, "千万": 9, "千万元": 9, "亿": 10, "亿元": 10,
}  # fmt: skip
"""Units that a format writes, as powers of ten of a fen."""
_RENMINBI = re.compile(r"[¥￥]|人民币|rmb|cny", re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£]|USD|HKD|EUR", re.IGNORECASE)
_DRESS = re.compile(r"[\s\-+()（）:：]+")
_DATE = re.compile(r"[ymdhsbega]|上午", re.IGNORECASE)
_CONDITION = re.compile(r"[<>=]")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].?|\[(?P<bracket>[^\]]*)\]?|(?P<other>.)', re.DOTALL
)


class Shown(NamedTuple):
    """How one section of a format shows a number: the literal text beside it, the tens by which it is
    divided, and whether it shows it at all. `padded`: zeros are put before it."""

    literal: str = ""
    tens: int = 0
    digits: bool = True
    padded: bool = False

    @property
    def power(self) -> int | None:
        """The unit of the stored number as a power of ten of a fen; 0: its column's. None: not certain."""
        if not self.digits:
            return None
        said = _DRESS.sub("", self.literal).lower()
        if not said:
            return None if self.tens else 0
        unit = _UNITS.get(said)
        if unit is None:
            return None
        if not self.tens:
            return unit
        return 2 if unit - self.tens == 2 else None


class Formatted(float):
    """A number that its format `code` may show as another one."""

    code: str

    @classmethod
    def of(cls, number: float, code: str) -> Formatted:
        """A number with its format."""
        made = cls(number)
        made.code = code
        return made

    @property
    def units_fen(self) -> frozenset[int]:
        """Fen in the unit that the number may be in; 0 stands for its column's. Empty: it can't be told."""
        powers = {shown.power for shown in sections(self.code)}
        if None in powers:
            return frozenset()
        return frozenset(10**power if power else 0 for power in powers if power is not None)

    def beside(self, in_yuan: bool) -> str:
        """What has to stand behind the digits so that a text says what is shown: a unit, or the format itself
        where it is another currency or shows but a part. Empty where the digits say it.

        Args:
            in_yuan: a number of the column is yuan where nothing else is said.
        """
        units = self.units_fen
        if units == {100}:
            return "" if in_yuan else "元"
        if not units:
            odd = any(one.tens or _CURRENCY.search(one.literal) for one in sections(self.code))
            return f" ({self.code})" if odd else ""
        literal = "".join(one.literal for one in sections(self.code)[:1])
        return _DRESS.sub("", literal) if 0 not in units else ""

    @property
    def is_name(self) -> bool:
        """Whether the digits alone are what is shown: no text and no zeros are put before or behind them."""
        return all(not (one.literal or one.tens or one.padded) and one.digits for one in sections(self.code))


def is_odd(code: str) -> bool:
    """Whether a number may look like another one by this format.

    >>> [is_odd(code) for code in ("General", "#,##0.00", '0"万元"', "0.00,,", "yyyy-mm-dd", "@", "000000")]
    [False, False, True, True, False, False, True]
    """
    return any(one != Shown() for one in sections(code))


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Shown, ...]:
    """How a format shows a number above zero: by its first section, or, where sections have conditions, by
    one of them; a day or a text is shown as it is."""
    found: list[Shown] = []
    conditional = False
    for text in _split(code):
        shown, condition = _section(text)
        conditional = conditional or condition
        found.append(shown)
    return tuple(dict.fromkeys(found[:3] if conditional else found[:1]))


def _split(code: str) -> list[str]:
    parts = [""]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def _section(text: str) -> tuple[Shown, bool]:
    """One section, and whether it says for which numbers it is."""
    literal, condition, plain = "", False, ""
    text = re.sub("general|g/通用格式", "0", text, flags=re.IGNORECASE)
    for match in _TOKEN.finditer(text):
        if match["bracket"] is not None:
            condition = condition or bool(_CONDITION.match(match["bracket"]))
            if match["bracket"].startswith("$"):
                literal += match["bracket"][1:].partition("-")[0]
            continue
        said = match["quoted"] if match["quoted"] is not None else match["escaped"]
        if said is None:
            plain += match["other"] or ""
        elif said == "." and re.search("[0#?]", plain):
            plain += "'"  # a point that is only drawn
        else:
            literal += said
    is_day = "#" not in plain and _DATE.search(re.sub("E[-+]", "", plain)) is not None
    if "@" in plain or is_day or (text.startswith("[") and not plain and not literal):
        return Shown(), condition
    return _of_digits(plain, _RENMINBI.sub("", literal)), condition


def _of_digits(plain: str, literal: str) -> Shown:
    """A section without its quoted parts."""
    literal += _RENMINBI.sub("", re.sub(r"[0#?.,'/ ]|E[-+]", "", plain))
    places = [at for at, sign in enumerate(plain) if sign in "0#?"]
    if not places:
        return Shown(literal, digits=False)
    number = plain[: places[-1] + 1].partition(".")[0]
    last = max([at for at in places if at < len(number)], default=places[-1])
    commas = len(re.match(",*", plain[last + 1 :])[0])  # type: ignore[index]
    if last != places[-1]:
        commas += len(re.match(",*", plain[places[-1] + 1 :])[0])  # type: ignore[index]
    drawn = number.rpartition("'")
    tens = 3 * commas + (sum(sign in "0#?" for sign in drawn[2]) if drawn[1] else 0)
    return Shown(literal.strip(), tens, True, number.count("0") > 1 and "'" not in number)


def odd_styles(content: bytes) -> dict[str, str]:
    """The formats that may show a number as another one, by the number that cells name a style by.

    A part that is no XML has none: who parses the workbook says whether it can be read.
    """
    codes, styles = dict(_BUILT_IN), list[str]()
    inside: list[str] = []

    def started(tag: str, said: dict[str, str]) -> None:
        name = tag.rsplit(" ", 1)[-1]
        if name == "numFmt":
            codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "dxfs"):
            inside[:] = [name]
        elif name == "xf" and inside == ["cellXfs"]:
            styles.append(said.get("numFmtId", "0"))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = started
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return {}
    return {str(at): codes[name] for at, name in enumerate(styles) if name in codes and is_odd(codes[name])}


def cell_mark(styles: Iterable[str]) -> re.Pattern[bytes]:
    """What finds the cells of some styles that hold something, in a sheet's bytes."""
    numbers = "|".join(styles).encode()
    return re.compile(
        rb"[<:]c\s((?:[^<>]*?\s)?s\s*=\s*[\"'](" + numbers + rb")[\"'][^<>]*)(?<!/)>", re.DOTALL
    )
