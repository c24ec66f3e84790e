"""Approval by another person than the one who prepared, and return with a reason.

What is approved is a decision: its version, its policy and its facts must still be those that were decided
and published. Approving moves what was reserved to committed; returning releases it. Both are written once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from casework import ledger, publicity
from casework.act import By, Turn, act
from casework.case_facts import Register, current, facts_of
from casework.change import Change
from casework.office import Office
from casework.permissions import permission
from casework.refused import Refused
from casework.releasing import release
from casework.standing import standing_decision
from models import Application, Approval, Decision, Person, Recusal
from rules.decide import AWARDED, decode


@dataclass(frozen=True, slots=True)
class Outlook:
    """What approving a case would do: the award, or the code and parameters of what stands in the way."""

    case: str
    award_fen: int | None
    refused: Refused | None


@act("approve")
def approve(turn: Turn, case: str, minutes: str) -> None:
    """Approve a published award; `minutes` names the record of the collective decision (会议纪要)."""
    application = turn.case(case)
    if not minutes.strip():
        raise Refused("refused.minutes_missing")
    decision = _ready(turn.office, turn.session, application, turn.person.id)
    assert decision.budget_id is not None and decision.award_fen is not None
    turn.session.add(
        Approval(
            decision_seq=decision.seq,
            outcome="approved",
            prepared_by_id=decision.decided_by_id,
            person_id=turn.person.id,
            at=turn.at,
            minutes=minutes,
        )
    )
    ledger.commit(turn, decision.budget_id, decision.award_fen, ledger.About(application.id, decision.seq))
    application.state = "approved"
    turn.changed("application", application.id)
    turn.changed("decision", decision.seq)
    turn.note(minutes=minutes)
    turn.tell(seq=decision.seq, award_fen=decision.award_fen)


@act("return")
def send_back(turn: Turn, case: str, reason: str) -> None:
    """Return a draft award to the officer with a reason; what was reserved is released by an entry."""
    application = turn.case(case)
    if not reason.strip():
        raise Refused("refused.reason_missing", act=turn.act)
    decision = standing_decision(turn.session, application.id)
    if decision is None:
        raise Refused("refused.not_decided", case=case)
    turn.not_by(decision.decided_by_id)
    turn.session.add(
        Approval(
            decision_seq=decision.seq,
            outcome="returned",
            prepared_by_id=decision.decided_by_id,
            person_id=turn.person.id,
            at=turn.at,
            reason=reason,
        )
    )
    released = release(turn, decision)
    application.state = "eligibility"
    turn.changed("application", application.id)
    turn.changed("decision", decision.seq)
    turn.note(reason=reason)
    turn.tell(released_fen=released)


def approve_many(
    office: Office, by: str | By, cases: Iterable[str], minutes: str
) -> tuple[list[Change], list[Outlook]]:
    """Approve each case that can be approved, one act each; answers what was done and what stood in the
    way."""
    person = by.person if isinstance(by, By) else by
    done, hindered = [], []
    for case in cases:
        try:
            done.append(approve(office, person, case, minutes))
        except Refused as refused:
            hindered.append(Outlook(case, None, refused))
    return done, hindered


def preview(office: Office, person: str, cases: Sequence[str]) -> list[Outlook]:
    """What `approve_many` would do, without doing it."""
    line = permission("approve")
    found = []
    with office.read() as session:
        person_id = session.execute(select(col(Person.id)).where(col(Person.name) == person)).scalar_one()
        recused = set(
            session.execute(
                select(col(Recusal.applicant_id)).where(
                    col(Recusal.person_id) == person_id, col(Recusal.ended_at).is_(None)
                )
            ).scalars()
        )
        register = Register(session)
        for case in cases:
            application = session.execute(
                select(Application).where(col(Application.case_no) == case)
            ).scalar()
            try:
                if application is None:
                    raise Refused("refused.no_such_case", case=case)
                if application.state not in line.states:
                    raise Refused("refused.state", case=case, state=application.state, act="approve")
                if application.applicant_id in recused:
                    raise Refused("refused.recused", case=case)
                ready = _ready(office, session, application, person_id, register)
                found.append(Outlook(case, ready.award_fen, None))
            except Refused as refused:
                found.append(Outlook(case, None, refused))
    return found


def _ready(
    office: Office,
    session: Session,
    application: Application,
    person_id: int,
    register: Register | None = None,
) -> Decision:
    """The standing award of a case, if this person can approve it now.

    Raises:
        Refused: `refused.same_person`, `refused.publicity_running`, `refused.objection`,
            `refused.changed_since`: what was published is no longer what the office knows.
    """
    decision = standing_decision(session, application.id)
    if decision is None or decision.status != AWARDED:
        raise Refused("refused.not_decided", case=application.case_no)
    if decision.decided_by_id == person_id:
        raise Refused("refused.same_person", act="approve")
    published = publicity.of_decision(session, decision.seq)
    if published is None or published.state != "ended":
        until_on = None if published is None else published.until_on
        raise Refused("refused.publicity_running", until_on=until_on)
    if publicity.standing_objections(session, application.id):
        raise Refused("refused.objection", case=application.case_no)
    if changed_since(office, session, application, decision, register):
        raise Refused("refused.changed_since", case=application.case_no)
    return decision


def changed_since(
    office: Office,
    session: Session,
    application: Application,
    decision: Decision,
    register: Register | None = None,
) -> bool:
    """Whether the facts that the rules used are no longer what the office would give them."""
    if decision.version != application.version or decision.policy_sha256 is None:
        return True
    row = session.execute(current().where(col(Application.id) == application.id)).one()
    policy = office.policy(session, decision.policy_sha256)
    now = policy.values(facts_of(row, register or Register(session)))
    return now != decode(policy, decision.witness).values
