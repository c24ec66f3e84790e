"""What letters cite of a pack: which rules rest on a digest, and the documents that the office recorded."""

import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from casework.boards.policy_board import Given, OnBoard
from casework.core.refused import Refused
from casework.rulebook import official_sources
from casework.rulebook.in_force import OF_A_SOURCE
from desktop.kit.desk import Desk
from desktop.kit.dialog_buttons import DialogButtons
from desktop.kit.fitting import resized
from desktop.kit.language import language, t
from desktop.kit.theme import GRID, Theme
from desktop.kit.typed_day import typed_day
from desktop.kit.unsent import Unsent
from desktop.kit.widgets import FaultLabel, card, chip, link, words
from desktop.pages.policies.detail import STATE, PackActs, button


def sources_card(parent: QWidget, desk: Desk, one: OnBoard, theme: Theme, doing: PackActs) -> QWidget | None:
    """The rules that no letter can cite yet, each with the way to its document, and what was recorded."""
    if not one.digests and not one.sources:
        return None
    frame, column = card()
    column.addWidget(words(t("policies.sources"), muted=True))
    if one.digests:
        column.addWidget(words(t("policies.sources_missing", count=len(one.digests)), small=True))
    for rule in one.digests:
        row = QHBoxLayout()
        row.addWidget(chip(t("policies.digest"), "look", theme))
        said = one.pack.sources()[rule]
        named = official_sources.title(one.pack, rule, language())
        graded = t(f"policies.grade.{said.grade}")
        row.addWidget(words(t("policies.source_now", rule=named, document=said.document, grade=graded)), 1)
        if desk.may("propose_source"):
            row.addWidget(link(t("policies.record"), partial(open_dialog, parent, desk, one, rule)))
        column.addLayout(row)
    for given in one.sources:
        column.addLayout(_recorded(one, given, theme, doing))
    return frame


def _recorded(one: OnBoard, given: Given, theme: Theme, doing: PackActs) -> QHBoxLayout:
    row = QHBoxLayout()
    named = official_sources.title(one.pack, given.parameter.removeprefix(OF_A_SOURCE), language())
    row.addWidget(chip(t(f"policies.{given.state}"), STATE[given.state], theme))
    row.addWidget(words(t("policies.source_recorded", rule=named, source=given.value, on=given.from_on)), 1)
    for act, code, do in (
        ("reject_supplement", "policies.reject", doing.reject_supplement),
        ("confirm_supplement", "policies.confirm", doing.confirm_supplement),
        ("revoke_supplement", "policies.revoke", doing.revoke),
    ):
        if act in given.may:
            row.addWidget(button(code, partial(do, given.id)))
    return row


def open_dialog(parent: QWidget, desk: Desk, one: OnBoard, rule: str) -> None:
    """Ask for the official document of a rule."""
    SourceDialog(parent, desk, one, rule).open()


class SourceDialog(QDialog):
    """The document's title, number, article and day, and where its text was read."""

    def __init__(self, parent: QWidget, desk: Desk, one: OnBoard, rule: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(t("act.propose_source"))
        self.desk, self.one, self.rule = desk, one, rule
        self.fields = {name: QLineEdit(self) for name in ("title", "number", "article", "on", "seen")}
        self.fault = FaultLabel(self)
        form = QFormLayout()
        for name, field in self.fields.items():
            field.setAccessibleName(t(f"policies.source_field.{name}"))
            form.addRow(t(f"policies.source_field.{name}"), field)
        self.fields["number"].setPlaceholderText(t("policies.source_hint.number"))
        self.fields["article"].setPlaceholderText(t("policies.source_hint.article"))
        self.fields["on"].setPlaceholderText("2026-04-20")
        column = QVBoxLayout(self)
        column.setSpacing(2 * GRID)
        named = official_sources.title(one.pack, rule, language())
        column.addWidget(words(t("policies.source_says", rule=named), muted=True))
        column.addLayout(form)
        column.addWidget(self.fault)
        column.addWidget(DialogButtons(self, t("policies.propose"), self._propose))
        Unsent(self, desk, f"source {one.ref} {rule}", self.fields)
        resized(self, 560, 320)

    def _propose(self) -> None:
        self.fault.clear()
        said = {name: field.text().strip() for name, field in self.fields.items()}
        try:
            on = self._day(said["on"])
        except Refused as refusal:
            self._refused(refusal)
            return
        self.desk.act(
            official_sources.propose_source,
            self.one.ref,
            self.rule,
            said["title"],
            said["article"],
            on,
            said["number"],
            said["seen"],
            then=lambda change: self._done(),
            refused=self._refused,
            owner=self,
        )

    def _day(self, text: str) -> datetime.date:
        found = typed_day(text, "policies.source_field.on", self.desk.office.today()) if text else None
        if found is None:
            raise Refused("refused.citation_incomplete")
        return found

    def _refused(self, refusal: Refused) -> None:
        self.fault.setText(refusal.say(language()))

    def _done(self) -> None:
        self.desk.say(t("policies.proposed_now"))
        self.accept()
