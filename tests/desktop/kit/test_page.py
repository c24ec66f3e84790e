"""A page reads when it first comes on screen, and again when what it shows has changed and it is seen."""

from collections.abc import Callable

from casework.core.change import Change
from desktop.kit.desk import Desk
from desktop.kit.page import Page


class Counting(Page):
    """Counts how often it reads."""

    name = "counting"
    kinds = frozenset(("application",))
    times = 0

    def refresh(self) -> None:
        self.times += 1


def test_it_reads_once_and_again_only_for_its_own_kinds(desk_of: Callable[..., Desk]) -> None:
    desk = desk_of()
    page = Counting(desk)
    assert page.times == 0, "nothing is read before it is shown"
    page.show()
    page.come()
    page.come()
    assert page.times == 1
    desk.changed.emit(Change("give_role", {"person": ()}))
    assert page.times == 1
    desk.changed.emit(Change("accept", {"application": ()}))
    assert page.times == 2
    page.hide()
    desk.changed.emit(Change("accept", {"application": ()}))
    assert page.times == 2, "who does not see it does not wait for it"
    page.come()
    assert page.times == 3
    page.deleteLater()
