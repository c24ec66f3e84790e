"""The values to try: around each bound, and, where facts are compared, around each other's values."""

from datetime import date, datetime

from casework.core.holidays import calendar
from rules.edges import Edges, near
from rules.facts import Value
from rules.pack import load
from rules.policy import Policy
from rules.predicate import Predicate
from tests.rules.desk import small_text
from tests.rules.test_cost_lines import COSTS


def edges(text: str) -> dict[str, tuple[Value, ...]]:
    policy = Policy(load(small_text(text)), calendar=calendar())
    pack = policy.rules
    tests: list[Predicate] = [one.test for one in pack.conditions]
    return Edges(pack, policy.program, tests, policy.calendar).by


def condition(name: str, test: str) -> str:
    return f'\n[[condition]]\nid = "{name}"\n{test}\narticle = "a"\n'


def test_a_bound_and_its_neighbours() -> None:
    found = edges(condition("c", 'fact = "contract_amount"\nat_least = "100.00"'))
    assert {9_999, 10_000, 10_001, None} <= set(found["contract_amount"])
    assert list(near("integer", 0)) == [0, 1]
    assert list(near("date", date(2026, 1, 1)))[1:] == [date(2026, 1, 2), date(2025, 12, 31)]


def test_the_most_ordinary_value_comes_first() -> None:
    found = edges(condition("c", 'fact = "related_party"\nis = "no"'))
    assert found["related_party"][:2] == (True, False)
    assert found["applied_at"][0] == datetime(2026, 1, 1)


def test_a_chain_of_days_is_followed_to_its_end() -> None:
    found = edges(
        condition("a", 'fact = "signed_on"\nfrom = 2026-03-01\nuntil = 2026-03-02')
        + condition("b", 'fact = "starts_on"\nafter = "signed_on"\nat_most_days = 10')
        + condition("c", 'fact = "ends_on"\nafter = "starts_on"\nat_least_months = 24')
    )
    assert date(2026, 3, 1) in found["signed_on"]
    assert date(2026, 3, 11) in found["starts_on"]
    assert date(2028, 3, 11) in found["ends_on"]


def test_working_days_are_counted_by_the_calendar() -> None:
    found = edges(condition("a", 'fact = "applied_at"\nafter = "signed_on"\nat_most_workdays = 5'))
    # the pack's first day is a holiday; five working days later it is the eighth
    assert datetime(2026, 1, 8) in found["applied_at"]


def test_a_day_against_a_moment_has_both_kinds_of_neighbours() -> None:
    found = edges(condition("a", 'fact = "applied_at"\nat_most = { fact = "ends_on", by = "day" }'))
    assert all(type(value) is datetime for value in found["applied_at"] if value is not None)
    assert all(type(value) is date for value in found["ends_on"] if value is not None)


def test_a_sum_has_its_bounds_at_the_facts_it_is_made_of() -> None:
    found = edges(
        COSTS[: COSTS.index("[[line]]")] + condition("c", 'fact = "eligible"\nat_least = "1000.00"')
    )
    assert {99_999, 100_000, 100_001} <= set(found["research"]) & set(found["computing"])


def test_what_a_tier_s_officer_says_is_nothing_at_first() -> None:
    text = small_text("", 'rate = "0.5"', 'rate = "0.5"\nup_to = true')
    policy = Policy(load(text))
    assert Edges(policy.rules, policy.program, []).by["officer_rate"] == (None,)


def test_what_a_sum_takes_away_does_not_make_the_base_rise() -> None:
    text = (
        "\n[[fact]]\nid = 'paid'\ntype = 'money'\n\n[[fact]]\nid = 'returned'\ntype = 'money'\n"
        "\n[[sum]]\nid = 'net'\nof = ['paid', '-returned']\n\n[base]\nfact = 'net'\narticle = 'b'\n"
    )
    policy = Policy(load(small_text(text)))
    assert Edges(policy.rules, policy.program, []).rising == ("paid",)


def test_a_choice_that_must_be_known_is_tried_with_its_own_words_alone() -> None:
    choice = "\n[[fact]]\nid = 'kind'\ntype = 'choice'\nchoices = ['x', 'y']\n"
    found = edges(choice + condition("c", "fact = 'kind'\nknown = true"))
    assert set(found["kind"]) == {"x", None}


def test_a_test_on_days_turns_between_two_days_ahead_and_behind() -> None:
    found = edges(
        condition("a", 'fact = "ends_on"\nafter = "starts_on"\nat_least_months = 1')
        + condition("b", 'fact = "ends_on"\nfrom = 2026-02-28')
    )
    # of the days that a month leads to 28 February the last is 31 January
    assert {date(2026, 1, 31), date(2026, 2, 1)} <= set(found["starts_on"])
    found = edges(
        condition("a", 'fact = "ends_on"\nafter = "starts_on"\nat_most_months = 1')
        + condition("b", 'fact = "ends_on"\nfrom = 2026-02-28')
    )
    assert {date(2026, 1, 27), date(2026, 1, 28)} <= set(found["starts_on"])


def test_facts_without_any_bound_can_still_differ() -> None:
    two = "".join(f"\n[[fact]]\nid = '{name}'\ntype = 'money'\n" for name in ("aa", "bb"))
    found = edges(two + condition("a", 'fact = "aa"\nbelow = { fact = "bb" }'))
    assert {0, 1, 2} <= set(found["aa"]) & set(found["bb"])


def test_the_first_and_the_last_day_of_the_pack_are_tried() -> None:
    found = edges(condition("a", 'fact = "applied_at"\nfrom = 2030-01-01'))
    assert datetime(2026, 1, 1) in found["applied_at"]
