"""The budgets of the office: what each may be given, what is allotted and left, who signed it."""

import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from casework.boards import budget_board
from casework.boards.budget_board import Board, BudgetView, Entry, Proposed
from casework.core.change import Change
from casework.core.office import SHANGHAI
from casework.money.allotments import in_capitals
from desktop.kit.action import Action
from desktop.kit.budget_bar import BudgetBar
from desktop.kit.desk import Desk
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.theme import GRID, Theme
from desktop.kit.widgets import card, chip, clear, empty, link, scrolled, side_list, words
from desktop.pages.budgets import asking
from words.shown import shown

SIDE = 300
KEY = Qt.ItemDataRole.UserRole


class BudgetsPage(Page):
    """The budgets on the left, one of them whole on the right."""

    name = "budgets"
    kinds = frozenset(("budget", "decision", "approval", "voucher", "pack", "supplement"))
    offers = (
        Action("allot", "budgets", "Ctrl+N", act="appropriate", main=True),
        Action("move_allotment", "budgets", act="move_appropriation"),
        Action("close_books", "budgets", act="close_period"),
    )

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.board = Board((), None)
        self.wanted = ""
        self.side = side_list(t("budgets.list"), SIDE)
        self.side.currentRowChanged.connect(self._tell)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        self.column.setSpacing(2 * GRID)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2 * GRID)
        across.addWidget(self.side)
        across.addWidget(scrolled(inside), 1)

    @property
    def chosen(self) -> BudgetView | None:
        """The budget that is shown."""
        at = self.side.currentRow()
        return self.board.budgets[at] if 0 <= at < len(self.board.budgets) else None

    def refresh(self) -> None:
        """Reads the budgets again; the one that was chosen stays."""
        person = self.desk.person
        self.desk.read(lambda office: budget_board.board(office, person), self._show, owner=self)

    def come(self, what: str = "") -> None:
        """The page comes on screen, with one budget by its key."""
        self.wanted = what or self.wanted
        super().come(what)

    @property
    def showing(self) -> str:
        """The key of the budget that one stands on."""
        return self.chosen.key if self.chosen else ""

    def _show(self, board: Board) -> None:
        kept = self.wanted or self.showing
        self.wanted = ""
        self.board = board
        self.side.blockSignals(True)
        self.side.clear()
        for one in board.budgets:
            item = QListWidgetItem(f"{asking.named(one)}\n{_standing(one)}")
            item.setData(KEY, one.key)
            item.setToolTip(asking.named(one))
            self.side.addItem(item)
        keys = [one.key for one in board.budgets]
        self.side.setCurrentRow(keys.index(kept) if kept in keys else 0 if keys else -1)
        self.side.blockSignals(False)
        self._tell(self.side.currentRow())

    # -- one budget ----------------------------------------------------------------------------------

    def _tell(self, row: int) -> None:
        clear(self.column)
        one = self.chosen
        if self.board.closed_until is not None:
            self.column.addWidget(words(t("budgets.closed_until", until=self.board.closed_until), muted=True))
        if one is None:
            self.column.addWidget(empty("budgets.nothing"))
            return
        self.column.addWidget(self._head(one))
        if one.silent_fen:
            self.column.addWidget(self._silent(one))
        for proposed in one.proposed:
            self.column.addWidget(self._proposed(one, proposed))
        self.column.addWidget(self._entries(one))
        for turned_down in one.turned_down:
            self.column.addWidget(words(t("budgets.turned_down", **turned_down._asdict()), muted=True))
        self.column.addStretch(1)

    def _head(self, one: BudgetView) -> QFrame:
        frame, column = card()
        column.addWidget(words(asking.named(one), title=True))
        column.addWidget(words(t("budgets.key", key=one.key), small=True))
        stands = one.balance
        if stands.appropriation_fen:
            bar = BudgetBar(self.theme)
            bar.setFixedHeight(GRID)
            bar.setMaximumWidth(2 * SIDE)
            bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            bar.show_figures(
                stands.appropriation_fen, stands.paid_fen, stands.committed_fen, stands.reserved_fen
            )
            column.addWidget(bar)
        else:
            column.addWidget(chip(t("budgets.without"), "look", self.theme))
        figures = {
            "ceiling": t("budgets.no_ceiling") if one.ceiling_fen is None else _money(one.ceiling_fen),
            "appropriation": _money(stands.appropriation_fen),
            "left": _money(stands.available_fen),
            "reserved": _money(stands.reserved_fen),
            "committed": _money(stands.committed_fen),
            "paid": _money(stands.paid_fen),
            "lapsed": _money(stands.lapsed_fen),
        }
        if not one.named:
            figures["ceiling"] = t("budgets.unnamed")
        column.addLayout(_grid([(t(f"budget.{name}.word"), figure) for name, figure in figures.items()]))
        return frame

    def _silent(self, one: BudgetView) -> QFrame:
        frame, column = card()
        column.addWidget(chip(t("budgets.silent"), "look", self.theme))
        column.addWidget(words(t("budgets.silent_says", amount_fen=one.silent_fen)))
        if self.desk.may("replace_appropriation"):
            row = QHBoxLayout()
            row.addWidget(link(t("budgets.replace"), self.replace_silent))
            row.addStretch(1)
            column.addLayout(row)
        return frame

    def _proposed(self, one: BudgetView, proposed: Proposed) -> QFrame:
        frame, column = card()
        column.addWidget(chip(t("budgets.waits"), "look", self.theme))
        said = {
            "budgets.allotment_no": proposed.allotment_no,
            "budgets.amount": f"{_money(proposed.amount_fen)}　{in_capitals(proposed.amount_fen)}",
            "budgets.would_be": _money(proposed.would_be_fen),
            "budgets.by": f"{proposed.person} {_at(proposed.at)}",
            "budgets.reason": proposed.reason,
        }
        if proposed.from_budget:
            said["told.from_budget"] = shown("budget", proposed.from_budget, language())
        column.addLayout(_grid([(t(code), text) for code, text in said.items()], right=False))
        row = QHBoxLayout()
        codes = {"confirm_appropriation": "budgets.confirm", "reject_appropriation": "budgets.reject"}
        for act, code in codes.items():
            if act in proposed.may:
                row.addWidget(link(t(code), partial(self.settle, proposed, act)))
        if "reject_appropriation" in proposed.may and "confirm_appropriation" not in proposed.may:
            row.addWidget(words(t("budgets.own"), muted=True), 1)
        row.addStretch(1)
        column.addLayout(row)
        return frame

    def _entries(self, one: BudgetView) -> QFrame:
        frame, column = card()
        column.addWidget(words(t("budgets.entries"), wrap=False))
        if not one.entries:
            column.addWidget(words(t("budgets.no_entries"), muted=True))
            return frame
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        for at, code in enumerate(("allotment_no", "amount", "by", "reason")):
            heading = words(t(f"budgets.{code}"), muted=True, wrap=False)
            heading.setAlignment(_right() if code == "amount" else _left())
            grid.addWidget(heading, 0, at)
        for entry in one.entries:
            row = grid.rowCount()
            by = f"{entry.person} {_at(entry.at)}"
            if entry.second:
                by += "\n" + t("budgets.second", person=entry.second)
            notes = "\n".join(filter(None, (_what(entry), entry.reason)))
            number = f"{entry.allotment_no}\n{t('budgets.entry')} {entry.id}"
            texts = (number, _money(entry.amount_fen), by, notes)
            for at, text in enumerate(texts):
                cell = words(text, wrap=at != 1)
                cell.setAlignment(_right() if at == 1 else _left())
                grid.addWidget(cell, row, at)
            if entry.may_go and self.desk.may("reverse_appropriation"):
                back = link(t("budgets.take_back"), partial(self.take_back, entry))
                grid.addWidget(back, row + 1, 0, 1, len(texts), Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)
        return frame

    # -- acts ----------------------------------------------------------------------------------------

    def do_allot(self) -> None:
        """Record an allotment of the budget that is shown, or cut it."""
        if self.chosen is None:
            return
        if self.chosen.silent_fen:
            self.replace_silent()
            return
        asking.allot(self, self.desk, self.chosen, self._done)

    def replace_silent(self) -> None:
        """Put an allotment in the place of what the program had entered."""
        if self.chosen is not None:
            asking.replace(self, self.desk, self.chosen, self._done)

    def do_move_allotment(self) -> None:
        """Move what is available of the budget that is shown to another."""
        if self.chosen is not None:
            asking.move(self, self.desk, self.chosen, self.board.budgets, self._done)

    def do_close_books(self) -> None:
        """Close the books up to the end of a month."""
        asking.close(self, self.desk, self._closed)

    def take_back(self, entry: Entry) -> None:
        """Take back what was entered by mistake."""
        if self.chosen is not None:
            asking.take_back(self, self.desk, self.chosen, entry, self._done)

    def _closed(self, change: Change) -> None:
        self.desk.say(t("budgets.closed_until", until=change.facts["until_on"]))

    def settle(self, proposed: Proposed, act: str) -> None:
        """Confirm or turn down what lifts the budget above its ceiling."""
        if self.chosen is not None:
            asking.settle(self, self.desk, self.chosen, proposed, act, self._done)

    def _done(self, change: Change) -> None:
        facts = change.facts
        if change.act == "reject_appropriation":
            self.desk.say(t("budgets.rejected", amount_fen=facts["amount_fen"]))
            return
        code = "budgets.proposed" if "proposal" in facts else "budgets.done"
        said = {name: facts[name] for name in ("amount_fen", "appropriation_fen", "available_fen")}
        self.desk.say(t(code, capitals=facts["amount_in_capitals"], **said))


def _what(entry: Entry) -> str:
    """What an entry is, beside giving or cutting."""
    if entry.silent:
        return t("budgets.by_program")
    if entry.takes_back is not None:
        return t("budgets.taken_back", number=entry.takes_back)
    return "" if entry.moved_with is None else t("budgets.moved", number=entry.moved_with)


def _standing(one: BudgetView) -> str:
    if one.proposed:
        return t("budgets.waits")
    if one.silent_fen:
        return t("budgets.silent")
    if not one.balance.appropriation_fen:
        return t("budgets.without")
    return t("budgets.left", left_fen=one.balance.available_fen)


def _grid(rows: list[tuple[str, str]], right: bool = True) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(4)
    for row, (name, text) in enumerate(rows):
        grid.addWidget(words(name, muted=True, wrap=False), row, 0)
        figure: QLabel = words(text, wrap=not right)
        figure.setAlignment(_right() if right else _left())
        grid.addWidget(figure, row, 1)
    grid.setColumnStretch(2 if right else 1, 1)
    return grid


def _right() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


def _left() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def _money(fen: int) -> str:
    return t("amount.grouped", amount_fen=fen)


def _at(at: datetime.datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
