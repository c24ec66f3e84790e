"""Whether the people of an office are those of its log: else nobody signs in, and it is only read."""

from sqlalchemy import select
from sqlmodel import Session

from casework.core.office import Office
from models import Person, PersonRole
from models.engine import CHANGED
from models.faults import OfficeFault


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
    """Whether every account and role can be read."""
    for kind in (Person, PersonRole):
        session.execute(select(kind)).scalars().all()
    return True
