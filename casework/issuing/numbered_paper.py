"""Issuing a paper: its number without gaps, its code, its very bytes kept."""

import hashlib
import re
from collections.abc import Callable

from casework.core import numbers, office_fonts
from casework.core.act import Turn
from casework.core.office_settings import COPIED, needed
from casework.core.refused import Refused
from casework.core.stored_files import store_content
from models import Letter
from papers.chinese import say
from papers.drawing.fonts import FontSet
from papers.drawing.pdfa import NotArchivable, check
from papers.letters.letter_issue import Issue

PDF = "application/pdf"


def numbered(turn: Turn, kind: str) -> tuple[int, str]:
    """Take the next number of a kind of paper; a refused act gives it back. Returns it bare and as
    printed, after the office's own code (发文字号: 发文机关代字, 年份, 发文顺序号; GB/T 9704-2012, 7.2.5).

    Raises:
        Refused: `refused.settings_missing`.
    """
    agency = needed(turn, kind).agency_code
    number = numbers.next_number(turn.session, kind, turn.today.year)
    name = "series.demonstration" if turn.office.demonstration else "series.office"
    series = say(name, agency=agency, kind=say(f"series.{kind}"))
    return number, say("series.numbered", series=series, year=turn.today.year, number=number)


def issue(turn: Turn, kind: str, number: str, code: str) -> Issue:
    """What every letter of this office carries.

    Raises:
        Refused: `refused.settings_missing`.
    """
    settings = needed(turn, kind)
    return Issue(
        office=settings.name,
        number=number,
        signed_on=turn.today,
        self_name=settings.self_name,
        contact=say("letter.contact", contact=settings.contact, telephone=settings.telephone),
        ask_at=settings.verification_place,
        verification_code=code,
        disclosure=settings.disclosure,
        copies_to=listed(settings.copies_to) if kind in COPIED else (),
        mark=turn.office.mark,
    )


def listed(said: str) -> tuple[str, ...]:
    """The names that a setting holds, one after the other."""
    return tuple(name for name in (each.strip() for each in re.split("[、，,；;]", said)) if name)


def code(turn: Turn) -> str:
    """A new code to verify a letter by."""
    return numbers.voucher_code(turn.entropy)


def draw(turn: Turn, paper: Callable[[FontSet], bytes], *, at_once: bool = False) -> bytes:
    """A paper as it was drawn ahead. Where it was not, or one only looks ahead, a word stands for it, and it
    is drawn once the writer's place is given back (`Turn.later`): nobody waits for a drawing; unless it is
    wanted `at_once`, for what it shows.

    Raises:
        Refused: `refused.uncovered`; `refused.not_pdfa`: the paper would not last.
    """
    body = None if turn.looks_ahead else office_fonts.drawn_ahead(turn.office, paper)
    if body is None and turn.later is not None and not at_once:
        turn.later.append(paper)
        return f"later {len(turn.later)} {turn.subject}".encode()
    body = body or office_fonts.draw(turn.office, paper)
    must_last(body)
    return body


def must_last(body: bytes) -> None:
    """Refuse a paper that would not last (PDF/A).

    Raises:
        Refused: `refused.not_pdfa`.
    """
    try:
        check(body)
    except NotArchivable as fault:
        raise Refused("refused.not_pdfa", fault=str(fault)) from fault


def keep(
    turn: Turn,
    kind: str,
    body: bytes,
    *,
    number: tuple[int, str] | None = None,
    code_: str | None = None,
    application_id: int | None = None,
    decision_seq: int | None = None,
    publicity_id: int | None = None,
) -> Letter:
    """Store a paper that was drawn (`draw`) under its number."""
    taken, printed = number or numbered(turn, kind)
    sha256 = hashlib.sha256(body).hexdigest()
    store_content(turn.session, sha256, PDF, body)
    letter = Letter(
        kind=kind, series=kind, year=turn.today.year, number=taken, numbered=printed,
        code=code_ or code(turn), content_sha256=sha256, issued_at=turn.at, issued_by_id=turn.person.id,
        application_id=application_id, decision_seq=decision_seq, publicity_id=publicity_id,
    )  # fmt: skip
    turn.session.add(letter)
    turn.session.flush()
    turn.changed("letter", letter.id)
    turn.note(letter={"kind": kind, "number": printed, "sha256": sha256})
    return letter
