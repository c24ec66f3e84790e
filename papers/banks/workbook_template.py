"""A bank's workbook filled: its rows put in, everything else of it as the bank made it.

Only the text of the one sheet changes (`sheet_cells`), every other part goes over byte for byte: lists for
choosing, looks, pictures, buttons and macros. Written anew by openpyxl, a template lost its macros, its
buttons and the lists that newer programs write; the filled workbook is read back with it before it leaves.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from papers.banks.bank_fault import BankFault, BankUnreadable
from papers.banks.bank_toml import Column, Fill
from papers.banks.sheet_cells import Put, Sheet
from papers.reading import package, part_text
from papers.reading.package import Names
from papers.reading.survey import column_letters, column_number
from papers.reading.unreadable import Unreadable
from rules.plain_text import name_key
from words import machine

MOST_BYTES = 50 * (1 << 20)
MOST_INFLATED = 200 * (1 << 20)
_OLE = b"\xd0\xcf\x11\xe0"
_LETTERS = re.compile(r"[A-Z]{1,3}")
_CHAIN = re.compile(rb"<(?:\w+:)?(?:Override|Relationship)\b[^>]*calcChain[^>]*/>")
_WHOLE_BOOK = re.compile(r"<((?:\w+:)?)calcPr\b([^>]*?)/>")


class Template(NamedTuple):
    """A workbook of a bank: the sheet's name and part, the cells as they look, the column of each place."""

    content: bytes
    part: str
    book: str
    sheet: Any
    columns: Mapping[str, int]


def opened(fill: Fill) -> Template:
    """The template of a bank.

    Raises:
        BankFault: the sheet, a heading, or the place for the rows is not there as the bank's file says.
        Unreadable: it is no workbook.
        OSError: it can't be read.
    """
    assert fill.template is not None
    content = machine.read_bytes(fill.template, MOST_BYTES)
    try:
        found, whole = _package(content)
    except Unreadable as unreadable:
        raise BankUnreadable(fill.template.name, unreadable) from unreadable
    names = [sheet.name for sheet in found.sheets]
    wanted = fill.sheet or names[0]
    if wanted not in names:
        raise BankFault("bank.template.sheet", sheet=wanted, sheets=tuple(names), file=fill.template.name)
    page = whole[wanted]
    part = found.sheets[names.index(wanted)].part.stored
    columns = {column.place: _column(page, column.place, fill) for column in fill.columns}
    return Template(content, part, found.book.stored, page, columns)


def _package(content: bytes) -> tuple[package.Package, Any]:
    if content.startswith(_OLE):
        raise Unreadable("old_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_INFLATED:
                raise Unreadable("harmful", what="inflated")
            if any(part.flag_bits & 0x1 for part in archive.infolist()):
                raise Unreadable("encrypted")
            found = package.find(Names(archive.namelist()), archive.read)
        return found, _model(content)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise Unreadable("damaged") from error


def _model(content: bytes) -> Any:
    """The workbook as openpyxl has it, which warns of what it would leave out if it wrote."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content))


def _column(page: Any, place: str, fill: Fill) -> int:
    """Where a place is: a column's letters, or the one column that has the heading above the rows."""
    if _LETTERS.fullmatch(place):
        return column_number(place)
    wanted = name_key(place)
    file = fill.template.name if fill.template else ""
    above = page.iter_rows(max_row=max(1, fill.first_row - 1))
    found = {cell.column - 1 for row in above for cell in row if _is(cell.value, wanted)}
    if fill.first_row < 2 or not found:
        raise BankFault("bank.template.heading", heading=place, file=file, row=fill.first_row)
    if len(found) > 1:
        letters = tuple(map(column_letters, sorted(found)))
        raise BankFault("bank.template.two_headings", heading=place, file=file, columns=letters)
    (column,) = found
    return int(column)


def _is(value: object, wanted: str) -> bool:
    return isinstance(value, str) and name_key(value) in (wanted, f"*{wanted}", f"{wanted}*")


def filled(template: Template, fill: Fill, rows: Sequence[Sequence[str]]) -> bytes:
    """The workbook with the rows in it, each as wide as the bank's columns.

    Raises:
        BankFault: something stands where no payment goes.
    """
    _check_below(template, fill, len(rows))
    with zipfile.ZipFile(io.BytesIO(template.content)) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
        infos = archive.infolist()
    sheet = Sheet(_as_text(parts[template.part]))
    replaced = False
    for at, row in enumerate(rows, fill.first_row):
        values = {
            template.columns[column.place]: Put(said, _is_number(template, fill, column))
            for column, said in zip(fill.columns, row, strict=True)
        }
        replaced = replaced or sheet.formulas(at, values)
        sheet.put(at, values, fill.first_row)
    parts[template.part] = sheet.text().encode()
    if sheet.has_formulas or replaced:
        parts[template.book] = _to_calculate(parts[template.book])
    if replaced:
        parts = {name: _CHAIN.sub(b"", part) if _tells(name) else part for name, part in parts.items()}
        infos = [info for info in infos if not info.filename.casefold().endswith("calcchain.xml")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for info in infos:
            archive.writestr(info, parts[info.filename])
    _read_back(out.getvalue(), template, fill, rows)
    return out.getvalue()


def _check_below(template: Template, fill: Fill, many: int) -> None:
    """No example of the bank's may stay below the rows: it would be paid."""
    last = fill.last_row or template.sheet.max_row
    told = [column for column in fill.columns if column.field in ("account", "payee", "amount")]
    for row in range(fill.first_row + many, last + 1):
        for column in told:
            at = template.columns[column.place]
            if template.sheet.cell(row, at + 1).value not in (None, ""):
                cell = f"{column_letters(at)}{row}"
                raise BankFault("bank.template.below", cell=cell, row=row)


def _is_number(template: Template, fill: Fill, column: Column) -> bool:
    """Whether a column takes numbers: those of amounts, unless its cells are made for text, and the named."""
    if column.place in fill.numbers:
        return True
    cell = template.sheet.cell(fill.first_row, template.columns[column.place] + 1)
    return column.field == "amount" and column.place not in fill.texts and cell.number_format != "@"


def _as_text(part: bytes) -> str:
    return b"".join(part_text.in_utf_8((part,))).decode("utf-8-sig")


def _tells(name: str) -> bool:
    return name == "[Content_Types].xml" or name.casefold().endswith(".rels")


def _to_calculate(book: bytes) -> bytes:
    """The workbook's part, saying that the formulas are to be calculated when it is opened."""
    text = _as_text(book)
    if found := _WHOLE_BOOK.search(text):
        said = re.sub(r'\sfullCalcOnLoad="[^"]*"', "", found[2]).rstrip()
        return text.replace(found[0], f'<{found[1]}calcPr{said} fullCalcOnLoad="1"/>', 1).encode()
    ends = re.findall(r"</(?:\w+:)?(?:sheets|externalReferences|definedNames)>", text)
    last = ends[-1]
    prefix = last[2 : last.index(":") + 1] if ":" in last else ""
    return text.replace(last, f'{last}<{prefix}calcPr fullCalcOnLoad="1"/>', 1).encode()


def _read_back(content: bytes, template: Template, fill: Fill, rows: Sequence[Sequence[str]]) -> None:
    """What another reader finds must be what was to be written."""
    page = _model(content)[template.sheet.title]
    for at, row in enumerate(rows, fill.first_row):
        for column, said in zip(fill.columns, row, strict=True):
            found = page.cell(at, template.columns[column.place] + 1).value
            if _is_number(template, fill, column):
                same = found is not None and float(found) == float(said) if said else found is None
            else:
                same = (found or "") == said
            if not same:
                raise AssertionError(f"{column.place} {at}: {found!r} is not {said!r}")
