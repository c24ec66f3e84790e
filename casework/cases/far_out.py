"""When an amount is far out among the others of its file: one measure for import, check and `calculate`,
which works without a database."""

from collections.abc import Iterable, Sequence

from casework.cases.field_table import COLUMNS, FIELDS
from rules.pack import Pack

MONEY = tuple(name for name, field in FIELDS.items() if field.fact.type == "money" and name in COLUMNS)
"""The amounts of every application."""
FAR = 1_000
"""An amount that is so many times what most others of its file are is written in another unit, or wrong: yuan
under a heading in 万元 are ten thousand times."""
LARGE_FEN = 100_000_000_000
"""What an amount is far out above where no pack in force states a year's budget (1,000,000,000.00 yuan): the
largest lease of computing power that was seen in practice was of 922 million."""
LEAST_OTHERS = 3
"""Amounts of a file beside which one can be far out."""


def amounts_of(packs: Iterable[Pack]) -> tuple[str, ...]:
    """The amounts of a case: those of every application, and what its packs declare besides."""
    own = (fact.id for pack in packs for fact in pack.facts.values() if fact.type == "money")
    return tuple(dict.fromkeys((*MONEY, *own)))


def most_of(budget_fen: int | None) -> int:
    """What an amount is far out above: the year's budget, as its pack states it."""
    return LARGE_FEN if budget_fen is None else budget_fen


def middle_of(rising: Sequence[int]) -> int | None:
    """The middle of a file's amounts above zero, in their order; None where there are too few to tell."""
    return rising[len(rising) // 2] if len(rising) > LEAST_OTHERS else None
