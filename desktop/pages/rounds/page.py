"""Rounds and publicity: each round from its window to its vouchers, one step after the other."""

import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidgetItem, QVBoxLayout, QWidget

from casework.boards import round_board
from casework.boards.case_letters import ObjectionView
from casework.boards.case_view import Stored, content
from casework.boards.round_board import Board, ListView, RoundView
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import issue_many
from casework.issuing.issue_many import ToIssue
from desktop.kit.action import Action
from desktop.kit.desk import Desk
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.paper_viewer import Shown, Viewer
from desktop.kit.theme import GRID, Meaning, Theme
from desktop.kit.widgets import card, chip, clear, empty, link, scrolled, side_list, words
from desktop.pages.issue_dialog import IssueDialog
from desktop.pages.rounds import asking, saving
from desktop.pages.rounds.cards import Do, aside, button, published, step, way
from desktop.pages.rounds.decide_dialog import DecideDialog
from desktop.pages.rounds.publish import PublishDialog
from rules.pack import Pack

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

LIST_WIDTH = 246
STANDING: dict[str, Meaning] = {"open": "done", "to_come": "waiting", "past": "look", "closed": "waiting"}


class _Read(NamedTuple):
    board: Board
    waits: tuple[ToIssue, ...]
    schemes: tuple[tuple[str, Pack], ...]


class RoundsPage(Page):
    """Rounds on the left, the chosen one's steps on the right."""

    name = "rounds"
    kinds = frozenset(
        (
            "round",
            "application",
            "decision",
            "publicity",
            "objection",
            "supplement",
            "pack",
            "letter",
            "voucher",
        )
    )
    offers = (
        Action("open_round", "rounds", "Ctrl+N", act="open_round", button=True),
        Action("decide_round", "rounds", "Ctrl+D", act="decide"),
        Action("publish_round", "rounds", "Ctrl+G", act="publish"),
        Action("issue_round", "rounds", "Ctrl+I", act="issue_voucher"),
        Action("print_letters", "rounds", "Ctrl+P", act="export", button=True),
        Action("export_ledger", "rounds", "Ctrl+E", act="export", button=True),
        Action("save_sheets", "rounds", act="export"),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.board: Board | None = None
        self.waits: tuple[ToIssue, ...] = ()
        self.schemes: tuple[tuple[str, Pack], ...] = ()
        self.list = side_list(t("page.rounds"), LIST_WIDTH)
        self.list.currentRowChanged.connect(lambda row: self._tell())
        detail = QWidget()
        self.column = QVBoxLayout(detail)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.column.setSpacing(GRID + 4)
        self.viewer = Viewer(self)
        self.viewer.hide()
        self.viewer.save_asked.connect(lambda shown: self._save_shown())
        self.viewer.print_asked.connect(self._print_shown)
        self.shown: ListView | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GRID)
        row.setSpacing(2 * GRID)
        row.addWidget(self.list)
        row.addWidget(scrolled(detail), 3)
        row.addWidget(self.viewer, 2)

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the rounds and what waits in them again."""

        person = self.desk.person

        def read(office: Office) -> _Read:
            board = round_board.board(office, person)
            waits = tuple(issue_many.waiting(office, one.id) for one in board.rounds)
            return _Read(board, waits, round_board.schemes(office))

        self.desk.read(read, self._show, owner=self)

    def _show(self, found: _Read) -> None:
        marked = self.chosen.id if self.chosen else -1
        self.board, self.waits, self.schemes = found
        self.list.blockSignals(True)
        self.list.clear()
        for one in found.board.rounds:
            state = t("rounds.whole_says") if one.id is None else t(f"rounds.{one.standing}")
            item = QListWidgetItem(f"{self._name(one)}\n{state}　{t('rounds.cases', count=one.cases)}")
            self.list.addItem(item)
        ids = [one.id for one in found.board.rounds]
        self.list.setCurrentRow(ids.index(marked) if marked in ids else 0)
        self.list.setVisible(bool(ids))
        self.list.blockSignals(False)
        self._tell()

    @property
    def chosen(self) -> RoundView | None:
        """The round that is marked."""
        row = self.list.currentRow()
        return self.board.rounds[row] if self.board and 0 <= row < len(self.board.rounds) else None

    @property
    def waiting(self) -> ToIssue:
        """What of the chosen round waits to be issued."""
        row = self.list.currentRow()
        return self.waits[row] if 0 <= row < len(self.waits) else ToIssue((), (), ())

    @property
    def today(self) -> datetime.date:
        """The day at the office's place."""
        return self.board.today if self.board else self.desk.office.today()

    def _name(self, one: RoundView) -> str:
        return one.name or t("rounds.whole")

    # -- the round in steps --------------------------------------------------------------------------

    def _tell(self) -> None:
        clear(self.column)
        one = self.chosen
        if one is None:
            may = self.desk.may("open_round")
            self.column.addWidget(
                empty("rounds.none", "action.open_round", self.do_open_round if may else None)
            )
            return
        self.column.addWidget(self._head(one))
        self.column.addWidget(self._deciding(one))
        self.column.addWidget(self._publishing(one))
        for listed in one.lists:
            self.column.addWidget(self._listed(listed))
        self.column.addWidget(self._issuing())
        self.column.addStretch(1)

    def _head(self, one: RoundView) -> QWidget:
        frame, column = card()
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(words(self._name(one), title=True))
        if one.id is not None:
            meaning = STANDING[one.standing]
            head.addWidget(chip(t(f"rounds.{one.standing}"), meaning, self.theme))
        head.addStretch(1)
        if one.id is not None and one.state == "open" and self.desk.may("close_round"):
            head.addWidget(link(t("rounds.close"), self.close_round))
        column.addLayout(head)
        column.addWidget(words(self._window(one), muted=True))
        if one.standing == "past":
            column.addWidget(words(t("rounds.past_says", closes=one.closes_at), small=True))
        column.addWidget(way(one, self.theme))
        if said := aside(one):
            column.addWidget(words(said, small=True))
        return frame

    def _window(self, one: RoundView) -> str:
        title = "" if one.pack is None else one.pack.title if language() == "zh" else one.pack.title_en
        if one.id is None:
            return title
        if one.opens_at is None and one.closes_at is None:
            return f"{title}　{t('rounds.no_window')}"
        said = t("rounds.window", opens=one.opens_at, closes=one.closes_at)
        return f"{title}　{said}"

    def _deciding(self, one: RoundView) -> QWidget:
        says = t("rounds.ready", count=one.ready) if one.ready else t("rounds.none_ready")
        buttons = []
        if one.ready and self.desk.may("decide"):
            buttons.append(button("rounds.look_decide", self.do_decide_round, main=True))
        frame, column = step(t("rounds.step.decide"), says, *buttons)
        if one.without is not None:
            row = self._refused(one.without)
            row.addWidget(link(t("page.budgets"), lambda: self.went.emit("budgets")))
            column.addLayout(row)
        if one.stopped is not None:
            column.addWidget(words(one.stopped.say(language()), small=True))
        return frame

    def _refused(self, refused: Refused) -> QHBoxLayout:
        """What stands in the way of a step, beside its words."""
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addSpacing(88 + GRID)
        says = words(refused.say(language()))
        says.setStyleSheet(f"color: {self.theme.look}")
        row.addWidget(says, 1)
        return row

    def _publishing(self, one: RoundView) -> QWidget:
        says = t("rounds.none_to_publish")
        buttons: list[QWidget] = []
        ready = one.publishable
        if ready.awards:
            says = t("rounds.to_publish", count=ready.awards, award_fen=ready.award_fen)
            if self.desk.may("publish") and one.unset is None:
                main = not one.ready
                buttons.append(button("rounds.look_publish", self.do_publish_round, main=main))
        if ready.kept_back:
            says += t("rounds.not_yet_public", count=ready.kept_back)
        frame, column = step(t("rounds.step.publish"), says, *buttons)
        if one.unset is not None:
            row = self._refused(one.unset)
            row.addWidget(link(t("rounds.set_terms"), self.set_terms))
            column.addLayout(row)
        return frame

    def _listed(self, one: ListView) -> QWidget:
        does: dict[str, Do] = {}
        if one.letter is not None:
            does["rounds.show_list"] = partial(self.show_list, one)
            does["rounds.save_list"] = partial(self.ask_to_save, one)
        leads: dict[str, tuple[str, Do]] = {
            "object": ("rounds.take_objection", partial(self.take_objection, one)),
            "end_publicity": ("rounds.end", partial(asking.end_publicity, self, self.desk, one)),
        }
        does |= dict(leads[act] for act in one.acts(self.today) if self.desk.may(act))
        return published(one, self.today, self.theme, does, self.opened.emit, self._settle)

    def _settle(self, objection: ObjectionView) -> QWidget | None:
        if not self.desk.may("settle_objection"):
            return None
        return link(t("rounds.settle"), partial(asking.settle_objection, self, self.desk, objection))

    def _issuing(self) -> QWidget:
        waits = self.waiting
        papers = len(waits.vouchers) + len(waits.letters)
        says = (
            t("rounds.to_issue", vouchers=len(waits.vouchers), letters=papers)
            if papers
            else t("rounds.none_to_issue")
        )
        if waits.refusals:
            says += t("rounds.refusals_wait", count=len(waits.refusals))
        buttons: list[QWidget] = []
        if papers and self.desk.may("issue_voucher"):
            buttons.append(button("rounds.look_issue", self.do_issue_round, main=True))
        if waits.refusals and self.desk.may("issue_refusal"):
            buttons.append(button("rounds.look_refusals", self.send_refusals))
        return step(t("rounds.step.issue"), says, *buttons)[0]

    # -- what can be done ----------------------------------------------------------------------------

    def do_open_round(self) -> None:
        """Open a round with its window."""
        asking.open_round(self, self.desk, self.today, self.schemes)

    def close_round(self) -> None:
        """The round takes no more applications."""
        one = self.chosen
        if one is not None and one.id is not None:
            asking.close_round(self, self.desk, one.id, one.name)

    def do_decide_round(self) -> None:
        """See what each case would get, then decide them all."""
        if self.chosen is not None:
            DecideDialog(self, self.desk, self.theme, self.chosen.id).open()

    def do_publish_round(self) -> None:
        """See the list as it would be published, then publish it."""
        if self.chosen is not None:
            PublishDialog(self, self.desk, self.chosen.id, self.went.emit).open()

    def do_issue_round(self) -> None:
        """See what would be issued, then issue it."""
        IssueDialog(self, self.desk, self.theme, self.waiting).open()

    def send_refusals(self) -> None:
        """See which notices of refusal would go out, then send them."""
        IssueDialog(self, self.desk, self.theme, self.waiting, refusals=True).open()

    def set_terms(self) -> None:
        """Go to where the office sets its terms."""
        self.went.emit("policies")

    def take_objection(self, one: ListView) -> None:
        """Take an objection in, about a case of this list."""

        def then(cases: tuple[tuple[str, str], ...]) -> None:
            asking.take_objection(self, self.desk, self.today, cases)

        self.desk.read(lambda office: round_board.on_list(office, one.id), then, owner=self)

    # -- papers --------------------------------------------------------------------------------------

    def show_list(self, one: ListView) -> None:
        """Show the very list that was published."""

        def then(stored: Stored | None) -> None:
            if stored is not None:
                self.shown = one
                self.viewer.put(t("rounds.list", numbered=one.numbered), stored)

        self.desk.read(lambda office: content(office, one.sha256), then, owner=self)

    def _save_shown(self) -> None:
        if self.shown is not None:
            self.ask_to_save(self.shown)

    def _print_shown(self, shown: Shown, printer: "QPrinter") -> None:
        if self.shown is not None and self.shown.letter is not None:
            saving.print_letter(self.desk, self.shown.letter, shown, printer)

    def ask_to_save(self, one: ListView) -> None:
        """Ask where the list is saved."""
        name = t("rounds.list_name", on=one.from_on)
        where, _ = QFileDialog.getSaveFileName(self, t("rounds.save_list"), f"{name}.pdf", "PDF (*.pdf)")
        if where and one.letter is not None:
            saving.save_letter(self.desk, one.letter, Path(where))

    def do_print_letters(self) -> None:
        """Write all approval letters of the round to one file for the printer."""
        name = t("rounds.letters_name", round=self._name(self.chosen) if self.chosen else "")
        title = t("action.print_letters")
        where, _ = QFileDialog.getSaveFileName(self, title, f"{name}.pdf", "PDF (*.pdf)")
        if where:
            saving.print_letters(self.desk, self.chosen.id if self.chosen else None, Path(where))

    def do_save_sheets(self) -> None:
        """Save the issuing sheets of the round's letters, which stay in the office, into a folder."""
        where = QFileDialog.getExistingDirectory(self, t("action.save_sheets"))
        if where:
            saving.save_sheets(self.desk, self.chosen.id if self.chosen else None, Path(where))

    def do_export_ledger(self) -> None:
        """Save the vouchers' ledger as a workbook."""
        name = t("rounds.ledger_name", on=self.today)
        title = t("action.export_ledger")
        where, _ = QFileDialog.getSaveFileName(self, title, f"{name}.xlsx", "Excel (*.xlsx)")
        if where:
            saving.export_ledger(self.desk, Path(where))
