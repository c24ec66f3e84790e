"""The packs of an office with what the office has set, and what still waits for it. Reading only."""

import dataclasses
import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

import models
from casework.award.standing_decision import stands
from casework.core import staff_names
from casework.core.office import Office
from casework.core.who_may import Who
from casework.rulebook import second_person
from casework.rulebook.adoption import examples_of
from casework.rulebook.in_force import OF_A_SOURCE, confirmed_order, replaced_from
from casework.rulebook.official_sources import Citations
from casework.rulebook.packs import STANDS, find
from casework.rulebook.shipped_packs import mended_text
from models import Application, Decision
from rules.faults import Unset
from rules.pack import Pack, load

TERMS = {"publicity_days": "calculated", "validity_months": "approved", "redemption_days": "approved"}
"""The terms without which an act can't be done, and the state in which a case waits for that act."""


class Given(NamedTuple):
    """A supplement as the board shows it; `may` are the acts that this person may do to it now."""

    id: int
    parameter: str
    value: str
    from_on: datetime.date
    until_on: datetime.date | None
    source: str
    state: str
    proposed_by: str
    proposed_at: datetime.datetime | None
    confirmed_by: str
    revoked_from_on: datetime.date | None
    may: frozenset[str] = frozenset()
    replaced_from_on: datetime.date | None = None

    @property
    def of_a_source(self) -> bool:
        """Whether it records where a rule is written, and sets nothing."""
        return self.parameter.startswith(OF_A_SOURCE)

    @property
    def ends_on(self) -> datetime.date | None:
        """The first day on which it holds no more, as far as one is known."""
        ends = (self.until_on, self.revoked_from_on, self.replaced_from_on)
        return min((end for end in ends if end), default=None)

    def in_force(self, on: datetime.date) -> bool:
        """Whether it holds on a day."""
        ends = self.ends_on
        return self.state in ("confirmed", "revoked") and self.from_on <= on and (ends is None or on < ends)

    def standing(self, on: datetime.date) -> str:
        """How it stands on a day: its state, or where it is confirmed `in_force`, `coming` or `over`."""
        if self.state != "confirmed":
            return self.state
        return "in_force" if self.in_force(on) else "coming" if self.from_on > on else "over"


class Waits(NamedTuple):
    """What waits for an unset parameter: which cases, and at most what each reading would cost in all.

    There are no readings to choose between where it is for the office alone to set.
    """

    parameter: str
    numbers: tuple[str, ...]
    totals: tuple[tuple[str, int], ...]

    @property
    def cases(self) -> int:
        """How many cases wait."""
        return len(self.numbers)


class OnBoard(NamedTuple):
    """One text of a version of a pack; `may` are the acts that this person may do to it now.

    `newer` is the hash of the mended text of this version that the program brings and nobody has proposed;
    `digests` are the rules that rest on a digest, and `sources` what was recorded for them.
    """

    ref: str
    pack: Pack
    sha256: str
    state: str
    withdrawn_on: datetime.date | None
    proposed_by: str
    proposed_at: datetime.datetime | None
    confirmed_by: str
    supplements: tuple[Given, ...]
    waits: tuple[Waits, ...]
    examples_sha256: str | None = None
    may: frozenset[str] = frozenset()
    newer: str = ""
    digests: tuple[str, ...] = ()
    sources: tuple[Given, ...] = ()

    def standing(self, on: datetime.date) -> str:
        """How it stands on a day: its state, or where it is confirmed `in_force`, `coming`, `lapsed` or
        `withdrawn`."""
        if self.state != "confirmed":
            return self.state
        if self.withdrawn_on is not None and self.withdrawn_on <= on:
            return "withdrawn"
        if self.pack.in_force_from > on:
            return "coming"
        return "in_force" if self.pack.in_force(on) else "lapsed"

    def ever(self) -> bool:
        """Whether it is in force on any day at all."""
        return self.withdrawn_on is None or self.withdrawn_on > self.pack.in_force_from

    def in_force_pack(self) -> Pack:
        """The pack with the day on which it ends here: its own, or the one from which it was withdrawn."""
        ends = [day for day in (self.pack.in_force_until, self.withdrawn_on) if day is not None]
        return dataclasses.replace(self.pack, in_force_until=min(ends, default=None))

    def unset(self, on: datetime.date) -> tuple[str, ...]:
        """What is still unset on a day, in the pack's order."""
        settled = self.settled(on)
        return tuple(one.id for one in self.pack.unset if one.id not in settled)

    def settled(self, on: datetime.date) -> dict[str, str]:
        """What the supplements in force on a day set, by parameter."""
        return {given.parameter: given.value for given in self.supplements if given.in_force(on)}


def board(office: Office, person: str = "") -> tuple[OnBoard, ...]:
    """Every pack of the office, by scheme, the newest version first, and what a person may do to each."""
    today = office.today()
    with office.read() as session:
        who = Who.named(office, session, person) if person else None
        people = staff_names.by_number(session)
        waits, terms = _waits(session), _term_waits(session)
        rows = _rows(session)
        hashes, citations = {row.sha256 for row in rows}, Citations(session)
        found = []
        for row in rows:
            pack = load(row.canonical.decode())
            given = _given(session, pack, people, who) if row.state != "replaced" else ()
            mended = mended_text(pack) if row.state == "confirmed" else None
            one = OnBoard(
                pack.ref,
                pack,
                row.sha256,
                row.state,
                row.withdrawn_on,
                people.get(row.proposed_by_id or 0, ""),
                row.proposed_at,
                people.get(row.confirmed_by_id or 0, ""),
                tuple(one for one in given if not one.of_a_source),
                tuple(one for one in waits.get(pack.ref, ()) if pack.parameter(one.parameter)),
                row.examples_sha256,
                second_person.may(who, "pack", row),
                "" if mended is None or mended.sha256 in hashes else mended.sha256,
                citations.digests(pack) if row.state == "confirmed" else (),
                tuple(one for one in given if one.of_a_source),
            )
            found.append(one._replace(waits=(*one.waits, *_open_terms(one, terms, today))))
    return tuple(found)


def examples(office: Office, ref: str) -> str | None:
    """The example cases that are kept with a pack, as CSV.

    Raises:
        Refused: `refused.no_such_pack`.
    """
    with office.read() as session:
        return examples_of(session, find(session, ref))


def _open_terms(
    one: OnBoard, waiting: dict[tuple[str, str], tuple[str, ...]], today: datetime.date
) -> Iterable[Waits]:
    """The office's own terms that cases under this pack wait for."""
    settled = one.settled(today)
    for term, state in TERMS.items():
        if term == "validity_months" and one.pack.mode == "afterwards":
            continue  # no voucher, no validity
        given = one.pack.office.get(term)
        numbers = waiting.get((one.ref, state), ())
        if given is not None and isinstance(given.value, Unset) and given.value.id not in settled and numbers:
            yield Waits(given.value.id, numbers, ())


def _rows(session: Session) -> list[models.Pack]:
    """Every text of every version: by scheme, the newest version first, of one the text in force first."""
    found = session.execute(select(models.Pack).order_by(col(models.Pack.id))).scalars()
    newest = datetime.date.max

    def place(row: models.Pack) -> tuple[object, ...]:
        return row.scheme, newest - row.in_force_from, row.version, STANDS.index(row.state)

    return sorted(found, key=place)


def _given(session: Session, pack: Pack, people: dict[int, str], who: Who | None) -> tuple[Given, ...]:
    """What was proposed and set for a version, whichever of its texts was in force."""
    table, packs = models.Supplement, models.Pack
    of_version = (
        select(table)
        .join(packs, col(packs.id) == col(table.pack_id))
        .where(col(packs.scheme) == pack.id, col(packs.version) == pack.version)
        .order_by(*confirmed_order())
    )
    rows = session.execute(of_version).scalars().all()
    confirmed = [row for row in rows if row.state in ("confirmed", "revoked")]
    ends = replaced_from([(pack.ref, row.parameter, row.from_on, row.until_on) for row in confirmed])
    replaced = dict(zip((row.id for row in confirmed), ends, strict=True))
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
            row.proposed_at,
            people.get(row.confirmed_by_id or 0, ""),
            row.revoked_from_on,
            second_person.may(who, "supplement", row),
            replaced.get(row.id),
        )
        for row in rows
    )


def _standing() -> Any:
    """The decisions that stand, with their cases."""
    columns = (
        Application.case_no, Application.state, Decision.pack, Decision.readings, Decision.reasons,
    )  # fmt: skip
    return (
        select(*map(col, columns))
        .join(Application, col(Application.id) == col(Decision.application_id))
        .where(stands())
        .order_by(col(Decision.seq))
    )


def _term_waits(session: Session) -> dict[tuple[str, str], tuple[str, ...]]:
    """The cases in a state that waits for one of `TERMS`, by pack and state."""
    wanted = _standing().where(
        col(Application.state).in_(set(TERMS.values())), col(Decision.status) == "awarded"
    )
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for case, state, pack, *_ in session.execute(wanted):
        found[pack, state] = (*found.get((pack, state), ()), case)
    return found


def _waits(session: Session) -> dict[str, tuple[Waits, ...]]:
    """The blocked decisions that stand, by pack and reason: a parameter, with what each reading would cost,
    or one that has none to choose between; a fact and a condition are here too."""
    blocked = session.execute(_standing().where(col(Decision.status) == "blocked"))
    numbers: dict[tuple[str, str], list[str]] = {}
    totals: dict[tuple[str, str], dict[str, int]] = {}
    for case, _, pack, readings, reasons in blocked:
        named: dict[str, dict[str, int]] = {name: {} for name in reasons.split(";") if name}
        for parameter, most in (named | _most(readings)).items():
            key = (pack, parameter)
            numbers.setdefault(key, []).append(case)
            sums = totals.setdefault(key, {})
            for reading, fen in most.items():
                sums[reading] = sums.get(reading, 0) + fen
    found: dict[str, tuple[Waits, ...]] = {}
    for (pack, parameter), cases in numbers.items():
        told = Waits(parameter, tuple(cases), tuple(totals[(pack, parameter)].items()))
        found[pack] = (*found.get(pack, ()), told)
    return found


def _most(readings: str) -> dict[str, dict[str, int]]:
    """The largest award of each reading of each parameter, as a decision stores its readings."""
    found: dict[str, dict[str, int]] = {}
    for entry in readings.split(";") if readings else ():
        label, _, fen = entry.rpartition(":")
        for part in label.split(","):
            parameter, _, reading = part.partition("=")
            awards = found.setdefault(parameter, {})
            awards[reading] = max(awards.get(reading, 0), int(fen or 0))
    return found
