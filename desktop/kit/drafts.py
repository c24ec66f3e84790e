"""Drafts of what is being typed: on disk every few seconds, offered again after a crash, gone once stored.

A draft is a small file of its own in the user's data folder, under the office and the person. It appears
whole or not at all, and only its owner can read it.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from papers import own_files

if TYPE_CHECKING:
    from desktop.kit.desk import Desk


class Draft(NamedTuple):
    """What was typed, field by field as it was typed. `request` names it and what will be stored of it."""

    request: str
    scheme: str
    saved_at: datetime.datetime
    fields: Mapping[str, str]


class Drafts:
    """The drafts of one person at one office.

    Args:
        folder: where all drafts lie; None for the user's data folder.
    """

    def __init__(self, office: str, person: str, folder: Path | None = None) -> None:
        name = hashlib.sha256(f"{office}\n{person}".encode()).hexdigest()[:24]
        self.folder = (folder or _data_folder()) / name

    def keep(self, draft: Draft) -> None:
        """Write a draft.

        Raises:
            OSError: the disk is full or can't be written; the draft of before is still whole.
        """
        own_files.make_folder(self.folder)
        said = {**draft._asdict(), "saved_at": draft.saved_at.isoformat(), "fields": dict(draft.fields)}
        path = self._path(draft.request)
        fresh = path.with_suffix(".new")
        try:
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(json.dumps(said, ensure_ascii=False).encode())
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise

    def all(self) -> list[Draft]:
        """Every draft that can be read, the newest first."""
        found = []
        for path in self.folder.glob("*.json"):
            with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
                said = json.loads(path.read_bytes())
                at = datetime.datetime.fromisoformat(said["saved_at"])
                fields = {str(name): str(raw) for name, raw in said["fields"].items()}
                found.append(Draft(path.stem, str(said["scheme"]), at, fields))
        return sorted(found, key=lambda draft: draft.saved_at, reverse=True)

    def read(self, request: str) -> Draft | None:
        """A draft by its name, as it lies there now."""
        return next((draft for draft in self.all() if draft.request == request), None)

    def discard(self, request: str) -> None:
        """Take a draft away; one that can't be is offered again, which harms nothing."""
        with contextlib.suppress(OSError):
            self._path(request).unlink(missing_ok=True)

    def _path(self, request: str) -> Path:
        return self.folder / f"{request}.json"


class OwnDrafts(Drafts):
    """The drafts of one kind of the person at a desk.

    Args:
        kind: what is typed there, so that two kinds never meet.
    """

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__(f"{desk.office.row.uid} {kind}", desk.person)
        self.desk = desk

    def put(self, request: str, fields: Mapping[str, str], scheme: str = "") -> None:
        """Put what was typed on the disk, or nothing out of the way; where that fails, it is said."""
        if not fields:
            self.discard(request)
            return
        try:
            self.keep(Draft(request, scheme, self.desk.office.now(), fields))
        except OSError as error:
            self.desk.not_written("entry.draft_fault", error)


def named(about: str) -> str:
    """The name of a draft about something whose own name may hold anything, as a case's number."""
    return hashlib.sha256(about.encode()).hexdigest()[:32]


def _data_folder() -> Path:
    from platformdirs import user_data_dir

    return Path(user_data_dir("voucher-desk", appauthor=False)) / "drafts"
