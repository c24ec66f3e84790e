"""Deciding a case: what it is awarded, refused or blocked by, at a position.

`decide` is pure and works in whole fen. Most cases come out the same whichever way the unset parameters
are read, and one calculation shows it; where a parameter matters, every combination of readings (and
every tier that a missing fact leaves possible) is calculated. All equal: the award stands. Unequal: the
case is blocked, and what makes the difference is named.
"""

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from rules.amounts import Sum
from rules.cost_lines import Lacking
from rules.facts import MILLION, Facts
from rules.parts import Funder
from rules.policy import Policy
from rules.position import Position
from rules.predicate import Asked
from rules.program import Program
from rules.readings import (
    SHARED,
    Branch,
    Question,
    branches,
    combinations,
    differing_parameters,
    each_reading,
    largest,
    question,
    short_in_each,
    shown_readings,
)
from rules.witness import Unusable, Witness, decode, encode

__all__ = ["decode", "encode"]

AWARDED, REFUSED, BLOCKED = "awarded", "refused", "blocked"


class Decision(NamedTuple):
    """What was decided, in fen; texts hold alternatives that lead to the same award joined by ``;``.

    ``base_fen`` and ``computed_fen`` are ``None`` where the calculation did not get there or alternatives
    differ; ``computed`` keeps every alternative. ``award_fen`` is ``None`` unless awarded. ``holds_fen``
    is what the office keeps back for it: the award, or the largest that a blocked case may yet get.
    ``stops`` closes the budget to all later cases. ``way`` is the calculation where there was just one.
    """

    status: str
    pack: str
    tier: str
    rate: str
    base_fen: int | None
    computed: tuple[int, ...]
    award_fen: int | None
    binding: str
    reasons: tuple[str, ...]
    readings: tuple[tuple[str, int | None], ...]
    holds_fen: int
    split: tuple[tuple[str, int], ...]
    witness: Witness
    stops: bool = False
    way: Sum | None = None

    @property
    def computed_fen(self) -> int | None:
        """The computed amount where there is just one."""
        return self.computed[0] if len(self.computed) == 1 else None


def decide(policy: Policy, facts: Facts, position: Position) -> Decision:
    """Decides a case under a policy at a position.

    Args:
        policy: the pack with the supplements in force.
        facts: the case's values by fact name; ``None`` or absent is not known. One that its rule can't use
            (another type, a negative amount) blocks the case, with the fact's name for a reason.
        position: used of each counter of ``policy.caps`` and left of the budget, in fen.
    """
    values, unusable = policy.program.row.take(facts)
    if unusable:
        # A default that was taken from an unusable value is none of the case's own.
        own = tuple(name for name in unusable if facts.get(name) is not None)
        values = tuple(
            value if name not in unusable else Unusable(str(value)) if name in own else None
            for name, value in zip(policy.program.names, values, strict=True)
        )
        unusable = own
        return _by_conditions(policy, Witness(values, *position), BLOCKED, unusable)
    used, left = position
    decision = _decide(policy, _witness((values, used, left, None, (), (), None)))
    if decision.status != BLOCKED:
        return decision
    return _held(policy, decision) if policy.holds else _freed(decision) if policy.frees else decision


def _freed(decision: Decision) -> Decision:
    """A blocked case that keeps nothing back, as its pack says (``blocked = "ignore"``)."""
    return decision._replace(holds_fen=0)


def _held(policy: Policy, decision: Decision) -> Decision:
    """A blocked case of which it is not known whose counters it draws on: where its pack says ``blocked =
    "hold"``, it keeps back what it may be owed if nothing has been used of them."""
    program, witness = policy.program, decision.witness
    values, used = list(witness.values), list(witness.used)
    for at, scope in enumerate(program.scopes):
        for name in program.scope_facts(scope):
            if name in program.counted_only and witness.values[program.index[name]] is None:
                values[program.index[name]], used[at] = "", 0
    if decision.holds_fen or tuple(values) == witness.values:
        return decision
    likely = witness._replace(values=tuple(values), used=tuple(used))
    return decision._replace(holds_fen=largest(program, likely))


def drawn(policy: Policy, keys: tuple[str, ...], decision: Decision) -> tuple[str, ...]:
    """Those of a case's counters (`Policy.cap_keys`) that its decision draws on.

    What is held back for a blocked case counts against each tier that it may yet be of, and against no other:
    what it was calculated with so far need not be all of them, and may be none.
    """
    if decision.status != BLOCKED or not decision.holds_fen or not policy.tiered:
        return policy.drawn(keys, decision.tier)
    possible = policy.program.possible_tiers(decision.witness.values)
    return policy.drawn(keys, ";".join(policy.pack.tiers[at].id for at in sorted(possible)))


def decide_witness(policy: Policy, witness: Witness) -> Decision:
    """Decides again from what was stored; the same function, so that a replay is no second opinion."""
    unusable = policy.program.unusable(witness.values)
    if unusable:
        return _by_conditions(policy, witness, BLOCKED, unusable)
    decision = _decide(policy, witness)
    if policy.holds and decision.status == BLOCKED:
        decision = _held(policy, decision)
    if witness.share is not None or witness.unranked:
        decision = _together(decision)
    return _freed(decision) if policy.frees and decision.status == BLOCKED else decision


def _together(decision: Decision) -> Decision:
    """The decision as the round leaves it: blocked by what kept it from its rank, holding no more than its
    share."""
    witness = decision.witness
    if witness.unranked and decision.status != REFUSED:
        reasons = (*(decision.reasons if decision.status == BLOCKED else ()), *witness.unranked)
        decision = decision._replace(
            status=BLOCKED,
            award_fen=None,
            binding="",
            split=(),
            stops=False,
            reasons=tuple(dict.fromkeys(reasons)),
            readings=decision.readings or witness.by_rank,
        )
        if witness.most is not None:
            decision = decision._replace(holds_fen=min(witness.most, decision.holds_fen))
    if witness.share is not None and decision.status == BLOCKED:
        decision = decision._replace(holds_fen=min(witness.share, decision.holds_fen))
    return decision


def _decide(policy: Policy, witness: Witness) -> Decision:
    answers, one, open_ = _way(policy.program, witness)
    if one is None:
        if answers is None:
            return _by_question(policy, witness, open_)
        failed = tuple([name for name, answer in answers if answer is False])
        if failed:
            return _by_conditions(policy, witness, REFUSED, failed)
        if policy.program.computed.open_prices:  # a sum may wait for its price, and no fact is missing
            return _by_readings(policy, witness)
        unknown = tuple([name for name, answer in answers if answer is None])
        return _by_conditions(policy, witness, BLOCKED, unknown, largest(policy.program, witness))
    pack, ref = policy.pack, policy.program.ref
    tier, computed = pack.tiers[one.tier].id, (one.computed,)
    rate = _RATES.get(one.rate) or rate_text(one.rate)  # a call less in every decision
    if one.award:
        split = split_award(pack.funders, one.award) if pack.funders else ()
        return _plain((
            AWARDED, ref, tier, rate, one.base, computed, one.award, one.binding, (), (), one.award,
            split, witness, False, one,
        ))  # fmt: skip
    return _plain((
        REFUSED, ref, tier, rate, one.base, computed, None, one.binding, (one.binding,), (), 0,
        (), witness, one.stops, one,
    ))  # fmt: skip


_plain: Callable[[tuple[Any, ...]], Decision] = partial(tuple.__new__, Decision)
_witness: Callable[[tuple[Any, ...]], Witness] = partial(tuple.__new__, Witness)
"""A decision and its witness from all fields at once, for the plain way that nearly every case takes."""


Answers: TypeAlias = list[tuple[str, bool | None]]


def plain_way(program: Program, witness: Witness) -> tuple[Answers | None, Sum | None]:
    """The one calculation of a case in which no reading can matter, as most are.

    Gives the answers to the conditions with the sum; the answers alone where one fails or can't be told;
    and ``(None, None)`` where the readings must be gone through.
    """
    answers, one, _ = _way(program, witness)
    return answers, one


def _way(program: Program, witness: Witness) -> tuple[Answers | None, Sum | None, Question | None]:
    """The plain way, and what stood in it where a tier was sure and its amounts asked for a parameter."""
    values, used, left = witness.values, witness.used, witness.left
    if program.computed.names:
        values = program.full(values)
    try:
        passed = True
        for judge in program.judges:
            if judge(values, _NONE) is not True:
                passed = False
                break
        if not passed:
            return [(name, judge(values, _NONE)) for name, judge in program.conditions], None, None
        tier = program.sole_tier(values)
    except Asked:
        return None, None, None
    if tier is None:
        return None, None, None
    try:
        return program.passed, program.amounts(tier, values, used, left, _NONE), None
    except Asked as asked:
        return None, None, question(tier, asked)
    except Lacking:
        return None, None, None


_NONE: dict[str, Any] = {}
_RATES: dict[int | None, str] = {None: ""}


def rate_text(rate: int | None) -> str:
    """A rate in millionths as a decimal: 600,000 is ``0.6``; empty where the tier has no rate."""
    text = _RATES.get(rate)
    if text is None:
        assert rate is not None
        whole, part = divmod(rate, MILLION)
        text = _RATES[rate] = f"{whole}.{part:06}".rstrip("0").rstrip(".")
    return text


def split_award(funders: Sequence[Funder], award: int) -> tuple[tuple[str, int], ...]:
    """Each funder's part of an award, rounded down; odd fen go to the one named for them."""
    shares = {funder.id: award * funder.share // MILLION for funder in funders}
    odd = next(funder.id for funder in funders if funder.odd)
    shares[odd] += award - sum(shares.values())
    return tuple(shares.items())


def _by_conditions(
    policy: Policy, witness: Witness, status: str, reasons: tuple[str, ...], holds: int = 0
) -> Decision:
    return Decision(status, policy.pack.ref, "", "", None, (), None, "", reasons, (), holds, (), witness)


def _by_one(policy: Policy, witness: Witness, parameter: str, sums: list[Sum]) -> Decision:
    """The decision of a case in which one parameter at most is open, from the sum of each of its readings."""
    awards = [one.award for one in sums]
    if min(awards) == max(awards):
        return _agreed(policy, witness, [Branch((), tuple(sums), (), (), (), False)], sums, awards[0])
    readings = tuple(zip(policy.program.labels[parameter], awards, strict=True))
    told = _told(policy, sums)
    return Decision(
        BLOCKED, policy.pack.ref, *told, None, "", (parameter,), readings, max(awards), (), witness
    )  # fmt: skip


def _by_question(policy: Policy, witness: Witness, open_: Question | None) -> Decision:
    """The decision of a case that asks for a parameter: at once where one question is all there is."""
    if open_ is None:
        return _by_readings(policy, witness)
    program, ends = policy.program, open_
    if open_.so_far is None or not program.plain_end:
        sums = each_reading(program, witness, open_)
        if sums is not None:
            return _by_one(policy, witness, open_.parameter, sums)
        short = short_in_each(program, witness, open_) if program.plain_end else None
        if short is None:
            return _by_readings(policy, witness)
        ends = short
    return _by_ends(policy, witness, ends) or _by_readings(policy, witness)


def _by_ends(policy: Policy, witness: Witness, open_: Question) -> Decision | None:
    """The decision of a case for which the budget does not reach, where it is open what then happens and
    nothing comes after that: once a budget is nearly gone, every case is one. ``None`` where all readings
    award the same."""
    left, program, so_far = witness.left or 0, policy.program, open_.so_far
    readings = program.ends.get((open_.parameter, left))
    if readings is None:
        awards = [left if how == "rest" else 0 for how in program.readings[open_.parameter].values()]
        labels = program.labels[open_.parameter]
        readings = tuple(zip(labels, awards, strict=True)) if len(set(awards)) > 1 else ()
        program.ends = {(open_.parameter, left): readings}  # what is left stays so for the cases that follow
    if so_far is None or not readings:
        return None
    tier, rate = policy.pack.tiers[so_far.tier].id, rate_text(so_far.rate)
    return _plain((
        BLOCKED, program.ref, tier, rate, so_far.base, (so_far.computed,), None, "", (open_.parameter,),
        readings, left, (), witness, False, None,
    ))  # fmt: skip


def _by_readings(policy: Policy, witness: Witness) -> Decision:
    program = policy.program
    ways = branches(program, witness)
    awards = list(dict.fromkeys(award for way in ways for award in way.awards()))
    sums = [one for way in ways for one in way.sums]
    if len(awards) == 1 and awards[0] is not None:
        return _agreed(policy, witness, ways, sums, awards[0])
    found = combinations(program, ways)
    differing = differing_parameters(found)
    open_facts = [way.missing for way in ways if len(way.awards()) > 1 or way.lacking]
    names = dict.fromkeys(itertools.chain.from_iterable(open_facts))
    waits = {name for way in ways for name in way.waits if len(way.awards()) > 1 or way.lacking}
    reasons = [*differing, *(name for name in program.waiting if name in waits)]
    reasons += sorted(names, key=program.index.__getitem__)
    reasons += [name for way in ways for name in way.unknown]
    told = _told(policy, sums)
    unknown = any(way.unknown or (way.waits and not way.sums) for way in ways)
    holds = largest(program, witness) if unknown else max([one.award for one in sums], default=0)
    readings = shown_readings(found, differing) if differing else ()
    return Decision(
        BLOCKED, policy.pack.ref, *told, None, "", tuple(dict.fromkeys(reasons)), readings, holds, (), witness
    )


def _agreed(policy: Policy, witness: Witness, ways: list[Branch], sums: list[Sum], award: int) -> Decision:
    program = policy.program
    bound = {one.binding for one in sums}
    binding = ";".join(sorted(bound, key=program.order.__getitem__))
    told = _told(policy, sums)
    if award:
        split = split_award(policy.pack.funders, award) if policy.pack.funders else ()
        return Decision(AWARDED, policy.pack.ref, *told, award, binding, (), (), award, split, witness)
    reasons = tuple(sorted(_failed(ways) | bound, key=program.order.__getitem__))
    stops = any(one.stops for one in sums)
    return Decision(REFUSED, policy.pack.ref, *told, None, binding, reasons, (), 0, (), witness, stops)


def _failed(ways: list[Branch]) -> set[str]:
    """The conditions that fail however the rules are read; where none does, those that fail in some way."""
    every = set.intersection(*(set(way.failed) for way in ways))
    return every or {name for way in ways for name in way.failed}


def _told(policy: Policy, sums: list[Sum]) -> tuple[str, str, int | None, tuple[int, ...]]:
    """Tier, rate, base and computed amounts of all alternatives, in the pack's order of tiers."""
    first = sums[0][:SHARED] if sums else ()
    if first and all(one[:SHARED] == first for one in sums):
        one = sums[0]
        return policy.pack.tiers[one.tier].id, rate_text(one.rate), one.base, (one.computed,)
    ordered = sorted(sums, key=lambda one: one.tier)
    tiers = dict.fromkeys(policy.pack.tiers[one.tier].id for one in ordered)
    rates = dict.fromkeys(text for one in ordered if (text := rate_text(one.rate)))
    bases = {one.base for one in ordered}
    computed = tuple(dict.fromkeys(one.computed for one in ordered))
    return ";".join(tiers), ";".join(rates), bases.pop() if len(bases) == 1 else None, computed
