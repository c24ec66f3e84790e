"""The publicity list (拟资助公示名单): who shall be granted what, open to objections before it is granted.

It shows units, contracts and amounts and nothing of persons or bank accounts: the row has no place for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from papers.chinese import on, parts, say
from papers.drawing import pdfa
from papers.drawing.fonts import FontSet, Role, load
from papers.drawing.pages import Sheets
from papers.drawing.ruled_table import Align, Cell, Row, Style, draw_row, row
from papers.drawing.typeset import Line, break_lines
from papers.letters import letter_head
from papers.letters.letter import made_at
from papers.letters.page_mark import draw_mark
from papers.letters.page_measures import (
    BODY_SIZE,
    BOTTOM,
    LEFT,
    MEASURE,
    PITCH,
    PLACE,
    RIGHT,
    TITLE_PITCH,
    TOP,
    baseline,
)
from papers.letters.page_number import page_number
from words.shown import yuan

STYLE = Style(size=10, leading=14, padding=2.5, least=21)
_COLUMNS: tuple[tuple[str, float, Align], ...] = (
    ("number", 0.058, "centre"),
    ("case", 0.155, "centre"),
    ("unit", 0.246, "left"),
    ("credit_code", 0.279, "centre"),
    ("tier", 0.105, "centre"),
    ("award", 0.157, "right"),
)


@dataclass(frozen=True)
class PublicityRow:
    """One application on the list: its number, names and `award_fen` in integer fen."""

    case: str
    unit: str
    credit_code: str
    tier: str
    award_fen: int


@dataclass(frozen=True)
class PublicityList:
    """A round's list.

    Attributes:
        office: who publishes and signs; `self_name` how it calls itself.
        scheme, round: 训力券 and 2026年度第一批.
        basis: document and article; empty where the office has recorded no document yet.
        rows: in the order of the decisions.
        from_on, until_on: the day it is published and the last day; `workdays` how many working days come
            after the first of them, so that who counts from the day after comes to the same.
        objections_to: where objections go: office, address, telephone of the office (not of a person).
        supervision: where frauds are reported.
        signed_on: date of the list.
        mark: what it says on every page, `demonstration` or `known_passwords`; empty for nothing.
    """

    office: str
    self_name: str
    scheme: str
    round: str
    basis: str
    rows: tuple[PublicityRow, ...]
    from_on: date
    until_on: date
    workdays: int
    objections_to: str
    supervision: str
    signed_on: date
    mark: str = ""


def draw(listed: PublicityList, fonts: FontSet | None = None) -> bytes:
    """The list as PDF/A-2b, with repeated headings, a total and page numbers.

    Raises:
        UncoveredCharacter: a character that no font has; nothing is drawn then.
    """
    sheets = Sheets(fonts or load())
    _require(sheets.fonts, listed)
    rows = [row(cells, sheets.fonts, STYLE) for cells in _cells(listed.rows)]
    head, total = _head(sheets.fonts), _total(listed.rows, sheets.fonts)
    closing = [line for text in _closing(listed) for line in _paragraph(text, sheets.fonts)]
    top = _first_page(sheets, listed)
    top = _draw_row(sheets, head, top)
    for number, made in enumerate((*rows, total)):
        last = number >= len(rows) - 1  # the total never stands alone under the headings
        if top + made.height + (total.height if last and made is not total else 0) > BOTTOM:
            top = _draw_row(sheets, head, _next_page(sheets, listed))
        top = _draw_row(sheets, made, top)
    _signature(sheets, listed, closing, top)
    made_on = made_at(listed.signed_on)
    return sheets.finish(pdfa.About(_title(listed), listed.office, say("letter.kind.publicity"), made_on))


def _title(listed: PublicityList) -> str:
    return "".join(_title_parts(listed))


def _title_parts(listed: PublicityList) -> tuple[str, ...]:
    return parts("publicity.title", round=listed.round, scheme=listed.scheme)


def _opening(listed: PublicityList) -> str:
    return say(
        "publicity.opening",
        basis=say("publicity.basis", basis=listed.basis) if listed.basis else "",
        round=listed.round,
        scheme=listed.scheme,
        first=on(listed.from_on + timedelta(days=1)),
        last=on(listed.until_on),
        days=listed.workdays,
    )


def _closing(listed: PublicityList) -> tuple[str, str]:
    """Who may object, how and where; that it is kept secret, and where frauds are reported."""
    return (
        say("publicity.objections", place=listed.objections_to),
        say("publicity.secrecy", office=listed.self_name, supervision=listed.supervision),
    )


def _cells(rows: Sequence[PublicityRow]) -> Iterator[list[Cell]]:
    for number, entry in enumerate(rows, 1):
        texts = (str(number), entry.case, entry.unit, entry.credit_code, entry.tier, yuan(entry.award_fen))
        yield [
            Cell(text, share * MEASURE, "body", align)
            for text, (_, share, align) in zip(texts, _COLUMNS, strict=True)
        ]


def _head(fonts: FontSet) -> Row:
    names = [(say(f"publicity.column.{name}"), share * MEASURE) for name, share, _ in _COLUMNS]
    return row([Cell(name, width, "heading", "centre") for name, width in names], fonts, STYLE)


def _total(rows: Sequence[PublicityRow], fonts: FontSet) -> Row:
    last = _COLUMNS[-1][1] * MEASURE
    return row(
        [
            Cell(
                say("publicity.total", units=len({entry.credit_code for entry in rows}), rows=len(rows)),
                MEASURE - last,
                "heading",
                "centre",
            ),
            Cell(yuan(sum(entry.award_fen for entry in rows)), last, "body", "right"),
        ],
        fonts,
        STYLE,
    )


def _paragraph(text: str, fonts: FontSet) -> list[Line]:
    return break_lines([("body", text)], fonts, MEASURE, BODY_SIZE, place=PLACE, indent=2 * PLACE)


def _first_page(sheets: Sheets, listed: PublicityList) -> float:
    sheets.page()
    _page_marks(sheets, listed)
    title = letter_head.title_lines(_title_parts(listed), sheets.fonts, MEASURE)
    letter_head.draw_title(sheets, title, TOP)
    top = TOP + len(title) * TITLE_PITCH + PITCH / 2
    for line in _paragraph(_opening(listed), sheets.fonts):
        sheets.line(LEFT, top + baseline(PITCH), line, BODY_SIZE)
        top += PITCH
    return top + PITCH / 3


def _next_page(sheets: Sheets, listed: PublicityList) -> float:
    sheets.page()
    _page_marks(sheets, listed)
    return TOP


def _page_marks(sheets: Sheets, listed: PublicityList) -> None:
    draw_mark(sheets, say(f"letter.{listed.mark}") if listed.mark else "")
    page_number(sheets, sheets.count)


def _draw_row(sheets: Sheets, made: Row, top: float) -> float:
    draw_row(sheets, LEFT, top, made, STYLE)
    return top + made.height


def _signature(sheets: Sheets, listed: PublicityList, objections: Sequence[Line], top: float) -> None:
    """Where objections go, then office and date with room for the seal and two lines of text above."""
    top += PITCH / 3
    for number, line in enumerate(objections):
        left = len(objections) - number
        if top + (left + 4 if left == 2 else 1) * PITCH > BOTTOM + 0.5:
            top = _next_page(sheets, listed)
        sheets.line(LEFT, top + baseline(PITCH), line, BODY_SIZE)
        top += PITCH
    top += 2 * PITCH
    date_text = on(listed.signed_on)
    width = sheets.fonts.width("body", date_text) * BODY_SIZE
    office = sheets.fonts.width("body", listed.office) * BODY_SIZE
    middle = min(RIGHT - 4 * PLACE - width / 2, RIGHT - office / 2)
    sheets.centred(middle, top + baseline(PITCH), "body", listed.office, BODY_SIZE)
    sheets.centred(middle, top + PITCH + baseline(PITCH), "body", date_text, BODY_SIZE)


def _require(fonts: FontSet, listed: PublicityList) -> None:
    texts: list[tuple[Role, str]] = [("title", _title(listed)), ("body", listed.office)]
    texts += [("body", _opening(listed)), *(("body", text) for text in _closing(listed))]
    for entry in listed.rows:
        texts += [("body", text) for text in (entry.case, entry.unit, entry.credit_code, entry.tier)]
    fonts.require(texts)
