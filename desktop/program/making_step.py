"""A new office: where it lies, its name, and its first two people, each with their own password."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from desktop.kit.language import t
from desktop.program.maker import Maker
from desktop.program.start_step import Step

if TYPE_CHECKING:
    from desktop.kit.jobs import Job


class Whole(QScrollArea):
    """As high as what is in it at its width; where a small screen has no room for that, it scrolls."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # one begins to type in its first field
        self.setWidget(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        """What is in it needs so much."""
        inside = self.widget()
        return 0 if inside is None else inside.heightForWidth(width)


class Making(Step):
    """Asks for what a new office begins with, and makes it.

    Args:
        made: called with where it lies.
        back: to the choice of offices.
    """

    code = "making"

    def __init__(self, start: QWidget, made: Callable[[str], object], back: Callable[[], object]) -> None:
        from desktop.kit.new_password import NewPassword

        super().__init__(start)
        self.made = made
        self.name = QLineEdit(self)
        self.path = QLineEdit(self)
        self.people = {role: QLineEdit(self) for role in ("system", "rights")}
        self.passwords = {role: NewPassword(partial(self._names, role), self) for role in self.people}
        asking = QWidget()
        form = QFormLayout(asking)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(t("welcome.office_name"), self.name)
        browse = self.button("welcome.browse", self._browse)
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(browse)
        form.addRow(t("welcome.path"), where)
        for role, field in self.people.items():
            field.setAccessibleName(t(f"role.{role}"))
            field.textEdited.connect(lambda text, role=role: self.passwords[role].look())
            form.addRow(t(f"role.{role}"), field)
            form.addRow(t("welcome.own_password"), self.passwords[role])
        self.passwords["system"].entered.connect(self.people["rights"].setFocus)
        self.passwords["rights"].entered.connect(self._make)
        self.column.addWidget(Whole(asking, self))  # before the buttons: keys go through it first
        buttons = self.button("welcome.back", back), self.button("welcome.make", self._make, main=True)
        asked = (self.name, self.path, browse, *self.people.values(), *self.passwords.values())
        self.maker = Maker(self, (*asked, *buttons), self._opened)
        row = QHBoxLayout()
        row.addWidget(buttons[0])
        row.addStretch(1)
        row.addWidget(buttons[1])
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

    def _missing(self) -> str:
        """What is to be typed yet, or otherwise, as a sentence; empty where nothing is."""
        names = [field.text().strip() for field in self.people.values()]
        typed = [field.text() for field in self.passwords.values()]
        if not all((self.path.text().strip(), *names, *typed)):
            return t("welcome.missing")
        if len(set(names)) < len(names):
            return t("welcome.same_name")
        return next(filter(None, (field.fault() for field in self.passwords.values())), "")

    def _make(self) -> None:
        if missing := self._missing():
            self.say(missing)
            return
        names = {role: field.text().strip() for role, field in self.people.items()}
        first = [(name, name, role) for role, name in names.items()]
        own = {name: self.passwords[role].text() for role, name in names.items()}
        where, called = self.path.text().strip(), self.name.text().strip()

        def work(job: Job[None]) -> None:
            from casework.founding.new_office import found_office

            found_office(where, name=called, first=first, passwords=own)

        self.maker.make(where, work, "welcome.making.under_way")

    def _opened(self, where: str) -> None:
        for field in self.passwords.values():
            field.clear()
        self.made(where)
