"""Recovery in two papers, as statement and hearing come before the decision: the prior notice
(追回资金事先告知书) and the decision (追回资金决定书), which the court enforces after a reminder
(《行政强制法》第五十三、五十四条).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from papers.chinese import on, parts, say
from papers.letters.letter_content import Figures, LetterContent, Paragraph
from papers.letters.letter_issue import Issue, letter
from papers.letters.remedies import Remedies, remedies_paragraph
from rules.money import capital


@dataclass(frozen=True)
class Interest:
    """Interest on what is asked back, in integer fen: only where a document and article order it."""

    fen: int
    basis: str
    from_on: date


@dataclass(frozen=True)
class RecoveryFacts:
    """Money that is to be asked back. Amounts in integer fen.

    Attributes:
        award_number: the number of the letter by which it was granted.
        reason: what happened, without full stop, and `basis` the document and article it breaks.
        paid_fen, due_fen: paid, and to be given back of it; `interest` on it, None for none.
    """

    scheme: str
    unit: str
    case: str
    award_number: str
    reason: str
    basis: str
    paid_fen: int
    due_fen: int
    interest: Interest | None = None

    @property
    def total_fen(self) -> int:
        """What is to be given back with its interest."""
        return self.due_fen + (self.interest.fen if self.interest else 0)


@dataclass(frozen=True)
class Heard:
    """The prior notice of a decision: its number and day, and what came of it, without full stop."""

    number: str
    on: date
    outcome: str


def recovery_notice(facts: RecoveryFacts, issue: Issue, hearing_days: int = 5) -> LetterContent:
    """The prior notice: facts, reason, basis and sum, and until when to answer or ask for a hearing.

    Args:
        hearing_days: working days for it (5 in the notices seen).
    """
    return letter(
        issue,
        "recovery_notice",
        facts.unit,
        parts("recovery_notice.title", scheme=facts.scheme),
        (
            Paragraph(_found(facts) + say("recovery_notice.intent", office=issue.self_name)),
            Figures(_sums(facts)),
            Paragraph(say("recovery_notice.hearing", days=hearing_days, office=issue.self_name)),
        ),
    )


def recovery_decision(
    facts: RecoveryFacts,
    heard: Heard,
    account: tuple[tuple[str, str], ...],
    remedies: Remedies,
    issue: Issue,
    refund_days: int = 15,
) -> LetterContent:
    """The decision that asks money back into the treasury.

    Args:
        account: where to pay: name, bank, account number, and what the payment must say.
        refund_days: days from its arrival to pay (15 in the notices seen).
    """
    told = say(
        "recovery_decision.heard",
        office=issue.self_name,
        on=on(heard.on),
        number=heard.number,
        outcome=heard.outcome.rstrip("。"),
    )
    return letter(
        issue,
        "recovery_decision",
        facts.unit,
        parts("recovery_decision.title", scheme=facts.scheme),
        (
            Paragraph(_found(facts) + told),
            Paragraph(say("recovery_decision.decides", office=issue.self_name, days=refund_days)),
            Figures((*_sums(facts), *((entry,) for entry in account))),
            remedies_paragraph(remedies, "recovery"),
            Paragraph(say("recovery_decision.enforced", office=issue.self_name)),
        ),
    )


def _found(facts: RecoveryFacts) -> str:
    return say(
        "recovery.found",
        scheme=facts.scheme,
        case=facts.case,
        number=facts.award_number,
        paid_fen=facts.paid_fen,
        reason=facts.reason.rstrip("。"),
        basis=facts.basis,
    )


def _sums(facts: RecoveryFacts) -> tuple[tuple[tuple[str, str], ...], ...]:
    paid, due = (say("approval.yuan", amount_fen=fen) for fen in (facts.paid_fen, facts.due_fen))
    rows: list[tuple[tuple[str, str], ...]] = [(_pair("paid", paid), _pair("due", due))]
    if facts.interest is not None:
        said = say(
            "recovery.interest",
            amount_fen=facts.interest.fen,
            basis=facts.interest.basis,
            from_on=on(facts.interest.from_on),
        )
        rows.append((_pair("interest", said),))
    total = say("approval.quota", amount_fen=facts.total_fen, capital=capital(facts.total_fen))
    return (*rows, (_pair("total", total),))


def _pair(name: str, value: str) -> tuple[str, str]:
    return say(f"recovery.label.{name}"), value
