"""What the letters of a case say, gathered from what is stored: an award, a refusal, a list of defects."""

import datetime
from collections.abc import Iterable, Iterator, Sequence

from casework.cases.case_facts import Register
from casework.cases.versions import of
from casework.core import calendar
from casework.core.act import Turn
from casework.core.office_settings import needed
from casework.issuing.letter_needs import award_told, basis, citations, cited, refusal_told
from casework.issuing.numbered_paper import listed
from casework.review.corrections import items_of
from casework.rulebook import names_on_paper
from casework.rulebook.award_on_paper import Figure
from casework.rulebook.in_force import Shelf
from casework.rulebook.official_sources import Citation
from models import Application, ApplicationVersion, Correction, Decision, Refusal, Voucher
from papers.chinese import say
from papers.letters.approval_letter import ApprovalFacts
from papers.letters.correction_notice import CorrectionFacts, ListedDefect
from papers.letters.refusal_notice import Reason, RefusalFacts
from papers.letters.remedies import Remedies
from rules.pack import Pack
from words import has


def approval_facts(
    turn: Turn, application: Application, decision: Decision, voucher: Voucher
) -> ApprovalFacts:
    """What the approval letter says of an award and its voucher: each figure from the lines that are stored
    with the decision, under the policy that it was made under.

    Raises:
        Refused: what `letter_needs.award_told` says.
    """
    said = of(turn.session, application.id, decision.version)
    award = award_told(turn, application, decision)
    pack = award.policy.pack
    admission = Register(turn.session).admission(said.provider_name, said.service, said.signed_on)
    named = citations(turn, pack, award.basis)
    settings = needed(turn, "approval")
    return ApprovalFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        credit_code=said.applicant_code,
        case=application.case_no,
        voucher=voucher.code,
        contract_no=said.contract_no or "",
        provider=said.provider_name or "",
        provider_batch="" if admission is None else admission.batch,
        basis=basis(turn, pack, award.basis),
        calculation=tuple(_with_articles(turn, pack, award.figures, named)),
        quota_fen=voucher.quota_fen,
        valid_from=voucher.issued_on,
        valid_until=voucher.valid_until,
        redeem_by=_redeem_by(turn, application, voucher),
        contract_signed_on=said.signed_on,
        remedies=remedies(turn, "approval"),
        afterwards=pack.mode == "afterwards",
        payee="provider" if pack.payee == "provider" else "buyer",
        papers=settings.claim_papers,
        of_contract=names_on_paper.of_contract(award.policy),
        enclosures=listed(settings.enclosures),
    )


def _with_articles(
    turn: Turn, pack: Pack, figures: Iterable[Figure], named: Sequence[Citation] = ()
) -> Iterator[tuple[str, str]]:
    """Each figure with the article that it rests on, where the letter does not say so above it (`named`)."""
    for label, text, rests_on in figures:
        article = cited(turn, pack, rests_on, named)
        if article:
            text = say("award.with_article", text=text, article=article)
        yield label, text


def _redeem_by(turn: Turn, application: Application, voucher: Voucher) -> datetime.date:
    days = Shelf(turn.session).term_of(application, "redemption_days", turn.today)
    return voucher.valid_until + datetime.timedelta(days=days)


def refusal_facts(turn: Turn, application: Application, decision: Decision) -> RefusalFacts:
    """What the notice of refusal says: every reason with the fact, the standard and its article, and how it
    was calculated, from what is stored with the decision; and the remedies.

    Raises:
        Refused: what `letter_needs.refusal_told` says.
    """
    said = of(turn.session, application.id, decision.version)
    told = refusal_told(turn, decision)
    pack = told.policy.pack
    named = citations(turn, pack, [name for reason in told.reasons for name in reason.rests_on])
    return RefusalFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        contract_no=said.contract_no or "",
        applied_on=calendar.day_of(said.applied_at),
        reasons=tuple(Reason(text, basis(turn, pack, rests_on)) for text, rests_on in told.reasons),
        remedies=remedies(turn, "refusal"),
        calculation=tuple(_with_articles(turn, pack, told.figures, named)),
    )


def remedies(turn: Turn, paper: str) -> Remedies:
    """Where a decision of this office can be contested.

    Raises:
        Refused: `refused.settings_missing`.
    """
    settings = needed(turn, paper)
    return Remedies(settings.reconsideration_authority, settings.court)


def outside_facts(
    turn: Turn, application: Application, said: ApplicationVersion, outside: Refusal, pack: Pack
) -> RefusalFacts:
    """What the notice says of a refusal for a fact outside the rules: the fact, why, and the article.

    Raises:
        Refused: `refused.settings_missing`.
    """
    why = say("reason.outside", fact=outside.fact, reason=outside.reason)
    return RefusalFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        contract_no=said.contract_no or "",
        applied_on=calendar.day_of(said.applied_at),
        reasons=(Reason(why, f"{outside.document}{outside.article}"),),
        remedies=remedies(turn, "refusal"),
        accepted=application.receipt_no is not None or outside.decision_seq is not None,
    )


def correction_facts(
    turn: Turn, application: Application, said: ApplicationVersion, row: Correction, pack: Pack
) -> CorrectionFacts:
    """What the notice of correction says: every defect of the open list, and the day it is due."""
    return CorrectionFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        applied_on=calendar.day_of(said.applied_at),
        basis=basis(turn, pack),
        defects=tuple(
            ListedDefect(_field_name(item.target), item.defect) for item in items_of(turn.session, row)
        ),
        due_on=row.due_on,
        place=names_on_paper.papers_to(needed(turn, "correction")),
    )


def _field_name(target: str) -> str:
    code = f"field.{target}"
    return say(code) if has(code) else target
