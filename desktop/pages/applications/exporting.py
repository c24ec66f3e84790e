"""The list's columns and rows as a file takes them: amounts as fen, moments as moments, the rest as it is
read."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from casework.core.office import SHANGHAI
from desktop.kit.language import t
from desktop.lists.spec import Column, TableSpec
from models.columns import moment_of
from papers.ledgers.ledger_column import Column as Listed
from papers.ledgers.ledger_column import Kind

KINDS: dict[str, Kind] = {"money": "money", "moment": "moment", "count": "number"}
STEP = 500
PIXELS = 7.0
"""Pixels of the screen to a character's width in a workbook."""


def list_columns(spec: TableSpec[Any], shown: Sequence[Column]) -> list[Listed[Any]]:
    """The columns on screen, each taking its value from a row of the list."""
    return [_listed(column, spec.at[column.name]) for column in shown]


def _listed(column: Column, place: int) -> Listed[Any]:
    kind = KINDS.get(column.kind, "text")
    return Listed(
        t(f"applications.column.{column.name}"),
        lambda row: _value(column, row[place]),
        kind,
        max(8.0, column.width / PIXELS),
        total=kind == "money",
    )


def list_rows(spec: TableSpec[Any], ids: Sequence[int], step: Callable[[int, int], object]) -> Iterator[Any]:
    """The rows of these numbers, some at a time; ``step`` is told how far and may raise to stop."""
    for first in range(0, len(ids), STEP):
        step(first, len(ids))
        yield from filter(None, spec.rows(ids[first : first + STEP]))


def _value(column: Column, value: Any) -> Any:
    if value is None or column.kind in ("money", "count"):
        return value
    if column.kind == "moment":
        return moment_of(value).astimezone(SHANGHAI).replace(tzinfo=None)
    return column.shown(value).text
