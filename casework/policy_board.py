"""The packs of an office with what the office has set, and what still waits for a reading. Reading only."""

import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

import models
from casework.office import Office
from models import Decision, Person
from rules.pack import Pack, load


class Given(NamedTuple):
    """A supplement as the board shows it."""

    id: int
    parameter: str
    value: str
    from_on: datetime.date
    until_on: datetime.date | None
    source: str
    state: str
    proposed_by: str
    confirmed_by: str
    revoked_from_on: datetime.date | None

    def in_force(self, on: datetime.date) -> bool:
        """Whether it holds on a day."""
        ends = min((end for end in (self.until_on, self.revoked_from_on) if end), default=None)
        return self.state in ("confirmed", "revoked") and self.from_on <= on and (ends is None or on < ends)


class Waits(NamedTuple):
    """What waits for an unset parameter: how many cases, and at most what each reading would cost in all."""

    parameter: str
    cases: int
    totals: tuple[tuple[str, int], ...]


class OnBoard(NamedTuple):
    """One version of a pack."""

    ref: str
    pack: Pack
    sha256: str
    state: str
    withdrawn_on: datetime.date | None
    proposed_by: str
    confirmed_by: str
    supplements: tuple[Given, ...]
    waits: tuple[Waits, ...]

    def settled(self, on: datetime.date) -> dict[str, str]:
        """What the supplements in force on a day set, by parameter."""
        return {given.parameter: given.value for given in self.supplements if given.in_force(on)}


def board(office: Office) -> tuple[OnBoard, ...]:
    """Every pack of the office, by scheme and then the newest version first."""
    with office.read() as session:
        people = {row.id: row.name for row in session.execute(select(col(Person.id), col(Person.name)))}
        waits = _waits(session)
        rows = session.execute(
            select(models.Pack).order_by(col(models.Pack.pack_id), col(models.Pack.in_force_from).desc())
        ).scalars()
        found = []
        for row in rows:
            pack = load(row.canonical.decode())
            found.append(
                OnBoard(
                    pack.ref,
                    pack,
                    row.sha256,
                    row.state,
                    row.withdrawn_on,
                    people.get(row.proposed_by_id or 0, ""),
                    people.get(row.confirmed_by_id or 0, ""),
                    _given(session, row.id, people),
                    waits.get(pack.ref, ()),
                )
            )
    return tuple(found)


def _given(session: Session, pack: int, people: dict[int, str]) -> tuple[Given, ...]:
    table = models.Supplement
    rows = session.execute(select(table).where(col(table.pack_id) == pack).order_by(col(table.id))).scalars()
    return tuple(
        Given(
            row.id,
            row.parameter,
            row.value,
            row.from_on,
            row.until_on,
            row.source,
            row.state,
            people.get(row.proposed_by_id or 0, ""),
            people.get(row.confirmed_by_id or 0, ""),
            row.revoked_from_on,
        )
        for row in rows
    )


def _waits(session: Session) -> dict[str, tuple[Waits, ...]]:
    """The blocked decisions that stand, by pack and parameter."""
    newest = select(func.max(col(Decision.seq))).group_by(col(Decision.application_id))
    blocked = session.execute(
        select(col(Decision.pack), col(Decision.readings)).where(
            col(Decision.seq).in_(newest), col(Decision.status) == "blocked", col(Decision.readings) != ""
        )
    )
    counts: dict[tuple[str, str], int] = {}
    totals: dict[tuple[str, str], dict[str, int]] = {}
    for pack, readings in blocked:
        for parameter, most in _most(readings).items():
            key = (pack, parameter)
            counts[key] = counts.get(key, 0) + 1
            sums = totals.setdefault(key, {})
            for reading, fen in most.items():
                sums[reading] = sums.get(reading, 0) + fen
    found: dict[str, tuple[Waits, ...]] = {}
    for (pack, parameter), cases in counts.items():
        told = Waits(parameter, cases, tuple(totals[(pack, parameter)].items()))
        found[pack] = (*found.get(pack, ()), told)
    return found


def _most(readings: str) -> dict[str, dict[str, int]]:
    """The largest award of each reading of each parameter, as a decision stores its readings."""
    found: dict[str, dict[str, int]] = {}
    for entry in readings.split(";"):
        label, _, fen = entry.rpartition(":")
        for part in label.split(","):
            parameter, _, reading = part.partition("=")
            awards = found.setdefault(parameter, {})
            awards[reading] = max(awards.get(reading, 0), int(fen or 0))
    return found
