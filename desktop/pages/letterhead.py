"""What the office says of itself on its papers: everyone reads it, the system's side sets it."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit

from casework.core import office_settings
from casework.core.office import SHANGHAI, Office
from casework.core.office_settings import SETTINGS, Said, Setting, Settings
from desktop.kit.action import Action
from desktop.kit.ask_dialog import AskDialog, Field
from desktop.kit.desk import Desk
from desktop.kit.language import t, t_or
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, chip, clear, link, scrolled_column, tint, words

REASON = "letterhead.reason"


class _Told(NamedTuple):
    settings: Settings
    missing: tuple[str, ...]
    history: tuple[Said, ...]


class LetterheadPage(Page):
    """Each setting with its value and the papers that need it, what is missing, and the history."""

    name = "letterhead"
    kinds = frozenset(("office_setting",))
    offers = (Action("set_office", "letterhead", "Ctrl+E", act="set_office", main=True),)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.told: _Told | None = None
        self.column = scrolled_column(self)

    def refresh(self) -> None:
        """Reads the settings and their history again."""
        self.desk.read(_read, self._show, owner=self)

    def _show(self, told: _Told) -> None:
        self.told = told
        clear(self.column)
        if told.missing:
            code = "letterhead.missing" if self.desk.may("set_office") else "letterhead.missing_here"
            label = words(t(code, setting=[t(f"setting.{key}") for key in told.missing]))
            tint(label, self.theme.look)
            self.column.addWidget(label)
        frame, column = card()
        column.addLayout(self._settings(told))
        self.column.addWidget(frame)
        if told.history:
            frame, column = card()
            column.addWidget(words(t("letterhead.history"), muted=True))
            column.addLayout(_history(told.history))
            self.column.addWidget(frame)
        self.column.addStretch(1)

    def _settings(self, told: _Told) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for row, setting in enumerate(SETTINGS):
            value = getattr(told.settings, setting.key)
            grid.addWidget(words(t(f"setting.{setting.key}"), wrap=False), row, 0)
            if value:
                grid.addWidget(words(value), row, 1)
            else:
                lacks = setting.key in told.missing
                mark = chip(t("letterhead.unset"), "look" if lacks else "waiting", self.theme)
                grid.addWidget(mark, row, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(words(_needed(setting), small=True), row, 2)
            if self.desk.may("set_office"):
                grid.addWidget(link(t("letterhead.change"), partial(self._ask, (setting,))), row, 3)
        return grid

    def do_set_office(self) -> None:
        """Ask for all settings at once."""
        self._ask(SETTINGS)

    def _ask(self, settings: Sequence[Setting]) -> None:
        if self.told is None:
            return
        fields: dict[str, Field] = {}
        for setting in settings:
            field = QLineEdit(getattr(self.told.settings, setting.key))
            field.setPlaceholderText(t(f"form.{setting.key}"))
            fields[f"setting.{setting.key}"] = field
        fields[REASON] = QLineEdit()

        def do(dialog: AskDialog, values: dict[str, str]) -> None:
            said = {setting.key: values[f"setting.{setting.key}"] for setting in settings}
            dialog.act(self.desk, office_settings.set_office, said, values[REASON])

        about = " ".join(setting.key for setting in settings)
        AskDialog(self, "action.set_office", t("letterhead.says"), fields, do, self.desk, about).open()


def _needed(setting: Setting) -> str:
    if not setting.needed_by:
        return t_or(f"setting.{setting.key}.about", t("letterhead.optional"))
    if setting.needed_by == office_settings.PAPERS:
        return t("letterhead.all_papers")
    if setting.needed_by == office_settings.LETTERS:
        return t("letterhead.all_letters")
    return t("letterhead.needed_by", papers=[t(f"letter.kind.{paper}") for paper in setting.needed_by])


def _read(office: Office) -> _Told:
    with office.read() as session:
        settings = office_settings.settings_of(session)
        return _Told(settings, office_settings.missing(settings), office_settings.history(session))


def _history(history: Sequence[Said]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 3)
    grid.setColumnStretch(4, 2)
    for row, one in enumerate(history):
        texts = (
            f"{one.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            t(f"setting.{one.key}"),
            one.value or t("letterhead.taken_back"),
            one.person,
            one.reason,
        )
        for column, text in enumerate(texts):
            cell = words(text, muted=column in (0, 3), wrap=column in (2, 4))
            grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
    return grid


def make(desk: Desk, theme: Theme) -> LetterheadPage:
    """The page."""
    return LetterheadPage(desk, theme)
