"""The budgets as finance keeps them: ceilings, entries, what is left, what waits. Reading only."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core import staff_names
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.money import allotments, allotments_entered, ceilings, ledger, periods
from models import Application, Appropriation, AppropriationProposal, Budget, Round

NEXT_YEAR_FROM = 11
"""The month from which the budgets of the year to come are shown too."""


class Entry(NamedTuple):
    """One entry of a budget by its number. `second` is who confirmed it, where two signed; `silent` says that
    no person of finance entered it and nothing has replaced it yet; `takes_back` is the number of the entry
    that it takes back, `moved_with` of the other budget's half of what was moved; `may_go`: it can be taken
    back."""

    id: int
    allotment_no: str
    amount_fen: int
    reason: str
    at: datetime.datetime
    person: str
    second: str
    silent: bool
    takes_back: int | None
    moved_with: int | None
    may_go: bool


class Proposed(NamedTuple):
    """What would lift a budget above its ceiling, while it waits; `may`: the acts this person may do."""

    id: int
    allotment_no: str
    amount_fen: int
    reason: str
    at: datetime.datetime
    person: str
    replaces: bool
    would_be_fen: int
    may: frozenset[str]
    from_budget: str


class Settled(NamedTuple):
    """What was turned down, by whom and why."""

    allotment_no: str
    amount_fen: int
    at: datetime.datetime
    person: str
    reason: str


class BudgetView(NamedTuple):
    """A budget with its entries, the newest first. `ceiling_fen` None: its pack states no amount; `named`: a
    confirmed pack draws on it, so it can be raised."""

    key: str
    title: str
    title_en: str
    named: bool
    ceiling_fen: int | None
    balance: ledger.Balance
    silent_fen: int
    entries: tuple[Entry, ...]
    proposed: tuple[Proposed, ...]
    turned_down: tuple[Settled, ...]


class Board(NamedTuple):
    """All budgets: first those that something waits on, then the fullest, then those without an allotment;
    and the last day that is closed."""

    budgets: tuple[BudgetView, ...]
    closed_until: datetime.date | None


def board(office: Office, person: str) -> Board:
    """The budgets with an entry or a proposal, and those of the present year that confirmed packs name."""
    today = office.today()
    with office.read() as session:
        who = Who.named(office, session, person)
        rows = {row.key: row for row in session.execute(select(Budget).order_by(col(Budget.id))).scalars()}
        proposals = _proposals(session)
        named = [key for key in ceilings.keys(session, today) if _now(key, today)]
        keys = dict.fromkeys((*rows, *(one.budget for one in proposals), *named))
        views = [_view(who, key, rows.get(key), proposals, today) for key in keys]
        closed = periods.closed_until(session)
    return Board(tuple(sorted(views, key=_first)), closed)


def _now(key: str, today: datetime.date) -> bool:
    when = key.rpartition("/")[2]
    if not when[:4].isdecimal():
        return True
    return int(when[:4]) in (today.year, today.year + (today.month >= NEXT_YEAR_FROM))


def _first(one: BudgetView) -> tuple[bool, int, str, str]:
    waits = bool(one.proposed or one.silent_fen)
    return not waits, -one.balance.appropriation_fen, one.key.rpartition("/")[2], one.key


def _proposals(session: Session) -> list[AppropriationProposal]:
    order = col(AppropriationProposal.id).desc()
    return list(session.execute(select(AppropriationProposal).order_by(order)).scalars())


def _view(
    who: Who,
    key: str,
    row: Budget | None,
    proposals: Sequence[AppropriationProposal],
    today: datetime.date,
) -> BudgetView:
    people = who.once(staff_names.by_number)
    found = ceilings.of_budget(who.session, key, today)
    silent = [] if row is None else allotments_entered.silent_of(who.session, row.id)
    silent_fen = sum(one.amount_fen for one in silent)
    stands = ledger.NOTHING_YET if row is None else ledger.balance_of(row)
    mine = [one for one in proposals if one.budget == key]
    return BudgetView(
        key,
        key if found is None else found.title,
        key if found is None else found.title_en,
        found is not None,
        None if found is None else found.ceiling_fen,
        stands,
        silent_fen,
        () if row is None else _entries(who.session, row.id, people, {one.id for one in silent}),
        tuple(_proposed(who, one, stands, silent_fen) for one in mine if one.state == "proposed"),
        tuple(_turned_down(one, people) for one in mine if one.state == "rejected"),
    )


def _proposed(who: Who, one: AppropriationProposal, stands: ledger.Balance, silent_fen: int) -> Proposed:
    replaced = silent_fen if one.replaces else 0
    return Proposed(
        one.id,
        one.allotment_no,
        one.amount_fen,
        one.reason,
        one.proposed_at,
        who.once(staff_names.by_number)[one.proposed_by_id],
        one.replaces,
        allotments.outlook(stands, None, one.amount_fen, replaced).appropriation_fen,
        frozenset(act for act in allotments.SETTLES if _may(who, act, one)),
        "" if one.from_budget is None else ceilings.called(who.session, one.from_budget, who.today),
    )


def _turned_down(one: AppropriationProposal, people: dict[int, str]) -> Settled:
    at, person = one.settled_at or one.proposed_at, people.get(one.settled_by_id or 0, "")
    return Settled(one.allotment_no, one.amount_fen, at, person, one.settled_reason or "")


def _may(who: Who, act: str, one: AppropriationProposal) -> bool:
    try:
        allotments.may_settle(who, act, one)
    except Refused:
        return False
    return True


def _entries(session: Session, budget_id: int, people: dict[int, str], silent: set[int]) -> tuple[Entry, ...]:
    rows = session.execute(
        select(Appropriation, AppropriationProposal)
        .outerjoin(AppropriationProposal, col(AppropriationProposal.id) == col(Appropriation.proposal_id))
        .where(col(Appropriation.budget_id) == budget_id)
        .order_by(col(Appropriation.id).desc())
    ).all()
    gone = set(session.execute(allotments_entered.taken_back()).scalars())
    halves = select(col(Appropriation.moved_with_id), col(Appropriation.id)).where(
        col(Appropriation.moved_with_id).is_not(None)
    )
    given = {source: target for source, target in session.execute(halves)}  # noqa: C416
    return tuple(
        Entry(
            row.id,
            row.allotment_no,
            row.amount_fen,
            row.reason or "",
            row.at,
            people[row.person_id if proposal is None else proposal.proposed_by_id],
            "" if proposal is None else people[row.person_id],
            row.id in silent,
            row.replaces_id,
            row.moved_with_id or given.get(row.id),
            row.replaces_id is None and row.id not in gone and row.id not in silent,
        )
        for row, proposal in rows
    )


class Tasks(NamedTuple):
    """What waits for finance: proposals that this person may confirm, budgets that the program had filled by
    itself, and budgets that are drawn on and hold no allotment (every budget, where none holds one)."""

    to_confirm: int
    silent: int
    without: tuple[str, ...]


def tasks(who: Who) -> Tasks:
    """The same, counted."""
    session, today = who.session, who.office.today()
    waiting = [one for one in _proposals(session) if _may(who, "confirm_appropriation", one)]
    rows = {row.key: row for row in session.execute(select(Budget)).scalars()}
    silent = [row for row in rows.values() if allotments_entered.silent_of(session, row.id)]
    filled = {key for key, row in rows.items() if row.appropriation_fen}
    without = []
    drawn = _drawn(session)
    for key in ceilings.keys(session, today):
        found = ceilings.of_budget(session, key, today)
        when = key.rpartition("/")[2]
        if key in filled or found is None or (when[:4].isdecimal() and int(when[:4]) != today.year):
            continue
        if not filled or not drawn.isdisjoint(found.schemes):
            without.append(key)
    return Tasks(len(waiting), len(silent), tuple(without))


def _drawn(session: Session) -> set[str]:
    """The schemes that are applied for: those with an open round or an application."""
    rounds = select(col(Round.scheme)).where(col(Round.state) == "open").distinct()
    cases = select(col(Application.scheme)).distinct()
    return {*session.execute(rounds).scalars(), *session.execute(cases).scalars()}
