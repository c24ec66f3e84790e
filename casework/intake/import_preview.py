"""What an import would do, before it is done: the dry run, and the cases that its rows clash with.

Reading only; `casework.intake.portal_import.import_file` stores.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core import many_rows
from casework.core.blocked_cases import BLOCKED, blocked
from casework.core.office import SHANGHAI, Office
from casework.core.staff_names import called
from casework.intake.portal_import import AS_USUAL, Imported, Options, Progress, try_file
from casework.rulebook import shipped_packs
from models import Intake, Person, Round
from models.columns import moment_of
from papers.reading import portal_headings


class Clash(NamedTuple):
    """A case of the office that a row names too. `state` is as people are told it."""

    case: str
    applicant: str
    state: str
    applied_on: datetime.date


class Preview(NamedTuple):
    """A file as it would be stored. `clashes` are by case number."""

    imported: Imported
    clashes: Mapping[str, Clash]


class Destination(NamedTuple):
    """An open round that rows can be put into."""

    round_id: int
    name: str
    scheme: str
    opens_at: datetime.datetime | None
    closes_at: datetime.datetime | None


def preview(
    office: Office,
    path: Path,
    options: Options = AS_USUAL,
    *,
    person: str = "",
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Preview:
    """Read a file and say what storing it would do; nothing is stored.

    Raises:
        papers.reading.unreadable.Unreadable: as `import_file`.
        Refused: `refused.stopped`.
    """
    imported = try_file(office, path, options, person=person, progress=progress, stopped=stopped)
    named = [each.value for each in imported.rejected if each.reason == "duplicate_case"]
    named += [other for _, code, other in imported.findings if code == "same_contract"]
    with office.read() as session:
        return Preview(imported, _clashes(session, named))


def _clashes(session: Session, cases: Iterable[str]) -> dict[str, Clash]:
    sql = (
        "SELECT a.case_no, a.id, p.name, a.state, a.applied_at FROM application a "
        "JOIN applicant p ON p.id = a.applicant_id WHERE a.case_no IN {values}"
    )
    found = list(many_rows.look_up(session, sql, cases))
    aside = blocked(session, [number for _, number, _, state, _ in found if state == "suspended"])
    return {
        case: Clash(
            case,
            name,
            BLOCKED if number in aside else state,
            moment_of(at).astimezone(SHANGHAI).date(),
        )
        for case, number, name, state, at in found
    }


def destinations(office: Office, scheme: str = shipped_packs.DEFAULT) -> tuple[Destination, ...]:
    """The open rounds, those of the usual scheme first."""
    with office.read() as session:
        rows = session.execute(select(Round).where(col(Round.state) == "open").order_by(col(Round.id)))
        found = [
            Destination(row.id, row.name, row.scheme, row.opens_at, row.closes_at) for row in rows.scalars()
        ]
    return tuple(sorted(found, key=lambda each: each.scheme != scheme))


def fields() -> tuple[str, ...]:
    """The fields that a heading can be taught to mean, in the order of an application."""
    return tuple(portal_headings.vocabulary().fields)


class PastImport(NamedTuple):
    """A file that was imported before."""

    name: str
    at: datetime.datetime
    person: str
    rows: int
    accepted: int
    rejected: int
    unchanged: int


def history(office: Office, most: int = 8) -> tuple[PastImport, ...]:
    """The files that were imported last, the newest first."""
    with office.read() as session:
        rows = session.execute(
            select(Intake, called())
            .join(Person, col(Person.id) == col(Intake.person_id))
            .order_by(col(Intake.id).desc())
            .limit(most)
        )
        return tuple(
            PastImport(
                row.file_name, row.at.astimezone(SHANGHAI), name, row.rows, row.accepted, row.rejected,
                row.unchanged,
            )
            for row, name in rows
        )  # fmt: skip
