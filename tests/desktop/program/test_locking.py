"""The lock of a desk: by keys, by the menu and by itself; everything comes back as it was."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from casework.core import office_settings
from casework.core.change import Change
from casework.core.office import Office
from casework.people import accounts
from desktop.frame.own_password import OwnPassword
from desktop.kit.jobs import Job
from desktop.kit.language import t
from desktop.program.app import Program
from desktop.program.lock_window import LockWindow
from desktop.program.locking import MINUTE, Locking
from desktop.program.signing_step import Signing
from tests.desktop.helpers import button, press, settle, soon, texts, type_text
from tests.desktop.program.conftest import signed_in

CASE = "YS2026000083"
CTRL = Qt.KeyboardModifier.ControlModifier


class Seconds:
    """A clock that tests move."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def locked(program: Program) -> LockWindow:
    assert program.locking is not None
    window = program.locking.window
    assert window is not None and window.isVisible()
    return window


def shown() -> list[QWidget]:
    """All windows on the screen."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible()]


def unlock(program: Program, password: str = "demo") -> None:
    """Type a password where it is asked for, and Enter."""
    window = locked(program)
    assert program.locking is not None
    QTest.keyClicks(window.password, password)
    press(window.password, Qt.Key.Key_Return)
    locking = program.locking
    soon(lambda: locking.window is None or window.yes.isEnabled() or bool(window.fault.text()))


def by_key(program: Program, window: QWidget) -> None:
    """Ctrl+L as it comes from the system to a window."""
    handle = window.windowHandle()
    assert handle is not None
    window.activateWindow()
    soon(lambda: QApplication.focusWindow() is handle)
    QTest.keyClick(handle, Qt.Key.Key_L, CTRL)


def test_ctrl_l_takes_all_from_the_screen_and_the_password_brings_it_back(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.frame is not None and program.desk is not None
    frame = program.frame
    frame.go("entry")
    settle(program.desk)
    page = frame.page
    assert page is not None
    field = next(iter(page.form.fields.values()))  # type: ignore[attr-defined]
    by_key(program, frame)
    window = locked(program)
    assert shown() == [window]
    assert window.who.text() == t("lock.says", person="陈知远")
    unlock(program, "wrong")
    assert locked(program).fault.text() == t("refused.sign_in") and shown() == [window]
    window.password.clear()
    unlock(program)
    soon(lambda: shown() == [frame])
    assert frame.page is page and field is next(iter(page.form.fields.values()))  # type: ignore[attr-defined]
    assert program.desk.person == "officer"


def test_the_menu_locks_and_dialogs_go_and_come_back_with_what_is_typed(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.frame is not None and program.desk is not None
    frame = program.frame
    frame.do_change_password()
    settle(program.desk)
    dialog = frame.findChild(OwnPassword)
    assert isinstance(dialog, OwnPassword)
    QTest.keyClicks(dialog.old, "half")
    entry = next(each for each in frame.menus["office"].actions() if each.text() == t("action.lock"))
    assert isinstance(entry, QAction)
    entry.trigger()
    assert shown() == [locked(program)]
    unlock(program)
    soon(lambda: set(shown()) == {frame, dialog})
    assert dialog.isModal() and dialog.old.text() == "half"
    by_key(program, dialog)
    assert shown() == [locked(program)], "from a dialog too"
    unlock(program)
    soon(dialog.isVisible)
    dialog.reject()


def test_what_comes_while_it_is_locked_stays_behind_it(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.frame is not None
    program.lock_up()
    late = QDialog(program.frame)
    late.open()
    soon(lambda: shown() == [locked(program)])
    unlock(program)
    soon(late.isVisible)
    late.reject()


def test_an_act_that_runs_goes_on_behind_the_lock(program_of: Callable[[], Program], an_office: Path) -> None:
    program = signed_in(program_of(), an_office, "system")
    assert program.desk is not None
    desk, go_on = program.desk, threading.Event()
    done: list[Change] = []

    def slow(job: Job[Change]) -> Change:
        go_on.wait(60)
        return office_settings.set_office(desk.office, "system", {"postcode": "518000"}, "迁址")

    desk.long_act(slow, then=done.append)
    program.lock_up()
    unlock(program)
    assert program.locking is not None and program.locking.window is None, "one need not wait for it"
    program.lock_up()
    go_on.set()
    soon(lambda: bool(done))
    assert locked(program)
    unlock(program)
    settle(desk)
    with desk.office.read() as session:
        assert office_settings.settings_of(session).postcode == "518000"


def test_another_signs_in_instead(program_of: Callable[[], Program], an_office: Path) -> None:
    program = signed_in(program_of(), an_office)
    program.lock_up()
    QTest.mouseClick(button(locked(program), t("lock.another")), Qt.MouseButton.LeftButton)
    assert program.frame is None and program.desk is None
    soon(lambda: program.start.office is not None)
    assert isinstance(program.start.step, Signing) and shown() == [program.start]
    program.start.sign_in("approver", "demo")
    assert program.desk is not None
    settle(program.desk)


def test_a_password_given_meanwhile_is_changed_at_the_sign_in(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    program.lock_up()
    with Office.open(an_office).closing() as office:
        accounts.reset_password(office, "system", "officer", "ocean walk 17")
    window = locked(program)
    QTest.keyClicks(window.password, "ocean walk 17")
    press(window.password, Qt.Key.Key_Return)
    soon(lambda: program.desk is None and program.start.office is not None)
    assert isinstance(program.start.step, Signing)


def test_who_comes_back_to_other_roles_sees_their_pages(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office)
    program.lock_up()
    with Office.open(an_office).closing() as office:
        accounts.end_role(office, "rights", "officer", "officer")
        accounts.give_role(office, "rights", "officer", "finance")
    unlock(program)
    soon(lambda: program.desk is not None and program.desk.roles == {"finance"})
    assert program.frame is not None and "entry" not in {place.name for place in program.frame.places}
    assert program.desk is not None
    settle(program.desk)


@pytest.mark.parametrize("place", ["applications", "approval", "case"])
def test_who_comes_back_without_a_role_sees_none_of_its_pages(
    program_of: Callable[[], Program], an_office: Path, place: str
) -> None:
    program = signed_in(program_of(), an_office, "approver2")
    assert program.desk is not None and program.frame is not None
    desk = program.desk
    assert program.frame.go(place, CASE if place == "case" else "")
    settle(desk)
    program.lock_up()
    with Office.open(an_office).closing() as office:
        accounts.end_role(office, "rights", "approver2", "approver")
    unlock(program)
    soon(lambda: desk.roles == frozenset())
    settle(desk)
    frame = program.frame
    assert frame.page is not None and frame.page.name == "home" and t("window.no_role") in texts(frame)
    for name in ("applications", "approval", "case"):
        assert not frame.go(name, CASE if name == "case" else "") and frame.page.name == "home"
    settle(desk)


def test_a_role_that_is_ended_takes_its_pages_from_the_window_at_the_next_page(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    program = signed_in(program_of(), an_office, "approver2")
    assert program.desk is not None and program.frame is not None
    desk = program.desk
    assert program.frame.go("applications")
    settle(desk)
    with Office.open(an_office).closing() as office:
        accounts.end_role(office, "rights", "approver2", "approver")
        accounts.give_role(office, "rights", "approver2", "finance")
    assert program.frame.page is not None
    program.frame.page.opened.emit(CASE)
    soon(lambda: desk.roles == frozenset())
    settle(desk)
    assert program.frame.page.name == "home", "what was given meanwhile comes with the next sign-in"


def test_a_role_that_is_ended_takes_the_page_that_is_on_the_screen(
    program_of: Callable[[], Program], an_office: Path
) -> None:
    """The page stayed, and what it showed, until the next one was gone to."""
    program = signed_in(program_of(), an_office, "approver2")
    assert program.desk is not None and program.frame is not None and program.locking is not None
    desk = program.desk
    assert program.frame.go("applications")
    settle(desk)
    assert program.locking.asking.isActive() and program.locking.asking.interval() == MINUTE
    with Office.open(an_office).closing() as office:
        accounts.end_role(office, "rights", "approver2", "approver")
    asked = QDialog(program.frame)
    asked.setModal(True)
    asked.show()
    program.locking.asking.timeout.emit()
    settle(desk)
    assert program.frame.page is not None and program.frame.page.name == "applications", "a dialog first"
    asked.close()
    program.locking.asking.timeout.emit()
    soon(lambda: desk.roles == frozenset())
    settle(desk)
    assert program.frame.page.name == "home"


@pytest.mark.parametrize("refreshed", [False, True])
def test_an_account_that_is_stopped_is_locked_out_at_the_next_page(
    program_of: Callable[[], Program], an_office: Path, refreshed: bool
) -> None:
    program = signed_in(program_of(), an_office, "approver2")
    assert program.desk is not None and program.frame is not None
    with Office.open(an_office).closing() as office:
        accounts.lock_person(office, "rights", "approver2")
    if refreshed:
        program.frame.do_refresh()
    else:
        program.frame.go("applications")
    locking = program.locking
    assert locking is not None
    soon(lambda: locking.window is not None)
    settle(program.desk)
    said = t("refused.locked", person="approver2")
    assert shown() == [locked(program)] and locked(program).fault.text() == said
    unlock(program)
    assert shown() == [locked(program)] and locked(program).fault.text() == said
    with Office.open(an_office).closing() as office:
        accounts.unlock_person(office, "rights", "approver2")
    locked(program).password.clear()
    unlock(program)
    soon(lambda: shown() == [program.frame])
    settle(program.desk)


@pytest.fixture
def idle(program_of: Callable[[], Program], an_office: Path) -> tuple[Program, Locking, Seconds]:
    """A program whose office locks after five minutes, and the clock that says so."""
    with Office.open(an_office).closing() as office:
        office_settings.set_office(office, "system", {"idle_minutes": "5"}, "机房检查要求")
    program = signed_in(program_of(), an_office)
    clock = Seconds()
    locking = program.locking
    assert locking is not None and program.desk is not None and locking.limit == 300.0
    locking.clock, locking.last = clock, 0.0
    return program, locking, clock


def test_it_locks_by_itself_when_nobody_was_there_for_so_long(
    idle: tuple[Program, Locking, Seconds],
) -> None:
    program, locking, clock = idle
    clock.now = 299.99
    locking.look()
    assert locking.window is None and locking.timer.isActive()
    clock.now = 300.0
    soon(lambda: locking.window is not None)
    assert shown() == [locked(program)]
    unlock(program)
    assert locking.window is None
    clock.now = 599.0
    locking.look()
    assert locking.window is None, "the minutes begin anew"


def test_keys_the_mouse_and_an_input_method_say_that_somebody_is_there(
    idle: tuple[Program, Locking, Seconds],
) -> None:
    program, locking, clock = idle
    frame = program.frame
    assert frame is not None and program.desk is not None
    frame.go("entry")
    settle(program.desk)
    handle = frame.windowHandle()
    assert handle is not None
    frame.activateWindow()
    soon(lambda: QApplication.focusWindow() is handle)
    clock.now = 200.0
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    assert locking.last == 200.0
    clock.now = 250.0
    QTest.mouseMove(handle, frame.rect().center())
    soon(lambda: locking.last == 250.0)
    page = frame.page
    assert page is not None
    field = next(
        each for each in page.findChildren(QWidget) if each.inherits("QLineEdit") and each.isVisible()
    )
    field.setFocus()
    clock.now = 270.0
    type_text(field, "深圳")
    assert locking.last == 270.0, "its keys never come here, only what it made of them"


def test_the_minutes_are_the_offices_and_follow_what_is_set(
    idle: tuple[Program, Locking, Seconds],
) -> None:
    program, locking, _ = idle
    desk = program.desk
    assert desk is not None
    desk.changed.emit(office_settings.set_office(desk.office, "system", {"idle_minutes": "0"}, "值班室"))
    soon(lambda: locking.limit == 0.0)
    assert not locking.timer.isActive()


def test_a_demonstration_does_not_lock_by_itself(
    program_of: Callable[[], Program], an_office: Path, settings: QSettings
) -> None:
    program = signed_in(program_of(), an_office)
    assert program.locking is not None
    assert program.locking.limit == 0.0 and not program.locking.timer.isActive()
