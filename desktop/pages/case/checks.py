"""What checking found, judged in place with a reason; the rounds of correction, tied to field or paper."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from casework.boards.case_parts import CorrectionView, FindingView
from casework.boards.case_view import CaseView
from casework.rulebook.explanation_in_words import why
from desktop.kit.desk import Desk
from desktop.kit.drafts import OwnDrafts, named
from desktop.kit.language import language, t, t_or
from desktop.kit.theme import GRID, SHAPES, Meaning, Theme
from desktop.kit.widgets import chip, one_line, tint
from desktop.pages.case.page_part import Part, at, field_title, row_of, small_link, wrapped
from words import has

OUTCOME: dict[str | None, Meaning] = {"pass": "done", "fail": "stopped", "unknown": "look", None: "look"}
JUDGED: dict[str, Meaning] = {"cleared": "done", "upheld": "stopped"}
ROUND: dict[str, Meaning] = {"open": "look", "answered": "done", "lapsed": "stopped", "cancelled": "waiting"}


class FindingsPart(Part):
    """The findings of a case.

    Signals:
        judged: the number of a finding, the outcome and the reason.
        opened: another case that a finding names.
    """

    judged = Signal(int, str, str)
    opened = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__("case.findings", desk, theme)
        self.drafts: dict[int, str] = {}
        self.case = ""
        self.unsent = OwnDrafts(desk, "findings")
        self.check: Callable[[], object] = lambda: None

    def tell(self, view: CaseView, check: Callable[[], object]) -> None:
        """Show a case's findings; a reason being typed stays."""
        self.check = check
        if view.case != self.case:
            self.keep()
            left = self.unsent.read(named(view.case))
            said = left.fields if left is not None else {}
            self.case, self.drafts = view.case, {int(at): said[at] for at in said if at.isdecimal()}
        self.empty()
        if "check" in view.may:
            self.offer("action.case_check", check)
        if not view.findings:
            self.nothing("case.findings.none")
            return
        if any(one.version != view.seen.version and one.state == "open" for one in view.findings):
            label = wrapped(t("case.findings.older"))
            tint(label, self.theme.look)
            self.column.addWidget(label)
        passed = [one for one in view.findings if one.state == "open" and one.outcome == "pass"]
        for one in view.findings:
            if one not in passed:
                self._finding(one, view)
        if passed:
            label = wrapped(f"{SHAPES['done']} {t('case.conditions.pass', count=len(passed))}")
            names = "\n".join(self._name(one, view) for one in passed)  # they stand whole beside the award
            label.setToolTip(names)
            label.setAccessibleDescription(names)
            tint(label, self.theme.done)
            self.column.addWidget(label)

    def keep(self) -> None:
        """Have the reasons that are typed and not stored on the disk."""
        if self.case:
            typed = {str(finding): text for finding, text in self.drafts.items() if text.strip()}
            self.unsent.put(named(self.case), typed)

    def typing(self) -> bool:
        """Whether a reason is typed that is not stored yet."""
        return any(text.strip() for text in self.drafts.values())

    def _name(self, one: FindingView, view: CaseView) -> str:
        kind, _, name = one.code.partition(".")
        if kind == "condition":
            return why(view.policy, name, language())
        return t_or(f"finding.{one.code}", one.code).replace("{with}", one.other or "")

    def _say(self, one: FindingView, view: CaseView) -> str:
        if one.code.startswith("condition."):
            code = f"case.condition.{one.outcome}"
            if one.other and one.outcome == "unknown":
                code += ".evidence"
            return t(code, condition=self._name(one, view), evidence=one.other or "")
        with_ = field_title(view.policy, one.other or "") if one.about == "field" else one.other or ""
        code = f"finding.{one.code}"
        return t(code, **{"with": with_}) if has(code, language()) else f"{one.code} {with_}"

    def _finding(self, one: FindingView, view: CaseView) -> None:
        meaning = JUDGED.get(one.state) or OUTCOME.get(one.outcome, "look")
        shape = wrapped(SHAPES[meaning])
        shape.setFixedWidth(14)
        shape.setMinimumWidth(14)
        tint(shape, self.theme.meaning(meaning))
        row = row_of(shape, wrapped(self._say(one, view)), stretch=1)
        if one.about == "application" and one.other:
            row.addWidget(
                small_link(t("case.open_other"), lambda: self.opened.emit(one.other), self.theme),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
        self.column.addLayout(row)
        if one.state in JUDGED:
            when = "" if one.judged_at is None else at(one.judged_at)
            said = t(f"case.judged.{one.state}", person=one.judged_by, at=when, reason=one.reason or "")
            label = wrapped(said, small=True)
            label.setContentsMargins(14 + GRID, 0, 0, 0)
            self.column.addWidget(label)
        if one.effect != "informs":
            effect = wrapped(t(f"case.finding.{one.effect}"), small=True)
            effect.setContentsMargins(14 + GRID, 0, 0, 0)
            tint(effect, self.theme.stopped if one.effect == "forbids" else self.theme.look)
            self.column.addWidget(effect)
        if "judge_finding" not in view.may or not one.judgeable:
            return
        if one.state in JUDGED and one.id not in self.drafts:
            again = small_link(t("case.judge.again"), partial(self._judge_again, one, view), self.theme)
            self.column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._judge(one)

    def _judge_again(self, one: FindingView, view: CaseView) -> None:
        """What was judged is judged anew, with a reason."""
        self.drafts[one.id] = ""
        self.tell(view, self.check)

    def _judge(self, one: FindingView) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(14 + GRID, 0, 0, 0)
        row.setSpacing(4)
        reason = QLineEdit(self.drafts.get(one.id, ""))
        reason.setPlaceholderText(t("case.judge_reason"))
        reason.setAccessibleName(t("case.judge_reason"))
        row.addWidget(reason, 1)
        buttons = []
        for outcome in ("cleared", "upheld"):
            button = QPushButton(t(f"case.judge.{outcome}"))
            button.setToolTip(t(f"case.judge.{outcome}_says"))
            button.clicked.connect(
                lambda checked=False, outcome=outcome: self.judged.emit(
                    one.id, outcome, reason.text().strip()
                )
            )
            button.setEnabled(bool(reason.text().strip()))
            buttons.append(button)
            row.addWidget(button)

        def typed(text: str) -> None:
            self.drafts[one.id] = text
            for button in buttons:
                button.setEnabled(bool(text.strip()))

        reason.textChanged.connect(typed)
        self.column.addWidget(line)


class CorrectionsPart(Part):
    """The rounds of correction."""

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__("case.corrections", desk, theme)

    def tell(self, view: CaseView, do: Callable[[str], object]) -> None:
        """Show a case's corrections; ``do`` does an act by its name."""
        self.empty()
        for act in ("ask_correction", "issue_correction"):
            if act in view.may:
                self.offer(f"action.case_{act}", partial(do, act))
        if not view.corrections:
            self.nothing("case.corrections.none")
        for one in view.corrections:
            self._round(one, view)

    def _round(self, one: CorrectionView, view: CaseView) -> None:
        state = "late" if one.late else one.state
        meaning: Meaning = "stopped" if one.late else ROUND[one.state]
        head = one_line(t("case.round", round=one.round, on=one.due_on, person=one.asked_by))
        self.column.addLayout(row_of(chip(t(f"case.round.{state}"), meaning, self.theme), head, stretch=1))
        for item in one.items:
            target = (
                field_title(view.policy, item.target)
                if item.about == "field"
                else t_or(f"paper.kind.{item.target}", item.target)
            )
            mark = SHAPES["done"] if item.settled else SHAPES["look" if one.state == "open" else "waiting"]
            said = t(f"case.defect.{item.about}", target=target, defect=item.defect)
            if item.note:
                said = t("case.defect.noted", said=said, note=item.note)
            label = wrapped(f"{mark} {said}")
            if item.settled or one.state == "open":
                colour = self.theme.done if item.settled else self.theme.look
                tint(label, colour)
            self.column.addWidget(label)
