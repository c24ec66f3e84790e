"""Letters: numbered without gaps, stored once, issued again as the very same bytes.

A letter is drawn from the stored decision and kept by its hash. Whoever asks for it again gets those bytes; a
letter that was wrong is voided, keeps its number on record, and a new one takes the next.
"""

import datetime
from collections.abc import Callable
from functools import partial

from sqlalchemy import select
from sqlmodel import col

from casework.award import refusals
from casework.award.resting_on_holds import must_not_rest_on_hold
from casework.award.standing_decision import standing_decision
from casework.cases.finding_weights import must_not_forbid
from casework.cases.versions import of
from casework.core import calendar
from casework.core.act import Turn, act
from casework.core.office_settings import needed
from casework.core.refused import Refused, every
from casework.core.who_may import Who
from casework.issuing import numbered_paper, vouchers
from casework.issuing.letter_facts import approval_facts, correction_facts, outside_facts, refusal_facts
from casework.issuing.letter_needs import award_told, refusal_told
from casework.review.corrections import open_correction
from casework.rulebook.in_force import Shelf
from models import Application, ApplicationVersion, Decision, Letter, Refusal
from papers.letters import letter as paper
from papers.letters.approval_letter import approval
from papers.letters.correction_notice import correction
from papers.letters.letter_content import LetterContent
from papers.letters.letter_issue import Issue
from papers.letters.refusal_notice import refusal
from rules.pack import Pack


def approval_awaited(who: Who, application: Application) -> None:
    """Bar of `issue_letter`: the letter states the voucher, which comes first, and what the office sets
    (`letter_needs`); it is issued once.

    Raises:
        Refused: `refused.not_decided`, `refused.letter_exists`, `refused.no_voucher`, `refused.finding_open`,
            `refused.finding_upheld`; what `letter_needs.award_told` says.
    """
    decision = _decided_without(who, application, "approval")
    must_not_forbid(who, application, "issue_letter")
    if vouchers.voucher_of(who.session, decision.seq) is None:
        raise Refused("refused.no_voucher", case=application.case_no)
    award_told(who, application, decision)


@act("issue_letter", bar=approval_awaited)
def issue_approval(turn: Turn, case: str) -> None:
    """Issue the approval letter (资助通知书) of an approved case whose voucher is issued."""
    application = turn.case(case)
    decision = _decided(turn, application)
    voucher = vouchers.voucher_of(turn.session, decision.seq)
    assert voucher is not None
    facts = approval_facts(turn, application, decision, voucher)
    issue(turn, "approval", lambda issue: approval(facts, issue), application, decision.seq)


def refusal_awaited(who: Who, application: Application) -> None:
    """Bar of `issue_refusal`: it is issued once, whether the rules refused or two people for a fact.

    Raises:
        Refused: `refused.not_decided`, `refused.letter_exists`, `refused.refusal_taken_back`,
            `refused.rests_on_hold`, `refused.rested_on_hold`; what `letter_needs.refusal_told` says.
    """
    notice = refusals.notice_that_stands(who.session, application.id)
    if notice is not None:
        raise Refused("refused.letter_exists", number=notice)
    outside = refusals.standing(who.session, application)
    if outside is None:
        decision = _decided(who, application)
        must_not_rest_on_hold(who, application, decision)
        refusal_told(who, decision)
    else:
        refusals.must_not_be_taken_back(who, application)
        every((
            lambda: needed(who, "refusal"),
            lambda: pack_of(who, application, of(who.session, application.id, outside.version)),
        ))  # fmt: skip


@act("issue_refusal", bar=refusal_awaited)
def issue_refusal(turn: Turn, case: str) -> None:
    """Issue the notice of refusal (不予资助决定书): signed by another person than those who prepared it."""
    application = turn.case(case)
    outside = refusals.standing(turn.session, application)
    if outside is not None:
        _issue_outside(turn, application, outside)
        return
    decision = _decided(turn, application)
    facts = refusal_facts(turn, application, decision)
    issue(turn, "refusal", lambda issue: refusal(facts, issue), application, decision.seq)


def _issue_outside(turn: Turn, application: Application, outside: Refusal) -> None:
    """The notice of a refusal for a fact outside the rules; it belongs to no decision. What was never
    accepted nor decided is not accepted (不予受理通知书)."""
    said = of(turn.session, application.id, outside.version)
    facts = outside_facts(turn, application, said, outside, pack_of(turn, application, said))
    issue(turn, facts.kind, lambda issue: refusal(facts, issue), application, None)


def correction_awaited(who: Who, application: Application) -> None:
    """Bar of `issue_correction`: there is an open list of defects.

    Raises:
        Refused: `refused.no_correction`, `refused.settings_missing`, `refused.no_pack`,
            `refused.letter_exists` for this list (another list has a notice of its own).
    """
    row = open_correction(who, application)
    out = select(col(Letter.numbered)).where(
        col(Letter.application_id) == application.id,
        col(Letter.kind) == "correction",
        col(Letter.voided_at).is_(None),
        col(Letter.issued_at) >= row.asked_at,
    )
    number = who.session.execute(out).scalar()
    if number is not None:
        raise Refused("refused.letter_exists", number=number)
    must_be_writable(who, application, "correction")


@act("issue_correction", bar=correction_awaited)
def issue_correction(turn: Turn, case: str) -> None:
    """Issue the notice of correction (补正通知书) of the open list of defects."""
    application = turn.case(case)
    row = open_correction(turn, application)
    said = of(turn.session, application.id, application.version)
    pack = pack_of(turn, application, said)
    facts = correction_facts(turn, application, said, row, pack)
    issue(turn, "correction", lambda issue: correction(facts, issue), application, None)


def voidable(who: Who, application: Application) -> frozenset[int]:
    """The letters of a case that stand and that somebody else issued; also the bar of `void_letter`.

    Raises:
        Refused: `refused.no_letter_to_void`: there is none.
    """
    others = select(col(Letter.id)).where(
        col(Letter.application_id) == application.id,
        col(Letter.voided_at).is_(None),
        col(Letter.issued_by_id) != who.person.id,
    )
    found = frozenset(who.session.execute(others).scalars())
    if not found:
        raise Refused("refused.no_letter_to_void", case=application.case_no)
    return found


@act("void_letter", bar=voidable)
def void_letter(turn: Turn, letter: int, reason: str) -> None:
    """Void a letter: its number stays on record, its bytes too."""
    row = turn.session.get(Letter, letter)
    if row is None:
        raise Refused("refused.no_such_letter", letter=letter)
    if row.voided_at is not None:
        raise Refused("refused.letter_void", number=row.numbered)
    turn.must_say(reason)
    turn.not_by(row.issued_by_id)
    if row.application_id is not None:
        turn.take(turn.session.get_one(Application, row.application_id))
    else:
        turn.subject = f"letter {row.numbered}"
    row.voided_at, row.voided_by_id, row.void_reason = turn.at, turn.person.id, reason
    turn.changed("letter", row.id)
    turn.note(number=row.numbered, reason=reason)


def issue(
    turn: Turn,
    kind: str,
    content: Callable[[Issue], LetterContent],
    application: Application,
    decision_seq: int | None,
) -> Letter:
    """Number, draw and keep a letter of a kind."""
    number, code = numbered_paper.numbered(turn, kind), numbered_paper.code(turn)
    shared = numbered_paper.issue(turn, kind, number[1], code)
    letter = numbered_paper.keep(
        turn, kind, numbered_paper.draw(turn, partial(paper.draw, content(shared))),
        number=number, code_=code, application_id=application.id, decision_seq=decision_seq,
    )  # fmt: skip
    turn.tell(letter=letter.id, number=letter.numbered, code=code)
    return letter


def _decided(who: Who, application: Application) -> Decision:
    """The decision that stands, of which a letter can be issued."""
    decision = standing_decision(who.session, application.id)
    if decision is None or decision.policy_sha256 is None:
        raise Refused("refused.not_decided", case=application.case_no)
    return decision


def _decided_without(who: Who, application: Application, kind: str) -> Decision:
    """The decision of a case that has no letter of a kind yet."""
    decision = _decided(who, application)
    held = who.session.execute(
        select(col(Letter.numbered)).where(
            col(Letter.kind) == kind,
            col(Letter.decision_seq) == decision.seq,
            col(Letter.voided_at).is_(None),
        )
    ).scalar()
    if held is not None:
        raise Refused("refused.letter_exists", number=held)
    return decision


def must_be_writable(who: Who, application: Application, paper: str) -> None:
    """Part of the bars of letters about a case as it is: what the office says of itself is set, and a pack
    names the scheme.

    Raises:
        Refused: `refused.settings_missing`, `refused.no_pack`; `refused.several` for both.
    """
    said = of(who.session, application.id, application.version)
    every((lambda: needed(who, paper), lambda: pack_of(who, application, said)))


def pack_of(who: Who, application: Application, said: ApplicationVersion) -> Pack:
    """The pack of an application by the day it was made.

    Raises:
        Refused: `refused.no_pack`.
    """
    on = calendar.day_of(said.applied_at)
    moment = datetime.datetime.combine(on, datetime.time())
    shelf = Shelf(who.session)
    chosen = shelf.policy(application.scheme, {"applied_at": moment}, who.today)
    if chosen is None:
        raise Refused("refused.no_pack", scheme=shelf.called(application.scheme), on=on)
    return chosen.pack
