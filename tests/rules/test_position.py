"""Positions: what was used and what is left, in this order wherever they are kept."""

from rules.position import Position


def test_a_position_is_used_and_left() -> None:
    assert Position((1, 2), None) == ((1, 2), None)
    assert Position((), 0).left == 0
