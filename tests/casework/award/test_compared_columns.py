"""The columns that replay compares: one for each name, texts joined as decisions keep them."""

from casework.award.compared_columns import COMPARED, NO_PACK, columns_of
from rules.decide import decide
from rules.position import Position
from tests.rules.round_packs import cases, policy


def test_a_decision_of_the_rules_as_its_columns() -> None:
    (facts,) = cases(800)
    answer = decide(policy('exceeded = "rest"'), facts, Position((0,), 500))
    told = dict(zip(COMPARED, columns_of(answer), strict=True))
    assert (told["status"], told["binding"]) == ("awarded", "budget")
    assert (told["award_fen"], told["holds_fen"]) == (500, 500)
    assert (told["computed"], told["computed_fen"], told["used"], told["left_fen"]) == ("800", 800, "0", 500)


def test_readings_and_alternatives_are_joined() -> None:
    (facts,) = cases(800)
    answer = decide(policy('exceeded = "rest"', rate='{ unset = "rate" }'), facts, Position((0,), 10_000))
    told = dict(zip(COMPARED, columns_of(answer), strict=True))
    assert (told["readings"], told["reasons"]) == ("rate=50:400;rate=100:800", "rate")
    assert told["award_fen"] is None
    assert (told["computed"], told["computed_fen"], told["holds_fen"]) == ("400;800", None, 800)


def test_a_case_without_a_pack_has_nothing_but_its_status_and_reason() -> None:
    told = {name: value for name, value in zip(COMPARED, NO_PACK, strict=True) if value}
    assert told == {"status": "blocked", "reasons": "no_pack"}
