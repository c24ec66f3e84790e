"""What a blocked case keeps back of the money, and rounds whose rank is unset."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.decide import decide_witness
from rules.policy import Policy, Supplement
from rules.round import AsOnce, decide_round
from rules.witness import decode, encode
from tests.rules.desk import facts, small

OPEN_RATE = """
[[unset]]
id = "rate"
type = "rate"
title = "比例"
reading = [{ id = "30", value = "0.3", source = "x" }, { id = "50", value = "0.5", source = "y" }]

[[tier]]
id = "odd"
when = { fact = "related_party", is = "yes" }
priority = 1
rate = { unset = "rate" }
article = "第2条"
"""


@pytest.mark.parametrize(("order", "keys"), [
    ("first_come", 'exceeded = "rest"'),
    ("ranked", 'rank_by = [{ fact = "contract_amount", descending = true }]\nunfit = "rest"'),
    ("pro_rata", 'residual = "left_over"'),
])  # fmt: skip
@pytest.mark.parametrize(("blocked", "left_for_the_next"), [("hold", 500), ("ignore", 1_000)])
def test_a_blocked_case_keeps_money_back_unless_the_pack_says_otherwise(
    order: str, keys: str, blocked: str, left_for_the_next: int
) -> None:
    budget = (
        f'\n[budget]\namount = "10.00"\norder = "{order}"\n{keys}\nblocked = "{blocked}"\narticle = "b"\n'
    )
    policy = small(OPEN_RATE + budget)
    first, second = decide_round(
        policy, [facts(contract_amount=1_000, related_party=True), facts(contract_amount=2_000)], left=1_000
    )
    if order == "ranked":  # the larger comes first and takes all
        assert (second.award_fen, first.status) == (1_000, "refused")
        return
    assert (first.status, first.holds_fen) == ("blocked", 0 if blocked == "ignore" else first.holds_fen)
    want = left_for_the_next if order == "first_come" else (1_000 if blocked == "ignore" else 666)
    assert second.award_fen == want
    assert decide_witness(policy, decode(policy, encode(first.witness))) == first


BY_PROJECT = """
[[fact]]
id = "project_no"
type = "text"
{known}
[[cap]]
id = "project"
limit = "30.00"
per = ["project_no"]
article = "c"

[budget]
amount = "100.00"
order = "{order}"
{keys}
{blocked}
article = "b"
"""


@pytest.mark.parametrize("known", ["", "known = true"])
@pytest.mark.parametrize(("order", "keys"), [
    ("first_come", 'exceeded = "rest"'),
    ("ranked", 'rank_by = [{ fact = "contract_amount", descending = true }]\nunfit = "rest"'),
])  # fmt: skip
@pytest.mark.parametrize(
    ("blocked", "held"), [('blocked = "hold"', 3_000), ('blocked = "ignore"', 0), ("", 0)]
)
def test_a_case_whose_counter_is_not_known_holds_what_it_may_be_owed(
    order: str, keys: str, known: str, blocked: str, held: int
) -> None:
    """Half of 80.00 is 40.00, and no project gets more than 30.00: so much may the first case be owed, though
    it is not known which project it is."""
    policy = small(BY_PROJECT.format(order=order, keys=keys, known=known, blocked=blocked))
    first, second = decide_round(
        policy,
        [facts(contract_amount=8_000), facts(contract_amount=7_000, project_no="P-2")],
        {policy.cap_keys(facts(project_no=""))[0]: 2_999},
        left=5_000,
    )
    assert (first.status, first.reasons, first.holds_fen) == ("blocked", ("project_no",), held)
    assert second.award_fen == min(3_000, 5_000 - held)
    assert decide_witness(policy, decode(policy, encode(first.witness))) == first


RANK = """
[[fact]]
id = "score"
type = "integer"

[[unset]]
id = "by"
type = "fact"
title = "先后次序"
reading = [{ id = "score", source = "x" }, { id = "contract_amount", source = "y" }]

[budget]
amount = "10.00"
order = "ranked"
rank_by = [{ fact = { unset = "by" }, descending = true }]
unfit = "next"
article = "b"
"""


def test_what_comes_out_alike_under_each_rank_stands_and_the_rest_is_shown_side_by_side() -> None:
    policy = small(RANK)
    cases = [
        facts(contract_amount=1_000, score=9),
        facts(contract_amount=2_000, score=1),
        facts(contract_amount=200, score=5, related_party=None),
    ]
    first, second, third = decide_round(policy, cases, left=1_000)
    assert [one.status for one in (first, second, third)] == ["blocked"] * 3
    assert first.readings == (("by=score", 500), ("by=contract_amount", 0))
    assert second.readings == (("by=score", 0), ("by=contract_amount", 1_000))
    assert first.reasons == second.reasons == ("by",)
    assert [one.holds_fen for one in (first, second, third)] == [500, 500, 0], "together what is left"
    for one in (first, second, third):
        assert decide_witness(policy, decode(policy, encode(one.witness))) == one
    alone = decide_round(policy, cases[:1], left=1_000)
    assert alone[0].award_fen == 500


def test_what_one_rank_refuses_and_another_leaves_open_is_not_refused() -> None:
    """By amount the case comes last and gets nothing; by its score, which is not known, nobody can tell."""
    swapped = RANK.replace(
        '[{ id = "score", source = "x" }, { id = "contract_amount", source = "y" }]',
        '[{ id = "contract_amount", source = "x" }, { id = "score", source = "y" }]',
    )
    policy = small(swapped.replace('unfit = "next"', 'unfit = "next"\nblocked = "ignore"'))
    cases = [facts(contract_amount=2_000, score=5), facts(contract_amount=200, score=None)]
    first, second = decide_round(policy, cases, left=1_000)
    assert first.award_fen == 1_000
    assert (second.status, second.holds_fen) == ("blocked", 0)
    assert "by" in second.reasons
    assert decide_witness(policy, decode(policy, encode(second.witness))) == second


@given(
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 5)), min_size=1, max_size=7),
    st.integers(0, 4_000),
)
def test_under_an_unset_rank_no_more_is_promised_than_there_is(
    rows: list[tuple[int, int]], left: int
) -> None:
    policy = small(RANK)
    decisions = decide_round(
        policy, [facts(contract_amount=fen, score=score) for fen, score in rows], left=left
    )
    assert sum(one.holds_fen for one in decisions) <= left
    for value in ("score", "contract_amount"):
        settled = Policy(policy.pack, [Supplement(policy.pack.id, "by", value, date(2026, 1, 1), None, "x")])
        later = decide_round(
            settled, [facts(contract_amount=fen, score=score) for fen, score in rows], left=left
        )
        for one, then in zip(decisions, later, strict=True):
            if one.status == "awarded":
                assert then.award_fen == one.award_fen


TWO_LIMITS = """
[[condition]]
id = "kind"
fact = "applicant_kind"
is = "enterprise"
article = "第1条"

[[tier]]
id = "odd"
when = { fact = "related_party", is = "yes" }
priority = 1
rate = "0.5"
article = "第2条"

[[cap]]
id = "odd_limit"
limit = "10.00"
per = ["applicant"]
tiers = ["odd"]
article = "第3条"

[budget]
amount = "100.00"
exceeded = "rest"
blocked = "hold"
article = "第4条"
"""


def test_what_is_held_counts_against_no_tier_that_the_case_can_t_be_of() -> None:
    """Its kind is not known, but that it is no odd one is: the odd ones' limit is whole."""
    policy = small(TWO_LIMITS)
    waiting = facts(contract_amount=1_600, related_party=False, applicant_kind=None)
    odd = facts(contract_amount=2_000, related_party=True)
    first, second = decide_round(policy, [waiting, odd], left=10_000)
    assert (first.status, first.tier, first.holds_fen) == ("blocked", "", 800)
    assert (second.award_fen, second.binding) == (1_000, "rate")
    once = decide_round(policy, [waiting, odd], left=10_000, as_once=AsOnce(every_counter=True))
    assert once[1].award_fen == 200


def test_what_is_held_counts_against_each_tier_that_the_case_may_be_of() -> None:
    """Nobody knows whether it is an odd one: what it may be owed stays free for it under their limit, too."""
    policy = small(TWO_LIMITS)
    waiting = facts(contract_amount=1_600, related_party=None, applicant_kind=None)
    odd = facts(contract_amount=2_000, related_party=True)
    first, second = decide_round(policy, [waiting, odd], left=10_000)
    assert (first.holds_fen, second.award_fen, second.binding) == (800, 200, "odd_limit")
