"""The board of budgets: what is there, what waits, and for whom."""

from casework.boards import budget_board, worklist
from casework.boards.budget_board import BudgetView
from casework.core.who_may import Who
from casework.intake import rounds
from casework.money import allotments
from tests.casework.desk import ALLOTMENT, BUDGET, BUDGET_FEN, Desk
from tests.casework.money.test_allotments import MODEL, MODEL_FEN, silently
from tests.casework.money.test_budgets import model_case


def view(desk: Desk, key: str = MODEL, person: str = "finance") -> BudgetView:
    (found,) = (one for one in budget_board.board(desk.office, person).budgets if one.key == key)
    return found


def tasks(desk: Desk, person: str = "finance") -> budget_board.Tasks:
    with desk.office.read() as session:
        return budget_board.tasks(Who.named(desk.office, session, person))


def test_it_shows_ceiling_balance_and_entries(desk: Desk) -> None:
    desk.decide(desk.submit())
    one = view(desk, BUDGET)
    assert (one.ceiling_fen, one.balance.available_fen) == (BUDGET_FEN, BUDGET_FEN - 400_000_000)
    (entry,) = one.entries
    assert (entry.allotment_no, entry.amount_fen, entry.silent) == (ALLOTMENT, BUDGET_FEN, False)
    assert entry.person and not entry.second


def test_this_year_s_budgets_are_there_before_anything_is_allotted(desk: Desk) -> None:
    keys = [one.key for one in budget_board.board(desk.office, "auditor").budgets]
    assert keys[0] == BUDGET, "the fullest is first"
    assert {"shenzhen-corpus/2026", "qingyang-compute-voucher/2026"} <= set(keys)
    assert not [key for key in keys if key.endswith("/2027")]
    desk.days(200)
    assert "shenzhen-corpus/2026" in [one.key for one in budget_board.board(desk.office, "auditor").budgets]
    assert [
        one.key for one in budget_board.board(desk.office, "auditor").budgets if one.key.endswith("/2027")
    ]


def test_a_proposal_waits_for_the_other_of_finance(desk: Desk) -> None:
    allotments.appropriate(desk.office, "finance", MODEL, "财指〔2026〕2号", MODEL_FEN + 1, "特批")
    (mine,) = view(desk).proposed
    (theirs,) = view(desk, person="finance2").proposed
    (seen,) = view(desk, person="auditor").proposed
    assert mine.may == {"reject_appropriation"}
    assert theirs.may == {"confirm_appropriation", "reject_appropriation"}
    assert seen.may == frozenset()
    assert theirs.would_be_fen == MODEL_FEN + 1
    assert (tasks(desk).to_confirm, tasks(desk, "finance2").to_confirm) == (0, 1)
    kinds = [one.kind for one in worklist.waiting(desk.office, frozenset(("finance",)), "finance2")]
    assert kinds == ["allotments_to_confirm"]
    allotments.confirm_appropriation(desk.office, "finance2", theirs.id)
    (entry,) = view(desk).entries
    assert entry.second and entry.person and entry.second != entry.person


def test_what_is_turned_down_stays_in_sight(desk: Desk) -> None:
    allotments.appropriate(desk.office, "finance", MODEL, "财指〔2026〕2号", MODEL_FEN + 1, "特批")
    allotments.reject_appropriation(desk.office, "finance2", 1, "没有文件")
    one = view(desk)
    assert (one.proposed, [each.reason for each in one.turned_down]) == ((), ["没有文件"])


def test_what_the_program_entered_is_marked_until_it_is_replaced(desk: Desk) -> None:
    silently(desk, MODEL_FEN)
    one = view(desk)
    assert (one.silent_fen, one.entries[0].silent) == (MODEL_FEN, True)
    assert tasks(desk).silent == 1
    allotments.replace_appropriation(desk.office, "finance", MODEL, 5, "财指〔2026〕2号", "按文件")
    one = view(desk)
    assert one.silent_fen == 0
    assert [(each.amount_fen, each.silent, each.takes_back, each.may_go) for each in one.entries] == [
        (-MODEL_FEN, False, one.entries[2].id, False),
        (5, False, None, True),
        (MODEL_FEN, False, None, False),
    ]
    assert tasks(desk).silent == 0


def test_finance_is_told_of_budgets_that_are_drawn_on_and_hold_nothing(desk: Desk) -> None:
    assert tasks(desk).without == ()
    model_case(desk)
    assert tasks(desk).without == (MODEL,)
    rounds.open_round(desk.office, "officer", "一", 2026, scheme="qingyang-compute-voucher")
    assert tasks(desk).without == ("qingyang-compute-voucher/2026", MODEL)
    desk.budget_of(0)
    assert BUDGET in tasks(desk).without and "shenzhen-corpus/2026" in tasks(desk).without
