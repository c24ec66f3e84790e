"""A table of a bank's file as its reader goes through it: each key once, and what is left is a mistake.

A clerk writes these by hand, so a key that nobody knows is never passed over: it is named with its line and
with the key that was probably meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from papers.banks.bank_fault import BankFault
from rules import money, toml_text

Path = tuple[str, ...]
MOST_BYTES = 1 << 20


class Table:
    """One table: its values by key, and where it stands in the text."""

    def __init__(self, said: Mapping[str, Any], lines: Mapping[Any, tuple[int, int]], path: Path) -> None:
        self._left, self._known = dict(said), set[str]()
        self._lines, self._path = lines, path

    def fault(self, code: str, key: str = "", **params: object) -> NoReturn:
        """Refuse the file for what a key of this table says.

        Raises:
            BankFault: always.
        """
        path = (*self._path, key) if key else self._path
        while path and path not in self._lines:
            path = path[:-1]
        line = self._lines[path][0] if path else 1
        raise BankFault(code, line=line, key=".".join((*self._path, *([key] if key else []))), **params)

    def _take(self, key: str, kinds: tuple[type, ...], default: Any) -> Any:
        self._known.add(key)
        found = self._left.pop(key, None)
        if found is None:
            return default
        if not isinstance(found, kinds) or (isinstance(found, bool) and bool not in kinds):
            self.fault("bank.toml.kind", key, wanted=_KIND[kinds[0]])
        return found

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        return str(self._take(key, (str,), default))

    def needed(self, key: str) -> str:
        """A text that must be there."""
        found = self.text(key).strip()
        return found or self.fault("bank.toml.missing", key)

    def one_of(self, key: str, words: Sequence[str]) -> str:
        """One of some words; the first where nothing is said."""
        found = self.text(key, words[0])
        return found if found in words else self.fault("bank.toml.word", key, words=tuple(words))

    def whole(self, key: str, default: int = 0, least: int = 1) -> int:
        """A whole number that is not below the least one."""
        found = int(self._take(key, (int,), default))
        return (
            found if found == default or found >= least else self.fault("bank.toml.least", key, least=least)
        )

    def flag(self, key: str) -> bool:
        """True or false; false where nothing is said."""
        return bool(self._take(key, (bool,), False))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        found = self._take(key, (list, str), [])
        listed = [found] if isinstance(found, str) else found
        if not all(isinstance(each, str) for each in listed):
            self.fault("bank.toml.kind", key, wanted="list")
        return tuple(listed)

    def amount(self, key: str) -> int | None:
        """Fen of an amount in yuan, as text or number; None where nothing is said."""
        found = self._take(key, (str, int, Decimal), None)
        try:
            return None if found is None else money.parse(str(found))
        except money.MoneyError:
            self.fault("bank.toml.kind", key, wanted="amount")

    def table(self, key: str) -> Table | None:
        """A table under this one, or None."""
        found = self._take(key, (dict,), None)
        return None if found is None else Table(found, self._lines, (*self._path, key))

    def rest(self) -> dict[str, Any]:
        """All keys that nobody has taken, in their order."""
        left, self._left = self._left, {}
        return left

    def done(self) -> None:
        """Refuse what is left.

        Raises:
            BankFault: ``bank.toml.unknown``.
        """
        for key in self._left:
            near = difflib.get_close_matches(key, self._known, 1, 0.5)
            known = tuple(near) or tuple(sorted(self._known))
            self.fault("bank.toml.unknown", key, known=known)


_KIND = {str: "text", int: "number", bool: "flag", list: "list", dict: "table"}


def whole_text(text: str) -> Table:
    """The outermost table of a TOML text.

    Raises:
        BankFault: ``bank.toml.syntax``: it is none.
    """
    try:
        said = toml_text.data_of(text, Decimal)
        return Table(said, toml_text.places(text), ())
    except (ValueError, RecursionError) as error:
        what = str(error)
        place = what.rpartition("(at line ")[2].partition(",")[0]
        line = int(place) if place.isdecimal() else max(1, len(text.splitlines()))
        raise BankFault("bank.toml.syntax", line=line) from error
