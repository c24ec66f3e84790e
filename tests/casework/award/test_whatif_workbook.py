"""What came of a draft, for programs and as a workbook."""

from pathlib import Path

import openpyxl
import pytest

from casework.award.whatif import whatif
from casework.award.whatif_workbook import COLUMNS, as_json, write_workbook
from casework.core.office import Office
from casework.rulebook.shipped_packs import shipped
from rules.whatif import variant
from tests.casework.desk import PACK, Desk

TRAINING = next(pack for pack in shipped() if pack.ref == PACK)


def test_both_tell_the_same(desk: Desk, tmp_path: Path) -> None:
    desk.decide(desk.submit())
    found = whatif(desk.office, "officer", variant(TRAINING, {"general.rate": "0.4"}))
    told = as_json(found)
    (line,) = told["lines"]
    assert (line["then"], line["now"], line["change"]) == ("4000000.00", "3200000.00", "-800000.00")
    write_workbook(tmp_path / "draft.xlsx", found, desk.office, "zh")
    rows = list(openpyxl.load_workbook(tmp_path / "draft.xlsx").active.iter_rows(values_only=True))
    (row,) = [row for row in rows if row[0] == line["case"]]
    assert row[1:6] == ("予以资助", 4_000_000, "予以资助", 3_200_000, -800_000) and len(row) == len(COLUMNS)


def test_a_demonstration_s_workbook_says_both_that_it_is_one_and_a_simulation(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "demonstration", True)
    whatif(desk.office, "officer", TRAINING, path=tmp_path / "draft.xlsx")
    first = str(openpyxl.load_workbook(tmp_path / "draft.xlsx").active["A1"].value)
    assert "试算" in first and "演示" in first
