"""What the parts of the case's page share: a card with a heading, wrapped words, moments, short hashes."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casework.boards.case_parts import DecisionView
from casework.boards.case_view import CaseView
from casework.core.office import SHANGHAI
from desktop.kit.desk import Desk
from desktop.kit.language import language, t, t_or, titled
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import clear, link, words
from rules.facts import Fact
from rules.policy import Policy


class Part(QFrame):
    """A card of the page: a heading, the acts that belong there, and what it shows."""

    def __init__(self, code: str, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(t(code))
        self.desk, self.theme = desk, theme
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2 * GRID, GRID + 2, 2 * GRID, GRID + 4)
        outer.setSpacing(6)
        self.heading = plain(t(code), small=True)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(self.heading)
        row.addStretch(1)
        row.addLayout(self.acts)
        outer.addLayout(row)
        self.column = QVBoxLayout()
        self.column.setSpacing(6)
        outer.addLayout(self.column)

    def empty(self) -> None:
        """Take everything out."""
        clear(self.acts)
        clear(self.column)

    def offer(self, code: str, do: Callable[[], object]) -> None:
        """An act that belongs to this part."""
        button = link(t(code), do)
        button.setStyleSheet(f"color: {self.theme.accent}")
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.acts.addWidget(button)

    def nothing(self, code: str) -> None:
        """What an empty part says."""
        self.column.addWidget(plain(t(code), muted=True, wrap=True))


def small_link(text: str, do: Callable[[], object], theme: Theme) -> QPushButton:
    """A link that stands in a line of words."""
    button = link(text, do)
    button.setStyleSheet(f"color: {theme.accent}; padding: 0 4px; text-align: left; min-height: 0")
    return button


def plain(text: str, *, muted: bool = False, small: bool = False, wrap: bool = False) -> QLabel:
    """A label that nobody copies from: cheaper than `words`, and a case's page has many."""
    label = QLabel(text)
    label.setWordWrap(wrap)
    if muted or small:
        label.setProperty("muted" if muted else "small", True)
    return label


def wrapped(text: str, *, muted: bool = False, small: bool = False) -> QLabel:
    """Words that take what width there is."""
    label = words(text, muted=muted, small=small)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setMinimumWidth(60)
    return label


def row_of(*widgets: QWidget, stretch: int = 0) -> QHBoxLayout:
    """Widgets beside each other; the one at ``stretch`` takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for at, widget in enumerate(widgets):
        row.addWidget(widget, 1 if at == stretch else 0, Qt.AlignmentFlag.AlignTop)
    return row


def against(view: CaseView) -> list[str]:
    """The codes of what stands against an award, marked beside the case's state."""
    found = []
    if view.objected and (view.refusal is None or not view.refusal.stands):
        found.append("applications.kept_back.objection_upheld")
    if view.refusal is not None and not view.refusal.stands:
        found.append("applications.kept_back.refusal_proposed")
    return found


def said_first(view: CaseView) -> list[str]:
    """What is said first of a case: a refusal for a fact, or an objection that was upheld."""
    said = []
    if view.refusal is not None:
        one = view.refusal
        code = "case.refusal.stands" if one.stands else "case.refusal.proposed"
        said.append(
            t(code, fact=one.fact, reason=one.reason, article=f"{one.document}{one.article}",
              person=one.proposed_by, second=one.closed_by)
        )  # fmt: skip
    if view.objected and view.refusal is None:
        said.append(t("case.objected"))
    return said


def about(view: CaseView) -> str:
    """What a case is beside its number: whose it is, under which scheme and round, when it came."""
    parts = [view.code]
    if view.policy is not None:
        parts.append(titled(view.policy.pack))
    if view.round:
        parts.append(view.round)
    parts.append(t("case.applied", at=f"{view.applied_at:%Y-%m-%d %H:%M}"))
    if view.receipt_no:
        parts.append(t("case.receipt", number=view.receipt_no))
    parts += [t("case.former_name", name=name, on=on) for name, on in view.former_names]
    return "　".join(parts)


def gone_on(decision: DecisionView) -> str:
    """Why something was decided, and what was open then; nothing where neither was said."""
    if not decision.reason and not decision.left_open:
        return ""
    if not decision.left_open:
        return t("case.gone_on.again", reason=decision.reason)
    open_ = t("case.gate.and").join(one.say(language()) for one in decision.left_open)
    code = "case.gone_on.reason" if decision.reason else "case.gone_on.told"
    return t(code, open=open_, reason=decision.reason or "")


def at(moment: datetime.datetime) -> str:
    """A moment on the clock of the office's place, to the minute."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def field_title(policy: Policy | None, name: str) -> str:
    """What a field is called: the office's own word, else the pack's."""
    if policy is not None and name in policy.pack.facts:
        return titled(policy.pack.facts[name])
    return t_or(f"field.{name}", name)


def in_unit(title: str, fact: Fact) -> str:
    """The same with the unit that its values are in, where they are amounts."""
    return t("case.in_yuan", title=title) if fact.type == "money" else title
