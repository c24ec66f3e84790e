"""The packs and supplements of an office, as they stand: which policy holds for a case, and what it says.

Policies are compiled once a process and kept by the hash of the very bytes they come from.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

import models
from casework.core.calendar import day_of
from casework.core.holidays import calendar
from casework.core.refused import Called, Refused
from casework.core.who_may import Who
from casework.rulebook.rule_titles import pack_called, parameter_called
from casework.rulebook.shipped_packs import DEFAULT
from rules.facts import Value
from rules.pack import Pack
from rules.policy import Policy, choose, from_stored

_compiled: dict[tuple[str, ...], Policy] = {}
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Shelved:
    """A confirmed pack on the shelf."""

    id: int
    scheme: str
    version: str
    sha256: str
    withdrawn_on: datetime.date | None

    @property
    def ref(self) -> str:
        """`id@version`; what is set for it holds for every text of the version."""
        return f"{self.scheme}@{self.version}"


@dataclass(frozen=True, slots=True)
class Set:
    """A confirmed supplement: which pack's (`id@version`) parameter it sets, and the days it is in force."""

    id: int
    pack: str
    parameter: str
    sha256: str
    from_on: datetime.date
    ends_on: datetime.date | None

    def in_force(self, on: datetime.date) -> bool:
        """Whether the supplement holds on a day; its end is no longer in it."""
        return self.from_on <= on and (self.ends_on is None or on < self.ends_on)


def _confirmed(session: Session) -> tuple[Shelved, ...]:
    """The packs that were confirmed, those of a scheme in the order in which they came into force."""
    pack = models.Pack
    rows = session.execute(
        select(col(pack.id), col(pack.scheme), col(pack.version), col(pack.sha256), col(pack.withdrawn_on))
        .where(col(pack.state) == "confirmed")
        .order_by(col(pack.scheme), col(pack.in_force_from))
    )
    return tuple(Shelved(*row) for row in rows)


OF_A_SOURCE = "source:"
"""How the parameter of a supplement begins that sets nothing but records a source (`official_sources`)."""


def sets_a_parameter() -> Any:
    """Those supplements that set a parameter of their pack."""
    return ~col(models.Supplement.parameter).startswith(OF_A_SOURCE)


def confirmed_order() -> tuple[Any, ...]:
    """The order of supplements in which a later one takes the place of an earlier: as they were confirmed."""
    given = models.Supplement
    return col(given.confirmed_at).is_(None), col(given.confirmed_at), col(given.id)


def _settled(session: Session) -> tuple[Set, ...]:
    """The supplements that were confirmed, in that order; one revoked or replaced ends on that day."""
    given = models.Supplement
    columns = (given.id, given.parameter, given.sha256, given.from_on, given.until_on, given.revoked_from_on)
    pack = models.Pack
    rows = session.execute(
        select(col(pack.scheme) + "@" + col(pack.version), *map(col, columns))
        .join(pack, col(pack.id) == col(given.pack_id))
        .where(col(given.state).in_(("confirmed", "revoked")), sets_a_parameter())
        .order_by(*confirmed_order())
    ).all()
    replaced = replaced_from([(row[0], row.parameter, row.from_on, row.until_on) for row in rows])
    found = []
    for (ref, number, parameter, sha256, from_on, *ends), end in zip(rows, replaced, strict=True):
        ends_on = min(filter(None, (*ends, end)), default=None)
        found.append(Set(number, ref, parameter, sha256, from_on, ends_on))
    return tuple(found)


def replaced_from(
    confirmed: Sequence[tuple[str, str, datetime.date, datetime.date | None]],
) -> list[datetime.date | None]:
    """The day from which each supplement has been replaced for good by one that was confirmed later.

    Confirming one ends those before it for the same parameter, from its first day on, where the two meet; so
    that revoking it leaves the parameter unset, and no earlier one comes back.

    Args:
        confirmed: pack, parameter, first day and end (not included) of each, in the order of confirmation.
    """
    ends: list[datetime.date | None] = []
    for at, (pack, parameter, from_on, until_on) in enumerate(confirmed):
        starts = [
            max(from_on, later_from)
            for later_pack, later_parameter, later_from, later_until in confirmed[at + 1 :]
            if (later_pack, later_parameter) == (pack, parameter)
            and (until_on is None or later_from < until_on)
            and (later_until is None or from_on < later_until)
        ]
        ends.append(min(starts, default=None))
    return ends


class Shelf:
    """What is in force, read once a transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.packs = _confirmed(session)
        self.supplements = _settled(session)
        self._known: dict[tuple[int, datetime.date], tuple[Policy, int, tuple[int, ...]]] = {}

    def bare_packs(self) -> tuple[Pack, ...]:
        """Every confirmed pack, without supplements."""
        return tuple(self._bare(shelved).pack for shelved in self.packs)

    def of_scheme(self, scheme: str) -> tuple[Pack, ...]:
        """The confirmed packs of a scheme, without supplements, the first to come into force first."""
        return tuple(self._bare(shelved).pack for shelved in self.packs if shelved.scheme == scheme)

    def schemes(self) -> tuple[str, ...]:
        """The ids of the schemes that have a pack."""
        return tuple(dict.fromkeys(pack.scheme for pack in self.packs))

    def chosen(self, scheme: str, facts: Mapping[str, Value]) -> Shelved | None:
        """The version that applies to a case, by the legal date that each names; a withdrawn one does not."""
        for shelved in self.packs:
            if shelved.scheme != scheme:
                continue
            pack = self._bare(shelved).pack
            on = facts.get(pack.chosen_by)
            if choose((pack,), scheme, facts) is None or not isinstance(on, datetime.date):
                continue
            day = on.date() if isinstance(on, datetime.datetime) else on
            if shelved.withdrawn_on is None or day < shelved.withdrawn_on:
                return shelved
        return None

    def policy(self, scheme: str, facts: Mapping[str, Value], on: datetime.date) -> "Chosen | None":
        """The policy of a case that is decided on this day; None where no version is in force."""
        shelved = self.chosen(scheme, facts)
        return None if shelved is None else self.completed(shelved, on)

    def completed(self, shelved: Shelved, on: datetime.date) -> "Chosen":
        """A pack with the supplements in force on a day, the latest for each parameter."""
        held = self._known.get((shelved.id, on))
        if held is None:
            latest = {
                one.parameter: one for one in self.supplements if one.pack == shelved.ref and one.in_force(on)
            }
            ordered = sorted(latest.values(), key=lambda one: one.id)
            policy = self._compile(shelved, ordered)
            held = self._known[shelved.id, on] = (policy, shelved.id, tuple(one.id for one in ordered))
        return Chosen(*held)

    def policy_of(self, application: models.Application, on: datetime.date) -> "Chosen | None":
        """The policy that a case's terms come from: that of the day of its application, as it stands on a
        day."""
        day = day_of(application.applied_at)
        moment = datetime.datetime.combine(day, datetime.time())
        return self.policy(application.scheme, {"applied_at": moment, "signed_on": day}, on)

    def term_of(self, application: models.Application, name: str, on: datetime.date) -> int:
        """The `term` that a case is under: by the day of its application."""
        return self.term(application.scheme, name, day_of(application.applied_at), on)

    def term(self, scheme: str, name: str, facts_on: datetime.date, on: datetime.date) -> int:
        """A term of the office's own acts, in whole days or months.

        Args:
            facts_on: the legal date that chooses the pack.
            on: the day of the act that needs the term.

        Raises:
            Refused: `refused.unset` until the office has set it by a supplement; `refused.no_pack`.
        """
        moment = datetime.datetime.combine(facts_on, datetime.time())
        chosen = self.policy(scheme, {"applied_at": moment, "signed_on": facts_on}, on)
        if chosen is None:
            raise Refused("refused.no_pack", scheme=self.called(scheme), on=facts_on)
        value = chosen.policy.office(name)
        if not isinstance(value, int):
            parameter = parameter_called(chosen.pack, name)
            raise Refused("refused.unset", parameter=parameter, pack=pack_called(chosen.pack))
        return value

    def called(self, scheme: str) -> str:
        """A scheme by the title of its newest confirmed pack; by its id where it has none."""
        mine = [pack for pack in self.bare_packs() if pack.id == scheme]
        newest = max(mine, key=lambda pack: pack.in_force_from, default=None)
        return scheme if newest is None else Called(scheme, newest.title, newest.title_en)

    def _bare(self, shelved: Shelved) -> Policy:
        return self._compile(shelved, ())

    def _compile(self, shelved: Shelved, supplements: Iterable[Set]) -> Policy:
        key = (shelved.sha256, *(one.sha256 for one in supplements))
        policy = _compiled.get(key)
        if policy is None:
            ids = [one.id for one in supplements]
            policy = from_stored(*stored_bytes(self.session, shelved.id, ids), calendar())
            if len(_compiled) >= _KEPT:
                _compiled.clear()
            _compiled[key] = policy
        return policy


def must_be_scheme(session: Session, scheme: str) -> None:
    """Refuse a scheme that no confirmed pack has. An office without any pack takes what is usual, and decides
    it once there is one.

    Raises:
        Refused: `refused.no_such_scheme`.
    """
    shelf = Shelf(session)
    known = tuple(map(shelf.called, shelf.schemes())) or (DEFAULT,)
    if scheme not in known:
        raise Refused("refused.no_such_scheme", scheme=scheme, known=known)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A policy with the rows it was made from."""

    policy: Policy
    pack_row: int
    supplement_rows: tuple[int, ...]

    @property
    def pack(self) -> Pack:
        """The pack that the policy was made from."""
        return self.policy.pack


def must_be_set(who: Who, application: models.Application, name: str) -> int:
    """A term of the office's own acts that a case is under; the bar of acts that need it.

    Raises:
        Refused: `refused.unset`, `refused.no_pack`, as `Shelf.term` says.
    """
    return who.once(Shelf).term_of(application, name, who.today)


def stored_bytes(
    session: Session, pack_row: int, supplement_rows: Iterable[int]
) -> tuple[bytes, list[bytes]]:
    """The canonical bytes of a pack and of supplements, in this order."""
    pack = session.execute(
        select(col(models.Pack.canonical)).where(col(models.Pack.id) == pack_row)
    ).scalar_one()
    given = models.Supplement
    return pack, [
        session.execute(select(col(given.canonical)).where(col(given.id) == row)).scalar_one()
        for row in supplement_rows
    ]
