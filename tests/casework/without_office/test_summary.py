"""What a calculation tells beside its rows."""

from collections import Counter

from casework.without_office.summary import Summary


def test_what_there_is_nothing_to_say_of_is_not_said() -> None:
    assert set(Summary(by_code=Counter()).as_json()) == {
        "rows", "awarded", "refused", "blocked", "unreadable", "award", "seconds",
    }  # fmt: skip


def test_amounts_without_a_unit_are_named() -> None:
    assert Summary(unit_unsaid=("其他财政资金",)).as_json()["unit_unsaid"] == ["其他财政资金"]
