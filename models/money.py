"""Money in the office's tables: whole fen, in a column type of its own.

A `Decimal` column is a float on SQLite and an `int` column is four bytes on PostgreSQL; neither says so
before the sum is wrong. `Fen` takes an `int`, nothing that merely looks like one, and is eight bytes wide
everywhere.
"""

from typing import Any

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

MOST_FEN = 10**15
"""The largest amount an office handles, either side of zero: ten million million yuan (10^13)."""


class Fen(TypeDecorator[int]):
    """An amount in fen.

    Args:
        least: the smallest amount the column takes; 0 for a counter, `-MOST_FEN` for an entry's amount.

    Raises:
        TypeError: for bool, float, Decimal, str or anything else that is not an `int`.
        ValueError: for an amount outside `least` … `MOST_FEN`.
    """

    impl = BigInteger
    cache_ok = True

    def __init__(self, least: int = -MOST_FEN) -> None:
        super().__init__()
        self.least = least

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """As it is stored. Raises TypeError for another type, ValueError for what no office can hold."""
        if value is None:
            return None
        if type(value) is not int:
            raise TypeError(f"money is an int of fen, not {type(value).__name__}")
        if not -MOST_FEN <= value <= MOST_FEN:
            raise ValueError("the amount is outside what an office can hold")
        return value

    def check(self, column: str) -> str:
        """The SQL condition that the column's CHECK holds."""
        return f"{column} BETWEEN {self.least} AND {MOST_FEN}"
