"""Replay: every stored decision again, from what was stored with it and under the pack of its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casework.office import Office


def replay(
    office: Office,
    *,
    sample: int | None = None,
    seed: int = 0,
    progress: Callable[[int, int], bool] | None = None,
) -> dict[str, Any]:
    """CONTRACT's answer of `replay`: decisions, awards, same, differ, sampled, seconds."""
    raise NotImplementedError
