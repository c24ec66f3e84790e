"""Good workbooks as other programs write them: the same table in a package of another make."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.papers.portal_files import application, table, workbook

SHEET, BOOK, LINKS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Change = Callable[[str], str]


def remade(
    path: Path,
    *,
    rename: Callable[[str], str] = lambda name: name,
    change: Mapping[str, Change] | None = None,
    more: Mapping[str, bytes] | None = None,
    without: tuple[str, ...] = (),
) -> Path:
    """A workbook written anew: parts renamed, changed (by their old names), added and left out."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name not in without}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if change and name in change:
                content = change[name](content.decode()).encode()
            archive.writestr(_named(rename(name)), content)
        for name, content in (more or {}).items():
            archive.writestr(_named(name), content)
    return path


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x")
    info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
    return info


def portal(path: Path, rows: int = 1) -> Path:
    """A portal's workbook of so many applications."""
    return workbook(path, table(*(application(number) for number in range(1, rows + 1))))


def empty_deflated_part(path: Path, name: str = "docProps/thumbnail.wmf") -> Path:
    """A part of no bytes that says it was deflated, as one office suite leaves its thumbnail."""
    remade(path, more={name: b""})
    content = bytearray(path.read_bytes())
    for mark, method, at in ((b"PK\x03\x04", 8, 18), (b"PK\x01\x02", 10, 20)):
        start = content.find(mark)
        while start >= 0:
            if (name.encode() in content[start : start + 46 + len(name)]) and content[
                start : start + 4
            ] == mark:
                struct.pack_into("<H", content, start + method, zipfile.ZIP_DEFLATED)
                struct.pack_into("<I", content, start + at, 0)
            start = content.find(mark, start + 4)
    path.write_bytes(content)
    return path


def large_end(path: Path) -> Path:
    """The end record of a large zip on a small one, as some writers always put it."""
    content = path.read_bytes()
    end = content.rfind(b"PK\x05\x06")
    count, length, start = struct.unpack_from("<HII", content, end + 10)
    large = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, length, start)
    place = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    small = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(content[:end] + large + place + small)
    return path


def hide(path: Path, *rows: int) -> Path:
    """Rows hidden as a filter leaves them."""

    def write(text: str) -> str:
        for row in rows:
            text = text.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"')
        return text.replace("</sheetData>", '</sheetData><autoFilter ref="A1:Q9"/>')

    return remade(path, change={SHEET: write})


def in_utf_16(path: Path, *names: str, encoding: str = "utf-16") -> Path:
    """Parts in the other encoding that a package allows; all of them, where none is named."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            wide = content.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode(encoding)
            archive.writestr(name, wide if not names or name in names else content)
    return path


def behind(path: Path, start: bytes, told: bool = False) -> Path:
    """A workbook behind bytes that a web page sent first; `told`: its directory counts them."""
    content = path.read_bytes()
    if not told:
        path.write_bytes(start + content)
        return path
    with path.open("wb") as file:
        file.write(start)
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "a") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
    return path


def with_hidden_sheets(path: Path, *names: str, state: str = "hidden") -> Path:
    """A workbook of which these sheets are hidden."""

    def write(text: str) -> str:
        for name in names:
            text = text.replace(f'<sheet name="{name}"', f'<sheet name="{name}" state="{state}"')
        return text

    return remade(path, change={BOOK: write})


def with_unused_rows_hidden(path: Path) -> Path:
    """Rows are hidden by default, so that those below the table are: a row that stands there is seen."""
    return remade(
        path, change={SHEET: lambda text: text.replace("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" ')}
    )
