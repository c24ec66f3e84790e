"""A workbook is where its package says: names, capitals and slashes are the writer's."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from papers.reading import package, reader
from papers.reading.unreadable import Unreadable
from tests.papers import odd_files
from tests.papers.odd_files import BOOK, LINKS, SHEET, portal, remade
from tests.papers.portal_files import application, table, workbook


def at_the_root(path: Path) -> Path:
    return remade(
        path,
        rename=lambda name: name.replace("xl/", ""),
        change={"_rels/.rels": lambda text: text.replace("xl/workbook", "workbook")},
    )


def another_name(path: Path) -> Path:
    return remade(
        path,
        rename=lambda name: name.replace("workbook.xml", "book2.xml"),
        change={"_rels/.rels": lambda text: text.replace("xl/workbook.xml", "/xl/book2.xml")},
    )


def targets_from_the_root(path: Path) -> Path:
    return remade(path, change={LINKS: lambda text: text.replace('Target="', 'Target="/xl/')})


def targets_by_dots(path: Path) -> Path:
    return remade(path, change={LINKS: lambda text: text.replace('Target="', 'Target="./../xl/')})


def targets_with_backslashes(path: Path) -> Path:
    return remade(path, change={LINKS: lambda text: text.replace("worksheets/", "worksheets\\")})


def a_blank_in_a_name(path: Path) -> Path:
    return remade(
        path,
        rename=lambda name: name.replace("sheet1", "sheet 1"),
        change={LINKS: lambda text: text.replace("sheet1", "sheet%201")},
    )


def changed(path: Path, part: str, was: str, now: str) -> Path:
    return remade(path, change={part: lambda text: text.replace(was, now)})


ODD: list[Callable[[Path], Path]] = [
    at_the_root,
    another_name,
    targets_from_the_root,
    targets_by_dots,
    targets_with_backslashes,
    a_blank_in_a_name,
    lambda path: remade(path, rename=lambda name: name.replace("/", "\\")),
    lambda path: remade(path, rename=lambda name: name.replace("workbook.xml", "Workbook.XML")),
    lambda path: remade(path, rename=lambda name: "/" + name),
    lambda path: remade(path, rename=lambda name: "XL" + name[2:] if name.startswith("xl/") else name),
    lambda path: remade(path, without=("_rels/.rels",)),
    lambda path: remade(path, without=("[Content_Types].xml",)),
    lambda path: remade(path, more={"xl/media/picture.bmp": b"\0" * 30_000_000}),
    lambda path: remade(
        path, more={"docProps/app.xml": b"<!DOCTYPE x>", "customXml/item1.xml": b"\xff\xfe<"}
    ),
    odd_files.empty_deflated_part,
    lambda path: odd_files.empty_deflated_part(remade(path, without=("xl/styles.xml",)), "xl/styles.xml"),
    odd_files.large_end,
    odd_files.in_utf_16,
    lambda path: odd_files.in_utf_16(path, encoding="utf-16-be"),
    *(
        partial(lambda name, path: odd_files.in_utf_16(path, name, encoding="utf-16-le"), name)
        for name in (SHEET, BOOK, LINKS, "_rels/.rels", "xl/sharedStrings.xml", "xl/styles.xml")
    ),
    lambda path: odd_files.behind(path, b"\r\n"),
    lambda path: odd_files.behind(path, b"\xef\xbb\xbf\n", told=True),
    lambda path: odd_files.behind(path, b"<br />\n<b>Warning</b>: too late in <b>export.php</b>\n"),
    lambda path: odd_files.behind(odd_files.in_utf_16(path, SHEET), b"\n"),
]


@pytest.mark.parametrize("write", ODD)
def test_a_good_workbook_of_another_make_is_read(write: Callable[[Path], Path], tmp_path: Path) -> None:
    path = write(portal(tmp_path / "a.xlsx", rows=2))
    file = reader.portal(path)
    assert [row.row for row in file.rows] == [2, 3] and not file.rejects
    assert file.rows[0].said["contract_amount"] == 800_000_000


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (lambda path: remade(path, more={"XL\\vbaProject.bin": b"x"}), "macros"),
        (lambda path: remade(path, more={"macrosheets/sheet1.xml": b"<a/>"}), "macros"),
        (lambda path: changed(path, LINKS, "relationships/worksheet", "x/xlMacrosheet"), "macros"),
        (lambda path: remade(path, more={"xl\\WORKBOOK.xml": b"<workbook/>"}), "damaged"),
        (lambda path: changed(path, BOOK, "workbook", "document"), "no_table"),
        (lambda path: changed(path, "_rels/.rels", "workbook.xml", "workbook.bin"), "binary_workbook"),
        (lambda path: changed(path, LINKS, "?>", "?><!DOCTYPE x>"), "harmful"),
        (lambda path: remade(path, without=(LINKS,)), "damaged"),
        (lambda path: remade(path, without=(SHEET,)), "damaged"),
        (
            lambda path: remade(path, change={BOOK: lambda text: text + " " * (package.LARGEST_INDEX + 1)}),
            "harmful",
        ),
    ],
)  # fmt: skip
def test_what_harms_is_still_refused_whatever_it_is_called(
    write: Callable[[Path], Path], code: str, tmp_path: Path
) -> None:
    path = write(portal(tmp_path / "a.xlsx"))
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code == code


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_what_another_program_opens_is_no_workbook(start: bytes, tmp_path: Path) -> None:
    path = odd_files.behind(portal(tmp_path / "a.xlsx"), start)
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code in ("no_table", "old_workbook")


def test_a_row_that_stands_there_is_seen_where_unused_rows_are_hidden(tmp_path: Path) -> None:
    path = odd_files.with_unused_rows_hidden(portal(tmp_path / "a.xlsx", rows=3))
    file = reader.portal(odd_files.hide(path, 3))
    assert [row.row for row in file.rows] == [2, 3, 4] and file.sheets[0].hidden == {3}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_workbook_of_hidden_sheets_names_them(state: str, tmp_path: Path) -> None:
    path = odd_files.with_hidden_sheets(portal(tmp_path / "a.xlsx"), "Sheet1", state=state)
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code == "all_hidden" and "Sheet1" in caught.value.say()


def test_applications_on_a_hidden_sheet_are_not_called_missing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["填报说明"]], table(application()), hidden=(1,))
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.code == "headings_hidden" and "Sheet2" in caught.value.say("en")
    odd_files.remade(path, change={BOOK: lambda text: text.replace('state="hidden"', "")})
    assert len(reader.portal(path).rows) == 1, "what the sentence advises"


@pytest.mark.parametrize("sheets", [[table(application())], [[["填报说明"]], table(application())]])
def test_a_sheet_that_no_menu_shows_is_asked_for_of_who_made_it(
    sheets: list[list[list[object]]], tmp_path: Path
) -> None:
    """What is hidden by a macro (`veryHidden`) does not stand in the list of Excel's own Unhide."""
    path = workbook(tmp_path / "a.xlsx", *sheets)
    odd_files.with_hidden_sheets(path, f"Sheet{len(sheets)}", state="veryHidden")
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert "“取消隐藏”里没有列出" in caught.value.say() and "改为可见、保存后重新提供" in caught.value.say()
    assert "where Unhide does not list it, ask whoever made the file" in caught.value.say("en")
    odd_files.remade(path, change={BOOK: lambda text: text.replace('state="veryHidden"', "")})
    assert len(reader.portal(path).rows) == 1, "what the sentence advises"


def test_a_hidden_sheet_beside_the_table_is_left_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", table(application()), [["字典"]], hidden=(1,))
    assert len(reader.portal(path).rows) == 1


def test_who_left_the_calculating_to_others_says_so(tmp_path: Path) -> None:
    def said(mark: str) -> bool:
        path = portal(tmp_path / "a.xlsx")
        remade(path, change={BOOK: lambda text: text.replace('fullCalcOnLoad="1"', mark)})
        with zipfile.ZipFile(path) as archive:
            return package.of(archive).uncalculated

    assert said('fullCalcOnLoad="1"') and said('fullCalcOnLoad="true"') and said('calcCompleted="0"')
    assert (
        not said("")
        and not said('fullCalcOnLoad="0"')
        and not said('calcCompleted="1" fullCalcOnLoad="false"')
    )


@pytest.mark.parametrize("relations", ["one", "each its own"])
def test_many_sheets_of_one_part_are_refused_at_once(tmp_path: Path, relations: str) -> None:
    """35 KB that would be read four thousand times."""
    path = workbook(tmp_path / "many.xlsx", table(*(application(number) for number in range(1, 60))))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book, links = parts["xl/workbook.xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    sheet = re.search(r"<sheet [^>]*/>", book)
    link = re.search(r"<Relationship [^>]*worksheet[^>]*/>", links)
    assert sheet and link
    each = [re.sub(r'(name|sheetId)="', rf"\g<0>{number}", sheet[0]) for number in range(1, 4_001)]
    if relations == "each its own":
        each = [re.sub(r'r:id="[^"]+"', f'r:id="q{number}"', one) for number, one in enumerate(each)]
        more = "".join(re.sub(r'Id="[^"]+"', f'Id="q{number}"', link[0]) for number in range(4_000))
        links = links.replace("</Relationships>", f"{more}</Relationships>")
    parts["xl/workbook.xml"] = book.replace(sheet[0], "".join(each)).encode()
    parts["xl/_rels/workbook.xml.rels"] = links.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    started = time.monotonic()
    with pytest.raises(Unreadable, match="harmful"):
        reader.portal(path)
    assert time.monotonic() - started < 5
