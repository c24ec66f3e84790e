"""A list of rows that are at hand already: the table of any length over a few, sorted and copied alike."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from casework.core.cursor_reads import Stop
from desktop.kit.desk import Desk
from desktop.kit.theme import Theme
from desktop.lists.pane import TablePane
from desktop.lists.spec import Column, TableSpec


@dataclass(frozen=True, slots=True)
class Order:
    """How the rows are sorted; without a column they stand as they were given."""

    sort: str = ""
    descending: bool = False


class PlainTable(TablePane[Order]):
    """A list over rows at hand. A row's number is its place among those given.

    Args:
        name: of the list; its headings are ``<name>.column.<column>``.
        told: what the foot says of selected rows.
        cases: whether a row is an application.
    """

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        name: str,
        columns: tuple[Column, ...],
        *,
        empty: QWidget | None = None,
        told: Callable[[Sequence[tuple[Any, ...]]], str] | None = None,
        cases: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        held: list[tuple[tuple[Any, ...], ...]] = [()]
        self._held = held
        places = {column.name: at for at, column in enumerate(columns)}

        def ids(order: Order, stop: Stop) -> "array[int]":
            rows = held[0]
            numbers = range(len(rows))
            if not order.sort:
                return array("q", numbers)
            at = places[order.sort]
            known = [number for number in numbers if rows[number][at] is not None]
            known.sort(key=lambda number: rows[number][at], reverse=order.descending)
            return array("q", [*known, *(number for number in numbers if rows[number][at] is None)])

        def rows(wanted: Sequence[int]) -> list[tuple[Any, ...]]:
            there = held[0]
            return [there[number] if number < len(there) else () for number in wanted]

        def foot(wanted: Sequence[int], stop: Stop) -> str:
            assert told is not None
            return told([row for row in rows(wanted) if row])

        spec = TableSpec(name, columns, ids, rows, foot if told is not None else None, cases)
        super().__init__(desk.workers, spec, theme, desk.settings, empty, parent)
        self.said.connect(desk.say)

    def put(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Show these rows, in the order chosen before."""
        self._held[0] = tuple(rows)
        self.ask(self.model.query or Order())

    @property
    def rows(self) -> tuple[tuple[Any, ...], ...]:
        """The rows as given."""
        return self._held[0]
