"""The fields of the pack wizard: each holds one cell of a row, in words where the pack has a name for it."""

import re
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit

from casework.rulebook.pack_wizard import Answers
from casework.rulebook.wizard_asks import KINDS, Ask
from casework.rulebook.wizard_cells import IN_TEXT, typed
from desktop.kit.language import t, t_or, titled
from rules.facts import STANDARD
from rules.parts import BASE_FACT

NAMED = ("names", "terms", "ranks", "lines")
"""Kinds of cells that are names, shown as what the names stand for."""
_SCOPES = ("contract", "applicant", "year", "quarter", "month")
_OF_KINDS = ("one_of", "when.one_of")
_BETWEEN = re.compile(r"[,，、;；]")
_TYPES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("condition", "least"): ("money", "integer", "rate"),
    ("condition", "most"): ("money", "integer", "rate"),
    ("condition", "answer"): ("yes_no",),
    ("condition", "months"): ("date", "moment"),
    ("condition", "days"): ("date", "moment"),
    ("condition", "dates"): ("date", "moment"),
    ("tier", "answer"): ("yes_no",),
    ("line", ""): ("money",),
    ("base", "one"): ("money",),
    ("cap", ""): ("money",),
}
"""The types of facts that a table's field of a fact can name, by the way in which it is filled in."""

HALF_A_LINE = 78
"""What is sure to be seen of a word in a field that shares its line, in a window of 1366 pixels at 150 %."""
_BLANK: Mapping[str, str] = {
    ".chosen_by": "applied_at", ".mode": "quota", ".payee": "buyer", "budget.per": "year",
    "budget.share_mode": "down", "line.mode": "down", "rounding.mode": "down",
}  # fmt: skip
"""What a pack means where it leaves a choice out."""


class Vocabulary:
    """What the names of one draft are called."""

    def __init__(self, answers: Answers) -> None:
        known = {BASE_FACT.id: BASE_FACT, **STANDARD}
        self.types = {name: fact.type for name, fact in known.items() if not name.startswith("window_")}
        self.facts = {name: titled(known[name]) or name for name in self.types}
        self.lines = {one.get("id"): one.get("title") or one.get("id") for one in answers.of("line")}
        for table in ("fact", "sum"):
            for one in answers.of(table):
                self.facts[one.get("id")] = one.get("title") or one.get("id")
                self.types[one.get("id")] = one.get("type") or "money"

    def of(self, ask: Ask) -> Mapping[str, str]:
        """The names that a field can hold, with what they are called."""
        if ask.key in _OF_KINDS:
            return {kind: t(f"choice.{kind}") for kind in KINDS}
        if ask.key == "per":
            return {**self.facts, **{scope: t(f"pack_told.scope.{scope}") for scope in _SCOPES}}
        if ask.kind == "lines":
            return {**self.lines, "all": t("wizard.word.lines.all")}
        return {} if ask.key == "choices" else self.facts

    def show(self, ask: Ask, cell: str) -> str:
        """A cell of names as it stands in its field."""
        known, shown = self.of(ask), []
        once = {called: name for name, called in known.items() if not _BETWEEN.search(called)}
        for name in cell.split(", "):
            minus, plain = "-" if name.startswith("-") else "", name.removeprefix("-")
            called = known.get(plain, "")
            shown.append(minus + called if once.get(called) == plain else name)
        return t("pack_told.or").join(shown)

    def read(self, ask: Ask, text: str) -> str:
        """What was typed, as names again."""
        names = {called: name for name, called in self.of(ask).items()}
        found = []
        for part in map(str.strip, _BETWEEN.split(text)):
            minus = "-" if part.startswith("-") else ""
            plain = part.removeprefix("-").strip()
            found += [minus + names.get(plain, plain)] if plain else []
        return ", ".join(found)

    def choices(self, table: str, form: str, ask: Ask) -> list[tuple[str, str]]:
        """What a field of choices offers: the values, with their words."""
        if ask.kind == "fact":
            if table == "floor":
                sums = [name for name in self.facts if name not in STANDARD and name != BASE_FACT.id]
                named = [("base", t("wizard.word.on.base")), ("award", t("wizard.word.on.award"))]
                return named + [(name, self.facts[name]) for name in sums if self.types[name] == "money"]
            types = _TYPES.get((table, form), _TYPES.get((table, "")))
            return [(name, self.facts[name]) for name in self.facts if not types or self.types[name] in types]
        return [(word, word_of(ask, word)) for word in ask.choices if ask.kind != "flag" or word == "true"]


def blank_of(table: str, ask: Ask) -> str:
    """What a field of choices means that is left blank."""
    if ask.kind == "flag":
        return t("wizard.word.false")
    default = _BLANK.get(f"{table}.{ask.key}", "")
    return t("wizard.blank", word=word_of(ask, default)) if default else ""


def word_of(ask: Ask, word: str) -> str:
    """What a choice is called."""
    if ask.key == "grade":
        return t(f"policies.grade.{word}")
    return t_or(f"wizard.word.{ask.key}.{word}", t_or(f"wizard.word.{word}", word))


class TextCell(QLineEdit):
    """A cell that is typed.

    Signals:
        edited: a person has changed it.
    """

    edited = Signal()

    def __init__(self, ask: Ask, cell: str, names: Vocabulary) -> None:
        super().__init__()
        self.ask, self.names, self.said = ask, names, cell
        if cell == IN_TEXT:
            self.setPlaceholderText(t("wizard.in_text"))
        else:
            self.setText(names.show(ask, cell) if cell and ask.kind in NAMED else cell)
            self.setPlaceholderText(t_or(f"wizard.hint.{ask.kind}", ""))
        self.setCursorPosition(0)
        self.textEdited.connect(lambda text: self.edited.emit())

    def is_long(self) -> bool:
        """Whether it takes a whole line whatever its key: what is typed is scrolled in its field."""
        return False

    def cell(self) -> str:
        """What stands in it; what only the text can say stays as it is until something is typed."""
        text = self.text().strip()
        if not text and self.said == IN_TEXT:
            return IN_TEXT
        if self.ask.kind in NAMED and not text.startswith(("?", "？")):
            return self.names.read(self.ask, text)
        return typed(self.ask.kind, text)


class WordCell(QComboBox):
    """A cell that is chosen; the wheel never changes it.

    Signals:
        edited: a person has changed it.
    """

    edited = Signal()

    def __init__(self, ask: Ask, cell: str, choices: list[tuple[str, str]], blank: str = "") -> None:
        super().__init__()
        self.ask = ask
        self.addItem(blank, "")
        for word, called in choices:
            self.addItem(called, word)
        if cell == IN_TEXT:
            self.addItem(t("wizard.in_text"), IN_TEXT)
        elif cell and self.findData(cell) < 0:
            self.addItem(word_of(ask, cell), cell)
        self.setCurrentIndex(max(self.findData(cell), 0))
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda at: self.edited.emit())

    def is_long(self) -> bool:
        """Whether a word that can be chosen is cut in half a line."""
        self.ensurePolished()
        texts = (self.itemText(at) for at in range(self.count()))
        return max(map(self.fontMetrics().horizontalAdvance, texts)) > HALF_A_LINE

    def cell(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the form."""
        event.ignore()
