"""Before the window: choose or make an office, and sign in.

The dialog shows one thing at a time. An office that can't be opened says why in one sentence, and so does a
wrong password; nothing typed is lost by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.kit.language import language, t
from desktop.kit.theme import GRID, Theme

if TYPE_CHECKING:  # the office's database is imported when one is opened: the window shows before it
    from casework.core.office import Office

S = TypeVar("S", bound="_Step")
Opened = Callable[["Office", str, frozenset[str]], None]
DEMO_PEOPLE = (
    "officer",
    "approver",
    "finance",
    "auditor",
    "system",
    "rights",
    "officer2",
    "approver2",
    "finance2",
)


class StartWindow(QWidget):
    """First run and signing in. A step is made when it is first shown: the window must be there at once."""

    def __init__(
        self, settings: QSettings, theme: Theme, opened: Opened, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.settings, self.theme, self.opened = settings, theme, opened
        self._forget_passwords()
        self.office: Office | None = None
        self.read_only = False
        self.setWindowTitle(t("welcome.title"))
        self.setMinimumSize(520, 440)
        self.step: _Step | None = None
        self.made: dict[type[_Step], _Step] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)

    def to(self, kind: type[S]) -> S:
        """Show one step and hide the others."""
        if kind not in self.made:
            self.made[kind] = kind(self)
            self.column.addWidget(self.made[kind])
        if self.step is not None:
            self.step.hide()
        self.step = self.made[kind]
        self.step.show()
        step = self.made[kind]
        assert isinstance(step, kind)
        return step

    @property
    def choice(self) -> _Choice:
        """The step that chooses an office, shown."""
        return self.to(_Choice)

    @property
    def signing(self) -> _Signing:
        """The step that signs in, shown."""
        return self.to(_Signing)

    def open(self, where: str | None = None) -> None:
        """Show the last office's sign-in, or the choice of offices where there is none.

        The office itself is opened once the window is on screen: its database takes a second to import.
        """
        last = where or str(self.settings.value("office", ""))
        self.to(_Signing if last else _Choice)
        self.show()
        if last:
            QTimer.singleShot(0, self, partial(self.open_office, last))

    def open_office(self, where: str) -> bool:
        """Open an office and ask who signs in; a fault is said where it was chosen.

        One of an earlier version is offered to be brought up, and opened then.
        """
        from casework.core.office import Office
        from models.faults import OfficeFault

        try:
            self.office = Office.open(where, read_only=self.read_only)
        except OfficeFault as fault:
            self.choice.say(_said(fault))
            if fault.code == "office.older":
                from desktop.program.upgrade_offer import UpgradeOffer

                UpgradeOffer(self, where, self.open_office).open()
            return False
        self.settings.setValue("office", where)
        self.remember(where)
        self.signing.show_office(self.office)
        return True

    def _forget_passwords(self) -> None:
        """Take the passwords out of the addresses that an earlier version kept."""
        where, recent = str(self.settings.value("office", "")), self.recent()
        if _without_password(where) != where:
            self.settings.setValue("office", _without_password(where))
        if any(_without_password(name) != name for name in recent):
            self.settings.setValue("recent", [_without_password(name) for name in recent])

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
        """Check the password in the office that is open."""
        from casework.core.refused import Refused
        from casework.people import signing_in
        from models.faults import OfficeFault

        assert self.office is not None
        try:
            roles = signing_in.sign_in(self.office, name, password)
        except (Refused, OfficeFault) as refusal:
            self.signing.say(_said(refusal))
            return
        self.settings.setValue("person", name)
        self.hide()
        self.opened(self.office, name, roles)


def _without_password(where: str) -> str:
    """A server's address without the password in it."""
    bare = re.sub(r"(://[^:@/?]*):[^@]*@", r"\1@", where)
    return re.sub(r"([?&])password=[^&]*&?", r"\1", bare).rstrip("?&")


def _said(fault: Exception) -> str:
    """What a person, the office or the machine did, in its sentence; anything else is a bug and stays one."""
    from casework.core.refused import Refused, of_the_machine

    known = fault if isinstance(fault, Refused) else of_the_machine(fault)
    if known is None:
        raise fault
    return known.say(language())


class _Step(QWidget):
    """One step: a title, a sentence, and a place for what went wrong."""

    code: ClassVar[str] = ""

    def __init__(self, start: StartWindow) -> None:
        super().__init__(start)
        self.start = start
        self.column = QVBoxLayout(self)
        self.column.setSpacing(2 * GRID)
        title = QLabel(t(f"welcome.{self.code}.title"), self)
        title.setProperty("title", True)
        says = QLabel(t(f"welcome.{self.code}.says"), self)
        says.setWordWrap(True)
        says.setProperty("muted", True)
        self.fault = QLabel(self)
        self.fault.setWordWrap(True)
        self.fault.setProperty("fault", True)
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(title)
        self.column.addWidget(says)

    def say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setAccessibleName(sentence)

    def button(self, code: str, do: Callable[[], object], *, main: bool = False) -> QPushButton:
        made = QPushButton(t(code), self)
        made.setProperty("main", main)
        made.setDefault(main)
        made.setAutoDefault(main)
        made.clicked.connect(lambda checked=False: do())
        return made


class _Choice(_Step):
    """A new office, an office that is there, or the demonstration."""

    code = "choice"

    def __init__(self, start: StartWindow) -> None:
        super().__init__(start)
        for code, do in (
            ("welcome.demo", self._demo),
            ("welcome.open", self._open),
            ("welcome.new", lambda: start.to(_Making)),
        ):
            self.column.addWidget(self.button(code, do, main=code == "welcome.demo"))
        for where in start.recent():
            link = self.button("welcome.open", partial(start.open_office, where))
            link.setText(t("welcome.recent", path=where))
            link.setProperty("flat", True)
            self.column.addWidget(link)
        self.column.addWidget(self.fault)
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
        """Make the demonstration office, with its papers beside it, and open it."""
        from casework.core.refused import Refused
        from casework.founding.demonstration import demo
        from models.faults import OfficeFault

        self.say(t("welcome.demo.making"))
        self.repaint()
        try:
            demo(where, out=where.with_suffix(".papers"))
        except (OfficeFault, Refused, OSError) as fault:
            self.say(_said(fault))
            return
        self.start.open_office(str(where))


class _Signing(_Step):
    """Who sits down."""

    code = "signing"

    def __init__(self, start: StartWindow) -> None:
        super().__init__(start)
        self.where = QLabel(self)
        self.where.setProperty("small", True)
        self.column.addWidget(self.where)
        self.hint = QLabel(t("welcome.demo_password", people=DEMO_PEOPLE), self)
        self.hint.setProperty("small", True)
        self.hint.setWordWrap(True)
        self.hint.hide()
        self.name = QLineEdit(self)
        self.name.setAccessibleName(t("welcome.name"))
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(t("welcome.password"))
        for code, field in (("welcome.name", self.name), ("welcome.password", self.password)):
            pair = QVBoxLayout()
            pair.setSpacing(GRID // 2)
            pair.addWidget(QLabel(t(code), self))
            pair.addWidget(field)
            self.column.addLayout(pair)
        row = QHBoxLayout()
        row.addWidget(self.button("welcome.other", self._other))
        row.addStretch(1)
        row.addWidget(self.button("welcome.sign_in", self._sign_in, main=True))
        self.column.addWidget(self.hint)
        self.column.addWidget(self.fault)
        self.column.addStretch(1)
        self.column.addLayout(row)
        self.name.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._sign_in)

    def show_office(self, office: Office) -> None:
        """Say which office it is; a demonstration offers its people and says their password."""
        from casework.core.office_settings import name_of

        self.where.setText(t("welcome.where", office=name_of(office) or str(office.store.name)))
        demonstration = office.row.demonstration
        self.password.clear()
        self.say("")
        self.hint.setVisible(demonstration)
        self.name.setText(str(self.start.settings.value("person", DEMO_PEOPLE[0] if demonstration else "")))
        (self.password if self.name.text() else self.name).setFocus()

    def _sign_in(self) -> None:
        self.start.sign_in(self.name.text().strip(), self.password.text())
        self.password.selectAll()

    def _other(self) -> None:
        self.start.to(_Choice)


class _Making(_Step):
    """A new office: where it lies, its name, and its first two people, each with their own password."""

    code = "making"

    def __init__(self, start: StartWindow) -> None:
        from PySide6.QtWidgets import QFormLayout

        from desktop.kit.new_password import NewPassword

        super().__init__(start)
        self.name = QLineEdit(self)
        self.path = QLineEdit(self)
        self.people = {role: QLineEdit(self) for role in ("system", "rights")}
        self.passwords = {role: NewPassword(partial(self._names, role), self) for role in self.people}
        form = QFormLayout()
        form.addRow(t("welcome.office_name"), self.name)
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(self.button("welcome.browse", self._browse))
        form.addRow(t("welcome.path"), where)
        for role, field in self.people.items():
            field.setAccessibleName(t(f"role.{role}"))
            field.textEdited.connect(lambda text, role=role: self.passwords[role].look())
            form.addRow(t(f"role.{role}"), field)
            form.addRow(t("welcome.own_password"), self.passwords[role])
        self.passwords["system"].entered.connect(self.people["rights"].setFocus)
        self.passwords["rights"].entered.connect(self._make)
        row = QHBoxLayout()
        row.addWidget(self.button("welcome.back", lambda: start.to(_Choice)))
        row.addStretch(1)
        row.addWidget(self.button("welcome.make", self._make, main=True))
        self.column.addLayout(form)
        self.column.addWidget(self.fault)
        self.column.addStretch(1)
        self.column.addLayout(row)

    def _names(self, role: str) -> tuple[str, ...]:
        return self.people[role].text().strip(), self.name.text().strip()

    def _browse(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        where, _ = QFileDialog.getSaveFileName(self, t("welcome.new"), self.path.text(), t("welcome.filter"))
        if where:
            self.path.setText(where)

    def _make(self) -> None:
        from casework.core.refused import Refused
        from casework.founding.new_office import found_office
        from models.faults import OfficeFault

        names = {role: field.text().strip() for role, field in self.people.items()}
        typed = [field.text() for field in self.passwords.values()]
        if not all((self.path.text().strip(), *names.values(), *typed)):
            self.say(t("welcome.missing"))
            return
        if len(set(names.values())) < len(names):
            self.say(t("welcome.same_name"))
            return
        if faults := [fault for fault in (field.fault() for field in self.passwords.values()) if fault]:
            self.say(faults[0])
            return
        try:
            first = [(name, name, role) for role, name in names.items()]
            where, called = self.path.text().strip(), self.name.text().strip()
            own = {name: self.passwords[role].text() for role, name in names.items()}
            found_office(where, name=called, first=first, passwords=own)
        except (OfficeFault, Refused, OSError) as fault:
            self.say(_said(fault))
            return
        for field in self.passwords.values():
            field.clear()
        self.start.open_office(self.path.text().strip())
