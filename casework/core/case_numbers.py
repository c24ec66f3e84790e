"""Which application a number means, however it is written: a case that comes in twice is the same case."""

from collections.abc import Iterable

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import Application
from rules.case_number import case_key


def as_first_written(session: Session, cases: Iterable[str]) -> dict[str, str]:
    """Numbers as they are to be taken, by how they are written: as the office has them, or, of those that it
    has not, as the first of these is written. A number that is stored as it stands means that case."""
    written = dict.fromkeys(cases)
    sql = "SELECT case_no FROM application WHERE case_no IN {values}"
    found = {case: case for (case,) in many_rows.look_up(session, sql, written)}
    keys = {case: case_key(case) for case in written if case not in found}
    first = {key: key for (key,) in many_rows.look_up(session, sql, keys.values())}
    if keys and not many_rows.is_empty(session, "application"):
        first |= {case_key(case): case for case in _in_a_dress(session)}
    for case, key in keys.items():
        found[case] = first.setdefault(key, case)
    return found


def stored(session: Session, case: str) -> str | None:
    """The number as the office has it, None where it has no such case."""
    has = as_first_written(session, [case])[case]
    known = select(col(Application.id)).where(col(Application.case_no) == has)
    return None if session.execute(known).first() is None else has


def _in_a_dress(session: Session) -> list[str]:
    """The stored numbers that may not be written as their key is, the last one first: few in most offices."""
    number = col(Application.case_no)
    marked = (number.contains(mark, autoescape=True) for mark in "- .。．")
    wanted = select(number).where(or_(*marked, number != func.upper(number)))
    return list(session.execute(wanted.order_by(col(Application.id).desc())).scalars())
