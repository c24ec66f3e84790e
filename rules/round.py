"""A round as a whole: many cases against what is left of one budget, decided one by one or all together.

``first_come``  in the order of arrival, each at the position that those before it made.
``ranked``      in the order of the pack's ``rank_by`` facts; a case for which the budget does not reach is
                followed as ``unfit`` says: ``stop`` (it and all behind it get nothing), ``next`` (it gets
                nothing, the next that fits is awarded), ``rest`` (it gets what is left).
``pro_rata``    where all together ask for more than is left, each gets its share of it, as the pack rounds
                it and places what that leaves (`rules.shares`).

Ties are settled by the order of arrival, which is the order of ``cases``. What a case asks for is what its
rate, its ceilings and its caps come to; several cases of one applicant share the applicant's caps in the
order of arrival, ranked ones in their rank.

A blocked case keeps its place: it holds back the largest of its readings, so that nobody else is awarded
what it may be owed. Ranked, it does so at its rank, or before all others where the very fact that ranks it
is missing and nothing stands in for it. Pro rata, it takes part with its largest reading and its share is
held back; what it turns out not to need stays in the budget, and nobody's award is calculated again. Pro rata
it stays blocked even where its share is below every reading, since the share itself depends on the reading.

A least award (a floor that refuses) pro rata: the smallest request is left out first, of equal ones the
latest, until no share that is left is below it; those left out are refused by the floor, and one that is
blocked holds nothing.

Where the rank is unset, each reading of it is gone through: a case that comes out alike under all of them is
decided, any other is blocked.

Every decision has a witness of its own from which it follows again: ``left`` is what was left when its turn
came, or its share. A blocked pro-rata case's ``left`` is ``None`` and its ``share`` what is held back for it;
``unranked`` names the facts that kept a case from its rank.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from rules.decide import BLOCKED, REFUSED, Decision, decide, decide_witness, drawn
from rules.facts import Facts
from rules.faults import Unset
from rules.parts import Budget
from rules.policy import Policy
from rules.position import Position
from rules.shares import Sharing, shares

ORDERS = ("first_come", "ranked", "pro_rata")


class AsOnce(NamedTuple):
    """What rounds did otherwise once, the oldest first: a stored one is decided again as on its day.

    ``out_holds``: a blocked case that a floor leaves out held back what lies just below the floor.
    ``cut_refused``: a case that is refused before any share is given was told that nothing of the budget is
    left for it. ``every_counter``: what is held for a blocked case counted against tiers that it can't be of.
    ``taken_back_after``: a share from which a rounding was taken back could end below the floor.
    """

    out_holds: bool = False
    cut_refused: bool = False
    every_counter: bool = False
    taken_back_after: bool = False


TODAY = AsOnce()


class Scenario(NamedTuple):
    """The same cases under each order of the budget, decisions in the order of arrival."""

    first_come: tuple[Decision, ...]
    ranked: tuple[Decision, ...]
    pro_rata: tuple[Decision, ...]

    def totals(self) -> dict[str, int]:
        """The sum of awards under each order, in fen."""
        return {order: sum(one.award_fen or 0 for one in getattr(self, order)) for order in ORDERS}


def groups(cases: Iterable[tuple[Policy | None, Facts]], every: bool = False) -> list[list[int]]:
    """The places of the cases that are decided together: those that draw on one budget under one policy.

    Any other case is by itself. The groups, and the places in each, are in the order of arrival.

    Args:
        cases: each with its policy; ``None``: no version is in force.
        every: as if all policies were decided together, whatever their budget's order.
    """
    found: dict[object, list[int]] = {}
    for at, (policy, facts) in enumerate(cases):
        whole = policy is not None and (every or policy.decided_together)
        key = (policy.sha256, policy.budget_key(facts)) if policy is not None and whole else at
        found.setdefault(key, []).append(at)
    return list(found.values())


def decide_round(
    policy: Policy,
    cases: Sequence[Facts],
    used: Mapping[str, int] | None = None,
    left: int | None = None,
    hold: bool = True,
    keys: Sequence[tuple[str, ...]] | None = None,
    as_once: AsOnce = TODAY,
) -> tuple[Decision, ...]:
    """Decides all cases of a round in the way of the pack's budget.

    Args:
        policy: the policy of every case.
        cases: their facts, in the order of arrival.
        used: fen used of each counter (`Policy.cap_keys`) before the round.
        left: fen left of the budget before the round; ``None``: no budget binds.
        hold: whether a blocked case holds back its largest reading (pro rata it always does).
        keys: the counters of each case, as they were stored with its decision; else those of its facts.
        as_once: what rounds did otherwise once: only to decide one of them again.

    Returns:
        The decisions, in the order of ``cases``.
    """
    budget = policy.rules.budget
    order = budget.order if budget else "first_come"
    own = [policy.cap_keys(facts) for facts in cases] if keys is None else keys
    listed = list(zip(cases, own, strict=True))
    if order == "pro_rata" and budget is not None and left is not None:
        return _pro_rata(policy, budget, listed, dict(used or {}), left, as_once)
    walk = _Walk(policy, dict(used or {}), left, hold, as_once.every_counter)
    if order == "ranked" and budget is not None:
        return _ranked(policy, budget, listed, walk)
    return tuple([walk.decide(each) for each in listed])


Listed = tuple[Facts, tuple[str, ...]]
"""A case with the counters that it draws on."""


class _Walk:
    """One case after the other, each at the position that those before it made."""

    def __init__(
        self,
        policy: Policy,
        used: dict[str, int],
        left: int | None,
        hold: bool,
        every_counter: bool = False,
    ) -> None:
        self.policy, self.used, self.left, self.hold = policy, used, left, hold
        self.every_counter = every_counter

    def again(self) -> "_Walk":
        """The same walk, to be gone from here once more."""
        return _Walk(self.policy, dict(self.used), self.left, self.hold, self.every_counter)

    def drawn(self, keys: tuple[str, ...], decision: Decision) -> tuple[str, ...]:
        """The counters that a decision draws on."""
        if self.every_counter:
            return self.policy.drawn(keys, decision.tier)
        return drawn(self.policy, keys, decision)

    def now(self, keys: tuple[str, ...]) -> Position:
        """The position of a case with these counters."""
        return Position(tuple([self.used.get(key, 0) for key in keys]), self.left)

    def decide(self, case: Listed, against: bool = True) -> Decision:
        """Decides a case and counts what it is awarded or holds; ``against`` the budget or without one."""
        facts, keys = case
        position = self.now(keys) if against else self.now(keys)._replace(left=None)
        decision = decide(self.policy, facts, position)
        taken = decision.holds_fen if self.hold else decision.award_fen or 0
        self.count(self.drawn(keys, decision), taken)
        if decision.stops:
            self.left = 0
        return decision

    def count(self, keys: tuple[str, ...], amount: int) -> None:
        """Takes an amount from every counter and from what is left."""
        for key in keys:
            self.used[key] = self.used.get(key, 0) + amount
        if self.left is not None:
            self.left -= amount


# -- ranked ----------------------------------------------------------------------------------------------


def _ranked(policy: Policy, budget: Budget, listed: Sequence[Listed], walk: _Walk) -> tuple[Decision, ...]:
    """By rank; under each reading of it where it is unset."""
    found = []
    ways = rank_readings(policy)
    for _, rank_by in ways:
        found.append(_by_rank(policy, rank_by, listed, walk.again()))
    if len(found) == 1:
        return found[0]
    names = tuple(one.id for one in policy.open_parameters if one.id in _open_ranks(budget))
    return _side_by_side(policy, names, [label for label, _ in ways], found, walk.left)


RankBy = tuple[tuple[str, bool], ...]


def _open_ranks(budget: Budget) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for pair in budget.rank_by for one in pair if isinstance(one, Unset)))


def rank_readings(policy: Policy) -> list[tuple[str, RankBy]]:
    """The ranks that the readings of its parameters give, each with its label; one where nothing is unset."""
    budget = policy.rules.budget
    assert budget is not None
    names = _open_ranks(budget)
    options = [policy.program.readings[name].items() for name in names]
    found = []
    for choice in itertools.product(*options):
        taken = {name: value for name, (_, value) in zip(names, choice, strict=True)}
        ranks = [
            tuple(taken[one.id] if isinstance(one, Unset) else one for one in pair) for pair in budget.rank_by
        ]
        label = ",".join(f"{name}={reading}" for name, (reading, _) in zip(names, choice, strict=True))
        found.append((label, tuple((str(fact), bool(falls)) for fact, falls in ranks)))
    return found


def _side_by_side(
    policy: Policy,
    names: tuple[str, ...],
    labels: Sequence[str],
    found: Sequence[tuple[Decision, ...]],
    left: int | None,
) -> tuple[Decision, ...]:
    """What comes out alike under every rank stands; any other case is blocked, its awards side by side.

    Blocked ones hold the most that a rank gives them, together no more than what is left beside the awards:
    under each rank they need no more.
    """
    decisions: dict[int, Decision] = {}
    for at, ways in enumerate(zip(*found, strict=True)):
        if len({(one.status, one.award_fen) for one in ways}) == 1:
            decisions[at] = ways[0]
    pool = None if left is None else left - sum(one.holds_fen for one in decisions.values())
    for at, ways in enumerate(zip(*found, strict=True)):
        if at in decisions:
            continue
        best = max(ways, key=lambda one: (one.holds_fen, one.status != REFUSED))
        awards = tuple((label, one.award_fen or 0) for label, one in zip(labels, ways, strict=True))
        most = best.holds_fen if pool is None else max(0, min(best.holds_fen, pool))
        witness = best.witness._replace(unranked=names, by_rank=awards, most=most)
        decisions[at] = decide_witness(policy, witness)
        pool = None if pool is None else pool - decisions[at].holds_fen
    return tuple(decisions[at] for at in range(len(found[0])))


def _by_rank(policy: Policy, rank_by: RankBy, listed: Sequence[Listed], walk: _Walk) -> tuple[Decision, ...]:
    decisions: dict[int, Decision] = {}
    known = [policy.known(facts) for facts, _ in listed]
    missing = {
        at: names
        for at, facts in enumerate(known)
        if (names := tuple(name for name, _ in rank_by if facts.get(name) is None))
    }
    for at, names in missing.items():
        facts, keys = listed[at]
        decision = decide(policy, facts, walk.now(keys))
        if decision.status != REFUSED:
            decision = decide_witness(policy, decision.witness._replace(unranked=names))
            walk.count(walk.drawn(keys, decision), decision.holds_fen if walk.hold else 0)
        decisions[at] = decision
    for at in rank(known, rank_by):
        if at not in missing:
            decisions[at] = walk.decide(listed[at])
    return tuple(decisions[at] for at in range(len(listed)))


def rank(cases: Sequence[Facts], rank_by: Sequence[tuple[str, bool]]) -> list[int]:
    """The places of the cases in their rank: by each fact in turn, rising or falling, then by arrival."""
    places = list(range(len(cases)))
    for name, descending in reversed(rank_by):
        places.sort(key=_key(cases, name), reverse=descending)  # a stable sort keeps equal ones as they came
    return places


def turns(policy: Policy, cases: Sequence[Facts]) -> list[int]:
    """The places of the cases in the order in which `decide_round` comes to them."""
    budget = policy.rules.budget
    places = list(range(len(cases)))
    if budget is None or budget.order != "ranked":
        return places
    _, rank_by = rank_readings(policy)[0]
    known = [policy.known(facts) for facts in cases]
    missing = {at for at in places if any(known[at].get(name) is None for name, _ in rank_by)}
    return [*sorted(missing), *(at for at in rank(known, rank_by) if at not in missing)]


def _key(cases: Sequence[Facts], name: str) -> Callable[[int], tuple[bool, Any]]:
    def key(at: int) -> tuple[bool, Any]:
        value: Any = cases[at].get(name)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day)
        return (value is not None, value)

    return key


# -- pro rata --------------------------------------------------------------------------------------------


def _pro_rata(
    policy: Policy,
    budget: Budget,
    listed: Sequence[Listed],
    used: dict[str, int],
    left: int,
    as_once: AsOnce,
) -> tuple[Decision, ...]:
    walk = _Walk(policy, used, None, hold=True, every_counter=as_once.every_counter)
    positions = []
    asked = []
    for case in listed:
        positions.append(walk.now(case[1]).used)
        asked.append(walk.decide(case, against=False))
    least = _least(policy)
    requests = [one.holds_fen for one in asked]
    parts = shares(requests, max(left, 0), Sharing.of(budget), least, not as_once.taken_back_after)
    decisions = []
    for (facts, _), used_before, first, part in zip(listed, positions, asked, parts, strict=True):
        if first.status == BLOCKED:
            share = part if part >= least or as_once.out_holds else 0
            decisions.append(decide_witness(policy, first.witness._replace(share=share)))
        elif first.status == REFUSED and not as_once.cut_refused:
            decisions.append(first)  # it asks for no share, and is refused for what refused it
        else:
            decisions.append(decide(policy, facts, Position(used_before, part)))
    return tuple(decisions)


def _least(policy: Policy) -> int:
    floors = [floor for floor in policy.rules.floors if floor.on == "award" and floor.how == "refuse"]
    return max(
        (floor.at_least for floor in floors if isinstance(floor.at_least, int) and floor.applies is True),
        default=0,
    )


# -- side by side ----------------------------------------------------------------------------------------


def scenario(
    policy: Policy,
    cases: Sequence[Facts],
    used: Mapping[str, int] | None = None,
    left: int | None = None,
    rank_by: Sequence[tuple[str, bool]] = (("contract_amount", True),),
    unfit: str = "next",
    residual: str = "largest_remainder",
    unit: int = 1,
) -> Scenario:
    """The same cases first come, ranked and pro rata; nothing of it is a decision.

    Args:
        policy, cases, used, left: as for `decide_round`.
        rank_by, unfit, residual, unit: for the orders that the pack's own budget does not state.
    """
    own = policy.rules.budget
    if own is None:
        raise ValueError("a pack without a budget has no order")
    ranked = {"rank_by": tuple(rank_by), "unfit": unfit, "exceeded": EXCEEDED[unfit]}
    pro_rata = {"residual": residual, "unit": unit, "exceeded": "rest"}
    changes: dict[str, dict[str, Any]] = {
        "first_come": {"exceeded": "rest"},
        "ranked": ranked,
        "pro_rata": pro_rata,
    }
    found = {}
    for order in ORDERS:
        budget = own if own.order == order else dataclasses.replace(own, order=order, **changes[order])
        pack = dataclasses.replace(policy.pack, budget=budget)
        unset = tuple(one for one in pack.unset if one.id != _exceeded_id(own) or budget is own)
        supplements = [one for one in policy.supplements if any(one.parameter == each.id for each in unset)]
        other = Policy(dataclasses.replace(pack, unset=unset), supplements, policy.calendar)
        found[order] = decide_round(other, cases, used, left)
    return Scenario(**found)


EXCEEDED = {"stop": "stop", "next": "nothing", "rest": "rest"}
"""What happens to the case that does not fit, by what is done with those behind it."""


def _exceeded_id(budget: Budget) -> str:
    return str(getattr(budget.exceeded, "id", ""))
