"""A refusal (不予资助) for a fact outside the rules: an upheld objection, a false paper, an upheld finding.

One person proposes it with the fact, why it leads there and the article it rests on; another confirms or
rejects it. It is no decision of the rules: none is made, and none is replayed. Confirming releases what the
case holds or has reserved. While it is proposed, publicity and approval wait. What ends the case before it is
confirmed ends the proposal too. Two people end a confirmed one as well: an approver takes it back with the
reason and the article (its notice is voided first), and another person decides the case again. Until then it
stands.
"""

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.releasing_holds import release
from casework.award.standing_decision import standing_decision
from casework.core.act import Turn, act
from casework.core.given_words import is_reason, says_something
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.review.corrections import cancel_open
from models import Application, Letter, LogEntry, Refusal

NOTICES = ("refusal", "nonacceptance")
"""The kinds of letter that tell of a refusal: 不予资助决定书; 不予受理通知书 of what was never accepted."""


def proposed(session: Session, application_id: int) -> Refusal | None:
    """The refusal that is proposed of a case and waits for another person."""
    wanted = select(Refusal).where(
        col(Refusal.application_id) == application_id, col(Refusal.state) == "proposed"
    )
    found: Refusal | None = session.execute(wanted.order_by(col(Refusal.id).desc()).limit(1)).scalar()
    return found


def standing(session: Session, application: Application) -> Refusal | None:
    """The confirmed refusal that stands of a case: nothing was decided of it since."""
    if application.state != "refused":
        return None
    wanted = select(Refusal).where(
        col(Refusal.application_id) == application.id, col(Refusal.state) == "confirmed"
    )
    found: Refusal | None = session.execute(wanted.order_by(col(Refusal.id).desc()).limit(1)).scalar()
    decision = standing_decision(session, application.id)
    if found is None or found.decision_seq != (None if decision is None else decision.seq):
        return None
    return found


def notice_that_stands(session: Session, application_id: int) -> str | None:
    """The number of the notice of refusal of a case that was not voided."""
    wanted = select(col(Letter.numbered)).where(
        col(Letter.application_id) == application_id,
        col(Letter.kind).in_(NOTICES),
        col(Letter.voided_at).is_(None),
    )
    found: str | None = session.execute(wanted.order_by(col(Letter.id).desc()).limit(1)).scalar()
    return found


def must_not_be_proposed(who: Who, application: Application) -> None:
    """Part of the bars of `publish` and `approve`: no refusal of the case waits to be confirmed.

    Raises:
        Refused: `refused.refusal_proposed`.
    """
    if proposed(who.session, application.id) is not None:
        raise Refused("refused.refusal_proposed", case=application.case_no)


def proposable(who: Who, application: Application) -> None:
    """Bar of `propose_refusal`: none is proposed yet."""
    must_not_be_proposed(who, application)


@act("propose_refusal", bar=proposable)
def propose_refusal(turn: Turn, case: str, fact: str, reason: str, document: str, article: str) -> None:
    """Propose to refuse a case for a fact outside the rules.

    Args:
        fact: what was found, as the notice tells it.
        reason: why nothing can be awarded then.
        document: the document that says so, with its number.
        article: its article.

    Raises:
        Refused: `refused.refusal_proposed`, `refused.refusal_incomplete`.
    """
    application = turn.case(case)
    if not is_reason(fact) or not is_reason(reason) or not all(map(says_something, (document, article))):
        raise Refused("refused.refusal_incomplete", case=case)
    row = Refusal(
        application_id=application.id,
        version=application.version,
        fact=fact.strip(),
        reason=reason.strip(),
        document=document.strip(),
        article=article.strip(),
        proposed_at=turn.at,
        proposed_by_id=turn.person.id,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.changed("refusal", row.id)
    turn.changed("application", application.id)
    turn.note(fact=row.fact, reason=row.reason, document=row.document, article=row.article)
    turn.tell(refusal=row.id)


def waiting(who: Who, application: Application) -> Refusal:
    """The refusal that waits; also the bar of `reject_refusal`.

    Raises:
        Refused: `refused.no_refusal`.
    """
    row = proposed(who.session, application.id)
    if row is None:
        raise Refused("refused.no_refusal", case=application.case_no)
    return row


def confirmable(who: Who, application: Application) -> Refusal:
    """Bar of `confirm_refusal`: one waits that somebody else proposed, of the case as it is now.

    Raises:
        Refused: `refused.no_refusal`, `refused.same_person`, `refused.refusal_older`.
    """
    row = waiting(who, application)
    if row.proposed_by_id == who.person.id:
        raise Refused("refused.same_person", act="confirm_refusal")
    if row.version != application.version:
        raise Refused("refused.refusal_older", case=application.case_no)
    return row


@act("confirm_refusal", bar=confirmable)
def confirm_refusal(turn: Turn, case: str) -> None:
    """Confirm a refusal that another person proposed: what the case holds is released."""
    application = turn.case(case)
    row = confirmable(turn, application)
    decision = standing_decision(turn.session, application.id)
    released = 0 if decision is None else release(turn, decision)
    row.state, row.closed_at, row.closed_by_id = "confirmed", turn.at, turn.person.id
    row.decision_seq = None if decision is None else decision.seq
    cancel_open(turn, application)
    application.state, application.resumes = "refused", None
    turn.changed("refusal", row.id)
    turn.changed("application", application.id)
    turn.note(fact=row.fact, reason=row.reason)
    turn.tell(refusal=row.id, released_fen=released)


@act("reject_refusal", bar=waiting)
def reject_refusal(turn: Turn, case: str, reason: str) -> None:
    """Reject a proposed refusal, or take one's own back, with the reason: the case goes on as it was."""
    application = turn.case(case)
    row = waiting(turn, application)
    turn.must_say(reason)
    row.state, row.closed_at, row.closed_by_id = "rejected", turn.at, turn.person.id
    row.close_reason = reason
    turn.changed("refusal", row.id)
    turn.changed("application", application.id)
    turn.note(reason=reason)
    turn.tell(refusal=row.id)


def taken_back_by(session: Session, application: Application) -> str | None:
    """The account of who took the confirmed refusal of a case back; None where nobody has since it was
    confirmed. The log says so: nothing of the case changes before it is decided again."""
    last = (
        select(col(LogEntry.act), col(LogEntry.person))
        .where(
            col(LogEntry.subject) == f"case {application.case_no}",
            col(LogEntry.act).in_(("confirm_refusal", "take_back_refusal")),
        )
        .order_by(col(LogEntry.seq).desc())
        .limit(1)
    )
    found = session.execute(last).first()
    return None if found is None or found.act == "confirm_refusal" else str(found.person)


def must_not_stand(who: Who, application: Application) -> None:
    """Part of the bar of `decide_again`, and of whatever else decides a refused case: no notice of refusal
    stands, and a refusal that two people made is ended by two.

    Raises:
        Refused: `refused.notice_stands`; `refused.refusal_stands`: nobody took it back;
            `refused.same_person`: whoever took it back does not decide as well.
    """
    if application.state != "refused":
        return
    _must_have_no_notice(who, application)
    if standing(who.session, application) is None:
        return
    by = taken_back_by(who.session, application)
    if by is None:
        raise Refused("refused.refusal_stands", case=application.case_no, act="take_back_refusal")
    if by == who.person.name:
        raise Refused("refused.same_person", act="decide_again")


def must_not_be_taken_back(who: Who, application: Application) -> None:
    """Part of the bar of `issue_refusal`: nobody took the refusal back.

    Raises:
        Refused: `refused.refusal_taken_back`.
    """
    if taken_back_by(who.session, application) is not None:
        raise Refused("refused.refusal_taken_back", case=application.case_no)


def _must_have_no_notice(who: Who, application: Application) -> None:
    notice = notice_that_stands(who.session, application.id)
    if notice is not None:
        raise Refused("refused.notice_stands", case=application.case_no, number=notice)


def returnable(who: Who, application: Application) -> None:
    """Bar of `take_back_refusal`: one stands that nobody took back yet, and no notice of it.

    Raises:
        Refused: `refused.refused_by_rules`, `refused.notice_stands`, `refused.refusal_taken_back`.
    """
    if standing(who.session, application) is None:
        raise Refused("refused.refused_by_rules", case=application.case_no)
    _must_have_no_notice(who, application)
    must_not_be_taken_back(who, application)


@act("take_back_refusal", bar=returnable)
def take_back_refusal(turn: Turn, case: str, reason: str, document: str, article: str) -> None:
    """Take a confirmed refusal back, with the reason and the article it rests on: from now on another person
    may decide the case again. Until then the refusal stands, and nothing is held.

    Raises:
        Refused: `refused.taking_back_incomplete`.
    """
    application = turn.case(case)
    turn.must_say(reason)
    if not all(map(says_something, (document, article))):
        raise Refused("refused.taking_back_incomplete", case=case)
    row = standing(turn.session, application)
    assert row is not None
    turn.changed("application", application.id)
    turn.note(reason=reason.strip(), document=document.strip(), article=article.strip())
    turn.tell(refusal=row.id)


def fall_away(turn: Turn, application: Application, reason: str) -> None:
    """Part of an act that ends a case: what still waits for another person or for the applicant falls away, a
    refusal that is proposed and a correction that is out. The act's reason stands with it.
    """
    row = proposed(turn.session, application.id)
    if row is not None:
        row.state, row.closed_at, row.closed_by_id = "rejected", turn.at, turn.person.id
        row.close_reason = reason
        turn.changed("refusal", row.id)
        turn.tell(refusal_fell_away=row.id)
    cancel_open(turn, application)
