"""A dialog that looks ahead: it offers what it has seen, a stop keeps what is done, a refusal stays."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.core.change import Change
from casework.core.refused import Refused
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.lists.look_ahead_dialog import LookAhead, budget_name, going
from desktop.pages.approval.approve_dialogs import CASES
from tests.desktop.helpers import press, settle, soon

ROWS = [tuple(None for _ in CASES)]


@pytest.fixture
def ahead(desk_of: Callable[..., Desk]) -> Iterator[LookAhead]:
    desk = desk_of()
    parent = QWidget()
    parent.show()
    dialog = LookAhead(parent, desk, LIGHT, "…", "approval.cases", CASES)
    dialog.open()
    yield dialog
    settle(desk)
    parent.close()
    parent.deleteLater()


def test_it_offers_only_what_it_has_seen(ahead: LookAhead) -> None:
    gate = threading.Event()

    def read(job: Job[int]) -> int:
        gate.wait(5)
        return 7

    ahead.look(read, lambda found: ahead.offer(f"{found}", [], "go", ready=True))
    assert not ahead.yes.isEnabled() and ahead.says.text() == t("ahead.looking")
    gate.set()
    settle(ahead.desk)
    assert ahead.yes.isEnabled() and (ahead.says.text(), ahead.yes.text()) == ("7", "go")


def test_enter_in_its_list_does_it_too_where_no_row_can_be_opened(ahead: LookAhead) -> None:
    ahead.look(lambda job: 7, lambda found: ahead.offer(f"{found}", ROWS, "go", ready=True))
    settle(ahead.desk)
    pressed: list[bool] = []
    ahead.yes.clicked.disconnect()
    ahead.yes.clicked.connect(lambda checked=False: pressed.append(True))
    ahead.table.view.selectRow(0)
    press(ahead.table.view, Qt.Key.Key_Return)
    assert pressed == [True]
    ahead.table.opened.connect(lambda number: None)
    press(ahead.table.view, Qt.Key.Key_Return)
    assert pressed == [True], "the row was opened"


def test_a_refusal_stays_beside_what_was_asked(ahead: LookAhead) -> None:
    field = ahead.ask("approval.minutes", "纪要1号")

    def refuse(job: Job[int]) -> int:
        raise Refused("refused.minutes_missing")

    ahead.look(refuse, lambda found: None)
    settle(ahead.desk)
    assert ahead.isVisible() and not ahead.fault.isHidden()
    assert ahead.fault.text() == Refused("refused.minutes_missing").say("zh")
    assert field.text() == "纪要1号" and field.isEnabled()


def test_not_now_stops_what_is_done_and_says_how_far_it_came(ahead: LookAhead) -> None:
    done: list[int] = []
    told: list[int] = []

    def act(job: Job[Change]) -> Change:
        progress = going(job)
        while progress(len(done), 0):
            done.append(1)
            threading.Event().wait(0.002)
        return Change("check")

    ahead.go(act, lambda change: told.append(len(done)), "…")
    soon(lambda: len(done) > 3)
    ahead.reject()
    assert ahead.isVisible(), "it waits until the act has ended"
    settle(ahead.desk)
    assert told == [len(done)]
    assert ahead.no.text() == t("ahead.close") and ahead.yes.isHidden()
    ahead.reject()
    assert not ahead.isVisible()


def test_leaving_stops_the_looking(ahead: LookAhead) -> None:
    stopped: list[bool] = []

    def read(job: Job[int]) -> int:
        while not job.cancelled:
            threading.Event().wait(0.002)
        stopped.append(True)
        job.step(0, 0)
        return 0

    ahead.look(read, lambda found: pytest.fail("nobody asks any more"))
    ahead.reject()
    soon(lambda: bool(stopped))


def test_a_budget_is_called_by_its_programme() -> None:
    class Named:
        title, title_en = "训力券（2026年度）", "Training voucher"

    assert budget_name("scheme/2026", None) == "scheme/2026"
    assert budget_name("scheme/2026", Named()) == "训力券（2026年度）"  # type: ignore[arg-type]
    assert budget_name("scheme/2027", Named()) == "训力券（2026年度），2027 年度"  # type: ignore[arg-type]
