"""Vouchers (券): an approved award becomes a quota with a code of its own and a last day."""

import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.standing_decision import standing_award
from casework.cases.finding_weights import must_not_forbid
from casework.core import numbers
from casework.core.act import Turn, act
from casework.core.refused import Refused, every
from casework.core.who_may import Who
from casework.issuing.tax_of_base import must_be_true
from casework.rulebook.in_force import Shelf, must_be_set
from models import Application, Voucher
from rules.months import add_months


def voucher_awaited(who: Who, application: Application) -> None:
    """Bar of `issue_voucher`: there is an award that no finding forbids, what the office set of its tax is
    true, and the office has set how long vouchers are valid (money that is paid out afterwards needs no such
    term).

    Raises:
        Refused: `refused.not_decided`, `refused.finding_open`, `refused.finding_upheld`,
            `refused.base_has_tax`, `refused.means_nothing`, `refused.unset`; `refused.several`.
    """
    decision = standing_award(who, application)
    must_not_forbid(who, application, "issue_voucher")
    every((
        lambda: must_be_true(who, application, decision),
        lambda: _months(who, application),
    ))  # fmt: skip


@act("issue_voucher", bar=voucher_awaited)
def issue_voucher(turn: Turn, case: str) -> None:
    """Issue the voucher of an approved award: its quota, a code from a secure source, its last day.

    Raises:
        Refused: `refused.unset` while the office has not set `validity_months` and the pack needs it.
    """
    application = turn.case(case)
    decision = standing_award(turn, application)
    assert decision.award_fen is not None
    last = add_months(turn.today, _months(turn, application)) - datetime.timedelta(days=1)
    voucher = Voucher(
        code=_new_code(turn),
        decision_seq=decision.seq,
        application_id=application.id,
        quota_fen=decision.award_fen,
        issued_on=turn.today,
        valid_until=max(turn.today, last),
        at=turn.at,
        person_id=turn.person.id,
    )
    turn.session.add(voucher)
    application.state = "issued"
    turn.session.flush()
    turn.changed("application", application.id)
    turn.changed("voucher", voucher.id)
    turn.tell(code=voucher.code, quota_fen=voucher.quota_fen, valid_until=voucher.valid_until)


def _months(who: Who, application: Application) -> int:
    """How long a voucher is valid. Money that is paid out afterwards is no voucher: where the office has
    set no validity for it, it can be asked for from the day of the award on.

    Raises:
        Refused: `refused.unset`, `refused.no_pack`.
    """
    try:
        return must_be_set(who, application, "validity_months")
    except Refused as refusal:
        found = who.once(Shelf).policy_of(application, who.today)
        if refusal.code != "refused.unset" or found is None or found.policy.pack.mode != "afterwards":
            raise
        return 0


def voucher_of(session: Session, decision_seq: int) -> Voucher | None:
    """The voucher of an award; None before it is issued."""
    found: Voucher | None = session.execute(
        select(Voucher).where(col(Voucher.decision_seq) == decision_seq)
    ).scalar()
    return found


def _new_code(turn: Turn) -> str:
    """A code that no voucher bears; with 76 random bits a second try is for a clock that stands still."""
    for _ in range(8):
        code = numbers.voucher_code(turn.entropy)
        if turn.session.execute(select(col(Voucher.id)).where(col(Voucher.code) == code)).first() is None:
            return code
    raise Refused("refused.no_entropy")
