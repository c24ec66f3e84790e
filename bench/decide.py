"""One decision beside a loop written by hand for this one policy, with the same decision and witness.

The peer is what a programmer would write who knows nothing but the Shenzhen training voucher of 2026: plain
comparisons in one function, dates and caps in constants. It looks at both readings of the date to which a
startup's age counts, and for values that no rule can use; what a reading could change it hands to the
engine, as ours does on its long way, and the cases have few of them. CPU time of this process, medians of
interleaved rounds.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.rounds import Row, medians, row
from rules.decide import Decision, decide, decide_witness
from rules.explain import explain, trace
from rules.months import add_months
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from rules.witness import Witness, decode, encode

CASES = 20_000
ROUNDS = 7
PACK = Path(__file__).parents[1] / "resources/policies/shenzhen/training-voucher-2026.toml"
UNIT = "us CPU a decision"

Case = tuple[dict[str, Any], Position]
ByHand = Callable[[dict[str, Any], Position], Decision]


def policy() -> Policy:
    """The training voucher of 2026 as it is shipped."""
    return Policy(load(PACK.read_text(encoding="utf-8")))


def cases(count: int, seed: int = 2026) -> list[Case]:
    """Made-up cases: one in three of a startup, one in thirty refused, one in fifty blocked."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        applied_at = datetime(2026, 5, 6, 9) + timedelta(minutes=chance.randrange(40_000))
        signed_on = applied_at.date() - timedelta(days=chance.randrange(20, 120))
        young = chance.random() < 0.35
        facts = {
            "case": f"C{number:06}",
            "applied_at": applied_at,
            "applicant": f"91440300MA{chance.randrange(count):08}",
            "applicant_kind": chance.choice(("enterprise", "enterprise", "university", "research_institute")),
            "founded_on": signed_on - timedelta(days=chance.randrange(0, 240) if young else 1_500),
            "contract_no": f"HT-{number:06}",
            "signed_on": signed_on,
            "contract_amount": chance.randrange(40_000_000, 3_000_000_000),
            "related_party": chance.random() < 0.03,
            "provider_admitted": None if chance.random() < 0.02 else True,
        }
        used = chance.choice((0, 0, 0, chance.randrange(10**9)))
        found.append((facts, Position((used,), 50_000_000_000 - number * 1_000_000)))
    return found


def by_hand(long_way: ByHand) -> ByHand:
    """The policy as a function; ``long_way`` decides what a reading could change."""
    ref = "shenzhen-training-voucher@2026"
    kinds = frozenset(("enterprise", "university", "research_institute"))
    opens, closes = datetime(2026, 5, 6), datetime(2026, 6, 6)
    ids = ("kind", "window", "threshold", "related_party", "provider_admitted")

    def decide_by_hand(facts: dict[str, Any], position: Position) -> Decision:
        get = facts.get
        applied_at, kind, amount = get("applied_at"), get("applicant_kind"), get("contract_amount")
        leased, related, admitted = get("leased_in_year"), get("related_party"), get("provider_admitted")
        signed_on, founded_on, applicant = get("signed_on"), get("founded_on"), get("applicant")
        window_from, window_until = get("window_from"), get("window_until")
        other, before = get("other_support") or 0, get("awarded_before") or 0
        if leased is None:
            leased = amount
        for fen in (amount, leased, other, before):
            if fen is not None and (type(fen) is not int or not 0 <= fen <= 10**16):
                return long_way(facts, position)
        for on, wanted in (
            (signed_on, date), (founded_on, date), (applied_at, datetime), (related, bool), (admitted, bool),
        ):  # fmt: skip
            if on is not None and type(on) is not wanted:
                return long_way(facts, position)
        values = (
            applied_at, kind, leased, related, admitted, signed_on, founded_on, window_from, window_until,
            amount, other, applicant, before,
        )  # fmt: skip
        witness = Witness(values, position.used, position.left)
        kind_ok = None if kind is None else kind in kinds
        window_ok = (
            None if applied_at is None else (window_from or opens) <= applied_at < (window_until or closes)
        )
        leased_ok = None if leased is None else leased >= 50_000_000
        related_ok = None if related is None else not related
        if not (kind_ok and window_ok and leased_ok and related_ok and admitted):
            answers = (kind_ok, window_ok, leased_ok, related_ok, admitted)
            failed = tuple([name for name, ok in zip(ids, answers, strict=True) if ok is False])
            if failed:
                return Decision("refused", ref, "", "", None, (), None, "", failed, (), 0, (), witness)
            return long_way(facts, position)
        if signed_on is None or founded_on is None or applicant is None or amount is None:
            return long_way(facts, position)
        turns = add_months(founded_on, 12)
        assert applied_at is not None  # or the window could not be told
        young = applied_at.date() < turns
        if young != (signed_on < turns) or (young and other):
            return long_way(facts, position)
        tier, rate = ("startup", "0.6") if young else ("general", "0.5")
        computed = amount * (60 if young else 50) // 100
        award, binding = computed, "rate"
        if other:
            left = max(0, amount * 50 // 100 - other)
            if left < award:
                award, binding = left, "other_support"
        left = max(0, 1_000_000_000 - before - position.used[0])
        if left < award:
            award, binding = left, "applicant_year"
        if position.left is not None and position.left < award:
            if position.left > 0:
                return long_way(facts, position)
            award, binding = 0, "budget"
        if award:
            return Decision(
                "awarded", ref, tier, rate, amount, (computed,), award, binding, (), (), award, (), witness
            )
        return Decision(
            "refused", ref, tier, rate, amount, (computed,), None, binding, (binding,), (), 0, (), witness
        )

    return decide_by_hand


def same(ours: Decision, peers: Decision) -> bool:
    """Whether both decided alike, witness and all; the way that the engine keeps beside is its own."""
    return ours._replace(way=None) == peers._replace(way=None)


def rows(count: int = CASES, rounds: int = ROUNDS) -> list[Row]:
    """Deciding beside the loop by hand; and deciding again from the stored witness with every line told."""
    by, listed = policy(), cases(count)
    hand = by_hand(lambda facts, position: decide(by, facts, position))
    stored = [encode(decide(by, *case).witness) for case in listed]

    def ours() -> None:
        for facts, position in listed:
            decide(by, facts, position)

    def peer() -> None:
        for facts, position in listed:
            hand(facts, position)

    def again() -> None:
        for line in stored:
            witness = decode(by, line)
            trace(explain(by, witness, decide_witness(by, witness)))

    assert all(same(decide(by, *case), hand(*case)) for case in listed)
    decided, by_hand_too, retold = (taken / count * 1e6 for taken in medians((ours, peer, again), rounds))
    return [
        row("decide", decided, by_hand_too, UNIT, rounds),
        row("decide_again_and_tell", retold, decided, UNIT, rounds),
    ]
