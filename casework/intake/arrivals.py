"""What rows mean for the office: which are new, unchanged, changed or not to be taken, and what is odd.

A plan only reads; `casework.intake.storing` writes it. Whatever a person must judge becomes a finding on an
accepted application; only what can't be taken is rejected.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel import Session

from casework.cases.case_facts import Register
from casework.cases.oddities import ENDS_BEFORE_STARTS, oddities
from casework.cases.said_values import Arrival, Stored, fingerprint, stored
from casework.core import many_rows
from casework.core.act_table import OPEN
from papers.reading.portal import Reject
from rules.contract_number import number_key


class Found(NamedTuple):
    """Something that a person must judge about a case: a code and the other thing."""

    code: str
    with_kind: str | None
    with_id: int | None
    with_text: str


class Known(NamedTuple):
    """An application that the office has: what was last said of it."""

    id: int
    state: str
    version: int
    said_sha256: str
    applicant_id: int


class Taken:
    """A row that becomes an application, or the next version of one."""

    __slots__ = ("application_id", "arrival", "contract_key", "findings", "known", "sha256", "stored")

    def __init__(self, arrival: Arrival, stored: Stored, sha256: str, known: Known | None) -> None:
        self.arrival = arrival
        self.stored = stored
        self.sha256 = sha256
        self.known = known
        self.contract_key = number_key(arrival.said["contract_no"] or "")
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
    """Reads what the office knows of the things that rows name, and judges each row against it."""

    def __init__(self, session: Session, arrivals: Sequence[Arrival]) -> None:
        self.session = session
        self.arrivals = arrivals
        self.register = Register(session)
        self.known = self._known()
        self.applicants = self._applicants()
        self.accounts = self._accounts()
        self.contracts = self._contracts()

    # -- what is there already -----------------------------------------------------------------------

    def _known(self) -> dict[str, Known]:
        sql = (
            "SELECT a.case_no, a.id, a.state, a.version, v.said_sha256, a.applicant_id FROM application a "
            "JOIN application_version v ON v.application_id = a.id AND v.version = (SELECT max(g.version) "
            "FROM application_version g WHERE g.application_id = a.id AND g.source <> 'review') "
            "WHERE a.case_no IN {values}"
        )
        found = many_rows.look_up(self.session, sql, (arrival.case for arrival in self.arrivals))
        return {case: Known(*rest) for case, *rest in found}

    def _applicants(self) -> dict[str, tuple[int, str]]:
        sql = "SELECT code, id, name FROM applicant WHERE code IN {values}"
        found = many_rows.look_up(self.session, sql, (arrival.said["applicant"] for arrival in self.arrivals))
        return {code: (number, name) for code, number, name in found}

    def _accounts(self) -> dict[str, str]:
        """Whose an account is: the code of the first applicant that named it."""
        sql = (
            "SELECT b.number, p.code FROM bank_account b JOIN applicant p ON p.id = b.applicant_id "
            "WHERE b.number IN {values} ORDER BY b.id DESC"
        )
        numbers = (number for arrival in self.arrivals if (number := arrival.said["account"]))
        return dict(many_rows.look_up(self.session, sql, numbers))

    def _contracts(self) -> dict[str, tuple[int | None, str]]:
        """Who claims a contract already: application and case of the first."""
        sql = (
            "SELECT c.number_key, a.id, a.case_no FROM contract c JOIN application a ON a.contract_id = c.id "
            "WHERE c.number_key IN {values} AND a.state <> 'withdrawn' ORDER BY a.id DESC"
        )
        if many_rows.is_empty(self.session, "contract"):
            return {}
        keys = (number_key(number) for arrival in self.arrivals if (number := arrival.said["contract_no"]))
        return {key: (number, case) for key, number, case in many_rows.look_up(self.session, sql, keys)}

    # -- judging -------------------------------------------------------------------------------------

    def plan(self, tick: Callable[[int], None] | None = None) -> Plan:
        """What each row is; `tick` is told how many are done, now and then."""
        plan = Plan()
        seen: set[str] = set()
        by_case: dict[str, Taken] = {}
        for at, arrival in enumerate(self.arrivals):
            if tick is not None and not at % 2000:
                tick(at)
            case = arrival.case
            known = self.known.get(case)
            columns = stored(arrival.said)
            sha256 = fingerprint(arrival, columns)
            if case in seen or (known is not None and not self._may_change(known, arrival, sha256)):
                there = Reject(arrival.sheet, arrival.row, "case", case, "duplicate_case", "office")
                plan.refused.append(there)
                continue
            seen.add(case)
            if known is not None and known.said_sha256 == sha256:
                plan.unchanged += 1
                continue
            taken = by_case[case] = Taken(arrival, columns, sha256, known)
            self._judge(taken, by_case)
            plan.taken.append(taken)
        return plan

    def _may_change(self, known: Known, arrival: Arrival, sha256: str) -> bool:
        """Whether a row of a known case says nothing new, or corrects it while it takes corrections."""
        if known.said_sha256 == sha256:
            return True
        applicant = self.applicants.get(arrival.said["applicant"])
        return known.state in OPEN and applicant is not None and applicant[0] == known.applicant_id

    def _judge(self, taken: Taken, by_case: dict[str, Taken]) -> None:
        said, found = taken.arrival.said, taken.findings
        if taken.known is not None:
            found.append(Found("said_again", None, None, f"v{taken.known.version}"))
        if taken.arrival.hidden:
            found.append(Found("hidden_row", None, None, str(taken.arrival.row)))
        applicant, account = said["applicant"], said["account"]
        number, name = self.applicants.setdefault(applicant, (0, said["applicant_name"]))
        if name != said["applicant_name"]:
            found.append(Found("other_name", "applicant", number or None, name))
        if taken.contract_key:
            self._judge_contract(taken, by_case)
        if account:
            owner = self.accounts.setdefault(account, applicant)
            if owner != applicant:
                found.append(Found("same_account", "bank_account", None, owner))
        for odd in oddities(said, self.register):
            if odd.code != ENDS_BEFORE_STARTS:
                found.append(Found(odd.code, odd.kind, None, odd.named))

    def _judge_contract(self, taken: Taken, by_case: dict[str, Taken]) -> None:
        """The same contract claimed by another case: both cases are told."""
        case = taken.arrival.case
        number, first = self.contracts.setdefault(taken.contract_key, (None, case))
        if first == case:
            return
        taken.findings.append(Found("same_contract", "application", number, first))
        other = by_case.get(first)
        if other is not None:
            other.findings.append(Found("same_contract", "application", None, case))
