"""Vouchers and letters of many approved cases, one act each: what waits, and doing it with a way to stop."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session, col

from casework.award.refusals import NOTICES
from casework.award.standing_decision import stands
from casework.core import on_many_cases
from casework.core.act import By
from casework.core.change import Change
from casework.core.office import Office
from casework.core.on_many_cases import Effect, Progress
from casework.issuing import letters_owed
from models import Application, Decision


class ToIssue(NamedTuple):
    """Cases that wait: for a voucher and its letter, for the letter only, for the notice of refusal."""

    vouchers: tuple[str, ...]
    letters: tuple[str, ...]
    refusals: tuple[str, ...]


def waiting(office: Office, round_id: int | None = None) -> ToIssue:
    """What waits in a round (in the office, without one), in the order of application."""
    with office.read() as session:
        return ToIssue(
            _cases(session, round_id, "approved"),
            _cases(session, round_id, "issued", letters_owed.lacks_approval()),
            _cases(session, round_id, "refused", letters_owed.lacks(*NOTICES)),
        )


def _cases(
    session: Session, round_id: int | None, state: str, *lacks: ColumnElement[bool]
) -> tuple[str, ...]:
    """The cases of a state that lack a letter, in the order of application; also one that was refused before
    it was decided."""
    wanted = (
        select(col(Application.case_no))
        .outerjoin(Decision, and_(col(Decision.application_id) == col(Application.id), stands()))
        .where(col(Application.state) == state, *lacks)
        .order_by(col(Application.applied_at), col(Application.id))
    )
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    return tuple(session.execute(wanted).scalars())


def issue(
    office: Office, by: str | By, waits: ToIssue, progress: Progress | None = None
) -> tuple[Change, list[Effect]]:
    """Issue the voucher and then the letter of each case; a case that is refused stops no other.

    Returns:
        All changes as one, and what came of each act.
    """
    steps = (("issue_voucher", waits.vouchers), ("issue_letter", (*waits.vouchers, *waits.letters)))
    return on_many_cases.do(office, by, steps, progress)


def send_refusals(
    office: Office, by: str | By, waits: ToIssue, progress: Progress | None = None
) -> tuple[Change, list[Effect]]:
    """Issue the notices of refusal, as `issue` does letters."""
    return on_many_cases.do(office, by, (("issue_refusal", waits.refusals),), progress)
