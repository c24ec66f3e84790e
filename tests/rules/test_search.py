"""The search for a case: it finds one where there is one, and names what clashes where there is none."""

import itertools
import random
from collections.abc import Sequence

import pytest

from rules.search import Cut, Demand, Search


def at_least(name: str, least: int) -> Demand:
    return Demand(f"{name}>={least}", (name,), lambda facts: facts[name] >= least)  # type: ignore[operator]


def below(name: str, other: str) -> Demand:
    return Demand(f"{name}<{other}", (name, other), lambda facts: facts[name] < facts[other])  # type: ignore[operator]


def test_what_no_demand_asks_about_stays_ordinary() -> None:
    search = Search({"a": (1, 2, 3), "b": (7, 8)})
    assert search.find([at_least("a", 3)]) == {"a": 3, "b": 7}


def test_demands_that_share_a_fact_are_met_together() -> None:
    values = tuple(range(6))
    search = Search(dict.fromkeys("abcdef", values))
    chain = [below(one, other) for one, other in itertools.pairwise("abcdef")]
    assert search.find(chain) == dict(zip("abcdef", range(6), strict=True))
    assert search.find([*chain, at_least("a", 1)]) is None


def test_a_smallest_clash_is_named() -> None:
    search = Search(dict.fromkeys("abc", (0, 1, 2)))
    demands = [at_least("a", 0), below("a", "b"), below("b", "c"), below("c", "a")]
    assert set(search.clash(demands)) == {"a<b", "b<c", "c<a"}
    assert search.clash([at_least("a", 0), at_least("b", 3)]) == ("b>=3",)
    assert search.clash([below("a", "b"), at_least("c", 1), below("b", "a")]) == ("a<b", "b<a")


def test_a_search_that_is_cut_says_so() -> None:
    search = Search(dict.fromkeys("abc", tuple(range(50))))
    odd = Demand("sum", ("a", "b", "c"), lambda facts: False)
    with pytest.raises(Cut):
        search.find([odd], steps=1000)


def test_two_that_clash_are_named_among_many_whose_search_is_cut() -> None:
    search = Search({**dict.fromkeys("abc", tuple(range(11))), **dict.fromkeys("def", tuple(range(10)))})
    first = Demand("first", ("d", "e", "f"), lambda facts: True)
    after = Demand("after", ("a", "d"), lambda facts: True)
    odd = Demand("odd", ("a", "b", "c"), lambda facts: sum(facts[name] for name in "abc") % 2 == 1)  # type: ignore[misc]
    even = Demand("even", ("a", "b", "c"), lambda facts: sum(facts[name] for name in "abc") % 2 == 0)  # type: ignore[misc]
    assert search.find([first, after, odd, even]) is None
    assert search.clash([first, after, odd, even]) == ("odd", "even")


@pytest.mark.parametrize("seed", range(40))
def test_it_is_right_wherever_all_cases_can_be_tried(seed: int) -> None:
    chance = random.Random(seed)
    values = {name: tuple(range(chance.randint(2, 4))) for name in "abcd"}
    demands = []
    for number in range(chance.randint(2, 6)):
        names = tuple(chance.sample("abcd", chance.randint(1, 3)))
        good = {
            choice
            for choice in itertools.product(*(values[name] for name in names))
            if chance.random() < 0.45
        }
        demands.append(_one_of(str(number), names, good))
    search = Search(values)

    def any_of(some: Sequence[Demand]) -> bool:
        cases = (dict(zip("abcd", choice, strict=True)) for choice in itertools.product(*values.values()))
        return any(all(demand.holds(case) for demand in some) for case in cases)

    found = search.find(demands)
    assert (found is not None) == any_of(demands)
    if found is not None:
        assert all(demand.holds(found) for demand in demands)
        return
    clash = search.clash(demands)
    named = [demand for demand in demands if demand.name in clash]
    assert not any_of(named)
    assert all(any_of([each for each in named if each is not one]) for one in named)


def _one_of(name: str, names: tuple[str, ...], good: set[tuple[int, ...]]) -> Demand:
    return Demand(name, names, lambda facts: tuple(facts[each] for each in names) in good)
