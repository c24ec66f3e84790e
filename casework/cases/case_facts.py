"""The facts of a case for the rules: what the application says, and what the office itself knows.

The office adds to the latest version: the provider's admission from its own register, the window of its round
(of a round, where none has taken it in: `casework.cases.round_windows`), the applicant's code, other support
as its levels add up. What this scheme awarded before comes from the counters; `awarded_before` here is only
what was declared of a time before the office kept its own books. What only an officer can say (the reason for
a soft cap's overrun, a lower rate) counts where one verified it.
"""

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlmodel import Session, col

from casework.cases import other_support
from casework.cases.far_out import amounts_of
from casework.cases.field_table import COLUMNS, FIELDS
from casework.cases.round_windows import RoundWindow, RoundWindows
from casework.cases.stored_facts import declared
from casework.cases.verified_values import Word, counts, verified_of
from casework.rulebook.in_force import Shelf
from models import Admission, Application, ApplicationVersion, Contract, Provider, metadata
from rules.facts import OF_ROUND, STANDARD, Value, shanghai_now
from rules.facts_known import as_known
from rules.plain_text import gives_no_reason, name_key, says_nothing

_AS_STORED = {
    name: column
    for name, column in COLUMNS.items()
    if FIELDS[name].rules and name not in ("applied_at", "provider_admitted")
}
_STANDARD = {name: column for name, column in _AS_STORED.items() if name in STANDARD}
_DECLARABLE = {name: column for name, column in _AS_STORED.items() if name not in STANDARD}
"""What the office keeps of every application for packs that declare a fact of that name."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One admission of a provider: from a day until another (not included), for one service."""

    batch: str
    service: str
    from_on: datetime.date | None
    until_on: datetime.date | None

    def holds(self, on: datetime.date) -> bool:
        """Whether the admission holds on a day; the last day is no longer in it."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on < self.until_on)


class Register:
    """What the office itself knows beside the applications, as it stands in one transaction: the register of
    admitted providers, the rounds with their windows, what officers verified, what only they can say."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._officers: dict[str, frozenset[str]] = {}
        self._amounts: dict[str, tuple[str, ...]] = {}
        self._by_name: dict[str, list[Interval]] = {}  # by what tells two names apart
        joined = select(
            col(Provider.name),
            col(Admission.batch),
            col(Admission.service),
            col(Admission.from_on),
            col(Admission.until_on),
        ).join_from(Provider, Admission, col(Admission.provider_id) == col(Provider.id))
        for name, batch, service, from_on, until_on in session.execute(joined):
            self._by_name.setdefault(name_key(name), []).append(Interval(batch, service, from_on, until_on))

    def __contains__(self, provider: str) -> bool:
        return name_key(provider) in self._by_name

    @property
    def is_empty(self) -> bool:
        """Whether the office keeps no register yet."""
        return not self._by_name

    def admission(
        self, provider: str | None, service: str | None, on: datetime.date | None
    ) -> Interval | None:
        """The admission that covers this service on this day."""
        if provider is None or on is None:
            return None
        for interval in self._by_name.get(name_key(provider), ()):
            if (not service or name_key(interval.service) == name_key(service)) and interval.holds(on):
                return interval
        return None

    def admitted(self, provider: str | None, service: str | None, on: datetime.date | None) -> bool | None:
        """Whether the provider was admitted for the service on that day; None where the register can't
        tell."""
        if provider is None or provider not in self or on is None:
            return None
        return self.admission(provider, service, on) is not None

    @functools.cached_property
    def rounds(self) -> RoundWindows:
        """The rounds and their windows."""
        return RoundWindows(self._session)

    def verified(self, row: Any) -> Mapping[str, Word]:
        """What an officer has verified of an application (a row of `current`)."""
        return verified_of(self._session, row)

    def officers_own(self, scheme: str) -> frozenset[str]:
        """The facts of a scheme that only an officer can say."""
        if not self._officers:
            for pack in Shelf(self._session).bare_packs():
                self._officers[pack.id] = self._officers.get(pack.id, frozenset()) | pack.officers_own
        return self._officers.get(scheme, frozenset())

    def amounts(self, scheme: str) -> tuple[str, ...]:
        """What a case of a scheme says in money."""
        if scheme not in self._amounts:
            self._amounts[scheme] = amounts_of(Shelf(self._session).of_scheme(scheme))
        return self._amounts[scheme]


@functools.cache
def current() -> Select[Any]:
    """Applications with their current version, one row each."""
    columns = metadata.tables["application_version"].columns
    return (
        select(
            *(column for column in columns if column.name not in _UNUSED),
            col(Application.case_no),
            col(Application.scheme),
            col(Application.state),
            col(Application.round_id),
            col(Application.applicant_id),
            col(Application.contract_id),
            col(Application.prepared_by_id),
            col(Application.arrived_at),
            col(Contract.ended_on),
        )
        .join_from(Application, ApplicationVersion, is_current())
        .outerjoin(Contract, col(Contract.id) == col(Application.contract_id))
    )


_UNUSED = ("id", "intake_row", "at", "person_id")


@functools.cache
def is_current() -> ColumnElement[bool]:
    """For a join: the `ApplicationVersion` is the one that its `Application` stands at."""
    version = ApplicationVersion
    return and_(
        col(version.application_id) == col(Application.id), col(version.version) == col(Application.version)
    )


def row_of(session: Session, application_id: int) -> Row[Any]:
    """The row of `current` of one application."""
    return session.execute(current().where(col(Application.id) == application_id)).one()


def facts_of(row: Row[Any], register: Register) -> dict[str, Value]:
    """The facts of a row of `current`, under the names that the rules know.

    An officer's verified answer about the provider goes before the register, the register before what the
    applicant says.
    """
    said = row._mapping
    facts: dict[str, Value] = {
        name: None if isinstance(value, str) and says_nothing(value) else value
        for name, value in declared(said["extra"]).items()
        if name not in OF_ROUND  # a column of that name is a note
    }
    if facts and (own := register.officers_own(said["scheme"]) & facts.keys()):
        verified = register.verified(row)
        none = {name for name in own if not counts(verified, name) or _is_no_reason(name, facts[name])}
        facts |= dict.fromkeys(none)
    facts |= {name: said[column] for name, column in _STANDARD.items()}
    for name, column in _DECLARABLE.items():
        facts.setdefault(name, said[column])
    facts["case"] = said["case_no"]
    applied_at = facts["applied_at"] = shanghai_now(said["applied_at"])
    facts["other_support"] = other_support.counted(facts)
    stated = said["provider_admitted"]
    known = register.admitted(said["provider_name"], said["service"], said["signed_on"])
    if known is None or (stated is not None and counts(register.verified(row), "provider_admitted")):
        known = stated
    facts["provider_admitted"] = known
    window = register.rounds.judging(said["scheme"], applied_at, said["round_id"])
    return as_known(facts) | window_facts(window)


def _is_no_reason(name: str, value: Value) -> bool:
    """Whether a reason that an earlier version stored is none by what is known today (ok, 同意)."""
    return name != "officer_rate" and isinstance(value, str) and gives_no_reason(value)


def window_facts(window: RoundWindow | None) -> dict[str, Value]:
    """A round's own window as facts, open where it has one bound alone; without one the pack's holds."""
    return {} if window is None else {"window_from": window.opens, "window_until": window.closes}
