"""What counted as used of a cap, told apart to the fen."""

import pytest

from casework.rulebook.counted_of_cap import Counted, before


@pytest.mark.parametrize(
    "used, counted, told",
    [
        (0, None, ()),
        (500, None, (("used", 500),)),
        (500, Counted(200), (("used", 300), ("held", 200))),
        (500, Counted(200, 300), (("held", 200), ("asked", 300))),
        (500, Counted(0, 120), (("used", 380), ("asked", 120))),
        (500, Counted(900, 900), (("held", 500),)),
    ],
)
def test_the_parts_sum_to_what_counted(
    used: int, counted: Counted | None, told: tuple[tuple[str, int], ...]
) -> None:
    found = before(used, counted)
    assert found.parts == told and sum(found) == used
    assert found.is_awarded == all(name == "used" for name, _ in told)


def test_a_sum_is_named_by_its_parts_and_what_was_declared_was_awarded() -> None:
    held = before(500, Counted(500))
    assert held.called(0) == "为待定申请预留的额度"
    assert held.called(1) == "此前已获核定额度、为待定申请预留的额度"
    assert before(500, Counted(100, 100)).called(0) == (
        "此前已获核定额度、为待定申请预留的额度、同批其他申请计入的额度"
    )
