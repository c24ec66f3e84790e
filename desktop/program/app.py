"""The program as a window: fonts, theme, one instance an office, sign-in, frame.

`run` shows something before it imports what is heavy: the start window needs Qt and the office's database
only; papers, workbooks and the rules of the shipped packs are imported where they are used.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QSettings
from PySide6.QtWidgets import QApplication

from desktop.kit import theme
from desktop.kit.collecting import Collector
from desktop.kit.kept_choices import one_of
from desktop.kit.language import language, speak, t
from desktop.program.bugs import Hook
from desktop.program.ending import Ending
from desktop.program.qt_words import QtWords
from desktop.program.start_window import StartWindow
from papers import own_files
from words import LANGUAGES

if TYPE_CHECKING:  # imported when someone has signed in: the first window shows before it
    from casework.core.office import Office
    from desktop.frame.main_window import Frame, PageMaker
    from desktop.kit.desk import Desk
    from desktop.program.locking import Locking

PATIENCE = 10.0
"""Seconds that an act which runs while the program ends has to come to its end."""

SCALES = (100, 110, 125, 150, 175, 200)


class Program:
    """The application object and the windows that are open."""

    def __init__(self, app: QApplication, settings: QSettings, makers: dict[str, PageMaker]) -> None:
        self.app, self.settings, self.makers = app, settings, makers
        self.hook = Hook(app)
        Collector(app)
        self.frame: Frame | None = None
        self.desk: Desk | None = None
        self.lock: QLockFile | None = None
        speak(one_of(settings, "language", LANGUAGES, language()))
        self.theme = theme.THEMES[one_of(settings, "theme", theme.THEMES, "light")]
        theme.load_fonts()
        theme.apply(app, self.theme)
        self.qt_words = QtWords(app)
        self.start = StartWindow(settings, self.theme, self.opened)
        self.locking: Locking | None = None

    def opened(self, office: Office, person: str, roles: frozenset[str]) -> None:
        """Someone signed in: show the frame for their roles."""
        from desktop.kit.desk import Desk
        from desktop.program.locking import Locking

        if not self._locked(office):
            self.start.choice.say(t("welcome.already_open"))
            self.start.show()
            return
        self.desk = Desk(office, self.settings, self.hook.take)
        self.desk.sign_in(person, roles)
        self.desk.ended.connect(self._ended)
        self._show_frame()
        self.locking = Locking(self.desk, lambda: self.frame, self.sign_out, self.end, self._has_roles)

    def _has_roles(self, roles: frozenset[str]) -> None:
        """The person came back to other roles than they left with."""
        assert self.desk is not None
        self.desk.sign_in(self.desk.person, roles)
        self._again()

    def _ended(self, left: frozenset[str] | Exception) -> None:
        """What the person at the desk signed in with was ended: the window is made for the roles that are
        left; where the account was stopped it locks, and says so."""
        if self.locking is None or self.locking.window is not None:  # who unlocks it is asked again
            return
        if isinstance(left, Exception):
            self.locking.lock(left)
        else:
            self._has_roles(left)

    def lock_up(self) -> None:
        """Lock the window at once."""
        if self.locking is not None:
            self.locking.lock()

    def _locked(self, office: Office) -> bool:
        """One window an office and person's machine; an office in a server's database has many."""
        path = office.store.path
        if path is None or office.only_read is not None:  # who only reads is in nobody's way
            return True
        lock = QLockFile(str(path) + ".window")
        lock.setStaleLockTime(0)
        if not lock.tryLock(100):
            return False
        own_files.keep_private(Path(lock.fileName()))
        self.lock = lock
        return True

    def _show_frame(self, place: str = "", what: str = "") -> None:
        from desktop.frame.main_window import Frame

        assert self.desk is not None
        before = self.frame
        if before is not None:
            before.put_aside()  # else the new one would not find what is being typed
        outside: dict[str, Callable[[], object]] = {
            "theme": self.change_theme,
            "language": self.change_language,
            "larger": lambda: self.scale(+1),
            "smaller": lambda: self.scale(-1),
            "lock": self.lock_up,
            "sign_out": self.sign_out,
            "open_office": self.other_office,
        }
        self.frame = Frame(self.desk, self.theme, self.makers, outside)
        self.frame.show()
        if place:
            self.frame.go(place, what)
        if before is not None:
            before.close()
            before.deleteLater()

    def _again(self) -> None:
        """Make the window anew, on the same page with the same on it, where this person still has it."""
        page = self.frame.page if self.frame is not None else None
        place, what = (page.name, page.showing) if page is not None else ("", "")
        self._show_frame(place, what)

    def change_theme(self) -> None:
        """Light to dark and back."""
        self.theme = theme.DARK if self.theme is theme.LIGHT else theme.LIGHT
        self.settings.setValue("theme", self.theme.name)
        theme.apply(self.app, self.theme)
        self._again()

    def change_language(self) -> None:
        """To the next of the languages; after the last, the first."""
        speak(LANGUAGES[(LANGUAGES.index(language()) + 1) % len(LANGUAGES)])
        self.settings.setValue("language", language())
        self.qt_words.speak()
        self._again()

    def scale(self, step: int) -> None:
        """Larger or smaller, from the next start on (Qt scales when it starts)."""
        now = SCALES.index(one_of(self.settings, "scale", SCALES, 100))
        wanted = SCALES[max(0, min(len(SCALES) - 1, now + step))]
        self.settings.setValue("scale", wanted)
        if self.desk is not None:
            self.desk.say(t("window.scale", percent=wanted))

    def sign_out(self) -> None:
        """Back to the sign-in of this office."""
        where = str(self.settings.value("office", ""))
        self._to_the_start()
        self.start.open(where)

    def other_office(self) -> None:
        """To the choice of offices."""
        self._to_the_start()
        self.start.choice.show()
        self.start.show()

    def _to_the_start(self) -> None:
        self.close()
        read_only = self.start.read_only
        self.start = StartWindow(self.settings, self.theme, self.opened)
        self.start.read_only = read_only

    def keep(self) -> None:
        """Have all that is being typed on the disk."""
        if self.frame is not None:
            self.frame.put_aside()

    def end(self) -> None:
        """The system asks the program to end: keep what is typed, and leave the loop."""
        self.keep()
        self.app.quit()

    def close(self, within: float | None = None) -> bool:
        """Close the office: jobs are stopped, threads ended, the lock given back. Says whether all of it has
        ended, within so many seconds where they are given."""
        ended = self.start.stop(within)
        if self.locking is not None:
            self.locking.stop()
            self.locking = None
        if self.frame is not None:
            self.frame.close()
            self.frame.deleteLater()
            self.frame = None
        if self.desk is not None:
            ended = self.desk.workers.stop(within) and ended
            if ended:
                self.desk.office.close()
            self.desk = None
        if self.lock is not None:
            self.lock.unlock()
            self.lock = None
        return ended


def makers() -> dict[str, PageMaker]:
    """How each page is made; a page's module is imported when it is first gone to."""
    from importlib import import_module

    from desktop.frame.places import PLACES

    def maker(name: str) -> PageMaker:
        return lambda desk, theme: import_module(f"desktop.pages.{name}").make(desk, theme)

    names = [*(place.name for place in PLACES), "case"]
    return {name: maker("import_" if name == "import" else name) for name in names}


def own_settings() -> QSettings:
    """The person's settings, in a file that nobody else can look into."""
    settings = QSettings("Voucher Desk", "Voucher Desk")
    if sys.platform not in ("win32", "darwin"):  # the registry and the preferences are the user's own
        with contextlib.suppress(OSError):
            own_files.make_file(Path(settings.fileName()))
    return settings


def run(where: str | None = None, language: str | None = None, *, read_only: bool = False) -> int:
    """Open the window, where one asks for it only to read, and stay until it is closed; gives the exit
    status."""
    import os

    settings = own_settings()
    if language:
        speak(language)
    scale = one_of(settings, "scale", SCALES, 100)
    if scale != 100 and "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = str(scale / 100)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Voucher Desk")
    program = Program(app, settings, makers())
    program.hook.install()
    app.commitDataRequest.connect(lambda _: program.keep())
    ending = Ending(program.end, app)
    program.start.read_only = read_only
    program.start.open(where)
    status = app.exec()
    ending.restore()
    if not program.close(PATIENCE):  # an act waits for a server: what it has not stored it stores no more
        sys.stdout.flush()
        os._exit(status)
    return status
