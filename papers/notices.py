"""The other letters: refusal (不予资助告知书), correction (补正通知书), recovery (追回通知书).

Each says why and on what basis; refusal and recovery name the remedies with their terms: reconsideration
within 60 days (《行政复议法》第二十条), a suit within six months (《行政诉讼法》第四十六条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from papers.chinese import on, say
from papers.content import Figures, LetterContent, Paragraph
from papers.issue import Issue, letter
from rules.money import capital


@dataclass(frozen=True)
class Remedies:
    """Where a decision can be contested. The terms are the law's; an office whose basis says otherwise sets
    them.
    """

    reconsideration_at: str
    court: str
    reconsideration_days: int = 60
    suit_months: int = 6


@dataclass(frozen=True)
class Reason:
    """Why, as a phrase without full stop, and the article it follows from."""

    text: str
    article: str


@dataclass(frozen=True)
class RefusalFacts:
    """A refused case: `applied_on` the day of the application, `reasons` at least one."""

    scheme: str
    unit: str
    case: str
    contract_no: str
    applied_on: date
    reasons: tuple[Reason, ...]
    remedies: Remedies


@dataclass(frozen=True)
class Defect:
    """One defect, tied to a field or a paper by its name, and what is to be done, without full stop."""

    subject: str
    text: str


@dataclass(frozen=True)
class CorrectionFacts:
    """A request for correction: which round it is, counted from 1, and by when it is due."""

    scheme: str
    unit: str
    case: str
    applied_on: date
    round: int
    defects: tuple[Defect, ...]
    due_on: date


@dataclass(frozen=True)
class RecoveryFacts:
    """Money asked back. Amounts in integer fen.

    Attributes:
        award_number: the number of the letter by which it was granted.
        reason: what happened, without full stop, and `basis` the document and article it breaks.
        paid_fen, due_fen, interest_fen: paid, to be given back of it, interest on it.
        refund_days: days from the notice's arrival to pay (15 in the notices seen).
        hearing_days: working days to ask for a hearing or make a statement (5 in the notices seen).
        account: where to pay: name, bank, account number, and what the payment must say.
    """

    scheme: str
    unit: str
    case: str
    award_number: str
    reason: str
    basis: str
    paid_fen: int
    due_fen: int
    interest_fen: int
    account: tuple[tuple[str, str], ...]
    remedies: Remedies
    refund_days: int = 15
    hearing_days: int = 5


def refusal(facts: RefusalFacts, issue: Issue) -> LetterContent:
    """The letter that tells a unit that nothing is awarded, why, and what it can do about it.

    Raises:
        ValueError: no reason.
    """
    if not facts.reasons:
        raise ValueError("a refusal without a reason")
    opening = say(
        "refusal.opening",
        on=on(facts.applied_on),
        scheme=facts.scheme,
        case=facts.case,
        contract=facts.contract_no,
        office=issue.self_name,
    )
    reasons = [say("refusal.reason", text=reason.text, article=reason.article) for reason in facts.reasons]
    return letter(
        issue,
        "refusal",
        facts.unit,
        say("refusal.title", scheme=facts.scheme),
        (Paragraph(opening), *numbered(reasons), _remedies(facts.remedies)),
    )


def correction(facts: CorrectionFacts, issue: Issue) -> LetterContent:
    """The letter that lists every defect of an application at once.

    Raises:
        ValueError: no defect.
    """
    if not facts.defects:
        raise ValueError("a request for correction without a defect")
    opening = say("correction.opening", on=on(facts.applied_on), scheme=facts.scheme, case=facts.case)
    defects = [say("correction.defect", subject=defect.subject, text=defect.text) for defect in facts.defects]
    closing = say("correction.closing", due=on(facts.due_on), office=issue.self_name, round=facts.round)
    return letter(
        issue,
        "correction",
        facts.unit,
        say("correction.title", scheme=facts.scheme),
        (Paragraph(opening), *numbered(defects), Paragraph(closing)),
    )


def recovery(facts: RecoveryFacts, issue: Issue) -> LetterContent:
    """The letter that asks money back into the treasury."""
    total = facts.due_fen + facts.interest_fen
    figures = Figures(
        (
            (
                pair("paid", say("approval.yuan", amount_fen=facts.paid_fen)),
                pair("due", say("approval.yuan", amount_fen=facts.due_fen)),
            ),
            (
                pair("interest", say("approval.yuan", amount_fen=facts.interest_fen)),
                pair("deadline", say("recovery.within", days=facts.refund_days)),
            ),
            (pair("total", say("approval.quota", amount_fen=total, capital=capital(total))),),
            *((entry,) for entry in facts.account),
        )
    )
    return letter(
        issue,
        "recovery",
        facts.unit,
        say("recovery.title", scheme=facts.scheme),
        (
            Paragraph(
                say(
                    "recovery.opening",
                    scheme=facts.scheme,
                    case=facts.case,
                    number=facts.award_number,
                    reason=facts.reason,
                    basis=facts.basis,
                    office=issue.self_name,
                )
            ),
            figures,
            Paragraph(say("recovery.hearing", days=facts.hearing_days, office=issue.self_name)),
            _remedies(facts.remedies),
        ),
    )


def numbered(texts: list[str]) -> tuple[Paragraph, ...]:
    """“1.”, “2.” … where there are several; one alone stands without a number."""
    if len(texts) == 1:
        return (Paragraph(texts[0]),)
    return tuple(Paragraph(f"{number}.{text}", level=3) for number, text in enumerate(texts, 1))


def _remedies(remedies: Remedies) -> Paragraph:
    return Paragraph(
        say(
            "letter.remedies",
            days=remedies.reconsideration_days,
            authority=remedies.reconsideration_at,
            months=remedies.suit_months,
            court=remedies.court,
        )
    )


def pair(name: str, value: str) -> tuple[str, str]:
    """A row of the table: its label and what stands there."""
    return say(f"recovery.label.{name}"), value
