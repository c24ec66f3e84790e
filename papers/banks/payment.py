"""What the office wants paid, one row a payment, as `PAYMENTS.csv` has it.

Columns are ``ref, payee, bank, cnaps, province, city, account, amount, purpose`` in any order; amounts are
yuan. Other columns (an allotment, classifications) come along under their own names, for banks' files that
ask for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import words
from papers.banks import file_rows
from papers.banks.bank_fault import BankFault
from rules import money
from rules.plain_text import clean

FIELDS = ("ref", "payee", "bank", "cnaps", "province", "city", "account", "amount", "purpose")
NEEDED = ("ref", "payee", "account", "amount")
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment. ``ref`` is the office's own number of it, ``row`` where its file has it (0: none does),
    ``more`` the other columns of that."""

    ref: str
    payee: str
    account: str
    amount_fen: int
    purpose: str = ""
    bank: str = ""
    cnaps: str = ""
    province: str = ""
    city: str = ""
    row: int = 0
    more: Mapping[str, str] = field(default_factory=dict)

    def says(self, name: str) -> str:
        """The text of a field; of the amount, yuan with two decimals."""
        if name == "amount":
            return yuan(self.amount_fen)
        return str(getattr(self, name)) if name in FIELDS else self.more.get(name, "")


class Refusal(NamedTuple):
    """Why a payment is not written: its row and number, the field, and a code with its parameters."""

    row: int
    ref: str
    field: str
    code: str
    params: Mapping[str, object]

    def say(self, lang: str = words.DEFAULT) -> str:
        """The sentence, with the row."""
        return words.say(self.code, lang, row=self.row, ref=self.ref, field=self.field, **self.params)


class Payments(NamedTuple):
    """The payments of a file, the rows that are none, and how many rows there are."""

    found: tuple[Payment, ...]
    refused: tuple[Refusal, ...]
    rows: int
    more: frozenset[str]


def yuan(fen: int) -> str:
    """An amount as files have it: yuan, two decimals, no commas."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def read(path: Path) -> Payments:
    """The payments of a file.

    Raises:
        Unreadable: it is no table, or may do harm.
        BankFault: a column is missing or there twice, or no row is there.
    """
    lines = [line for sheet in file_rows.read(path, separator=",").sheets for line in sheet.lines]
    held = [(number, cells) for number, cells in lines if any(map(file_rows.bare, cells))]
    if len(held) < 2:
        raise BankFault("bank.payments.empty", file=path.name)
    if len(held) > MOST + 1:
        raise BankFault("bank.payments.many", file=path.name, most=MOST)
    names = _names(held[0][1], path.name)
    payments, refused = list[Payment](), list[Refusal]()
    for number, cells in held[1:]:
        found = _payment(number, names, cells)
        if isinstance(found, Payment):
            payments.append(found)
        else:
            refused.append(found)
    more = frozenset(names) - {*FIELDS, ""}
    return Payments(tuple(payments), tuple(refused), len(held) - 1, more)


def _names(cells: Sequence[str], file: str) -> list[str]:
    names = [file_rows.bare(cell) for cell in cells]
    for name in FIELDS:
        if names.count(name) != 1:
            code = "bank.payments.twice" if name in names else "bank.payments.column"
            raise BankFault(code, file=file, column=name, columns=FIELDS)
    return names


def _payment(row: int, names: Sequence[str], cells: Sequence[str]) -> Payment | Refusal:
    said = {name: file_rows.bare(cell) for name, cell in zip(names, cells, strict=False) if name}
    ref = said.get("ref", "")

    def refused(name: str, code: str, **params: object) -> Refusal:
        return Refusal(row, ref, name, code, params)

    if len(cells) < len(names):
        return refused("purpose", "bank.payment.cut", cells=len(cells), most=len(names))
    if any(map(file_rows.bare, cells[len(names) :])):
        return refused("purpose", "bank.payment.more", most=len(names))
    for name in ("account", "cnaps", "ref"):
        if file_rows.is_rounded(cells[list(names).index(name)]):
            return refused(name, "bank.payment.rounded", value=said[name])
    try:
        said = {name: clean(text) for name, text in said.items()}
        fen = money.parse(said["amount"])
    except money.MoneyError:
        return refused("amount", "bank.payment.amount", value=said["amount"])
    except ValueError:
        bad = next(name for name, text in said.items() if not text.isprintable())
        return refused(bad, "bank.payment.unprintable")
    fields = {name: said[name] for name in FIELDS if name != "amount"}
    more = {name: text for name, text in said.items() if name not in FIELDS}
    return Payment(**fields, amount_fen=fen, row=row, more=more)
