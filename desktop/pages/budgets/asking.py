"""What the page of the budgets asks for: an allotment, with the amount in capitals and what it leads to."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from casework.boards.budget_board import BudgetView, Entry, Proposed
from casework.core.change import Change
from casework.core.refused import Refused
from casework.money import allotments
from casework.money.allotments_taken_back import reverse_appropriation
from casework.money.ceilings import name_of
from casework.money.periods import close_period
from desktop.kit.ask_dialog import AskDialog, Field, combo
from desktop.kit.ask_dialog import proposed as asked_by
from desktop.kit.desk import Desk
from desktop.kit.language import language, t, titled
from desktop.kit.money_field import MoneyField
from desktop.kit.widgets import words

RAISE, CUT = "raise", "cut"
AMOUNT, NUMBER, REASON, HOW = "budgets.amount", "budgets.allotment_no", "budgets.reason", "budgets.how"
TO, MONTH = "told.to_budget", "told.month"

Do = Callable[[AskDialog, int, dict[str, str]], object]


class AllotmentDialog(AskDialog):
    """An allotment of one budget: raised or cut, or in the place of what the program had entered.

    Below the fields stand the amount in capital characters, the balance after it, and whether another person
    of finance has to confirm it.
    """

    def __init__(
        self, parent: QWidget, desk: Desk, title: str, says: str, one: BudgetView, replaces: bool, do: Do
    ) -> None:
        self.one, self.replaces = one, replaces
        self.amount, self.how = MoneyField(), combo({RAISE: t("budgets.raise"), CUT: t("budgets.cut")})
        fields: dict[str, Field] = {} if replaces else {HOW: self.how}
        fields |= {AMOUNT: self.amount, NUMBER: QLineEdit(), REASON: QLineEdit()}

        def signed(dialog: AskDialog, values: dict[str, str]) -> None:
            do(dialog, self._signed(values), values)

        super().__init__(parent, title, says, fields, signed, desk, one.key)
        self.echo = words("", muted=True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(self.fault), self.echo)
        self.setMinimumWidth(560)
        self.amount.textChanged.connect(self._echo)
        self.how.currentIndexChanged.connect(self._echo)
        self._echo()

    def _signed(self, values: dict[str, str]) -> int:
        fen = self.amount.fen(AMOUNT)
        if fen is None:
            raise Refused("refused.no_amount", field=t(AMOUNT), value="")
        return -fen if values.get(HOW) == CUT else fen

    def _echo(self) -> None:
        values = self.values()
        try:
            fen = self._signed(values)
        except Refused as refusal:
            self.echo.setText(
                refusal.say(language()) if values[AMOUNT] else t("budgets.stands", **_figures(self.one))
            )
            return
        silent = self.one.silent_fen if self.replaces else 0
        after = allotments.outlook(self.one.balance, self.one.ceiling_fen, fen, silent)
        lines = [
            t("budgets.capitals", capitals=allotments.in_capitals(fen)),
            t("budgets.after", given_fen=after.appropriation_fen, left_fen=after.available_fen),
        ]
        if after.by_two:
            lines.append(t("budgets.by_two", ceiling_fen=self.one.ceiling_fen))
        self.echo.setText("\n".join(lines))


def _figures(one: BudgetView) -> dict[str, int]:
    return {"given_fen": one.balance.appropriation_fen, "left_fen": one.balance.available_fen}


def allot(parent: QWidget, desk: Desk, one: BudgetView, then: Callable[[Change], None]) -> AllotmentDialog:
    """Record an allotment, or cut a budget."""

    def do(dialog: AskDialog, fen: int, values: dict[str, str]) -> None:
        _act(dialog, desk, then, allotments.appropriate, one.key, values[NUMBER], fen, values[REASON])

    says = t("budgets.allot_says", **_named(one))
    return _open(AllotmentDialog(parent, desk, "action.allot", says, one, False, do))


def replace(parent: QWidget, desk: Desk, one: BudgetView, then: Callable[[Change], None]) -> AllotmentDialog:
    """Put an allotment in the place of what the program had entered."""

    def do(dialog: AskDialog, fen: int, values: dict[str, str]) -> None:
        _act(
            dialog, desk, then, allotments.replace_appropriation, one.key, fen, values[NUMBER], values[REASON]
        )

    says = t("budgets.replace_says", silent_fen=one.silent_fen, **_named(one))
    return _open(AllotmentDialog(parent, desk, "budgets.replace", says, one, True, do))


def settle(
    parent: QWidget, desk: Desk, one: BudgetView, proposed: Proposed, act: str, then: Callable[[Change], None]
) -> AskDialog:
    """Confirm what lifts a budget above its ceiling, or turn it down with the reason."""
    confirms = act == "confirm_appropriation"
    fields: dict[str, Field] = {} if confirms else {REASON: QLineEdit()}

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        if confirms:
            _act(dialog, desk, then, allotments.confirm_appropriation, proposed.id)
        else:
            _act(dialog, desk, then, allotments.reject_appropriation, proposed.id, values[REASON])

    says = asked_by(proposed.person, proposed.at, proposed.reason) + t(
        "budgets.settle_says",
        number=proposed.allotment_no,
        amount_fen=proposed.amount_fen,
        capitals=allotments.in_capitals(proposed.amount_fen),
        would_be_fen=proposed.would_be_fen,
        **_named(one),
    )
    title = "budgets.confirm" if confirms else "budgets.reject"
    dialog = AskDialog(parent, title, says, fields, do, desk, str(proposed.id))
    dialog.open()
    return dialog


def move(
    parent: QWidget,
    desk: Desk,
    one: BudgetView,
    others: Sequence[BudgetView],
    then: Callable[[Change], None],
) -> AskDialog:
    """Move what is available of a budget to another that a confirmed pack draws on."""
    amount = MoneyField()
    to = combo({each.key: named(each) for each in others if each.named and each.key != one.key})
    fields: dict[str, Field] = {TO: to, AMOUNT: amount, NUMBER: QLineEdit(), REASON: QLineEdit()}

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        fen = amount.fen(AMOUNT)
        if fen is None:
            raise Refused("refused.no_amount", field=t(AMOUNT), value="")
        asked = (one.key, values[TO], values[NUMBER], fen, values[REASON])
        _act(dialog, desk, then, allotments.move_appropriation, *asked)

    says = t("budgets.move_says", left_fen=one.balance.available_fen, **_named(one))
    dialog = AskDialog(parent, "action.move_allotment", says, fields, do)
    dialog.open()
    return dialog


def take_back(
    parent: QWidget, desk: Desk, one: BudgetView, entry: Entry, then: Callable[[Change], None]
) -> AskDialog:
    """Take back what was entered by mistake, with the reason."""

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        _act(dialog, desk, then, reverse_appropriation, entry.id, values[REASON])

    said = {"number": entry.allotment_no, "amount_fen": entry.amount_fen, **_named(one)}
    dialog = AskDialog(
        parent, "budgets.take_back", t("budgets.take_back_says", **said), {REASON: QLineEdit()}, do
    )
    dialog.open()
    return dialog


def close(parent: QWidget, desk: Desk, then: Callable[[Change], None]) -> AskDialog:
    """Close the books up to the end of a month."""

    def do(dialog: AskDialog, values: dict[str, str]) -> None:
        _act(dialog, desk, then, close_period, values[MONTH])

    field = QLineEdit()
    field.setPlaceholderText("2026-05")
    dialog = AskDialog(parent, "action.close_books", t("budgets.close_says"), {MONTH: field}, do)
    dialog.open()
    return dialog


def named(one: BudgetView) -> str:
    """A budget by the title of its programme, with its year."""
    return name_of(one.key, titled(one), language())


def _named(one: BudgetView) -> dict[str, str]:
    return {"budget": named(one)}


def _open(dialog: AllotmentDialog) -> AllotmentDialog:
    dialog.open()
    return dialog


def _act(
    dialog: AskDialog,
    desk: Desk,
    then: Callable[[Change], None],
    act: Callable[..., Change],
    *args: object,
) -> None:
    def done(change: Change) -> None:
        dialog.accept()
        then(change)

    desk.act(act, *args, then=done, refused=dialog.refuse, owner=dialog)
