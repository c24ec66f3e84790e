"""What falls on each funder: exact at every step, whatever is taken and given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.money.funder_parts import parts_of, taken

HELD = st.dictionaries(st.sampled_from(["city", "district", "province", "state"]), st.integers(0, 10**13))


def test_the_parts_as_a_decision_keeps_them() -> None:
    assert parts_of("") is None
    assert parts_of("province:133333334;city:66666666") == {"province": 133_333_334, "city": 66_666_666}


def test_a_fen_more_goes_to_the_largest_remainder_and_then_the_first() -> None:
    assert taken({"city": 600, "district": 400}, 333) == {"city": 200, "district": 133}
    assert taken({"a": 1, "b": 1, "c": 1}, 2) == {"a": 1, "b": 1, "c": 0}
    assert taken({"a": 7, "b": 0}, 0) == {"a": 0, "b": 0}
    assert taken({}, 0) == {}


@pytest.mark.parametrize(("held", "fen"), [({"a": 5}, 6), ({"a": 5}, -1), ({"a": 5, "b": -1}, 3)])
def test_more_than_stands_there_is_a_bug(held: dict[str | None, int], fen: int) -> None:
    with pytest.raises(ValueError, match="no more"):
        taken(held, fen)


@given(HELD, st.lists(st.integers(0, 10**6), max_size=8))
def test_nobody_falls_below_zero_and_all_parts_make_the_whole(
    held: dict[str | None, int], shares: list[int]
) -> None:
    stands = dict(held)
    for share in shares:
        whole = sum(stands.values())
        fen = whole * share // 10**6
        parts = taken(stands, fen)
        assert sum(parts.values()) == fen
        for name in stands:
            exact = fen * stands[name]
            assert whole == 0 or abs(parts[name] * whole - exact) < whole, "within a fen of the fair part"
            stands[name] -= parts[name]
        assert min(stands.values(), default=0) >= 0
    assert taken(stands, sum(stands.values())) == stands
