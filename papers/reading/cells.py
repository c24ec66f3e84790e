"""The sheets of a guarded file as rows of cells under Excel's row numbers. Runs in the child process.

A workbook is parsed by calamine, which is fast and loses three things that matter: error cells and
formulas that were never calculated look empty, and so do the cells that a merged one covers. They come back
as `Trouble` from what `papers.reading.survey` saw in the bytes.
"""

from __future__ import annotations

import contextlib
import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from papers.reading import package, part_text, separators
from papers.reading.guard import Checked
from papers.reading.number_formats import Formatted
from papers.reading.package import Package
from papers.reading.portal_values import Cell, Trouble
from papers.reading.repacked import repacked
from papers.reading.survey import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    PartSurvey,
    column_letters,
    column_number,
)
from papers.reading.unreadable import Unreadable

_ERROR = re.compile(r"#(?:N/A|GETTING_DATA|[A-Z][A-Z_/0-9]*[!?])")


class Row(NamedTuple):
    """One row: its number as Excel shows it, and its cells from column A on."""

    number: int
    cells: list[Cell]


@dataclass(slots=True)
class Sheet:
    """One visible sheet. `height` is its last row; `covered` are the cells under a merged one, `hidden` the
    rows that a filter or a hand hides."""

    name: str
    height: int
    rows: Iterator[Row]
    since_1904: bool = False
    part: str = ""
    path: Path | None = None
    covered: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()

    def stored_digits(self, columns: set[int]) -> dict[tuple[int, int], str]:
        """The digits of number cells as the file keeps them, by row and column: no float has touched them."""
        if self.path is None:
            return {}
        number = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*>(?:<f[^<>]*>[^<]*</f>)?<v>([^<]*)</v>')
        with zipfile.ZipFile(self.path) as archive:
            content = b"".join(part_text.in_utf_8((archive.read(self.part),)))
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
        yield Sheet("", 0, _csv_rows(path, checked))
        return
    yield from _workbook_sheets(path, checked)


def _workbook_sheets(path: Path, checked: Checked) -> Iterator[Sheet]:
    with zipfile.ZipFile(path) as archive:
        found = package.of(archive)
        before = min(part.header_offset for part in archive.infolist())
    anew = before or any(survey.anew for survey in checked.parts.values())
    usual = found.is_usual and not anew
    surveys = [checked.parts.get(sheet.part.stored) for sheet in found.sheets]
    for sheet, survey, parsed in zip(found.sheets, surveys, _parsed(path, found, usual), strict=True):
        if survey is None:
            raise Unreadable("damaged")
        last_row, last_column = parsed.end or (-1, -1)
        if last_row >= MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS, row=last_row + 1)
        if last_column >= MOST_COLUMNS or parsed.height * parsed.width > MOST_CELLS:
            raise Unreadable("too_many_cells", most=MOST_CELLS)
        covered = _covered(survey)
        yield Sheet(
            name=sheet.name,
            height=last_row + 1,
            rows=_with_troubles(_rows_of(parsed), survey, covered),
            since_1904=found.since_1904,
            part=sheet.part.stored,
            path=path,
            covered=covered,
            hidden=survey.hidden,
        )


def _parsed(path: Path, found: Package, usual: bool) -> Iterator[Any]:
    """The visible sheets as calamine has them; where it stumbles over one, as it has them repacked."""
    import python_calamine as calamine

    book: Any = None
    if usual:
        with contextlib.suppress(calamine.CalamineError):
            book = calamine.CalamineWorkbook.from_path(str(path))
    for sheet in found.sheets:
        parsed = None
        if book is not None:
            with contextlib.suppress(calamine.CalamineError):
                parsed = book.get_sheet_by_name(sheet.name)
        if parsed is None:
            try:
                again = calamine.CalamineWorkbook.from_filelike(repacked(path, found))
                parsed = again.get_sheet_by_name(sheet.name)
            except calamine.PasswordError as error:
                raise Unreadable("encrypted") from error
            except (calamine.CalamineError, zipfile.BadZipFile) as error:
                raise Unreadable("damaged") from error
            book = again
        yield parsed


def _rows_of(sheet: Any) -> Iterator[Row]:
    start = sheet.start
    if start is None:
        return
    pad: list[Cell] = [""] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
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
    looks: dict[int, list[tuple[int, str]]] = {}
    for row, column, code in survey.formats:
        looks.setdefault(row, []).append((column, code))
    if not marks and not looks:
        yield from rows
        return
    for number, cells in rows:
        for column, trouble in marks.get(number, ()):
            if column < len(cells) and _hides(trouble, cells[column]):
                cells[column] = trouble
        for column, code in looks.get(number, ()):
            if column < len(cells) and type(cell := cells[column]) in (float, int):
                cells[column] = Formatted.of(cell, code)  # type: ignore[arg-type]
        yield Row(number, cells)


def _hides(trouble: Trouble, cell: Cell) -> bool:
    """Whether a cell is what the survey saw there, and not what the parser gives.

    What lies under a merged cell is not what people see, and what stands for the result of a formula that
    nobody calculated is none, whatever is stored there.
    """
    if trouble.code == "cell_error":
        return cell in ("", None)
    return trouble.code == "merged" or not isinstance(cell, Trouble)


def _csv_rows(path: Path, checked: Checked) -> Iterator[Row]:
    with path.open(encoding=checked.encoding, newline="") as file:
        for number, cells in text_lines(file):
            if number > MOST_ROWS:
                if not any(map(str.strip, cells)):
                    continue  # a border drawn too far leaves such lines, as ghost cells in a workbook
                raise Unreadable("too_many_rows", most=MOST_ROWS, row=number)
            if len(cells) > MOST_COLUMNS:
                raise Unreadable("too_wide", most=MOST_COLUMNS, column=column_letters(len(cells) - 1))
            yield Row(number, _with_errors(cells) if checked.has_errors else list[Cell](cells))


def _with_errors(cells: list[str]) -> list[Cell]:
    """A text keeps the error that a spreadsheet showed in a cell as its name: there is no value there."""
    return [Trouble("cell_error", cell) if is_error(cell) else cell for cell in cells]


def is_error(text: str) -> bool:
    """Whether a text is the name of a spreadsheet's error: ``#N/A``, ``#VALUE!``, ``#SPILL!``."""
    return text[:1] == "#" and _ERROR.fullmatch(text) is not None


def text_lines(file: TextIO) -> Iterator[tuple[int, list[str]]]:
    """The lines of a text as numbered cells, parted by the mark that its headings tell.

    Raises:
        Unreadable: ``csv``: a quote that is never closed must not swallow the lines after it.
    """
    yield from enumerate(text_cells(file), 1)


def text_cells(file: TextIO) -> Iterator[list[str]]:
    """The same without the numbers."""
    start = list(islice(file, separators.SEARCHED_LINES))
    file.seek(0)
    reader = csv.reader(file, delimiter=separators.separator(start), strict=True)
    try:
        for cells in islice(reader, 1):
            cells[:1] = [cell.removeprefix("\ufeff") for cell in cells[:1]]
            yield [] if separators.is_said(start[0]) else cells
        yield from reader
    except csv.Error as error:
        raise Unreadable("csv", row=reader.line_num) from error
