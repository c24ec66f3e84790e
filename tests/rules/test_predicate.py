"""Tests on facts: yes, no, or can't be told."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.facts import STANDARD
from rules.faults import Reader, Unset
from rules.predicate import (
    Asked,
    FactRef,
    Predicate,
    compile_predicate,
    missing_facts,
    shown,
    taken,
)
from rules.predicate_text import read_predicate

NAMES = (
    "applied_at",
    "founded_on",
    "signed_on",
    "contract_amount",
    "leased_in_year",
    "related_party",
    "applicant_kind",
)
INDEX = {name: at for at, name in enumerate(NAMES)}


def read(table: dict[str, Any]) -> Predicate:
    reader = Reader({})
    found = read_predicate(reader, table, (), STANDARD)
    assert found is not None and not reader.faults, reader.faults
    return found


def answer(table: dict[str, Any], readings: dict[str, Any] | None = None, **facts: Any) -> bool | None:
    values = tuple(facts.get(name) for name in NAMES)
    return compile_predicate(read(table), INDEX)(values, readings or {})


@pytest.mark.parametrize(
    ("table", "fen", "expected"),
    [
        ({"at_least": "1.00"}, 99, False),
        ({"at_least": "1.00"}, 100, True),
        ({"above": "1.00"}, 100, False),
        ({"above": "1.00"}, 101, True),
        ({"at_most": "1.00"}, 100, True),
        ({"at_most": "1.00"}, 101, False),
        ({"below": "1.00"}, 99, True),
        ({"below": "1.00"}, 100, False),
        ({"is": "1.00"}, 100, True),
        ({"at_least": "1.00"}, None, None),
        ({"given": True}, None, False),
        ({"given": True}, 0, True),
        ({"given": False}, None, True),
    ],
)
def test_amounts_are_compared_to_the_fen(
    table: dict[str, Any], fen: int | None, expected: bool | None
) -> None:
    assert answer({"fact": "contract_amount", **table}, contract_amount=fen) is expected


def test_one_fact_may_be_compared_with_another() -> None:
    table = {"fact": "leased_in_year", "at_least": {"fact": "contract_amount"}}
    assert answer(table, leased_in_year=5, contract_amount=5) is True
    assert answer(table, leased_in_year=4, contract_amount=5) is False
    assert answer(table, leased_in_year=4) is None
    assert read(table).facts({}) == ("leased_in_year", "contract_amount")


def test_words_are_one_of_several_or_none() -> None:
    assert answer({"fact": "applicant_kind", "one_of": ["a", "b"]}, applicant_kind="b") is True
    assert answer({"fact": "applicant_kind", "none_of": ["a", "b"]}, applicant_kind="b") is False
    assert answer({"fact": "applicant_kind", "none_of": ["a", "b"]}) is None
    assert answer({"fact": "related_party", "is": "no"}, related_party=False) is True


def test_a_span_holds_its_first_moment_and_not_its_last() -> None:
    window = {"fact": "applied_at", "from": datetime(2026, 5, 6), "until": datetime(2026, 6, 5, 17)}
    assert answer(window, applied_at=datetime(2026, 5, 6)) is True
    assert answer(window, applied_at=datetime(2026, 6, 5, 16, 59, 59)) is True
    assert answer(window, applied_at=datetime(2026, 6, 5, 17)) is False
    assert answer({"fact": "signed_on", "from": date(2023, 9, 1)}, signed_on=date(2023, 8, 31)) is False
    assert answer({"fact": "signed_on", "until": date(2023, 9, 1)}, signed_on=date(2023, 8, 31)) is True


@pytest.mark.parametrize(
    ("op", "on", "expected"),
    [
        ("less_than_months", date(2025, 2, 27), True),
        ("less_than_months", date(2025, 2, 28), False),
        ("at_most_months", date(2025, 2, 28), True),
        ("at_most_months", date(2025, 3, 1), False),
        ("at_least_months", date(2025, 2, 27), False),
        ("at_least_months", date(2025, 2, 28), True),
    ],
)
def test_twelve_months_from_the_29th_of_february_end_on_the_28th(op: str, on: date, expected: bool) -> None:
    table = {"fact": "signed_on", "after": "founded_on", op: 12}
    assert answer(table, signed_on=on, founded_on=date(2024, 2, 29)) is expected
    assert answer({**table, "fact": "applied_at"}, applied_at=datetime(on.year, on.month, on.day, 23, 59),
                  founded_on=date(2024, 2, 29)) is expected  # fmt: skip


def test_months_that_leave_the_calendar_never_end() -> None:
    table = {"fact": "signed_on", "after": "founded_on", "less_than_months": 12}
    assert answer(table, signed_on=date(9999, 12, 30), founded_on=date(9999, 6, 1)) is True


def test_all_is_settled_by_one_no_and_any_by_one_yes() -> None:
    no, yes, open_ = (
        {"fact": "related_party", "is": "no"},
        {"fact": "applicant_kind", "is": "enterprise"},
        {"fact": "contract_amount", "given": True},
    )
    facts: dict[str, Any] = {"related_party": True, "applicant_kind": "enterprise"}
    unknown = {"fact": "leased_in_year", "at_least": "1.00"}
    assert answer({"all": [unknown, no]}, **facts) is False
    assert answer({"all": [unknown, yes]}, **facts) is None
    assert answer({"any": [unknown, yes]}, **facts) is True
    assert answer({"any": [unknown, no]}, **facts) is None
    assert answer({"not": {"any": [no, open_]}}, **facts) is True
    assert answer({"not": unknown}, **facts) is None


def test_an_unset_parameter_is_asked_for_only_where_it_matters() -> None:
    table = {"fact": {"unset": "day"}, "after": "founded_on", "less_than_months": {"unset": "months"}}
    facts: dict[str, Any] = {"founded_on": date(2025, 1, 1), "signed_on": date(2025, 6, 1)}
    with pytest.raises(Asked) as caught:
        answer(table, **facts)
    assert caught.value.parameter == "months"
    with pytest.raises(Asked) as caught:
        answer(table, {"months": 12}, **facts)
    assert caught.value.parameter == "day"
    assert answer(table, {"months": 12, "day": "signed_on"}, **facts) is True
    assert answer(table, {"months": 12, "day": "applied_at"}, **facts) is None
    assert read(table).unset() == ("day", "months")
    assert read(table).facts({"day": ("applied_at", "signed_on")}) == (
        "applied_at",
        "signed_on",
        "founded_on",
    )
    settled = {"any": [{"fact": "related_party", "is": "no"}, table]}
    assert answer(settled, related_party=False) is True


def test_the_facts_that_keep_a_test_open_are_named() -> None:
    test = read(
        {
            "all": [
                {"fact": "related_party", "is": "no"},
                {"fact": "contract_amount", "at_least": {"fact": "leased_in_year"}},
                {"fact": {"unset": "day"}, "after": "founded_on", "less_than_months": 12},
            ]
        }
    )
    values = tuple({"related_party": False, "contract_amount": 5}.get(name) for name in NAMES)
    assert missing_facts(test, values, INDEX, {"day": "signed_on"}) == (
        "leased_in_year",
        "signed_on",
        "founded_on",
    )


def test_a_reading_is_taken_or_asked_for() -> None:
    assert taken(Unset("share"), {"share": 5}) == 5
    with pytest.raises(Asked, match="share"):
        taken(Unset("share"), {})


def test_an_unset_fact_outside_months_is_a_bug_where_the_schema_let_it_through() -> None:
    with pytest.raises(ValueError, match="months"):
        compile_predicate(Predicate("is", Unset("day"), 5), INDEX)


def test_values_are_shown_as_plain_numbers_and_texts() -> None:
    assert [
        shown(value) for value in (True, False, None, 5, "x", date(2026, 5, 6), datetime(2026, 5, 6, 9))
    ] == [*("yes", "no", None, 5, "x", "2026-05-06", "2026-05-06T09:00:00")]
    assert FactRef("signed_on") == FactRef("signed_on")


OPEN = st.sampled_from([True, False, None])


@given(st.lists(OPEN, min_size=1, max_size=4), st.lists(OPEN, min_size=1, max_size=4))
def test_an_open_answer_is_given_only_where_the_unknown_could_decide(
    known: list[bool | None], others: list[bool | None]
) -> None:
    """Kleene's logic: whatever the unknown facts turn out to be, a settled answer stays."""
    names = ("related_party", "provider_admitted")
    tests = tuple(Predicate("is", f"{names[0]}{at}", True) for at in range(len(known)))
    more = tuple(Predicate("is", f"{names[1]}{at}", True) for at in range(len(others)))
    whole = Predicate(
        "any", parts=(Predicate("all", parts=tests), Predicate("not", parts=(Predicate("any", parts=more),)))
    )
    places = [test.fact for test in (*tests, *more)]
    judge = compile_predicate(whole, {str(name): at for at, name in enumerate(places)})
    values = (*known, *others)
    found = judge(values, {})
    filled = {
        judge(tuple(fill if value is None else value for value in values), {}) for fill in (True, False)
    }
    if found is not None:
        assert filled == {found}
    if len(filled) > 1:
        assert found is None
