"""The notice of recovery (追回通知书): what is to be given back, why, until when and to which account."""

from __future__ import annotations

from dataclasses import dataclass

from papers.chinese import say
from papers.letters.letter_content import Figures, LetterContent, Paragraph
from papers.letters.letter_issue import Issue, letter
from papers.letters.remedies import Remedies, remedies_paragraph
from rules.money import capital


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


def recovery(facts: RecoveryFacts, issue: Issue) -> LetterContent:
    """The letter that asks money back into the treasury."""
    opening = say(
        "recovery.opening",
        scheme=facts.scheme,
        case=facts.case,
        number=facts.award_number,
        reason=facts.reason,
        basis=facts.basis,
        office=issue.self_name,
    )
    return letter(
        issue,
        "recovery",
        facts.unit,
        say("recovery.title", scheme=facts.scheme),
        (
            Paragraph(opening),
            _figures(facts),
            Paragraph(say("recovery.hearing", days=facts.hearing_days, office=issue.self_name)),
            remedies_paragraph(facts.remedies, "recovery"),
        ),
    )


def _figures(facts: RecoveryFacts) -> Figures:
    total = facts.due_fen + facts.interest_fen
    return Figures(
        (
            (
                _pair("paid", say("approval.yuan", amount_fen=facts.paid_fen)),
                _pair("due", say("approval.yuan", amount_fen=facts.due_fen)),
            ),
            (
                _pair("interest", say("approval.yuan", amount_fen=facts.interest_fen)),
                _pair("deadline", say("recovery.within", days=facts.refund_days)),
            ),
            (_pair("total", say("approval.quota", amount_fen=total, capital=capital(total))),),
            *((entry,) for entry in facts.account),
        )
    )


def _pair(name: str, value: str) -> tuple[str, str]:
    return say(f"recovery.label.{name}"), value
