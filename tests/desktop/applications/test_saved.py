"""Filters by name: kept, read back whatever they hold, and chosen by keyboard."""

import datetime

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from casework.boards.application_list import Filter
from casework.core.act_table import ACTS
from desktop.kit.theme import LIGHT
from desktop.pages.applications.saved import GIVEN, Own, Saved, SavedList, filters_of, filters_text
from models.state_names import APPLICATION
from tests.desktop.helpers import press

FILTERS = (
    Filter("state", "in", ("refused", None)),
    Filter("contract_amount", "between", (None, 10**15)),
    Filter("applied_at", "between", (datetime.date(2026, 5, 6), None)),
)


def test_every_state_but_a_draft_is_in_one_given_filter() -> None:
    states = [state for saved in GIVEN[1:] for state in saved.filters[0].values]
    assert sorted(states) == sorted(set(APPLICATION) - {"draft"})
    assert ACTS


def test_filters_come_back_as_they_were(settings: QSettings) -> None:
    assert filters_of(filters_text(FILTERS)) == FILTERS
    own = Own(settings)
    own.keep(Saved("一", FILTERS, "智算", own=True))
    own.keep(Saved("二", (), own=True))
    own.keep(Saved("一", FILTERS[:1], own=True))
    assert own.all() == [Saved("二", (), own=True), Saved("一", FILTERS[:1], own=True)]
    own.drop("二")
    assert [saved.name for saved in own.all()] == ["一"]


def test_what_cannot_be_read_is_left_out(settings: QSettings) -> None:
    for kept in ("{", "5", '[{"name": "a"}]'):
        settings.setValue("applications/filters", kept)
        assert Own(settings).all() == []


def test_the_keyboard_chooses_and_forgets(dressed: QApplication) -> None:
    beside = SavedList(LIGHT)
    chosen: list[Saved] = []
    dropped: list[str] = []
    beside.chosen.connect(chosen.append)
    beside.drop_asked.connect(dropped.append)
    beside.show_saved([Saved("我的", FILTERS, own=True)])
    beside.setCurrentRow(0)
    press(beside, Qt.Key.Key_Down)
    press(beside, Qt.Key.Key_Return)
    press(beside, Qt.Key.Key_Delete)
    beside.setCurrentRow(len(GIVEN))
    press(beside, Qt.Key.Key_Delete)
    assert chosen == [GIVEN[1]]
    assert dropped == ["我的"]
    beside.mark(FILTERS, "")
    assert beside.currentRow() == len(GIVEN)
    beside.mark((), "x")
    assert beside.currentRow() == -1
    beside.deleteLater()
