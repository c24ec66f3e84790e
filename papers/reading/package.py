"""The parts of a workbook that hold its table, found as the package itself says.

A workbook is a zip of parts. Which of them is the workbook stands in ``_rels/.rels``, which are its sheets,
texts and styles in the relations beside it (ECMA-376, part 2). Most writers give them the same names; others
put the workbook at the root, call it otherwise, or write the names with backslashes or other capitals, and
every spreadsheet program opens what they write. Nothing else of a package is looked at: a picture that is
broken breaks no table.
"""

from __future__ import annotations

import posixpath
import urllib.parse
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from papers.reading.unreadable import Unreadable

LARGEST_INDEX = 1 << 20
"""Bytes of a part that only tells where others are."""
_ROOT, _USUAL_BOOK = "_rels/.rels", "xl/workbook.xml"
_USUAL = {"sharedstrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_TRUE = frozenset(("1", "true", "on"))
_FALSE = frozenset(("0", "false", "off"))

Element = tuple[str, Mapping[str, str]]
Read = Callable[[str], bytes]
"""The bytes of a part, up to `LARGEST_INDEX`, by its name in the zip."""


class Part(NamedTuple):
    """A part: where the zip has it, and where a parser looks for it by itself."""

    stored: str
    usual: str


class SheetPart(NamedTuple):
    """A visible sheet of cells."""

    name: str
    part: Part


class Package(NamedTuple):
    """The parts of a workbook that are needed.

    `hidden`: the names of sheets of cells that are not visible. `uncalculated`: the workbook says of itself
    that no program has calculated its formulas since they were written, so that what is stored as their
    results is none.
    """

    root: Part
    book: Part
    links: Part
    sheets: tuple[SheetPart, ...]
    others: tuple[Part, ...]
    hidden: tuple[str, ...]
    since_1904: bool
    uncalculated: bool

    @property
    def styles(self) -> str:
        """What the zip calls the part that holds the looks of cells; empty where there is none."""
        return next((part.stored for part in self.others if part.usual == _USUAL["styles"]), "")

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that is needed."""
        found = (self.root, self.book, self.links, *(sheet.part for sheet in self.sheets), *self.others)
        return tuple(part for part in found if part.stored)

    @property
    def is_usual(self) -> bool:
        """Whether a parser finds every part where it looks for it."""
        return bool(self.root.stored) and all(part.stored == part.usual for part in self.parts)


class Names:
    """The names in a zip, as a package compares them: a backslash is a slash, and capitals do not count."""

    def __init__(self, stored: Iterable[str]) -> None:
        self._stored: dict[str, str] = {}
        self._twice: set[str] = set()
        for name in stored:
            key = self._key(name)
            if self._stored.setdefault(key, name) is not name:
                self._twice.add(key)

    @staticmethod
    def _key(name: str) -> str:
        return name.replace("\\", "/").removeprefix("./").lstrip("/").casefold()

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def find(self, name: str) -> str:
        """What the zip calls a part, or empty.

        Raises:
            Unreadable: two parts have the name.
        """
        key = self._key(name)
        if key in self._twice:
            raise Unreadable("damaged")
        return self._stored.get(key, "")


def of(archive: zipfile.ZipFile) -> Package:
    """The package of a zip that the guard has passed.

    Raises:
        Unreadable: as `find`.
    """

    def read(name: str) -> bytes:
        if archive.getinfo(name).file_size > LARGEST_INDEX:
            raise Unreadable("harmful", what="parts")
        try:
            return archive.read(name)
        except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
            raise Unreadable("damaged") from error

    return find(Names(archive.namelist()), read)


def find(names: Names, read: Read) -> Package:
    """The parts of a workbook.

    Raises:
        Unreadable: it is no workbook (``no_table``), it has macros, no visible sheet of cells (``no_sheet``),
            none but hidden ones (``all_hidden``), or it can't be told (``damaged``).
    """
    book = _book(names, read)
    folder, name = posixpath.split(book.replace("\\", "/").lstrip("/"))
    links = names.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    elements = _elements(read(book))
    if not elements or elements[0][0] != "workbook":
        raise Unreadable("no_table")
    if not links:
        raise Unreadable("damaged")
    related = _leading(_elements(read(links)), folder)
    if any(kind.endswith("macrosheet") for kind, _ in related.values()):
        raise Unreadable("macros")
    sheets, hidden = _sheets(elements, related, names)
    others = tuple(
        Part(stored, usual)
        for kind, usual in _USUAL.items()
        if (stored := _only(related, kind, names) or names.find(usual))
    )
    return Package(
        Part(names.find(_ROOT), _ROOT),
        Part(book, _USUAL_BOOK),
        Part(links, "xl/_rels/workbook.xml.rels"),
        sheets,
        others,
        hidden,
        any(tag == "workbookPr" and said.get("date1904", "") in _TRUE for tag, said in elements),
        _is_uncalculated(elements),
    )


def _book(names: Names, read: Read) -> str:
    """The workbook's own part, by the package's relation to it."""
    root = names.find(_ROOT)
    if root:
        for kind, target in _leading(_elements(read(root)), "").values():
            if kind == "officedocument":
                if target.casefold().endswith(".bin"):
                    raise Unreadable("binary_workbook")
                found = names.find(target)
                if found:
                    return found
    found = names.find(_USUAL_BOOK)
    if not found:
        raise Unreadable("no_table")
    return found


def _sheets(
    elements: list[Element], related: Mapping[str, tuple[str, str]], names: Names
) -> tuple[tuple[SheetPart, ...], tuple[str, ...]]:
    """The visible sheets of cells, and the names of those that are hidden."""
    sheets, hidden = [], []
    taken: set[str] = set()
    for tag, said in elements:
        kind, target = related.get(said.get("id", ""), ("", ""))
        if tag != "sheet" or kind in ("chartsheet", "dialogsheet"):
            continue
        if said.get("state", "visible") != "visible":
            hidden.append(said.get("name", ""))
            continue
        stored = names.find(target) if target else ""
        if not stored:
            raise Unreadable("damaged")
        if stored in taken:  # each sheet would be read anew: a small file, and an hour
            raise Unreadable("harmful", what="parts")
        taken.add(stored)
        sheets.append(SheetPart(said.get("name", ""), Part(stored, target)))
    if not sheets:
        raise Unreadable("all_hidden", sheets=hidden) if hidden else Unreadable("no_sheet")
    return tuple(sheets), tuple(hidden)


def _only(related: Mapping[str, tuple[str, str]], wanted: str, names: Names) -> str:
    return next((names.find(target) for kind, target in related.values() if kind == wanted), "")


def _leading(elements: list[Element], folder: str) -> dict[str, tuple[str, str]]:
    """Each relation's kind and the name of the part that it leads to, by its id."""
    related = {}
    for tag, said in elements:
        if tag != "Relationship" or said.get("TargetMode", "").casefold() == "external":
            continue
        target = urllib.parse.unquote(said.get("Target", "")).replace("\\", "/")
        path = posixpath.normpath(target if target.startswith("/") else posixpath.join("/", folder, target))
        kind = said.get("Type", "").rsplit("/", 1)[-1].casefold()
        related[said.get("Id", "")] = kind, path.lstrip("/")
    return related


def _is_uncalculated(elements: list[Element]) -> bool:
    """Whether whoever wrote the formulas left the calculating to who opens the file (`calcPr`).

    Spreadsheet programs leave the mark out when they save, for then the results are there.
    """
    return any(
        tag == "calcPr"
        and (said.get("fullCalcOnLoad", "") in _TRUE or said.get("calcCompleted", "") in _FALSE)
        for tag, said in elements
    )


def _elements(content: bytes) -> list[Element]:
    """Every element in order, by its bare name; attributes too.

    Raises:
        Unreadable: it is no XML, or declares entities.
    """
    found: list[Element] = []

    def started(tag: str, said: dict[str, str]) -> None:
        found.append((_bare(tag), {_bare(name): value for name, value in said.items()}))

    def declared(*_: object) -> None:
        raise Unreadable("harmful", what="entities")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = started
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable("damaged") from error
    return found


def _bare(name: str) -> str:
    return name.rsplit(" ", 1)[-1]
