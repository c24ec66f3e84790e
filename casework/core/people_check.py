"""Whether the people of an office are those of its log: else nobody signs in or acts, and it is only read.

Accounts and roles must each be as the last act on them left them, and the office as it was made: a password's
hash, a role or a lock that somebody put into the file opens no door and does no act, and no cell makes of an
office a demonstration, which asks for no password. It is asked at every sign-in and by every act, which
looks into the log only where an account or a role is not as it was when it last was found to be right. All
other rows are held against their images by `verify`.
"""

import hashlib

from sqlalchemy import select
from sqlmodel import Session

from casework.core import rows_compared
from casework.core.office import Office
from models import OfficeRow, Person, PersonRole, images, tables_read
from models.engine import BROKEN
from models.faults import OfficeFault

TABLES = ("office", "person", "person_role")
MADE = ("uid", "demonstration", "seed", "secret", "created_at")
"""What never changes of an office."""


def look(office: Office) -> None:
    """Have an office whose people do not verify be only read (`Office.nobody_known`)."""
    if office.nobody_known:
        return
    try:
        with office.read() as session:
            held = _hold(office, session)
    except OfficeFault as fault:
        if fault.code not in BROKEN:
            raise
        held = False
    if not held:
        office.store.only_read = _fault(office)


def must_hold(office: Office, session: Session, seq: int) -> None:
    """Refuse an act where an account, a role or the office is not as an act left it, and have the office be
    only read. `seq` is the log's last entry: where one came that may be about people, the log is asked anew,
    for rows that are as they were before it are not as it left them.

    Raises:
        OfficeFault: `office.people`.
    """
    now = _standing(session)
    if now == office.people_held and not _touched(session, office.people_held_at):
        office.people_held_at = seq
        return
    if not _hold(office, session):
        office.store.only_read = _fault(office)
        raise office.store.only_read
    office.people_held, office.people_held_at = now, seq


def _touched(session: Session, since: int) -> bool:
    """Whether an entry after this one may have changed an account or a role."""
    sql = (
        f"SELECT 1 FROM log_entry WHERE seq > {since} AND (subject IN ('office', 'people') "
        "OR substr(subject, 1, 7) = 'person ') LIMIT 1"
    )
    found = session.connection().exec_driver_sql(sql, execution_options=tables_read.UNREAD)
    return found.first() is not None


def _standing(session: Session) -> bytes:
    """All that stands in these tables, in one word."""
    found = images.read_together(session.connection(), [(at, name, "", ()) for at, name in enumerate(TABLES)])
    return hashlib.sha256(repr(sorted(found)).encode()).digest()


def _fault(office: Office) -> OfficeFault:
    return OfficeFault("office.people", path=office.store.name)


def _hold(office: Office, session: Session) -> bool:
    """Whether the office, every account and role can be read, and is as its log has it; and the office is as
    it was when it was opened, for by that a demonstration is known."""
    rows = session.execute(select(OfficeRow)).scalars().all()
    if len(rows) != 1 or any(getattr(rows[0], name) != getattr(office.row, name) for name in MADE):
        return False
    names = [person.name for person in session.execute(select(Person)).scalars()]
    session.execute(select(PersonRole)).scalars().all()
    try:
        return rows_compared.hold(
            session, TABLES, ("office", "people", *(f"person {name}" for name in names))
        )
    except (ValueError, TypeError, LookupError, AttributeError):  # somebody has been at the log itself
        return False
