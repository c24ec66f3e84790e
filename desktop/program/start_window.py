"""Before the window: choose or make an office, and sign in.

The dialog shows one thing at a time. An office that can't be opened says why in one sentence, and so does a
wrong password; nothing typed is lost by it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QPushButton, QStyle, QVBoxLayout, QWidget

from desktop.kit.fitting import grown
from desktop.kit.language import t
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import tint, words
from desktop.program import old_addresses
from desktop.program.changing_step import Changing
from desktop.program.maker import Maker
from desktop.program.making_step import Making
from desktop.program.signing_step import Signing
from desktop.program.start_step import Step
from desktop.program.told_faults import known, said

if TYPE_CHECKING:  # the office's database is imported when one is opened: the window shows before it
    from casework.core.office import Office
    from desktop.kit.jobs import Job

S = TypeVar("S", bound="Step")
Opened = Callable[["Office", str, frozenset[str]], None]


READERS = ("officer", "approver", "finance", "auditor")
"""Whose pages are shown where nobody's role counts: all that only show."""


class Coming(NamedTuple):
    """Who has been let in and is not at the desk yet."""

    name: str = ""
    roles: frozenset[str] = frozenset()
    password: str = ""


class StartWindow(QWidget):
    """First run and signing in. A step is made when it is first shown: the window must be there at once."""

    def __init__(
        self, settings: QSettings, theme: Theme, opened: Opened, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.settings, self.theme, self.opened = settings, theme, opened
        self.office: Office | None = None
        self.read_only = False
        self.coming = Coming()
        self.setWindowTitle(t("welcome.title"))
        self.setMinimumSize(520, 440)
        self.step: Step | None = None
        self.made: dict[type[Step], Step] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        if old_addresses.clean(settings):
            notice = words(t("welcome.cleaned"))
            tint(notice, theme.look)
            side = self.style().pixelMetric(QStyle.PixelMetric.PM_LayoutLeftMargin)
            notice.setContentsMargins(side, 0, side, 0)  # in line with the words of the steps
            self.column.addWidget(notice)

    def to(self, kind: type[S]) -> S:
        """Show one step and hide the others."""
        if kind not in self.made:
            self.made[kind] = self._made(kind)
            self.column.addWidget(self.made[kind])
        if self.step is not None:
            self.step.hide()
        self.step = self.made[kind]
        self.step.show()
        step = self.made[kind]
        assert isinstance(step, kind)
        QTimer.singleShot(0, self, partial(grown, self))  # once its words are in it
        return step

    def stop(self, within: float | None = None) -> bool:
        """End what is being made: nothing of it stays. Says whether it has ended, within so many seconds."""
        makers = [step.maker for step in self.made.values() if isinstance(step, _Choice | Making)]
        ended = [maker.stop(within) for maker in makers]
        return all(ended)

    def _made(self, kind: type[Step]) -> Step:
        if kind is Signing:
            return Signing(self, self.settings, self.sign_in, lambda: self.choice)
        if kind is Changing:
            return Changing(self, self.change, self.enter, lambda: self.signing)
        if kind is Making:
            return Making(self, self.open_office, lambda: self.choice)
        return kind(self)

    @property
    def choice(self) -> _Choice:
        """The step that chooses an office, shown."""
        return self.to(_Choice)

    @property
    def signing(self) -> Signing:
        """The step that signs in, shown."""
        return self.to(Signing)

    def open(self, where: str | None = None) -> None:
        """Show the last office's sign-in, or the choice of offices where there is none.

        The office itself is opened once the window is on screen: its database takes a second to import.
        """
        last = where or str(self.settings.value("office", ""))
        self.to(Signing if last else _Choice)
        self.show()
        if last:
            QTimer.singleShot(0, self, partial(self.open_office, last))

    def open_office(self, where: str) -> bool:
        """Open an office and ask who signs in; a fault is said where it was chosen.

        One of an earlier version is offered to be brought up, and opened then.
        """
        from casework.core import people_check
        from casework.core.office import Office
        from models.faults import OfficeFault

        if self.office is not None:  # another was chosen before anybody signed in
            self.office.close()
            self.office = None
        try:
            self.office = Office.open(where, read_only=self.read_only)
            people_check.look(self.office)
        except OfficeFault as fault:
            self.choice.say(said(fault))
            if fault.code == "office.older":
                from desktop.program.upgrade_offer import UpgradeOffer

                UpgradeOffer(self, where, self.open_office).open()
            return False
        self.settings.setValue("office", where)
        self.remember(where)
        self.signing.show_office(self.office)
        return True

    def remember(self, where: str) -> None:
        """Keep the office among those last opened."""
        last = [where, *(name for name in self.recent() if name != where)]
        self.settings.setValue("recent", last[:5])

    def recent(self) -> list[str]:
        """The offices last opened, the newest first."""
        names = self.settings.value("recent", [])
        if isinstance(names, str):
            return [names]
        return [str(name) for name in names] if isinstance(names, list) else []

    def sign_in(self, name: str, password: str) -> None:
        """Check the password in the office that is open. One that somebody else gave is changed first; where
        nobody's counts, the office is read without one."""
        from casework.core.refused import Refused
        from casework.people import signing_in
        from models.faults import OfficeFault

        assert self.office is not None
        if self.office.nobody_known:
            self.coming = Coming("", frozenset(READERS))
            self.enter()
            return
        try:
            roles = signing_in.sign_in(self.office, name, password)
            stands = signing_in.standing(self.office, name)
            if self.office.only_read is not None:
                signing_in.must_have_changed(self.office, name, stands)
        except (Refused, OfficeFault) as refusal:
            if self.office.nobody_known:  # somebody has been at its people since it was opened
                self.signing.show_office(self.office)
            else:
                self.signing.refuse(known(refusal))
            return
        self.coming = Coming(name, roles, password)
        if stands.must_change or (stands.waits and self.office.only_read is None):
            self.to(Changing).show_person(signing_in.names_of(self.office, name), stands)
        else:
            self.enter()

    def change(self, password: str) -> None:
        """Give the person who comes in the password that they chose, and let them in."""
        from casework.core.refused import Refused
        from casework.people import accounts
        from models.faults import OfficeFault

        assert self.office is not None
        try:
            accounts.change_password(self.office, self.coming.name, self.coming.password, password)
        except (Refused, OfficeFault) as refusal:
            self.to(Changing).say(said(refusal))
            return
        self.enter()

    def enter(self) -> None:
        """Whoever was let in comes to the desk."""
        assert self.office is not None
        coming, self.coming = self.coming, Coming()
        if Changing in self.made:
            self.to(Changing).password.clear()
        if coming.name:
            self.settings.setValue("person", coming.name)
        self.hide()
        self.opened(self.office, coming.name, coming.roles)


class _Choice(Step):
    """A new office, an office that is there, or the demonstration."""

    code = "choice"

    def __init__(self, start: StartWindow) -> None:
        super().__init__(start)
        self.start = start
        self.offers: list[QPushButton] = []
        for code, do in (
            ("welcome.demo", self._demo),
            ("welcome.open", self._open),
            ("welcome.new", lambda: start.to(Making)),
        ):
            self.offers.append(self.button(code, do, main=code == "welcome.demo"))
        for where in start.recent():
            link = self.button("welcome.open", partial(start.open_office, where))
            link.setText(t("welcome.recent", path=where))
            link.setProperty("flat", True)
            self.offers.append(link)
        self.maker = Maker(self, self.offers, start.open_office)
        self.no_more = self.maker.no_more = self.button("welcome.demo.stop", self.maker.cancel)
        self.no_more.hide()
        for each in (*self.offers, self.fault, self.no_more):
            self.column.addWidget(each)
        self.column.addStretch(1)

    def _open(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        where, _ = QFileDialog.getOpenFileName(self, t("welcome.open"), "", t("welcome.filter"))
        if where:
            self.start.open_office(where)

    def _demo(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        where, _ = QFileDialog.getSaveFileName(
            self, t("welcome.demo"), "voucher-desk-demo.office", t("welcome.filter")
        )
        if where:
            self.make_demo(Path(where))

    def make_demo(self, where: Path) -> None:
        """Make the demonstration office, with its papers beside it, and open it; it can be stopped."""

        def work(job: Job[None]) -> None:
            from casework.founding.demonstration import demo

            demo(where, out=where.with_suffix(".papers"), tick=job.must_go_on)

        self.maker.make(str(where), work, "welcome.demo.making")
