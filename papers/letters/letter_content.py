"""What a letter says, as plain data: nothing here knows a case, a font or a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal[0, 1, 2, 3]


@dataclass(frozen=True)
class Paragraph:
    """Text with an indent of two characters.

    Attributes:
        text: the paragraph; a line end in it begins a new one.
        level: 0 plain; 1 a heading “一、” in 黑体, 2 “（一）” in 楷体, 3 “1.” in 仿宋.
        lead: words before the text on the same line, in the heading type of the level.
    """

    text: str
    level: Level = 0
    lead: str = ""


def numbered(texts: list[str]) -> tuple[Paragraph, ...]:
    """“1.”, “2.” … where there are several; one alone stands without a number."""
    if len(texts) == 1:
        return (Paragraph(texts[0]),)
    return tuple(Paragraph(f"{number}.{text}", level=3) for number, text in enumerate(texts, 1))


@dataclass(frozen=True)
class Figures:
    """A table of names and values: rows of one or two pairs, ruled, over the width of the text."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


Block = Paragraph | Figures


@dataclass(frozen=True)
class LetterContent:
    """A letter, complete: drawing it needs nothing else, so that it can be drawn again.

    Attributes:
        office: the issuing office as it stands on top (发文机关标志).
        number: the document number, like 深科创券〔2026〕1号: no 第, no leading zero.
        title: 标题.
        addressee: 主送机关, without the colon.
        body: paragraphs and tables in their order.
        signed_by: the office that signs; on paper centred over the date.
        signed_on: the date of the letter (成文日期).
        sealed: whether room for a seal is left over signature and date.
        attachments: names of the attachments, in order.
        note: 附注, such as a contact; set in brackets below the date.
        disclosure: 公开属性; above those who get copies.
        copies_to: 抄送, those who get a copy; at the foot of the last page.
        verification_code: what one asks the office about; also in the square code. Empty: no code is drawn.
        verification_lines: small lines beside the square code.
        notice: stands on every page where not empty: that this is a demonstration, or a void copy.
        subject: for the file's metadata: the kind of letter.
        title_parts: the title cut where it may be broken; empty: anywhere.
    """

    office: str
    number: str
    title: str
    addressee: str
    body: tuple[Block, ...]
    signed_by: str
    signed_on: date
    sealed: bool = True
    attachments: tuple[str, ...] = ()
    note: str = ""
    disclosure: str = ""
    copies_to: tuple[str, ...] = ()
    verification_code: str = ""
    verification_lines: tuple[str, ...] = ()
    notice: str = ""
    subject: str = ""
    title_parts: tuple[str, ...] = ()
