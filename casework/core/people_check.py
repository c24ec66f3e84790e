"""Whether the people of an office are those of its log: else nobody signs in or acts, and it is only read.

Accounts and roles must each be as the last act on them left them: a password's hash, a role or a lock that
somebody put into the file opens no door and does no act. It is asked at every sign-in and by every act, which
looks into the log only where an account or a role is not as it was when it last was found to be right. All
other rows are held against their images by `verify`.
"""

import hashlib

from sqlalchemy import select
from sqlmodel import Session

from casework.core import rows_compared
from casework.core.office import Office
from models import Person, PersonRole, images
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
        office.store.only_read = _fault(office)


def must_hold(office: Office, session: Session) -> None:
    """Refuse an act where an account or a role is not as an act left it, and have the office be only read.

    Raises:
        OfficeFault: `office.people`.
    """
    now = _standing(session)
    if now == office.people_held:
        return
    if not _hold(session):
        office.store.only_read = _fault(office)
        raise office.store.only_read
    office.people_held = now


def _standing(session: Session) -> bytes:
    """All that stands in these tables, in one word."""
    found = images.read_together(session.connection(), [(at, name, "", ()) for at, name in enumerate(TABLES)])
    return hashlib.sha256(repr(sorted(found)).encode()).digest()


def _fault(office: Office) -> OfficeFault:
    return OfficeFault("office.people", path=office.store.name)


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
