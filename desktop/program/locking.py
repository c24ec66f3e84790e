"""The lock of a desk that its person has left, by Ctrl+L or by itself after minutes without a key or a move,
or at which nobody of that account works any more.

What is shown is taken from the screen, dialogs too, and comes back as it was: pages, what is typed, work that
runs. How many minutes is the office's setting (`casework.core.office_settings.idle_minutes`).
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from casework.core import office_settings
from casework.core.change import Change
from casework.core.office import Office
from casework.core.staff_names import of_account
from casework.people import signing_in
from desktop.kit.desk import Desk
from desktop.kit.jobs import Job
from desktop.program.lock_window import LockWindow

Type = QEvent.Type
HANDS = frozenset(
    (
        Type.KeyPress, Type.MouseButtonPress, Type.MouseMove, Type.Wheel, Type.TouchBegin, Type.TouchUpdate,
        Type.TabletPress, Type.TabletMove, Type.InputMethod,
    )
)  # fmt: skip
"""What a person at the desk does; an input method keeps the keys to itself and sends what it made of them."""
SWEEP = 200
"""Milliseconds between two looks for what has come on the screen while it is locked."""
MINUTE = 60_000
"""Milliseconds between two looks whether who sits at the desk still has the roles that it shows."""
Came = tuple[frozenset[str], bool]


class Locking(QObject):
    """Locks the windows of one desk.

    Args:
        frame: the window as it is now.
        another: goes back to the sign-in.
        end: ends the program.
        roles: told the roles of the person where they have changed meanwhile.
    """

    def __init__(
        self,
        desk: Desk,
        frame: Callable[[], QWidget | None],
        another: Callable[[], object],
        end: Callable[[], object],
        roles: Callable[[frozenset[str]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(desk)
        self.desk, self.frame, self.another, self.end, self.roles = desk, frame, another, end, roles
        self.clock = clock
        self.window: LockWindow | None = None
        self.hidden: list[QWidget] = []
        self.called = desk.person
        self.limit = 0.0
        self.last = clock()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        self.sweep = QTimer(self)
        self.sweep.setInterval(SWEEP)
        self.sweep.timeout.connect(self._hide)
        self.asking = QTimer(self)
        self.asking.setInterval(MINUTE)
        self.asking.timeout.connect(self.ask)
        self.asking.start()
        self.watched: dict[str, QObject | None] = {}
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._window)
        app.focusObjectChanged.connect(self._object)
        self._window(QGuiApplication.focusWindow())
        self._object(QGuiApplication.focusObject())
        desk.changed.connect(self._changed)
        self._read()

    def ask(self) -> None:
        """A page that stays on the screen is looked at like one that is gone to; what is asked in a dialog is
        done or left first, and its act asks for the roles itself."""
        if self.window is None and QApplication.activeModalWidget() is None:
            self.desk.look_again()

    # -- how long nobody was there -------------------------------------------------------------------

    def _read(self) -> None:
        self.desk.read(self._asked, self._set, owner=self)

    def _asked(self, office: Office) -> tuple[str, int]:
        with office.read() as session:
            return of_account(session, self.desk.person), office_settings.idle_minutes(office, session)

    def _set(self, told: tuple[str, int]) -> None:
        self.called, minutes = told
        self.limit = minutes * 60.0
        self.look()

    def _changed(self, change: Change) -> None:
        if "office_setting" in change.kinds:
            self._read()

    def look(self) -> None:
        """Lock where nobody was there for so long; else look again when it could be."""
        self.timer.stop()
        if not self.limit or self.window is not None:
            return
        left = self.limit - (self.clock() - self.last)
        if left <= 0:
            self.lock()
        else:
            self.timer.start(int(left * 1000) + 1)

    def _window(self, window: QWindow | None) -> None:
        self._watch("window", window)
        if self.window is not None:
            self._hide()

    def _object(self, focused: QObject | None) -> None:
        self._watch("object", focused)

    def _watch(self, place: str, watched: QObject | None) -> None:
        before = self.watched.get(place)
        if before is not None and isValid(before) and before not in (watched, *self._others(place)):
            before.removeEventFilter(self)
        self.watched[place] = watched
        if watched is not None:
            watched.installEventFilter(self)

    def _others(self, place: str) -> list[QObject]:
        return [each for name, each in self.watched.items() if name != place and each is not None]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there; Ctrl+L locks from a dialog too."""
        if event.type() in HANDS:
            self.last = self.clock()
            pressed = isinstance(event, QKeyEvent) and event.type() == Type.KeyPress
            if pressed and event.key() == Qt.Key.Key_L:  # type: ignore[attr-defined]
                held = event.modifiers()  # type: ignore[attr-defined]
                if held == Qt.KeyboardModifier.ControlModifier and self.window is None:
                    self.lock()
                    return True
        return False

    # -- locked --------------------------------------------------------------------------------------

    def lock(self, why: Exception | None = None) -> None:
        """Take everything from the screen but the question for the password, and `why` it came, where it was
        not wanted. Where nobody has signed in, there is nobody to ask."""
        frame = self.frame()
        if self.window is not None or not self.desk.person or frame is None:
            return
        self.window = LockWindow(self.called, self._unlock, self.another)
        self.window.closed.connect(self.end)
        self.window.setWindowIcon(frame.windowIcon())
        if frame.isMaximized():
            self.window.showMaximized()
        else:
            self.window.setGeometry(frame.geometry())
            self.window.show()
        self._hide()
        self.sweep.start()
        self.window.activateWindow()
        self.window.password.setFocus()
        if why is not None:
            self.window.refuse(why)

    def _hide(self) -> None:
        for each in QApplication.topLevelWidgets():
            if each is self.window or not each.isVisible() or each.windowType() == Qt.WindowType.ToolTip:
                continue
            if isinstance(each, QMenu | QFileDialog) or each.windowType() == Qt.WindowType.Popup:
                each.close()
                continue
            self.hidden.append(each)
            each.hide()

    def _unlock(self, password: str) -> None:
        office, person, window = self.desk.office, self.desk.person, self.window

        def ask(job: Job[Came]) -> Came:
            roles = signing_in.sign_in(office, person, password)
            return roles, signing_in.standing(office, person).must_change

        def refused(refusal: Exception) -> None:
            if window is not None and isValid(window):
                window.refuse(refusal)

        self.desk.workers.start(ask, self._came, refused=refused, owner=window, pool="lock")

    def _came(self, came: Came) -> None:
        roles, must_change = came
        if must_change:  # somebody gave a new password meanwhile: the sign-in asks for another
            self.another()
            return
        self._open()
        if roles != self.desk.roles:
            self.roles(roles)

    def _open(self) -> None:
        """Show all again as it was."""
        self.last = self.clock()
        self.sweep.stop()
        window, self.window = self.window, None
        hidden, self.hidden = self.hidden, []
        for each in dict.fromkeys(hidden):
            if not isValid(each):
                continue
            if isinstance(each, QDialog) and each.isModal():
                each.open()
            else:
                each.show()
            each.activateWindow()
        if window is not None:
            window.leave()
        self.look()

    def stop(self) -> None:
        """Nobody sits at this desk any more."""
        self.timer.stop()
        self.sweep.stop()
        self.asking.stop()
        for each in self.watched.values():
            if each is not None and isValid(each):
                each.removeEventFilter(self)
        self.watched.clear()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._window)
            app.focusObjectChanged.disconnect(self._object)
        if self.window is not None:
            self.window.leave()
            self.window = None
        self.deleteLater()
