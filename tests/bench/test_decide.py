"""The measure of one decision: both sides decide alike, down to the witness."""

from bench.decide import by_hand, cases, policy, rows, same
from rules.decide import decide


def test_the_loop_by_hand_decides_every_case_alike() -> None:
    by = policy()
    sent_on = []

    def long_way(facts, position):  # type: ignore[no-untyped-def]
        sent_on.append(facts)
        return decide(by, facts, position)

    hand = by_hand(long_way)
    listed = cases(2_000)
    outcomes = [(decide(by, *case), hand(*case)) for case in listed]
    assert all(same(one, other) for one, other in outcomes)
    assert {one.status for one, _ in outcomes} == {"awarded", "refused", "blocked"}
    assert {one.tier for one, _ in outcomes} >= {"startup", "general"}
    assert len(sent_on) < len(listed) // 20, "the loop decides nearly everything itself"


def test_it_answers_its_rows() -> None:
    assert [row["name"] for row in rows(300, rounds=1)] == ["decide", "decide_again_and_tell"]
