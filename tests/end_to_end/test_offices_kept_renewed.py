"""An office of an earlier version takes the mended texts of its packs, by two people, and is
told what it decided otherwise than today's program would."""

from pathlib import Path

import pytest

from casework.boards import policy_board
from casework.core.office import Office
from tests.commandline import Desk
from tests.offices import kept

EVERY_STATE = "0002/every_state.office.xz"


def came_up(desk: Desk, folder: Path, name: str) -> Path:
    where = kept.unpacked(name, folder)
    assert desk("--json", "upgrade", where).status == 0
    return where


def newer(where: Path) -> list[str]:
    with Office.open(where).closing() as office:
        return [one.ref for one in policy_board.board(office) if one.newer]


def test_its_packs_are_renewed_by_two_people_and_what_was_decided_stays(desk: Desk, tmp_path: Path) -> None:
    where = came_up(desk, tmp_path, EVERY_STATE)
    refs = newer(where)
    assert "shenzhen-training-voucher@2026" in refs
    for ref in refs:
        act = ("--set", f"pack={ref}")
        assert desk("--office", where, "--user", "officer", "act", "renew_pack", *act).status == 0
        alone = desk("--json", "--office", where, "--user", "officer", "act", "confirm_pack", *act)
        assert (alone.status, alone.json["error"]) == (2, "refused.not_allowed")
    waiting = desk("--json", "--office", where, "--user", "auditor", "proposals").json["proposals"]
    assert [one["number"] for one in waiting if one["kind"] == "pack"] == refs
    for ref in refs:
        act = ("--set", f"pack={ref}")
        assert desk("--office", where, "--user", "approver", "act", "confirm_pack", *act).status == 0
    assert newer(where) == []
    verified = desk("--json", "--office", where, "verify").json
    assert [check for check in verified["checks"] if not check["ok"]] == []
    replayed = desk("--json", "--office", where, "replay").json
    assert (replayed["differ"], replayed["same"]) == ([], kept.noted(EVERY_STATE)["decisions"])


@pytest.mark.parametrize("name", kept.FILES)
def test_what_it_decided_is_compared_with_today(desk: Desk, tmp_path: Path, name: str) -> None:
    """Nothing in these offices comes out otherwise: each decision that stands is compared, none is told."""
    answer = desk("--json", "--office", came_up(desk, tmp_path, name), "verify", "--against-today")
    told = answer.json["otherwise_today"]
    assert (answer.status, told["cases"], told["not_compared"]) == (0, [], 0)
    assert told["compared"] == {"demonstration": 18, "every_state": 17}[Path(name).name.split(".")[0]]
