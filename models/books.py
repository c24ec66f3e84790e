"""The money: budgets and caps with guarded counters, and the entries that the counters must equal."""

import datetime

from sqlalchemy import Index, UniqueConstraint

from models.columns import day, key, key_text, moment, money, number, ref, ref_text, yes_no
from models.state_names import ACCOUNTS
from models.table import Table, check, one_of


class Budget(Table, table=True):
    """A programme's money of a year or quarter. What is available is the appropriation less four counters.

    `key` is the name that the rules give it (`shenzhen-training-voucher/2026`).
    """

    __table_args__ = (
        UniqueConstraint("key"),
        check("covered", "reserved_fen + committed_fen + paid_fen + lapsed_fen <= appropriation_fen"),
    )
    id: int = key()
    key: str
    programme: str
    year: int = number()
    appropriation_fen: int = money(0)
    reserved_fen: int = money(0)
    committed_fen: int = money(0)
    paid_fen: int = money(0)
    lapsed_fen: int = money(0)


class Appropriation(Table, table=True):
    """Money given to a budget, or taken from it (below zero), under an allotment number (指标文号).

    Finance enters it. In offices of earlier versions the first case entered what the pack states; such a row,
    told by its ledger entry's act, stays until finance enters another that takes it back (`replaces_id`).
    What was entered by mistake is taken back likewise. `proposal_id` names the proposal that a second person
    confirmed, `moved_with_id` the entry of the budget that the money was moved from.
    """

    id: int = key()
    budget_id: int = ref("budget.id")
    allotment_no: str
    amount_fen: int = money(signed=True)
    journal: int = number()
    reason: str | None = None
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)
    replaces_id: int | None = ref("appropriation.id", None, index=False)
    proposal_id: int | None = ref("appropriation_proposal.id", None, index=False)
    moved_with_id: int | None = ref("appropriation.id", None, index=False)


class AppropriationProposal(Table, table=True):
    """Money that would lift a budget above what its pack states: one proposes it, another confirms it.

    `budget` is the budget's key; `replaces` says that it takes the place of what no person had entered,
    `from_budget` is the budget that the money would be moved from.
    """

    __table_args__ = (
        one_of("state", ("proposed", "confirmed", "rejected")),
        check("settled", "(state = 'proposed') = (settled_at IS NULL)"),
        check("two_people", "state <> 'confirmed' OR settled_by_id <> proposed_by_id"),
    )
    id: int = key()
    budget: str
    allotment_no: str
    amount_fen: int = money()
    replaces: bool = yes_no()
    reason: str
    state: str = "proposed"
    proposed_at: datetime.datetime = moment()
    proposed_by_id: int = ref("person.id", index=False)
    settled_at: datetime.datetime | None = moment(None)
    settled_by_id: int | None = ref("person.id", None, index=False)
    settled_reason: str | None = None
    from_budget: str | None = None


class Period(Table, table=True):
    """Months of the books that are closed, from a day to another: no entry is for a day of it any more.

    The first one begins with the first day that an entry is for, each other on the day after the one before.
    """

    __table_args__ = (
        UniqueConstraint("first_on"),
        UniqueConstraint("last_on"),
        check("interval", "last_on >= first_on"),
    )
    id: int = key()
    first_on: datetime.date = day()
    last_on: datetime.date = day()
    closed_at: datetime.datetime = moment()
    closed_by_id: int = ref("person.id", index=False)


class CapUse(Table, table=True):
    """How much of one cap has been used; `key` is the name that the rules give it."""

    key: str = key_text()
    used_fen: int = money(0)


class LedgerEntry(Table, table=True):
    """One line of a transaction of the ledger, never changed. Lines of one `journal` number sum to zero.

    `for_day` is the day it is booked for, `at` the moment it was recorded. Where what happened belongs to a
    day of a closed period, it is booked for the first day after it and `belongs_on` is the day it belongs to.
    Entries of earlier versions have no `for_day` and are for the day on which they were recorded. `funder` is
    whose part of an award moves, by the name that the pack gives them; empty for a whole.
    """

    __table_args__ = (
        one_of("account", ACCOUNTS),
        check("moves", "amount_fen <> 0"),
        Index("ix_ledger_entry_journal", "journal"),
        Index("ix_ledger_entry_budget", "budget_id", "account"),
    )
    id: int = key()
    journal: int = number()
    account: str
    budget_id: int = ref("budget.id", index=False)
    amount_fen: int = money(signed=True)
    application_id: int | None = ref("application.id", None)
    decision_seq: int | None = ref("decision.seq", None)
    voucher_id: int | None = ref("voucher.id", None)
    act: str
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)
    for_day: datetime.date | None = day(None, index=True)
    belongs_on: datetime.date | None = day(None)
    funder: str | None = None


class CapEntry(Table, table=True):
    """One use or release of a cap, never changed. A cap's counter equals the sum of its entries."""

    __table_args__ = (check("moves", "amount_fen <> 0"), Index("ix_cap_entry_key", "key"))
    id: int = key()
    key: str = ref_text("cap_use.key")
    amount_fen: int = money(signed=True)
    decision_seq: int | None = ref("decision.seq", None)
    act: str
    at: datetime.datetime = moment()
    person_id: int = ref("person.id", index=False)
