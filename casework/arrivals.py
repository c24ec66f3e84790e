"""What a file's rows mean for the office: which are new, unchanged, changed or not to be taken, and what is odd.

`plan` only reads; `store` writes a plan. Whatever a person must judge becomes a finding on an accepted
application; only what can't be taken is rejected.
"""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework import bulk
from casework.case_facts import Register, extra_text
from casework.permissions import OPEN
from models import Applicant, Application, ApplicationVersion, BankAccount, Contact, Contract, Provider
from papers.portal import Reject

FIELDS = (
    "applied_at", "applicant_name", "applicant", "applicant_kind", "founded_on", "district", "contact", "phone",
    "provider", "provider_admitted", "service", "contract_no", "signed_on", "starts_on", "ends_on",
    "contract_amount", "net_amount", "leased_in_year", "related_party", "other_national", "other_city",
    "other_district", "other_support", "other_source", "awarded_before", "purpose", "bank", "account",
)  # fmt: skip
"""What a row may say, by the rules' names for facts and plain words for the rest; in the order of a portal's row."""

_LETTERS = re.compile(r"[\W_]+")


class Arrival(NamedTuple):
    """A row that can be read: its number as Excel shows it, its case, and what it says of every field, in their
    order (None: nothing)."""

    row: int
    case: str
    said: Mapping[str, Any]
    extra: Mapping[str, Any] = {}
    sheet: str = ""


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
    contract_id: int | None
    pack_id: str
    round_id: int | None


@dataclass
class Taken:
    """A row that becomes an application, or the next version of one."""

    arrival: Arrival
    sha256: str
    known: Known | None
    findings: list[Found] = field(default_factory=list)
    application_id: int = 0


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


def number_key(number: str) -> str:
    """A contract's or invoice's number stripped to what tells two apart: letters and digits, capital, half-width."""
    if not number.isascii():
        number = unicodedata.normalize("NFKC", number)
    return _LETTERS.sub("", number).upper()


def fingerprint(arrival: Arrival) -> str:
    """A hash of everything that a row says, to tell an unchanged one. `said` holds every field, in their order."""
    text = "\x1f".join(map(str, arrival.said.values()))
    if arrival.extra:
        text += extra_text(arrival.extra)
    return hashlib.sha256(text.encode()).hexdigest()


class Planner:
    """Reads what the office knows of the things that a file names, and judges each row against it."""

    def __init__(self, session: Session, arrivals: Sequence[Arrival]) -> None:
        self.session = session
        self.arrivals = arrivals
        self.register = Register(session)
        self.known = self._known()
        self.applicants = self._applicants()
        self.accounts = self._accounts()
        self.contracts: dict[str, tuple[int | None, str, str]] = self._contracts()

    # -- what is there already -----------------------------------------------------------------------

    def _known(self) -> dict[str, Known]:
        if self.session.execute(select(func.count()).select_from(Application)).scalar_one() == 0:
            return {}
        version = ApplicationVersion
        given = (
            select(col(version.application_id), func.max(col(version.version)).label("version"))
            .where(col(version.source) != "review")
            .group_by(col(version.application_id))
            .subquery()
        )
        statement = (
            select(
                col(Application.case_no), col(Application.id), col(Application.state), col(Application.version),
                col(version.said_sha256), col(Application.applicant_id), col(Application.contract_id),
                col(Application.pack_id), col(Application.round_id),
            )
            .join(given, given.c.application_id == col(Application.id))
            .join(version, (col(version.application_id) == given.c.application_id) & (col(version.version) == given.c.version))
        )  # fmt: skip
        found: dict[str, Known] = {}
        for some in bulk.chunks(arrival.case for arrival in self.arrivals):
            for case_no, *rest in self.session.execute(statement.where(col(Application.case_no).in_(some))):
                found[case_no] = Known(*rest)
        return found

    def _applicants(self) -> dict[str, tuple[int, str]]:
        codes = dict.fromkeys(arrival.said["applicant"] for arrival in self.arrivals)
        found: dict[str, tuple[int, str]] = {}
        for some in bulk.chunks(codes):
            rows = select(col(Applicant.code), col(Applicant.id), col(Applicant.name))
            for code, number, name in self.session.execute(rows.where(col(Applicant.code).in_(some))):
                found[code] = (number, name)
        return found

    def _accounts(self) -> dict[str, str]:
        """Whose an account is: the code of the first applicant that named it."""
        numbers = dict.fromkeys(
            number for arrival in self.arrivals if (number := arrival.said.get("account"))
        )
        found: dict[str, str] = {}
        for some in bulk.chunks(numbers):
            rows = select(col(BankAccount.number), col(Applicant.code)).join(
                Applicant, col(Applicant.id) == col(BankAccount.applicant_id)
            )
            for number, code in self.session.execute(
                rows.where(col(BankAccount.number).in_(some)).order_by(col(BankAccount.id).desc())
            ):
                found[number] = code
        return found

    def _contracts(self) -> dict[str, tuple[int | None, str, str]]:
        """Who claims a contract already: application, case and applicant's code of the first."""
        keys = dict.fromkeys(
            number_key(number) for arrival in self.arrivals if (number := arrival.said.get("contract_no"))
        )
        found: dict[str, tuple[int | None, str, str]] = {}
        for some in bulk.chunks(keys):
            rows = (
                select(
                    col(Contract.number_key),
                    col(Application.id),
                    col(Application.case_no),
                    col(Applicant.code),
                )
                .join(Application, col(Application.contract_id) == col(Contract.id))
                .join(Applicant, col(Applicant.id) == col(Application.applicant_id))
                .where(col(Contract.number_key).in_(some), col(Application.state).not_in(("withdrawn",)))
            )
            for key, number, case, code in self.session.execute(rows.order_by(col(Application.id).desc())):
                found[key] = (number, case, code)
        return found

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
            if case in seen:
                plan.refused.append(Reject(arrival.sheet, arrival.row, "case", case, "duplicate_case"))
                continue
            seen.add(case)
            sha256 = fingerprint(arrival)
            known = self.known.get(case)
            if known is not None and known.said_sha256 == sha256:
                plan.unchanged += 1
                continue
            if known is not None and not self._may_change(known, arrival):
                plan.refused.append(Reject(arrival.sheet, arrival.row, "case", case, "duplicate_case"))
                continue
            taken = Taken(arrival, sha256, known)
            self._judge(taken, by_case)
            by_case[case] = taken
            plan.taken.append(taken)
        return plan

    def _may_change(self, known: Known, arrival: Arrival) -> bool:
        """Whether another row of a known case is a correction of it: while it takes any, by the same applicant."""
        applicant = self.applicants.get(arrival.said["applicant"])
        return known.state in OPEN and applicant is not None and applicant[0] == known.applicant_id

    def _judge(self, taken: Taken, by_case: dict[str, Taken]) -> None:
        said, found = taken.arrival.said, taken.findings
        code = said["applicant"]
        if taken.known is not None:
            found.append(Found("said_again", None, None, f"v{taken.known.version}"))
        named = self.applicants.get(code)
        if named is None:
            self.applicants[code] = (0, said["applicant_name"])
        elif named[1] != said["applicant_name"]:
            found.append(Found("other_name", "applicant", named[0] or None, named[1]))
        contract = said.get("contract_no")
        if contract:
            self._judge_contract(number_key(contract), taken, by_case)
        account = said.get("account")
        if account:
            owner = self.accounts.setdefault(account, code)
            if owner != code:
                found.append(Found("same_account", "bank_account", None, owner))
        signed, founded = said.get("signed_on"), said.get("founded_on")
        if signed is not None and founded is not None and signed < founded:
            found.append(Found("signed_before_founding", "field", None, "signed_on"))
        net, gross = said.get("net_amount"), said.get("contract_amount")
        if net is not None and gross is not None and net > gross:
            found.append(Found("net_above_gross", "field", None, "net_amount"))
        provider = said.get("provider")
        if provider and provider in self.register:
            if signed is not None and not self.register.admitted(provider, said.get("service"), signed):
                found.append(Found("provider_not_admitted", "provider", None, provider))
        elif provider and self.register.names():
            found.append(Found("provider_unknown", "provider", None, provider))

    def _judge_contract(self, key: str, taken: Taken, by_case: dict[str, Taken]) -> None:
        """The same contract claimed by another case: both cases are told."""
        case = taken.arrival.case
        first = self.contracts.setdefault(key, (None, case, taken.arrival.said["applicant"]))
        if first[1] == case:
            return
        taken.findings.append(Found("same_contract", "application", first[0], first[1]))
        other = by_case.get(first[1])
        if other is not None:
            other.findings.append(Found("same_contract", "application", None, case))


class Origin(NamedTuple):
    """Where versions come from and who stores them when: what every row of one act shares."""

    source: str
    intake_id: int | None
    person_id: int
    at: str
    arrived_at: str
    on: str
    pack_id: str
    round_id: int | None


VERSION_COLUMNS = (
    "id", "application_id", "version", "source", "applied_at", "applicant_name", "applicant_code", "applicant_kind",
    "founded_on", "district", "contract_no", "signed_on", "starts_on", "ends_on", "contract_amount_fen",
    "net_amount_fen", "leased_in_year_fen", "related_party", "provider_admitted", "other_national_fen",
    "other_city_fen", "other_district_fen", "other_support_fen", "other_source", "awarded_before_fen", "provider_name", "service", "purpose", "contact_id", "bank_account_id",
    "extra", "said_sha256", "intake_id", "intake_row", "at", "person_id",
)  # fmt: skip


class Store:
    """Writes a plan's rows: parties first, then applications with their versions and findings."""

    def __init__(self, session: Session, origin: Origin) -> None:
        self.session = session
        self.origin = origin

    def store(self, taken: Sequence[Taken]) -> tuple[list[int], list[int]]:
        """Write them all. Returns the numbers of new applications and of changed ones."""
        applicants = self._applicants(taken)
        contacts = self._contacts(taken, applicants)
        accounts = self._accounts(taken, applicants)
        contracts = self._contracts(taken, applicants)
        new = [one for one in taken if one.known is None]
        for one, number in zip(new, bulk.ids(self.session, "application", len(new)), strict=True):
            one.application_id = number
        for one in taken:
            if one.known is not None:
                one.application_id = one.known.id
        origin = self.origin
        bulk.insert(
            self.session,
            "application",
            ("id", "case_no", "round_id", "pack_id", "applicant_id", "contract_id", "state", "version", "applied_at", "arrived_at"),
            [
                (
                    one.application_id, one.arrival.case, origin.round_id, origin.pack_id,
                    applicants[one.arrival.said["applicant"]], self._contract_of(one, contracts), "submitted", 1,
                    bulk.utc_text(one.arrival.said["applied_at"]), origin.arrived_at,
                )
                for one in new
            ],
        )  # fmt: skip
        self._versions(taken, applicants, contacts, accounts)
        changed = [one for one in taken if one.known is not None]
        for one in changed:
            self._move_on(one, self._contract_of(one, contracts))
        self._findings(taken)
        return [one.application_id for one in new], [one.application_id for one in changed]

    # -- parties -------------------------------------------------------------------------------------

    def _applicants(self, taken: Sequence[Taken]) -> dict[str, int]:
        first: dict[str, Mapping[str, Any]] = {}
        for one in taken:
            first.setdefault(one.arrival.said["applicant"], one.arrival.said)
        found: dict[str, int] = {}
        for some in bulk.chunks(first):
            rows = select(col(Applicant.code), col(Applicant.id)).where(col(Applicant.code).in_(some))
            found.update(self.session.execute(rows).tuples().all())
        fresh = [code for code in first if code not in found]
        origin = self.origin
        rows_new, names = [], []
        for code, number in zip(fresh, bulk.ids(self.session, "applicant", len(fresh)), strict=True):
            said = first[code]
            found[code] = number
            founded = said.get("founded_on")
            rows_new.append(
                (
                    number,
                    code,
                    said["applicant_name"],
                    said.get("applicant_kind"),
                    founded and founded.isoformat(),
                    said.get("district"),
                    origin.at,
                )
            )
            names.append((number, said["applicant_name"], origin.on, origin.source))
        bulk.insert(
            self.session,
            "applicant",
            ("id", "code", "name", "kind", "founded_on", "district", "created_at"),
            rows_new,
        )
        bulk.insert(self.session, "applicant_name", ("applicant_id", "name", "from_on", "source"), names)
        return found

    def _contacts(
        self, taken: Sequence[Taken], applicants: Mapping[str, int]
    ) -> dict[tuple[int, str, str], int]:
        wanted = {
            (applicants[said["applicant"]], said["contact"], said.get("phone") or "")
            for one in taken
            if (said := one.arrival.said).get("contact")
        }
        found: dict[tuple[int, str, str], int] = {}
        for some in bulk.chunks({applicant for applicant, _, _ in wanted}):
            rows = select(col(Contact.applicant_id), col(Contact.name), col(Contact.phone), col(Contact.id))
            for applicant, name, phone, number in self.session.execute(
                rows.where(col(Contact.applicant_id).in_(some))
            ):
                found[applicant, name, phone or ""] = number
        fresh = sorted(wanted - found.keys())
        numbers = bulk.ids(self.session, "contact", len(fresh))
        found.update(zip(fresh, numbers, strict=True))
        at = self.origin.at
        bulk.insert(
            self.session,
            "contact",
            ("id", "applicant_id", "name", "phone", "created_at"),
            [(number, *key[:2], key[2] or None, at) for key, number in zip(fresh, numbers, strict=True)],
        )
        return found

    def _accounts(self, taken: Sequence[Taken], applicants: Mapping[str, int]) -> dict[tuple[int, str], int]:
        wanted: dict[tuple[int, str], Mapping[str, Any]] = {}
        for one in taken:
            said = one.arrival.said
            if said.get("account"):
                wanted.setdefault((applicants[said["applicant"]], said["account"]), said)
        found: dict[tuple[int, str], int] = {}
        for some in bulk.chunks({applicant for applicant, _ in wanted}):
            rows = select(col(BankAccount.applicant_id), col(BankAccount.number), col(BankAccount.id))
            for applicant, number, key in self.session.execute(
                rows.where(col(BankAccount.applicant_id).in_(some))
            ):
                found[applicant, number] = key
        fresh = [key for key in wanted if key not in found]
        numbers = bulk.ids(self.session, "bank_account", len(fresh))
        found.update(zip(fresh, numbers, strict=True))
        at = self.origin.at
        bulk.insert(
            self.session,
            "bank_account",
            ("id", "applicant_id", "holder", "bank", "number", "created_at"),
            [
                (row, key[0], wanted[key]["applicant_name"], wanted[key].get("bank") or "", key[1], at)
                for key, row in zip(fresh, numbers, strict=True)
            ],
        )
        return found

    def _contracts(self, taken: Sequence[Taken], applicants: Mapping[str, int]) -> dict[tuple[int, str], int]:
        wanted: dict[tuple[int, str], Mapping[str, Any]] = {}
        for one in taken:
            said = one.arrival.said
            if said.get("contract_no"):
                wanted.setdefault((applicants[said["applicant"]], number_key(said["contract_no"])), said)
        found: dict[tuple[int, str], int] = {}
        for some in bulk.chunks({applicant for applicant, _ in wanted}):
            rows = select(col(Contract.applicant_id), col(Contract.number_key), col(Contract.id))
            for applicant, key, number in self.session.execute(
                rows.where(col(Contract.applicant_id).in_(some))
            ):
                found[applicant, key] = number
        fresh = [key for key in wanted if key not in found]
        numbers = bulk.ids(self.session, "contract", len(fresh))
        found.update(zip(fresh, numbers, strict=True))
        providers: dict[str, int] = dict(
            self.session.execute(select(col(Provider.name), col(Provider.id))).tuples().all()
        )
        bulk.insert(
            self.session,
            "contract",
            ("id", "applicant_id", "provider_id", "number", "number_key"),
            [
                (
                    row,
                    key[0],
                    providers.get(wanted[key].get("provider") or ""),
                    wanted[key]["contract_no"],
                    key[1],
                )
                for key, row in zip(fresh, numbers, strict=True)
            ],
        )
        self._applicant_ids = applicants
        return found

    def _contract_of(self, one: Taken, contracts: Mapping[tuple[int, str], int]) -> int | None:
        said = one.arrival.said
        if not said.get("contract_no"):
            return None
        return contracts[self._applicant_ids[said["applicant"]], number_key(said["contract_no"])]

    # -- versions and findings -----------------------------------------------------------------------

    def _versions(
        self,
        taken: Sequence[Taken],
        applicants: Mapping[str, int],
        contacts: Mapping[tuple[int, str, str], int],
        accounts: Mapping[tuple[int, str], int],
    ) -> None:
        origin = self.origin
        rows = []
        for one, number in zip(taken, bulk.ids(self.session, "application_version", len(taken)), strict=True):
            get = one.arrival.said.get
            applicant = applicants[get("applicant")]
            founded, signed, starts, ends = (
                get("founded_on"),
                get("signed_on"),
                get("starts_on"),
                get("ends_on"),
            )
            related, admitted, account = get("related_party"), get("provider_admitted"), get("account")
            contact = get("contact")
            rows.append((
                number, one.application_id, 1 if one.known is None else one.known.version + 1, origin.source,
                bulk.utc_text(get("applied_at")), get("applicant_name"), get("applicant"), get("applicant_kind"),
                founded and founded.isoformat(), get("district"), get("contract_no"), signed and signed.isoformat(),
                starts and starts.isoformat(), ends and ends.isoformat(), get("contract_amount"), get("net_amount"),
                get("leased_in_year"), None if related is None else int(related),
                None if admitted is None else int(admitted), get("other_national"), get("other_city"),
                get("other_district"), get("other_support"), get("other_source"),
                get("awarded_before"), get("provider"), get("service"), get("purpose"),
                contacts[applicant, contact, get("phone") or ""] if contact else None,
                accounts[applicant, account] if account else None,
                extra_text(one.arrival.extra) if one.arrival.extra else "{}", one.sha256, origin.intake_id,
                one.arrival.row or None, origin.at, origin.person_id,
            ))  # fmt: skip
        bulk.insert(self.session, "application_version", VERSION_COLUMNS, rows)

    def _move_on(self, one: Taken, contract_id: int | None) -> None:
        assert one.known is not None
        row = self.session.get_one(Application, one.known.id, populate_existing=True)
        row.version = one.known.version + 1
        row.contract_id = contract_id
        row.applied_at = one.arrival.said["applied_at"].replace(tzinfo=_SHANGHAI)

    def _findings(self, taken: Iterable[Taken]) -> None:
        by_case = {one.arrival.case: one.application_id for one in taken}
        rows = []
        for one in taken:
            version = 1 if one.known is None else one.known.version + 1
            for found in one.findings:
                other = found.with_id
                if other is None and found.with_kind == "application":
                    other = by_case.get(found.with_text)
                rows.append(
                    (
                        one.application_id,
                        version,
                        found.code,
                        found.with_kind,
                        other,
                        found.with_text,
                        "{}",
                        "open",
                        self.origin.at,
                    )
                )
        bulk.insert(
            self.session,
            "finding",
            (
                "application_id",
                "version",
                "code",
                "with_kind",
                "with_id",
                "with_text",
                "detail",
                "state",
                "found_at",
            ),
            rows,
        )


_SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
