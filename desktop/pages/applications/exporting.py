"""The list's columns and rows as a file takes them: amounts as fen, moments as moments, the rest as it is
read."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from casework.listing import Kind, ListColumn
from casework.office import SHANGHAI
from desktop.kit.language import t
from desktop.lists.spec import Column, TableSpec
from models.columns import moment_of

KINDS: dict[str, Kind] = {"money": "money", "moment": "moment", "count": "number"}
STEP = 500
PIXELS = 7.0
"""Pixels of the screen to a character's width in a workbook."""


def list_columns(shown: Sequence[Column]) -> list[ListColumn]:
    """The columns on screen."""
    return [
        ListColumn(t(f"applications.column.{c.name}"), KINDS.get(c.kind, "text"), max(8.0, c.width / PIXELS))
        for c in shown
    ]


def list_rows(
    spec: TableSpec[Any], shown: Sequence[Column], ids: Sequence[int], step: Callable[[int, int], object]
) -> Iterator[list[Any]]:
    """The rows of these numbers, some at a time; ``step`` is told how far and may raise to stop."""
    at = [spec.at[column.name] for column in shown]
    for first in range(0, len(ids), STEP):
        step(first, len(ids))
        for row in spec.rows(ids[first : first + STEP]):
            if row:
                yield [_value(column, row[place]) for column, place in zip(shown, at, strict=True)]


def _value(column: Column, value: Any) -> Any:
    if value is None or column.kind in ("money", "count"):
        return value
    if column.kind == "moment":
        return moment_of(value).astimezone(SHANGHAI).replace(tzinfo=None)
    return column.shown(value).text
