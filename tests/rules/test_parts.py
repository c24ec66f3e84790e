"""The parts of a pack are values: equal by what they say, and never changed."""

import dataclasses

import pytest

from rules import parts
from rules.parts import Budget, Cap, Source

KINDS = [kind for kind in vars(parts).values() if dataclasses.is_dataclass(kind) and isinstance(kind, type)]
HERE = Source("某规〔2026〕1号", "第1条", "A")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_part_is_frozen_and_says_what_it_is(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}("), "a docstring of its own"


def test_equal_parts_are_one_value() -> None:
    cap = Cap("most", "上限", "cap", HERE, 100, ("year",))
    assert cap == Cap("most", "上限", "cap", HERE, 100, ("year",))
    assert cap != dataclasses.replace(cap, limit=101)
    assert hash(cap) == hash(dataclasses.replace(cap))
    with pytest.raises(dataclasses.FrozenInstanceError):
        cap.limit = 5  # type: ignore[misc]


def test_what_a_pack_does_not_say_is_the_stricter_or_the_plainer() -> None:
    cap = Cap("most", "", "", HERE, 100)
    assert (cap.per, cap.counts, cap.overrun_limit) == ((), "award", None)
    budget = Budget("budget", "", "", HERE, 100, "scheme")
    assert (budget.per, budget.order, budget.carry_over) == ("year", "first_come", False)
    assert parts.Rounding().mode == "down"
    assert parts.Base().smallest_of == ("contract_amount",)
