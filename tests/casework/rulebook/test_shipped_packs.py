"""The packs that come with the program, and the examples beside each."""

import csv
import io
from pathlib import Path

from casework.rulebook.shipped_packs import DEFAULT, POLICIES, examples_beside, shipped, shipped_examples
from rules.pack import load

TRAINING = POLICIES / "shenzhen" / "training-voucher-2026.toml"


def test_every_file_is_a_pack_of_its_own_in_order_of_its_days() -> None:
    packs = shipped()
    assert len(packs) == len(list(POLICIES.rglob("*.toml")))
    assert len({pack.ref for pack in packs}) == len(packs)
    of_default = [pack for pack in packs if pack.id == DEFAULT]
    assert [pack.version for pack in of_default] == ["2025", "2026"]
    assert of_default[0].in_force_from < of_default[1].in_force_from
    assert [pack.id for pack in packs] == sorted(pack.id for pack in packs)


def test_a_pack_s_examples_are_found_by_its_hash() -> None:
    hashes = {pack.sha256 for pack in shipped()}
    assert shipped_examples().keys() == hashes, "no pack is shipped without examples"
    mine = shipped_examples()[load(TRAINING.read_text(encoding="utf-8")).sha256]
    beside = TRAINING.with_name("training-voucher-2026.examples.csv")
    assert mine == beside.read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(mine)))[0] == "case"


def test_the_examples_lie_beside_the_file_or_there_are_none(tmp_path: Path) -> None:
    pack = tmp_path / "mine.toml"
    assert examples_beside(pack) is None
    (tmp_path / "mine.examples.csv").write_text("case,expected\n", encoding="utf-8-sig")
    assert examples_beside(pack) == "case,expected\n", "without the mark that a spreadsheet sets in front"
