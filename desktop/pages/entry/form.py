"""The form of an application: its fields in the paper's order, beside each how the program read it."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from casework.award.precheck import Scheme
from casework.cases.confirmed_codes import Confirmed
from casework.cases.field_table import of_group
from casework.cases.oddities import UNSTORABLE, oddities
from casework.cases.typed_values import FACTS, Typed
from desktop.kit.fact_fields import Field, Now, echo, field_for, title_of
from desktop.kit.height_by_width import HeightByWidth
from desktop.kit.language import t
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, clear, words
from rules.facts import Fact, Value
from rules.parts import Condition

CODE_TO_CONFIRM = "credit_code.check_digit"
OWN = "own"
"""The group of what only the chosen pack asks for."""
GROUPS = {group: of_group(group) for group in ("applicant", "contract", OWN, "support", "payment", "case")}
"""The fields of every application, in groups as the table of fields has them."""

LABEL, FIELD, WIDEST = 148, 168, 360
"""Widths of a label and a field in pixels at 100 %; a field takes what room there is."""


class Form(QScrollArea):
    """The fields of one scheme.

    Signals:
        edited: something was typed.
        finished: Enter in the last field.
    """

    edited = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme, self.now = theme, now
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = HeightByWidth()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.setWidget(inside)
        self.fields: dict[str, Field] = {}
        self.beside: dict[str, QLabel] = {}
        self.scheme = self.sha256 = ""
        self.needed: tuple[str, ...] = ()
        self.elsewhere: dict[str, str] = {}
        """What was typed into fields that the present scheme does not have."""
        self.confirmed: Confirmed = {}
        """Codes that were confirmed from the licence, with the reasons."""

    # -- making ----------------------------------------------------------------------------------------

    def make(self, scheme: Scheme) -> bool:
        """The fields for a scheme; what was typed in fields that it has too stays. False: they are there."""
        if scheme.pack.sha256 == self.sha256:
            return False
        typed = self.raw()
        self.scheme, self.sha256, self.needed = scheme.id, scheme.pack.sha256, scheme.needed
        self.fields, self.beside = {}, {}
        clear(self.column)
        known = {**FACTS, **{fact.id: fact for fact in scheme.own}}
        listed = {name for names in GROUPS.values() for name in names}
        own = tuple(fact.id for fact in scheme.own if fact.id not in listed)
        kinds = _kinds(scheme)
        for group, names in GROUPS.items():
            facts = [known[name] for name in (own if group == OWN else names)]
            if facts:
                self._group(group, facts, set(scheme.asks), kinds)
        self.column.addStretch(1)
        self.put(typed)
        return True

    def _group(self, group: str, facts: list[Fact], asks: set[str], kinds: tuple[str, ...]) -> None:
        frame, column = card()
        column.addWidget(words(t(f"entry.group.{group}"), small=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        for row, fact in enumerate(facts):
            field = field_for(fact, self.now, kinds)
            field.setMinimumWidth(FIELD)
            field.setMaximumWidth(WIDEST)
            title = title_of(fact)
            label = words(
                f"{title} *" if fact.id in self.needed else title,
                muted=fact.id not in asks and fact.id not in self.needed,
            )
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            label.setFixedWidth(LABEL)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setBuddy(field)
            beside = QLabel()
            beside.setWordWrap(True)
            beside.setMinimumWidth(40)
            for place, widget in enumerate((label, field, beside)):
                grid.addWidget(widget, row, place)
            field.edited.connect(lambda name=fact.id: self._edited(name))
            field.entered.connect(lambda name=fact.id: self._next(name))
            if hasattr(field, "editingFinished"):
                field.editingFinished.connect(field.settle)
            self.fields[fact.id], self.beside[fact.id] = field, beside
        column.addLayout(grid)
        self.column.addWidget(frame)

    # -- what stands in it -----------------------------------------------------------------------------

    def raw(self) -> dict[str, str]:
        """What was typed, as it was typed, blank fields left out; also for a scheme chosen before."""
        here = {name: raw for name, field in self.fields.items() if (raw := field.raw())}
        return {**self.elsewhere, **here}

    def put(self, typed: Mapping[str, str]) -> None:
        """Put back what was typed before; fields that are not named become blank."""
        self.elsewhere = {name: raw for name, raw in typed.items() if name not in self.fields}
        for name, field in self.fields.items():
            field.blockSignals(True)
            field.put(typed.get(name, ""))
            field.blockSignals(False)
        self.check()

    def typed(self) -> dict[str, Typed]:
        """What every field holds, as read."""
        found = {name: field.typed for name, field in self.fields.items()}
        if self.confirmed and "applicant" in found and found["applicant"].value in self.confirmed:
            found["applicant"] = Typed(found["applicant"].value)
        return found

    def to_confirm(self) -> str:
        """The code whose check character alone does not fit, and that nobody has confirmed yet."""
        code = self.typed()["applicant"]
        return str(code.value) if code.fault == CODE_TO_CONFIRM else ""

    def facts(self) -> dict[str, Value]:
        """The values that are right, by the rules' names; the case's number is no fact."""
        return {
            name: typed.value
            for name, typed in self.typed().items()
            if typed.value is not None and typed.fault is None and name != "case"
        }

    def faults(self, *, storing: bool = False) -> dict[str, str]:
        """The sentence of each field that can't be stored so; blank ones only when it is to be stored."""
        found = {
            name: t(f"typed.{typed.fault}") for name, typed in self.typed().items() if typed.fault is not None
        }
        for odd in oddities(self.facts()):
            if odd.code in UNSTORABLE:
                found.setdefault(odd.field, t(f"typed.{odd.code}"))
        if storing:
            for name in self.needed:
                if not self.fields[name].raw().strip():
                    found.setdefault(name, t("typed.needed"))
        return found

    def check(self, *, storing: bool = False) -> dict[str, str]:
        """Show beside each field how it was read or what is wrong; gives the faults."""
        faults = self.faults(storing=storing)
        doubts = {odd.field: odd.code for odd in oddities(self.facts())}
        for name, field in self.fields.items():
            fault = faults.get(name, "")
            field.mark(bool(fault))
            doubt = "" if fault or name not in doubts else t(f"typed.{doubts[name]}")
            self._say(name, fault, doubt, field)
        return faults

    def _say(self, name: str, fault: str, doubt: str, field: Field) -> None:
        label = self.beside[name]
        text = fault or doubt or echo(field.fact, field.typed, field.raw())
        if label.text() == text:
            return
        colour = self.theme.stopped if fault else self.theme.look if doubt else self.theme.muted
        label.setStyleSheet(f"color: {colour}; font-size: 12px")
        label.setText(text)
        field.setAccessibleDescription(text)

    # -- going through it ------------------------------------------------------------------------------

    def go_to(self, name: str) -> None:
        """Put the cursor into a field and show it."""
        field = self.fields.get(name)
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(field, 0, 80)

    def first(self) -> str:
        """Where one begins to type."""
        return "applicant_name"

    def _edited(self, name: str) -> None:
        self.check()
        self.edited.emit()

    def _next(self, name: str) -> None:
        names = list(self.fields)
        at = names.index(name) + 1
        if at < len(names):
            self.go_to(names[at])
        else:
            self.finished.emit()

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Keeps the field that one goes to in sight."""
        done = super().focusNextPrevChild(next_)
        focused = self.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, 80)
        return done

    def seen(self, name: str) -> bool:
        """Whether a field is within what is scrolled to."""
        field = self.fields[name]
        place = QRect(field.mapTo(self.viewport(), field.rect().topLeft()), field.size())
        return self.viewport().rect().contains(place)


def _kinds(scheme: Scheme) -> tuple[str, ...]:
    """The kinds of applicant that a pack's conditions name."""
    found: list[str] = []

    def look(test: object) -> None:
        if getattr(test, "fact", None) == "applicant_kind":
            value = getattr(test, "value", ())
            found.extend(str(one) for one in (value if isinstance(value, tuple) else (value,)))
        for part in getattr(test, "parts", ()):
            look(part)

    rules: tuple[Condition, ...] = scheme.pack.conditions
    for rule in rules:
        look(rule.test)
    for tier in scheme.pack.tiers:
        look(tier.when)
    return tuple(dict.fromkeys(one for one in found if one))
