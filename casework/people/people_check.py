"""Whether the people of an office are those of its log: else nobody signs in, and it is only read.

Accounts and roles must each be as the last act on them left them: a password's hash, a role or a lock that
somebody put into the file opens no door. All other rows are held against their images by `verify`.
"""

from sqlalchemy import select
from sqlmodel import Session

from casework.core import rows_compared
from casework.core.office import Office
from models import Person, PersonRole
from models.engine import CHANGED
from models.faults import OfficeFault

TABLES = ("person", "person_role")


def look(office: Office) -> None:
    """Have an office whose people do not verify be only read (`Office.nobody_known`)."""
    if office.nobody_known:
        return
    try:
        with office.read() as session:
            held = _hold(session)
    except OfficeFault as fault:
        if fault.code not in CHANGED:
            raise
        held = False
    if not held:
        office.store.only_read = OfficeFault("office.people", path=office.store.name)


def _hold(session: Session) -> bool:
    """Whether every account and role can be read, and is as its log has it."""
    names = [person.name for person in session.execute(select(Person)).scalars()]
    session.execute(select(PersonRole)).scalars().all()
    try:
        return rows_compared.hold(
            session, TABLES, ("office", "people", *(f"person {name}" for name in names))
        )
    except (ValueError, TypeError, LookupError, AttributeError):  # somebody has been at the log itself
        return False
