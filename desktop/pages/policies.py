"""The rules: each pack in plain sentences with its sources, what the office has set, and what waits."""

import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casework import policies, policy_board
from casework.office import SHANGHAI
from casework.pack_telling import SECTIONS, compared, told
from casework.permissions import allowed
from casework.shipped import examples_beside
from desktop.actions import Action
from desktop.desk import Desk
from desktop.page import Page
from desktop.speech import language, t
from desktop.theme import GRID, Meaning, Theme
from desktop.widgets import card, chip, clear, scrolled, words

STATE: dict[str, Meaning] = {
    "proposed": "look",
    "confirmed": "done",
    "rejected": "stopped",
    "revoked": "stopped",
}


class PoliciesPage(Page):
    """Packs on the left, the one chosen in words on the right."""

    name = "policies"
    kinds = frozenset(("pack", "supplement", "decision"))
    offers = (
        Action("compare_packs", "policies", "Ctrl+D", button=True),
        Action("check_pack", "policies", button=True),
        Action("propose_pack", "policies", act="propose_pack", button=True),
        Action("propose_supplement", "policies", "Ctrl+N", act="propose_supplement", main=True),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.shown: tuple[policy_board.OnBoard, ...] = ()
        self.list = QListWidget(self)
        self.list.setAccessibleName(t("page.policies"))
        self.list.setFixedWidth(286)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(2)
        self.list.currentRowChanged.connect(self._tell)
        self.detail = QWidget()
        self.column = QVBoxLayout(self.detail)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self.list)
        row.addWidget(scrolled(self.detail), 1)

    @property
    def today(self) -> datetime.date:
        """The day at the office's place."""
        return self.desk.office.now().astimezone(SHANGHAI).date()

    @property
    def chosen(self) -> policy_board.OnBoard | None:
        """The pack that is marked."""
        row = self.list.currentRow()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def refresh(self) -> None:
        self.desk.read(policy_board.board, self._show, owner=self)

    def _show(self, shown: tuple[policy_board.OnBoard, ...]) -> None:
        marked = self.chosen.ref if self.chosen else ""
        self.shown = shown
        self.list.blockSignals(True)
        self.list.clear()
        for one in shown:
            name = one.pack.title if language() == "zh" else one.pack.title_en
            item = QListWidgetItem(f"{name}\n{one.ref}  {t(self._standing(one))}")
            item.setToolTip(one.ref)
            self.list.addItem(item)
        refs = [one.ref for one in shown]
        self.list.setCurrentRow(refs.index(marked) if marked in refs else self._first())
        self.list.blockSignals(False)
        self._tell(self.list.currentRow())

    def _first(self) -> int:
        """The first pack to look at: one that is in force today and has cases waiting, else in force."""
        waits = [row for row, one in enumerate(self.shown) if one.waits]
        now = [row for row, one in enumerate(self.shown) if one.pack.in_force(self.today)]
        return next(iter([row for row in waits if row in now] or waits or now), 0)

    def _standing(self, one: policy_board.OnBoard) -> str:
        if one.state != "confirmed":
            return f"policies.{one.state}"
        if one.withdrawn_on is not None and one.withdrawn_on <= self.today:
            return "policies.withdrawn"
        if one.pack.in_force_from > self.today:
            return "policies.coming"
        return "policies.in_force" if one.pack.in_force(self.today) else "policies.lapsed"

    # -- the pack in words ---------------------------------------------------------------------------

    def _tell(self, row: int) -> None:
        clear(self.column)
        one = self.chosen
        if one is None:
            return
        self.column.addWidget(self._head(one))
        for waits in one.waits:
            self.column.addWidget(self._waits(one, waits))
        if one.supplements:
            self.column.addWidget(self._supplements(one))
        statements = told(one.pack, language(), one.settled(self.today))
        for section in SECTIONS:
            rows = [statement for statement in statements if statement.section == section]
            if rows:
                frame, column = card()
                column.addWidget(words(t(f"policies.section.{section}"), muted=True))
                grid = QGridLayout()
                grid.setHorizontalSpacing(2 * GRID)
                grid.setVerticalSpacing(GRID)
                grid.setColumnStretch(1, 3)
                grid.setColumnStretch(2, 2)
                for line, statement in enumerate(rows):
                    title = words(statement.title)
                    title.setFixedWidth(150)
                    text = words(statement.text)
                    if statement.open:
                        text.setStyleSheet(f"color: {self.theme.look}")
                    source = words(statement.source, small=True)
                    grade = (
                        words(t(f"policies.grade.{statement.grade}"), small=True)
                        if statement.grade
                        else QLabel()
                    )
                    for at, part in enumerate((title, text, source, grade)):
                        grid.addWidget(part, line, at, Qt.AlignmentFlag.AlignTop)
                column.addLayout(grid)
                self.column.addWidget(frame)
        self.column.addStretch(1)

    def _head(self, one: policy_board.OnBoard) -> QWidget:
        frame, column = card()
        head = QHBoxLayout()
        head.addWidget(words(one.pack.title if language() == "zh" else one.pack.title_en, title=True))
        head.addWidget(chip(t(self._standing(one)), STATE[one.state], self.theme))
        head.addStretch(1)
        roles = allowed(self.desk.roles)
        if one.state == "proposed" and "confirm_pack" in roles:
            head.addWidget(self._button("policies.confirm", lambda: self._confirm_pack(one.ref), main=True))
        column.addLayout(head)
        column.addWidget(
            words(f"{one.pack.document} {one.pack.document_title}  {one.pack.issuer}", muted=True)
        )
        column.addWidget(words(t("policies.hash", ref=one.ref, sha256=one.sha256[:16]), small=True))
        if one.proposed_by:
            by = t(
                "policies.by", proposed=one.proposed_by, confirmed=one.confirmed_by or t("policies.nobody")
            )
            column.addWidget(words(by, small=True))
        return frame

    def _waits(self, one: policy_board.OnBoard, waits: policy_board.Waits) -> QWidget:
        parameter = one.pack.parameter(waits.parameter)
        frame, column = card()
        name = waits.parameter
        titles: dict[str, str] = {}
        if parameter is not None:
            name = parameter.title if language() == "zh" else parameter.title_en
            titles = {
                reading.id: reading.title if language() == "zh" else reading.title_en
                for reading in parameter.readings
            }
        column.addWidget(
            chip(t("policies.waits", cases=waits.cases, name=name), "look", self.theme),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        for reading, fen in waits.totals:
            column.addWidget(
                words(t("policies.would_cost", reading=titles.get(reading, reading), total_fen=fen))
            )
        return frame

    def _supplements(self, one: policy_board.OnBoard) -> QWidget:
        frame, column = card()
        column.addWidget(words(t("policies.supplements"), muted=True))
        may = allowed(self.desk.roles)
        for given in one.supplements:
            row = QHBoxLayout()
            parameter = one.pack.parameter(given.parameter)
            name = (
                given.parameter
                if parameter is None
                else (parameter.title if language() == "zh" else parameter.title_en)
            )
            until = given.until_on or given.revoked_from_on
            said = t(
                "policies.supplement", name=name, value=given.value, start=given.from_on, source=given.source
            )
            row.addWidget(chip(t(f"policies.{given.state}"), STATE[given.state], self.theme))
            row.addWidget(words(said + (t("policies.until", until=until) if until else "")), 1)
            if given.state == "proposed" and "confirm_supplement" in may:
                row.addWidget(self._button("policies.confirm", partial(self._confirm_supplement, given.id)))
            if given.state == "confirmed" and "revoke_supplement" in may:
                row.addWidget(self._button("policies.revoke", partial(self._revoke, given.id)))
            column.addLayout(row)
        return frame

    def _button(self, code: str, do: object, *, main: bool = False) -> QPushButton:
        button = QPushButton(t(code))
        button.setProperty("main", main)
        button.clicked.connect(lambda checked=False: do())  # type: ignore[operator]
        return button

    # -- what can be done ----------------------------------------------------------------------------

    def _confirm_pack(self, ref: str) -> None:
        self.desk.act(
            policies.confirm_pack,
            ref,
            then=lambda change: self.desk.say(t("policies.confirmed_now", what=ref)),
        )

    def _confirm_supplement(self, number: int) -> None:
        self.desk.act(
            policies.confirm_supplement, number, then=lambda change: self.desk.say(t("policies.set_now"))
        )

    def _revoke(self, number: int) -> None:
        dialog = _Reason(self)
        dialog.accepted.connect(
            lambda: self.desk.act(policies.revoke_supplement, number, dialog.reason.text())
        )
        dialog.open()

    def do_propose_supplement(self) -> None:
        """Set a parameter that the pack leaves open; another person confirms it."""
        if self.chosen is not None:
            SupplementDialog(self, self.chosen).open()

    def do_propose_pack(self) -> None:
        """Take a pack's file in as a proposal."""
        where, _ = QFileDialog.getOpenFileName(self, t("action.propose_pack"), "", t("policies.filter"))
        if where:
            examples = examples_beside(Path(where)) or ""
            self.desk.act(
                lambda office, person: policies.propose_pack(office, person, _text(where), examples),
                then=lambda change: self.desk.say(t("policies.proposed_now")),
            )

    def do_check_pack(self) -> None:
        """Check a pack's file without taking it in: its faults with their lines."""
        from desktop.pack_check import check_file

        where, _ = QFileDialog.getOpenFileName(self, t("action.check_pack"), "", t("policies.filter"))
        if where:
            check_file(self, where, tuple(one.pack for one in self.shown if one.state == "confirmed"))

    def do_compare_packs(self) -> None:
        """Two versions side by side: the rules in which they differ."""
        if self.chosen is not None:
            CompareDialog(self, self.shown, self.chosen).open()


def _text(where: str) -> str:
    with open(where, encoding="utf-8-sig") as file:
        return file.read()


class SupplementDialog(QDialog):
    """Which parameter, which value, from when, and by which act of the office."""

    def __init__(self, page: PoliciesPage, one: policy_board.OnBoard) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.propose_supplement"))
        self.page, self.one = page, one
        self.parameter, self.value = QComboBox(self), QComboBox(self)
        self.value.setEditable(True)
        self.start = QDateEdit(QDate(page.today.year, page.today.month, page.today.day), self)
        self.start.setDisplayFormat("yyyy-MM-dd")
        self.start.setCalendarPopup(True)
        self.source = QLineEdit(self)
        self.source.setPlaceholderText(t("policies.source_hint"))
        self.fault = QLabel(self)
        self.fault.setProperty("fault", True)
        self.fault.setWordWrap(True)
        for parameter in one.pack.unset:
            self.parameter.addItem(
                parameter.title if language() == "zh" else parameter.title_en, parameter.id
            )
        self.parameter.currentIndexChanged.connect(self._readings)
        form = QFormLayout()
        for code, field in (
            ("parameter", self.parameter),
            ("value", self.value),
            ("from", self.start),
            ("source", self.source),
        ):
            field.setAccessibleName(t(f"policies.{code}"))
            form.addRow(t(f"policies.{code}"), field)
        buttons = QDialogButtonBox(self)
        propose = buttons.addButton(t("policies.propose"), QDialogButtonBox.ButtonRole.ActionRole)
        propose.setProperty("main", True)
        buttons.addButton(t("policies.not_now"), QDialogButtonBox.ButtonRole.RejectRole)
        propose.clicked.connect(self._propose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(words(t("policies.supplement_says"), muted=True))
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(buttons)
        self.resize(560, 320)
        self._readings(0)

    def _readings(self, row: int) -> None:
        self.value.clear()
        parameter = self.one.pack.parameter(str(self.parameter.currentData()))
        for reading in parameter.readings if parameter else ():
            self.value.addItem(reading.title if language() == "zh" else reading.title_en, reading.id)

    def _propose(self) -> None:
        at = self.value.currentIndex()
        typed = self.value.currentText().strip()
        value = str(self.value.itemData(at)) if at >= 0 and self.value.itemText(at) == typed else typed
        start = self.start.date()
        self.page.desk.act(
            policies.propose_supplement,
            self.one.ref,
            str(self.parameter.currentData()),
            value,
            self.source.text().strip(),
            datetime.date(start.year(), start.month(), start.day()),
            then=lambda change: self._done(),
            refused=lambda refusal: self.fault.setText(refusal.say(language())),
            owner=self,
        )

    def _done(self) -> None:
        self.page.desk.say(t("policies.proposed_now"))
        self.accept()


class CompareDialog(QDialog):
    """Two versions: what each rule said before and says after."""

    def __init__(
        self, page: PoliciesPage, shown: tuple[policy_board.OnBoard, ...], one: policy_board.OnBoard
    ) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.compare_packs"))
        self.packs = {other.ref: other.pack for other in shown}
        self.before, self.after = QComboBox(self), QComboBox(self)
        for box in (self.before, self.after):
            box.addItems(list(self.packs))
        same = [other.ref for other in shown if other.pack.id == one.pack.id and other.ref != one.ref]
        self.before.setCurrentText(same[0] if same else one.ref)
        self.after.setCurrentText(one.ref)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        row = QHBoxLayout()
        row.addWidget(self.before, 1)
        row.addWidget(QLabel("→"))
        row.addWidget(self.after, 1)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(scrolled(self.inside))
        self.resize(960, 600)
        for box in (self.before, self.after):
            box.currentTextChanged.connect(self._compare)
        self._compare("")

    def _compare(self, changed: str) -> None:
        clear(self.column)
        differences = compared(
            self.packs[self.before.currentText()], self.packs[self.after.currentText()], language()
        )
        if not differences:
            self.column.addWidget(words(t("policies.no_difference"), muted=True))
        for one in differences:
            frame, column = card()
            column.addWidget(words(one.title))
            row = QHBoxLayout()
            for text in (one.before, one.after):
                row.addWidget(words(text or t("policies.not_there"), muted=not text), 1)
            column.addLayout(row)
            self.column.addWidget(frame)
        self.column.addStretch(1)


class _Reason(QDialog):
    """Asks for the reason of an act."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("policies.revoke"))
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName(t("policies.reason"))
        buttons = QDialogButtonBox(self)
        buttons.addButton(t("policies.revoke"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(t("policies.not_now"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow(t("policies.reason"), self.reason)
        form.addRow(buttons)


def make(desk: Desk, theme: Theme) -> PoliciesPage:
    """The page."""
    return PoliciesPage(desk, theme)
