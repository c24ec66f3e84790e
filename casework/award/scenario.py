"""A round as it would come out first come, ranked and shared out, side by side. Nothing of it is a decision.

All cases of the round take part as if none had been decided: what they hold or were awarded is given back
first, to the budget and to the caps. Each is judged by its facts of today under the policy of today.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.deciding_bench import Bench, Case, left_for
from casework.award.position_in_mind import InMind
from casework.award.standing_decision import standing_seqs
from casework.cases.case_facts import current
from casework.core.act import By
from casework.core.files_out import Taken, take_out
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import must_do
from casework.rulebook.in_force import Shelf
from models import Application, Round
from rules.decide import AWARDED, BLOCKED, REFUSED
from rules.facts import SAID
from rules.money import yuan
from rules.round import ORDERS, groups
from rules.round import scenario as orders_of
from rules.whatif import is_startup

NO_PART = ("draft", "withdrawn", "revoked")
"""States of cases that ask for nothing."""


class OrderOutcome(NamedTuple):
    """What a case gets in one order."""

    status: str
    award_fen: int
    holds_fen: int


class CaseByOrder(NamedTuple):
    """One case, in the order of arrival; `outcomes` in the order of `rules.round.ORDERS`."""

    case: str
    applicant: str
    outcomes: tuple[OrderOutcome, ...]


class OrderTotals(NamedTuple):
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
    """One budget's cases under one policy. `allotted` is false where finance has allotted nothing and the
    orders share out what the pack states."""

    pack: str
    budget: str
    left_fen: int
    allotted: bool
    lines: tuple[CaseByOrder, ...]
    sides: tuple[OrderTotals, ...]


class How(NamedTuple):
    """What the orders need that the pack's own budget does not state."""

    rank_by: str = "contract_amount"
    falling: bool = True
    unfit: str = "next"
    residual: str = "largest_remainder"
    left_fen: int | None = None
    """What there is to give; ``None``: what the budget has for these cases, or, where nothing is allotted to
    it, what the pack states."""


USUAL = How()


def scenario(office: Office, round_id: int | None = None, how: How = USUAL) -> tuple[Scenario, ...]:
    """The three orders for a round (for all cases of the office, without one), the largest group first.

    Raises:
        Refused: `refused.no_scenario`: no case draws on a budget; `refused.not_a_fact`: what should rank.
    """
    with office.read() as session:
        if round_id is not None and session.get(Round, round_id) is None:
            raise Refused("refused.no_such_round", round=round_id)
        cases = _cases(office, session, round_id)
        found = groups([(case.policy, case.facts) for case in cases], every=True)
        if not found:
            raise Refused("refused.no_scenario")
        by_size = sorted(found, key=lambda places: -len(places))
        return tuple(_scenario(session, [cases[at] for at in places], how) for places in by_size)


def look_at(
    office: Office, by: str | By, round_id: int | None = None, how: How = USUAL
) -> tuple[Scenario, ...]:
    """Act `scenario`: the same for a person, with its line in the log; it stores no more.

    Raises:
        Refused: what `scenario` refuses, and who may not see awards.
    """
    must_do(office, by if isinstance(by, str) else by.person, "scenario")
    found = scenario(office, round_id, how)
    noted = {"round": round_id, "orders": how.rank_by, "cases": sum(len(one.lines) for one in found)}
    take_out(office, by, lambda session, tray: Taken("scenario", noted), act="scenario")
    return found


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
            for fact in {**SAID, **pack.facts}.values():
                if fact.type in RANKS:
                    found.setdefault(fact.id, Rankable(fact.id, fact.title, fact.title_en))
    return tuple(found.values())


def rounds_of(office: Office) -> tuple[tuple[int, str], ...]:
    """The rounds of the office, the newest first: number and name."""
    with office.read() as session:
        rows = session.execute(select(col(Round.id), col(Round.name)).order_by(col(Round.id).desc()))
        return tuple((number, name) for number, name in rows)


def _cases(office: Office, session: Session, round_id: int | None) -> list[Case]:
    """The cases that draw on a budget, in the order of arrival, as if none had been decided."""
    bench = Bench(session, InMind(session), office.today())
    wanted = current().where(col(Application.state).not_in(NO_PART))
    if round_id is not None:
        wanted = wanted.where(col(Application.round_id) == round_id)
    rows = session.execute(wanted.order_by(col(Application.applied_at), col(Application.id)))
    cases = [bench.case(row) for row in rows]
    return [case for case in cases if case.policy is not None and case.policy.budget_key(case.facts)]


def _scenario(session: Session, cases: Sequence[Case], how: How) -> Scenario:
    policy, facts = cases[0].policy, [case.facts for case in cases]
    assert policy is not None and policy.rules.budget is not None
    if how.rank_by not in SAID and how.rank_by not in policy.pack.facts:
        raise Refused("refused.not_a_fact", fact=how.rank_by)
    mind = InMind(session)
    numbers = [case.number for case in cases]
    mind.without(standing_seqs(session, numbers))
    mind.decided.update(numbers)
    budget = policy.budget_key(facts[0]) or ""
    there = left_for(mind, policy, budget) if how.left_fen is None else how.left_fen
    left = (policy.budget_amount_fen or 0) if there is None else there
    keys = list(dict.fromkeys(key for each in facts for key in policy.cap_keys(each)))
    used = dict(zip(keys, mind.used(keys), strict=True))
    rank_by = ((how.rank_by, how.falling),)
    found = orders_of(policy, facts, used, left, rank_by, how.unfit, how.residual)
    outcomes = {
        order: [OrderOutcome(one.status, one.award_fen or 0, one.holds_fen) for one in getattr(found, order)]
        for order in ORDERS
    }
    lines = tuple(
        CaseByOrder(
            case.said["case_no"], case.said["applicant_name"], tuple(outcomes[order][at] for order in ORDERS)
        )
        for at, case in enumerate(cases)
    )
    young = [is_startup(each) for each in facts]
    own = policy.rules.budget.order
    sides = tuple(_side(order, order == own, outcomes[order], young) for order in ORDERS)
    return Scenario(policy.ref, budget, left, there is not None, lines, sides)


def _side(order: str, own: bool, outcomes: Sequence[OrderOutcome], young: Sequence[bool]) -> OrderTotals:
    counts = dict.fromkeys((AWARDED, REFUSED, BLOCKED), 0)
    for one in outcomes:
        counts[one.status] += 1
    return OrderTotals(
        order,
        own,
        counts[AWARDED],
        counts[REFUSED],
        counts[BLOCKED],
        sum(one.award_fen for one in outcomes),
        sum(one.holds_fen for one in outcomes if one.status == BLOCKED),
        sum(one.award_fen for one, is_young in zip(outcomes, young, strict=True) if is_young),
    )


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
    told = {"pack": one.pack, "budget": one.budget, "left": yuan(one.left_fen), "allotted": one.allotted}
    return {**told, "orders": orders, "cases": cases}
