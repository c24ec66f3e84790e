"""Deciding a case: what it is awarded, refused or blocked by, at a position.

`decide` is pure and works in whole fen. Most cases come out the same whichever way the unset parameters
are read, and one calculation shows it; where a parameter matters, every combination of readings (and
every tier that a missing fact leaves possible) is calculated. All equal: the award stands. Unequal: the
case is blocked, and what makes the difference is named.

The witness of a decision is what the rules used and nothing else: the facts in the policy's order, what
was used of each cap, and what was left of the budget. Every line of the explanation follows from it.
"""

import itertools
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from rules.facts import MILLION, Facts, Value
from rules.faults import Fault, PackFaults
from rules.pack import Funder
from rules.policy import Policy
from rules.position import Position
from rules.predicate import Asked
from rules.program import Lacking, Program, Sum

AWARDED, REFUSED, BLOCKED = "awarded", "refused", "blocked"


class Witness(NamedTuple):
    """What the rules used of a case: values in the order of `Program.names`, and the position."""

    values: tuple[Value, ...]
    used: tuple[int, ...]
    left: int | None


class Decision(NamedTuple):
    """What was decided, in fen; texts hold alternatives that lead to the same award joined by ``;``.

    ``base_fen`` and ``computed_fen`` are ``None`` where the calculation did not get there or alternatives
    differ; ``computed`` keeps every alternative. ``award_fen`` is ``None`` unless awarded. ``holds_fen``
    is what the office keeps back for it: the award, or a blocked case's largest reading. ``stops`` closes
    the budget to all later cases.
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

    @property
    def computed_fen(self) -> int | None:
        """The computed amount where there is just one."""
        return self.computed[0] if len(self.computed) == 1 else None


def decide(policy: Policy, facts: Facts, position: Position) -> Decision:
    """Decides a case under a policy at a position.

    Args:
        policy: the pack with the supplements in force.
        facts: the case's values by fact name; ``None`` or absent is not known.
        position: used of each counter of ``policy.caps`` and left of the budget, in fen.
    """
    return decide_witness(policy, Witness(policy.program.values(facts), position.used, position.left))


def decide_witness(policy: Policy, witness: Witness) -> Decision:
    """Decides again from what was stored; the same function, so that a replay is no second opinion."""
    answers, one = plain_way(policy.program, witness)
    if one is None:
        if answers is None:
            return _by_readings(policy, witness)
        failed = tuple(name for name, answer in answers if answer is False)
        if failed:
            return _by_conditions(policy, witness, REFUSED, failed)
        return _by_conditions(
            policy, witness, BLOCKED, tuple(name for name, answer in answers if answer is None)
        )
    tier = policy.pack.tiers[one.tier].id
    ref, rate, computed = policy.pack.ref, rate_text(one.rate), (one.computed,)
    if one.award:
        split = split_award(policy.pack.funders, one.award) if policy.pack.funders else ()
        return Decision(
            AWARDED,
            ref,
            tier,
            rate,
            one.base,
            computed,
            one.award,
            one.binding,
            (),
            (),
            one.award,
            split,
            witness,
        )
    return Decision(
        REFUSED,
        ref,
        tier,
        rate,
        one.base,
        computed,
        None,
        one.binding,
        (one.binding,),
        (),
        0,
        (),
        witness,
        one.stops,
    )


Answers: TypeAlias = list[tuple[str, bool | None]]


def plain_way(program: Program, witness: Witness) -> tuple[Answers | None, Sum | None]:
    """The one calculation of a case in which no reading can matter, as most are.

    Gives the answers to the conditions with the sum; the answers alone where one fails or can't be told;
    and ``(None, None)`` where the readings must be gone through.
    """
    values, used, left = witness
    try:
        passed = True
        for judge in program.judges:
            if judge(values, _NONE) is not True:
                passed = False
                break
        if not passed:
            return [(name, judge(values, _NONE)) for name, judge in program.conditions], None
        tier = program.sole_tier(values)
        if tier is None:
            return None, None
        return program.passed, program.amounts(tier, values, used, left, _NONE)
    except (Asked, Lacking):
        return None, None


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


def _by_conditions(policy: Policy, witness: Witness, status: str, reasons: tuple[str, ...]) -> Decision:
    return Decision(status, policy.pack.ref, "", "", None, (), None, "", reasons, (), 0, (), witness)


# -- readings --------------------------------------------------------------------------------------------


class Branch(NamedTuple):
    """One way to read the rules to the end: the readings taken, and what comes out.

    ``sums`` holds one calculation for each tier that is possible; ``failed`` and ``unknown`` the
    conditions; ``missing`` the facts whose absence leaves tiers or the amount open.
    """

    taken: tuple[tuple[str, str], ...]
    sums: tuple[Sum, ...]
    failed: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    lacking: bool

    def awards(self) -> tuple[int | None, ...]:
        """The awards that may come out, without repetition; ``None`` where one can't be told."""
        if self.failed:
            return (0,)
        found = [one.award for one in self.sums]
        return tuple(dict.fromkeys([*found, *([None] if self.unknown or self.lacking else [])]))


def branches(program: Program, witness: Witness) -> list[Branch]:
    """Every way of reading that matters to a case: parameters are branched on when they are asked for."""
    found: list[Branch] = []
    waiting: list[tuple[tuple[str, str], ...]] = [()]
    while waiting:
        taken = waiting.pop(0)
        try:
            found.append(_follow(program, witness, taken))
        except Asked as asked:
            options = program.readings[asked.parameter]
            waiting[:0] = [(*taken, (asked.parameter, name)) for name in options]
    return found


def _follow(program: Program, witness: Witness, taken: tuple[tuple[str, str], ...]) -> Branch:
    values, used, left = witness
    readings = {parameter: program.readings[parameter][name] for parameter, name in taken}
    answers = [(name, judge(values, readings)) for name, judge in program.conditions]
    failed = tuple(name for name, answer in answers if answer is False)
    unknown = tuple(name for name, answer in answers if answer is None)
    if failed or unknown:
        return Branch(taken, (), failed, () if failed else unknown, (), False)
    tiers = program.tier(values, readings)
    certain = program.certain_tiers(values, readings)
    if not tiers or len(certain) > 1:
        names = tuple(program.pack.tiers[at].id for at in certain) or ("tier",)
        return Branch(taken, (), (), names, (), False)
    missing = program.missing_for_tier(values, readings) if len(tiers) > 1 else ()
    sums: list[Sum] = []
    lacking: dict[str, None] = {}
    for tier in tiers:
        try:
            sums.append(program.amounts(tier, values, used, left, readings))
        except Lacking as lack:
            lacking[lack.fact] = None
    return Branch(taken, tuple(sums), (), (), (*missing, *lacking), bool(lacking))


def _by_readings(policy: Policy, witness: Witness) -> Decision:
    program = policy.program
    ways = branches(program, witness)
    awards = list(dict.fromkeys(award for way in ways for award in way.awards()))
    sums = [one for way in ways for one in way.sums]
    if len(awards) == 1 and awards[0] is not None:
        return _agreed(policy, witness, ways, sums, awards[0])
    differing = differing_parameters(program, ways)
    open_facts = [way.missing for way in ways if len(way.awards()) > 1 or way.lacking]
    names = dict.fromkeys(itertools.chain.from_iterable(open_facts))
    reasons = [*differing, *sorted(names, key=program.index.__getitem__)]
    reasons += [name for way in ways for name in way.unknown]
    told = _told(policy, sums)
    holds = max((award for award in awards if award is not None), default=0)
    readings = _readings(program, ways, differing) if differing else ()
    return Decision(
        BLOCKED, policy.pack.ref, *told, None, "", tuple(dict.fromkeys(reasons)), readings, holds, (), witness
    )


def _agreed(policy: Policy, witness: Witness, ways: list[Branch], sums: list[Sum], award: int) -> Decision:
    program = policy.program
    bound = {one.binding for one in sums}
    failed = [name for way in ways for name in way.failed]
    binding = ";".join(sorted(bound, key=program.order.__getitem__))
    told = _told(policy, sums)
    if award:
        split = split_award(policy.pack.funders, award) if policy.pack.funders else ()
        return Decision(AWARDED, policy.pack.ref, *told, award, binding, (), (), award, split, witness)
    reasons = tuple(sorted({*failed, *bound}, key=program.order.__getitem__))
    stops = any(one.stops for one in sums)
    return Decision(REFUSED, policy.pack.ref, *told, None, binding, reasons, (), 0, (), witness, stops)


def _told(policy: Policy, sums: list[Sum]) -> tuple[str, str, int | None, tuple[int, ...]]:
    """Tier, rate, base and computed amounts of all alternatives, in the pack's order of tiers."""
    ordered = sorted(sums, key=lambda one: one.tier)
    tiers = dict.fromkeys(policy.pack.tiers[one.tier].id for one in ordered)
    rates = dict.fromkeys(text for one in ordered if (text := rate_text(one.rate)))
    bases = {one.base for one in ordered}
    computed = tuple(dict.fromkeys(one.computed for one in ordered))
    return ";".join(tiers), ";".join(rates), bases.pop() if len(bases) == 1 else None, computed


def _combinations(
    program: Program, ways: list[Branch]
) -> tuple[list[str], dict[tuple[str, ...], tuple[int | None, ...]]]:
    """The parameters that any branch asked for, and the awards of every combination of their readings."""
    asked = {name for way in ways for name, _ in way.taken}
    names = [parameter.id for parameter in program.unset if parameter.id in asked]
    by_combination = {}
    for choice in itertools.product(*(program.readings[name] for name in names)):
        taken = dict(zip(names, choice, strict=True))
        way = next(way for way in ways if all(taken[name] == reading for name, reading in way.taken))
        by_combination[choice] = way.awards()
    return names, by_combination


def differing_parameters(program: Program, ways: list[Branch]) -> tuple[str, ...]:
    """The unset parameters that make a difference: alone changed, one changes the award."""
    names, awards = _combinations(program, ways)
    found = []
    for at, name in enumerate(names):
        rest: dict[tuple[str, ...], set[frozenset[int | None]]] = {}
        for choice, outcome in awards.items():
            rest.setdefault((*choice[:at], *choice[at + 1 :]), set()).add(frozenset(outcome))
        if any(len(outcomes) > 1 for outcomes in rest.values()):
            found.append(name)
    return tuple(found)


def _readings(
    program: Program, ways: list[Branch], differing: Iterable[str]
) -> tuple[tuple[str, int | None], ...]:
    """One entry for each combination of the parameters that make a difference, and each award it leaves."""
    names, awards = _combinations(program, ways)
    wanted = set(differing)
    entries: dict[str, tuple[int | None, ...]] = {}
    for choice, outcome in awards.items():
        label = ",".join(
            f"{name}={reading}" for name, reading in zip(names, choice, strict=True) if name in wanted
        )
        entries.setdefault(label, outcome)
    return tuple((label, award) for label, outcome in entries.items() for award in outcome)


# -- the witness as it is stored -------------------------------------------------------------------------


def encode(witness: Witness) -> str:
    """The witness as one line of JSON: values, used, left; dates in ISO form."""
    values = [value.isoformat() if isinstance(value, date) else value for value in witness.values]
    return json.dumps([values, witness.used, witness.left], ensure_ascii=False, separators=(",", ":"))


def decode(policy: Policy, stored: str) -> Witness:
    """The witness that a stored line states under its policy.

    Raises:
        PackFaults: the line does not have the shape that the policy's rules use.
    """
    try:
        values, used, left = json.loads(stored)
        facts = policy.program.facts
        if len(values) != len(facts) or len(used) != len(policy.caps):
            raise ValueError
        for at, fact in enumerate(facts):
            if values[at] is not None and fact.type in _FROM_ISO:
                values[at] = _FROM_ISO[fact.type](values[at])
    except (ValueError, TypeError) as error:
        raise PackFaults([Fault(1, 1, "witness.unreadable", {"pack": policy.pack.ref})]) from error
    return Witness(tuple(values), tuple(used), left)


_FROM_ISO = {"date": date.fromisoformat, "moment": datetime.fromisoformat}
