"""The dialogs of the page: a replacement says what it takes the place of; a refusal wants its reason."""

from collections.abc import Callable

from sqlalchemy import insert

from casework.boards import budget_board
from casework.core.act import Turn, carry_out
from casework.core.office import Office
from casework.money import budgets, ledger
from desktop.frame.main_window import Frame
from desktop.pages.budgets import asking
from desktop.pages.budgets.page import BudgetsPage
from models import Appropriation
from tests.desktop.helpers import settle

MODEL = "shenzhen-model-voucher/2026"


def silently(office: Office, fen: int) -> None:
    """What an earlier version did when the first case asked for the year's budget."""

    def body(turn: Turn) -> None:
        number = budgets.opened(turn, MODEL)
        row = {"budget_id": number, "allotment_no": "model@2025", "amount_fen": fen}
        row |= {"journal": ledger.appropriate(turn, number, fen), "at": turn.at, "person_id": turn.person.id}
        turn.session.execute(insert(Appropriation).values(**row))

    carry_out(office, "officer", "decide", body)


def test_what_the_program_entered_is_replaced_from_the_window(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("finance")
    silently(frame.desk.office, 10_000_000_000)
    frame.go("budgets")
    settle(frame.desk)
    page = frame.page
    assert isinstance(page, BudgetsPage)
    page.come(MODEL)
    page.refresh()
    settle(frame.desk)
    assert page.chosen is not None and page.chosen.key == MODEL
    page.do_allot()
    (dialog,) = page.findChildren(asking.AllotmentDialog)
    assert dialog.replaces and asking.HOW not in dialog.fields
    for code, text in ((asking.AMOUNT, "6000000"), (asking.NUMBER, "1号"), (asking.REASON, "按文件")):
        dialog.fields[code].setText(text)  # type: ignore[union-attr]
    assert "6,000,000.00" in dialog.echo.text()
    dialog.yes.click()
    settle(frame.desk)
    (view,) = (one for one in budget_board.board(frame.desk.office, "finance").budgets if one.key == MODEL)
    assert (view.balance.appropriation_fen, view.silent_fen) == (600_000_000, 0)
