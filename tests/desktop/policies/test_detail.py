"""How a pack stands on a day, in one word with its meaning."""

import dataclasses
import datetime

import pytest

from casework.boards.policy_board import OnBoard
from casework.rulebook.shipped_packs import shipped
from desktop.pages.policies.detail import STANDING

PACK = next(pack for pack in shipped() if pack.ref == "shenzhen-training-voucher@2026")


@pytest.mark.parametrize(
    ("state", "withdrawn_on", "day", "code", "meaning"),
    [
        ("proposed", None, "2026-05-20", "policies.proposed", "look"),
        ("confirmed", None, "2025-12-31", "policies.coming", "waiting"),
        ("confirmed", None, "2026-01-01", "policies.in_force", "done"),
        ("confirmed", None, "2026-12-18", "policies.lapsed", "stopped"),
        ("confirmed", "2026-05-20", "2026-05-20", "policies.withdrawn", "stopped"),
        ("confirmed", "2026-05-21", "2026-05-20", "policies.in_force", "done"),
    ],
)
def test_how_a_pack_stands(state: str, withdrawn_on: str | None, day: str, code: str, meaning: str) -> None:
    ended = datetime.date.fromisoformat(withdrawn_on) if withdrawn_on else None
    one = OnBoard(PACK.ref, dataclasses.replace(PACK), PACK.sha256, state, ended, "", None, "", (), ())
    found = one.standing(datetime.date.fromisoformat(day))
    assert (f"policies.{found}", STANDING.get(found, "stopped")) == (code, meaning)
