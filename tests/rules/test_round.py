"""A round as a whole: ranked, pro rata, first come, to the fen and with its ties."""

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import round as rounds
from rules.decide import Decision, decide_witness
from rules.explain import explain
from rules.facts import Facts
from rules.pack import load
from rules.policy import Policy
from rules.round import AsOnce, decide_round, groups, scenario, turns
from rules.shares import Sharing, shares
from rules.witness import decode, encode
from tests.rules.round_packs import FLOOR, PRO_RATA, RANKED, cases, pack_text, policy, pro_rata, ranked


def awards(decisions: Sequence[Decision]) -> list[int]:
    return [one.award_fen or 0 for one in decisions]


def again(given: Policy, decisions: Sequence[Decision]) -> list[int]:
    """The awards as their witnesses tell them."""
    return awards([decide_witness(given, one.witness) for one in decisions])


# -- ranked ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unfit", "expected"),
    [("next", [0, 300, 700, 0]), ("stop", [0, 0, 700, 0]), ("rest", [0, 0, 700, 300])],
)
def test_the_best_score_comes_first_and_the_pack_says_what_follows_a_case_that_does_not_fit(
    unfit: str, expected: list[int]
) -> None:
    given_policy = ranked(unfit)
    found = decide_round(given_policy, cases(100_00, 300, 700, 400, scores=(0, 1, 3, 2)), left=1000)
    assert awards(found) == expected
    assert again(given_policy, found) == expected
    assert [one.status for one in found] == ["awarded" if award else "refused" for award in expected]


def test_equal_scores_are_settled_by_arrival() -> None:
    found = decide_round(ranked(), cases(600, 600, 600, scores=(5, 5, 5)), left=1200)
    assert awards(found) == [600, 600, 0]


def test_ranked_cases_share_an_applicants_cap_in_their_rank() -> None:
    given_policy = ranked(cap="5.00")
    found = decide_round(given_policy, cases(400, 400, scores=(1, 2), applicants=("a", "a")), left=10_000)
    assert awards(found) == [100, 400]


def test_a_case_blocked_by_a_reading_holds_its_largest_at_its_rank() -> None:
    given_policy = ranked(rate='{ unset = "rate" }')
    came = cases(500, 1000, scores=(1, 2))
    found = decide_round(given_policy, came, left=1300)
    assert [(one.status, one.holds_fen) for one in found] == [("blocked", 250), ("blocked", 1000)]
    free = decide_round(given_policy, came, left=1300, hold=False)
    assert [one.holds_fen for one in free] == [500, 1000]


def test_a_case_without_the_fact_that_ranks_it_is_blocked_and_holds_before_all() -> None:
    found = decide_round(ranked(), cases(700, 700, scores=(9, None)), left=1000)
    assert (found[1].status, found[1].reasons, found[1].holds_fen) == ("blocked", ("score",), 700)
    assert awards(found) == [0, 0]


def test_a_blank_that_something_stands_in_for_has_its_rank() -> None:
    """A score that is not said counts as 0 where the pack says so: the case is ranked, not blocked."""
    text = pack_text(RANKED.format(unfit="next"), cap="7.00").replace(
        'title = "评分"', 'title = "评分"\ndefault = 0'
    )
    given_policy = Policy(load(text))
    came = cases(700, 700, 300, scores=(None, 3, None), applicants=("a", "a", "b"))
    found = decide_round(given_policy, came, left=1000)
    assert [(one.status, one.award_fen) for one in found] == [
        ("refused", None),
        ("awarded", 700),
        ("awarded", 300),
    ]
    assert turns(given_policy, came) == [1, 0, 2]
    filled = [
        dict(zip(given_policy.program.names, one.witness.values, strict=True)) for one in found
    ]  # as they are decided again from what was stored
    assert decide_round(given_policy, filled, left=1000) == found


# -- pro rata --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("residual", "expected"),
    [("largest_remainder", [34, 33, 33]), ("largest", [34, 33, 33]), ("left_over", [33, 33, 33])],
)
def test_equal_requests_share_and_the_odd_fen_goes_where_the_pack_says(
    residual: str, expected: list[int]
) -> None:
    given_policy = pro_rata(residual)
    found = decide_round(given_policy, cases(50, 50, 50), left=100)
    assert awards(found) == expected
    assert again(given_policy, found) == expected


def test_the_residual_goes_by_remainder_or_to_the_largest() -> None:
    # 100 of 3 + 5 + 7 hundred: 20.00, 33.33…, 46.66…
    assert shares([300, 500, 700], 100, Sharing(1, "largest_remainder")) == [20, 33, 47]
    assert shares([700, 500, 300], 101, Sharing(1, "largest")) == [48, 33, 20]
    assert shares([300, 500, 700], 100, Sharing(1, "left_over")) == [20, 33, 46]


def test_shares_are_whole_units_and_what_is_less_than_a_unit_stays() -> None:
    assert shares([1000, 1000, 1000], 2050, Sharing(100, "largest_remainder")) == [700, 700, 600]
    assert shares([1000, 1000, 1000], 2050, Sharing(100, "largest")) == [800, 600, 600]
    assert shares([1000, 1000, 1000], 2050, Sharing(100, "left_over")) == [600, 600, 600]


def test_where_there_is_enough_nothing_is_cut_or_rounded() -> None:
    found = decide_round(pro_rata(unit="1.00"), cases(123, 456), left=579)
    assert awards(found) == [123, 456]
    assert {one.binding for one in found} == {"rate"}
    assert awards(decide_round(pro_rata(unit="1.00"), cases(123, 456), left=578)) == [100, 400]


def test_pro_rata_goes_by_what_the_caps_leave() -> None:
    given_policy = pro_rata(cap="6.00")
    found = decide_round(given_policy, cases(500, 500, 600, applicants=("a", "a", "b")), used={}, left=600)
    # a asks 5 and the 1 its cap still leaves, b asks 6: half of everything
    assert awards(found) == [250, 50, 300]


def test_a_pro_rata_case_blocked_by_a_reading_holds_its_share_of_the_largest() -> None:
    given_policy = pro_rata(rate='{ unset = "rate" }', more="")
    found = decide_round(given_policy, cases(1000, 1000), left=1000)
    assert [(one.status, one.holds_fen) for one in found] == [("blocked", 500), ("blocked", 500)]
    assert found[0].readings == (("rate=50", 500), ("rate=100", 1000))


def test_a_least_award_leaves_the_smallest_out_and_what_it_asked_for_is_shared_again() -> None:
    given_policy = pro_rata(more=FLOOR.format(least="3.00"))
    found = decide_round(given_policy, cases(400, 1000, 1000), left=1200)
    assert awards(found) == [0, 600, 600]  # 2.00 would be too little; the rest halve
    assert found[0].reasons == ("least_award",)
    equal = decide_round(given_policy, cases(400, 400, 400), left=700)
    assert awards(equal) == [350, 350, 0]  # of equal ones the latest goes


def test_a_blocked_case_that_the_floor_leaves_out_holds_nothing() -> None:
    given_policy = pro_rata(rate='{ unset = "rate" }', more=FLOOR.format(least="3.00"))
    found = decide_round(given_policy, cases(400, 1000, 1000), left=1200)
    assert [(one.status, one.holds_fen) for one in found] == [
        ("blocked", 0),
        ("blocked", 600),
        ("blocked", 600),
    ]
    once = decide_round(given_policy, cases(400, 1000, 1000), left=1200, as_once=AsOnce(out_holds=True))
    assert [one.holds_fen for one in once] == [299, 600, 600]  # more than there is


def test_a_case_refused_before_any_share_is_refused_for_what_refused_it() -> None:
    """It asks for nothing of the budget, so that it is no budget that did not reach for it."""
    given_policy = pro_rata(more=FLOOR.format(least="3.00"))
    found = decide_round(given_policy, cases(299, 1000), left=100_000)
    assert [(one.award_fen, one.binding) for one in found] == [(None, "least_award"), (1000, "rate")]
    assert found[0].reasons == ("least_award",)
    assert decide_witness(given_policy, decode(given_policy, encode(found[0].witness))) == found[0]
    once = decide_round(given_policy, cases(299, 1000), left=100_000, as_once=AsOnce(cut_refused=True))
    assert (once[0].reasons, once[1]) == (("budget",), found[1])


ROUNDED = '\n[[rounding]]\nwhere = "end"\nunit = "1.00"\nmode = "half_up"\narticle = "七"\n'


def test_a_share_that_was_not_cut_is_not_told_as_the_budget_s() -> None:
    """What the rounding at the end makes of it is no share rounded up."""
    text = PRO_RATA.format(residual="left_over", unit="10.00") + "\nabove_request = true"
    given_policy = policy(text, more=ROUNDED)
    (one,) = decide_round(given_policy, cases(15_980), left=1_000_000)
    assert (one.award_fen, one.binding) == (16_000, "rate")
    raised = policy(text, more=FLOOR.format(least="160.00").replace('"refuse"', '"raise"'))
    (lifted,) = decide_round(raised, cases(15_980), left=1_000_000)
    assert (lifted.award_fen, lifted.binding) == (16_000, "least_award")
    cut = decide_round(given_policy, cases(15_980, 15_980), left=31_999)
    assert [(each.award_fen, each.binding) for each in cut] == [(15_000, "budget"), (15_000, "budget")]


REQUESTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=12)


@given(
    REQUESTS, st.integers(0, 10**7), st.sampled_from([1, 7, 100]), st.sampled_from(sorted(rounds.EXCEEDED))
)
@settings(max_examples=60, deadline=None)
def test_ranked_awards_never_exceed_what_is_left(amounts: list[int], left: int, cap: int, unfit: str) -> None:
    found = decide_round(ranked(unfit), cases(*amounts, scores=tuple(a % 3 for a in amounts)), left=left)
    assert sum(awards(found)) <= left


def problem_with(requests: list[int], left: int, unit: int, residual: str, parts: list[int]) -> str:
    """What is wrong with the shares; empty where nothing is."""
    total, given_out = sum(requests), sum(parts)
    if any(part < 0 or part > request for part, request in zip(parts, requests, strict=True)):
        return "above its request"
    if total <= left:
        return "" if parts == requests else "cut without need"
    if given_out > left:
        return "more than there is"
    down = [request * left // total // unit * unit for request in requests]
    more = [part - low for part, low in zip(parts, down, strict=True)]
    if any(extra < 0 or extra % unit for extra in more):
        return "not its share"
    remaining = left - sum(down)
    if residual == "left_over":
        return "not left over" if any(more) else ""
    room = [
        min(request - low, unit if residual == "largest_remainder" else request) // unit
        for request, low in zip(requests, down, strict=True)
    ]
    if sum(more) // unit != min(remaining // unit, sum(room)):
        return "units left lying"
    if residual == "largest_remainder":
        owed = [request * left - low * total for request, low in zip(requests, down, strict=True)]
        got = [owed[at] for at, extra in enumerate(more) if extra]
        lost = [owed[at] for at, extra in enumerate(more) if not extra and room[at]]
        return "not by remainder" if got and lost and min(got) < max(lost) else ""
    order = sorted(range(len(requests)), key=lambda at: (-requests[at], at))
    short = [at for at in order if more[at] < room[at] * unit]
    return (
        "not to the largest" if short and any(more[at] for at in order[order.index(short[0]) + 1 :]) else ""
    )


@given(
    REQUESTS,
    st.integers(0, 10**7),
    st.sampled_from([1, 7, 100]),
    st.sampled_from(["largest_remainder", "largest", "left_over"]),
)
@settings(max_examples=300, deadline=None)
def test_shares_are_whole_placed_as_said_and_never_more_than_there_is(
    requests: list[int], left: int, unit: int, residual: str
) -> None:
    assert problem_with(requests, left, unit, residual, shares(requests, left, Sharing(unit, residual))) == ""


@pytest.mark.parametrize(
    ("requests", "left", "residual", "faulty", "problem"),
    [
        ([50, 50, 50], 100, "largest_remainder", [33, 33, 33], "units left lying"),
        ([50, 50, 50], 100, "left_over", [34, 33, 33], "not left over"),
        ([300, 500, 700], 100, "largest_remainder", [21, 33, 46], "not by remainder"),
        ([700, 500, 300], 101, "largest", [47, 34, 20], "not to the largest"),
        ([50, 50], 60, "largest", [60, 0], "above its request"),
        ([50, 50], 60, "largest", [31, 30], "more than there is"),
        ([50, 50], 100, "largest", [50, 49], "cut without need"),
    ],
)
def test_the_judge_of_shares_finds_planted_faults(
    requests: list[int], left: int, residual: str, faulty: list[int], problem: str
) -> None:
    assert problem_with(requests, left, 1, residual, faulty) == problem


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=8, unique=True), st.integers(0, 10**6), st.randoms()
)
@settings(max_examples=100, deadline=None)
def test_pro_rata_does_not_ask_who_came_first(amounts: list[int], left: int, chance: object) -> None:
    given_policy = pro_rata("left_over")
    came = cases(*amounts)
    shuffled = list(came)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    by_case = {
        str(facts["case"]): award
        for facts, award in zip(
            shuffled, awards(decide_round(given_policy, shuffled, left=left)), strict=True
        )
    }
    straight = awards(decide_round(given_policy, came, left=left))
    assert [by_case[str(facts["case"])] for facts in came] == straight


# -- first come, and the three side by side --------------------------------------------------------------


def test_first_come_decides_one_by_one() -> None:
    found = decide_round(policy('exceeded = "rest"'), cases(700, 700, 700), left=1000)
    assert awards(found) == [700, 300, 0]
    stopped = decide_round(policy('exceeded = "stop"'), cases(700, 700, 300), left=1000)
    assert awards(stopped) == [700, 0, 0]


def test_the_scenario_shows_the_three_orders_side_by_side() -> None:
    shown = scenario(policy('exceeded = "rest"'), cases(700, 500, 300, scores=(1, 2, 3)), left=1000)
    assert awards(shown.first_come) == [700, 300, 0]
    assert awards(shown.ranked) == [700, 0, 300]  # the largest contract first, the next that fits
    assert awards(shown.pro_rata) == [467, 333, 200]
    assert shown.totals() == {"first_come": 1000, "ranked": 1000, "pro_rata": 1000}
    by_score = scenario(ranked("rest"), cases(700, 500, 300, scores=(1, 2, 3)), left=1000)
    assert awards(by_score.ranked) == [200, 500, 300]


def test_a_scenario_takes_the_place_of_a_budget_left_unset() -> None:
    exceeded = 'exceeded = { unset = "budget_exceeded" }'
    readings = """
[[unset]]
id = "budget_exceeded"
title = "不足时"
reading = [{ id = "rest", source = "一种读法" }, { id = "nothing", source = "另一种读法" }]
"""
    shown = scenario(policy(exceeded, more=readings), cases(700, 700), left=1000)
    assert [one.status for one in shown.first_come] == ["awarded", "blocked"]
    assert awards(shown.pro_rata) == [500, 500]


@pytest.mark.parametrize(
    ("together", "facts"),
    [
        (pro_rata(), cases(80_000_000, 70_000_000)),
        (pro_rata(rate='{ unset = "rate" }'), cases(80_000_000, 70_000_000)),
        (ranked(), cases(80_000_000, 70_000_000, 30_000_000, scores=(1, None, 3))),
        (ranked(rate='{ unset = "rate" }'), cases(80_000_000, 70_000_000, scores=(1, None))),
        (ranked("rest"), cases(80_000_000, 70_000_000, scores=(1, 2))),
    ],
)
def test_every_decision_of_a_round_follows_again_from_its_stored_witness(
    together: Policy, facts: list[Facts]
) -> None:
    for one in decide_round(together, facts, left=100_000_000):
        stored = encode(one.witness)
        again = decide_witness(together, decode(together, stored))
        assert again == one
        assert explain(together, again.witness) == explain(together, one.witness, one)


def test_cases_of_one_budget_and_policy_are_decided_together_and_any_other_by_itself() -> None:
    first, whole = policy('exceeded = "rest"'), ranked()
    this: Facts = {"applied_at": datetime(2026, 5, 6)}
    last: Facts = {"applied_at": datetime(2025, 5, 6)}
    policies = (whole, first, None, whole, whole, first, None)
    came = list(zip(policies, (this, this, this, last, this, this, this), strict=True))
    assert groups(came) == [[0, 4], [1], [2], [3], [5], [6]]
    assert groups(came, every=True) == [[0, 4], [1, 5], [2], [3], [6]]
    assert [one.decided_together for one in (first, whole, pro_rata())] == [False, True, True]
