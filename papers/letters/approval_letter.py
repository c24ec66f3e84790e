"""The approval letter (资助通知书): what was awarded, how it was calculated, who redeems it and until when,
and how it can be contested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from papers.chinese import on, parts, say
from papers.letters.figure_rows import Pair, figures, pair
from papers.letters.letter_content import LetterContent, Paragraph
from papers.letters.letter_issue import Issue, letter
from papers.letters.remedies import Remedies, remedies_paragraph
from rules.money import capital

BEHIND = ("funders", "open", "supplements")
"""Lines of the calculation that stand behind the award."""


@dataclass(frozen=True)
class ApprovalFacts:
    """One approved case. Amounts are integer fen; names, rates and rules are said as they shall be read.

    Attributes:
        scheme: the voucher's name, 训力券.
        unit: the applicant's name; `credit_code` its unified social credit code.
        case: the application's number; `voucher` the voucher's.
        contract_no, contract_signed_on: the service contract.
        provider, provider_batch: the service institution and the batch of its admission; empty where the
            scheme has none.
        basis: document with its number, and article: 《…》（深工信规〔2024〕13号）第二项.
        calculation: how the award came about, line by line: the code of a label and what stands beside it.
        quota_fen: the award.
        valid_from, valid_until: the voucher's validity, both days included.
        redeem_by: last day for a claim.
        remedies: where the award can be contested.
        afterwards: money that is paid out afterwards; there is no voucher then, and no validity.
        payee: who claims it, the applicant (buyer) or the service institution (provider).
        papers: what is handed in with a claim; empty for what is usual.
        of_contract: whether what is supported is a contract, which the letter then speaks of.
        enclosures: what is sent along, named after the text (附件).
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
    calculation: tuple[Pair, ...]
    quota_fen: int
    valid_from: date
    valid_until: date
    redeem_by: date
    remedies: Remedies
    afterwards: bool = False
    payee: Literal["buyer", "provider"] = "buyer"
    contract_signed_on: date | None = None
    papers: str = ""
    of_contract: bool = True
    enclosures: tuple[str, ...] = ()


def approval(facts: ApprovalFacts, issue: Issue) -> LetterContent:
    """The letter that tells a unit of its award."""
    mode = "afterwards" if facts.afterwards else "quota"
    whose = facts.payee if facts.of_contract else f"{facts.payee}.no_contract"
    redemption = say(
        f"approval.redemption.{mode}.{facts.payee}",
        office=issue.self_name,
        redeem_by=on(facts.redeem_by),
        provider=facts.provider or say("approval.any_provider"),
        papers=facts.papers or say(f"approval.papers.{whose}"),
    )
    duties = say("approval.duties.contract" if facts.of_contract else "approval.duties.change")
    return letter(
        issue,
        "approval",
        facts.unit,
        parts(f"approval.title.{mode}", scheme=facts.scheme),
        (
            Paragraph(say("approval.opening", scheme=facts.scheme, case=facts.case, basis=facts.basis)),
            figures(_pairs(facts)),
            Paragraph(redemption),
            Paragraph(say("approval.duties", office=issue.self_name, change=duties)),
            remedies_paragraph(facts.remedies, "approval"),
        ),
        facts.enclosures,
    )


def _pairs(facts: ApprovalFacts) -> Iterator[Pair]:
    yield pair("credit_code", facts.credit_code)
    if not facts.afterwards:
        yield pair("voucher", facts.voucher)
    if facts.contract_no:
        contract = facts.contract_no
        if facts.contract_signed_on:
            contract = say("approval.contract_signed", contract=contract, on=on(facts.contract_signed_on))
        yield pair("contract", contract)
    if facts.provider:
        provider = facts.provider
        if facts.provider_batch:
            provider = say("approval.provider_batch", provider=provider, batch=facts.provider_batch)
        yield pair("provider", provider)
    yield from (pair(name, text) for name, text in facts.calculation if name not in BEHIND)
    quota = say("approval.quota", amount_fen=facts.quota_fen, capital=capital(facts.quota_fen))
    yield pair("amount" if facts.afterwards else "quota", quota)
    yield from (pair(name, text) for name, text in facts.calculation if name in BEHIND)
    if not facts.afterwards:
        validity = say("approval.from_until", first=on(facts.valid_from), last=on(facts.valid_until))
        yield pair("validity", validity)
