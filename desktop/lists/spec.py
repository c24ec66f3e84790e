"""What a list is: its columns, and two functions that read it. Everything else is the table's."""

import datetime
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

from casework.core.cursor_reads import Stop
from casework.core.office import SHANGHAI
from desktop.kit.theme import Meaning
from models.columns import moment_of
from rules.money import grouped

Kind = Literal["text", "number_text", "money", "count", "moment", "day", "chip"]
"""How a value is shown. ``number_text`` is an id made of digits: text, never a number."""


class Asked(Protocol):
    """What a list is asked for; a frozen dataclass with at least an order."""

    @property
    def sort(self) -> str:
        """The column it is sorted by."""

    @property
    def descending(self) -> bool:
        """Whether the highest stands first."""


Q = TypeVar("Q", bound=Asked)


class Shown(NamedTuple):
    """A value on screen: its text, and for a chip its meaning."""

    text: str
    meaning: Meaning | None = None


NOTHING = Shown("")


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: its name; its heading is the code ``<table>.column.<name>``.
        width: in pixels at 100 %.
        show: the text of a value that is not None, where its kind does not say it.
        meaning: the meaning of a chip's value.
        hidden: not shown until someone chooses it.
    """

    name: str
    kind: Kind = "text"
    width: int = 120
    show: Callable[[Any], str] | None = None
    meaning: Callable[[Any], Meaning] | None = None
    hidden: bool = False
    sortable: bool = True

    @property
    def right(self) -> bool:
        """Whether it stands at the right edge, so that figures stand below each other."""
        return self.kind in ("money", "count")

    def shown(self, value: Any) -> Shown:
        """A stored value as it stands on screen."""
        if value is None or value == "":
            return NOTHING
        text = self.show(value) if self.show is not None else _SHOW[self.kind](value)
        return Shown(text, self.meaning(value) if self.meaning is not None else None)

    def plain(self, value: Any) -> str:
        """A stored value as it is copied and exported: amounts without thousands."""
        text = self.shown(value).text
        return text.replace(",", "") if self.kind == "money" else text


@dataclass(frozen=True)
class TableSpec(Generic[Q]):
    """A list.

    Attributes:
        name: the list's name in settings and codes.
        columns: in the order of a row's values.
        ids: the numbers of all rows of a query in its order; called in a worker, stops by raising.
        rows: the values of some rows in the order of their numbers; () for one that is gone.
        told: what the foot says of selected rows (sums); called in a worker.
        cases: whether a row is an application, which Chinese counts by another word.
    """

    name: str
    columns: tuple[Column, ...]
    ids: Callable[[Q, Stop], "array[int]"]
    rows: Callable[[Sequence[int]], list[tuple[Any, ...]]]
    told: Callable[[Sequence[int], Stop], str] | None = None
    cases: bool = False
    at: dict[str, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.at.update((column.name, number) for number, column in enumerate(self.columns))

    def heading(self, column: Column) -> str:
        """The code of a column's heading."""
        return f"{self.name}.column.{column.name}"


def sorted_by(query: Q, column: str, descending: bool) -> Q:
    """The same query in another order."""
    return replace(query, sort=column, descending=descending)  # type: ignore[type-var]


def moment_text(stored: str) -> str:
    """A stored moment as a clock in the office shows it, to the minute."""
    return moment_of(stored).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def day_text(stored: str | datetime.date) -> str:
    """A day; of a moment the day at the office's place."""
    return moment_text(stored)[:10] if isinstance(stored, str) and len(stored) > 10 else str(stored)


_SHOW: dict[str, Callable[[Any], str]] = {
    "text": str,
    "number_text": str,
    "money": grouped,
    "count": lambda value: f"{value:,}",
    "moment": moment_text,
    "day": day_text,
    "chip": str,
}
