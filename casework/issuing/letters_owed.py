"""Cases with a letter to come that nobody has issued yet, to the applicant or to whoever objected: for lists.

Each is a condition on the `Application` of a row. What stands in the way of the letter itself is said by the
bar of its act.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from casework.award.standing_decision import stands
from models import Application, Correction, Decision, Letter, LetterSubject, Objection, Person

NOT_TOLD_OF = ("void_notice", "objection_answer")
"""Letters of which an applicant is told nothing when they are void: the one is a notice of that itself, the
other was never theirs."""


def lacks(*kinds: str) -> ColumnElement[bool]:
    """No letter of these kinds stands of the case."""
    return ~_standing(kinds).correlate(Application).exists()


def lacks_approval() -> ColumnElement[bool]:
    """The decision that stands of the case has no approval letter."""
    held = _standing(("approval",)).join(Decision, col(Decision.seq) == col(Letter.decision_seq))
    return ~held.where(stands()).correlate(Application).exists()


def lacks_correction_notice() -> ColumnElement[bool]:
    """A list of defects is out, and no notice of it: each list has a notice of its own."""
    sent = select(col(Letter.id)).where(
        col(Letter.application_id) == col(Correction.application_id),
        col(Letter.kind) == "correction",
        col(Letter.voided_at).is_(None),
        col(Letter.issued_at) >= col(Correction.asked_at),
    )
    return col(Application.id).in_(
        select(col(Correction.application_id)).where(
            col(Correction.state) == "open", ~sent.correlate(Correction).exists()
        )
    )


def lacks_answer(person: str = "") -> ColumnElement[bool]:
    """An objection to the case is settled, and whoever objected has no answer.

    Args:
        person: by account: one that they took in or settled, which alone they may answer.
    """
    told = _told_of().where(col(LetterSubject.objection_id) == col(Objection.id))
    settled = select(col(Objection.application_id)).where(
        col(Objection.state) != "open", ~told.correlate(Objection).exists()
    )
    if person:
        them = select(col(Person.id)).where(col(Person.name) == person).scalar_subquery()
        settled = settled.where(or_(col(Objection.person_id) == them, col(Objection.closed_by_id) == them))
    return col(Application.id).in_(settled)


def lacks_void_notice() -> ColumnElement[bool]:
    """A letter to the applicant is void, and they were not told."""
    void = aliased(Letter)
    told = _told_of().where(col(LetterSubject.void_letter_id) == void.id)
    return col(Application.id).in_(
        select(col(void.application_id)).where(
            col(void.voided_at).is_not(None),
            col(void.kind).not_in(NOT_TOLD_OF),
            col(void.application_id).is_not(None),
            ~told.correlate(void).exists(),
        )
    )


def _standing(kinds: Sequence[str]) -> Select[int]:
    return select(col(Letter.id)).where(
        col(Letter.application_id) == col(Application.id),
        col(Letter.kind).in_(kinds),
        col(Letter.voided_at).is_(None),
    )


def _told_of() -> Select[int]:
    """What letters tell of that stand."""
    told = select(col(LetterSubject.id)).join(Letter, col(Letter.id) == col(LetterSubject.letter_id))
    return told.where(col(Letter.voided_at).is_(None))
