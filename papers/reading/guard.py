"""Before anything parses a file from outside: is it a table at all, and could it do harm?

Every reader of workbooks was seen to fail on small files: one cell at XFD1048576 aborts two of them, a
million rows in 0.8 MB take gigabytes in all, one merged range hangs a third. So nothing here parses. The
file is told by its first bytes; the zip's directory is read only where its size is sane; each part is
inflated piece by piece, whatever length the directory claims, and `papers.reading.survey` looks at the
pieces. Memory stays at a few pieces and time at a few seconds, whatever the file holds. Only the parts that
hold the table are looked at (`papers.reading.package`): no picture can make a table unreadable.

What passes is still parsed in a child process with limits of its own (`papers.reading.child`).
"""

from __future__ import annotations

import codecs
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from papers.reading import number_formats, package, part_text, text_encoding, zip_directory
from papers.reading.package import Names
from papers.reading.survey import LookAgain, PartSurvey, Surveyor
from papers.reading.unreadable import Stopped, Unreadable

MEGABYTE = 1 << 20
MOST_BYTES = 100 * MEGABYTE
"""A round of 100,000 applications is a workbook of about 17 MB."""
MOST_INFLATED = 400 * MEGABYTE
MOST_RATIO = 250
"""How far a part above 10 MB may have been squeezed; tables reach 10 to 60, deflate ends at 1,032."""
RATIO_FROM = 10 * MEGABYTE
MOST_SECONDS = 8.0
"""Of work, not of waiting: a large round takes two."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be parsed. `encoding` is set for text, and `has_errors` where it may hold the
    errors of a spreadsheet (``#N/A``); `parts` is what a workbook's parts showed, `hidden` the names of its
    hidden sheets, of which nothing is looked at."""

    kind: str
    encoding: str = ""
    parts: dict[str, PartSurvey] = field(default_factory=dict)
    has_errors: bool = False
    hidden: tuple[str, ...] = ()


def check(path: Path, streamed: bool = False, stopped: Callable[[], bool] | None = None) -> Checked:
    """What kind of table a file holds (``xlsx`` or ``csv``), where it is safe to parse.

    Args:
        streamed: a text is read row by row, so that it may be of any length.
        stopped: asked between the pieces of a workbook.

    Raises:
        Unreadable: it is no table, or it may do harm.
        Stopped: `stopped` said so.
    """
    try:
        with path.open("rb") as file:
            return _check_open(file, path, streamed, stopped)
    except OSError as error:
        code = {FileNotFoundError: "not_found", IsADirectoryError: "folder"}.get(type(error), "no_access")
        raise Unreadable(code, name=path.name or str(path)) from error


def _check_open(file: BinaryIO, path: Path, streamed: bool, stopped: Callable[[], bool] | None) -> Checked:
    size = file.seek(0, 2)
    file.seek(0)
    head = file.read(4096)
    if not size:
        raise Unreadable("empty", name=path.name)
    is_zip = _is_zip(file, head)
    if size > MOST_BYTES and not (streamed and not is_zip and not head.startswith(_OLE)):
        raise Unreadable("too_large", megabytes=MOST_BYTES // MEGABYTE)
    if head.startswith(_OLE):
        raise Unreadable(
            "encrypted" if _holds(file, "EncryptedPackage".encode("utf-16-le")) else "old_workbook"
        )
    if is_zip:
        return _check_workbook(file, size, stopped)
    return _check_text(file, head, path)


def _is_zip(file: BinaryIO, head: bytes) -> bool:
    """Whether it is a zip, though a web page may have put an empty line or a warning before what it sent."""
    if head.startswith(_ZIP):
        return True
    return not head.startswith((_OLE, b"%PDF")) and zipfile.is_zipfile(file)


def _holds(file: BinaryIO, needle: bytes) -> bool:
    file.seek(0)
    tail = b""
    while piece := file.read(MEGABYTE):
        if needle in tail + piece:
            return True
        tail = piece[-len(needle) :]
    return False


# --- workbooks -------------------------------------------------------------------------------------------


class _Archive:
    """The parts of a zip that are asked for, within one allowance of bytes and time."""

    def __init__(self, file: BinaryIO, size: int, stopped: Callable[[], bool] | None) -> None:
        self._file, self._left, self._stopped = file, MOST_INFLATED, stopped
        self._parts = {part.filename: part for part in zip_directory.parts(file, size)}
        self._until = time.thread_time() + MOST_SECONDS
        self.names = Names(self._parts)

    def index(self, name: str) -> bytes:
        """A part that tells where others are, whole."""
        part = self._parts[name]
        if part.file_size > package.LARGEST_INDEX:
            raise Unreadable("harmful", what="parts")
        return b"".join(self._pieces(part))

    def start(self, name: str) -> bytes:
        """The first piece of a part."""
        return next(self._pieces(self._parts[name]), b"")

    def odd_styles(self, name: str) -> dict[str, str]:
        """The styles that may show a number as another one, by the part that holds them; none where there is
        no such part, or one that no spreadsheet program writes."""
        part = self._parts.get(name)
        if part is None or part.file_size > number_formats.LARGEST:
            return {}
        return number_formats.odd_styles(b"".join(self._pieces(part)))

    def survey(self, name: str, uncalculated: bool, odd_styles: Mapping[str, str]) -> PartSurvey:
        """What a part shows; looked at again with care where it seems to reach too far."""
        for careful in (False, True):
            surveyor = Surveyor(name, uncalculated, careful, odd_styles)
            left = self._left
            pieces = self._pieces(self._parts[name])
            first = next(pieces, b"")
            try:
                for piece in part_text.in_utf_8(chain((first,), pieces)):
                    surveyor.feed(piece)
                found = surveyor.done()
                return found._replace(anew=True) if part_text.wide(first) else found
            except LookAgain:
                self._left = left
        raise AssertionError("a careful look never asks for another")

    def _pieces(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("damaged")
        if part.file_size > MOST_INFLATED:
            raise Unreadable("harmful", what="inflated")
        if part.file_size > RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size):
            raise Unreadable("harmful", what="inflated")
        for piece in _inflated(self._file, part, self._left):
            self._left -= len(piece)
            yield piece
            if time.thread_time() > self._until:
                raise Unreadable("harmful", what="time")
            if self._stopped is not None and self._stopped():
                raise Stopped


def _check_workbook(file: BinaryIO, size: int, stopped: Callable[[], bool] | None) -> Checked:
    archive = _Archive(file, size, stopped)
    _check_names(archive)
    found = package.find(archive.names, archive.index)
    sheets = {sheet.part.stored for sheet in found.sheets}
    odd = archive.odd_styles(found.styles)
    parts = {
        name: archive.survey(name, found.uncalculated and name in sheets, odd if name in sheets else {})
        for name in dict.fromkeys(part.stored for part in found.parts)
    }
    return Checked("xlsx", parts=parts, hidden=found.hidden)


def _check_names(archive: _Archive) -> None:
    names = list(archive.names)
    if any(name.endswith("vbaproject.bin") or "macrosheets/" in name for name in names):
        raise Unreadable("macros")
    if archive.names.find("xl/workbook.bin"):
        raise Unreadable("binary_workbook")
    if mimetype := archive.names.find("mimetype"):
        start = archive.start(mimetype)
        raise Unreadable("open_document" if b"opendocument" in start[:200] else "no_table")


def _inflated(file: BinaryIO, part: zipfile.ZipInfo, left: int) -> Iterator[bytes]:
    """A part's real bytes, in pieces: the length that the directory claims is not believed."""
    file.seek(part.header_offset)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(_ZIP):
        raise Unreadable("damaged")
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    file.seek(name_length + extra_length, 1)
    if not part.compress_size and not part.file_size:
        return  # nothing, though it may say that nothing was deflated
    stored = part.compress_type == zipfile.ZIP_STORED
    real = 0
    for piece in _raw(file, part.compress_size) if stored else _inflate(_raw(file, part.compress_size)):
        real += len(piece)
        if real > left:
            raise Unreadable("harmful", what="inflated")
        if real > part.file_size:
            raise Unreadable("damaged")
        yield piece
    if real != part.file_size:
        raise Unreadable("damaged")


def _raw(file: BinaryIO, length: int) -> Iterator[bytes]:
    at = file.tell()
    while length:
        file.seek(at)
        piece = file.read(min(length, 65_536))
        if not piece:
            raise Unreadable("damaged")
        at += len(piece)
        length -= len(piece)
        yield piece


def _inflate(raw: Iterator[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    try:
        for piece in raw:
            while piece:
                out = inflate.decompress(piece, MEGABYTE)
                if out:
                    yield out
                if inflate.eof:
                    return
                piece = inflate.unconsumed_tail
        while out := inflate.decompress(inflate.unconsumed_tail, MEGABYTE):
            yield out
    except zlib.error as error:
        raise Unreadable("damaged") from error
    if not inflate.eof:
        raise Unreadable("damaged")


# --- text ------------------------------------------------------------------------------------------------


def _check_text(file: BinaryIO, head: bytes, path: Path) -> Checked:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(
        (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"mime-version")
    ):
        raise Unreadable("html")
    if start.startswith(b"<"):
        raise Unreadable("xml")
    if head.startswith((b"%PDF", b"{\\rtf")):
        raise Unreadable("no_table")
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise Unreadable("no_table")
    try:
        encoding = text_encoding.encoding_of(file, head)
    except Unreadable as unreadable:
        # Some systems write a text and call it .xls; what is no text either is a workbook gone wrong.
        if unreadable.code == "encoding" and path.suffix.lower() == ".xls":
            raise Unreadable("no_table") from unreadable
        raise
    return Checked("csv", encoding, has_errors=_holds(file, b"#"))
