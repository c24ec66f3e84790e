"""What a parser stumbles over is read all the same: one cell of it is bad, and not the file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from papers.reading import package, reader
from papers.reading.repacked import repacked
from tests.papers.odd_files import BOOK, SHEET, portal, remade
from tests.papers.portal_files import HEADINGS, application, faults, table, workbook

SUPPORT = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[list(HEADINGS).index("other_support")]


def with_cell(path: Path, cell: str, row: int = 2) -> Path:
    """The support's cell of a row, as it is written."""
    workbook(path, table(application(1), application(2)))
    end = f'</row><row r="{row + 1}"'

    def write(text: str) -> str:
        head, tail = text.split(end, 1) if end in text else text.split("</row></sheetData>", 1)
        start = head.rfind(f'<c r="{SUPPORT}{row}"')
        kept = head if start < 0 else head[:start] + head[head.index("</c>", start) + 4 :]
        at = kept.rfind(f'<c r="{chr(ord(SUPPORT) + 1)}{row}"')
        kept = kept[:at] + cell + kept[at:] if at >= 0 else kept + cell
        return kept + (end if end in text else "</row></sheetData>") + tail

    return remade(path, change={SHEET: write})


@pytest.mark.parametrize(
    "shown",
    ["#SPILL!", "#CALC!", "#GETTING_DATA", "#ERROR!", "#FIELD!", "#BLOCKED!", "#PYTHON!", "Err:502", "#N/A"],
)
def test_an_error_that_is_newer_than_the_parser_is_one_bad_cell(shown: str, tmp_path: Path) -> None:
    cell = f'<c r="{SUPPORT}2" t="e"><v>{shown}</v></c>'
    file = reader.portal(with_cell(tmp_path / "a.xlsx", cell))
    assert faults(file) == [(2, "cell_error", "")] and [row.row for row in file.rows] == [3]
    assert file.rejects[0].value == shown


def test_an_error_in_a_column_that_nobody_needs_is_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    lines = table(application(1), application(2))
    for line, more in zip(lines, ("备注", "x", "y"), strict=True):
        line.append(more)
    workbook(path, lines)
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(lines[0]) - 1]
    remade(path, change={SHEET: lambda text: _replaced(text, f"{column}2", 't="e"><v>#CONNECT!</v>')})
    file = reader.portal(path)
    assert [(reject.row, reject.column, reject.value) for reject in file.rejects] == [
        (2, "备注", "#CONNECT!")
    ]
    assert [row.row for row in file.rows] == [3]


def _replaced(text: str, place: str, cell: str) -> str:
    start = text.index(f'<c r="{place}"')
    end = text.index("</c>", start)
    return f'{text[:start]}<c r="{place}" {cell}{text[end:]}'


def test_a_number_cell_that_holds_no_number_is_what_it_says(tmp_path: Path) -> None:
    for cell in (f'<c r="{SUPPORT}2"><v>abc</v></c>', f'<c t="n" s="0" r="{SUPPORT}2"><v>abc</v></c>'):
        file = reader.portal(with_cell(tmp_path / "a.xlsx", cell))
        assert [(reject.reason, reject.value) for reject in file.rejects] == [("amount", "abc")]
        assert [row.row for row in file.rows] == [3]


@pytest.mark.parametrize(
    "ghost",
    [
        '<c r="{}" s="0"/>',
        '<c r="{}" s="0"></c>',
        '<c r="{}"><v/></c>',
        '<c r="{}" t="s"><v></v></c>',
        '<c r="{}" t="str"><v></v></c>',
        '<c r="{}" t="inlineStr"><is/></c>',
        '<c r="{}" t="inlineStr"><is><t xml:space="preserve"></t></is></c>',
        '<c r="{}" t="inlineStr"><is><t/></is></c>',
    ],
)
def test_a_cell_that_holds_nothing_reaches_nowhere(ghost: str, tmp_path: Path) -> None:
    path = portal(tmp_path / "a.xlsx", rows=2)
    far = f'<row r="199999">{ghost.format("ZY199999")}</row>'
    ghosts = ghost.format("A1048576") + ghost.format("XFD1048576")
    last = f'<row r="1048576" ht="20" customHeight="1">{ghosts}</row>'

    def write(text: str) -> str:
        end = text.index("</row>", text.index('<row r="2"'))
        text = text[:end] + ghost.format("AMJ2") + ghost.format("XFD2") + text[end:]
        return text.replace("</sheetData>", far + last + "</sheetData>")

    file = reader.portal(remade(path, change={SHEET: write}))
    assert [row.row for row in file.rows] == [2, 3] and not file.rejects


def test_a_million_empty_rows_are_none(tmp_path: Path) -> None:
    path = portal(tmp_path / "a.xlsx")
    rows = "".join(f'<row r="{n}" s="1" ht="14"><c r="A{n}" s="0"/></row>' for n in range(3, 250_000))
    file = reader.portal(
        remade(path, change={SHEET: lambda text: text.replace("</sheetData>", rows + "</sheetData>")})
    )
    assert [row.row for row in file.rows] == [2]


def test_only_what_holds_the_table_goes_over(tmp_path: Path) -> None:
    path = portal(tmp_path / "a.xlsx")
    remade(
        path,
        more={"xl/media/a.png": b"x"},
        change={
            BOOK: lambda text: text.replace("<workbookPr", '<workbookPr date1904="true"').replace(
                "Sheet1", "甲&amp;乙"
            )
        },
    )
    with zipfile.ZipFile(path) as archive:
        found = package.of(archive)
    with zipfile.ZipFile(repacked(path, found)) as again:
        assert "xl/media/a.png" not in again.namelist()
        assert package.of(again).is_usual and package.of(again).since_1904
        assert [sheet.name for sheet in package.of(again).sheets] == ["甲&乙"]
