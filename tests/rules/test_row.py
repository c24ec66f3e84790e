"""The row of values of a case: defaults, what is blank, and what no rule can use."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.facts import STANDARD, Fact, fits
from rules.row import MOST, Row
from tests.rules.desk import USUAL, facts

NAMES = ("applied_at", "applicant_kind", "leased_in_year", "related_party", "founded_on", "other_support")


def row() -> Row:
    return Row(STANDARD, NAMES)


def test_a_fact_that_stands_in_for_another_is_in_the_row_too() -> None:
    assert row().names == (*NAMES, "contract_amount")
    assert [name for name, _ in zip(row().names, row().facts, strict=True)] == [
        fact.id for fact in row().facts
    ]


def test_the_quick_way_takes_what_the_careful_one_takes() -> None:
    one = row()
    for changes in ({}, {"leased_in_year": "1"}, {"applied_at": date(2026, 5, 6)}, {"applicant_kind": ""}):
        for _ in range(2):
            assert one.take(facts(**changes)) == (one.values(facts(**changes)), ())


VALUES = st.sampled_from(
    [
        None, "", "enterprise", 0, 1, -1, MOST, MOST + 1, True, False, 1.5, b"", date(2026, 5, 6),
        datetime(2026, 5, 6), datetime(2026, 5, 6, tzinfo=UTC), datetime(2026, 5, 6, 23, 59),
    ]
)  # fmt: skip


@given(
    st.lists(st.dictionaries(st.sampled_from((*NAMES, "contract_amount")), VALUES), min_size=1, max_size=4)
)
def test_whatever_came_before_a_row_is_taken_with_the_same_care(cases: list[dict[str, Any]]) -> None:
    one = row()
    for case in [USUAL, *cases, USUAL]:
        values, unusable = one.take(case)
        assert values == row().values(case)
        assert [type(value) for value in values] == [type(value) for value in row().values(case)]
        assert unusable == one.unusable(values) == expected(one, values)


def expected(one: Row, values: tuple[Any, ...]) -> tuple[str, ...]:
    """What can't be used, one value at a time."""
    return tuple(
        fact.id
        for fact, value in zip(one.facts, values, strict=True)
        if not fits(fact, value) or (type(value) is int and value > MOST)
    )


def test_kinds_of_rows_without_end_do_not_fill_the_memory() -> None:
    one = Row({"x": Fact("x", "integer")}, ("x",))
    kinds = [type(f"Int{number}", (int,), {}) for number in range(1_200)]
    assert all(one.take({"x": kind(5)}) == ((5,), ()) for kind in kinds)
    assert len(one._plans) == 1_000


def test_days_and_moments_are_found_for_reading_them_again() -> None:
    assert [(row().names[at], read("2026-05-06")) for at, read in row().days] == [
        ("applied_at", datetime(2026, 5, 6)),
        ("founded_on", date(2026, 5, 6)),
    ]
