"""Letters: plain data in, PDF/A-2b out.

A letter takes the letter form (信函格式) where it fits on one page, the document form (文件格式) where it
is longer; both after GB/T 9704-2012. The same content gives the same bytes, as nothing comes from the
clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, timezone

from papers.drawing.fonts import FontSet, load
from papers.drawing.pages import Sheets
from papers.drawing.pdfa import About
from papers.letters import document_form, letter_form
from papers.letters.letter_content import LetterContent

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


def draw(content: LetterContent, fonts: FontSet | None = None) -> bytes:
    """The letter as PDF/A-2b. Call `pdfa.check` on the bytes before they are stored.

    Args:
        fonts: the office's fonts; the bundled and the system's where not given.

    Raises:
        UncoveredCharacter: a character that no font has; nothing is drawn then.
    """
    sheets = Sheets(fonts or load())
    _require(sheets.fonts, [content])
    _draw(sheets, content)
    return sheets.finish(
        About(content.title, content.office, content.subject or content.number, made_at(content.signed_on))
    )


def merge(letters: Sequence[LetterContent], title: str, made_on: date, fonts: FontSet | None = None) -> bytes:
    """Many letters as one file for the printer, each beginning on the front of a sheet of paper.

    The letters are drawn again from their contents; what was issued are the single files.

    Raises:
        UncoveredCharacter: with every character of every letter that no font has.
        ValueError: no letters.
    """
    if not letters:
        raise ValueError("no letters to merge")
    sheets = Sheets(fonts or load())
    _require(sheets.fonts, letters)
    for content in letters:
        if sheets.count % 2:
            sheets.page()
        _draw(sheets, content)
    return sheets.finish(About(title, letters[0].office, title, made_at(made_on)))


def made_at(on: date) -> datetime:
    """The moment that a paper of this date carries in its metadata: its day's beginning in Shanghai."""
    return datetime.combine(on, time(0), SHANGHAI)


def _draw(sheets: Sheets, content: LetterContent) -> None:
    if not letter_form.draw(sheets, content):
        document_form.draw(sheets, content)


def _require(fonts: FontSet, letters: Iterable[LetterContent]) -> None:
    """Name every missing character at once, before anything is drawn."""
    fonts.require(("body", text) for content in letters for text in _texts(content))


def _texts(content: LetterContent) -> Iterable[str]:
    yield from (content.office, content.number, content.title, content.addressee, content.signed_by)
    yield from (content.note, content.disclosure, content.notice, *content.attachments, *content.copies_to)
    yield from content.verification_lines
    for block in content.body:
        if hasattr(block, "rows"):
            yield from (text for row in block.rows for pair in row for text in pair)
        else:
            yield from (block.lead, "".join(c for c in block.text if c.isprintable()))
