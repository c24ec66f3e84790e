"""A pack to sign (政策包签署稿): the whole of it in sentences, article by article, for the two who adopt it.

What stands on it comes as plain texts: nothing here knows a pack. Its pages end with the pack's fingerprint
and with lines for who proposes and who confirms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from papers.chinese import on, say
from papers.drawing import pdfa
from papers.drawing.fonts import FontSet, Role, load
from papers.drawing.pages import Sheets
from papers.drawing.ruled_table import Align, Cell, Row, Style, draw_row, row
from papers.drawing.typeset import break_lines
from papers.letters import letter_head
from papers.letters.letter import made_at
from papers.letters.page_mark import draw_mark
from papers.letters.page_measures import BOTTOM, LEFT, MEASURE, TITLE_PITCH, TOP, baseline
from papers.letters.page_number import page_number

STYLE = Style(size=10.5, leading=15.5, padding=4, least=22)
HEADING_SIZE, HEADING_PITCH = 12.0, 24.0
SIGNED = Style(size=12, leading=18, padding=5, least=44)
_RULES: tuple[tuple[str, float], ...] = (("rule", 0.2), ("text", 0.56), ("source", 0.24))
_PAIRS = 0.2
"""The share of the name in a row of a name and its value."""


@dataclass(frozen=True)
class Said:
    """One rule: its name, its sentence, and the grade of its source with what the writer notes of it."""

    title: str
    text: str
    source: str


@dataclass(frozen=True)
class Part:
    """What stands under one heading: an article of the document, or what is said beside all articles."""

    heading: str
    rules: tuple[Said, ...]


@dataclass(frozen=True)
class PackPaper:
    """A pack, complete.

    Attributes:
        title: its name; ref `id@version`, sha256 its fingerprint.
        about: what it is and rests on, in pairs of a name and a value.
        parts: the articles in their order, then what is not set and what the office needs.
        proposed, confirmed: who, and when, as far as known; empty to be written in by hand.
        made_on: the day that the file's metadata carry.
        mark: what stands on every page, `demonstration` or `known_passwords`; empty for nothing.
    """

    title: str
    ref: str
    sha256: str
    about: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    made_on: date
    proposed: str = ""
    confirmed: str = ""
    mark: str = ""


def draw(paper: PackPaper, fonts: FontSet | None = None) -> bytes:
    """The paper as PDF/A-2b.

    Raises:
        UncoveredCharacter: a character that no font has; nothing is drawn then.
    """
    pen = _Pen(paper, fonts or load())
    pen.title()
    pen.pairs(paper.about, STYLE)
    for part in paper.parts:
        pen.part(part)
    pen.signature()
    title = say("pack_paper.title", title=paper.title)
    return pen.sheets.finish(pdfa.About(title, paper.ref, say("pack_paper.subject"), made_at(paper.made_on)))


class _Pen:
    """Where the next thing is drawn; a page that is full is followed by another."""

    def __init__(self, paper: PackPaper, fonts: FontSet) -> None:
        fonts.require(_texts(paper))
        self.paper, self.sheets, self.top = paper, Sheets(fonts), TOP
        self._page()

    def _page(self) -> None:
        self.sheets.page()
        draw_mark(self.sheets, say(f"letter.{self.paper.mark}") if self.paper.mark else "")
        foot = say("pack_paper.foot", ref=self.paper.ref, sha256=self.paper.sha256[:16])
        self.sheets.text(LEFT, TOP - 12, [("body", foot)], 9)
        page_number(self.sheets, self.sheets.count)
        self.top = TOP

    def _room(self, height: float) -> bool:
        """Make sure of so much room; answers whether that took a new page."""
        if self.top + height <= BOTTOM or self.top == TOP:
            return False
        self._page()
        return True

    def title(self) -> None:
        """The name of the pack over what it is."""
        parts = [self.paper.title, say("pack_paper.subject")]
        lines = letter_head.title_lines(parts, self.sheets.fonts, MEASURE)
        letter_head.draw_title(self.sheets, lines, self.top)
        self.top += len(lines) * TITLE_PITCH + 8

    def heading(self, text: str, below: float) -> None:
        """A heading, on the page of what stands below it, as high as that."""
        lines = break_lines([("heading", text)], self.sheets.fonts, MEASURE, HEADING_SIZE, justified=False)
        self._room(len(lines) * HEADING_PITCH + below + 8)
        self.top += 8
        for line in lines:
            self.sheets.line(LEFT, self.top + baseline(HEADING_PITCH, HEADING_SIZE), line, HEADING_SIZE)
            self.top += HEADING_PITCH

    def part(self, part: Part) -> None:
        """A heading and the rules under it; on a new page the columns are named again."""
        head = self._row([say(f"pack_paper.column.{name}") for name, _ in _RULES], "heading", "centre")
        rows = [self._row([said.title, said.text, said.source]) for said in part.rules]
        self.heading(part.heading, head.height + rows[0].height)
        self._put(head, STYLE)
        for made in rows:
            if self._room(made.height):
                self._put(head, STYLE)
            self._put(made, STYLE)

    def _row(self, texts: Sequence[str], role: Role = "body", align: Align = "left") -> Row:
        cells = [
            Cell(text, share * MEASURE, role, align)
            for text, (_, share) in zip(texts, _RULES, strict=True)
        ]  # fmt: skip
        return row(cells, self.sheets.fonts, STYLE)

    def pairs(self, pairs: Sequence[tuple[str, str]], style: Style) -> None:
        """Names and values, a row each."""
        for name, value in pairs:
            cells = [Cell(name, _PAIRS * MEASURE, "heading"), Cell(value, (1 - _PAIRS) * MEASURE)]
            made = row(cells, self.sheets.fonts, style)
            self._room(made.height)
            self._put(made, style)

    def _put(self, made: Row, style: Style) -> None:
        draw_row(self.sheets, LEFT, self.top, made, style)
        self.top += made.height

    def signature(self) -> None:
        """What the two sign, and the lines for it, all on one page."""
        text = say("pack_paper.signing", ref=self.paper.ref, sha256=self.paper.sha256)
        lines = break_lines([("body", text)], self.sheets.fonts, MEASURE, 11, justified=False)
        height = 16 + len(lines) * 18 + 2 * SIGNED.least + 12
        self._room(height)
        self.top += 16
        for line in lines:
            self.sheets.line(LEFT, self.top + baseline(18, 11), line, 11)
            self.top += 18
        self.top += 6
        pairs = [
            (say(f"pack_paper.{name}"), say("pack_paper.by_hand", who=who))
            for name, who in (("proposed", self.paper.proposed), ("confirmed", self.paper.confirmed))
        ]
        self.pairs(pairs, SIGNED)


def _texts(paper: PackPaper) -> Iterator[tuple[Role, str]]:
    yield from (("title", paper.title), ("body", paper.proposed), ("body", paper.confirmed))
    for name, value in paper.about:
        yield from (("heading", name), ("body", value))
    for part in paper.parts:
        yield "heading", part.heading
        for said in part.rules:
            yield from (("body", _plain(text)) for text in (said.title, said.text, said.source))


def _plain(text: str) -> str:
    return "".join(mark for mark in text if mark.isprintable())


def day(value: date | None) -> str:
    """A day as papers write it; where there is none, that it is open."""
    return on(value) if value else say("pack_paper.open_end")
