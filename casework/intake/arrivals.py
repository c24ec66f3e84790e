"""What rows mean for the office: which are new, unchanged, changed or not to be taken, and what is odd.

A plan only reads; `casework.intake.storing` writes it. Whatever a person must judge becomes a finding on an
accepted application; only what can't be taken is rejected.
"""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel import Session

from casework.cases.case_facts import Register
from casework.cases.looked_for import Found, Subject, look
from casework.cases.said_values import Arrival, Stored, each_stored, fingerprint, stored
from casework.cases.verified_values import Verified, text_of
from casework.core import case_numbers, many_rows
from casework.core.act_table import OPEN
from casework.core.refused import Called
from casework.intake.heard_again import DOORS, Before
from casework.intake.in_file import InFile, stated_budget
from casework.rulebook.in_force import Shelf
from models import Round
from papers.reading.portal import Reject
from rules.contract_number import number_key


class Known(NamedTuple):
    """An application that the office has: what was last said of it."""

    id: int
    state: str
    version: int
    said_sha256: str
    applicant_id: int
    scheme: str
    round_id: int | None = None


class Taken:
    """A row that becomes an application, or the next version of one. `applicant_id` and the
    `application_id` of a new one are 0 until it is stored."""

    __slots__ = (
        "applicant_id", "application_id", "arrival", "contract_key", "findings", "known", "said", "sha256",
        "stored", "verified",
    )  # fmt: skip

    def __init__(
        self, arrival: Arrival, stored: Stored, sha256: str, known: Known | None, verified: str | None = None
    ) -> None:
        self.arrival = arrival
        self.said = arrival.said
        self.verified = verified
        self.stored = stored
        self.sha256 = sha256
        self.known = known
        self.contract_key = number_key(arrival.said["contract_no"] or "")
        self.applicant_id = 0
        self.findings: list[Found] = []
        self.application_id = 0 if known is None else known.id

    @property
    def version(self) -> int:
        """The number of the version that this row becomes."""
        return 1 if self.known is None else self.known.version + 1


@dataclass
class Plan:
    """What storing the rows would do."""

    taken: list[Taken] = field(default_factory=list)
    refused: list[Reject] = field(default_factory=list)
    unchanged: int = 0

    def findings(self) -> list[tuple[str, str, str]]:
        """(case, code, the other thing) of each finding, in the order of the rows."""
        return [
            (one.arrival.case, found.code, found.with_text) for one in self.taken for found in one.findings
        ]


class Planner:
    """Reads what the office knows of the things that rows name, and judges each row against it.

    `scheme` is what the rows apply for; without one nothing is asked of a budget. `recused` are the
    applicants, by number, whose cases the person who brings the rows is out of (回避). `round_id` is the
    round that is named for new ones.
    """

    def __init__(
        self,
        session: Session,
        arrivals: Sequence[Arrival],
        scheme: str,
        today: datetime.date,
        recused: Collection[int] = (),
        round_id: int | None = None,
    ) -> None:
        self.session = session
        self.recused = recused
        self.scheme, self.round_id = scheme, round_id
        taken = case_numbers.as_first_written(session, (arrival.case for arrival in arrivals))
        arrivals = [
            arrival if arrival.case == taken[arrival.case] else arrival._replace(case=taken[arrival.case])
            for arrival in many_rows.ticking(session, arrivals)
        ]
        self.arrivals = arrivals
        self.register = Register(session)
        self.own = self.register.officers_own(scheme)
        self.amounts = self.register.amounts(scheme)
        self.shelf = Shelf(session)
        self.budget = stated_budget(self.shelf, scheme, today)
        self.known = self._known()
        self.elsewhere = InFile(session, arrivals, self.amounts)

    # -- what is there already -----------------------------------------------------------------------

    def _known(self) -> dict[str, Known]:
        sql = (
            "SELECT a.case_no, a.id, a.state, a.version, v.said_sha256, a.applicant_id, "
            "a.scheme, a.round_id FROM application a "
            "JOIN application_version v ON v.application_id = a.id AND v.version = (SELECT max(g.version) "
            f"FROM application_version g WHERE g.application_id = a.id AND g.source IN {DOORS}) "
            "WHERE a.case_no IN {values}"
        )
        found = many_rows.look_up(self.session, sql, (arrival.case for arrival in self.arrivals))
        return {case: Known(*rest) for case, *rest in found}

    # -- judging -------------------------------------------------------------------------------------

    def plan(self, tick: Callable[[int], None] | None = None) -> Plan:
        """What each row is; `tick` is told how many are done, now and then."""
        plan = Plan()
        before = self._before()
        seen: set[str] = set()
        by_case: dict[str, Taken] = {}
        for at, (arrival, columns) in enumerate(self._as_stored()):
            if tick is not None and not at % many_rows.CHUNK:
                tick(at)
            case = arrival.case
            known = self.known.get(case)
            sha256 = fingerprint(arrival, columns)
            other = self._of_another_scheme(known, arrival)
            if case in seen or other is not None:
                plan.refused.append(other or _twice(arrival))
                continue
            heard = None
            if known is not None:
                heard = None if known.said_sha256 == sha256 else before.hear(known.id, arrival)
                if heard is None:
                    seen.add(case)
                    plan.unchanged += 1
                    continue
            reject = self._reject(known, arrival)
            if reject is not None:
                plan.refused.append(reject)
                continue
            if heard is None:
                taken = Taken(arrival, columns, sha256, None)
            else:
                verified = text_of(heard.verified)
                taken = Taken(heard.arrival, stored(heard.arrival.said), sha256, known, verified)
            self._judge(taken, by_case, {} if heard is None else heard.verified)
            seen.add(case)
            by_case[case] = taken
            plan.taken.append(taken)
        return plan

    def _as_stored(self) -> Iterator[tuple[Arrival, Stored]]:
        for some in many_rows.chunks(self.arrivals):
            yield from zip(some, each_stored([arrival.said for arrival in some]), strict=True)

    def _before(self) -> Before:
        """What the known cases said before whose rows say something else than they last did."""
        rows = many_rows.ticking(self.session, self.arrivals) if self.known else ()
        other = [
            known.id
            for arrival in rows
            if (known := self.known.get(arrival.case)) is not None
            and known.said_sha256 != fingerprint(arrival, stored(arrival.said))
        ]
        return Before(self.session, dict.fromkeys(other))

    def _of_another_scheme(self, known: Known | None, arrival: Arrival) -> Reject | None:
        """The rejection of a row whose number a case of another scheme has: whatever it says, it is not that
        application."""
        if known is None or known.scheme == self.scheme:
            return None
        name = self.shelf.called(known.scheme)
        named = (name.say("zh"), name.say("en")) if isinstance(name, Called) else (name, name)
        return _twice(arrival, "scheme", named)

    def _reject(self, known: Known | None, arrival: Arrival) -> Reject | None:
        """Why a row that says something new is not taken: it is of an applicant whose cases the person is out
        of, and somebody else brings it in; or its case does not change any more, or is in another round than
        the one that is named for the rows."""
        applicant = self.elsewhere.name_of(arrival.said["applicant"]) if self.recused else None
        if applicant is not None and applicant[0] in self.recused:
            return Reject(arrival.sheet, arrival.row, "applicant", arrival.said["applicant"], "recused")
        if known is None:
            return None
        if not self._may_change(known, arrival):
            return _twice(arrival)
        if self.round_id is None or known.round_id in (None, self.round_id):
            return None
        name = self.session.get_one(Round, known.round_id).name
        return _twice(arrival, "round", (name, name))

    def _may_change(self, known: Known, arrival: Arrival) -> bool:
        """Whether a row of a known case corrects it, while it takes corrections."""
        applicant = self.elsewhere.name_of(arrival.said["applicant"])
        return known.state in OPEN and applicant is not None and applicant[0] == known.applicant_id

    def _judge(self, taken: Taken, by_case: Mapping[str, Taken], verified: Verified) -> None:
        """What there is to look at in a row; what two rows of the file share, both are told."""
        arrival, known = taken.arrival, taken.known
        said = arrival.said
        one = Subject(
            arrival.case,
            {**said, **arrival.extra} if arrival.extra else said,
            0 if known is None else known.version,
            verified,
            self.own,
            self.budget(said["applied_at"], said["signed_on"]),
            taken.application_id,
            self.register.rounds.missed(
                self.scheme, said["applied_at"], self.round_id if known is None else known.round_id
            ),
            self.amounts,
        )
        self.elsewhere.name(one)
        taken.findings = look(one, self.elsewhere, self.register)
        if arrival.hidden:
            taken.findings.append(Found("hidden_row", None, None, str(arrival.row)))
        taken.findings += [Found("unread_support", None, None, said) for said in arrival.unread]
        taken.findings += [Found("unit_unsaid", None, None, said) for said in arrival.unsaid]
        if not taken.findings:
            return
        for found in taken.findings:
            other = by_case.get(found.with_text) if found.code in SHARED and found.with_id is None else None
            if other is not None:
                other.findings.append(Found(found.code, "application", None, arrival.case))


SHARED = ("near_case_no", "same_contract", "likely_same_contract", "similar_contract")
"""What is between two cases."""


def _twice(arrival: Arrival, why: str = "office", other: tuple[str, str] = ("", "")) -> Reject:
    """The rejection of a row whose case is there already; of another `scheme` or `round`, by its names."""
    return Reject(arrival.sheet, arrival.row, "case", arrival.case, "duplicate_case", why, other)
