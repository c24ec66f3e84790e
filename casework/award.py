"""The decision: position, rules, number, reservation, entries and log in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office


@dataclass(frozen=True, slots=True)
class Decided:
    """How many cases of a round became what."""

    awarded: int
    refused: int
    blocked: int
    skipped: tuple[tuple[str, str], ...]
    award_fen: int


def decide_application(office: Office, person: str, case: str, *, request: str | None = None) -> Any:
    """Act `decide`: decides one application now, at the position the counters hold."""
    raise NotImplementedError


def decide_round(
    office: Office,
    person: str,
    round_id: int | None = None,
    *,
    progress: Callable[[int, int], bool] | None = None,
) -> Decided:
    """Decides every application of a round that is ready, in order of arrival.

    `progress(done, of)` may answer False to stop; what was decided so far stays.
    """
    raise NotImplementedError
