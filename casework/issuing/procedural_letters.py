"""Letters that follow an act: acceptance, revocation, the answer to an objection, and that a letter is void.

Each is issued once for what it tells of; one that was voided makes room for another.
"""

import json

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from casework.award.standing_decision import standing_award
from casework.cases.versions import of
from casework.core import calendar
from casework.core.act import Turn, act
from casework.core.office_settings import needed
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.issuing import letters, vouchers
from casework.issuing.letter_facts import remedies
from casework.issuing.letters_owed import NOT_TOLD_OF
from casework.issuing.publicity import handled_by
from casework.review.checking import taken_in
from casework.rulebook import names_on_paper
from models import Application, Letter, LetterSubject, LogEntry, Objection
from papers.letters.procedural_notices import (
    AcceptanceFacts,
    AnswerFacts,
    VoidFacts,
    acceptance,
    objection_answer,
    void_notice,
)
from papers.letters.revocation_notice import RevocationFacts, revocation


def acceptance_awaited(who: Who, application: Application) -> None:
    """Bar of `issue_acceptance`: the case was taken in; it is issued once.

    Raises:
        Refused: `refused.not_accepted`, `refused.letter_exists`, what `letters.must_be_writable` refuses.
    """
    if application.receipt_no is None and application.state == "correction":
        raise Refused("refused.not_accepted", case=application.case_no, act="accept")
    _must_lack(who, application, "acceptance_notice")
    letters.must_be_writable(who, application, "acceptance_notice")


@act("issue_acceptance", bar=acceptance_awaited)
def issue_acceptance(turn: Turn, case: str) -> None:
    """Issue the notice of acceptance (受理通知书) of an accepted case.

    Earlier versions accepted some without a receipt number; those get it now.
    """
    application = turn.case(case)
    said = of(turn.session, application.id, application.version)
    facts = AcceptanceFacts(
        names_on_paper.scheme(letters.pack_of(turn, application, said)),
        said.applicant_name,
        application.case_no,
        calendar.day_of(said.applied_at),
        taken_in(turn, application),
    )
    letters.issue(turn, "acceptance_notice", lambda issue: acceptance(facts, issue), application, None)


def revocation_awaited(who: Who, application: Application) -> None:
    """Bar of `issue_revocation`: the case was revoked; it is issued once.

    Raises:
        Refused: `refused.not_decided`, `refused.letter_exists`, `refused.settings_missing`.
    """
    standing_award(who, application)
    _must_lack(who, application, "revocation")
    needed(who, "revocation")


@act("issue_revocation", bar=revocation_awaited)
def issue_revocation(turn: Turn, case: str, basis: str) -> None:
    """Issue the decision of revocation (撤销资助决定书): why is what `revoke` was given as its reason.

    Args:
        basis: document, number and article that the award breaks.
    """
    application = turn.case(case)
    if not basis.strip():
        raise Refused("refused.basis_missing")
    decision = standing_award(turn, application)
    said = of(turn.session, application.id, decision.version)
    voucher = vouchers.voucher_of(turn.session, decision.seq)
    approval = _standing(turn.session, application, col(Letter.kind) == "approval")
    pack = turn.office.policy(turn.session, decision.policy_sha256 or "").pack
    told_of = voucher is not None and pack.mode != "afterwards"  # else its letter names no voucher
    facts = RevocationFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        award_number=approval[0].numbered if approval else "",
        voucher=voucher.code if voucher is not None and told_of else "",
        reason=_revoked_because(turn.session, application),
        basis=basis.strip(),
        award_fen=decision.award_fen or 0,
        used_fen=0 if voucher is None else voucher.used_fen,
        remedies=remedies(turn, "revocation"),
    )
    turn.note(basis=basis.strip())
    letters.issue(turn, "revocation", lambda issue: revocation(facts, issue), application, decision.seq)


def _revoked_because(session: Session, application: Application) -> str:
    """The reason that the act of revoking gave."""
    entry = (
        select(col(LogEntry.payload))
        .where(col(LogEntry.subject) == f"case {application.case_no}", col(LogEntry.act) == "revoke")
        .order_by(col(LogEntry.seq).desc())
        .limit(1)
    )
    return str(json.loads(session.execute(entry).scalar_one())["reason"])


def answerable(who: Who, application: Application) -> frozenset[int]:
    """The objections to a case that are settled, not answered yet, and that this person took in or settled;
    also the bar of `issue_objection_answer`.

    Raises:
        Refused: `refused.no_objection_to_answer`, `refused.settings_missing`, `refused.no_pack`.
    """
    wanted = select(Objection).where(
        col(Objection.application_id) == application.id, col(Objection.state) != "open"
    )
    answered = _told_of(who.session, col(LetterSubject.objection_id))
    rows = who.session.execute(wanted).scalars()
    found = frozenset(row.id for row in rows if handled_by(who.person.id, row) and row.id not in answered)
    if not found:
        raise Refused("refused.no_objection_to_answer", case=application.case_no)
    letters.must_be_writable(who, application, "objection_answer")
    return found


@act("issue_objection_answer", bar=answerable)
def issue_objection_answer(turn: Turn, objection: int) -> None:
    """Answer who objected (异议处理答复), by who took the objection in or settled it."""
    row = turn.session.get(Objection, objection)
    if row is None:
        raise Refused("refused.no_such_objection", objection=objection)
    application = turn.take(turn.session.get_one(Application, row.application_id))
    if objection not in answerable(turn, application):
        raise Refused("refused.no_objection_to_answer", case=application.case_no)
    said = of(turn.session, application.id, application.version)
    facts = AnswerFacts(
        names_on_paper.scheme(letters.pack_of(turn, application, said)),
        row.objector,
        row.received_on,
        said.applicant_name,
        application.case_no,
        row.state == "upheld",
        row.outcome or "",
    )
    letter = letters.issue(
        turn, "objection_answer", lambda issue: objection_answer(facts, issue), application, None
    )
    turn.session.add(LetterSubject(letter_id=letter.id, objection_id=objection))


def untold(who: Who, application: Application) -> frozenset[int]:
    """The void letters of a case that its applicant was not told of; also the bar of `issue_void_notice`.

    Raises:
        Refused: `refused.no_void_letter`, `refused.settings_missing`.
    """
    wanted = select(col(Letter.id)).where(
        col(Letter.application_id) == application.id,
        col(Letter.voided_at).is_not(None),
        col(Letter.kind).not_in(NOT_TOLD_OF),
    )
    told = _told_of(who.session, col(LetterSubject.void_letter_id))
    found = frozenset(who.session.execute(wanted).scalars()) - told
    if not found:
        raise Refused("refused.no_void_letter", case=application.case_no)
    needed(who, "void_notice")
    return found


@act("issue_void_notice", bar=untold)
def issue_void_notice(turn: Turn, letter: int) -> None:
    """Tell an applicant that a letter is void (文书作废告知), and which one stands in its place."""
    row = turn.session.get(Letter, letter)
    if row is None or row.application_id is None:
        raise Refused("refused.no_such_letter", letter=letter)
    application = turn.take(turn.session.get_one(Application, row.application_id))
    if letter not in untold(turn, application):
        raise Refused("refused.no_void_letter", case=application.case_no)
    instead = _standing(turn.session, application, col(Letter.kind) == row.kind, col(Letter.id) > row.id)
    facts = VoidFacts(
        of(turn.session, application.id, application.version).applicant_name,
        application.case_no,
        row.kind,
        row.numbered,
        calendar.day_of(row.issued_at),
        row.void_reason or "",
        instead[0].numbered if instead else "",
    )
    told = letters.issue(turn, "void_notice", lambda issue: void_notice(facts, issue), application, None)
    turn.session.add(LetterSubject(letter_id=told.id, void_letter_id=letter))


def _standing(session: Session, application: Application, *which: ColumnElement[bool]) -> list[Letter]:
    """Letters of a case that are not void, the last first."""
    wanted = select(Letter).where(
        col(Letter.application_id) == application.id, col(Letter.voided_at).is_(None), *which
    )
    return list(session.execute(wanted.order_by(col(Letter.id).desc())).scalars())


def _must_lack(who: Who, application: Application, kind: str) -> None:
    held = _standing(who.session, application, col(Letter.kind) == kind)
    if held:
        raise Refused("refused.letter_exists", number=held[0].numbered)


def _told_of(session: Session, subject: Mapped[int | None]) -> frozenset[int]:
    """The objections, or void letters, that a letter which stands tells of."""
    wanted = (
        select(subject)
        .join(Letter, col(Letter.id) == col(LetterSubject.letter_id))
        .where(subject.is_not(None), col(Letter.voided_at).is_(None))
    )
    return frozenset(session.execute(wanted).scalars())
