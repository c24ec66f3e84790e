"""Intake: the portal's rows become applications, each row accepted, unchanged or rejected with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken: its number as Excel shows it, the column, the value and a code."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `findings` are (case, code, the other thing); nothing is stored in a dry run."""

    rows: int
    accepted: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    findings: tuple[tuple[str, str, str], ...]
    seconds: float
    stored: bool

    def as_json(self, lang: str = "zh") -> dict[str, Any]:
        """The answer of CONTRACT's `import`."""
        raise NotImplementedError


def import_file(
    office: Office,
    person: str,
    path: Path,
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    column_map: Mapping[str, str] | None = None,
    round_id: int | None = None,
    progress: Callable[[int, int], bool] | None = None,
) -> Imported:
    """Act `import`: reads a portal's workbook or CSV and stores what it says, in one transaction.

    `progress(done, of)` may answer False to stop: nothing is stored then.
    """
    raise NotImplementedError


def submit(office: Office, person: str, facts: Mapping[str, Any], *, round_id: int | None = None) -> Any:
    """Act `submit`: one application entered by hand, under CONTRACT's fact names and the portal's fields."""
    raise NotImplementedError
