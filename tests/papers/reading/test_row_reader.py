"""Rows against their columns: the cells that are not there, merged and repeated ones."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from papers.reading import portal_values, reader, row_reader
from papers.reading.cells import Row, Sheet
from tests.papers.portal_files import HEADINGS, application, faults, table


def test_cells_whose_value_is_not_there_are_rejects(tmp_path: Path) -> None:
    names = list(HEADINGS)
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.calc_on_load = False  # as a program that calculates leaves it
    page = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for row, cells in enumerate(table(*(application(number) for number in range(1, 6)))):
        for column, value in enumerate(cells):
            if isinstance(value, datetime.date):
                page.write_datetime(row, column, value, day)
            else:
                page.write(row, column, value)
    amount, leased, support = (
        names.index(name) for name in ("contract_amount", "leased_in_year", "other_support")
    )
    page.write_formula(1, leased, "=VLOOKUP(1,A1:B2,2)", None, "#N/A")
    page.write_formula(2, support, "=M3", None, "")
    page.write_formula(3, amount, "=1+1", None, 800.25)
    page.merge_range(4, 2, 5, 2, "某公司")  # leaves the name that was in the lower cell where it was
    book.close()
    file = reader.portal(tmp_path / "a.xlsx")
    assert faults(file) == [(2, "cell_error", ""), (3, "formula", ""), (6, "merged", "")]
    assert file.rejects[0].value == "#N/A" and "#N/A" in file.rejects[0].say("en")
    assert [(row.row, row.said["contract_amount"]) for row in file.rows] == [(4, 80025), (5, 800_000_000)]


def csv_sheet(*lines: list[str]) -> Sheet:
    return Sheet("", 0, iter(Row(number, list(cells)) for number, cells in enumerate(lines, 1)))


def packed(*applications: dict[str, object]) -> list[row_reader.Packed]:
    sheet = csv_sheet(*([str(cell or "") for cell in line] for line in table(*applications)))
    heading, below = row_reader.heading_of(sheet, {})
    assert heading is not None
    return list(row_reader.read(sheet, heading, below, row_reader.Seen()))


def test_a_case_is_seen_once() -> None:
    first, second, third = packed(application(1), application(1), application(1, contract_no="x"))
    assert first.row is not None and second.repeat is not None and third.rejects[0].reason == "duplicate_case"


def test_a_rejected_row_does_not_hold_its_case() -> None:
    first, second = packed(application(1, contract_amount="待定"), application(1))
    assert first.rejects and second.row is not None


def test_the_same_row_number_on_two_sheets_is_two_rows() -> None:
    seen = row_reader.Seen()
    assert seen.first_row("X", 1, 5) is None
    assert seen.first_row("X", 1, 5) == (5, True)
    assert seen.first_row("X", 2, 5) == (5, False)


def test_a_truth_value_is_not_remembered_as_the_number_one() -> None:
    read_cell = row_reader._remembering(portal_values.plain)
    assert [read_cell(cell) for cell in (1.0, True, 1.0, "1", True)] == ["1", "yes", "1", "1", "yes"]


@pytest.mark.parametrize(
    "said",
    [
        "HT-2026-001",
        "FL2026000001",
        "1E5",
        "E2026001",
        "N/A",
        "——",
        "12",
        "-",
        " HT-1",
        "622200001",
        "1234567\n",
    ],
)
def test_what_is_usual_at_first_sight_reads_as_all_else(said: str) -> None:
    for slow in (portal_values.identity, portal_values.account):
        assert outcome(row_reader._usual(slow), said) == outcome(slow, said)


def outcome(read_cell: Callable[[str], object], said: str) -> object:
    try:
        return read_cell(said)
    except portal_values.Bad as bad:
        return bad.code
