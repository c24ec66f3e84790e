"""Ledgers and lists out of the office, as papers want them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.office import Office


def write_ledger(office: Office, person: str, kind: str, path: Path, *, at: datetime.date | None = None) -> int:
    """Writes the ledger of a kind (`voucher`) as it stood at the end of a day; answers the number of rows."""
    raise NotImplementedError
