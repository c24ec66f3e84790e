"""What was typed on the import page and is not stored yet: kept on disk, offered again after a crash."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.kit.desk import Desk
from desktop.kit.drafts import Draft, Drafts
from papers.reading.retyped import Retyping

REQUEST = "file"

Cell = tuple[str, int, str]
"""Sheet, row and heading of a cell."""


@dataclass
class Typed:
    """What was typed over a file: retyped cells, what its headings mean, and credit codes that were confirmed
    from the licence, with the reasons."""

    cells: dict[Cell, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    confirmed: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.cells or self.headings or self.confirmed)

    def retypings(self) -> tuple[Retyping, ...]:
        """The cells as the reader takes them."""
        return tuple(Retyping(*cell, text) for cell, text in self.cells.items())


class Kept:
    """The one draft of a person's import."""

    def __init__(self, desk: Desk, folder: Path | None = None) -> None:
        self._desk = desk
        self._drafts = Drafts(f"{desk.office.row.uid}/import", desk.person, folder)

    def keep(self, path: Path, typed: Typed) -> None:
        """Write it down; nothing typed, nothing kept.

        Raises:
            OSError: the disk is full or can't be written.
        """
        if not typed:
            self.discard()
            return
        fields = {
            "cells": json.dumps([[*cell, text] for cell, text in typed.cells.items()], ensure_ascii=False),
            "headings": json.dumps(typed.headings, ensure_ascii=False),
            "confirmed": json.dumps(typed.confirmed, ensure_ascii=False),
        }
        self._drafts.keep(Draft(REQUEST, str(path), self._desk.office.now(), fields))

    def read(self) -> tuple[Path, Typed] | None:
        """The draft that was left, where its file is still there."""
        draft = self._drafts.read(REQUEST)
        if draft is None or not Path(draft.scheme).is_file():
            return None
        try:
            return Path(draft.scheme), _typed(draft.fields)
        except (ValueError, KeyError, TypeError):
            return None

    def discard(self) -> None:
        """It is stored, or not wanted any more."""
        self._drafts.discard(REQUEST)


def _typed(fields: Mapping[str, str]) -> Typed:
    cells = {(str(sheet), int(row), str(heading)): str(text) for sheet, row, heading, text in
             json.loads(fields["cells"])}  # fmt: skip
    headings = {str(heading): str(name) for heading, name in json.loads(fields["headings"]).items()}
    let_in = json.loads(fields.get("confirmed", "{}"))
    return Typed(cells, headings, {str(code): str(reason) for code, reason in let_in.items()})
