"""Ledgers read back: figures, totals, headings, print set-up, the same bytes."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from papers.ledgers import ledger_column, ledger_workbook
from papers.ledgers.ledger_column import Column, Sheet, Value
from papers.ledgers.ledger_workbook import write_ledger

SHEET = Sheet(
    "台账",
    "某某台账",
    datetime(2026, 11, 20, 9, tzinfo=UTC),
    notes=("编制单位：某局", "金额单位：元"),
    frozen=1,
)
Cells = tuple[Value, ...]
COLUMNS: list[Column[Cells]] = [
    Column("单位", itemgetter(0), "text", 20),
    Column("金额", itemgetter(1), "money", 14, total=True),
    Column("起", itemgetter(2), "date", 10, group="期限"),
    Column("止", itemgetter(3), "date", 10, group="期限"),
    Column("笔数", itemgetter(4), "number", 6, total=True),
    Column("备注", itemgetter(5), "text", 10),
]
ROWS: list[Cells] = [
    ("=HYPERLINK(1)", 10, date(2026, 5, 1), date(2027, 4, 30), 2, "甲<乙>&"),
    ("乙公司", 20, None, None, 3, None),
    ("丙公司", "50.00 / 60.00", None, None, None, "-1"),
]
SHORT: list[Cells] = [("a",)]


def read_back(target: io.BytesIO, values: bool = True) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(target, data_only=values).active


def written(**changed: Any) -> io.BytesIO:
    target = io.BytesIO()
    assert write_ledger(target, COLUMNS, ROWS, SHEET._replace(**changed)) == 3
    return target


def test_text_stays_text_and_figures_are_figures() -> None:
    page = read_back(written())
    rows = list(page.iter_rows(min_row=5, values_only=True))
    assert rows[0] == ("=HYPERLINK(1)", 0.1, datetime(2026, 5, 1), datetime(2027, 4, 30), 2, "甲<乙>&")
    assert rows[1] == ("乙公司", 0.2, None, None, 3, None)
    assert rows[2] == ("丙公司", "50.00 / 60.00", None, None, None, "-1")
    assert page["A5"].data_type == "s" and page["F7"].data_type == "s"
    assert page["B5"].number_format == "#,##0.00" and page["C5"].number_format == "yyyy-mm-dd"


def test_totals_are_formulas_that_carry_the_exact_sum() -> None:
    assert read_back(written())["B8"].value == 0.3
    formulas = read_back(written(), values=False)
    assert [formulas[cell].value for cell in ("A8", "B8", "C8", "E8")] == [
        "合计",
        "=SUM(B5:B7)",
        None,
        "=SUM(E5:E7)",
    ]


def test_sums_are_exact_where_floats_are_not() -> None:
    target = io.BytesIO()
    columns: list[Column[Cells]] = [Column("额", itemgetter(0), "money", total=True)]
    rows: list[Cells] = [(fen,) for fen in (10, 20, 10**15 - 31, 1)]
    write_ledger(target, columns, rows, SHEET)
    assert read_back(target)["A8"].value == 10_000_000_000_000.00
    with pytest.raises(ValueError, match="too large"):
        write_ledger(io.BytesIO(), columns, [*rows, (10**15,)], SHEET)


def test_headings_stand_on_two_rows_where_some_share_one() -> None:
    page = read_back(written())
    assert page["A1"].value == "某某台账" and page["A2"].value == "编制单位：某局    金额单位：元"
    assert [cell.value for cell in page[3]] == ["单位", "金额", "期限", None, "笔数", "备注"]
    assert [cell.value for cell in page[4]] == [None, None, "起", "止", None, None]
    assert {str(merged) for merged in page.merged_cells.ranges} == {
        "A1:F1", "A2:F2", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4",
    }  # fmt: skip


def test_it_prints_across_on_a3_with_headings_on_every_page() -> None:
    page = read_back(written())
    assert page.print_title_rows == "$3:$4" and page.freeze_panes == "B5"
    assert page.page_setup.orientation == "landscape" and int(page.page_setup.paperSize) == ledger_column.A3
    assert page.page_setup.fitToWidth == 1 or page.page_setup.fitToWidth is None
    assert page.page_setup.fitToHeight == 0 and page.sheet_properties.pageSetUpPr.fitToPage
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页" and page.oddFooter.left.text == "某某台账"
    assert [page.column_dimensions[name].width for name in "AB"] == pytest.approx([20.7, 14.7], abs=0.1)


def test_a_wide_ledger_prints_on_sheets_beside_each_other() -> None:
    """At a size that can be read, what is frozen on each, the title whole on the first."""
    target = io.BytesIO()
    wide: list[Column[Cells]] = [Column(f"列{at}", itemgetter(0), "text", 15) for at in range(40)]
    write_ledger(target, wide, SHORT, SHEET._replace(frozen=2, title="甲&乙"))
    page = read_back(target)
    assert page.page_setup.scale >= 80 and not page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_cols == "$A:$B" and page.page_setup.pageOrder == "overThenDown"
    breaks = [one.id for one in page.col_breaks.brk]
    title = min(page.merged_cells.ranges, key=lambda merged: merged.min_row)
    assert len(breaks) == 2 and title.min_row == 1 and title.max_col == breaks[0]
    assert page.oddFooter.left.text == "甲&&乙"


def test_a_demonstration_says_so() -> None:
    page = read_back(written(notice="演示"))
    assert page["A1"].value == "演示" and page["A2"].value == "某某台账" and page.freeze_panes == "B6"


def test_the_first_ledger_of_a_day_changes_nothing_for_the_next() -> None:
    """The library writes into what it is handed: the second ledger then had other fonts than the first."""
    before = dict(ledger_workbook._MEASURE)
    write_ledger(io.BytesIO(), COLUMNS, ROWS, SHEET)
    assert before == ledger_workbook._MEASURE


def test_the_same_rows_are_the_same_bytes() -> None:
    assert written().getvalue() == written().getvalue()
    book = openpyxl.load_workbook(written())
    assert book.properties.created == datetime(2026, 11, 20, 9) and book.properties.title == "某某台账"
    assert written(made_at=datetime(2026, 11, 21, tzinfo=UTC)).getvalue() != written().getvalue()


def test_an_empty_ledger_has_totals_of_nothing() -> None:
    target = io.BytesIO()
    assert write_ledger(target, COLUMNS, [], SHEET) == 0
    assert read_back(target)["B5"].value == 0


def test_a_failed_ledger_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_ledger(path, COLUMNS, ROWS, SHEET)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_ledger(path, COLUMNS, [*ROWS, (1, 2, 3, 4, 5, 6)], SHEET)
    with pytest.raises(IndexError):
        write_ledger(path, COLUMNS, SHORT, SHEET)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_long_names_make_high_rows() -> None:
    target = io.BytesIO()
    rows: list[Cells] = [("长" * 40, 1, None, None, 1, None), ("短", 1, None, None, 1, None)]
    write_ledger(target, COLUMNS, rows, SHEET)
    page = read_back(target)
    assert page.row_dimensions[5].height > 2 * page.row_dimensions[6].height
