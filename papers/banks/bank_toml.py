"""A bank's file: how its payments go out and how its answers are read, as data (`docs/banks.md`).

`load` reads one and refuses what is not certain: a key that nobody knows, a column that takes a field that
there is not, a file to the bank without the account, the payee or the amount.
"""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from papers.banks import pattern, toml_table
from papers.banks.answer_toml import Answer, answer_of
from papers.banks.bank_fault import BankFault
from papers.banks.limits_toml import Limits, limits_of
from papers.banks.payment import FIELDS
from papers.banks.toml_table import Table
from rules import money
from words import machine

UNITS = {"yuan": money.YUAN_FEN, "fen": 1}
LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
OF_A_LINE = ("number", "date")
OF_A_FILE = ("date", "count", "total")
"""What the head and the foot of a text may name besides constants."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where something goes (a heading, or a column's letters) and what goes there."""

    place: str
    says: pattern.Pattern

    @property
    def field(self) -> str:
        """The payment's field that alone stands there; else the column's own name."""
        asked = pattern.names(self.says)
        alone = len(asked) == 1 and all(piece.name for piece in self.says)
        return asked[0] if alone and asked[0] not in OF_A_LINE else self.place


@dataclass(frozen=True, slots=True)
class Fill:
    """How payments go out. ``text``: into a text; else into a workbook's ``sheet`` (empty: the first that is
    seen). ``first_row`` is the first line or row of payments, ``last_row`` the last that may hold one (0: no
    such). ``closed``: a line ends with the separator too. ``numbers``: the columns that hold numbers.
    """

    text: bool
    columns: tuple[Column, ...]
    limits: Limits
    template: Path | None = None
    sheet: str = ""
    first_row: int = 1
    last_row: int = 0
    unit_fen: int = money.YUAN_FEN
    date_form: str = "YYYY-MM-DD"
    encoding: str = ""
    separator: str = ""
    closed: bool = False
    line_end: str = "\r\n"
    head: tuple[pattern.Pattern, ...] = ()
    foot: tuple[pattern.Pattern, ...] = ()
    numbers: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank's file, read."""

    name: str
    fill: Fill | None = None
    answer: Answer | None = None
    constants: Mapping[str, str] = field(default_factory=dict)


def load(path: Path) -> Bank:
    """The bank that a TOML file describes.

    Raises:
        BankFault: it is no TOML, or says what can't be; with the line.
        OSError: it can't be read.
    """
    content = machine.read_bytes(path, toml_table.MOST_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BankFault("bank.toml.encoding", file=path.name) from error
    try:
        return read(text, path.parent)
    except BankFault as fault:
        fault.params.setdefault("file", path.name)
        raise


def read(text: str, folder: Path) -> Bank:
    """The same of a text, whose template lies in a folder."""
    table = toml_table.whole_text(text.replace("\r\n", "\n"))
    name = table.needed("name")
    constants = _constants(table)
    out, back = table.table("fill"), table.table("answer")
    table.done()
    if out is None and back is None:
        table.fault("bank.toml.nothing")
    return Bank(
        name,
        None if out is None else _fill(out, folder, constants),
        None if back is None else answer_of(back),
        constants,
    )


def _constants(table: Table) -> dict[str, str]:
    within = table.table("constants")
    if within is None:
        return {}
    found = {}
    for key, value in within.rest().items():
        if not isinstance(value, str):
            within.fault("bank.toml.kind", key, wanted="text")
        if key in (*FIELDS, *OF_A_LINE, *OF_A_FILE):
            within.fault("bank.toml.constant", key)
        found[key] = value
    return found


def _fill(table: Table, folder: Path, constants: Mapping[str, str]) -> Fill:
    is_text = table.one_of("form", ("workbook", "text")) == "text"
    template = table.text("template").strip()
    if not template and not is_text:
        table.fault("bank.toml.missing", "template")
    more = table.texts("more")
    columns = _columns(table, (*FIELDS, *OF_A_LINE, *constants, *more))
    places = [column.place for column in columns]
    limits = limits_of(table.table("limits"), (*FIELDS, *more), places)
    fill = Fill(
        text=is_text,
        columns=columns,
        limits=limits,
        template=folder / template if template else None,
        first_row=table.whole("first_row", 1 if is_text else 0),
        last_row=table.whole("last_row"),
        unit_fen=UNITS[table.one_of("unit", tuple(UNITS))],
        date_form=_date_form(table),
        encoding=_encoding(table, is_text),
        more=more,
        **(_of_text(table, constants) if is_text else _of_workbook(table, places)),
    )
    if not fill.first_row:
        table.fault("bank.toml.missing", "first_row")
    table.done()
    return fill


def _of_workbook(table: Table, places: list[str]) -> dict[str, Any]:
    kinds = {}
    for key in ("numbers", "texts"):
        kinds[key] = frozenset(table.texts(key))
        if strange := sorted(kinds[key].difference(places)):
            table.fault("bank.toml.no_column", key, column=strange[0], columns=tuple(places))
    return {"sheet": table.text("sheet").strip(), **kinds}


def _of_text(table: Table, constants: Mapping[str, str]) -> dict[str, Any]:
    separator = table.text("separator")
    if not separator or "\n" in separator:
        table.fault("bank.toml.missing", "separator")
    ends = table.one_of("line_end", tuple(LINE_ENDS))
    outside = (*OF_A_FILE, *constants)
    around = {
        key: tuple(_pattern(table, key, line, outside) for line in table.texts(key))
        for key in ("head", "foot")
    }
    return {
        "separator": separator,
        "closed": table.flag("closed"),
        "line_end": LINE_ENDS[ends],
        **around,
    }


def _columns(table: Table, known: tuple[str, ...]) -> tuple[Column, ...]:
    within = table.table("columns") or table.fault("bank.toml.missing", "columns")
    found = []
    for place, says in within.rest().items():
        if not isinstance(says, str):
            within.fault("bank.toml.kind", place, wanted="text")
        found.append(Column(place.strip(), _pattern(within, place, says, known)))
    asked = {name for column in found for name in pattern.names(column.says)}
    for needed in ("payee", "account", "amount"):
        if needed not in asked:
            within.fault("bank.toml.without", field=needed)
    for column in found:
        if "amount" in pattern.names(column.says) and len(column.says) > 1:
            within.fault("bank.toml.amount_alone", column.place)
    return tuple(found)


def _pattern(table: Table, key: str, text: str, known: tuple[str, ...]) -> pattern.Pattern:
    try:
        found = pattern.parsed(text)
    except ValueError:
        table.fault("bank.toml.braces", key, value=text)
    for name in pattern.names(found):
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            table.fault("bank.toml.name", key, name=name, known=tuple(near) or known)
    return found


def _date_form(table: Table) -> str:
    form = table.text("date", "YYYY-MM-DD")
    if any(form.count(part) != 1 for part in ("YYYY", "MM", "DD")):
        table.fault("bank.toml.date", "date")
    return form


def _encoding(table: Table, needed: bool) -> str:
    said = table.text("encoding").strip()
    if not said:
        return table.fault("bank.toml.missing", "encoding") if needed else ""
    try:
        return codecs.lookup(said).name
    except LookupError:
        table.fault("bank.toml.codec", "encoding", value=said)
