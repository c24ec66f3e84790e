"""People and rights: one keeps the accounts, another gives the rights; neither touches a case."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit

from casework.core.change import Change
from casework.people import accounts, staff
from desktop.kit.action import Action
from desktop.kit.ask_dialog import AskDialog, Field, combo, proposed, secret
from desktop.kit.desk import Desk
from desktop.kit.language import t
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, chip, clear, link, scrolled_column, words
from models.state_names import SIDE_OF_ROLE, SIDES


class PeoplePage(Page):
    """Every account with its roles, and what the person at the desk may do with it."""

    name = "people"
    kinds = frozenset(("person", "person_role"))
    offers = (Action("add_person", "people", "Ctrl+N", act="add_person", main=True),)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.column = scrolled_column(self)

    def refresh(self) -> None:
        """Reads the people and their roles again."""
        person = self.desk.person
        self.desk.read(lambda office: staff.staff(office, person), self._show, owner=self)

    def _show(self, members: tuple[staff.Member, ...]) -> None:
        clear(self.column)
        for side in SIDES:
            rows = [member for member in members if member.side == side]
            if rows:
                frame, column = card()
                column.addWidget(words(t(f"side.{side}"), muted=True))
                for member in rows:
                    column.addLayout(self._member(member))
                self.column.addWidget(frame)
        self.column.addStretch(1)

    def _member(self, member: staff.Member) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        name = QLabel(member.name)
        name.setFixedWidth(140)
        full = QLabel(member.full_name)
        full.setFixedWidth(160)
        row.addWidget(name)
        row.addWidget(full)
        row.addWidget(QLabel(t("people.and").join(t(f"role.{role}") for role in member.roles)))
        if member.locked:
            row.addWidget(chip(t("people.locked"), "stopped", self.theme))
        elif not member.has_password:
            row.addWidget(chip(t("people.no_password"), "look", self.theme))
        if member.must_change or member.reset_waits:
            code = "people.reset_waits" if member.reset_waits else "people.must_change"
            made = chip(t(code), "look", self.theme)
            made.setToolTip(t("people.reset_told", by=member.reset_by, at=member.reset_at))
            row.addWidget(made)
        row.addStretch(1)
        may, other = self.desk.may, member.name != self.desk.person
        if other and may("give_role"):
            row.addWidget(link(t("people.roles"), partial(self._roles, member)))
        if member.locked and may("unlock_person"):
            row.addWidget(link(t("people.unlock"), partial(self._act, accounts.unlock_person, member.name)))
        if not member.locked and other and not member.last_holder and may("lock_person"):
            row.addWidget(link(t("people.lock"), partial(self._act, accounts.lock_person, member.name)))
        if member.to_agree and may("confirm_reset"):
            row.addWidget(link(t("people.confirm_reset"), partial(self._confirm_reset, member)))
        if other and may("reset_password") and accounts.may_reset(self.desk.roles, member.side):
            row.addWidget(link(t("people.reset"), partial(self._reset, member)))
        return row

    def _act(self, act: Callable[..., Change], name: str) -> None:
        self.desk.act(act, name, then=lambda change: self.desk.say(t("people.done", name=name)))

    def _roles(self, member: staff.Member) -> None:
        choices = {role: t(f"role.{role}") for role, side in SIDE_OF_ROLE.items() if side == member.side}
        marked = {
            role: (t("people.takes") if role in member.roles else t("people.gives")) for role in choices
        }
        box = combo({role: f"{marked[role]} {words_}" for role, words_ in choices.items()})

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            role = values["people.role"]
            act = accounts.end_role if role in member.roles else accounts.give_role
            dialog.act(self.desk, act, member.name, role)

        AskDialog(
            self, "people.roles", t("people.roles_says", name=member.name), {"people.role": box}, do
        ).open()

    def _confirm_reset(self, member: staff.Member) -> None:
        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            dialog.act(self.desk, accounts.confirm_reset, member.name, member.reset_at)

        says = proposed(member.reset_by, member.reset_at) + t("people.confirm_reset_says", name=member.name)
        AskDialog(self, "people.confirm_reset", says, {}, do).open()

    def _reset(self, member: staff.Member) -> None:
        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            dialog.act(self.desk, accounts.reset_password, member.name, values["people.password"])

        code = "people.reset_two_says" if member.side in accounts.TWO_TO_RESET else "people.reset_says"
        AskDialog(self, "people.reset", t(code, name=member.name), {"people.password": secret()}, do).open()

    def do_add_person(self) -> None:
        """A new account; its roles are given by who keeps the rights."""
        fields: dict[str, Field] = {
            "people.name": QLineEdit(),
            "people.full_name": QLineEdit(),
            "people.side": combo({side: t(f"side.{side}") for side in SIDES}),
        }

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            dialog.act(self.desk, accounts.add_person, *(values[code] for code in fields))

        AskDialog(self, "action.add_person", t("people.add_says"), fields, do, self.desk).open()


def make(desk: Desk, theme: Theme) -> PeoplePage:
    """The page."""
    return PeoplePage(desk, theme)
