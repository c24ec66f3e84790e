"""Cells of a ledger made ready: exact digits, text as text."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from papers.ledgers import ledger_sheet
from papers.ledgers.ledger_column import Value
from papers.ledgers.ledger_sheet import LedgerSheet, cell_makers, escaped, yuan


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_the_float_that_a_reader_makes_is_still_the_fen(fen: int) -> None:
    digits = yuan(fen)
    assert Decimal(digits) * 100 == fen
    assert round(Decimal(float(digits)) * 100) == fen
    assert f"{float(digits):.2f}" == digits.replace("-0.00", "0.00")


def test_amounts_that_no_spreadsheet_keeps_are_refused() -> None:
    for fen in (10**15 + 1, -(10**15) - 1):
        with pytest.raises(ValueError, match="too large"):
            yuan(fen)
    for wrong in (1.5, True, "1", Decimal(1)):
        with pytest.raises(TypeError):
            yuan(wrong)  # type: ignore[arg-type]


def test_text_is_escaped_the_way_spreadsheets_do() -> None:
    assert escaped("a<b>&c") == "a&lt;b&gt;&amp;c"
    assert escaped("a\x01b_x0041_") == "a_x0001_b_x005F_x0041_"
    assert escaped("行一\n行二") == "行一\n行二"
    with pytest.raises(ValueError, match="longer"):
        escaped("x" * 32_768)


def test_rows_come_back_as_they_went() -> None:
    values: list[Value] = [
        "=1+1",
        123456789012345,
        date(2026, 5, 7),
        datetime(2026, 5, 7, 14, 19, 30),
        600_000,
        7,
        " x ",
        None,
    ]
    kinds = ["text", "money", "date", "moment", "rate", "number", "text", "money"]
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    usual = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    plain = book.add_format()
    page = book.add_worksheet(worksheet_class=LedgerSheet)
    page.write_string(0, 0, "above")
    styles = [(kind, usual if kind in ("date", "moment") else plain, plain) for kind in kinds]
    makers = cell_makers(styles)
    page.append_row(1, "".join(make("2", value) for make, value in zip(makers, values, strict=True)), 30)
    page.reach(1, len(kinds) - 1)
    page.write_string(2, 0, "below")
    with pytest.raises(ValueError, match="order"):
        page.append_row(0, "")
    book.close()
    sheet = openpyxl.load_workbook(target).active
    assert sheet["A1"].value == "above" and sheet["A3"].value == "below" and sheet.dimensions == "A1:H3"
    found = [cell.value for cell in sheet[2]]
    assert found == [
        "=1+1",
        1234567890123.45,
        datetime(2026, 5, 7),
        datetime(2026, 5, 7, 14, 19, 30),
        0.6,
        7,
        " x ",
        None,
    ]
    assert sheet["A2"].data_type == "s" and sheet.row_dimensions[2].height == 30


def test_a_value_of_another_kind_is_a_bug() -> None:
    book = xlsxwriter.Workbook(io.BytesIO())
    style = book.add_format()
    for kind, wrong in (
        ("text", 5),
        ("money", date(2026, 1, 1)),
        ("date", 5),
        ("moment", date(2026, 1, 1)),
        ("rate", date(2026, 1, 1)),
        ("number", True),
    ):
        (make,) = cell_makers([(kind, style, style)])
        with pytest.raises(TypeError):
            make("1", wrong)
    assert ledger_sheet.LIMIT_FEN < 2**53
