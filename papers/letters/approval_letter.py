"""The approval letter (资助通知书, 训力券发放通知): what was awarded, how it was calculated, how to redeem
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from papers.chinese import on, say
from papers.letters.letter_content import Figures, LetterContent, Paragraph
from papers.letters.letter_issue import Issue, letter
from rules.money import capital

_TAX = {True: "approval.with_tax", False: "approval.without_tax", None: "approval.tax_not_said"}


@dataclass(frozen=True)
class ApprovalFacts:
    """One approved case. Amounts are integer fen; names, rates and rules are said as they shall be read.

    Attributes:
        scheme: the voucher's name, 训力券.
        unit: the applicant's name; `credit_code` its unified social credit code.
        case: the application's number; `voucher` the voucher's.
        contract_no, contract_signed_on: the service contract.
        provider, provider_batch: the admitted service institution and the batch of its admission.
        basis: document with its number, and article: 《…》（深工信规〔2024〕13号）第二条.
        accepted_fen: the accepted base; `with_tax` whether tax is in it, None where that is not set.
        tier, rate: the tier's name and the rate, 初创企业 and 60%.
        computed_fen: rate × base, before caps; alternatives that lead to the same award beside each other.
        binding: the rule that set the award, as a phrase: 申请单位年度上限10,000,000.00元.
        other_support_fen: other fiscal money that was counted against the ceiling.
        quota_fen: the award.
        valid_from, valid_until: the voucher's validity, both days included.
        redeem_by: last day for a claim.
    """

    scheme: str
    unit: str
    credit_code: str
    case: str
    voucher: str
    contract_no: str
    provider: str
    provider_batch: str
    basis: str
    accepted_fen: int
    with_tax: bool | None
    tier: str
    rate: str
    computed_fen: tuple[int, ...]
    binding: str
    other_support_fen: int
    quota_fen: int
    valid_from: date
    valid_until: date
    redeem_by: date
    contract_signed_on: date | None = None


def approval(facts: ApprovalFacts, issue: Issue) -> LetterContent:
    """The letter that tells a unit of its award."""
    return letter(
        issue,
        "approval",
        facts.unit,
        say("approval.title", scheme=facts.scheme),
        (
            Paragraph(say("approval.opening", scheme=facts.scheme, case=facts.case, basis=facts.basis)),
            _figures(facts),
            Paragraph(say("approval.redemption", office=issue.self_name, redeem_by=on(facts.redeem_by))),
            Paragraph(say("approval.duties", office=issue.self_name)),
        ),
    )


def _figures(facts: ApprovalFacts) -> Figures:
    base = say(_TAX[facts.with_tax], amount_fen=facts.accepted_fen)
    provider = say("approval.provider_batch", provider=facts.provider, batch=facts.provider_batch)
    quota = say("approval.quota", amount_fen=facts.quota_fen, capital=capital(facts.quota_fen))
    tier = say("approval.tier_rate", tier=facts.tier, rate=facts.rate)
    computed = say("phrase.or").join(say("approval.yuan", amount_fen=fen) for fen in facts.computed_fen)
    validity = say("approval.from_until", first=on(facts.valid_from), last=on(facts.valid_until))
    contract = facts.contract_no
    if facts.contract_signed_on:
        contract = say("approval.contract_signed", contract=contract, on=on(facts.contract_signed_on))
    return Figures(
        (
            (_pair("credit_code", facts.credit_code), _pair("voucher", facts.voucher)),
            (_pair("contract", contract),),
            (_pair("provider", provider),),
            (_pair("base", base), _pair("tier", tier)),
            (
                _pair("computed", computed),
                _pair("other_support", say("approval.yuan", amount_fen=facts.other_support_fen)),
            ),
            (_pair("binding", facts.binding),),
            (_pair("quota", quota),),
            (_pair("validity", validity),),
        )
    )


def _pair(name: str, value: str) -> tuple[str, str]:
    return say(f"approval.label.{name}"), value
