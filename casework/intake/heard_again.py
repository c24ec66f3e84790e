"""A row of a case that the office has: what the applicant changed, on top of what has been verified since.

What counts as changed is what differs from the row that the same door brought last; what an answer to a
correction or an officer has set in the meantime stays. Where the change touches a field that an officer has
verified, the verified value stands and the new word is kept beside it (`casework.cases.verified_values`).
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.cases import verified_values
from casework.cases.field_table import FIELDS
from casework.cases.said_values import Arrival, split
from casework.cases.stored_facts import declared
from casework.cases.verified_values import Word, fields_of, verified_of, words
from casework.core.many_rows import chunks
from models import Application, ApplicationVersion, BankAccount, Contact

DOORS = ("import", "entry")
"""Where a whole application comes from: of such a version the next row is a newer one."""


class Heard(NamedTuple):
    """What an application says once a row of it was heard: what counts, and what of it is verified."""

    arrival: Arrival
    verified: dict[str, Word]


class _Stand(NamedTuple):
    """What counts of an application, what of it is verified, and what its last row said."""

    values: dict[str, Any]
    verified: dict[str, Word]
    row: dict[str, Any]


class Before:
    """What applications said before the rows of a file, read at once."""

    def __init__(self, session: Session, applications: Iterable[int]) -> None:
        self.session = session
        self.stand: dict[int, _Stand] = {}
        for some in chunks(applications):
            self._read(some)

    def _read(self, numbers: list[int]) -> None:
        wanted: Any = (
            select(ApplicationVersion, col(Application.version).label("now"))
            .join(Application, col(Application.id) == col(ApplicationVersion.application_id))
            .where(col(Application.id).in_(numbers))
            .where(
                (col(ApplicationVersion.version) == col(Application.version))
                | col(ApplicationVersion.source).in_(DOORS)
            )
            .order_by(col(ApplicationVersion.version))
        )
        found = self.session.execute(wanted).all()
        versions = [row for row, _ in found]
        contacts = _by_id(self.session, Contact, {row.contact_id for row in versions})
        accounts = _by_id(self.session, BankAccount, {row.bank_account_id for row in versions})
        rows: dict[int, dict[str, Any]] = {}
        for row, now in found:
            values = _said(row, contacts.get(row.contact_id), accounts.get(row.bank_account_id))
            verified = verified_of(self.session, row)
            if row.source in DOORS:
                rows[row.application_id] = words(values, verified)
            if row.version == now:
                self.stand[row.application_id] = _Stand(values, verified, rows[row.application_id])

    def hear(self, application: int, arrival: Arrival) -> Heard | None:
        """What a row changes; None where the office knows all that it says."""
        stand = self.stand[application]
        row = {**arrival.said, **arrival.extra}
        changes = {
            name: row.get(name)
            for name in dict.fromkeys((*row, *stand.row))
            if _plain(row.get(name)) != _plain(stand.row.get(name))
        }
        now = verified_values.hear(stand.values, stand.verified, changes)
        names = dict.fromkeys((*now.values, *stand.values))
        same = all(_plain(now.values.get(name)) == _plain(stand.values.get(name)) for name in names)
        if same and now.verified == stand.verified:
            return None
        merged = split(arrival.row, arrival.case, now.values)._replace(
            sheet=arrival.sheet, hidden=arrival.hidden, unread=arrival.unread, unsaid=arrival.unsaid
        )
        return Heard(merged, now.verified)


def _plain(value: Any) -> Any:
    """A value to compare: an empty word says nothing."""
    return None if value == "" else value


def _said(row: ApplicationVersion, contact: Any, account: Any) -> dict[str, Any]:
    """What a version says of each field, the contact and the account too."""
    parties = {"contact": contact, "bank_account": account}
    elsewhere = {
        field.name: getattr(parties[field.table], field.column, None)
        for field in FIELDS.values()
        if field.table in parties
    }
    return {**fields_of(row), **elsewhere, **declared(row.extra)}


def _by_id(session: Session, table: type[Any], numbers: set[int | None]) -> dict[int | None, Any]:
    wanted = [number for number in numbers if number is not None]
    return {
        row.id: row
        for some in chunks(wanted)
        for row in session.execute(select(table).where(col(table.id).in_(some))).scalars()
    }
