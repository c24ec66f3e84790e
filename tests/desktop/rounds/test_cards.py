"""Where the cases of a round are: every state counts at one station or beside the way."""

from PySide6.QtWidgets import QApplication

from casework.boards.round_board import NOTHING, RoundView
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.pages.rounds.cards import ASIDE, WAY, aside, way
from models.state_names import APPLICATION
from tests.desktop.helpers import texts


def a_round(**counts: int) -> RoundView:
    return RoundView(1, "第一批", "x", None, 2026, None, None, "open", counts, NOTHING, (), None)


def test_every_state_of_a_case_that_came_in_counts_once() -> None:
    counted = [state for _, states in WAY for state in states] + list(ASIDE)
    assert sorted(counted) == sorted(set(APPLICATION) - {"draft"})


def test_stations_sum_their_states_and_what_went_aside_is_named(dressed: QApplication) -> None:
    one = a_round(submitted=2, eligibility=3, issued=1, suspended=4)
    assert [text for text in texts(way(one, LIGHT)) if text.isdecimal()] == ["5", "0", "0", "0", "0", "1"]
    assert t("state.suspended") in aside(one) and "4" in aside(one)
    assert aside(a_round(submitted=1)) == ""
