"""What the letters of a case say, gathered from what is stored: an award, a refusal, a list of defects."""

import datetime

from casework.cases.case_facts import Register
from casework.cases.versions import of
from casework.core import calendar
from casework.core.act import Turn
from casework.core.office_settings import needed
from casework.review.corrections import items_of
from casework.rulebook import names_on_paper
from casework.rulebook.in_force import Shelf
from models import Application, ApplicationVersion, Correction, Decision, Voucher
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
    """What the approval letter says of an award and its voucher."""
    said = of(turn.session, application.id, decision.version)
    policy = turn.office.policy(turn.session, decision.policy_sha256 or "")
    pack = policy.pack
    admission = Register(turn.session).admission(said.provider_name, said.service, said.signed_on)
    return ApprovalFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        credit_code=said.applicant_code,
        case=application.case_no,
        voucher=voucher.code,
        contract_no=said.contract_no or "",
        provider=said.provider_name or "",
        provider_batch="" if admission is None else admission.batch,
        basis=names_on_paper.tier_article(pack, decision.tier),
        accepted_fen=decision.base_fen or 0,
        with_tax=names_on_paper.with_tax(policy),
        tier=names_on_paper.tiers(pack, decision.tier),
        rate=names_on_paper.rates(decision.rate),
        computed_fen=tuple(int(fen) for fen in decision.computed.split(";") if fen),
        binding=names_on_paper.binding(pack, decision.binding),
        other_support_fen=said.other_support_fen or 0,
        quota_fen=voucher.quota_fen,
        valid_from=voucher.issued_on,
        valid_until=voucher.valid_until,
        redeem_by=_redeem_by(turn, application, voucher),
        contract_signed_on=said.signed_on,
    )


def _redeem_by(turn: Turn, application: Application, voucher: Voucher) -> datetime.date:
    days = Shelf(turn.session).term_of(application, "redemption_days", turn.today)
    return voucher.valid_until + datetime.timedelta(days=days)


def refusal_facts(turn: Turn, application: Application, decision: Decision, pack: Pack) -> RefusalFacts:
    """What the notice of refusal says: every reason with its article, and the remedies."""
    said = of(turn.session, application.id, decision.version)
    reasons = names_on_paper.reasons(pack, decision.reasons)
    return RefusalFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        contract_no=said.contract_no or "",
        applied_on=calendar.day_of(said.applied_at),
        reasons=tuple(Reason(text, article) for text, article in reasons),
        remedies=remedies(turn, "refusal"),
    )


def remedies(turn: Turn, paper: str) -> Remedies:
    """Where a decision of this office can be contested.

    Raises:
        Refused: `refused.settings_missing`.
    """
    settings = needed(turn, paper)
    return Remedies(settings.reconsideration_authority, settings.court)


def correction_facts(
    turn: Turn, application: Application, said: ApplicationVersion, row: Correction, pack: Pack
) -> CorrectionFacts:
    """What the notice of correction says: every defect of the open list, and the day it is due."""
    return CorrectionFacts(
        scheme=names_on_paper.scheme(pack),
        unit=said.applicant_name,
        case=application.case_no,
        applied_on=calendar.day_of(said.applied_at),
        round=row.round_no,
        defects=tuple(
            ListedDefect(_field_name(item.target), item.defect) for item in items_of(turn.session, row)
        ),
        due_on=row.due_on,
    )


def _field_name(target: str) -> str:
    code = f"field.{target}"
    return say(code) if has(code) else target
