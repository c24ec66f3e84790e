"""Books as Beancount reads them: accounts, transactions, and what each account must stand at on a day.

Beancount (https://beancount.github.io/docs/beancount_language_syntax.html) keeps plain text: an account is a
path of words below one of five roots, each word beginning with a capital or a figure; a balance is asserted
for the beginning of a day.
"""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rules.money import yuan

CURRENCY = "CNY"
ROOTS: Mapping[str, str] = {
    "appropriation": "Equity:Appropriation",
    "available": "Assets:Available",
    "reserved": "Assets:Reserved",
    "committed": "Assets:Committed",
    "paid": "Expenses:Paid",
    "lapsed": "Expenses:Lapsed",
    "receivable": "Assets:Receivable",
    "recovered": "Income:Recovered",
    "treasury": "Equity:Treasury",
}
"""Where each account of the office stands in Beancount's five roots."""


class Posting(NamedTuple):
    """One side of a transaction; `funder` where it is one's part of an award."""

    account: str
    amount_fen: int
    funder: str | None = None


def account(name: str, budget: str, number: int) -> str:
    """The account of a budget: `Assets:Reserved:B1-shenzhen-training-voucher-2026`. The budget's number keeps
    two apart that are written alike once what Beancount can't read is left out."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", budget).strip("-")
    return f"{ROOTS[name]}:B{number}" + (f"-{plain}" if plain else "")


def quoted(text: str) -> str:
    """A text as a string of the file, on one line."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def heading(title: str, notes: Iterable[str]) -> str:
    """What stands on top: what it is, and what must be known of it."""
    said = "".join(f"; {' '.join(note.split())}\n" for note in notes)
    return f'{said}option "title" {quoted(title)}\noption "operating_currency" "{CURRENCY}"\n\n'


def opened(on: datetime.date, path: str) -> str:
    """An account is opened on a day."""
    return f"{on} open {path} {CURRENCY}\n"


def transaction(
    on: datetime.date, says: str, about: Mapping[str, object], postings: Iterable[Posting]
) -> str:
    """A transaction with what is told of it; `about` is by Beancount's own kind of keys, in lower case."""
    lines = [f"{on} * {quoted(says)}"]
    lines += [f"  {key}: {_value(value)}" for key, value in about.items() if value is not None]
    for one in postings:
        lines.append(f"  {one.account}  {yuan(one.amount_fen)} {CURRENCY}")
        if one.funder is not None:
            lines.append(f"    funder: {quoted(one.funder)}")
    return "\n".join(lines) + "\n\n"


def asserted(on: datetime.date, path: str, amount_fen: int) -> str:
    """What an account must stand at when a day begins."""
    return f"{on} balance {path}  {yuan(amount_fen)} {CURRENCY}\n"


def _value(value: object) -> str:
    return value.isoformat() if type(value) is datetime.date else quoted(str(value))
