"""What a bank made of its template survives, also what openpyxl would leave out."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from papers.banks import bank_toml, fill
from papers.banks.bank_fault import BankFault
from papers.reading.unreadable import Unreadable
from tests.papers.banks import bank_samples as samples

MACROS = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros of the bank",
    "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr objectType='Button'/>",
    "xl/drawings/vmlDrawing1.vml": b"<xml>a button</xml>",
    "customXml/item1.xml": b"<bank version='7'/>",
}
NEWER_LIST = (
    b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/'
    b'spreadsheetml/2009/9/main"><x14:dataValidations count="1"/></ext></extLst></worksheet>'
)


def made(folder: Path, text: str = samples.BANK) -> bytes:
    bank = bank_toml.read(text, folder)
    filled = fill.fill(bank, samples.PAYMENTS, date(2026, 9, 2))
    assert filled.refused == ()
    return filled.content


def rows(content: bytes, sheet: str = "批量付款") -> list[list[object]]:
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=7)]


def test_the_rows_stand_under_their_headings(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx")
    payer = "44250100000000000091"
    assert rows(made(tmp_path)) == [
        [
            "1",
            payer,
            "4000020009200111111",
            "深圳市云海样例算力有限公司",
            819000,
            "兑付 XL01",
            "否",
            "BF2026090001",
        ],
        ["2", payer, "755900000020202", "样例理工大学（深圳）", 300000.07, "兑付 XL02", "否", "BF2026090002"],
        ["3", payer, "741900000044", "深圳市鲲屿样例生物有限公司", 0.01, "兑付 XL03", "否", "BF2026090003"],
        [None] * 8,
    ]


def test_every_other_part_is_there_byte_for_byte(tmp_path: Path) -> None:
    path = samples.template(tmp_path / "template.xlsx")
    samples.with_parts(path, MACROS)
    before, after = samples.parts(path), samples.parts(made(tmp_path))
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml"}


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_the_sheet_around_its_rows_stays_too(tmp_path: Path) -> None:
    path = samples.template(tmp_path / "template.xlsx")
    sheet = samples.parts(path)["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", NEWER_LIST)
    samples.with_parts(path, {"xl/worksheets/sheet1.xml": sheet})
    after = samples.parts(made(tmp_path))["xl/worksheets/sheet1.xml"]
    assert after.endswith(sheet.partition(b"</sheetData>")[2]) and b"x14:dataValidations" in after
    assert after.startswith(sheet.partition(b"<sheetData>")[0])
    page = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))["批量付款"]
    assert str(page.merged_cells) == "A1:H1" and page.freeze_panes == "A4"
    assert [str(each.sqref) for each in page.data_validations.dataValidation] == ["G4:G23"]
    assert [page.cell(4, at).number_format for at in (3, 5)] == ["@", "0.00"]
    assert page.column_dimensions["C"].width == 26


@pytest.mark.filterwarnings("ignore:Data Validation extension")
def test_openpyxl_would_lose_what_is_kept_here(tmp_path: Path) -> None:
    """The reason for it: as long as this holds, a template is not written anew."""
    path = samples.with_parts(samples.template(tmp_path / "template.xlsx"), MACROS)
    sheet = samples.parts(path)["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", NEWER_LIST)
    samples.with_parts(path, {"xl/worksheets/sheet1.xml": sheet})
    openpyxl.load_workbook(path, keep_vba=True).save(tmp_path / "anew.xlsx")
    lost = samples.parts(path).keys() - samples.parts(tmp_path / "anew.xlsx").keys()
    assert "customXml/item1.xml" in lost
    assert b"x14:dataValidations" not in samples.parts(tmp_path / "anew.xlsx")["xl/worksheets/sheet1.xml"]


def test_an_amount_goes_where_text_is_wanted_as_text(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx")
    text = samples.BANK.replace("first_row = 4", 'first_row = 4\ntexts = "金额（元）"\nnumbers = "序号"')
    assert [(row[0], row[4]) for row in rows(made(tmp_path, text))[:2]] == [
        (1, "819000.00"),
        (2, "300000.07"),
    ]


def test_fen_and_a_column_by_its_letters(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx")
    text = samples.BANK.replace('"收款户名" =', "D =").replace("first_row = 4", 'first_row = 4\nunit = "fen"')
    assert [row[3:5] for row in rows(made(tmp_path, text))[:1]] == [
        ["深圳市云海样例算力有限公司", 81_900_000]
    ]


def test_more_rows_than_the_bank_prepared(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx", rows=1)
    page = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))["批量付款"]
    assert page["C6"].value == "741900000044"
    assert (page["C6"].number_format, page["E6"].number_format) == ("@", "0.00")


def test_formulas_are_calculated_anew_and_one_that_is_written_over_is_out_of_the_chain(
    tmp_path: Path,
) -> None:
    path = samples.template(tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(path)
    book["批量付款"]["A4"], book["批量付款"]["J4"] = "=ROW()-3", "=LEN(D4)"
    book.save(path)
    there = samples.parts(path)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    rels = there["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode(),
    )
    types = there["[Content_Types].xml"].replace(
        b"</Types>", b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    )
    chain = {"xl/calcChain.xml": b'<calcChain><c r="A4"/></calcChain>'}
    book_part = there["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    samples.with_parts(
        path,
        {
            **chain,
            "xl/_rels/workbook.xml.rels": rels,
            "[Content_Types].xml": types,
            "xl/workbook.xml": book_part,
        },
    )
    after = samples.parts(made(tmp_path))
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    assert not any(b"calcChain" in part for part in after.values()) and "xl/calcChain.xml" not in after
    page = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))["批量付款"]
    assert (page["A4"].value, page["J4"].value) == ("1", "=LEN(D4)")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('sheet = "批量付款"', 'sheet = "代码"', "bank.template.sheet"),
        ('"收款户名" =', '"户名" =', "bank.template.heading"),
        ("first_row = 4", "first_row = 3", "bank.template.heading"),
    ],
)
def test_a_template_that_is_otherwise_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    samples.template(tmp_path / "template.xlsx")
    with pytest.raises(BankFault, match=code):
        made(tmp_path, samples.BANK.replace(old, new))


def test_a_heading_that_stands_twice_is_told_by_its_letters(tmp_path: Path) -> None:
    path = samples.template(tmp_path / "template.xlsx")
    book = openpyxl.load_workbook(path)
    book["批量付款"]["K3"] = " 收款户名"
    book.save(path)
    with pytest.raises(BankFault) as caught:
        made(tmp_path)
    assert caught.value.say() == "“template.xlsx”里“收款户名”出现在几列：D、K，请写列的字母。"


def test_an_example_of_the_banks_below_the_payments_would_be_paid(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx", example=True)
    bank = bank_toml.read(samples.BANK, tmp_path)
    assert fill.fill(bank, samples.PAYMENTS, date(2026, 9, 2)).content  # it is written over
    with pytest.raises(BankFault) as caught:
        fill.fill(bank, samples.PAYMENTS[:2], date(2026, 9, 2))
    assert caught.value.params == {"cell": "C6", "row": 6}
    noted = bank_toml.read(samples.BANK.replace("first_row = 4", "first_row = 4\nlast_row = 5"), tmp_path)
    assert fill.fill(noted, samples.PAYMENTS[:2], date(2026, 9, 2)).content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"text", "damaged"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "template.xlsx").write_bytes(content)
    with pytest.raises(Unreadable, match=code):
        made(tmp_path)


def test_the_same_payments_give_the_same_bytes(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx")
    assert made(tmp_path) == made(tmp_path)
