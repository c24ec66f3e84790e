"""Every dialog by keys: Enter does its one thing, and Escape puts it away."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

import desktop
from casework.cases.field_history import FieldView
from desktop.frame.help_windows import HelpWindow, ShortcutsWindow
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.lists.view import TableView
from desktop.pages.case.acts import ASKS
from desktop.pages.case.earlier import EarlierDialog
from desktop.pages.case.history_dialog import HistoryDialog
from desktop.pages.policies import asking
from rules.facts import Fact
from tests.desktop.helpers import press, settle

WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "policies": ("officer", ("propose_supplement", "compare_packs", "try_pack", "try_orders")),
    "rounds": ("officer", ("open_round", "decide_round", "publish_round", "issue_round")),
    "applications": ("officer", ("bulk", "save_filter")),
    "budgets": ("finance", ("allot",)),
}
"""By page: a person who works there, and the actions that open a dialog."""
OPENED_HERE = {
    "AskDialog", "SupplementDialog", "CompareDialog", "TryDialog", "OrdersDialog", "DecideDialog",
    "PublishDialog", "IssueDialog", "BulkDialog", "AllotmentDialog", "FilterDialog", "ReadyDialog",
    "KindDialog", "AskCorrection",
}  # fmt: skip
BY_ANOTHER_WAY = {
    "LookAhead": "the kind that others are", "Deciding": "the kind that two others are",
    "ApproveDialog": "a LookAhead", "ReturnDialog": "a LookAhead", "HelpWindow": "shows only",
    "ShortcutsWindow": "shows only", "Palette": "the field has its own keys", "BugWindow": "shows only",
    "FaultWindow": "shows only", "UpgradeOffer": "a test of its own", "ExamplesDialog": "shows only",
    "CheckDialog": "shows only", "OwnPassword": "a test of its own",
    "EarlierDialog": "shows only", "HistoryDialog": "shows only", "SourceDialog": "as SupplementDialog",
    "WizardDialog": "a test of its own: Enter presses nothing there",
}  # fmt: skip


OWN_KEYS = ("TryDialog",)
"""A dialog whose fields do something of their own by Enter: they try the figures."""


def open_dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def at_hand(dialog: QDialog) -> QWidget:
    """Where a key goes that one presses now."""
    return dialog.focusWidget() or dialog


def stands_in(dialog: QDialog) -> list[QWidget]:
    """Where one may stand when Enter is pressed: as the dialog opens, in its first field and in its list."""
    found: list[QWidget] = [at_hand(dialog)]
    for kind in (QLineEdit, TableView):
        found += [one for one in dialog.findChildren(kind) if one.isVisible() and one.isEnabled()][:1]
    return found


def enter_does_it(dialog: QDialog) -> None:
    """Enter presses what the dialog is for, wherever one stands."""
    name = type(dialog).__name__
    assert not (dialog.findChildren(QLineEdit) and isinstance(dialog.focusWidget(), QPushButton)), name
    (default,) = (one for one in dialog.findChildren(QPushButton) if one.isDefault())
    assert default.property("main") or default.text() == t("policies.check.close"), (name, default.text())
    pressed: list[bool] = []
    default.clicked.disconnect()
    default.clicked.connect(lambda checked=False: pressed.append(True))
    was = default.isEnabled() and default.isVisible()
    for place in [dialog] if name in OWN_KEYS else stands_in(dialog):
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_Return)
        assert len(pressed) == was, (name, type(place).__name__)
        pressed.clear()


def by_keys(frame: Frame, opens: Callable[[], object], seen: set[str]) -> None:
    """Open it; Enter presses its default button; Escape puts it away."""
    opens()
    settle(frame.desk)
    (dialog,) = open_dialogs()
    seen.add(type(dialog).__name__)
    if type(dialog).__name__ != "OrdersDialog":  # asks and shows as one types: there is nothing to do
        enter_does_it(dialog)
    press(at_hand(dialog), Qt.Key.Key_Escape)
    settle(frame.desk)
    assert not open_dialogs(), type(dialog).__name__


@pytest.fixture(scope="module")
def seen() -> Iterator[set[str]]:
    yield set()


@pytest.mark.parametrize("place", WAYS)
def test_the_dialogs_of_a_page(frame_of: Callable[..., Frame], seen: set[str], place: str) -> None:
    person, actions = WAYS[place]
    frame = frame_of(person)
    frame.go(place)
    settle(frame.desk)
    page = frame.page
    assert page is not None
    if place == "applications":
        page.pane.view.selectRow(0)  # type: ignore[attr-defined]
        for column in ("contract_amount", "state", "applicant_name"):
            by_keys(frame, partial(page.filter_column, column), seen)  # type: ignore[attr-defined]
    for action in actions:
        by_keys(frame, getattr(page, f"do_{action}"), seen)
    if place == "policies":
        one = page.chosen  # type: ignore[attr-defined]
        by_keys(frame, partial(asking.withdraw, page, frame.desk, page.today, one.ref), seen)  # type: ignore[attr-defined]
        by_keys(frame, partial(asking.confirm_pack, page, frame.desk, one), seen)


def test_the_dialogs_of_the_acts_on_a_case(frame_of: Callable[..., Frame], seen: set[str]) -> None:
    for person in ("officer", "approver"):
        frame = frame_of(person)
        frame.go("applications")
        settle(frame.desk)
        for number in frame.desk.listed[:30]:
            frame.go("applications")
            frame.page._open(number)  # type: ignore[union-attr]
            settle(frame.desk)
            page = frame.page
            assert page is not None and page.name == "case"
            for action in frame.offers():
                kind = action.name.removeprefix("case_")
                if kind in ASKS and ASKS[kind].asks and kind not in seen:
                    seen.add(kind)
                    by_keys(frame, getattr(page, action.method), seen)


def test_what_only_shows_something_is_closed_by_enter_as_by_escape(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("officer")
    shows: tuple[Callable[[], QDialog], ...] = (
        lambda: HistoryDialog(frame, "", FieldView("account", ()), Fact("account", "text")),
        lambda: EarlierDialog(frame, LIGHT, ()),
        lambda: ShortcutsWindow([("F1", "")], frame),
        lambda: HelpWindow("home", frozenset({"officer"}), frame),
    )
    for shown in shows:
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            dialog = shown()
            dialog.show()
            settle(frame.desk)
            name = type(dialog).__name__
            press(at_hand(dialog), key)
            settle(frame.desk)
            assert not open_dialogs(), (name, key)


def test_every_dialog_of_the_window_is_known(seen: set[str]) -> None:
    found = set()
    for module in pkgutil.walk_packages(desktop.__path__, "desktop."):
        for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(one, QDialog) and one.__module__.startswith("desktop."):
                found.add(name)
    assert found == OPENED_HERE | set(BY_ANOTHER_WAY)
