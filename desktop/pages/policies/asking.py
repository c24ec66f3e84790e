"""What the page of the rules asks for: a supplement's value and days, a reason, a day of withdrawal."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from casework.boards.policy_board import Given, OnBoard
from casework.core.change import Change
from casework.core.refused import Refused
from casework.rulebook import official_sources, pack_in_words, packs, supplements
from casework.rulebook.in_force import OF_A_SOURCE
from casework.rulebook.term_values import values_of
from desktop.kit.ask_dialog import AskDialog, proposed
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.fitting import resized
from desktop.kit.language import language, t, titled
from desktop.kit.money_field import MoneyField
from desktop.kit.theme import GRID
from desktop.kit.typed_day import typed_day
from desktop.kit.unsent import Field, Unsent
from desktop.kit.widgets import FaultLabel, words
from rules.facts import STANDARD
from rules.money import yuan
from rules.pack import Pack


def value_of(one: OnBoard, parameter: str, value: str) -> str:
    """What a supplement sets, as people say it."""
    return pack_in_words.setting_told(one.pack, parameter, value, language())


def said_of(one: OnBoard, given: Given) -> str:
    """What a supplement says: what it sets to what, from when until when, and by which act of the office."""
    parameter = one.pack.parameter(given.parameter)
    name = given.parameter if parameter is None else titled(parameter)
    value = value_of(one, given.parameter, given.value)
    said = t("policies.supplement", name=name, value=value, start=given.from_on, source=given.source)
    return said + (t("policies.until", until=given.ends_on) if given.ends_on else "")


def rules_named(pack: Pack, ids: str) -> str:
    """Ids of rules, parameters and facts, joined by ``;``, by their titles."""
    named: dict[str, object] = {
        **STANDARD,
        **pack.facts,
        **{one.id: one for one in pack.unset},
        **pack.rules(),
    }
    told = [
        t("why.rate") if one == "rate" else titled(named[one]) if one in named else one
        for one in ids.split(";")
    ]
    return "; ".join(part for part in told if part)


class SupplementDialog(QDialog):
    """Which parameter, which value, from when until when, and by which act of the office."""

    def __init__(self, parent: QWidget, desk: Desk, one: OnBoard, today: datetime.date) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("action.propose_supplement"))
        self.desk, self.one, self.today = desk, one, today
        self.parameter, self.value = QComboBox(self), QComboBox(self)
        self.value.setEditable(True)
        self.start = QLineEdit(today.isoformat(), self)
        self.until = QLineEdit(self)
        self.until.setPlaceholderText(t("policies.until_hint"))
        self.source = QLineEdit(self)
        self.source.setPlaceholderText(t("policies.source_hint"))
        self.fault = FaultLabel(self)
        open_now = one.unset(today)
        for parameter in sorted(one.pack.unset, key=lambda each: each.id not in open_now):
            self.parameter.addItem(titled(parameter), parameter.id)
        self.parameter.currentIndexChanged.connect(self._readings)
        self.amount: MoneyField | None = None
        self.echo = words("", small=True)
        self._lay_out()
        self._readings(0)
        typed: tuple[Field, ...] = (self.parameter, self.value, self.start, self.until, self.source)
        Unsent(self, desk, f"supplement {one.ref}", {str(at): field for at, field in enumerate(typed)})

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GRID)
        for code, field in (
            ("parameter", self.parameter),
            ("value", self.value),
            ("from", self.start),
            ("until_on", self.until),
            ("source", self.source),
        ):
            field.setAccessibleName(t(f"policies.{code}"))
            form.addRow(t(f"policies.{code}"), field)
            if code == "value":
                form.addRow("", self.echo)
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        column.addWidget(words(t("policies.supplement_says"), muted=True))
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(DialogButtons(self, t("policies.propose"), self._propose))
        resized(self, 560, 300)

    def _readings(self, row: int) -> None:
        self.value.clear()
        parameter = self.one.pack.parameter(str(self.parameter.currentData()))
        for reading in parameter.readings if parameter else ():
            self.value.addItem(titled(reading), reading.id)
        for value, called in values_of(parameter.id, language()) if parameter else ():
            self.value.addItem(called, value)
        self.amount = MoneyField() if parameter is not None and parameter.type == "money" else None
        if self.amount is not None:  # a combo's field is typed into; its readings are chosen as before
            self.value.setLineEdit(self.amount)
            self.amount.setAccessibleName(t("policies.value"))
            self.amount.textChanged.connect(lambda text: self._echo())
        else:
            self.value.setLineEdit(QLineEdit())
        self._echo()

    def _echo(self) -> None:
        """How an amount was read; a reading that is chosen says itself."""
        chosen = self.value.findText(self.value.currentText()) >= 0
        said = "" if self.amount is None or chosen else self.amount.said()
        self.echo.setText(said)
        self.echo.setVisible(bool(said))

    def _value(self) -> str:
        """The reading or the value, as a pack would write it.

        Raises:
            Refused: an amount that can't be read.
        """
        typed = self.value.currentText().strip()
        at = self.value.findText(typed)
        if at >= 0:
            return str(self.value.itemData(at))
        fen = self.amount.fen("policies.value") if self.amount is not None else None
        return typed if fen is None else yuan(fen)

    def _propose(self) -> None:
        self.fault.clear()
        try:
            value = self._value()
            start = typed_day(self.start.text(), "policies.from", self.today)
            until = day(self.until.text(), self.today)
        except Refused as refusal:
            self._refused(refusal)
            return
        self.desk.act(
            supplements.propose_supplement,
            self.one.ref,
            str(self.parameter.currentData()),
            value,
            self.source.text().strip(),
            start,
            until,
            then=lambda change: self._done(),
            refused=self._refused,
            owner=self,
        )

    def _refused(self, refusal: Refused) -> None:
        self.fault.setText(refusal.say(language()))

    def _done(self) -> None:
        self.desk.say(t("policies.proposed_now"))
        self.accept()


def day(text: str, today: datetime.date) -> datetime.date | None:
    """A day as people type it; nothing for none.

    Raises:
        Refused: `refused.bad_field`.
    """
    return typed_day(text, "policies.day", today) if text.strip() else None


def revoke(parent: QWidget, desk: Desk, today: datetime.date, number: int) -> None:
    """Revoke a supplement, from today or another day."""

    def do(reason: str, on: datetime.date | None, dialog: AskDialog) -> None:
        dialog.act(desk, supplements.revoke_supplement, number, reason, on)

    _with_day(parent, desk, today, "policies.revoke", "policies.revoke_says", str(number), do)


def withdraw(parent: QWidget, desk: Desk, today: datetime.date, ref: str) -> None:
    """Withdraw a pack from a day on."""

    def do(reason: str, on: datetime.date | None, dialog: AskDialog) -> None:
        dialog.act(desk, packs.withdraw_pack, ref, on or today, reason)

    _with_day(parent, desk, today, "action.withdraw_pack", "policies.withdraw_says", ref, do)


def pack_says(one: OnBoard, code: str) -> str:
    """Whose proposal a pack is, when it was made and what it says; then the sentence of the code."""
    says = t(
        "policies.proposed_pack",
        name=titled(one.pack),
        version=one.pack.version,
        document=f"{one.pack.document} {one.pack.document_title}".strip(),
        start=one.pack.in_force_from,
    )
    return f"{proposed(one.proposed_by, one.proposed_at)}{says}\n{t(code)}"


def supplement_says(one: OnBoard, given: Given, code: str) -> str:
    """The same of what is set beside a pack, or of where one of its rules is written."""
    if given.of_a_source:
        rule = official_sources.title(one.pack, given.parameter.removeprefix(OF_A_SOURCE), language())
        said = t("policies.source_recorded", rule=rule, source=given.value, on=given.from_on)
    else:
        said = said_of(one, given)
    return f"{proposed(given.proposed_by, given.proposed_at)}{said}\n{t(code)}"


def confirm_pack(parent: QWidget, desk: Desk, one: OnBoard) -> None:
    """Show whose proposal it is and what it says, then confirm it."""

    def done(change: Change) -> None:
        desk.say(t("policies.confirmed_now", what=titled(one.pack)))

    says = pack_says(one, "policies.confirm_pack_says")
    _confirm(parent, desk, says, packs.confirm_pack, (one.ref, one.sha256), done)


def confirm_supplement(parent: QWidget, desk: Desk, one: OnBoard, given: Given) -> None:
    """Show whose proposal it is and what it says, then confirm it."""
    says = supplement_says(one, given, "policies.confirm_says")
    act = supplements.confirm_supplement
    _confirm(parent, desk, says, act, (given.id,), lambda change: desk.say(t("policies.set_now")))


def _confirm(
    parent: QWidget,
    desk: Desk,
    says: str,
    act: Callable[..., Change],
    what: tuple[str | int, ...],
    done: Callable[[Change], object],
) -> None:
    def carry_out(dialog: AskDialog, said: dict[str, str]) -> None:
        def then(change: Change) -> None:
            dialog.accept()
            done(change)

        desk.act(act, *what, then=then, refused=dialog.refuse, owner=dialog)

    AskDialog(parent, "policies.confirm", says, {}, carry_out).open()


def reject(
    parent: QWidget, desk: Desk, says: str, act: Callable[..., Change], what: str | int, *read: str
) -> None:
    """Show whose proposal it is and what it says, then turn it down with the reason; `read` is the
    fingerprint of a text that stood there."""

    def carry_out(dialog: AskDialog, said: dict[str, str]) -> None:
        dialog.act(desk, act, what, said["policies.reason"], *read)

    fields = {"policies.reason": QLineEdit()}
    AskDialog(parent, "policies.reject", says, fields, carry_out, desk, f"{act.__name__} {what}").open()


def _with_day(
    parent: QWidget,
    desk: Desk,
    today: datetime.date,
    title: str,
    says: str,
    about: str,
    do: Callable[[str, datetime.date | None, AskDialog], None],
) -> None:
    on = QLineEdit()
    on.setPlaceholderText(today.isoformat())

    def carry_out(dialog: AskDialog, said: dict[str, str]) -> None:
        do(said["policies.reason"], day(said["policies.from"], today), dialog)

    fields = {"policies.from": on, "policies.reason": QLineEdit()}
    AskDialog(parent, title, t(says), fields, carry_out, desk, about).open()
