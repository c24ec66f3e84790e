"""The files that are handed in, in folders and zips too, and the bytes of each as they came."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from papers.invoices import one_file
from papers.invoices.invoice import Refusal, Source
from papers.reading import zip_directory
from papers.reading.unreadable import Unreadable

LARGEST_ZIP = 512 << 20
MOST_FILES = 20_000
"""Files of a folder or several that are taken at once."""
_LEFT_OUT = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""The second is a zip without any file."""


def listed(paths: Iterable[Path]) -> list[Source | Refusal]:
    """Every file, in the order given, those of a folder or a zip by name; what can't be listed is refused."""
    found: list[Source | Refusal] = []
    for path in paths:
        found += _listed(path)
    return found


def _listed(path: Path, within: str = "") -> Iterator[Source | Refusal]:
    source = Source(str(path), within=within)
    try:
        if path.is_dir():
            names = [each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()]
            inside = sorted(name for name in names if not _left_out(name))[:MOST_FILES]
            for name in inside:
                yield from _listed(path / name, name)
            if not inside:
                yield Refusal(source, "empty_folder")
        elif (members := _members(path)) is None:
            yield source
        elif members:
            yield from (Source(str(path), member) for member in members)
        else:
            yield Refusal(source, "empty_folder")
    except FileNotFoundError:
        yield Refusal(source, "not_found")
    except OSError:
        yield Refusal(source, "no_access")
    except Unreadable as error:
        yield Refusal(source, error.code)


def _members(path: Path) -> list[str] | None:
    """The files in a zip; None where it is none, or an OFD."""
    with path.open("rb") as file:
        if not file.read(4).startswith(_ZIP):
            return None
        size = file.seek(0, 2)
        if size > LARGEST_ZIP:
            raise Unreadable("too_large")
        names = [part.filename for part in zip_directory.parts(file, size)]
    if any(_key(name) == "ofd.xml" for name in names):
        return None
    if any(_key(name) == "[content_types].xml" for name in names):
        raise Unreadable("no_invoice")
    return sorted(name for name in names if not _left_out(name))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _left_out(name: str) -> bool:
    """What operating systems leave in folders."""
    key = _key(name)
    last = key.rpartition("/")[2]
    return key.startswith(_LEFT_OUT) or last in _LEFT_OUT or last.startswith("._")


class Opened:
    """Reads sources one after the other; a zip stays open from one of its members to the next."""

    def __init__(self) -> None:
        self._path, self._zip = "", None

    _zip: zipfile.ZipFile | None

    def content(self, source: Source) -> bytes:
        """The bytes of an original, as they came.

        Raises:
            Unreadable: it is gone, locked, damaged, encrypted or too large.
        """
        try:
            if source.member:
                return self._member(source)
            path = Path(source.path)
            if path.stat().st_size > one_file.LARGEST:
                raise Unreadable("too_large")
            return path.read_bytes()
        except FileNotFoundError as error:
            raise Unreadable("not_found") from error
        except OSError as error:
            raise Unreadable("no_access") from error

    def _member(self, source: Source) -> bytes:
        if self._zip is None or self._path != source.path:
            self.close()
            self._path, self._zip = source.path, zipfile.ZipFile(source.path)
        try:
            part = self._zip.getinfo(source.member)
            if part.file_size > one_file.LARGEST:
                raise Unreadable("too_large")
            if part.flag_bits & 0x1:
                raise Unreadable("encrypted")
            content = self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, ValueError) as error:
            raise Unreadable("damaged") from error
        if content.startswith(_ZIP) and not _is_ofd(content):
            raise Unreadable("zip_within")
        return content

    def close(self) -> None:
        """Let the zip go that was read last."""
        if self._zip is not None:
            self._zip.close()
        self._path, self._zip = "", None


def _is_ofd(content: bytes) -> bool:
    parts = zip_directory.parts(io.BytesIO(content), len(content))
    return any(_key(part.filename) == "ofd.xml" for part in parts)


def original(source: Source) -> bytes:
    """The bytes of what an invoice was read from, to be kept as they are.

    Raises:
        Unreadable: it is gone or can't be read, or it is not what was read any more (``changed``).
    """
    opened = Opened()
    try:
        content = opened.content(source)
    finally:
        opened.close()
    if source.sha256 and hashlib.sha256(content).hexdigest() != source.sha256:
        raise Unreadable("changed")
    return content
