"""Letters: numbered without gaps, stored once, issued again as the very same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office


def issue_approval(office: Office, person: str, case: str) -> Any:
    """Act `issue_letter`: the approval letter of an approved case."""
    raise NotImplementedError


def issue_refusal(office: Office, person: str, case: str) -> Any:
    """Act `issue_refusal`: the notice of refusal."""
    raise NotImplementedError


def export(office: Office, person: str, folder: Path, *, decision: int | None = None) -> list[Path]:
    """Writes the stored letters (or those of one decision) to a folder, as they were issued."""
    raise NotImplementedError
