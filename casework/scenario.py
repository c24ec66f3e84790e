"""A round as it would come out first come, ranked and shared out, side by side. Nothing of it is a decision.

All cases of the round take part as if none had been decided: what they hold or were awarded is given back
first, to the budget and to the caps. Each is judged by its facts of today under the policy of today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import Session, col

from casework import budgets, ledger, many_rows
from casework.case_facts import Register, current, facts_of
from casework.office import SHANGHAI, Office
from casework.refused import Refused
from casework.shelf import Shelf
from models import Application, CapEntry, Decision, LedgerEntry, Round
from rules.decide import AWARDED, BLOCKED, REFUSED
from rules.facts import STANDARD, Value
from rules.money import yuan
from rules.policy import Policy
from rules.round import ORDERS
from rules.round import scenario as orders_of
from rules.whatif import is_startup

NO_PART = ("draft", "withdrawn", "revoked")
"""States of cases that ask for nothing."""
HOLDS = ("reserved", "committed", "paid")


class Outcome(NamedTuple):
    """What a case gets in one order."""

    status: str
    award_fen: int
    holds_fen: int


class Line(NamedTuple):
    """One case, in the order of arrival; `outcomes` in the order of `rules.round.ORDERS`."""

    case: str
    applicant: str
    outcomes: tuple[Outcome, ...]


class Side(NamedTuple):
    """All cases in one order; `own` says that it is the order of the pack itself."""

    order: str
    own: bool
    awarded: int
    refused: int
    blocked: int
    total_fen: int
    held_fen: int
    startup_fen: int


class Scenario(NamedTuple):
    """One budget's cases under one policy."""

    pack: str
    budget: str
    left_fen: int
    lines: tuple[Line, ...]
    sides: tuple[Side, ...]


class How(NamedTuple):
    """What the orders need that the pack's own budget does not state."""

    rank_by: str = "contract_amount"
    falling: bool = True
    unfit: str = "next"
    residual: str = "largest_remainder"
    left_fen: int | None = None
    """What there is to give; ``None``: what the budget has for these cases."""


USUAL = How()


class _Case(NamedTuple):
    application_id: int
    case: str
    applicant: str
    facts: dict[str, Value]
    policy: Policy


def scenario(office: Office, round_id: int | None = None, how: How = USUAL) -> tuple[Scenario, ...]:
    """The three orders for a round (for all cases of the office, without one), the largest group first.

    Raises:
        Refused: `refused.no_scenario`: no case draws on a budget; `refused.not_a_fact`: what should rank.
    """
    with office.read() as session:
        groups: dict[tuple[str, str], list[_Case]] = {}
        for case in _cases(office, session, round_id):
            key = case.policy.budget_key(case.facts)
            if key is not None:
                groups.setdefault((case.policy.sha256, key), []).append(case)
        if not groups:
            raise Refused("refused.no_scenario")
        ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
        return tuple(_scenario(session, key, cases, how) for (_, key), cases in ordered)


class Rankable(NamedTuple):
    """A fact that cases can be ranked by."""

    id: str
    title: str
    title_en: str


RANKS = ("money", "integer", "rate", "date", "moment")
"""Types of facts that have an order."""


def rankable(office: Office) -> tuple[Rankable, ...]:
    """The facts with an order that the packs in force use."""
    found: dict[str, Rankable] = {}
    with office.read() as session:
        for pack in Shelf(session).bare_packs():
            for fact in {**STANDARD, **pack.facts}.values():
                if fact.type in RANKS and not fact.id.startswith("window_"):
                    found.setdefault(fact.id, Rankable(fact.id, fact.title, fact.title_en))
    return tuple(found.values())


def rounds_of(office: Office) -> tuple[tuple[int, str], ...]:
    """The rounds of the office, the newest first: number and name."""
    with office.read() as session:
        rows = session.execute(select(col(Round.id), col(Round.name)).order_by(col(Round.id).desc()))
        return tuple((number, name) for number, name in rows)


def _cases(office: Office, session: Session, round_id: int | None) -> list[_Case]:
    shelf, register = Shelf(session), Register(session)
    today = office.now().astimezone(SHANGHAI).date()
    wanted = current().where(col(Application.state).not_in(NO_PART))
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    found = []
    for row in session.execute(wanted.order_by(col(Application.applied_at), col(Application.id))):
        said = row._mapping
        facts = facts_of(row, register)
        chosen = shelf.policy(said["pack_id"], facts, today)
        if chosen is not None:
            about = (said["application_id"], said["case_no"], said["applicant_name"])
            found.append(_Case(*about, facts, chosen.policy))
    return found


def _scenario(session: Session, key: str, cases: Sequence[_Case], how: How) -> Scenario:
    policy = cases[0].policy
    own = policy.rules.budget
    assert own is not None
    if how.rank_by not in {fact.id for fact in policy.program.facts} | set(cases[0].facts):
        raise Refused("refused.not_a_fact", fact=how.rank_by)
    ids = [case.application_id for case in cases]
    left = _left(session, key, policy, ids) if how.left_fen is None else how.left_fen
    facts = [case.facts for case in cases]
    used = _used(session, policy, facts, ids)
    rank_by = ((how.rank_by, how.falling),)
    found = orders_of(policy, facts, used, left, rank_by, how.unfit, how.residual)
    outcomes = {
        order: [Outcome(one.status, one.award_fen or 0, one.holds_fen) for one in getattr(found, order)]
        for order in ORDERS
    }
    lines = tuple(
        Line(case.case, case.applicant, tuple(outcomes[order][at] for order in ORDERS))
        for at, case in enumerate(cases)
    )
    young = [is_startup(case.facts) for case in cases]
    sides = tuple(_side(order, order == own.order, outcomes[order], young) for order in ORDERS)
    return Scenario(policy.ref, key, left, lines, sides)


def _side(order: str, own: bool, outcomes: Sequence[Outcome], young: Sequence[bool]) -> Side:
    counts = dict.fromkeys((AWARDED, REFUSED, BLOCKED), 0)
    for one in outcomes:
        counts[one.status] += 1
    return Side(
        order,
        own,
        counts[AWARDED],
        counts[REFUSED],
        counts[BLOCKED],
        sum(one.award_fen for one in outcomes),
        sum(one.holds_fen for one in outcomes if one.status == BLOCKED),
        sum(one.award_fen for one, is_young in zip(outcomes, young, strict=True) if is_young),
    )


def _left(session: Session, key: str, policy: Policy, ids: Sequence[int]) -> int:
    """What the budget has for these cases: what is available, and what they hold of it now."""
    found = budgets.find(session, key)
    if found is None:
        amount = policy.budget_amount_fen
        if amount is None:
            raise Refused("refused.no_budget", budget=key)
        return amount
    left = ledger.balance(session, found.id).available_fen
    for some in many_rows.chunks(ids):
        held = select(func.coalesce(func.sum(col(LedgerEntry.amount_fen)), 0)).where(
            col(LedgerEntry.budget_id) == found.id,
            col(LedgerEntry.account).in_(HOLDS),
            col(LedgerEntry.application_id).in_(some),
        )
        left += int(session.execute(held).scalar_one())
    return left


def _used(
    session: Session, policy: Policy, facts: Sequence[Mapping[str, Value]], ids: Sequence[int]
) -> dict[str, int]:
    """What others than these cases have used of each cap."""
    keys = list(dict.fromkeys(key for each in facts for key in policy.cap_keys(each)))
    used: dict[str, int] = {}
    for names in many_rows.chunks(keys):
        used |= dict(zip(names, ledger.cap_used(session, names), strict=True))
    for some in many_rows.chunks(ids):
        mine: Any = session.execute(
            select(col(CapEntry.key), func.sum(col(CapEntry.amount_fen)))
            .join(Decision, col(Decision.seq) == col(CapEntry.decision_seq))
            .where(col(Decision.application_id).in_(some))
            .group_by(col(CapEntry.key))
        )
        for key, fen in mine:
            if key in used:
                used[key] -= int(fen)
    return used


def as_json(found: Sequence[Scenario]) -> dict[str, Any]:
    """The scenarios for programs; amounts in yuan."""
    return {"simulation": True, "budgets": [_told(one) for one in found]}


def _told(one: Scenario) -> dict[str, Any]:
    orders = {
        side.order: {
            "own": side.own,
            "awarded": side.awarded,
            "refused": side.refused,
            "blocked": side.blocked,
            "total": yuan(side.total_fen),
            "held": yuan(side.held_fen),
            "startups": yuan(side.startup_fen),
        }
        for side in one.sides
    }
    cases = [
        {
            "case": line.case,
            **{
                order: {"status": outcome.status, "award": yuan(outcome.award_fen)}
                for order, outcome in zip(ORDERS, line.outcomes, strict=True)
            },
        }
        for line in one.lines
    ]
    told = {"pack": one.pack, "budget": one.budget, "left": yuan(one.left_fen)}
    return {**told, "orders": orders, "cases": cases}
