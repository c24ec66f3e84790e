"""Corrections (补正): what the applicant is asked to put right, by when, and the answer."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.cases import facts_in_words, versions
from casework.cases.facts_in_words import Given
from casework.cases.field_table import FIELDS
from casework.core import calendar
from casework.core.act import Turn, act
from casework.core.act_table import OPEN
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.rulebook.in_force import Shelf, must_be_set
from models import Application, Correction, CorrectionItem

ABOUT = ("field", "paper")
"""What a defect can be tied to."""


class Defect(NamedTuple):
    """One thing to be corrected: a field or a kind of paper, and what is wrong with it."""

    about: str
    target: str
    defect: str
    note: str | None = None


def term_known(who: Who, application: Application) -> None:
    """Bar of `ask_correction`: the office has set how long an applicant has.

    Raises:
        Refused: `refused.unset`.
    """
    must_be_set(who, application, "correction_days")


@act("ask_correction", bar=term_known)
def ask_correction(turn: Turn, case: str, defects: Sequence[Defect | tuple[str, str, str] | str]) -> None:
    """Ask the applicant to correct (补正): one list of defects, each tied to a field or a paper.

    It is due after the office's working days for corrections, counted from tomorrow. A list that is still out
    falls away: the newer one says all that is asked.
    """
    application = turn.case(case)
    if not defects:
        raise Refused("refused.no_defects")
    days = must_be_set(turn, application, "correction_days")
    cancel_open(turn, application)
    row = Correction(
        application_id=application.id,
        round_no=1 + _rounds(turn.session, application.id),
        version=application.version,
        due_on=calendar.after(turn.today, days),
        asked_at=turn.at,
        asked_by_id=turn.person.id,
    )
    turn.session.add(row)
    turn.session.flush()
    listed = [_defect(turn, application.scheme, each) for each in defects]
    turn.session.add_all(CorrectionItem(correction_id=row.id, **defect._asdict()) for defect in listed)
    application.resumes = application.state if application.state in OPEN else "accepted"
    application.state = "correction"
    turn.changed("application", application.id)
    turn.changed("correction", row.id)
    turn.note(round=row.round_no, due_on=row.due_on, defects=[list(each) for each in listed])
    turn.tell(due_on=row.due_on, provisional=calendar.provisional(row.due_on), round=row.round_no)


def _defect(turn: Turn, scheme: str, said: Defect | tuple[str, str, str] | str) -> Defect:
    """A defect; in words it is `field:related_party:what is wrong`. A paper may be called anything.

    Raises:
        Refused: `refused.no_such_defect`, `refused.no_such_field`.
    """
    parts = said.split(":", 2) if isinstance(said, str) else said
    if len(parts) < 3:
        raise Refused("refused.no_such_defect", about=str(said), known=ABOUT)
    defect = Defect(*parts)
    if defect.about not in ABOUT:
        raise Refused("refused.no_such_defect", about=defect.about, known=ABOUT)
    known = {*FIELDS, *(name for pack in turn.once(Shelf).of_scheme(scheme) for name in pack.facts)}
    if defect.about == "field" and defect.target not in known:
        raise Refused("refused.no_such_field", field=defect.target, known=tuple(sorted(known)))
    return defect


def open_correction(who: Who, application: Application) -> Correction:
    """The list of defects that a case is to answer; also the bar of acts on it.

    Raises:
        Refused: `refused.no_correction`.
    """
    wanted = select(Correction).where(
        col(Correction.application_id) == application.id, col(Correction.state) == "open"
    )
    row: Correction | None = who.session.execute(wanted).scalar()
    if row is None:
        raise Refused("refused.no_correction", case=application.case_no)
    return row


def cancel_open(turn: Turn, application: Application) -> None:
    """The list of defects that is out falls away: nobody waits for an answer to it any more."""
    out = select(Correction).where(
        col(Correction.application_id) == application.id, col(Correction.state) == "open"
    )
    for row in turn.session.execute(out).scalars():
        row.state = "cancelled"
        turn.changed("correction", row.id)


def items_of(session: Session, correction: Correction) -> list[CorrectionItem]:
    """The defects of a list, in the order in which they were asked."""
    asked = select(CorrectionItem).where(col(CorrectionItem.correction_id) == correction.id)
    return list(session.execute(asked.order_by(col(CorrectionItem.id))).scalars())


def _rounds(session: Session, application_id: int) -> int:
    rows = select(col(Correction.round_no)).where(col(Correction.application_id) == application_id)
    return max(session.execute(rows).scalars(), default=0)


@act("answer_correction", bar=open_correction)
def answer_correction(turn: Turn, case: str, facts: Given) -> None:
    """Take in the applicant's answer: a new version of the application; the earlier one stays.

    A correction that asks for papers can be answered by papers alone: then nothing of the facts changes.
    What was asked for before the case was accepted leaves that to be done.
    """
    application = turn.case(case)
    row = open_correction(turn, application)
    items = items_of(turn.session, row)
    answer = facts_in_words.facts(turn, facts, application.scheme, versions.held(turn.session, application))
    by_papers = not answer and any(item.about == "paper" for item in items)
    changed = [] if by_papers else versions.write_next(turn, application, answer, "correction")
    row.state, row.answered_at, row.answered_version = "answered", turn.at, application.version
    fields = {each.field for each in changed}
    for item in items:
        if item.about == "paper" or item.target in fields:
            item.settled_at = turn.at
    application.state = "submitted" if application.resumes == "submitted" else "accepted"
    application.resumes = None
    turn.changed("application", application.id)
    turn.changed("correction", row.id)
    turn.tell(version=application.version, late=is_late(row.due_on, turn.today), fields=sorted(fields))


def is_late(due_on: datetime.date, today: datetime.date) -> bool:
    """Whether the last day for an answer is past."""
    return today > due_on
