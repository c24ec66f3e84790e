"""Approval by another person than the one who prepared, and return with a reason.

What is approved is a decision: its version, its policy and its facts must still be those that were decided
and published. Approving moves what was reserved to committed; returning releases it. Both are written once.
"""

from casework.award.releasing_holds import release
from casework.award.standing_decision import standing_award
from casework.cases.case_facts import Register, facts_of, row_of
from casework.core.act import Turn, act
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.issuing import publicity, tax_of_base
from casework.money import ledger
from models import Application, Approval, Decision
from rules.decide import decode


def ready(who: Who, application: Application) -> None:
    """Bar of `approve`: what was published is what the office still knows, no finding forbids it, no refusal
    is proposed, nobody objects, and it is true what the office set of its base's tax.

    Raises:
        Refused: `refused.not_decided`, `refused.finding_open`, `refused.finding_upheld`,
            `refused.refusal_proposed`, `refused.objection`, `refused.publicity_running`,
            `refused.publicity_to_end`, `refused.changed_since`; what `tax_of_base.must_be_true` says.
    """
    decision = standing_award(who, application)
    publicity.must_be_unopposed(who, application, "approve")
    publicity.must_have_ended(who, decision)
    if changed_since(who, application, decision):
        raise Refused("refused.changed_since", case=application.case_no)
    tax_of_base.must_be_true(who, application, decision)


@act("approve", bar=ready)
def approve(turn: Turn, case: str, minutes: str) -> None:
    """Approve a published award; `minutes` names the record of the collective decision (会议纪要)."""
    application = turn.case(case)
    if not minutes.strip():
        raise Refused("refused.minutes_missing")
    decision = standing_award(turn, application)
    assert decision.budget_id is not None and decision.award_fen is not None
    _write_down(turn, application, decision, "approved", minutes=minutes)
    ledger.commit(turn, decision.budget_id, decision.award_fen, ledger.About(application.id, decision.seq))
    application.state = "approved"
    turn.tell(seq=decision.seq, award_fen=decision.award_fen)


@act("return", bar=standing_award)
def send_back(turn: Turn, case: str, reason: str) -> None:
    """Return a draft award to the officer with a reason; what was reserved is released by an entry."""
    application = turn.case(case)
    turn.must_say(reason)
    decision = standing_award(turn, application)
    _write_down(turn, application, decision, "returned", reason=reason)
    released = release(turn, decision)
    application.state = "eligibility"
    turn.tell(released_fen=released)


def _write_down(turn: Turn, application: Application, decision: Decision, outcome: str, **said: str) -> None:
    """What became of a draft award, by whom, and what was said with it."""
    turn.session.add(
        Approval(
            decision_seq=decision.seq,
            outcome=outcome,
            prepared_by_id=decision.decided_by_id,
            person_id=turn.person.id,
            at=turn.at,
            minutes=said.get("minutes"),
            reason=said.get("reason"),
        )
    )
    turn.changed("application", application.id)
    turn.changed("decision", decision.seq)
    turn.note(**said)


def changed_since(who: Who, application: Application, decision: Decision) -> bool:
    """Whether the facts that the rules used are no longer what the office would give them."""
    if decision.version != application.version or decision.policy_sha256 is None:
        return True
    row = row_of(who.session, application.id)
    policy = who.office.policy(who.session, decision.policy_sha256)
    now = policy.values(facts_of(row, who.once(Register)))
    return now != decode(policy, decision.witness).values
