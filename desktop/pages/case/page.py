"""The case's page: head with its way; award and facts on the left, what is done to it on the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
)

from casework.boards import case_view
from casework.boards.case_view import CaseView, Stored
from casework.core.office import SHANGHAI, Office
from desktop.kit.award_panel import AwardView, Outcome
from desktop.kit.desk import Desk
from desktop.kit.height_by_width import HeightByWidth
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.paper_viewer import Shown, Viewer
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import (
    card,
    chip,
    clear,
    empty,
    link,
    meaning_of,
    one_line,
    scrolled,
    tint,
    words,
)
from desktop.pages.case.acts import ASKS, OTHERS, actions
from desktop.pages.case.carrying_out import CarryingOut
from desktop.pages.case.checks import CorrectionsPart, FindingsPart
from desktop.pages.case.closing import ApprovalPart, LettersPart, StoryPart
from desktop.pages.case.facts import FactsPart
from desktop.pages.case.page_part import Part, about, against, gone_on, said_first, wrapped
from desktop.pages.case.papers import PapersPart
from desktop.pages.case.way_steps import Way

TWO_COLUMNS = 940
"""Width in pixels at 100 % from which the two halves stand side by side."""


class CasePage(Page):
    """One case."""

    name = "case"
    kinds = frozenset(
        (
            "application", "decision", "finding", "correction", "paper", "letter", "voucher", "publicity",
            "objection", "approval", "supplement", "pack", "refusal",
        )
    )  # fmt: skip

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.view: CaseView | None = None
        self.setAcceptDrops(True)
        self.head, self.head_column = card()
        self.way = Way(theme)
        self.none = empty("case.none")
        self.award_part = Part("case.award", desk, theme)
        self.award = AwardView(theme)
        self.facts = FactsPart(desk, theme, self._now)
        self.findings = FindingsPart(desk, theme)
        self.corrections = CorrectionsPart(desk, theme)
        self.papers = PapersPart(desk, theme)
        self.approval = ApprovalPart("case.approval", desk, theme)
        self.letters = LettersPart(desk, theme)
        self.story = StoryPart(desk, theme)
        self.viewer = Viewer()
        self._lay_out()
        self.doing = CarryingOut(
            self, desk, self.facts, self.findings, self.papers, self.body.ensureWidgetVisible,
            {"correction": self.corrections, "objection": self.approval, "refusal": self.approval},
        )  # fmt: skip
        self._connect()

    # -- layout ----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self.halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.halves.setSpacing(GRID + 4)
        for column, stretch in ((self.left, 7), (self.right, 5)):
            column.setSpacing(GRID + 4)
            self.halves.addLayout(column, stretch)
        for part in (self.award_part, self.facts):
            self.left.addWidget(part)
        self.left.addStretch(1)
        for part in (self.findings, self.corrections, self.papers, self.approval, self.letters, self.story):
            self.right.addWidget(part)
        self.right.addStretch(1)
        inside = HeightByWidth()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 2 * GRID)
        column.addLayout(self.halves)
        self.body = scrolled(inside)
        self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.body)
        self.split.addWidget(self.viewer)
        self.split.setChildrenCollapsible(False)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        self.setFocusProxy(self.body)  # so that the keys scroll it
        self.viewer.setMinimumWidth(360)
        self.viewer.hide()
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(GRID + 4)
        self.head_column.setSpacing(6)
        self.whole.addWidget(self.head)
        self.whole.addWidget(self.none, 1)
        self.whole.addWidget(self.split, 1)
        self._make_head()
        self._make_award()
        self._only_empty(True)

    def _make_head(self) -> None:
        self.head_column_top = QHBoxLayout()
        self.head_column_top.setSpacing(GRID)
        self.about = QLabel()
        self.about.setProperty("small", True)
        self.about.setWordWrap(True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.head_column.addLayout(self.head_column_top)
        self.barred = wrapped("", small=True)
        tint(self.barred, self.theme.look)
        self.head_column.addWidget(self.about)
        self.head_column.addWidget(self.barred)
        self.head_column.addWidget(self.way)

    def _make_award(self) -> None:
        self.nothing_decided = words(t("case.not_decided"), muted=True)
        self.award_part.column.addWidget(self.award)
        self.award_part.column.addWidget(self.nothing_decided)

    def _only_empty(self, is_empty: bool) -> None:
        self.none.setVisible(is_empty)
        self.head.setVisible(not is_empty)
        self.split.setVisible(not is_empty)

    def _connect(self) -> None:
        self.facts.stored.connect(self.doing.store_facts)
        self.findings.judged.connect(self.doing.judge)
        self.papers.taken.connect(self.doing.take_papers)
        self.papers.picked.connect(self.look_at)
        self.letters.picked.connect(self.look_at)
        self.viewer.save_asked.connect(self._save_shown)
        self.viewer.print_asked.connect(self.doing.print_on)
        self.viewer.closed.connect(self._reflow)
        for part in (self.findings, self.papers):
            part.opened.connect(self.opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two, as the width allows."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._reflow)

    def _reflow(self) -> None:
        wide = self.body.viewport().width() >= TWO_COLUMNS
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.halves.direction() != direction:
            self.halves.setDirection(direction)

    def _now(self) -> Any:
        return self.desk.office.now().astimezone(SHANGHAI).replace(tzinfo=None)

    # -- reading ---------------------------------------------------------------------------------------

    def come(self, what: str = "") -> None:
        """``what`` names the case to show."""
        if what and what != self.case:
            self.facts.put_aside()
            self._turn_to(what, None)
            if self.viewer.isVisible():
                self.viewer.close_pane()
            self.body.verticalScrollBar().setValue(0)
            self.stale = True
        super().come(what)

    def refresh(self) -> None:
        """Reads the case again."""
        if not self.case:
            return
        case, person = self.case, self.desk.person

        def read(office: Office) -> CaseView | None:
            return case_view.view(office, person, case)

        self.desk.read(read, lambda found: self._show(case, found), owner=self)

    def _turn_to(self, case: str, view: CaseView | None) -> None:
        self.case, self.view = case, view
        self.doing.turn_to(case, view)

    def _show(self, case: str, found: CaseView | None) -> None:
        if case != self.case:
            return
        self._turn_to(case, found)
        self._only_empty(found is None)
        if found is None:
            self.offers = ()
            self.offered.emit()
            return
        self.setUpdatesEnabled(False)
        self._tell_head(found)
        self._tell_award(found)
        self.facts.tell(found)
        self.findings.tell(found, partial(self.do, "check"))
        self.corrections.tell(found, self.do)
        self.papers.tell(found)
        self.corrections.setVisible(bool(found.corrections) or "ask_correction" in found.may)
        self.approval.setVisible(self.approval.tell(found, self.do))
        self.letters.setVisible(self.letters.tell(found, self.do))
        self.story.tell(found)
        self.setUpdatesEnabled(True)
        QTimer.singleShot(0, self, self._reflow)
        if self.isVisible() and QApplication.focusWidget() is None:
            self.body.setFocus()  # so that the keys scroll it
        self.offers = actions(found.shown_state, found.may, bool(found.findings), found.objected)
        self.offered.emit()

    def _tell_head(self, view: CaseView) -> None:
        clear(self.head_column_top)
        number = words(view.case, title=True)
        name = one_line(view.applicant)
        name.setProperty("title", True)
        state = chip(t(f"state.{view.shown_state}"), meaning_of(view.shown_state), self.theme)
        self.head_column_top.addWidget(number)
        self.head_column_top.addWidget(state)
        for code in against(view):
            self.head_column_top.addWidget(chip(t(code), "stopped", self.theme))
        self.head_column_top.addWidget(name, 1)
        before, after = self._neighbours()
        self.head_column_top.addWidget(link(t("case.to_list"), self.do_case_list))
        for code, case in (("case.before", before), ("case.after", after)):
            button = link(t(code), partial(self._go_to, case))
            button.setEnabled(case is not None)
            self.head_column_top.addWidget(button)
        self.about.setText(about(view))
        said = said_first(view)
        said += [t("case.barred", act=t(f"act.{act}"), why=why.say(language())) for act, why in view.barred]
        self.barred.setText("\n".join(said))
        self.barred.setVisible(bool(said))
        self.barred.setMinimumHeight(self.barred.heightForWidth(self.barred.width()) if said else 0)
        self.way.show_steps(view.steps)

    def _tell_award(self, view: CaseView) -> None:
        clear(self.award_part.acts)
        decision = view.decision
        would = view.would_be if decision is None else None
        foreseen = would is not None and would.decision is not None
        gone = view.refusal is not None and view.refusal.stands
        self.award.setVisible(not gone and (decision is not None or foreseen))
        bar = None if would is None else would.bar
        self.nothing_decided.setText(t("case.not_decided") if bar is None else bar.say(language()))
        self.nothing_decided.setVisible(gone or (decision is None and (bar is not None or not foreseen)))
        if gone:
            self.nothing_decided.setText(t("case.award_gone"))
            if view.decisions:
                self.award_part.offer("case.earlier", self._earlier)
            return
        if would is not None and would.decision is not None and would.policy is not None:
            outcome = Outcome.would_be(would.policy, would.decision, would.lines)
            self.award.tell(outcome, heading=t("case.would_be"))
            if view.closed_by is not None:
                self.award.column.insertWidget(1, wrapped(view.closed_by.say(language())))
        if decision is not None:
            heading = t("case.decided", seq=decision.seq, at=f"{decision.at.astimezone(SHANGHAI):%Y-%m-%d}",
                        person=decision.by, pack=decision.pack)  # fmt: skip
            self.award.tell(Outcome.decided(decision), heading=heading)
            if decision.version != view.seen.version:
                label = words(t("case.older_version", version=decision.version, now=view.seen.version))
                tint(label, self.theme.look)
                self.award.column.insertWidget(1, label)
            why = gone_on(decision)
            if why:
                self.award.column.insertWidget(1, wrapped(why))
            if decision.status == "blocked" and any(
                view.policy is not None and view.policy.pack.parameter(name) for name in decision.reasons
            ):
                self.award_part.offer("case.to_rules", lambda: self.went.emit("policies"))
            earlier = view.decisions[:-1]
            if earlier:
                self.award_part.offer("case.earlier", self._earlier)

    def _earlier(self) -> None:
        from desktop.pages.case.earlier import EarlierDialog

        if self.view is not None:
            gone = self.view.refusal is not None and self.view.refusal.stands
            shown = self.view.decisions if gone else self.view.decisions[:-1]
            EarlierDialog(self, self.theme, shown).open()

    # -- acts and papers -------------------------------------------------------------------------------

    def do(self, name: str, number: int = 0) -> None:
        """An act by its name."""
        self.doing.do(name, number)

    def look_at(self, name: str, sha256: str) -> None:
        """Show a stored file in the pane."""

        def show(found: Stored | None) -> None:
            if found is None:
                self.desk.say(t("case.content_lost", name=name), "stopped")
                return
            self.viewer.put(name, found)
            wide = self.split.width()
            self.split.setSizes([wide * 11 // 20, wide * 9 // 20])
            QTimer.singleShot(0, self, self._reflow)

        self.desk.read(lambda office: case_view.content(office, sha256), show, owner=self)

    def _save_shown(self, shown: Shown) -> None:
        # one of old may have folders in it
        name = shown.name.replace("\\", "/").rpartition("/")[2].lstrip(".")
        pdf = shown.stored.media == "application/pdf" and not name.lower().endswith(".pdf")
        where, _ = QFileDialog.getSaveFileName(self, t("case.view.save"), f"{name}{'.pdf' if pdf else ''}")
        if where:
            self.doing.save_to(shown.stored, Path(where))

    def do_case_paste(self) -> None:
        """File what the clipboard holds."""
        self.papers.paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files that can be papers of the case."""
        if self.papers.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes the files as papers of the case."""
        if self.papers.takes(event.mimeData()):
            event.acceptProposedAction()
            self.papers.take_data(event.mimeData())

    def leave(self) -> bool:
        """What is being typed stays where it is, and on disk; nothing is lost by a click elsewhere."""
        for typed in (self.facts, self.findings, self.doing):
            typed.keep()
        return True

    def do_case_list(self) -> None:
        """Back to the list, as it was."""
        self.went.emit("applications")

    def do_case_before(self) -> None:
        """The case before this one in the list."""
        self._go_to(self._neighbours()[0])

    def do_case_after(self) -> None:
        """The case after this one in the list."""
        self._go_to(self._neighbours()[1])

    def _neighbours(self) -> tuple[int | None, int | None]:
        """The numbers of the applications before and after this one in the list of applications."""
        ids = self.desk.listed
        if self.view is None or self.view.id not in ids:
            return None, None
        at = ids.index(self.view.id)
        return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None)

    def _go_to(self, application: int | None) -> None:
        if application is None:
            return

        def go(found: list[str]) -> None:
            if found:
                self.come(found[0])

        from casework.boards import application_list

        self.desk.read(lambda office: application_list.cases(office, [application]), go, owner=self)


def _doer(name: str) -> Callable[[CasePage], None]:
    def do(page: CasePage) -> None:
        page.do(name)

    do.__doc__ = f"The act `{name}`."
    return do


for _name in (*ASKS, *OTHERS):
    setattr(CasePage, f"do_case_{_name}", _doer(_name))
