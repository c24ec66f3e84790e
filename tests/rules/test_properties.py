"""What must hold of every award under every pack, and that each check finds a fault planted for it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from rules.decide import Decision, decide, decide_witness, plain_way
from rules.explain import explain
from rules.facts import MILLION
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from rules.readings import branches
from tests.rules.desk import SMALL, USUAL, policy

Decide = Callable[[Policy, dict[str, Any], Position], Decision]
SETTLED = policy(startup_reference_date="signed_on", startup_ceiling="60", budget_exceeded="rest")
PLENTY = 10**16
LOOK = settings(max_examples=3_000, phases=[Phase.generate])
"""For looking until a fault is found; the smallest example is not needed."""


class Claim(NamedTuple):
    """A case at a position under a policy."""

    policy: Policy
    facts: dict[str, Any]
    used: int
    left: int | None

    @property
    def position(self) -> Position:
        return Position((self.used,) * len(self.policy.caps), self.left)


# -- packs and cases of every shape -------------------------------------------------------------------------

WORTHS = (
    'rate = "0.5"',
    'rate = "0.333333"',
    'fixed = "30.00"',
    'bands = [{ up_to = "0.50", rate = "0.7" }, { up_to = "9", rate = "0.31" }, { rate = "0.05" }]',
)
PIECES = (
    "[[cap]]\nid = 'year'\nlimit = '20.01'\nper = ['applicant', 'year']\narticle = 'a'\n"
    "before = 'awarded_before'\n",
    "[[cap]]\nid = 'claim'\nlimit = '9.99'\narticle = 'a'\n",
    "[[stacking]]\nid = 'ceiling'\nhow = 'ceiling'\nshare = '0.5'\narticle = 'a'\n",
    "[[stacking]]\nid = 'deduct'\nhow = 'deduct'\narticle = 'a'\n",
    "[[stacking]]\nid = 'exclude'\nhow = 'exclude'\narticle = 'a'\n",
    "[[floor]]\nid = 'least'\non = 'award'\nat_least = '5.00'\nhow = 'refuse'\narticle = 'a'\n",
    "[[floor]]\nid = 'lift'\non = 'award'\nat_least = '7.00'\nhow = 'raise'\narticle = 'a'\n",
    "[[floor]]\nid = 'base'\non = 'base'\nat_least = '3.00'\nhow = 'refuse'\narticle = 'a'\n",
    "[[rounding]]\nwhere = 'end'\nunit = '0.1'\nmode = 'up'\narticle = 'a'\n",
    "[[condition]]\nid = 'enough'\nfact = 'leased_in_year'\nat_least = '2.00'\narticle = 'a'\n",
    "[budget]\namount = '100'\nexceeded = 'rest'\narticle = 'a'\n",
    "[[tier]]\nid = 'young'\npriority = 1\nrate = '0.6'\narticle = 'a'\n"
    "when = { fact = 'signed_on', after = 'founded_on', less_than_months = 12 }\n",
)  # fmt: skip


def made(worth: str, pieces: Sequence[str]) -> Policy:
    """A pack put together from pieces."""
    roundings = [piece for piece in pieces if "[[rounding]]" in piece]
    assert len(roundings) <= 1
    return Policy(load(SMALL.replace('rate = "0.5"', worth) + "".join(pieces)))


PACKS = st.builds(made, st.sampled_from(WORTHS), st.lists(st.sampled_from(PIECES), unique=True, max_size=6))
NEAR = st.sampled_from([0, 1, 2, 99, 199, 200, 201, 499, 500, 999, 1998, 2001, 4002, 10_000])
AMOUNTS = st.integers(0, 12_000) | NEAR | st.integers(0, 10**12)
DAYS = st.sampled_from(
    [date(2024, 2, 29), date(2025, 2, 28), date(2025, 4, 1), date(2025, 4, 2), date(2023, 1, 1)]
)


@st.composite
def claims(draw: st.DrawFn, policies: st.SearchStrategy[Policy], known: bool = True) -> Claim:
    """A case of mostly edges; ``known``: every fact that a tier or an amount needs is there."""
    unknown = st.nothing() if known else st.none()
    facts = {
        **USUAL,
        "contract_amount": draw(AMOUNTS | unknown),
        "leased_in_year": draw(st.none() | AMOUNTS),
        "other_support": draw(st.just(0) | AMOUNTS),
        "awarded_before": draw(st.just(0) | NEAR),
        "founded_on": draw(DAYS | unknown),
        "signed_on": draw(st.sampled_from([date(2026, 4, 1), date(2025, 2, 27)]) | unknown),
        "related_party": draw(st.just(False) | (unknown if known else st.sampled_from([True, None]))),
    }
    return Claim(
        draw(policies), facts, draw(st.just(0) | AMOUNTS), draw(st.none() | AMOUNTS | st.just(PLENTY))
    )


SHENZHEN = st.sampled_from([policy(), policy("training-voucher-2025"), SETTLED])


@st.composite
def shenzhen_claims(draw: st.DrawFn) -> Claim:
    """Cases of the training voucher, scaled so that its caps and thresholds are met."""
    claim = draw(claims(SHENZHEN, known=False))
    day = datetime(2025, 5, 20) if claim.policy.pack.version == "2025" else datetime(2026, 5, 20)
    facts = {
        name: min(value * 500_000, 10**15)
        if name in ("contract_amount", "other_support") and value
        else value
        for name, value in claim.facts.items()
    }
    return claim._replace(facts={**facts, "applied_at": day, "leased_in_year": None})


# -- what must hold -----------------------------------------------------------------------------------------


def within_every_limit(claim: Claim, decide: Decide) -> bool:
    """0 ≤ award ≤ every cap and what is left of it, and of the budget."""
    decision = decide(claim.policy, claim.facts, claim.position)
    award = decision.award_fen or 0
    limits = (
        [PLENTY] if claim.left is None else [max(claim.left, 0)] if claim.policy.pack.budget else [PLENTY]
    )
    for cap in claim.policy.rules.caps:
        before = claim.facts["awarded_before"] if cap.before else 0
        limits.append(max(0, cap.limit - before - (claim.used if cap.per else 0)))
    return 0 <= award <= min(limits) and decision.holds_fen >= award and decision.holds_fen <= min(limits)


def no_more_than_its_share(claim: Claim, decide: Decide) -> bool:
    """Award ≤ rate × base, in whole numbers, but for a floor that raises it or rounding up."""
    decision = decide(claim.policy, claim.facts, claim.position)
    one = decision.way
    if one is None or one.rate is None or one.base is None or one.changes:
        return True
    return (decision.award_fen or 0) * MILLION <= one.rate * one.base


def grows_with_the_contract(claim: Claim, decide: Decide) -> bool:
    """More contract, everything else equal, is never less award while the budget does not bind."""
    awards = []
    for more in (0, 1, 2, 50, 1_000, 10**6):
        facts = {**claim.facts, "contract_amount": claim.facts["contract_amount"] + more}
        decision = decide(claim.policy, facts, Position(claim.position.used, PLENTY))
        awards.append(decision.award_fen or 0)
    return all(less <= more for less, more in pairwise(awards))


def told_again(claim: Claim, decide: Decide) -> bool:
    """The lines alone, by their figures, give the award again."""
    decision = decide(claim.policy, claim.facts, claim.position)
    if decision.way is None or decision.way.changes:
        return True
    lines = {line.code: line.figures for line in explain(claim.policy, decision.witness, decision)}
    (base,) = lines["base"]
    award = lines.get("fixed", lines.get("bands", (0,)))[0]
    if "rate" in lines:
        rate, award = lines["rate"]
        assert isinstance(base, int) and isinstance(rate, int)
        if award != base * rate // MILLION:
            return False
    lefts: list[Any] = [award]
    for line in explain(claim.policy, decision.witness, decision):
        figures: Any = line.figures
        if line.code == "cap":
            if figures[3] != max(0, figures[0] - figures[1] - figures[2]):
                return False
            lefts.append(figures[3])
        elif line.code == "stacking.ceiling":
            if figures[3] != max(0, figures[2] * figures[1] // MILLION - figures[0]):
                return False
            lefts.append(figures[3])
        elif line.code.startswith("stacking"):
            lefts.append(figures[1])
        elif line.code == "budget" and figures[0] < min(lefts):
            lefts.append(decision.award_fen or 0)
    return lines["award"] == (min(lefts),) == (decision.award_fen or 0,)


def one_way_is_every_way(claim: Claim, plain: Any = plain_way) -> bool:
    """Where the plain path settles a case, every branch through the readings comes to the very same sum."""
    decision = decide(claim.policy, claim.facts, claim.position)
    program, witness = claim.policy.program, decision.witness
    answers, one = plain(program, witness)
    if answers is None:
        return True
    ways = branches(program, witness)
    if one is not None:
        return all(way.sums == (one,) and not way.failed and not way.unknown for way in ways)
    failed = tuple(name for name, answer in answers if answer is False)
    unknown = () if failed else tuple(name for name, answer in answers if answer is None)
    return all((way.failed, way.unknown) == (failed, unknown) for way in ways)


@given(claims(PACKS) | shenzhen_claims())
@settings(max_examples=200)
def test_an_award_is_within_every_limit(claim: Claim) -> None:
    assert within_every_limit(claim, decide)


@given(claims(PACKS) | shenzhen_claims())
@settings(max_examples=200)
def test_an_award_is_no_more_than_its_share(claim: Claim) -> None:
    assert no_more_than_its_share(claim, decide)


@given(claims(PACKS | st.just(SETTLED)))
@settings(max_examples=200)
def test_more_contract_is_never_less_award(claim: Claim) -> None:
    assert grows_with_the_contract(claim, decide)


@given(claims(PACKS) | shenzhen_claims())
@settings(max_examples=200)
def test_an_explanation_gives_the_award_again(claim: Claim) -> None:
    assert told_again(claim, decide)


@given(claims(PACKS) | shenzhen_claims())
@settings(max_examples=200)
def test_the_plain_path_is_the_path_through_all_readings(claim: Claim) -> None:
    assert one_way_is_every_way(claim)


@given(claims(PACKS, known=False) | shenzhen_claims())
def test_every_case_is_decided_the_same_again(claim: Claim) -> None:
    decision = decide(claim.policy, claim.facts, claim.position)
    assert decide_witness(claim.policy, decision.witness) == decision
    assert (decision.status == "awarded") == bool(decision.award_fen)
    assert bool(decision.reasons) == (decision.status != "awarded")


# -- the order of others ------------------------------------------------------------------------------------


class Round(NamedTuple):
    """Claims of several applicants in an order, and a shuffled order that keeps each applicant's own."""

    claims: tuple[tuple[str, int], ...]
    shuffled: tuple[int, ...]


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    listed = draw(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(50_000_000, 3 * 10**9)), max_size=7))
    names = draw(st.permutations([name for name, _ in listed]))
    own = {name: iter([at for at, (each, _) in enumerate(listed) if each == name]) for name in "ABC"}
    return Round(tuple(listed), tuple(next(own[name]) for name in names))


def in_order(one: Round, order: Sequence[int], budget: int, decide: Decide) -> tuple[dict[int, int], int]:
    """The award of each claim, decided in an order, and what is left of the budget."""
    used: dict[str, int] = {}
    awards = {}
    for at in order:
        name, amount = one.claims[at]
        facts = {**USUAL, "applicant": name, "contract_amount": amount}
        (key,) = SETTLED.cap_keys(facts)
        awards[at] = decide(SETTLED, facts, Position((used.get(key, 0),), budget)).award_fen or 0
        used[key] = used.get(key, 0) + awards[at]
        budget -= awards[at]
    return awards, budget


def others_change_nothing(one: Round, decide: Decide, budget: int = 50_000_000_000) -> bool:
    """While the budget reaches, an award depends on the applicant's own claims alone."""
    first = in_order(one, range(len(one.claims)), budget, decide)
    return first == in_order(one, one.shuffled, budget, decide)


@given(rounds())
def test_the_order_of_others_changes_nothing_while_the_budget_reaches(one: Round) -> None:
    assert others_change_nothing(one, decide)


def test_the_order_does_matter_once_the_budget_binds() -> None:
    assert find(rounds(), lambda one: not others_change_nothing(one, decide, budget=2 * 10**9), settings=LOOK)


# -- each check finds the fault that is planted for it ------------------------------------------------------


def altered(change: Callable[[Decision, Claim], Decision]) -> Decide:
    """The engine with a fault: what it decides is changed on the way out."""

    def faulty(by: Policy, facts: dict[str, Any], position: Position) -> Decision:
        return change(decide(by, facts, position), Claim(by, facts, sum(position.used[:1]), position.left))

    return faulty


def more(decision: Decision, fen: int = 1) -> Decision:
    """The same decision with fen more awarded."""
    if not decision.award_fen or decision.way is None:
        return decision
    award = decision.award_fen + fen
    return decision._replace(award_fen=award, holds_fen=award, way=decision.way._replace(award=award))


def a_cap_forgotten(decision: Decision, claim: Claim) -> Decision:
    return more(decision) if decision.binding in ("year", "claim", "applicant_year") else decision


def half_a_fen_rounded_up(decision: Decision, claim: Claim) -> Decision:
    base = decision.way.base if decision.way is not None else None
    return more(decision) if decision.binding == "rate" and base and base % 2 == 1 else decision


def odd_contracts_trimmed(decision: Decision, claim: Claim) -> Decision:
    return more(decision, -1) if claim.facts["contract_amount"] % 2 else decision


def a_cap_told_wrong(decision: Decision, claim: Claim) -> Decision:
    if decision.way is None or not decision.way.limits:
        return decision
    (name, left), *rest = decision.way.limits
    return decision._replace(way=decision.way._replace(limits=((name, left + 1), *rest)))


CHECKS: list[tuple[Callable[[Claim, Decide], bool], Callable[[Decision, Claim], Decision]]] = [
    (within_every_limit, a_cap_forgotten),
    (no_more_than_its_share, half_a_fen_rounded_up),
    (grows_with_the_contract, odd_contracts_trimmed),
    (told_again, a_cap_told_wrong),
    (told_again, a_cap_forgotten),
]


@pytest.mark.parametrize(("check", "fault"), CHECKS)
def test_a_planted_fault_is_found(check: Any, fault: Any) -> None:
    with pytest.raises(NoSuchExample):
        find(claims(PACKS), lambda claim: not check(claim, decide), settings=settings(LOOK, max_examples=50))
    assert find(claims(PACKS), lambda claim: not check(claim, altered(fault)), settings=LOOK)


def test_a_plain_path_that_looks_at_one_reading_only_is_found() -> None:
    def hasty(program: Any, witness: Any) -> Any:
        answers, one = plain_way(program, witness)
        if answers is not None:
            return answers, one
        readings = {name: next(iter(values.values()), None) for name, values in program.readings.items()}
        tiers = program.tier(witness.values, readings)
        if len(tiers) != 1 or any(judge(witness.values, readings) is not True for judge in program.judges):
            return None, None
        return program.passed, program.amounts(tiers[0], *witness[:3], readings)

    def violated(claim: Claim) -> bool:
        return claim.facts["contract_amount"] is not None and not one_way_is_every_way(claim, hasty)

    assert find(shenzhen_claims(), violated, settings=LOOK)


def test_a_cap_that_counts_others_is_found() -> None:
    def faulty(by: Policy, facts: dict[str, Any], position: Position) -> Decision:
        spent = 50_000_000_000 - (position.left or 0)
        return decide(by, facts, position._replace(used=(spent,)))

    assert find(rounds(), lambda one: not others_change_nothing(one, faulty), settings=LOOK)


def test_days_are_chosen_so_that_startups_and_others_both_occur() -> None:
    tiers = {
        decide(
            SETTLED, {**USUAL, "founded_on": day, "signed_on": date(2026, 4, 1)}, Position((0,), 10**12)
        ).tier
        for day in (date(2025, 4, 1), date(2025, 4, 1) + timedelta(days=1))
    }
    assert tiers == {"startup", "general"}
