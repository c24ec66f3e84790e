"""The award told line by line: the step in plain words, its article, its figure; what bound it set off.

Where readings differ they stand side by side with the difference marked, and a sentence says who must decide
what. Shown on a case's page for what was decided, and beside the entry for what would be.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from casework.boards.case_parts import DecisionView
from casework.rulebook.explanation_in_words import Told, reasons, tell, why
from desktop.kit.language import language, t, titled
from desktop.kit.theme import GRID, SHAPES, Meaning, Theme
from desktop.kit.widgets import DECISION_MEANING, UNBOUNDED, chip, clear, link, tint, words
from rules.decide import Decision, rate_text
from rules.explain import Line
from rules.policy import Policy
from rules.witness import Witness

MARK: dict[str, Meaning] = {"pass": "done", "fail": "stopped", "unknown": "look", "open": "look"}
ARTICLE, FIGURE = 192, 104
"""Widths of the article's and the figure's column, in pixels at 100 %."""
MOST_WAYS = 3
"""Readings that stand side by side; more are listed below each other."""


class Outcome(NamedTuple):
    """What was or would be decided, with its lines and what they were told from; none of a case without a
    policy."""

    policy: Policy | None
    status: str
    award_fen: int | None
    reasons: tuple[str, ...]
    readings: tuple[tuple[str, int | None], ...]
    holds_fen: int
    lines: tuple[Line, ...]
    witness: Witness | None = None

    @classmethod
    def decided(cls, one: DecisionView) -> "Outcome":
        """Of a stored decision."""
        told = one.status, one.award_fen, one.reasons, one.readings, one.holds_fen, one.lines, one.witness
        return cls(one.policy, *told)

    @classmethod
    def would_be(cls, policy: Policy, one: Decision, lines: tuple[Line, ...]) -> "Outcome":
        """Of a case that is only being typed."""
        told = one.status, one.award_fen, one.reasons, one.readings, one.holds_fen, lines, one.witness
        return cls(policy, *told)


class AwardView(QWidget):
    """An outcome in words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.brief = self.whole = False
        self.heading = ""

    def tell(self, outcome: Outcome, *, heading: str, brief: bool = False, whole: bool = False) -> None:
        """Show an outcome.

        Args:
            heading: the words before its figure.
            brief: for a narrow place: articles as tool tips.
            whole: conditions that hold have a line each; else they stand in one.
        """
        clear(self.column)
        self.brief, self.whole, self.heading = brief, whole, heading
        self.column.addLayout(self._head(outcome, heading))
        self.column.addSpacing(GRID)
        if outcome.policy is None or outcome.witness is None:
            self._why(outcome)
            return
        told = tell(outcome.policy, outcome.lines, outcome.witness, language())
        pairs = list(zip(outcome.lines, told, strict=True))
        ways = _by_way(pairs)
        plain = [pair for pair in pairs if not pair[1].way and pair[0].code != "status"]
        after = [pair for pair in plain if pair[0].code in ("holds", "funder")]
        for line, one in self._passed(outcome, plain):
            if (line, one) not in after:
                self.column.addWidget(self._row(line, one))
        if ways:
            self.column.addSpacing(GRID)
            self.column.addWidget(_wrapping(t(f"award.ways.{outcome.status}")))
            self.column.addSpacing(GRID)
            self.column.addWidget(self._ways(outcome, ways))
        self._why(outcome)
        for line, one in after:
            self.column.addWidget(self._row(line, one))

    # -- parts -----------------------------------------------------------------------------------------

    def _head(self, outcome: Outcome, heading: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(chip(t(f"outcome.{outcome.status}"), DECISION_MEANING[outcome.status], self.theme))
        about = words(heading, muted=True)
        about.setWordWrap(False)
        about.setMaximumWidth(UNBOUNDED)
        about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(about, 1)
        if outcome.award_fen is not None:
            figure = words(t("award.yuan", amount_fen=outcome.award_fen), title=True)
            figure.setAccessibleName(t("award.is", amount_fen=outcome.award_fen))
            row.addWidget(figure)
        return row

    def _passed(self, outcome: Outcome, pairs: Sequence[tuple[Line, Told]]) -> list[tuple[Line, Told]]:
        """The conditions that hold, in one line; gives what is left to be told."""
        passed = [pair for pair in pairs if pair[1].mark == "pass"]
        if passed and not self.whole:
            names = [why(outcome.policy, line.rule, language()) for line, _ in passed]
            label = _wrapping("　".join(f"{SHAPES['done']}\u00a0{name}" for name in names))
            tint(label, self.theme.done)
            label.setToolTip("\n".join(one.text for _, one in passed))
            label.setAccessibleDescription("\n".join(one.text for _, one in passed))
            row = QHBoxLayout()
            row.addWidget(label, 1)
            if not self.brief:
                more = link(t("award.each"), partial(self._each, outcome))
                row.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
            self.column.addLayout(row)
            self.column.addSpacing(4)
        return list(pairs) if self.whole else [pair for pair in pairs if pair not in passed]

    def _each(self, outcome: Outcome) -> None:
        """Every condition in a line of its own, with its article."""
        self.whole = True
        self.tell(outcome, heading=self.heading, brief=self.brief, whole=True)

    def _row(self, line: Line, one: Told) -> QWidget:
        bound = one.mark == "binding" or line.code == "award"
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(GRID - 2, 3, GRID - 2, 3)
        row.setSpacing(GRID)
        meaning = None if line.code == "agree" else MARK.get(one.mark)
        shape = QLabel(SHAPES[meaning] if meaning else "●" if one.mark == "binding" else "")
        shape.setFixedWidth(14)
        colour = self.theme.meaning(meaning) if meaning else self.theme.accent
        tint(shape, colour)
        row.addWidget(shape, 0, Qt.AlignmentFlag.AlignTop)
        text = _wrapping(one.text)
        text.setProperty("muted", line.code in ("agree", "condition.not_asked"))
        row.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)
        if not self.brief:
            source = _wrapping(one.article, small=True)
            source.setFixedWidth(ARTICLE)
            row.addWidget(source, 0, Qt.AlignmentFlag.AlignTop)
        else:
            frame.setToolTip(one.article)
        if one.figure_fen is not None:
            figure = QLabel(t("amount.grouped", amount_fen=one.figure_fen))
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            figure.setFixedWidth(FIGURE)
            row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        elif not self.brief:
            row.addSpacing(FIGURE)
        if bound:
            _set_off(frame, self.theme)
        return frame

    def _ways(self, outcome: Outcome, ways: Sequence[Sequence[tuple[Line, Told]]]) -> QWidget:
        if len(ways) > MOST_WAYS or any(not way for way in ways):
            return self._listed(ways)
        frame = QFrame()
        grid = QGridLayout(frame)
        grid.setContentsMargins(GRID - 2, 0, GRID - 2, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 2)
        for at, text in enumerate(_headings(outcome.policy, ways), 1):
            grid.setColumnStretch(at, 3)
            head = _wrapping(text)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(head, 0, at)
        for number, (name, cells) in enumerate(_compared(outcome, ways), 1):
            differs = len({text for text, _ in cells}) > 1
            label = words(name, muted=not differs)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            for at, (text, sentence) in enumerate(cells, 1):
                cell = QLabel(f"{SHAPES['look']} {text}" if differs and text else text)
                cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
                cell.setWordWrap(True)
                cell.setToolTip(sentence)
                cell.setAccessibleName(sentence)
                if differs:
                    tint(cell, self.theme.look)
                grid.addWidget(cell, number, at)
        return frame

    def _listed(self, ways: Sequence[Sequence[tuple[Line, Told]]]) -> QWidget:
        """More readings than stand side by side: each with what it comes to."""
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for way in ways:
            award = next((pair for pair in way if pair[0].code == "award"), None)
            line, one = way[0]
            fen = None if award is None else award[1].figure_fen
            column.addWidget(self._row(line, one._replace(figure_fen=fen)))
        return frame

    def _why(self, outcome: Outcome) -> None:
        """What stands in the way, and who must decide what."""
        if outcome.status == "awarded" or not outcome.reasons:
            return
        frame = QFrame()
        column = QVBoxLayout(frame)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(4)
        if outcome.status == "refused":
            named = reasons(outcome.policy, outcome.reasons, "refused", language())
            column.addWidget(_wrapping(t("award.refused_because", reasons=named)))
        else:
            wanted = [name for name in outcome.reasons if not self.brief or _is_open(outcome.policy, name)]
            if not wanted:
                return
            for reason in wanted:
                column.addWidget(_wrapping(_who(outcome.policy, reason)))
        colour = self.theme.meaning(DECISION_MEANING[outcome.status])
        frame.setObjectName("why")
        frame.setStyleSheet(f"QFrame#why {{ border: 1px solid {colour}; border-radius: 4px; }}")
        self.column.addSpacing(GRID)
        self.column.addWidget(frame)
        self.column.addSpacing(GRID)


def _is_open(policy: Policy | None, reason: str) -> bool:
    """Whether a reason is something that the office itself must decide."""
    return policy is None or policy.pack.parameter(reason) is not None


def _who(policy: Policy | None, reason: str) -> str:
    """Who must decide what, so that a blocked case goes on."""
    if policy is None:
        return t("award.who.no_pack")
    parameter = policy.pack.parameter(reason)
    if parameter is not None:
        return t("award.who.parameter", parameter=titled(parameter))
    condition = next((one for one in policy.rules.conditions if one.id == reason), None)
    if condition is not None:
        title = titled(condition)
        if condition.evidence:
            return t("award.who.evidence", condition=title, evidence=condition.evidence)
        return t("award.who.condition", condition=title)
    return t("award.who.fact", what=why(policy, reason, language()))


def _by_way(pairs: Sequence[tuple[Line, Told]]) -> list[list[tuple[Line, Told]]]:
    """The lines of each way of reading, its heading first; none where all ways agree."""
    found: dict[int, list[tuple[Line, Told]]] = {}
    for pair in pairs:
        if pair[1].way:
            found.setdefault(pair[1].way, []).append(pair)
    return list(found.values())


def _headings(policy: Policy | None, ways: Sequence[Sequence[tuple[Line, Told]]]) -> list[str]:
    """What tells the ways apart: only the parameters in which they differ, where that says it all."""
    told = [way[0][1].text for way in ways]
    taken = [[_reading(str(label)) for label in way[0][0].figures] for way in ways]
    names = list(dict.fromkeys(name for labels in taken for one in labels for name in one))
    sets = {name: [frozenset(one.get(name, "") for one in labels) for labels in taken] for name in names}
    kept = [name for name in names if len(set(sets[name])) > 1]
    if policy is None or not kept:
        return told
    found = []
    for at, labels in enumerate(taken):
        told_apart = {tuple(one.get(name, "") for name in kept) for one in labels}
        size = 1
        for name in kept:
            size *= len(sets[name][at])
        if len(told_apart) != size:  # the readings hang together: only the whole says it
            return told
        found.append("\n".join(_read_as(policy, name, sets[name][at]) for name in kept))
    return found


def _reading(label: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in label.split(",") if "=" in pair)


def _read_as(policy: Policy, name: str, chosen: frozenset[str]) -> str:
    parameter = policy.pack.parameter(name)
    if parameter is None:
        return f"{name}: {' '.join(sorted(chosen))}"
    titles = [titled(one) for one in parameter.readings if one.id in chosen]
    return t("award.read_as", parameter=titled(parameter), readings=t("award.or").join(titles))


def _compared(
    outcome: Outcome, ways: Sequence[Sequence[tuple[Line, Told]]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Row by row what each way says: the row's name, and each way's figure with its sentence."""
    rows: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
    for at, way in enumerate(ways):
        for line, one in way[1:]:
            kind = _kind(line)
            rows.setdefault(kind, {})[at] = (_cell(outcome.policy, line, one), one.text)
    order = sorted(rows, key=lambda kind: kind[0] == "award")
    return [
        (_named(outcome.policy, kind), [rows[kind].get(at, ("", "")) for at in range(len(ways))])
        for kind in order
    ]


def _kind(line: Line) -> tuple[str, str]:
    head = line.code.partition(".")[0]
    if head in ("rate", "fixed", "bands"):
        return "computed", ""
    return head, "" if head in ("tier", "base", "award") else line.rule


def _named(policy: Policy | None, kind: tuple[str, str]) -> str:
    head, rule = kind
    if not rule:
        return t(f"award.step.{head}")
    return rule if policy is None else why(policy, rule, language())


def _cell(policy: Policy | None, line: Line, one: Told) -> str:
    if one.figure_fen is not None:
        figure = t("amount.grouped", amount_fen=one.figure_fen)
        if line.code == "rate" and isinstance(line.figures[0], int):
            return f"{rate_text(line.figures[0] * 100)}%　{figure}"
        return figure
    if line.code == "tier" and policy is not None:
        return why(policy, line.rule, language())
    return one.text


def _wrapping(text: str, *, small: bool = False) -> QLabel:
    label = words(text, small=small)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    label.setMinimumWidth(40)
    label.setMaximumWidth(UNBOUNDED)  # a bounded label would stand in the middle of a wide row
    return label


def _set_off(frame: QFrame, theme: Theme) -> None:
    """Mark the row that set the award, and the award itself."""
    frame.setObjectName("bound")
    frame.setStyleSheet(
        f"QFrame#bound {{ background: {theme.selection}; border-left: 3px solid {theme.accent}; }}"
    )
