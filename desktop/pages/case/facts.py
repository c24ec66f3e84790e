"""The facts: what the applicant gave and what the officer verified, side by side, each with its history.

Verifying and taking in a correction happen in place: the right column becomes fields. What is typed stays
until it is stored or given up; where someone else has changed a field meanwhile, both values stand there.
"""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from casework.boards.case_view import CaseView
from casework.cases.field_history import FieldView
from casework.cases.field_table import BY_PAGE, FIELDS
from casework.cases.oddities import ENDS_BEFORE_STARTS, oddities
from casework.cases.typed_values import FACTS, as_typed
from casework.cases.whole_facts import emptied, needed_of
from desktop.kit.desk import Desk
from desktop.kit.drafts import Draft, OwnDrafts, named
from desktop.kit.fact_fields import ENTER, Field, field_for, said
from desktop.kit.language import t
from desktop.kit.theme import GRID, SHAPES, Theme
from desktop.kit.widgets import tint
from desktop.pages.case.history_dialog import HistoryDialog
from desktop.pages.case.page_part import Part, at, field_title, in_unit, plain, small_link, wrapped
from papers.reading import portal_headings
from rules.facts import Fact

LABEL = 176
KEEP = 3_000
"""Milliseconds after which what was typed is on disk."""
BEFORE = "before "
"""In a draft, what stood in a field when typing began."""
LOCKED = tuple(field.name for field in FIELDS.values() if field.change != "page")
"""Fields that verifying does not touch."""


class FactsPart(Part):
    """The fields of a case.

    Signals:
        stored: the values typed, with the act that they are for and the reason.
    """

    stored = Signal(str, object, str)

    def __init__(self, desk: Desk, theme: Theme, now: Callable[[], datetime.datetime]) -> None:
        super().__init__("case.facts", desk, theme)
        self.now = now
        self.view: CaseView | None = None
        self.base: dict[str, Any] = {}
        self.editing = ""
        self.fields: dict[str, Field] = {}
        self.notes: dict[str, QLabel] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.reason = QLineEdit()
        self.save: QPushButton | None = None
        self.drafts = OwnDrafts(desk, "cases")
        self.keeping = QTimer(self)
        self.keeping.setSingleShot(True)
        self.keeping.setInterval(KEEP)
        self.keeping.timeout.connect(self.keep)

    # -- showing ---------------------------------------------------------------------------------------

    def tell(self, view: CaseView) -> None:
        """Show a case; what is being typed stays, beside what has changed meanwhile."""
        same = self.view is not None and self.view.case == view.case
        if self.editing and same:
            self.view = view
            self._mark_changes()
            return
        self.view, self.editing = view, ""
        draft = self.drafts.read(named(view.case))
        if draft is not None and draft.scheme in view.may:
            self._take_up(draft)
        else:
            self._show()

    def _facts(self) -> dict[str, Fact]:
        assert self.view is not None
        own = dict(self.view.policy.pack.facts) if self.view.policy is not None else {}
        return {**FACTS, **own}

    def _shown(self) -> list[FieldView]:
        """The fields worth a line: those that hold something or that the rules ask for."""
        assert self.view is not None
        policy = self.view.policy
        asks = set(policy.program.names) if policy is not None else set()
        by_name = {field.field: field for field in self.view.fields}
        names = [*BY_PAGE, *(name for name in by_name if name not in BY_PAGE)]

        def shown(name: str) -> bool:
            if name in ("applicant", "applicant_name") or name.startswith(("window_", "officer_rate")):
                return False
            field = by_name.get(name)
            if field is not None and any(one.value is not None for one in field.history):
                return True
            return name in self._facts() and (name in asks or (bool(self.editing) and name not in LOCKED))

        return [
            by_name.get(name, FieldView(name, ())) for name in dict.fromkeys((*names, *asks)) if shown(name)
        ]

    def _show(self) -> None:
        assert self.view is not None
        self.empty()
        self.fields, self.notes, self.ticks, self.save = {}, {}, {}, None
        if not self.editing:
            for act in ("verify_facts", "answer_correction"):
                if act in self.view.may:
                    self.offer(f"action.case_{act}", partial(self.edit, act))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4 if self.editing else 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 3)
        right = {"": "verified", "verify_facts": "verified", "answer_correction": "corrected"}[self.editing]
        for column, code in enumerate(("", "case.given", f"case.{right}")):
            if code:
                grid.addWidget(plain(t(code), small=True), 0, column)
        facts = self._facts()
        for row, field in enumerate(self._shown(), 1):
            fact = facts.get(field.field, Fact(field.field, "text"))
            self._row(grid, row, field, fact)
        self.column.addLayout(grid)
        if self.editing:
            self._foot()

    def _row(self, grid: QGridLayout, row: int, field: FieldView, fact: Fact) -> None:
        assert self.view is not None
        label = plain(in_unit(field_title(self.view.policy, field.field), fact), muted=True, wrap=True)
        label.setFixedWidth(LABEL)
        level = Qt.AlignmentFlag.AlignVCenter if self.editing else Qt.AlignmentFlag.AlignTop
        grid.addWidget(label, row, 0, level)
        given, verified = field.given if field.history else None, field.verified if field.history else None
        told = "" if given is None else said(fact, given.value)
        left = wrapped(told or t("case.unknown"), muted=not told)
        grid.addWidget(left, row, 1, level)
        if self.editing and field.field not in LOCKED:
            grid.addWidget(self._editor(field, fact), row, 2)
            if self.editing == "verify_facts" and _to_confirm(field):
                grid.addWidget(self._tick(field.field, t("case.as_said")), row, 3, level)
            return
        if verified is not None:
            mark = wrapped(f"{SHAPES['done']} {said(fact, verified.value) or t('case.unknown')}")
            tint(mark, self.theme.done)
            mark.setToolTip(f"{verified.person} {at(verified.at)} {verified.reason or ''}")
            grid.addWidget(mark, row, 2, Qt.AlignmentFlag.AlignTop)
        if len(field.history) > 1:
            said_ = t("case.history", count=len(field.history))
            button = small_link(said_, lambda: self._history(field, fact), self.theme)
            grid.addWidget(button, row, 3, Qt.AlignmentFlag.AlignTop)

    def _history(self, field: FieldView, fact: Fact) -> None:
        assert self.view is not None
        HistoryDialog(self, field_title(self.view.policy, field.field), field, fact).open()

    # -- typing ----------------------------------------------------------------------------------------

    def edit(self, act: str) -> None:
        """Turn the right column into fields for an act."""
        assert self.view is not None
        if self.editing == act:
            self._store()
            return
        self.editing = act
        self.base = {field.field: field.now.value for field in self.view.fields}
        self._show()
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()

    def _editor(self, field: FieldView, fact: Fact) -> QWidget:
        assert self.view is not None
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        editor = field_for(fact, self.now)
        editor.put_value(field.now.value if field.history else None)
        editor.edited.connect(self._edited)
        editor.entered.connect(lambda name=fact.id: self._next(name))
        note = QLabel()
        note.setWordWrap(True)
        note.hide()
        column.addWidget(editor)
        column.addWidget(note)
        self.fields[fact.id], self.notes[fact.id] = editor, note
        return box

    def _tick(self, name: str, label: str) -> QCheckBox:
        """By it the officer verifies what stands there as it is."""
        assert self.view is not None
        tick = QCheckBox(label)
        tick.setToolTip(t("case.as_said.hint"))
        tick.setAccessibleName(f"{field_title(self.view.policy, name)} {label}")
        tick.toggled.connect(lambda checked: self._edited())
        self.ticks[name] = tick
        return tick

    def _foot(self) -> None:
        self.reason = QLineEdit()  # the one before went with what was shown before
        if self.editing == "verify_facts":
            self.reason.setPlaceholderText(t("case.verify_reason"))
            self.reason.setAccessibleName(t("case.verify_reason"))
            self.reason.textEdited.connect(lambda text: self._edited())
            self.column.addWidget(self.reason)
        self.save = QPushButton(t(f"case.save.{self.editing}"))
        self.save.setProperty("main", True)
        self.save.clicked.connect(lambda checked=False: self._store())
        given_up = QPushButton(t("case.give_up"))
        given_up.clicked.connect(lambda checked=False: self.give_up())
        row = QGridLayout()
        row.setColumnStretch(0, 1)
        row.addWidget(given_up, 0, 1)
        row.addWidget(self.save, 0, 2)
        self.column.addLayout(row)
        self._check()

    def changes(self) -> dict[str, Any]:
        """What was typed that differs from what stood there when typing began, or was ticked as it is."""
        found = {}
        for name, field in self.fields.items():
            typed = field.typed
            ticked = name in self.ticks and self.ticks[name].isChecked()
            if typed.fault is None and (ticked or typed.value != self.base.get(name)):
                found[name] = typed.value
        return found

    def typing(self) -> bool:
        """Whether something typed is not stored yet."""
        return bool(self.editing) and (
            bool(self.changes()) or any(field.typed.fault for field in self.fields.values())
        )

    def _edited(self) -> None:
        self._check()
        if not self.keeping.isActive():
            self.keeping.start()

    def _check(self) -> bool:
        facts = {name: field.typed.value for name, field in self.fields.items()}
        doubts = {odd.field: odd.code for odd in oddities({**self.base, **facts})}
        gone = emptied(self.base, facts, self._needed())
        right = True
        for name, field in self.fields.items():
            fault = field.typed.fault or ("needed" if name in gone else None)
            sentence = t(f"typed.{fault}") if fault else t(f"typed.{doubts[name]}") if name in doubts else ""
            stops = bool(fault) or doubts.get(name) == ENDS_BEFORE_STARTS
            field.mark(stops)
            right = right and not stops
            if not self.notes[name].property("conflict"):
                self._note(name, sentence, self.theme.stopped if stops else self.theme.look)
        if self.save is not None:
            needed = self.editing == "verify_facts" and not self.reason.text().strip()
            self.save.setEnabled(right and not needed and (bool(self.changes()) or self._answers()))
        return right

    def _needed(self) -> frozenset[str]:
        """The fields that can't be emptied."""
        assert self.view is not None
        pack = None if self.view.policy is None else self.view.policy.pack
        found = None if pack is None else needed_of([pack], pack.id)
        return portal_headings.needed() if found is None else found

    def _answers(self) -> bool:
        """Whether a correction that asks for papers may be answered by papers alone."""
        if self.editing != "answer_correction" or self.view is None or not self.view.corrections:
            return False
        return any(item.about == "paper" for item in self.view.corrections[0].items)

    def _note(self, name: str, sentence: str, colour: str) -> None:
        note = self.notes[name]
        note.setText(sentence)
        note.setStyleSheet(f"color: {colour}; font-size: 12px")
        note.setVisible(bool(sentence))

    def _next(self, name: str) -> None:
        names = list(self.fields)
        place = names.index(name) + 1
        if place < len(names):
            self.fields[names[place]].setFocus()
        elif self.editing == "verify_facts":
            self.reason.setFocus()

    def _store(self) -> None:
        for field in self.fields.values():
            field.settle()
        if self._check():
            self.stored.emit(self.editing, self.changes(), self.reason.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter stores what is being edited; the rest is typing."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.editing and control and event.key() in ENTER:
            if self.save is not None and self.save.isEnabled():
                self._store()
            return
        super().keyPressEvent(event)

    def give_up(self) -> None:
        """Throw away what was typed."""
        self.done()
        if self.view is not None:
            self._show()

    def done(self) -> None:
        """What was typed is stored, or given up."""
        self.keeping.stop()
        self.editing = ""
        if self.view is not None:
            self.drafts.discard(named(self.view.case))

    # -- the draft -------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Put what was typed on disk: the fields that differ, each with what stood there before."""
        self.keeping.stop()
        if not self.editing or self.view is None:
            return
        kept = {"reason": self.reason.text()} if self.reason.text().strip() else {}
        facts = self._facts()
        for name, field in self.fields.items():
            before = as_typed(facts.get(name, Fact(name, "text")), self.base.get(name))
            if field.raw() != before:
                kept |= {name: field.raw(), f"{BEFORE}{name}": before}
        if kept:
            self.drafts.put(named(self.view.case), kept, self.editing)

    def put_aside(self) -> None:
        """Keep what was typed for when the case is opened again."""
        self.keep()
        self.editing = ""

    def _take_up(self, draft: Draft) -> None:
        """Go on typing where it was left; what others changed meanwhile stands beside it."""
        self.edit(draft.scheme)
        facts = self._facts()
        for name, raw in draft.fields.items():
            before = draft.fields.get(f"{BEFORE}{name}")
            if name not in self.fields or before is None:
                continue
            self.fields[name].put(raw)
            fact = facts.get(name, Fact(name, "text"))
            now = self.view.field(name) if self.view is not None else None
            if now is not None and as_typed(fact, now.now.value) != before:
                self._conflict(name, now, fact)
        self.reason.setText(draft.fields.get("reason", ""))
        self._check()

    def _mark_changes(self) -> None:
        """Someone else has changed the case while this was typed: show both beside each such field."""
        assert self.view is not None
        facts = self._facts()
        for field in self.view.fields:
            name, now = field.field, field.now
            if name not in self.fields or now.value == self.base.get(name):
                continue
            fact = facts.get(name, Fact(name, "text"))
            typed = self.fields[name]
            if typed.typed.fault is None and typed.typed.value == self.base.get(name):
                typed.put_value(now.value)
            self._conflict(name, field, fact)
            self.base[name] = now.value
        self._check()

    def _conflict(self, name: str, field: FieldView, fact: Fact) -> None:
        value = said(fact, field.now.value) or t("case.unknown")
        self._note(name, t("case.changed_by", person=field.now.person, value=value), self.theme.look)
        self.notes[name].setProperty("conflict", True)


def _to_confirm(field: FieldView) -> bool:
    """Whether the applicant says something that no officer has verified as it is said."""
    given = None if field.given is None else field.given.value
    return given is not None and (field.verified is None or field.verified.value != given)
