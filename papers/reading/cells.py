"""The sheets of a guarded file as rows of cells under Excel's row numbers. Runs in the child process.

A workbook is parsed by calamine, which is fast and loses three things that matter: error cells and
formulas that were never calculated look empty, and so do the cells that a merged one covers. They come back
as `Trouble` from what `papers.reading.survey` saw in the bytes.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from xml.etree import ElementTree

from papers.reading.guard import Checked
from papers.reading.portal_values import Cell, Trouble
from papers.reading.survey import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, PartSurvey, column_number
from papers.reading.unreadable import Unreadable

_LARGEST_INDEX_PART = 1 << 20
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_LINK = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class Row(NamedTuple):
    """One row: its number as Excel shows it, and its cells from column A on."""

    number: int
    cells: list[Cell]


@dataclass(slots=True)
class Sheet:
    """One visible sheet. `height` is its last row; `covered` are the cells under a merged one."""

    name: str
    height: int
    rows: Iterator[Row]
    since_1904: bool = False
    part: str = ""
    path: Path | None = None
    covered: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)

    def stored_digits(self, columns: set[int]) -> dict[tuple[int, int], str]:
        """The digits of number cells as the file keeps them, by row and column: no float has touched them."""
        if self.path is None:
            return {}
        number = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*>(?:<f[^<>]*>[^<]*</f>)?<v>([^<]*)</v>')
        with zipfile.ZipFile(self.path) as archive:
            content = archive.read(self.part)
        wanted = {}
        for letters, row, digits in number.findall(content):
            column = column_number(letters.decode())
            if column in columns:
                wanted[int(row), column] = digits.decode("ascii", "replace")
        return wanted


def sheets(path: Path, checked: Checked) -> Iterator[Sheet]:
    """The visible sheets of a file that the guard has passed.

    Raises:
        Unreadable: there is no sheet, or it can't be parsed.
    """
    if checked.kind == "csv":
        yield Sheet("", 0, _csv_rows(path, checked.encoding))
        return
    yield from _workbook_sheets(path, checked)


def _workbook_sheets(path: Path, checked: Checked) -> Iterator[Sheet]:
    import python_calamine as calamine

    since_1904, parts = _index(path)
    try:
        workbook = calamine.CalamineWorkbook.from_path(str(path))
        shown = [
            (number, sheet.name)
            for number, sheet in enumerate(workbook.sheets_metadata)
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except calamine.CalamineError as error:
        raise Unreadable("damaged") from error
    if not shown:
        raise Unreadable("no_sheet")
    for number, name in shown:
        try:
            sheet = workbook.get_sheet_by_index(number)
        except calamine.CalamineError as error:
            raise Unreadable("damaged") from error
        if name not in parts or parts[name] not in checked.parts:
            raise Unreadable("damaged")
        last_row, last_column = sheet.end or (-1, -1)
        if last_row >= MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
        if last_column >= MOST_COLUMNS or sheet.height * sheet.width > MOST_CELLS:
            raise Unreadable("too_many_cells", most=MOST_CELLS)
        yield _sheet(sheet, last_row + 1, path, parts[name], checked.parts[parts[name]], since_1904)


def _sheet(sheet: object, height: int, path: Path, part: str, survey: PartSurvey, since_1904: bool) -> Sheet:
    covered = _covered(survey)
    return Sheet(
        name=getattr(sheet, "name"),  # noqa: B009  the library has no types
        height=height,
        rows=_with_troubles(_rows_of(sheet), survey, covered),
        since_1904=since_1904,
        part=part,
        path=path,
        covered=covered,
    )


def _rows_of(sheet: object) -> Iterator[Row]:
    start = sheet.start  # type: ignore[attr-defined]
    if start is None:
        return
    pad: list[Cell] = [""] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):  # type: ignore[attr-defined]
        yield Row(number, pad + cells if pad else cells)


def _covered(survey: PartSurvey) -> dict[int, dict[int, tuple[int, int]]]:
    covered: dict[int, dict[int, tuple[int, int]]] = {}
    for top, left, bottom, right in survey.merged:
        for row in range(top, bottom + 1):
            line = covered.setdefault(row, {})
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    line[column] = (top, left)
    return covered


def _with_troubles(
    rows: Iterator[Row], survey: PartSurvey, covered: dict[int, dict[int, tuple[int, int]]]
) -> Iterator[Row]:
    marks: dict[int, list[tuple[int, Trouble]]] = {}
    for row, column, code, shown in survey.marks:
        trouble = Trouble("cell_error", shown) if code == "error" else Trouble("formula", "")
        marks.setdefault(row, []).append((column, trouble))
    for row, cells_under in covered.items():
        marks.setdefault(row, []).extend((column, Trouble("merged", "")) for column in cells_under)
    if not marks:
        yield from rows
        return
    for number, cells in rows:
        for column, trouble in marks.get(number, ()):
            # What lies under a merged cell is not what people see, even where a value was left there.
            if column < len(cells) and (trouble.code == "merged" or cells[column] in ("", None)):
                cells[column] = trouble
        yield Row(number, cells)


def _index(path: Path) -> tuple[bool, dict[str, str]]:
    """Whether days count from 1904, and each sheet's part by its name. The guard has seen no entities."""
    with zipfile.ZipFile(path) as archive:
        book = _xml(archive, "xl/workbook.xml")
        links = _xml(archive, "xl/_rels/workbook.xml.rels")
        names = {name.lower(): name for name in archive.namelist()}
    targets = {}
    for link in links:
        target = PurePosixPath("xl", link.get("Target", "").replace("\\", "/"))
        if link.get("Target", "").startswith("/"):
            target = PurePosixPath(link.get("Target", "")[1:])
        targets[link.get("Id", "")] = names.get(str(target).lower(), "")
    properties = book.find("{*}workbookPr")
    since_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
    parts = {
        sheet.get("name", ""): targets.get(sheet.get(_LINK) or sheet.get(_STRICT_LINK) or "", "")
        for sheet in book.iterfind("{*}sheets/{*}sheet")
    }
    if not parts:
        raise Unreadable("no_sheet")
    return since_1904, parts


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    try:
        if archive.getinfo(name).file_size > _LARGEST_INDEX_PART:
            raise Unreadable("harmful", what="parts")
        return ElementTree.fromstring(archive.read(name))
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as error:
        raise Unreadable("damaged") from error


def _csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for line, _ in zip(file, range(40), strict=False)]
        file.seek(0)
        reader = csv.reader(file, delimiter=_delimiter(lines), strict=True)
        try:
            for number, cells in enumerate(reader, 1):
                if number > MOST_ROWS:
                    raise Unreadable("too_many_rows", most=MOST_ROWS)
                if len(cells) > MOST_COLUMNS:
                    raise Unreadable("too_wide", most=MOST_COLUMNS)
                yield Row(number, list[Cell](cells))
        except csv.Error as error:
            raise Unreadable("csv", row=reader.line_num) from error


def _delimiter(lines: list[str]) -> str:
    """The one of comma, tab and semicolon that stands most often in one line of the beginning."""
    return max(",\t;", key=lambda mark: max((line.count(mark) for line in lines), default=0))
