"""A workbook whose parts a parser would not find, or in which it would stumble, as Excel would have
written it.

Only the parts that hold the table go over, under their usual names, piece by piece: nothing is held but the
squeezed result. What `papers.reading.survey` saw stays true, for no row or column moves.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import IO

from papers.reading import part_text
from papers.reading.package import Package
from papers.reading.survey import GHOST

_PIECE = 1 << 20
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_GHOST = re.compile(GHOST)
_ERROR = re.compile(
    rb"([<:]c\s(?:[^<>]*?\s)?t\s*=\s*[\"']e[\"'][^<>]*(?<!/)>(?:(?!</?(?:\w+:)?c[\s>]).)*?<(?:\w+:)?v>)[^<]*<",
    re.DOTALL,
)
_NOT_TYPE = rb"(?:\s+(?!t\s*=)[\w:]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*"
_NO_NUMBER = re.compile(
    rb"([<:]c" + _NOT_TYPE + rb")(?:\s+t\s*=\s*[\"']n[\"'])?(" + _NOT_TYPE + rb")\s*>"
    rb"(?=(?:<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>[^<]*[^-+0-9.eE<\s][^<]*<)"
)


def repacked(path: Path, package: Package) -> io.BytesIO:
    """The workbook at a path with the parts of its package under their usual names.

    Cells without a value are left out, an error that is newer than the parser becomes one that it knows,
    what stands for a number and is none becomes text, and what is in UTF-16 is written in UTF-8.
    """
    target, numbered = io.BytesIO(), list(enumerate(package.sheets, 1))
    with (
        zipfile.ZipFile(path) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out,
    ):
        out.writestr("_rels/.rels", _links({"officeDocument": "xl/workbook.xml"}))
        out.writestr("xl/workbook.xml", _book(package))
        sheets = {f"worksheet{number}": f"worksheets/sheet{number}.xml" for number, _ in numbered}
        out.writestr("xl/_rels/workbook.xml.rels", _links(sheets))
        for number, sheet in numbered:
            with (
                source.open(sheet.part.stored) as part,
                out.open(f"xl/worksheets/sheet{number}.xml", "w") as to,
            ):
                for piece in _cleaned(part):
                    to.write(piece)
        for other in package.others:
            if source.getinfo(other.stored).file_size:
                with source.open(other.stored) as part, out.open(other.usual, "w") as to:
                    for piece in _pieces(part):
                        to.write(piece)
    target.seek(0)
    return target


def _book(package: Package) -> str:
    sheets = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="worksheet{number}"/>'
        for number, sheet in enumerate(package.sheets, 1)
    )
    epoch = '<workbookPr date1904="1"/>' if package.since_1904 else ""
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{epoch}<sheets>{sheets}</sheets></workbook>'


def _links(parts: Mapping[str, str]) -> str:
    """Relations to parts by their ids: a kind, and a number where there are several."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for name, target in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    return part_text.in_utf_8(iter(lambda: part.read(_PIECE), b""))


def _cleaned(part: IO[bytes]) -> Iterator[bytes]:
    """A sheet's bytes, cut behind whole cells."""
    rest = b""
    for piece in _pieces(part):
        buffer = rest + piece
        cut = buffer.rfind(b"c>") + 2
        if cut < 2:
            cut = buffer.rfind(b">") + 1
        rest = buffer[cut:]
        yield _clean(buffer[:cut])
    yield _clean(rest)


def _clean(text: bytes) -> bytes:
    text = _GHOST.sub(b"", text)
    if b'"e"' in text or b"'e'" in text:
        text = _ERROR.sub(rb"\1#N/A<", text)
    return _NO_NUMBER.sub(rb'\1 t="str"\2>', text)
