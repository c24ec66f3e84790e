"""The page's acts are data: in each state the next one comes first; the table of rights covers them all."""

import inspect

import pytest

from casework.core.act_table import ACTS
from desktop.pages.case.acts import ASKS, ORDER, OTHERS, actions
from desktop.pages.case.page import CasePage
from models.state_names import APPLICATION


def test_every_act_is_one_of_the_office_and_takes_what_is_asked() -> None:
    assert {*ASKS, *OTHERS} <= set(ACTS)
    assert set(ORDER) <= {*APPLICATION, "blocked"}
    for name, ask in ASKS.items():
        if name != "publish":
            wanted = [
                each.name
                for each in list(inspect.signature(ask.act).parameters.values())[3:]
                if each.default is inspect.Parameter.empty
            ]
            assert wanted == list(ask.asks), name


def test_every_act_on_a_case_has_its_place_on_the_page() -> None:
    elsewhere = {"judge_finding"}
    assert {name for name, line in ACTS.items() if line.states} <= {*ASKS, *OTHERS} | elsewhere


@pytest.mark.parametrize("state", APPLICATION)
def test_one_main_button_at_most_four_and_the_rest_in_the_menu(state: str) -> None:
    may = tuple(name for name, line in ACTS.items() if state in line.states)
    made = actions(state, may, checked=True)
    assert sum(action.main for action in made) == bool({*ORDER.get(state, ()), "reject_refusal"} & set(may))
    assert sum(action.button for action in made) <= 4
    assert {action.act for action in made if action.act} >= set(may) & {*ASKS, *OTHERS}
    assert all(hasattr(CasePage, action.method) for action in made)
    shortcuts = [action.shortcut for action in made if action.shortcut]
    assert len(shortcuts) == len(set(shortcuts))


def test_checking_comes_first_until_it_is_done() -> None:
    may = ("check", "decide", "verify_facts")
    assert actions("accepted", may, checked=False)[0].act == "check"
    assert actions("accepted", may, checked=True)[0].act == "decide"


def test_where_an_objection_was_upheld_the_way_on_stands_on_the_page() -> None:
    """Back to the officer, or a refusal for what was found out: both have a button."""
    may = ("object", "propose_refusal", "return", "withdraw")
    made = actions("publicity", may, checked=True, against=True)
    assert [one.act for one in made if one.button or one.main] == ["return", "propose_refusal", "object"]
    assert "propose_refusal" not in [one.act for one in actions("publicity", may, True) if one.button]


def test_a_blocked_case_goes_back_to_review_and_a_suspended_one_is_resumed() -> None:
    says = {
        state: [one.words for one in actions(state, ("decide_again", "resume"), True) if one.act == "resume"]
        for state in ("blocked", "suspended")
    }
    assert says == {"blocked": ["action.case_review_again"], "suspended": ["action.case_resume"]}
    may = ("decide_again", "verify_facts", "ask_correction", "resume")
    mains = {state: [one.act for one in actions(state, may, True) if one.main] for state in says}
    assert mains == {"blocked": ["decide_again"], "suspended": ["resume"]}, "what a person stopped, they end"
