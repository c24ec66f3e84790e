"""Letters: numbered without gaps, stored once, issued again as the very same bytes.

A letter is drawn from the stored decision and kept by its hash. Whoever asks for it again gets those bytes; a
letter that was wrong is voided, keeps its number on record, and a new one takes the next.
"""

import datetime
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from casework import award, calendars, issuing, phrases
from casework.act import By, Turn, act, carry_out
from casework.case_facts import Register
from casework.office import Office
from casework.refused import Refused
from casework.review import open_correction
from casework.shelf import Shelf
from casework.versions import of
from models import (
    Application,
    ApplicationVersion,
    Approval,
    Content,
    CorrectionItem,
    Decision,
    Letter,
    Voucher,
)
from papers import letter as paper
from papers.approval_letter import ApprovalFacts, approval
from papers.chinese import say
from papers.correction_notice import CorrectionFacts, Defect, correction
from papers.letter_content import LetterContent
from papers.letter_issue import Issue
from papers.refusal_notice import Reason, RefusalFacts, refusal
from papers.remedies import Remedies
from rules.pack import Pack
from words import has

Progress = Callable[[int, int], bool | None]


@act("issue_letter")
def issue_approval(turn: Turn, case: str) -> None:
    """Issue the approval letter (资助通知书) of an approved case whose voucher is issued."""
    application = turn.case(case)
    decision = _decision(turn, application)
    held = existing(turn.session, application.id, "approval", decision.seq)
    if held is not None:
        raise Refused("refused.letter_exists", number=held.numbered)
    voucher = turn.session.execute(select(Voucher).where(col(Voucher.decision_seq) == decision.seq)).scalar()
    if voucher is None:
        raise Refused("refused.no_voucher", case=case)
    approved = turn.session.execute(
        select(Approval).where(
            col(Approval.decision_seq) == decision.seq, col(Approval.outcome) == "approved"
        )
    ).scalar_one()
    pack = turn.office.policy(turn.session, decision.policy_sha256 or "").pack
    facts = _approval_facts(turn, application, decision, voucher, pack)

    def content(issue: Issue) -> LetterContent:
        return approval(facts, issue)

    _issue(
        turn, "approval", pack, content, application, decision.seq,
        prepared_by=issuing.full_name(turn.session, decision.decided_by_id),
        approved_by=issuing.full_name(turn.session, approved.person_id),
    )  # fmt: skip


def _approval_facts(
    turn: Turn, application: Application, decision: Decision, voucher: Voucher, pack: Pack
) -> ApprovalFacts:
    said = of(turn.session, application.id, decision.version)
    days = Shelf(turn.session).term(
        application.pack_id, "redemption_days", calendars.day_of(application.applied_at), turn.today
    )
    admission = Register(turn.session).admission(said.provider_name, said.service, said.signed_on)
    rule = phrases.tier_article(pack, decision.tier)
    return ApprovalFacts(
        scheme=phrases.scheme(pack),
        unit=said.applicant_name,
        credit_code=said.applicant_code,
        case=application.case_no,
        voucher=voucher.code,
        contract_no=said.contract_no or "",
        provider=said.provider_name or "",
        provider_batch="" if admission is None else admission.batch,
        basis=rule,
        accepted_fen=decision.base_fen or 0,
        with_tax=phrases.with_tax(turn.office.policy(turn.session, decision.policy_sha256 or "")),
        tier=phrases.tiers(pack, decision.tier),
        rate=phrases.rates(decision.rate),
        computed_fen=tuple(int(fen) for fen in decision.computed.split(";") if fen),
        binding=phrases.binding(pack, decision.binding),
        other_support_fen=said.other_support_fen or 0,
        quota_fen=voucher.quota_fen,
        valid_from=voucher.issued_on,
        valid_until=voucher.valid_until,
        redeem_by=voucher.valid_until + datetime.timedelta(days=days),
        contract_signed_on=said.signed_on,
    )


@act("issue_refusal")
def issue_refusal(turn: Turn, case: str) -> None:
    """Issue the notice of refusal (不予资助告知书): signed by another person than the one who decided."""
    application = turn.case(case)
    decision = _decision(turn, application)
    turn.not_by(decision.decided_by_id)
    held = existing(turn.session, application.id, "refusal", decision.seq)
    if held is not None:
        raise Refused("refused.letter_exists", number=held.numbered)
    said = of(turn.session, application.id, decision.version)
    pack = turn.office.policy(turn.session, decision.policy_sha256 or "").pack
    facts = RefusalFacts(
        scheme=phrases.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        contract_no=said.contract_no or "",
        applied_on=calendars.day_of(said.applied_at),
        reasons=tuple(Reason(text, article) for text, article in phrases.reasons(pack, decision.reasons)),
        remedies=Remedies(say("remedies.reconsideration_at"), say("remedies.court")),
    )

    def content(issue: Issue) -> LetterContent:
        return refusal(facts, issue)

    _issue(
        turn, "refusal", pack, content, application, decision.seq,
        prepared_by=issuing.full_name(turn.session, decision.decided_by_id),
        approved_by=turn.person.full_name,
    )  # fmt: skip


@act("issue_correction")
def issue_correction(turn: Turn, case: str) -> None:
    """Issue the notice of correction (补正通知书) of the open list of defects."""
    application = turn.case(case)
    row = open_correction(turn.session, application)
    said = of(turn.session, application.id, application.version)
    pack = _pack(turn, application, said)
    items = turn.session.execute(
        select(CorrectionItem)
        .where(col(CorrectionItem.correction_id) == row.id)
        .order_by(col(CorrectionItem.id))
    ).scalars()
    facts = CorrectionFacts(
        scheme=phrases.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        applied_on=calendars.day_of(said.applied_at),
        round=row.round_no,
        defects=tuple(Defect(_field_name(item.target), item.defect) for item in items),
        due_on=row.due_on,
    )

    def content(issue: Issue) -> LetterContent:
        return correction(facts, issue)

    _issue(turn, "correction", pack, content, application, None, prepared_by=turn.person.full_name)


@act("void_letter")
def void_letter(turn: Turn, letter: int, reason: str) -> None:
    """Void a letter: its number stays on record, its bytes too."""
    row = turn.session.get(Letter, letter)
    if row is None:
        raise Refused("refused.no_such_letter", letter=letter)
    if row.voided_at is not None:
        raise Refused("refused.letter_void", number=row.numbered)
    if not reason.strip():
        raise Refused("refused.reason_missing", act=turn.act)
    turn.not_by(row.issued_by_id)
    row.voided_at, row.voided_by_id, row.void_reason = turn.at, turn.person.id, reason
    turn.subject = f"letter {row.numbered}"
    turn.changed("letter", row.id)
    turn.note(reason=reason)


def _issue(
    turn: Turn,
    kind: str,
    pack: Pack,
    content: Callable[[Issue], LetterContent],
    application: Application,
    decision_seq: int | None,
    *,
    prepared_by: str = "",
    approved_by: str = "",
) -> None:
    number, code = issuing.numbered(turn, kind), issuing.code(turn)
    issue = issuing.issue(turn, pack, number[1], code, prepared_by=prepared_by, approved_by=approved_by)
    letter = issuing.keep(
        turn, kind, issuing.draw(lambda: paper.draw(content(issue))), number=number, code_=code,
        application_id=application.id, decision_seq=decision_seq,
    )  # fmt: skip
    turn.tell(letter=letter.id, number=letter.numbered, code=code)


def _decision(turn: Turn, application: Application) -> Decision:
    decision = award.standing(turn.session, application.id)
    if decision is None or decision.policy_sha256 is None:
        raise Refused("refused.not_decided", case=application.case_no)
    return decision


def _pack(turn: Turn, application: Application, said: ApplicationVersion) -> Pack:
    on = calendars.day_of(said.applied_at)
    moment = datetime.datetime.combine(on, datetime.time())
    chosen = Shelf(turn.session).policy(application.pack_id, {"applied_at": moment}, turn.today)
    if chosen is None:
        raise Refused("refused.no_pack", scheme=application.pack_id, on=on)
    return chosen.pack


def _field_name(target: str) -> str:
    code = f"field.{target}"
    return say(code) if has(code) else target


# -- out of the office ---------------------------------------------------------------------------------------


def existing(session: Session, application_id: int, kind: str, decision_seq: int | None) -> Letter | None:
    """The letter of a kind that stands for a decision, not voided."""
    wanted = select(Letter).where(
        col(Letter.application_id) == application_id,
        col(Letter.kind) == kind,
        col(Letter.voided_at).is_(None),
    )
    if decision_seq is not None:
        wanted = wanted.where(col(Letter.decision_seq) == decision_seq)
    return session.execute(wanted.order_by(col(Letter.id).desc()).limit(1)).scalar()


def stored(session: Session, letter_id: int) -> bytes:
    """The very bytes of a letter."""
    kept = select(col(Content.body)).join(Letter, col(Letter.content_sha256) == col(Content.sha256))
    body: bytes = session.execute(kept.where(col(Letter.id) == letter_id)).scalar_one()
    return body


def export(
    office: Office,
    by: str | By,
    folder: Path,
    *,
    decision: int | None = None,
    kinds: tuple[str, ...] = ("approval", "refusal", "correction"),
    progress: Progress | None = None,
) -> list[Path]:
    """Act `export`: write the stored letters (those of one decision, with its number) to a folder as issued.

    Lists of publicity are the kind `publicity`. A voided letter is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []

    def body(turn: Turn) -> None:
        wanted = select(Letter).where(col(Letter.kind).in_(kinds), col(Letter.voided_at).is_(None))
        if decision is not None:
            wanted = wanted.where(col(Letter.decision_seq) == decision)
        found = list(turn.session.execute(wanted.order_by(col(Letter.id))).scalars())
        for at, letter in enumerate(found):
            if progress is not None and progress(at, len(found)) is False:
                raise Refused("refused.stopped")
            path = folder / f"{letter.kind}-{letter.year}-{letter.number:05d}.pdf"
            path.write_bytes(stored(turn.session, letter.id))
            written.append(path)
        turn.subject = "letters"
        turn.note(kinds=list(kinds), letters=len(found))

    carry_out(office, by, "export", body)
    return written
