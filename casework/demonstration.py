"""The demonstration: a made-up round taken through the office's whole life by acts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def demo(
    office_path: Path | str,
    *,
    cases: int = 120,
    seed: int = 2026,
    out: Path | None = None,
    lang: str = "zh",
    progress: Callable[[str, int, int], None] | None = None,
) -> dict[str, Any]:
    """Makes the demonstration office and its papers; answers CONTRACT's summary of `demo`."""
    raise NotImplementedError
