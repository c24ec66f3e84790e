"""Files that are built to harm a reader, each written in a moment and small on disk."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ROOT = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
LINKS = (
    f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
)
OPENED, CLOSED = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>', "</sheetData></worksheet>"


def package(
    path: Path, sheet: str | Iterable[str], *, book: str = BOOK, strings: Iterable[str] = (), **parts: str
) -> Path:
    """A workbook of raw parts. `parts` are further ones by name, with ``__`` for a slash."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT)
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", LINKS)
        _write(archive, "xl/worksheets/sheet1.xml", [sheet] if isinstance(sheet, str) else sheet)
        if strings:
            _write(archive, "xl/sharedStrings.xml", strings)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece.encode())


def far_cell(path: Path) -> Path:
    return package(path, f'{OPENED}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>{CLOSED}')


def far_cell_and_near(path: Path) -> Path:
    return package(
        path,
        f'{OPENED}<row r="1"><c r="A1"><v>1</v></c></row>'
        f"<row r='1048576'><c\n s='1' r='XFD1048576'><v>1</v></c></row>{CLOSED}",
    )


def million_rows(path: Path) -> Path:
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'
    return package(path, [OPENED, *("".join(row.format(n) for n in range(start, start + 1000))
                                    for start in range(1, 1_000_001, 1000)), CLOSED])  # fmt: skip


def million_rows_without_numbers(path: Path) -> Path:
    rows = ("".join(f"<row><c><v>{n}</v></c></row>" for n in range(start, start + 1000))
            for start in range(0, 1_000_000, 1000))  # fmt: skip
    return package(path, _around(OPENED, rows, CLOSED))


def wide_and_deep(path: Path) -> Path:
    """Under both limits, and yet 140 million cells of a dense table."""
    far = '<row r="199999"><c r="ZY199999"><v>1</v></c></row>'
    return package(path, f'{OPENED}<row r="1"><c r="A1"><v>1</v></c></row>{far}{CLOSED}')


def long_text(path: Path) -> Path:
    """A text of 800 MB, 0.8 MB on disk."""
    pieces: Iterator[str] = iter(["x" * 1_000_000] * 800)
    return package(
        path,
        f'{OPENED}<row r="1"><c r="A1" t="s"><v>0</v></c></row>{CLOSED}',
        strings=_around(f'<?xml version="1.0"?><sst xmlns="{MAIN}"><si><t>', pieces, "</t></si></sst>"),
    )


def many_empty_strings(path: Path) -> Path:
    """70 million shared strings of nothing: a list of them takes gigabytes."""
    pieces: Iterator[str] = iter(["<si/>" * 200_000] * 350)
    return package(
        path,
        f'{OPENED}<row r="1"><c r="A1" t="s"><v>0</v></c></row>{CLOSED}',
        strings=_around(f'<?xml version="1.0"?><sst xmlns="{MAIN}">', pieces, "</sst>"),
    )


def _around(first: str, pieces: Iterator[str], last: str) -> Iterator[str]:
    yield first
    yield from pieces
    yield last


def entities(path: Path) -> Path:
    """The billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    sheet = OPENED.replace("?>", f"?><!DOCTYPE x [{laughs}]>", 1)
    return package(path, f'{sheet}<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>{CLOSED}')


def outside_entity(path: Path) -> Path:
    book = BOOK.replace("?>", '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)
    return package(path, OPENED + CLOSED, book=book)


def merged_sheet(path: Path) -> Path:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = f'{OPENED}<row r="1"><c r="A1"><v>1</v></c></row></sheetData>{merged}</worksheet>'
    return package(path, sheet)


def no_sheet(path: Path) -> Path:
    return package(path, OPENED + CLOSED, book=BOOK.replace('<sheet name="a" sheetId="1" r:id="r1"/>', ""))


def only_hidden(path: Path) -> Path:
    return package(path, OPENED + CLOSED, book=BOOK.replace('sheetId="1"', 'sheetId="1" state="veryHidden"'))


def sheet_elsewhere(path: Path) -> Path:
    """A sheet whose part is not there."""
    return package(path, OPENED + CLOSED, book=BOOK.replace('r:id="r1"', 'r:id="r9"'))


def macros(path: Path) -> Path:
    return package(path, OPENED + CLOSED, **{"xl__vbaProject.bin": "x"})


def lying_directory(path: Path) -> Path:
    """The directory says 100 bytes; the part inflates to 100 MB."""
    package(path, _around(OPENED, iter([" " * 1_000_000] * 100), CLOSED))
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, at + 24, 100)
    struct.pack_into("<I", content, at + 16, zlib.crc32(b" " * 100))
    assert info.file_size > 100_000_000
    path.write_bytes(content)
    return path


def overlapping_parts(path: Path) -> Path:
    """Every entry of the directory points to the same large part."""
    package(path, _around(OPENED, iter([" " * 1_000_000] * 9), CLOSED))
    content = path.read_bytes()
    start = content.find(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    at = content.rfind(b"xl/worksheets/sheet1.xml", start, end) - 46
    entry = content[at : at + 46 + 24]
    length = len(entry) + sum(struct.unpack_from("<HH", entry, 30))
    entry = content[at : at + length]
    more = b"".join(entry.replace(b"sheet1.xml", f"sh{n:03d}1.xml".encode()[-10:]) for n in range(900))
    ending = bytearray(content[end:])
    count = struct.unpack_from("<H", ending, 10)[0] + 900
    struct.pack_into("<HHI", ending, 8, count, count, end - start + len(more))
    path.write_bytes(content[:end] + more + bytes(ending))
    return path


def zip_of_zips(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", b"PK\x03\x04" + os.urandom(10_000))
    return path


def many_parts(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6_000):
            archive.writestr(f"{number}", b"")
    return path


def truncated(path: Path) -> Path:
    package(path, f'{OPENED}<row r="1"><c r="A1"><v>1</v></c></row>{CLOSED}')
    path.write_bytes(path.read_bytes()[:-200])
    return path


def broken_xml(path: Path) -> Path:
    return package(path, f'{OPENED}<row r="1"><c r="A1"><v>1</row></c>')


def deep_xml(path: Path) -> Path:
    """Elements within elements, a million deep."""
    return package(path, [OPENED, *["<a>" * 1000] * 1000, CLOSED])


def deep_book(path: Path) -> Path:
    return package(path, OPENED + CLOSED, book=BOOK.replace("<sheets>", "<a>" * 200_000 + "<sheets>"))


def utf_16(path: Path) -> Path:
    """Entities in an encoding in which a search for bytes does not see them."""
    entities(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = (
        parts[name].decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def old_workbook(path: Path) -> Path:
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 900
    )
    return path


def encrypted(path: Path) -> Path:
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 6000 + name + b"\0" * 900)
    return path


def encrypted_zip(path: Path) -> Path:
    package(path, OPENED + CLOSED)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46
    content[at + 8] |= 1
    path.write_bytes(content)
    return path


def web_page(path: Path) -> Path:
    path.write_text("<html><body><table><tr><td>申报编号</td></tr></table></body></html>", encoding="utf-8")
    return path


def xml_workbook(path: Path) -> Path:
    path.write_text('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')
    return path


def open_document(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    return path


def noise(path: Path) -> Path:
    path.write_bytes(random.Random(5).randbytes(50_000))
    return path


def noise_behind_a_zip_mark(path: Path) -> Path:
    path.write_bytes(b"PK\x03\x04" + random.Random(6).randbytes(50_000))
    return path


def nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def flipped_bits(path: Path, seed: int) -> Path:
    """A good workbook with a few bytes changed."""
    chance = random.Random(seed)
    buffer = io.BytesIO()
    good = package(path, f'{OPENED}<row r="1"><c r="A1"><v>1</v></c></row>{CLOSED}').read_bytes()
    content = bytearray(good)
    for _ in range(chance.randrange(1, 12)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    buffer.write(content)
    path.write_bytes(buffer.getvalue())
    return path
