"""The cases beside a pack that is being written: what it would award, and why, before anybody is paid by it.

Three are made up out of the pack itself: an ordinary one of its first tier, one of its last tier or one so
large that a cap binds it, and one that a condition refuses. Their values can be changed; what is to stay is
kept as an example (`casework.rulebook.kept_examples`).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from casework.core.holidays import calendar
from casework.rulebook.explanation_in_words import reasons, tell
from rules import examples
from rules.decide import AWARDED, BLOCKED, decide
from rules.edges import TYPICAL_FEN
from rules.explain import explain
from rules.facts import MILLION, STANDARD, Fact, Value
from rules.faults import MOST_FEN
from rules.pack import Pack
from rules.policy import Policy
from rules.position import Position
from rules.search import Cut
from rules.trial import Trials, row, worlds
from words import say

CASES = 3
_PLAIN = ("money", "integer", "rate", "yes_no", "date", "moment", "choice", "text")
"""Types of facts, those first whose change is understood at a glance."""


class Tried(NamedTuple):
    """What comes of a case: its status, the award (None unless awarded), the lines that say why, and whether
    it can be kept as an example."""

    status: str
    award_fen: int | None
    why: tuple[str, ...]
    can_stay: bool = True


def asked(pack: Pack) -> tuple[Fact, ...]:
    """The facts that a pack's rules look at, in the order in which a case is told."""
    program = Policy(pack, calendar=calendar()).program
    names = {fact.id for fact in program.facts} | {pack.chosen_by}
    known = {**STANDARD, **pack.facts}
    return tuple(
        fact for name, fact in known.items() if name in names and not name.startswith("window_")
    )  # fmt: skip


def made_up(pack: Pack) -> tuple[Mapping[str, str], ...]:
    """Three cases of a pack as cells by fact; fewer where its rules leave none."""
    readings = [Trials(policy) for policy in worlds(Policy(pack, calendar=calendar()))]
    usual = {name: edges[0] for each in reversed(readings) for name, edges in each.edges.items()}
    trials = readings[0]
    try:
        found = list(_found(trials))
    except Cut:
        found = []
    known = {fact.id: fact for fact in asked(pack)}
    return tuple(
        row({name: value for name, value in (usual | facts).items() if name in known}, known)
        for facts in found[:CASES]
    )


def _found(trials: Trials) -> Iterator[dict[str, Value]]:
    tiers = range(len(trials.pack.tiers))
    of_tiers = [facts for at in tiers if (facts := trials.of_tiers(trials.pack.tiers[at].id, (at,).__eq__))]
    if not of_tiers:
        return
    yield of_tiers[0]
    large = _large(trials, of_tiers[0])
    yield of_tiers[-1] if len(of_tiers) > 1 else large
    yield _refused(trials, of_tiers[-1]) or large


def _large(trials: Trials, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The same case with so much money that every cap binds."""
    limits = [cap.limit for cap in trials.pack.caps if isinstance(cap.limit, int)]
    rates = [tier.rate for tier in trials.pack.tiers if isinstance(tier.rate, int) and tier.rate]
    amount = min(max([*limits, TYPICAL_FEN]) * MILLION // min([*rates, MILLION]) * 2, MOST_FEN)
    names = next(iter(trials.sweeps(facts)), ())
    return {**facts, **dict.fromkeys((name for name in names if facts.get(name) is not None), amount)}


def _refused(trials: Trials, facts: Mapping[str, Value]) -> dict[str, Value] | None:
    """The same case with one value changed so that a condition refuses it."""
    zero = Position((0,) * len(trials.policy.caps), trials.policy.budget_amount_fen)
    for name in sorted(trials.edges, key=lambda name: _PLAIN.index(trials.facts[name].type)):
        for value in trials.edges[name]:
            changed = {**facts, name: value}
            if value is None or name == trials.pack.chosen_by:
                continue
            if all(demand.holds(changed) for demand in trials.demands):
                continue
            decision = decide(trials.policy, changed, zero)
            if decision.award_fen is None and decision.status != BLOCKED:
                return changed
    return None


def beside(pack: Pack) -> tuple[str, ...]:
    """What can be said of a case beside its facts, as columns of examples: what is used of the caps and left
    of the budget, what the office has set, and a note."""
    policy = Policy(pack, calendar=calendar())
    there = {
        "set": any(each in pack.calculated for each in policy.open_parameters),
        "used": bool(policy.caps),
        "left": pack.budget is not None,
        "note": True,
    }
    return tuple(name for name, is_there in there.items() if is_there)


def tried(pack: Pack, cells: Mapping[str, str], lang: str) -> Tried:
    """What a case would be awarded on its own, and why: unless it says otherwise, with nothing used of any
    cap or budget."""
    found = examples.tried(Policy(pack, calendar=calendar()), cells)
    if found.policy is None:
        (column,) = found.reasons
        why = say("wizard.beside.unreadable", lang, column=say(f"wizard.beside.{column}", lang))
        return Tried(BLOCKED, None, (why,), can_stay=False)
    if found.decision is None:
        return Tried(BLOCKED, None, (reasons(found.policy, found.reasons, BLOCKED, lang),))
    decision = found.decision
    lines = tell(found.policy, explain(found.policy, decision.witness, decision), decision.witness, lang)
    award = decision.award_fen if decision.status == AWARDED else None
    return Tried(decision.status, award, tuple(line.text for line in lines))
