"""Who prepared a case: they may not approve it, return it, refuse it, or revoke it (经办与审定分离).

Preparing is to import or enter it, to set down or answer a fact, to ask for a correction, to review, to judge
a finding (the judgement opens or closes the way to the money) and to decide. A check that only looks is none.
"""

from sqlalchemy import BindParameter, bindparam, select, union
from sqlmodel import Session, col

from models import Application, ApplicationVersion, Correction, Decision, LogEntry, Person

LOGGED = ("review", "answer_correction", "judge_finding")
"""Acts of preparing of which the log alone knows every person: they leave no row, or one that changes."""

_NUMBER: BindParameter[int] = bindparam("number")
_SUBJECT: BindParameter[str] = bindparam("subject")
_BY_CASE = union(
    select(col(ApplicationVersion.person_id)).where(col(ApplicationVersion.application_id) == _NUMBER),
    select(col(Correction.asked_by_id)).where(col(Correction.application_id) == _NUMBER),
    select(col(Decision.decided_by_id)).where(col(Decision.application_id) == _NUMBER),
    select(col(Person.id))
    .join(LogEntry, col(LogEntry.person) == col(Person.name))
    .where(col(LogEntry.subject) == _SUBJECT, col(LogEntry.act).in_(LOGGED)),
)
# Built once: a board asks it of each of its cases, and each part goes by an index of the case.


def prepared_by(session: Session, application: Application) -> frozenset[int]:
    """The people, by number, who prepared a case in any of the ways above, now or earlier."""
    asked = {"number": application.id, "subject": f"case {application.case_no}"}
    return frozenset(session.execute(_BY_CASE, asked).scalars())
