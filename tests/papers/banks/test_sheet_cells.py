import pytest

from papers.banks.sheet_cells import Put, Sheet
from papers.reading.unreadable import Unreadable

SHEET = (
    '<worksheet><dimension ref="A1:C2"/><sheetData><row r="1" spans="1:3"><c r="A1" t="inlineStr"><is><t>账号'
    '</t></is></c></row><row r="2" ht="20"><c r="A2" s="2"/><c r="C2" s="3"><f>LEN(A2)</f><v>0</v></c></row>'
    '</sheetData><dataValidations count="1"/></worksheet>'
)


def test_a_cell_keeps_its_look_and_what_surrounds_it_stays() -> None:
    sheet = Sheet(SHEET)
    sheet.put(2, {0: Put("400"), 1: Put("甲&乙<>")}, 2)
    assert sheet.text() == SHEET.replace(
        '<c r="A2" s="2"/>',
        '<c r="A2" s="2" t="inlineStr"><is><t>400</t></is></c>'
        '<c r="B2" t="inlineStr"><is><t>甲&amp;乙&lt;&gt;</t></is></c>',
    )


def test_a_row_below_takes_the_look_of_the_first_and_widens_the_extent() -> None:
    sheet = Sheet(SHEET)
    sheet.put(3, {0: Put("5.00", True), 3: Put("")}, 2)
    assert '<row r="3"><c r="A3" s="2"><v>5.00</v></c><c r="D3"/></row></sheetData>' in sheet.text()
    assert '<dimension ref="A1:D3"/>' in sheet.text()


def test_formulas_are_seen() -> None:
    sheet = Sheet(SHEET)
    assert sheet.has_formulas
    assert (sheet.formulas(2, {2: Put("x")}), sheet.formulas(2, {0: Put("x")})) == (True, False)


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_a_sheet_without_rows(empty: str) -> None:
    sheet = Sheet(f"<worksheet>{empty}</worksheet>")
    sheet.put(2, {1: Put(" 甲 ")}, 2)
    row = '<row r="2"><c r="B2" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c></row>'
    assert sheet.text() == f"<worksheet><sheetData>{row}</sheetData></worksheet>"


def test_names_with_a_prefix_and_cells_without_places() -> None:
    text = '<x:worksheet><x:sheetData><x:row><x:c/><x:c s="4"/></x:row></x:sheetData></x:worksheet>'
    sheet = Sheet(text)
    sheet.put(1, {1: Put("甲")}, 1)
    cell = '<x:c r="B1" s="4" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c>'
    assert sheet.text() == text.replace('<x:c s="4"/>', cell)


def test_what_has_no_rows_is_no_sheet() -> None:
    for text in ("<worksheet/>", "<worksheet><sheetData><row/></worksheet>"):
        with pytest.raises(Unreadable, match="damaged"):
            Sheet(text)
