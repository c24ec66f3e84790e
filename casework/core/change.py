"""What an act changed, for those who show it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.core.log import canonical


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did.

    Attributes:
        act: its name.
        ids: what kinds of row changed, and which (`{"application": (7,), "decision": (12,)}`).
        facts: what the caller wants to know (a number, a code); money as `…_fen`.
        seq: the log entry that holds it.
        repeated: the request had been carried out before; nothing was done now.
    """

    act: str
    ids: Mapping[str, tuple[int | str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0
    repeated: bool = False

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of row that changed."""
        return frozenset(self.ids)

    def text(self) -> str:
        """As stored with a request."""
        return canonical({"act": self.act, "ids": self.ids, "facts": self.facts, "seq": self.seq})

    @classmethod
    def again(cls, text: str) -> "Change":
        """The change that a stored request had brought."""
        said = json.loads(text)
        ids = {kind: tuple(rows) for kind, rows in said["ids"].items()}
        return cls(said["act"], ids, said["facts"], said["seq"], repeated=True)
