"""Every refusal of a file, by a file that leads to it; and whoever does what its sentence says is heard.

Refusals of what means harm advise a new export, which is any good file: those are in `test_hostile`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

import words
from papers.reading import reader, survey
from papers.reading.unreadable import Unreadable
from tests.papers import hostile_files, odd_files
from tests.papers.portal_files import HEADINGS, application, table, workbook

LINES = [[str(cell or "") for cell in line] for line in table(application(1), application(2))]
Write = Callable[[Path], Path]
BIG5 = [["申報編號", "單位名稱", "統一社會信用代碼", "合同金額"], ["1", "深圳雲海科技公司", "9144", "100"]]


def text(path: Path, encoding: str = "utf-8-sig", lines: list[list[str]] = LINES, mark: str = ",") -> Path:
    path.write_bytes("\r\n".join(mark.join(line) for line in lines).encode(encoding))
    return path


def good(path: Path) -> Path:
    """The file exported again, or saved by a spreadsheet program."""
    return workbook(path, table(application(1), application(2)))


HEADED = table(application(1))[0]


def headed(path: Path, **changed: str) -> Path:
    return workbook(path, table(application(1), application(2), headings={**HEADINGS, **changed}))


def raw(content: bytes) -> Write:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def far(path: Path, row: int, column: int) -> Path:
    book = openpyxl.load_workbook(good(path))
    book.active.cell(row, column, "x")
    book.save(path)
    return path


def without_far(path: Path, row: int, column: int) -> Path:
    book = openpyxl.load_workbook(far(path, row, column))
    book.active.delete_rows(4, row)
    book.active.delete_cols(18, column)
    book.save(path)
    return path


def noted(path: Path, heading: str) -> Path:
    rows = table(application(1), application(2), headings={**HEADINGS, "contract_amount": heading})
    return workbook(path, [*rows, ["备注：金额单位为万元"]])


def saved(path: Path) -> Path:
    """Opened and saved again without the part that the sentence names."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "vba" not in name.lower()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


FILES: list[tuple[str, Write, Write]] = [
    ("empty", raw(b""), good),
    ("encrypted", hostile_files.encrypted, good),
    ("old_workbook", hostile_files.old_workbook, good),
    ("open_document", hostile_files.open_document, good),
    ("html", hostile_files.web_page, good),
    ("xml", hostile_files.xml_workbook, good),
    ("no_table", raw(b"%PDF-1.7 1,2"), good),
    ("damaged", hostile_files.truncated, good),
    ("no_sheet", hostile_files.no_sheet, good),
    ("no_headings", lambda path: workbook(path, [["甲", "乙"], ["1", "2"]]), good),
    (
        "binary_workbook",
        lambda path: odd_files.remade(good(path), more={"xl/workbook.bin": b"x"}),
        good,
    ),
    (
        "macros",
        lambda path: odd_files.remade(good(path), more={"xl/vbaProject.bin": b"x"}),
        lambda path: saved(odd_files.remade(good(path), more={"xl/vbaProject.bin": b"x"})),
    ),
    ("all_hidden", lambda path: odd_files.with_hidden_sheets(good(path), "Sheet1"), good),
    (
        "too_many_rows",
        lambda path: far(path, survey.MOST_ROWS + 1, 1),
        lambda path: without_far(path, 300, 1),
    ),
    ("too_wide", lambda path: far(path, 3, survey.MOST_COLUMNS + 1), lambda path: without_far(path, 3, 100)),
    ("too_many_cells", lambda path: far(path, 150_000, 600), lambda path: without_far(path, 300, 60)),
    ("encoding", raw("申报编号,单位\n1,甲".encode("gb18030") + b"\xff"), text),
    ("encoding_guessed", lambda path: text(path, "big5", BIG5), text),
    ("csv", raw('申报编号,单位名称\n1,"甲\n2,乙\n'.encode()), text),
    ("long_text", raw(b"a" * (1 << 21)), text),
    (
        "missing_columns",
        lambda path: workbook(path, [list(HEADINGS.values())[:9], ["1"] * 9]),
        good,
    ),
    ("two_units", lambda path: headed(path, contract_amount="合同金额（元/万元）"), good),
    ("unit", lambda path: headed(path, contract_amount="合同金额（外币）"), good),
    ("currency", lambda path: headed(path, contract_amount="合同金额（美元）"), good),
    (
        "unit_row",
        lambda path: workbook(path, [HEADED, ["（万元）"] * len(HEADINGS), *table(application(1))[1:]]),
        good,
    ),
    (
        "noted_unit",
        lambda path: noted(path, "合同金额"),
        lambda path: noted(path, "合同金额（元）"),
    ),
]


def suffix(code: str) -> str:
    return ".csv" if code in ("encoding", "encoding_guessed", "csv", "long_text") else ".xlsx"


@pytest.mark.parametrize(("code", "write", "advised"), FILES, ids=[code for code, _, _ in FILES])
def test_a_file_leads_to_the_refusal_and_its_advice_helps(
    code: str, write: Write, advised: Write, tmp_path: Path
) -> None:
    path = tmp_path / f"round{suffix(code)}"
    with pytest.raises(Unreadable) as caught:
        reader.portal(write(path))
    assert caught.value.code == code
    assert "请" in caught.value.say()
    path.unlink()
    assert len(reader.portal(advised(path)).rows) == 2


@pytest.mark.parametrize("mark", ["\t", ";", "|", "，", "；"])
def test_every_separator_of_a_text_is_read(mark: str, tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le", "gb18030"):
        assert len(reader.portal(text(tmp_path / "a.csv", encoding, mark=mark)).rows) == 2


def test_a_column_map_decides_between_two_columns_as_the_sentence_says(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [[*line, line[12]] for line in table(application(1), application(2))]
    )
    book = openpyxl.load_workbook(path)
    book.active.cell(1, 18, "合同总金额（元）")
    book.save(path)
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code == "two_columns"
    second = str(caught.value.params["second"])
    assert f'"{second}" = "-"' in caught.value.say("en")
    assert len(reader.portal(path, taught={second: ""}).rows) == 2
    with pytest.raises(Unreadable) as caught:
        reader.portal(path, taught={second: "price"})
    assert caught.value.code == "map_field"


def test_no_refusal_is_without_a_file_that_leads_to_it() -> None:
    """Those that are not above are in the tests of the guard, the survey, the package and the process."""
    codes = {
        each.removeprefix("import.file.") for each in words.codes("zh") if each.startswith("import.file.")
    }
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert {code for code in codes if f'"{code}"' not in tests.replace("import.file.", "")} == set()
