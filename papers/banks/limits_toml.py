"""What a bank takes at most, as its file says: payments and money in a file, and each field's own limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules import money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from papers.banks.toml_table import Table


@dataclass(frozen=True, slots=True)
class Limit:
    """Of one field or column; 0, None and empty are no limit. ``bytes``: in the file's encoding, a Chinese
    character of GBK counts two."""

    of: str
    needed: bool = False
    characters: int = 0
    bytes: int = 0
    forbidden: str = ""
    one_of: tuple[str, ...] = ()
    digits: tuple[int, int] | None = None
    least_fen: int = 1
    most_fen: int = money.LIMIT_FEN


@dataclass(frozen=True, slots=True)
class Limits:
    """Of the whole file, and of its fields."""

    rows: int = 0
    total_fen: int | None = None
    fields: tuple[Limit, ...] = ()


def limits_of(table: Table | None, fields: Sequence[str], places: Sequence[str]) -> Limits:
    """The limits of a file's table; a field or a column of it may be named.

    Raises:
        BankFault: something else is named.
    """
    if table is None:
        return Limits()
    rows, total = table.whole("rows"), table.amount("total")
    found = []
    for name in (*fields, *(place for place in places if place not in fields)):
        within = table.table(name)
        if within is not None:
            found.append(_limit(within, name))
    table.done()
    return Limits(rows, total, tuple(found))


def _limit(table: Table, name: str) -> Limit:
    least, most = table.amount("least"), table.amount("most")
    if (least is not None or most is not None) and name != "amount":
        table.fault("bank.toml.only_amount", "least" if least is not None else "most")
    digits = table.text("digits").strip()
    first, _, last = digits.partition("-")
    if digits and not (first.isdecimal() and (last or first).isdecimal()):
        table.fault("bank.toml.kind", "digits", wanted="digits")
    limit = Limit(
        of=name,
        needed=table.flag("needed"),
        characters=table.whole("characters"),
        bytes=table.whole("bytes"),
        forbidden=table.text("forbidden"),
        one_of=table.texts("one_of"),
        digits=(int(first), int(last or first)) if digits else None,
        least_fen=1 if least is None else least,
        most_fen=money.LIMIT_FEN if most is None else most,
    )
    table.done()
    return limit
