"""The dialog of many cases: what is foretold is what is done."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtWidgets import QLineEdit

from casework.award.closed_budgets import Stopped
from casework.award.deciding_bench import READY
from casework.boards import application_list
from casework.boards.application_list import Filter, Lists, Query
from casework.core import on_many_cases
from casework.core.change import Change
from casework.core.on_many_cases import Effect
from casework.issuing import withdraw_suspend_revoke
from desktop.kit.desk import Desk
from desktop.kit.language import t
from desktop.pages.applications.many_cases import AWARD, BulkDialog
from tests.desktop.helpers import settle, type_text

Ask = Callable[[Desk, Sequence[str]], BulkDialog]


def of_state(desk: Desk, *states: str) -> list[str]:
    ids = Lists(desk.office).ids(Query(filters=(Filter("state", "in", states),)))
    return application_list.cases(desk.office, ids)


@pytest.fixture
def ask() -> Iterator[Ask]:
    made: list[BulkDialog] = []

    def show(desk: Desk, cases: Sequence[str]) -> BulkDialog:
        dialog = BulkDialog(None, desk, cases, on_many_cases.fitting(desk.office, desk.roles, cases))  # type: ignore[arg-type]
        made.append(dialog)
        dialog.show()
        settle(desk)
        return dialog

    yield show
    for dialog in made:
        dialog.close()


def notes(dialog: BulkDialog) -> list[str]:
    """The last column of the preview."""
    items = [dialog.table.topLevelItem(row) for row in range(dialog.table.topLevelItemCount())]
    return [item.text(AWARD + 1) for item in items if item is not None]


def choose(dialog: BulkDialog, act: str) -> None:
    dialog.act.setCurrentIndex(dialog.act.findData(act))
    settle(dialog.desk)


def test_the_act_that_fits_most_cases_stands_first(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    cases = of_state(desk, "suspended", "issued")
    dialog = ask(desk, cases)
    fitting = on_many_cases.fitting(desk.office, desk.roles, cases)
    assert dialog.name == max(fitting.items(), key=lambda each: each[1])[0]


def test_a_preview_names_each_case_and_does_nothing(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    good, bad = of_state(desk, "suspended"), of_state(desk, "issued")[:2]
    dialog = ask(desk, [*good, *bad])
    choose(dialog, "resume")
    said = t("applications.bulk.would", act=t("act.resume"), good=len(good), not_=2)
    assert dialog.says.text() == f"{said}\n{t('applications.bulk.order')}"
    assert dialog.table.topLevelItemCount() == len(good) + 2
    assert notes(dialog)[0], "those that are refused stand first, with the reason"
    assert of_state(desk, "suspended") == good
    assert dialog.do.text() == t("applications.bulk.do", act=t("act.resume"), good=len(good))


def test_doing_it_tells_every_page_and_what_came_of_it(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    changes: list[Change] = []
    desk.changed.connect(changes.append)
    dialog = ask(desk, of_state(desk, "suspended"))
    choose(dialog, "resume")
    dialog.do.click()
    settle(desk)
    assert of_state(desk, "suspended") == []
    assert changes[0].kinds == {"application"}
    assert t("act.resume") in dialog.says.text()
    assert not dialog.do.isEnabled()


def test_an_act_that_asks_for_a_reason_waits_for_it(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    cases = of_state(desk, "suspended")
    dialog = ask(desk, cases)
    choose(dialog, "withdraw")
    assert not dialog.do.isEnabled()
    dialog.preview()
    settle(desk)
    assert notes(dialog)[0] != ""
    assert not dialog.do.isEnabled(), "without a reason none can be withdrawn"
    field = dialog.fields["reason"]
    assert isinstance(field, QLineEdit)
    type_text(field, "单位申请")
    dialog.try_.click()
    settle(desk)
    assert dialog.do.isEnabled()
    dialog.do.click()
    settle(desk)
    assert set(of_state(desk, "withdrawn")) >= set(cases)


def test_another_reason_asks_for_another_preview(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    dialog = ask(desk, of_state(desk, "suspended"))
    choose(dialog, "withdraw")
    field = dialog.fields["reason"]
    assert isinstance(field, QLineEdit)
    type_text(field, "单位")
    dialog.preview()
    settle(desk)
    assert dialog.do.isEnabled()
    field.textEdited.emit("单位申请")
    assert not dialog.do.isEnabled()


def test_decisions_are_foretold_with_their_sum(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    dialog = ask(desk, of_state(desk, "suspended"))
    choose(dialog, "decide_again")
    field = dialog.fields["reason"]
    assert isinstance(field, QLineEdit)
    type_text(field, "复核")
    dialog.preview()
    settle(desk)
    assert set(notes(dialog)) <= {
        t(f"applications.decision.{status}") for status in ("awarded", "refused", "blocked")
    }


def test_approvers_are_offered_their_own_acts(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of("approver")
    dialog = ask(desk, of_state(desk, "issued"))
    shown = {dialog.act.itemData(row) for row in range(dialog.act.count())}
    assert shown == set(on_many_cases.offered(desk.roles))


def resumed(desk: Desk) -> list[str]:
    """Cases that wait to be decided, the newest first."""
    for case in of_state(desk, "suspended"):
        withdraw_suspend_revoke.resume(desk.office, "officer", case)
    with desk.office.read() as session:
        return list(on_many_cases.in_order(session, of_state(desk, *READY)))[::-1]


def test_they_go_in_the_order_of_application_however_they_were_listed(
    desk_of: Callable[..., Desk], ask: Ask
) -> None:
    desk = desk_of()
    newest_first = resumed(desk)
    assert len(newest_first) > 1
    dialog = ask(desk, newest_first)
    choose(dialog, "check")
    items = [dialog.table.topLevelItem(row) for row in range(dialog.table.topLevelItemCount())]
    assert [item.text(1) for item in items if item is not None] == newest_first[::-1]
    assert all(item.text(0) for item in items if item is not None)
    assert dialog.fault.text() == ""


def test_it_warns_where_earlier_ones_wait_for_the_same_budget(desk_of: Callable[..., Desk], ask: Ask) -> None:
    desk = desk_of()
    last, *_, first = resumed(desk)
    dialog = ask(desk, [last])
    choose(dialog, "decide")
    field = dialog.fields["reason"]
    assert isinstance(field, QLineEdit)
    type_text(field, "申请单位急用")
    dialog.preview()
    settle(desk)
    assert first in dialog.fault.text()
    assert dialog.do.isEnabled(), "there may be a reason to go on"
    choose(dialog, "check")
    assert dialog.fault.text() == ""


def test_it_says_which_case_closed_the_budget_once_as_the_first_meets_it(
    desk_of: Callable[..., Desk], ask: Ask
) -> None:
    dialog = ask(desk_of(), [])
    closed = [Stopped("SZ-7", count, False) for count in (1, 2)]
    told = [Effect("SZ-8", "accepted", "refused", one.facts(), None) for one in closed]
    dialog._tried([Effect("SZ-6", "accepted", "calculated", {"award_fen": 1}, None), *told])
    assert dialog.fault.text() == closed[0].say("zh")
    assert "SZ-7" in dialog.fault.text()
