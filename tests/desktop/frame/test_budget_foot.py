"""The foot of every page says of which scheme the money is that is left."""

from collections.abc import Callable

from casework.boards import round_board
from casework.money import budgets
from desktop.frame.main_window import Frame
from desktop.kit.language import titled
from tests.desktop.helpers import settle


def test_the_year_s_budget_is_always_in_sight_under_its_scheme_s_name(
    frame_of: Callable[..., Frame],
) -> None:
    frame = frame_of("officer")
    settle(frame.desk)
    appropriation, paid, committed, reserved = frame.budget.bar.figures
    assert appropriation == 50_000_000_000
    assert committed > 0
    left = f"{(appropriation - paid - committed - reserved) / 100:,.2f}"
    said = frame.budget.said.text()
    titles = {scheme: titled(pack) for scheme, pack in round_board.schemes(frame.desk.office)}
    every = budgets.all_in_sight(frame.desk.office)
    assert left in said and titles[every[0].key.partition("/")[0]] in said
    assert len(frame.budget.said.toolTip().splitlines()) == len(every)
