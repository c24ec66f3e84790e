"""A portal's file under the rules' names."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import words
from casework.cases import said_values
from casework.intake import portal_arrivals
from casework.intake.portal_arrivals import Asked, declared_headings
from papers.reading.reader import Stopped
from papers.reading.unreadable import Unreadable
from rules.facts import Fact
from tests.casework.desk import write_portal


def test_rows_bear_the_rules_names(tmp_path: Path) -> None:
    table = write_portal(tmp_path / "p.xlsx", 2)
    read = portal_arrivals.read(tmp_path / "p.xlsx", Asked())
    first = read.arrivals[0]
    assert (first.row, first.case) == (5, "YS2026000001")
    assert first.said["applicant"] == table[0]["统一社会信用代码"]
    assert first.said["applied_at"] == datetime.datetime(2026, 5, 6, 9, 0)
    assert (first.said["related_party"], first.said["applicant_kind"]) == (False, "enterprise")
    assert (read.rows, read.rejected, len(read.sha256)) == (2, 0, 64)
    assert read.headings["case"] == "申报编号"


def test_a_column_that_a_pack_declares_is_read_as_its_type(tmp_path: Path) -> None:
    source = tmp_path / "p.csv"
    write_portal(tmp_path / "p.xlsx", 1)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    sheet = book.worksheets[0]
    sheet.cell(4, 27).value = "模型是否备案"
    sheet.cell(5, 27).value = "是"
    book.save(tmp_path / "q.xlsx")
    filed = Fact("model_filed", "yes_no", headings=("模型是否备案",))
    declared = Asked(declared=declared_headings([filed]))
    assert portal_arrivals.read(tmp_path / "q.xlsx", declared).arrivals[0].extra == {"model_filed": True}
    assert portal_arrivals.read(tmp_path / "q.xlsx", Asked()).arrivals[0].extra == {"模型是否备案": "是"}
    sheet.cell(5, 27).value = "也许"
    book.save(tmp_path / "q.xlsx")
    refused = portal_arrivals.read(tmp_path / "q.xlsx", declared)
    assert [(each.column, each.value, each.reason) for each in refused.rejects] == [
        ("模型是否备案", "也许", "yes_no")
    ]
    assert (refused.rows, refused.rejected) == (1, 1)
    assert not source.exists()


def test_a_file_that_is_none_and_a_reader_that_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(Unreadable):
        portal_arrivals.read(tmp_path / "x.xlsx", Asked())
    write_portal(tmp_path / "p.xlsx", 2)
    with pytest.raises(Stopped):
        portal_arrivals.read(tmp_path / "p.xlsx", Asked(), lambda done, of: False)


def test_a_hand_s_words_are_split_the_same_way() -> None:
    said = {
        "applicant": "9",
        "applicant_name": "甲",
        "applied_at": datetime.datetime(2026, 5, 6),
        "model_filed": True,
    }
    arrival = said_values.split(0, "A", said)
    assert (arrival.said["applicant"], arrival.extra) == ("9", {"model_filed": True})


@pytest.mark.parametrize("kind", ["integer", "rate", "money", "date", "moment", "yes_no"])
def test_what_can_t_be_read_as_a_declared_fact_has_its_sentence(tmp_path: Path, kind: Any) -> None:
    write_portal(tmp_path / "p.xlsx", 1)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    book.worksheets[0].cell(4, 27).value = "评分"
    book.worksheets[0].cell(5, 27).value = "八"
    book.save(tmp_path / "p.xlsx")
    asked = Asked(declared=declared_headings([Fact("score", kind, title="评分")]))
    (reject,) = portal_arrivals.read(tmp_path / "p.xlsx", asked).rejects
    for lang in ("zh", "en"):
        assert "八" in words.say(
            f"import.{reject.reason}", lang, row=reject.row, column=reject.column, value=reject.value
        )
