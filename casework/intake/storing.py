"""Storing planned rows in one go: parties first, then applications with their versions and findings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlmodel import Session, col

from casework.cases import looking
from casework.cases.case_facts import Register
from casework.cases.confirmed_codes import NONE, Confirmed
from casework.cases.field_table import COLUMNS
from casework.cases.finding_weights import weight
from casework.cases.looked_for import AGAIN
from casework.cases.round_windows import set_moment
from casework.cases.said_values import PLACES
from casework.cases.stored_facts import extra_text
from casework.core import many_rows
from casework.core.act import Turn
from casework.core.office import SHANGHAI
from casework.intake import rounds
from casework.intake.arrivals import Taken
from casework.intake.rounds import Places
from models import Application, BankAccount, Finding
from models.columns import moment_text
from rules.plain_text import name_key

VERSION_COLUMNS = (
    "id", "application_id", "version", *COLUMNS.values(), "contact_id", "bank_account_id", "extra",
    "verified", "said_sha256", "intake_row", "reason",
)  # fmt: skip

AT_ONCE = 1_000
"""Rows given to the driver at a time."""
SAID_AGAIN = "said_again"
"""What a row tells that takes another's place: each such row tells it anew."""
SHOWN = 1_000
"""Case numbers that a log entry lists; a larger import's are counted, and stand in their tables."""


class Origin(NamedTuple):
    """Where versions come from and who stores them when: what every row of one act shares, in stored form."""

    source: str
    intake_id: int | None
    person_id: int
    at: str
    on: str
    places: Places
    confirmed: Confirmed = NONE


class Store:
    """Writes planned rows."""

    def __init__(self, session: Session, origin: Origin, tick: Callable[[], None] | None = None) -> None:
        self.session = session
        self.origin = origin
        self.tick = tick or (lambda: None)
        self.known_applicants: list[int] = []
        self.looked_at: frozenset[int] = frozenset()

    def store(self, taken: Sequence[Taken]) -> tuple[list[int], list[int]]:
        """Write them all. Returns the numbers of new applications and of changed ones."""
        self._applicants(taken)
        contacts, accounts = self._contacts(taken), self._accounts(taken)
        contracts = self._contracts(taken)
        self.looked_at = _found_before(self.session, taken)
        new = [one for one in taken if one.known is None]
        changed = [one for one in taken if one.known is not None]
        for one, number in zip(new, many_rows.ids(self.session, "application", len(new)), strict=True):
            one.application_id = number
        self._applications(new, contracts)
        self._versions(taken, contacts, accounts)
        for one in changed:
            self._move_on(one, self._contract_of(one, contracts))
        self.session.flush()
        self._findings(taken)
        return [one.application_id for one in new], [one.application_id for one in changed]

    def _insert(
        self, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]], **shared: int | str | None
    ) -> None:
        """Insert by the thousand, so that who watches can stop it in between; `shared` is the same in all."""
        for some in many_rows.chunks(rows, AT_ONCE):
            self.tick()
            many_rows.insert(self.session, table, columns, some, shared)

    def _each(self, taken: Sequence[Taken]) -> Iterator[Taken]:
        """The rows, with a look in between at whether to stop."""
        return many_rows.ticking(self.session, taken)

    # -- parties -------------------------------------------------------------------------------------

    def _applicants(self, taken: Sequence[Taken]) -> None:
        first: dict[str, Taken] = {}
        for one in self._each(taken):
            first.setdefault(one.said["applicant"], one)
        sql = "SELECT code, id FROM applicant WHERE code IN {values}"
        found: dict[str, int] = dict(many_rows.look_up(self.session, sql, first))
        self.known_applicants = list(found.values())
        fresh = [code for code in first if code not in found]
        origin = self.origin
        rows, names = [], []
        numbers = many_rows.ids(self.session, "applicant", len(fresh))
        for code, number in zip(many_rows.ticking(self.session, fresh), numbers, strict=True):
            one = first[code]
            said = one.said
            found[code] = number
            founded_on = one.stored[PLACES["founded_on"]]
            rows.append((
                number, code, said["applicant_name"], said["applicant_kind"], founded_on, said["district"],
            ))  # fmt: skip
            names.append((number, said["applicant_name"]))
        columns = ("id", "code", "name", "kind", "founded_on", "district")
        self._insert("applicant", columns, rows, created_at=origin.at)
        since = {"from_on": origin.on, "source": origin.source}
        self._insert("applicant_name", ("applicant_id", "name"), names, **since)
        for one in self._each(taken):
            one.applicant_id = found[one.said["applicant"]]

    def _contacts(self, taken: Sequence[Taken]) -> dict[tuple[int, str, str], int]:
        wanted = dict.fromkeys(
            (one.applicant_id, said["contact"] or "", said["phone"] or "")
            for one in self._each(taken)
            if (said := one.said)["contact"] or said["phone"]
        )
        sql = "SELECT applicant_id, name, coalesce(phone, ''), id FROM contact WHERE applicant_id IN {values}"
        found = {
            (applicant, name, phone): number
            for applicant, name, phone, number in many_rows.look_up(self.session, sql, self.known_applicants)
        }
        fresh = [key for key in wanted if key not in found]
        numbers = many_rows.ids(self.session, "contact", len(fresh))
        rows = [
            (number, applicant, name, phone or None)
            for (applicant, name, phone), number in zip(fresh, numbers, strict=True)
        ]
        columns = ("id", "applicant_id", "name", "phone")
        self._insert("contact", columns, rows, created_at=self.origin.at)
        return {**found, **dict(zip(fresh, numbers, strict=True))}

    def _accounts(self, taken: Sequence[Taken]) -> dict[tuple[int, str], int]:
        """Accounts by applicant and number; one is with the bank that is said of it last, and a bank alone is
        kept too."""
        wanted: dict[tuple[int, str], Taken] = {}
        banks: dict[tuple[int, str], str] = {}
        for one in self._each(taken):
            said = one.said
            key = one.applicant_id, said["account"] or ""
            if said["account"] or said["bank"]:
                wanted.setdefault(key, one)
            if said["bank"]:
                banks[key] = said["bank"]
        found, at = self._known_accounts(banks), self.origin.at
        fresh = [key for key in wanted if key not in found]
        numbers = many_rows.ids(self.session, "bank_account", len(fresh))
        rows = [
            (row, key[0], wanted[key].arrival.said["applicant_name"], banks.get(key, ""), key[1], at)
            for key, row in zip(fresh, numbers, strict=True)
        ]
        columns = ("id", "applicant_id", "holder", "bank", "number", "created_at")
        self._insert("bank_account", columns, rows)
        return {**found, **dict(zip(fresh, numbers, strict=True))}

    def _known_accounts(self, banks: Mapping[tuple[int, str], str]) -> dict[tuple[int, str], int]:
        """The accounts that are there already, with the bank that is said of them now."""
        sql = "SELECT applicant_id, number, bank, id FROM bank_account WHERE applicant_id IN {values}"
        found = {}
        for applicant, number, bank, row in many_rows.look_up(self.session, sql, self.known_applicants):
            found[applicant, number] = row
            if banks.get((applicant, number), bank) != bank:
                self.session.get_one(BankAccount, row).bank = banks[applicant, number]
        self.session.flush()
        return found

    def _contracts(self, taken: Sequence[Taken]) -> dict[tuple[int, str], int]:
        wanted: dict[tuple[int, str], Taken] = {}
        for one in self._each(taken):
            if one.contract_key:
                wanted.setdefault((one.applicant_id, one.contract_key), one)
        found = self._held("SELECT applicant_id, number_key, id FROM contract WHERE applicant_id IN {values}")
        fresh = [key for key in wanted if key not in found]
        numbers = many_rows.ids(self.session, "contract", len(fresh))
        held = many_rows.read(self.session, "SELECT name, id FROM provider ORDER BY id DESC")
        providers = {name_key(name): number for name, number in held}
        rows = []
        for key, row in zip(many_rows.ticking(self.session, fresh), numbers, strict=True):
            said = wanted[key].arrival.said
            rows.append(
                (row, key[0], providers.get(name_key(said["provider"] or "")), said["contract_no"], key[1])
            )
        columns = ("id", "applicant_id", "provider_id", "number", "number_key")
        self._insert("contract", columns, rows)
        return {**found, **dict(zip(fresh, numbers, strict=True))}

    def _held(self, sql: str) -> dict[tuple[int, str], int]:
        """What applicants that were here before have already, by applicant and number."""
        found = many_rows.look_up(self.session, sql, self.known_applicants)
        return {(applicant, number): row for applicant, number, row in found}

    def _contract_of(self, one: Taken, contracts: Mapping[tuple[int, str], int]) -> int | None:
        if not one.contract_key:
            return None
        return contracts[one.applicant_id, one.contract_key]

    # -- applications --------------------------------------------------------------------------------

    def _applications(self, new: Iterable[Taken], contracts: Mapping[tuple[int, str], int]) -> None:
        origin = self.origin
        columns = ("id", "case_no", "applicant_id", "contract_id", "applied_at", "round_id")
        holding = origin.places.holding
        rows = (
            (
                one.application_id, one.arrival.case, one.applicant_id,
                self._contract_of(one, contracts), one.stored[PLACES["applied_at"]],
                None if (found := holding(one.said["applied_at"])) is None else found.id,
            )
            for one in new
        )  # fmt: skip
        self._insert(
            "application", columns, rows, scheme=origin.places.scheme,
            state="submitted", version=1, arrived_at=origin.at,
        )  # fmt: skip

    def _versions(
        self,
        taken: Sequence[Taken],
        contacts: Mapping[tuple[int, str, str], int],
        accounts: Mapping[tuple[int, str], int],
    ) -> None:
        origin = self.origin

        def row(one: Taken, number: int) -> tuple[Any, ...]:
            said = one.said
            applicant = one.applicant_id
            return (
                number, one.application_id, one.version, *one.stored,
                contacts.get((applicant, said["contact"] or "", said["phone"] or "")),
                accounts.get((applicant, said["account"] or "")) if said["account"] or said["bank"] else None,
                extra_text(one.arrival.extra) if one.arrival.extra else "{}",
                one.verified, one.sha256, one.arrival.row or None, origin.confirmed.get(said["applicant"]),
            )  # fmt: skip

        numbers = many_rows.ids(self.session, "application_version", len(taken))
        rows = (row(one, number) for one, number in zip(taken, numbers, strict=True))
        self._insert(
            "application_version", VERSION_COLUMNS, rows, source=origin.source, intake_id=origin.intake_id,
            at=origin.at, person_id=origin.person_id,
        )  # fmt: skip

    def _move_on(self, one: Taken, contract_id: int | None) -> None:
        row = self.session.get_one(Application, one.application_id, populate_existing=True)
        row.version = one.version
        row.contract_id = contract_id
        set_moment(self.session, row, one.said["applied_at"].replace(tzinfo=SHANGHAI))

    def _findings(self, taken: Sequence[Taken]) -> None:
        by_case = {one.arrival.case: one.application_id for one in taken}
        at = self.origin.at
        rows = []
        for one in self._each(taken):
            for found in one.findings:
                if one.application_id in self.looked_at and found.code in AGAIN:
                    continue  # it is looked at as a whole once it is stored
                weight(found.code)  # one without a line in the table is a bug, and loud
                other = found.with_id
                if other is None and found.with_kind == "application":
                    other = by_case.get(found.with_text)
                rows.append((
                    one.application_id, one.version, found.code, found.with_kind, other, found.with_text,
                    "{}",
                    "open", at,
                ))  # fmt: skip
        columns = (
            "application_id", "version", "code", "with_kind", "with_id", "with_text", "detail", "state",
            "found_at",
        )  # fmt: skip
        self._insert("finding", columns, rows)


def store(
    turn: Turn,
    taken: Sequence[Taken],
    source: str,
    scheme: str,
    round_id: int | None = None,
    intake_id: int | None = None,
    tick: Callable[[], None] | None = None,
    confirmed: Confirmed = NONE,
) -> None:
    """Store planned rows within an act, each in the round that is open for it; `tick` may stop it on the way
    by raising. `confirmed` are the credit codes that a person has let in, with the reasons."""
    at, on = moment_text(turn.at), turn.today.isoformat()
    places = rounds.places(turn.session, scheme, round_id)
    origin = Origin(source, intake_id, turn.person.id, at, on, places, confirmed)
    writer = Store(turn.session, origin, tick)
    new, changed = writer.store(taken)
    _look_again(turn, changed, writer.looked_at)
    turn.note(new=len(new), changed=len(changed), cases=[one.arrival.case for one in taken[:SHOWN]])
    if confirmed:
        turn.note(confirmed=dict(confirmed))
    turn.changed("application", *[*new, *changed][:SHOWN])
    if any(one.findings for one in taken):
        turn.changed("finding")


def _found_before(session: Session, taken: Sequence[Taken]) -> frozenset[int]:
    """The applications that were here with something found that a check looks for, open or judged: what they
    say now is looked at as a whole. Of all others what the file and the office told of the row is enough, and
    a file of thousands stays quick."""
    known = [one.application_id for one in taken if one.known is not None]
    codes = ", ".join(f"'{code}'" for code in sorted(AGAIN - {SAID_AGAIN}))
    sql = (
        "SELECT DISTINCT application_id FROM finding WHERE application_id IN {values} "
        f"AND state <> 'outdated' AND code IN ({codes})"
    )
    return frozenset(number for (number,) in many_rows.look_up(session, sql, known))


def _look_again(turn: Turn, changed: Sequence[int], before: Collection[int]) -> None:
    """Look again at applications that were here and say something else now, as a correction does: what is no
    longer so stands open no more, and what their papers and invoices show is asked for too."""
    register = Register(turn.session) if before else None
    for number in many_rows.ticking(turn.session, changed):
        if number in before:
            looking.again(turn, turn.session.get_one(Application, number), register=register, whole=True)
    for some in many_rows.chunks(changed):
        earlier = select(col(Application.version)).where(col(Application.id) == col(Finding.application_id))
        told = update(Finding).where(
            col(Finding.application_id).in_(some),
            col(Finding.code) == SAID_AGAIN,
            col(Finding.version) < earlier.scalar_subquery(),
        )
        turn.session.execute(told.values(state="outdated"), execution_options={"synchronize_session": False})
