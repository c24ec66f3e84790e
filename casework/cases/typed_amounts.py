"""An amount as a person types it, wherever the program asks for one: one reader for every field and option.

Read is what `rules.money.parse` reads (yuan, 万, 亿, full width, groups, capitals), and a keyboard's sums
beside it: `1.2万+3000`, `=12*800`. In a sum a number without a unit is a factor where it is multiplied or
divided by, and counts in the field's own unit where it is added.
"""

import re
from fractions import Fraction

from rules import money
from rules.facts import FactError
from rules.plain_text import narrowed

_TOKEN = re.compile(r"\s*(?:((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)\s*([万亿]?元?)|(.))")
_ADDED = re.compile(r"[^+]+(\+[^+]+)+")
"""Amounts with a plus between them are a sum by themselves; the other signs stand in ranges, days and numbers
of documents too, and want the `=` in front."""
_UNITS = {"元": money.YUAN_FEN, "万": money.WAN_FEN, "亿": money.YI_FEN}
_SIGNS = str.maketrans("×÷－—", "*/--")

_Part = tuple[Fraction, bool]
"""A value, and whether it is an amount in fen; otherwise it is a bare number."""


def read_amount(text: str, unit_fen: int = money.YUAN_FEN) -> int:
    """The amount in fen.

    Args:
        unit_fen: fen in what a bare number counts, where a heading names another unit than the yuan.

    Raises:
        FactError: `amount`, with why as `rules.money.MoneyError` has it; `sum`: a sum that can't be worked
            out, or that is below zero or finer than a fen.
    """
    narrow = narrowed(text)
    if is_sum(narrow):
        return _Sum(narrow, unit_fen).fen()
    try:
        return money.parse(text, unit_fen)
    except money.MoneyError as error:
        raise FactError("amount", error.code) from error


def is_sum(narrow: str) -> bool:
    """Whether a text, half-width already, is to be worked out."""
    return narrow.startswith("=") or _ADDED.fullmatch(narrow) is not None


class _Sum:
    """What is left to be read of a sum."""

    def __init__(self, narrow: str, unit_fen: int) -> None:
        text = narrow.removeprefix("=").translate(_SIGNS)
        self.tokens = [(one[1] or one[3] or "", one[2] or "") for one in _TOKEN.finditer(text)]
        self.unit_fen = unit_fen

    def fen(self) -> int:
        """All of it, in fen."""
        try:
            fen = self._amount(self._added())
        except (ValueError, ZeroDivisionError, IndexError, RecursionError) as error:
            raise FactError("sum") from error
        if self.tokens or fen.denominator != 1 or not 0 <= fen.numerator <= money.LIMIT_FEN:
            raise FactError("sum")
        return fen.numerator

    def _amount(self, part: _Part) -> Fraction:
        return part[0] if part[1] else part[0] * self.unit_fen

    def _next(self, signs: str) -> str:
        return self.tokens.pop(0)[0] if self.tokens and self.tokens[0][0] in tuple(signs) else ""

    def _added(self) -> _Part:
        value = self._multiplied()
        while sign := self._next("+-"):
            other = self._multiplied()
            if value[1] != other[1]:
                value, other = (self._amount(value), True), (self._amount(other), True)
            value = value[0] + (other[0] if sign == "+" else -other[0]), value[1]
        return value

    def _multiplied(self) -> _Part:
        value = self._single()
        while sign := self._next("*/"):
            other = self._single()
            if other[1] and (value[1] or sign == "/"):
                raise ValueError(sign)  # an amount times or by an amount is none
            value = (
                value[0] * other[0] if sign == "*" else value[0] / other[0],
                value[1] or other[1],
            )
        return value

    def _single(self) -> _Part:
        if self._next("("):
            value = self._added()
            if not self._next(")"):
                raise ValueError(")")
            return value
        number, unit = self.tokens.pop(0)
        value_of = Fraction(number.replace(",", ""))
        return (value_of * _UNITS[unit[0]], True) if unit else (value_of, False)
