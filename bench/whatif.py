"""``whatif_10000``: 10,000 stored decisions under a draft, as the office does it, beside an analyst's script.

The peer reads the same rows from the file with sqlite3 and clips rate, cap and budget in a loop: one rate by
age, no reading, no condition, no log. Ours judges every rule and every reading and compares both sides.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from bench.rounds import Row, medians, row
from bench.stored import make
from casework.award.whatif import whatif
from casework.rulebook.shipped_packs import shipped
from rules.whatif import variant

COUNT = 10_000
LIMIT_SECONDS = 5.0
SQL = (
    "SELECT v.applicant_code, v.applied_at, v.founded_on, v.contract_amount_fen, d.award_fen "
    "FROM decision d JOIN application_version v ON v.application_id = d.application_id "
    "AND v.version = d.version ORDER BY d.seq"
)


def rows(count: int = COUNT, rounds: int = 3) -> list[Row]:
    """The measure of a what-if in an office."""
    pack = next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026")
    draft = variant(pack, {"general.rate": "0.45"})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "whatif.office"
        with make(path, count).closing() as office:
            ours, peer = medians([lambda: whatif(office, "officer", draft), lambda: script(path)], rounds)
    if ours > LIMIT_SECONDS * count / COUNT:
        raise AssertionError(f"{ours:.1f} s for {count} cases")
    return [row("whatif_10000", ours, peer, "s CPU", rounds)]


def script(path: Path) -> int:
    """What everyone together gains or loses, in fen, by the peer's loop."""
    used: dict[str, int] = {}
    left, change = 50_000_000_000, 0
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        for code, applied, founded, amount, award in connection.execute(SQL):
            young = founded is not None and founded[:4] >= str(int(applied[:4]) - 1)
            wish = amount * (600_000 if young else 450_000) // 1_000_000
            fen = max(0, min(wish, 1_000_000_000 - used.get(code, 0), left))
            used[code] = used.get(code, 0) + fen
            left -= fen
            change += fen - (award or 0)
    return change
