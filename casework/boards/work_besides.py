"""What waits and is no case by itself: lists whose days are over, rounds past their date, proposals that wait
for a second person, budgets; and what finance and the auditor look at since they were last here.

Reading only.
"""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework.boards import budget_board
from casework.core.act_table import line as act_line
from casework.core.office import Office
from casework.core.office_settings import missing, settings_of
from casework.core.who_may import Who
from casework.people import accounts, staff
from casework.rulebook import second_person
from models import (
    Budget,
    Decision,
    Objection,
    Pack,
    Person,
    PersonRole,
    Publicity,
    Round,
    Supplement,
    Voucher,
)
from models.state_names import ROLES


class Beside(NamedTuple):
    """How many of a kind wait, the page where they are dealt with, and until when where there is a day."""

    kind: str
    many: int
    page: str
    due_on: datetime.date | None = None


def besides(
    office: Office, session: Session, person: str, since: datetime.datetime | None = None
) -> tuple[Beside, ...]:
    """What waits for a person, in the order of the pages; nothing for nobody.

    Args:
        since: when the person was here last.
    """
    if not person:
        return ()
    who = Who.named(office, session, person)
    found: list[Beside] = []
    if "officer" in who.roles:
        found += _rounds(session, office.now(), office.today())
    if "approver" in who.roles:
        found.append(Beside("rules_to_confirm", _rules_to_confirm(who), "policies"))
    if "finance" in who.roles:
        found += _budgets(who)
    if who.roles.intersection(act_line("confirm_reset").roles):
        to_agree = staff.resets_to_agree(session, person, office.now())
        found.append(Beside("resets_to_confirm", len(to_agree), "people"))
    if who.roles.intersection((*act_line("add_person").roles, *act_line("give_role").roles)):
        found.append(Beside("roles_missing", len(_held_by_nobody(session)), "people"))
    if who.roles.intersection(act_line("set_office").roles):
        found.append(Beside("settings_missing", len(missing(settings_of(session))), "letterhead"))
    if since is not None:
        found += _since(who, since)
    return tuple(one for one in found if one.many)


def _held_by_nobody(session: Session) -> frozenset[str]:
    """The roles that do the office's work and that nobody holds who can sign in: one adds the people, the
    other gives the roles."""
    held = (
        select(col(PersonRole.role))
        .join(Person, col(Person.id) == col(PersonRole.person_id))
        .where(col(PersonRole.ended_at).is_(None), accounts.can_sign_in())
    )
    return frozenset(ROLES).difference(session.execute(held).scalars())


def _rounds(session: Session, now: datetime.datetime, today: datetime.date) -> Iterator[Beside]:
    """Lists whose last day is over and that nobody has ended; those with an open objection wait for it."""
    over = select(func.count()).where(col(Publicity.state) == "running", col(Publicity.until_on) < today)
    yield Beside("publicity_over", int(session.execute(over).scalar_one()), "rounds")
    past = select(func.count()).where(col(Round.state) == "open", col(Round.closes_at) <= now)
    yield Beside("rounds_past", int(session.execute(past).scalar_one()), "rounds")


def _rules_to_confirm(who: Who) -> int:
    """Packs, supplements and official sources that this person may confirm: never one's own."""
    kinds: tuple[tuple[type[Pack | Supplement], second_person.Kind], ...] = (
        (Pack, "pack"), (Supplement, "supplement"),
    )  # fmt: skip
    rows = [
        (kind, row)
        for table, kind in kinds
        for row in who.session.execute(select(table).where(col(table.state) == "proposed")).scalars()
    ]
    return sum(f"confirm_{kind}" in second_person.may(who, kind, row) for kind, row in rows)


def _budgets(who: Who) -> Iterator[Beside]:
    """Counted are budgets, and proposals that this person may confirm."""
    tasks = budget_board.tasks(who)
    yield Beside("allotments_to_confirm", tasks.to_confirm, "budgets")
    yield Beside("budgets_silent", tasks.silent, "budgets")
    yield Beside("budgets_without", len(tasks.without), "budgets")
    spent = select(func.count()).where(
        col(Budget.appropriation_fen) > 0,
        col(Budget.appropriation_fen) <= col(Budget.reserved_fen) + col(Budget.committed_fen),
    )
    yield Beside("budgets_spent", int(who.session.execute(spent).scalar_one()), "budgets")


def _since(who: Who, since: datetime.datetime) -> Iterator[Beside]:
    """What finance has to book and the auditor to look at, as new as it is."""
    session = who.session
    if "finance" in who.roles:
        issued = select(func.count()).select_from(Voucher).where(col(Voucher.at) > since)
        yield Beside("vouchers_new", int(session.execute(issued).scalar_one()), "applications/issued")
    if "auditor" in who.roles:
        decided = select(func.count()).select_from(Decision).where(col(Decision.decided_at) > since)
        yield Beside("decisions_new", int(session.execute(decided).scalar_one()), "applications")
        settled = select(func.count()).select_from(Objection).where(col(Objection.closed_at) > since)
        yield Beside("objections_new", int(session.execute(settled).scalar_one()), "rounds")
