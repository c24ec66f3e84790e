"""The ways out of a case's main road: withdrawn, suspended and taken up again, revoked."""

from casework.award import refusals
from casework.award.releasing_holds import release, release_caps
from casework.award.standing_decision import standing_award, standing_decision
from casework.core.act import Turn, act
from casework.core.act_table import OPEN
from casework.issuing import vouchers
from casework.money import ledger
from models import Application


@act("withdraw")
def withdraw(turn: Turn, case: str, reason: str) -> None:
    """The applicant withdraws (撤回): what was reserved or held is released, and what was proposed or asked
    of the case falls away."""
    application = turn.case(case)
    turn.must_say(reason)
    released = _release(turn, application)
    refusals.fall_away(turn, application, reason)
    application.state = "withdrawn"
    turn.changed("application", application.id)
    turn.note(reason=reason, released_fen=released)


@act("suspend")
def suspend(turn: Turn, case: str, reason: str) -> None:
    """Put a case aside (暂缓) with a reason; what is reserved for it stays reserved."""
    application = turn.case(case)
    turn.must_say(reason)
    application.resumes, application.state = application.state, "suspended"
    turn.changed("application", application.id)
    turn.note(reason=reason)


@act("resume")
def resume(turn: Turn, case: str) -> None:
    """Take a suspended case up again where it was left."""
    application = turn.case(case)
    application.state = application.resumes if application.resumes in OPEN else "eligibility"
    application.resumes = None
    turn.changed("application", application.id)


@act("revoke", bar=standing_award)
def revoke(turn: Turn, case: str, reason: str) -> None:
    """Revoke an approved award (撤销): what has not been used of it returns to the budget by an entry."""
    application = turn.case(case)
    turn.must_say(reason)
    decision = standing_award(turn, application)
    assert decision.award_fen is not None and decision.budget_id is not None
    voucher = vouchers.voucher_of(turn.session, decision.seq)
    unused = decision.award_fen - (0 if voucher is None else voucher.used_fen)
    if voucher is not None:
        voucher.state, voucher.reason = "revoked", reason
        turn.changed("voucher", voucher.id)
    if unused:
        about = ledger.About(application.id, decision.seq, None if voucher is None else voucher.id)
        ledger.release(turn, decision.budget_id, unused, about, of="committed")
    if unused == decision.award_fen:
        release_caps(turn, decision)
    application.state = "revoked"
    turn.changed("application", application.id)
    turn.note(reason=reason, released_fen=unused)


def _release(turn: Turn, application: Application) -> int:
    decision = standing_decision(turn.session, application.id)
    return 0 if decision is None else release(turn, decision)
