"""How a bank's answer is read, as its file says: which column holds what, and what its words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rules import money

if TYPE_CHECKING:
    from papers.banks.toml_table import Table

OUTCOMES = ("paid", "failed", "pending", "returned")
"""What a word of a bank can mean for a payment."""
COLUMNS = ("ref", "account", "payee", "amount", "purpose", "status", "date", "flow", "reason", "done")
"""``done``: the amount that was really paid, where an answer says so instead of a word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``columns``: field to heading, column's letters or, of XML, element. ``words``: what a status means.

    ``xml``: the answer is XML, a payment being an element ``item``. ``first_row`` is set where there are no
    headings. ``last_line``: what a whole text ends with; ``count_after``, ``sum_after``: after which words an
    answer says how many payments it tells of, and their sum. ``left_out``: the words that begin the lines
    below the headings that are no payments.
    """

    columns: Mapping[str, str]
    words: Mapping[str, str] = field(default_factory=dict)
    xml: bool = False
    item: str = ""
    separator: str = ""
    sheet: str = ""
    first_row: int = 0
    unit_fen: int = money.YUAN_FEN
    last_line: str = ""
    count_after: str = ""
    sum_after: str = ""
    left_out: tuple[str, ...] = ()


def answer_of(table: Table) -> Answer:
    """The answers of a bank by its table.

    Raises:
        BankFault: a column or a word is missing or can't be.
    """
    xml = table.one_of("form", ("table", "xml")) == "xml"
    columns = _columns(table)
    answer = Answer(
        columns=columns,
        words=_words(table, "status" in columns),
        xml=xml,
        unit_fen=money.YUAN_FEN if table.one_of("unit", ("yuan", "fen")) == "yuan" else 1,
        **(_of_xml(table) if xml else _of_table(table)),
    )
    table.done()
    return answer


def _of_xml(table: Table) -> dict[str, Any]:
    return {"item": table.needed("item")}


def _of_table(table: Table) -> dict[str, Any]:
    return {
        "separator": table.text("separator"),
        "sheet": table.text("sheet").strip(),
        "first_row": table.whole("first_row"),
        "last_line": table.text("last_line").strip(),
        "count_after": table.text("count_after").strip(),
        "sum_after": table.text("sum_after").strip(),
        "left_out": table.texts("left_out"),
    }


def _columns(table: Table) -> dict[str, str]:
    within = table.table("columns") or table.fault("bank.toml.missing", "columns")
    found = {name: place for name in COLUMNS if (place := within.text(name).strip())}
    within.done()
    if "amount" not in found:
        within.fault("bank.toml.missing", "amount")
    if not found.keys() & {"ref", "account"}:
        within.fault("bank.toml.missing", "ref")
    if not found.keys() & {"status", "done"}:
        within.fault("bank.toml.missing", "status")
    return found


def _words(table: Table, needed: bool) -> dict[str, str]:
    within = table.table("status")
    if within is None:
        return table.fault("bank.toml.missing", "status") if needed else {}
    found: dict[str, str] = {}
    for outcome in OUTCOMES:
        for word in within.texts(outcome):
            key = "".join(word.split())
            if key in found:
                within.fault("bank.toml.two_meanings", outcome, word=word)
            found[key] = outcome
    within.done()
    if needed and "paid" not in found.values():
        within.fault("bank.toml.missing", "paid")
    return found
