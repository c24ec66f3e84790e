"""The draft of a pack that is being written: on disk meanwhile, taken up again where the program ended before
the pack was saved."""

import uuid

from desktop.kit.desk import Desk
from desktop.kit.drafts import Draft, OwnDrafts

KEEP = 3_000
"""Milliseconds after the last change until it is on the disk."""


class Written(Draft):
    """What was written: the pack, its example cases, and the text that it began with."""

    @property
    def parts(self) -> tuple[str, str, str]:
        """Text, examples and the text of the beginning."""
        said = self.fields
        return said.get("text", ""), said.get("examples", ""), said.get("opened", "")


class PackDraft:
    """The draft of one form.

    Attributes:
        left: what an earlier form had not saved when the program ended, if it is taken up here.
    """

    def __init__(self, desk: Desk, take_up: bool) -> None:
        self.drafts = OwnDrafts(desk, "packs")
        found = self.drafts.all()[:1] if take_up else []
        self.left = Written(*found[0]) if found else None
        self.request = uuid.uuid4().hex if self.left is None else self.left.request

    def keep(self, text: str, examples: str, opened: str) -> None:
        """Put what was written on the disk."""
        self.drafts.put(self.request, {"text": text, "examples": examples, "opened": opened})

    def discard(self) -> None:
        """It is saved, or given up."""
        self.drafts.discard(self.request)
