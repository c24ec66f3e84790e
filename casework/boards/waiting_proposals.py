"""What one person has proposed and another has to confirm or reject: rules, money, and refusals of cases.

Reading only, for who takes stock: each with the acts that end it, and what they take.
"""

import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.office import Office
from casework.rulebook.in_force import OF_A_SOURCE
from models import Application, AppropriationProposal, Pack, Person, Refusal, Supplement


class Proposal(NamedTuple):
    """Something that waits for a second person.

    Attributes:
        kind: `pack`, `supplement`, `source`, `appropriation` or `refusal`.
        number: what the acts that end it take: a pack's `id@version`, a case's number, or a row's number.
        about: the pack, the budget or the case that it is about.
        what: the parameter or the rule, the allotment's number, the fact.
        value: what it would be set to; of money the amount in fen.
        confirm, reject: the names of the acts that end it.
    """

    kind: str
    number: str
    about: str
    what: str
    value: str | int
    proposed_by: str
    proposed_at: datetime.datetime
    confirm: str
    reject: str


def waiting_proposals(office: Office) -> tuple[Proposal, ...]:
    """Everything that waits for a second person, the oldest first."""
    with office.read() as session:
        found = [*_packs(session), *_supplements(session), *_money(session), *_refusals(session)]
    return tuple(sorted(found, key=lambda one: one.proposed_at))


def _by(session: Session, *columns: Any, proposer: Any) -> Any:
    """These columns of what is proposed, with the name of who did."""
    return select(*columns, col(Person.full_name)).outerjoin(Person, col(Person.id) == proposer)


def _packs(session: Session) -> list[Proposal]:
    rows = session.execute(
        _by(session, Pack, proposer=col(Pack.proposed_by_id)).where(col(Pack.state) == "proposed")
    )
    ends = ("confirm_pack", "reject_pack")
    return [
        Proposal("pack", ref, ref, row.title, "", name or "", row.proposed_at, *ends)
        for row, name in rows
        for ref in (f"{row.scheme}@{row.version}",)
    ]


def _supplements(session: Session) -> list[Proposal]:
    rows = session.execute(
        _by(session, Supplement, Pack, proposer=col(Supplement.proposed_by_id))
        .join(Pack, col(Pack.id) == col(Supplement.pack_id))
        .where(col(Supplement.state) == "proposed")
    )
    ends = ("confirm_supplement", "reject_supplement")
    found = []
    for row, pack, name in rows:
        kind = "source" if row.parameter.startswith(OF_A_SOURCE) else "supplement"
        what = row.parameter.removeprefix(OF_A_SOURCE)
        about = f"{pack.scheme}@{pack.version}"
        found.append(Proposal(kind, str(row.id), about, what, row.value, name or "", row.proposed_at, *ends))
    return found


def _money(session: Session) -> list[Proposal]:
    table = AppropriationProposal
    rows = session.execute(
        _by(session, table, proposer=col(table.proposed_by_id)).where(col(table.state) == "proposed")
    )
    ends = ("confirm_appropriation", "reject_appropriation")
    return [
        Proposal(
            "appropriation", str(row.id), row.budget, row.allotment_no, row.amount_fen, name or "",
            row.proposed_at, *ends,
        )
        for row, name in rows
    ]  # fmt: skip


def _refusals(session: Session) -> list[Proposal]:
    rows = session.execute(
        _by(session, Refusal, Application.case_no, proposer=col(Refusal.proposed_by_id))
        .join(Application, col(Application.id) == col(Refusal.application_id))
        .where(col(Refusal.state) == "proposed")
    )
    ends = ("confirm_refusal", "reject_refusal")
    return [
        Proposal("refusal", case, case, row.fact, row.article, name or "", row.proposed_at, *ends)
        for row, case, name in rows
    ]
