"""An allotment that was entered by mistake is taken back by an entry of its own; nothing is changed."""

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.act import Turn, act
from casework.core.refused import Refused
from casework.money import allotments, ceilings, ledger
from casework.money.allotments import Wanted
from casework.money.allotments_entered import taken_back
from models import Appropriation, Budget


@act("reverse_appropriation")
def reverse_appropriation(turn: Turn, entry: int, reason: str) -> None:
    """Take back what finance entered by mistake, by an entry of its own; of what was moved, in both budgets.

    Raises:
        Refused: `refused.no_such_entry`, `refused.taken_back`, `refused.is_taking_back`,
            `refused.silent_budget`, `refused.cut_too_deep`, `refused.back_above_ceiling`.
    """
    turn.must_say(reason)
    row = turn.session.get(Appropriation, entry)
    if row is None:
        raise Refused("refused.no_such_entry", number=entry)
    if row.replaces_id is not None:
        raise Refused("refused.is_taking_back", number=entry)
    if row.id in set(turn.session.execute(taken_back()).scalars()):
        raise Refused("refused.taken_back", number=entry)
    budget = turn.session.get_one(Budget, row.budget_id)
    for each in _moved_together(turn.session, row):
        _take_back(turn, each, reason.strip())
    stands = ledger.balance(turn.session, budget.id)
    turn.subject = f"budget {budget.key}"
    turn.note(allotment_no=row.allotment_no, reason=reason.strip(), entry=row.id)
    turn.tell(
        budget=budget.key,
        **allotments.told_amount(-row.amount_fen),
        appropriation_fen=stands.appropriation_fen,
        available_fen=stands.available_fen,
    )


def _moved_together(session: Session, row: Appropriation) -> list[Appropriation]:
    """An entry with the other half of what was moved: first the one that got it, which gives it back."""
    other = select(Appropriation).where(
        (col(Appropriation.moved_with_id) == row.id)
        if row.moved_with_id is None
        else (col(Appropriation.id) == row.moved_with_id)
    )
    return sorted([row, *session.execute(other).scalars()], key=lambda one: -one.amount_fen)


def _take_back(turn: Turn, row: Appropriation, reason: str) -> None:
    budget = turn.session.get_one(Budget, row.budget_id, populate_existing=True)
    allotments.must_hold_nothing_silent(turn, budget.key, budget)
    wanted = Wanted(budget.key, row.allotment_no, -row.amount_fen, reason)
    ceiling = ceilings.of_budget(turn.session, budget.key, turn.today)
    stands = ledger.balance_of(budget)
    after = allotments.outlook(stands, None if ceiling is None else ceiling.ceiling_fen, wanted.amount_fen)
    allotments.must_be_kept(after)
    allotments.must_cover(turn, stands, wanted, after)
    if after.by_two:
        called = ceilings.called(turn.session, budget.key, turn.today)
        raise Refused("refused.back_above_ceiling", budget=called, act="appropriate")
    allotments.post(turn, row.budget_id, wanted, replaces_id=row.id)
