"""An office of an earlier version keeps its packs' texts, is told of the mended ones and takes them."""

from pathlib import Path

import pytest

from casework.boards import policy_board
from casework.core.office import Office
from casework.rulebook import shipped_packs
from tests.commandline import Desk
from tests.offices import kept

PACK = "shenzhen-training-voucher@2026"


@pytest.mark.parametrize("name", [name for name in kept.FILES if "demonstration" in name])
def test_a_kept_office_is_told_and_two_people_adopt_the_mended_text(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    where = kept.unpacked(name, tmp_path)
    assert desk("--json", "upgrade", where).status == 0
    listed = desk("--json", "--office", where, "--user", "auditor", "policy", "list").json["packs"]
    shipped = {(pack.id, pack.version): pack.sha256 for pack in shipped_packs.shipped()}
    assert [bool(row["newer"]) for row in listed] == [
        row["sha256"] != shipped[row["id"], row["version"]] for row in listed
    ], "each text that was mended since is told"
    today = desk("--json", "--office", where, "--user", "auditor", "verify", "--against-today")
    assert (today.status, today.json["otherwise_today"]["cases"]) == (0, [])
    asked = desk("--json", "--office", where, "--user", "officer", "policy", "renew", PACK)
    assert asked.status == 0, asked.err
    assert desk("--office", where, "--user", "approver", "policy", "confirm", PACK).status == 0
    with Office.open(where).closing() as office:
        texts = [one for one in policy_board.board(office) if one.ref == PACK]
    assert [one.state for one in texts] == ["confirmed", "replaced"]
    assert texts[0].newer == "" and len(texts[0].supplements) > 3
    replayed = desk("--json", "--office", where, "--user", "auditor", "replay").json
    assert replayed["same"] == replayed["decisions"] == kept.noted(name)["decisions"]
    assert desk("--json", "--office", where, "--user", "auditor", "verify").status == 0
