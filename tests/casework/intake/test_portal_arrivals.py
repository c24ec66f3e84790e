"""A portal's file under the rules' names."""

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import words
from casework.cases import said_values
from casework.cases.stored_facts import declared
from casework.intake import portal_arrivals
from casework.intake.portal_arrivals import Asked, declared_headings
from models import ApplicationVersion
from papers.reading.reader import Stopped
from papers.reading.unreadable import Unreadable
from rules.facts import Fact
from rules.pack import load
from tests.casework.desk import Desk, write_portal
from tests.casework.portal_rows import bring_in
from tests.rules.desk import small_text


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


def test_a_second_column_of_a_field_is_a_note_and_takes_no_field_s_place(desk: Desk, tmp_path: Path) -> None:
    """An amount kept as text under the field's own name stopped the import with an error."""
    notes = {"net_amount": "1", "contract_amount": "99", "applied_at": "2020-01-01"}
    row = {"不含税金额（元）": "7000000", **notes}
    found = bring_in(desk, tmp_path, row)
    assert (found.accepted, found.unknown) == (1, tuple(notes))
    (version,) = desk.rows(ApplicationVersion)
    assert (version.net_amount_fen, version.contract_amount_fen) == (700_000_000, 800_000_000)
    assert declared(version.extra) == {f"{heading}（备注）": text for heading, text in notes.items()}
    again = bring_in(desk, tmp_path, row | {"联系电话": "075500000009"})
    assert again.accepted == 1
    assert desk.rows(ApplicationVersion)[1].contract_amount_fen == 800_000_000


STORAGE = Fact("storage_amount", "money", title="其中：存储费用")


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ({(1, 1): "申报汇总表", (2, 1): "金额单位：万元"}, "其中：存储费用"),
        ({(1, 1): "申报汇总表（万元）"}, "其中：存储费用"),
        ({(3, 1): "申报", (3, 27): "费用构成（万元）"}, "其中：存储费用"),
        ({}, "其中：存储费用（以万元计）"),
        ({}, "费用/其中：存储费用（万元）"),
    ],
)
def test_a_pack_s_own_amount_has_the_unit_that_stands_over_it(
    above: dict[tuple[int, int], str], heading: str, tmp_path: Path
) -> None:
    """100 of storage in 万元 are a million less of base; read as yuan, they would be a hundred yuan."""
    write_portal(tmp_path / "p.xlsx", 1)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    sheet = book.worksheets[0]
    for row in (1, 2, 3):
        for column in range(1, 27):
            sheet.cell(row, column).value = None
    for place, said in above.items():
        sheet.cell(*place).value = said
    sheet.cell(4, 27).value, sheet.cell(5, 27).value = heading, 100
    book.save(tmp_path / "q.xlsx")
    read = portal_arrivals.read(tmp_path / "q.xlsx", Asked(declared=declared_headings([STORAGE])))
    assert read.arrivals[0].extra == {"storage_amount": 100_000_000} and read.unknown == ()
    assert {unit for (_, said), unit in read.units.items() if said == heading} == {10**6}


def test_a_pack_s_own_amount_under_another_currency_stops_the_file(tmp_path: Path) -> None:
    """费用（港元） over 其中：存储费用 was once read as yuan."""
    write_portal(tmp_path / "p.xlsx", 1)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    sheet = book.worksheets[0]
    for column in range(1, 28):
        sheet.cell(3, column).value = None
    sheet.cell(3, 1).value, sheet.cell(3, 27).value = "申报", "费用（港元）"
    sheet.cell(4, 27).value, sheet.cell(5, 27).value = "其中：存储费用", 100
    book.save(tmp_path / "q.xlsx")
    with pytest.raises(Unreadable) as caught:
        portal_arrivals.read(tmp_path / "q.xlsx", Asked(declared=declared_headings([STORAGE])))
    assert caught.value.code == "currency"
    assert portal_arrivals.read(tmp_path / "q.xlsx", Asked()).arrivals, "a column of nobody's stops nothing"


USAGE = Fact("usage", "integer", title="用量", headings=("机时",), default=0)
HOURS = Fact("hours_too", "integer", title="机时数", headings=("机时", "用量"), default=0)


def with_columns(tmp_path: Path, **cells: str) -> Path:
    """A portal's file with these columns behind its own."""
    write_portal(tmp_path / "p.xlsx", 1)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    for column, (heading, text) in enumerate(cells.items(), 27):
        book.worksheets[0].cell(4, column).value = heading
        book.worksheets[0].cell(5, column).value = text
    book.save(tmp_path / "q.xlsx")
    return tmp_path / "q.xlsx"


def test_facts_of_a_pack_that_share_a_column_are_both_read_from_it(tmp_path: Path) -> None:
    """The one declared first once stayed blank, and its default counted."""
    asked = Asked(declared=declared_headings([USAGE, HOURS]))
    read = portal_arrivals.read(with_columns(tmp_path, 机时="7"), asked)
    assert read.arrivals[0].extra == {"usage": 7, "hours_too": 7}


def test_of_two_columns_of_one_fact_the_one_that_calls_it_first_is_it(tmp_path: Path) -> None:
    """As `calculate` takes it; whatever stood last in the file once counted. The other is kept, and told."""
    asked = Asked(declared=declared_headings([USAGE]))
    read = portal_arrivals.read(with_columns(tmp_path, 用量="50", 机时="7"), asked)
    assert read.arrivals[0].extra == {"usage": 50, "机时": "7"}
    assert read.unknown == ("机时",)


def test_a_column_called_by_a_fact_s_own_name_is_that_fact(tmp_path: Path) -> None:
    """`usage` was taken for the purpose, where no rule looks at it."""
    pack = load(small_text('\n[[fact]]\nid = "usage"\ntype = "integer"\ntitle = "用量"\n'))
    asked = Asked(portal_arrivals.own_headings([pack], pack.id), declared_headings(pack.facts.values()))
    read = portal_arrivals.read(with_columns(tmp_path, usage="50"), asked)
    assert read.arrivals[0].extra == {"usage": 50}
    assert portal_arrivals.read(tmp_path / "q.xlsx", Asked()).unknown == ("usage",), (
        "the purpose has a column"
    )
