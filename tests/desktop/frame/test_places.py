"""The rail's pages: one list, in the order of their keys, and each role finds its own."""

from desktop.frame.places import PLACES, places_of


def test_the_keys_follow_the_order_of_the_rail() -> None:
    keys = [*(f"Alt+{number % 10}" for number in range(1, 11)), "Alt+-"]
    assert [place.shortcut for place in PLACES] == keys
    assert len({place.name for place in PLACES}) == len(PLACES)


def test_everyone_has_a_first_page_and_only_the_approver_the_approvals() -> None:
    for roles in ({"officer"}, {"approver"}, {"finance"}, {"auditor"}, {"system"}, {"rights"}):
        names = [place.name for place in places_of(frozenset(roles))]
        assert names[0] == "home"
        assert ("approval" in names) == (roles == {"approver"})
        assert ("people" in names) == (roles <= {"system", "rights", "approver"})
    assert [place.name for place in places_of(frozenset())] == ["home", "letterhead"]
