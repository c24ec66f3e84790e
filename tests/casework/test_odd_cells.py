"""One workbook with cells of every make: import, `calculate` and verification read the same fact of each, or
none of them reads any. Text by text the doors are compared in `tests/casework/test_one_door.py`.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import xlsxwriter

from casework.core.refused import Refused
from casework.intake.portal_import import import_file
from casework.review import checking
from casework.rulebook.shipped_packs import DEFAULT, shipped
from casework.without_office.calculation import Calculation
from papers.reading import text_rows
from papers.reading.cell_text import CellText
from tests.casework.desk import Desk
from tests.casework.test_one_door import said_of
from tests.papers.portal_files import HEADINGS, application, code

DAY = datetime.date(2026, 5, 7)
NO = object()
"""No door takes it."""


class Odd(NamedTuple):
    """A field, what stands in its cell, the fact, and the cell's number format where it has one."""

    field: str
    cell: Any
    fact: Any
    shown_as: str = ""


ODD = (
    Odd("contract_amount", 800, 800_000_000),
    Odd("contract_amount", 0.01, 10_000),
    Odd("contract_amount", " ８００．５ ", 800_500_000),
    Odd("contract_amount", "1,200", 1_200_000_000),
    Odd("contract_amount", "￥800", NO),
    Odd("contract_amount", "800.0000001", NO),
    Odd("contract_amount", True, NO),
    Odd("contract_amount", DAY, NO, "yyyy-mm-dd"),
    Odd("contract_amount", -5, NO),
    Odd("other_support", "无", 0),
    Odd("other_support", "  ", None),
    Odd("other_support", False, NO),
    Odd("other_support", "3000.00 ", 300_000),
    Odd("founded_on", 46149, DAY),
    Odd("founded_on", 1, NO, "yyyy-mm-dd"),
    Odd("founded_on", 60, NO, "yyyy-mm-dd"),
    Odd("founded_on", "２０２６年５月７日", DAY),
    Odd("founded_on", False, NO),
    Odd("founded_on", "N/A", None),
    Odd("signed_on", 20260507, DAY),
    Odd("signed_on", 46149.75, DAY, "yyyy-mm-dd hh:mm"),
    Odd("signed_on", "五月七日", NO),
    Odd("applied_at", 46149.5, datetime.datetime(2026, 5, 7, 12)),
    Odd("applied_at", "2026-05-07 下午2:19", datetime.datetime(2026, 5, 7, 14, 19)),
    Odd("related_party", True, True),
    Odd("related_party", False, False),
    Odd("related_party", 1, True),
    Odd("related_party", "ＦＡＬＳＥ", False),
    Odd("related_party", "是\n", True),
    Odd("provider_admitted", 46149, NO, "yyyy-mm-dd"),
    Odd("applicant", code(900).lower() + " ", code(900)),
    Odd("applicant", "9.14403E+17", NO),
    Odd("applicant", 914403001234567890, NO),
    Odd("applicant", DAY, NO, "yyyy-mm-dd"),
    Odd("case", DAY, NO, "yyyy-mm-dd"),
    Odd("case", 1.5, NO),
    Odd("case", False, NO),
    Odd("contract_no", 20260507, "20260507"),
    Odd("contract_no", "ＨＴ－1\n", "HT-1"),
    Odd("contract_no", DAY, NO, "yyyy-mm-dd"),
    Odd("contract_no", 20.5, NO),
    Odd("contract_no", True, NO),
)  # fmt: skip
HEADED = HEADINGS | {
    "contract_amount": "合同\n金额 (万元)",
    "case": " 申报编号　",
    "signed_on": "合同签订\r\n日期",
    "other_support": "同一合同已获其他财政资金 [元]",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Row by row an application with one odd cell; the headings are merged over two rows and broken."""
    book = xlsxwriter.Workbook(str(tmp_path / "odd.xlsx"))
    page = book.add_worksheet()
    usual = {
        datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    page.write_string(0, 0, "算力券申报汇总")
    for column, heading in enumerate(HEADED.values()):
        page.merge_range(1, column, 2, column, heading)
    for row, odd in enumerate(ODD, 3):
        for column, (name, cell) in enumerate(application(row, contract_amount=800).items()):
            shown = usual.get(type(cell))
            if name == odd.field:
                cell, shown = odd.cell, book.add_format({"num_format": odd.shown_as or "General"})
            if cell is not None:
                page.write(row, column, cell, *([shown] if shown else []))
    page.write_blank(len(ODD) + 5, 30, None, book.add_format({"bold": True}))
    book.close()
    return tmp_path / "odd.xlsx"


def imported(desk: Desk, file: Path) -> dict[int, Any]:
    """The fact of each row, or `NO` where the row was rejected for that cell."""
    done = import_file(desk.office, "officer", file)
    facts: dict[int, Any] = {reject.row: NO for reject in done.rejected}
    for row, odd in enumerate(ODD, 4):
        if row not in facts:
            facts[row] = said_of(desk, f"T{row - 1:04d}")[odd.field]
    assert [HEADED[ODD[reject.row - 4].field] == reject.column for reject in done.rejected]
    return facts


def calculated(file: Path) -> dict[int, Any]:
    """The same as `calculate` has it; a text that no rule looks at is not read."""
    facts: dict[int, Any] = {}
    with text_rows.opened(file) as table:
        calculation = Calculation(table.headings, shipped(), DEFAULT, {}, table)
        read_ones = {column.fact for column in calculation.columns}
        for (row, odd), cells in zip(enumerate(ODD, 4), table.rows, strict=True):
            read = calculation.read(cells)
            reasons = read.result[len(table.headings) + 8].split(";") if read.result else []
            if odd.field in read_ones:
                facts[row] = NO if odd.field in reasons else read.facts.get(odd.field)
    return facts


def verified(desk: Desk, odd: Odd) -> Any:
    """What a person verifies who types what the cell shows."""
    said = odd.cell if isinstance(odd.cell, str) else str(CellText.of(_kept(odd.cell), False))
    unit = "万元" if odd.field == "contract_amount" else ""
    case = desk.submit(**{odd.field: None} if odd.field not in REQUIRED else {})
    try:
        checking.verify_facts(desk.office, "officer", case, {odd.field: said.strip() + unit}, "核对原件")
    except Refused:
        return NO
    return said_of(desk, case)[odd.field]


def _kept(cell: Any) -> Any:
    return float(cell) if type(cell) is int else cell


REQUIRED = ("contract_amount", "applicant", "applied_at", "contract_no")
TYPED = [
    odd
    for odd in ODD
    if odd.field not in ("case", "applicant", "applied_at")
    and odd.cell not in ("  ", "￥800")
    and (isinstance(odd.cell, str) or odd.field in ("contract_amount", "related_party"))
    and not odd.shown_as
]
"""What a person would type as it is shown: no serial number, and no amount in the heading's unit."""


def test_a_workbook_says_the_same_by_import_and_by_calculate(desk: Desk, file: Path) -> None:
    wanted = dict(enumerate((odd.fact for odd in ODD), 4))
    assert imported(desk, file) == wanted
    alone = calculated(file)
    assert len(alone) > 30 and alone == {row: wanted[row] for row in alone}


@pytest.mark.parametrize("odd", TYPED, ids=lambda odd: f"{odd.field}-{odd.cell}")
def test_what_is_typed_by_hand_is_the_same(desk: Desk, odd: Odd) -> None:
    assert verified(desk, odd) == odd.fact
