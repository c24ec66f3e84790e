"""The notice of refusal (不予资助决定书): that nothing is awarded, why, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from papers.chinese import on, parts, say
from papers.letters.figure_rows import Pair, figures, pair
from papers.letters.letter_content import Block, LetterContent, Paragraph, numbered
from papers.letters.letter_issue import Issue, letter
from papers.letters.remedies import Remedies, remedies_paragraph


@dataclass(frozen=True)
class Reason:
    """Why, as a phrase without full stop, and the article it follows from."""

    text: str
    article: str


@dataclass(frozen=True)
class RefusalFacts:
    """A refused case: `applied_on` the day of the application, `reasons` at least one; `accepted` whether it
    was ever accepted or decided, so that what is refused is the award and not to take it in. `calculation` is
    how an amount came to nothing, line by line: the code of a label and what stands beside it.
    """

    scheme: str
    unit: str
    case: str
    contract_no: str
    applied_on: date
    reasons: tuple[Reason, ...]
    remedies: Remedies
    accepted: bool = True
    calculation: tuple[Pair, ...] = ()

    @property
    def kind(self) -> Literal["refusal", "nonacceptance"]:
        """Its kind of letter: 不予资助决定书 or 不予受理通知书."""
        return "refusal" if self.accepted else "nonacceptance"


def refusal(facts: RefusalFacts, issue: Issue) -> LetterContent:
    """The letter that tells a unit that nothing is awarded, or its application not accepted, why, and what it
    can do about it.

    Raises:
        ValueError: no reason.
    """
    if not facts.reasons:
        raise ValueError("a refusal without a reason")
    contract = say("refusal.contract", contract=facts.contract_no) if facts.contract_no else ""
    opening = say(
        f"{facts.kind}.opening",
        on=on(facts.applied_on),
        scheme=facts.scheme,
        case=facts.case,
        contract=contract,
        office=issue.self_name,
    )
    reasons = [say("refusal.reason", text=reason.text, article=reason.article) for reason in facts.reasons]
    return letter(
        issue,
        facts.kind,
        facts.unit,
        parts(f"{facts.kind}.title", scheme=facts.scheme),
        (
            Paragraph(opening),
            *numbered(reasons),
            *_calculation(facts),
            remedies_paragraph(facts.remedies, facts.kind),
        ),
    )


def _calculation(facts: RefusalFacts) -> tuple[Block, ...]:
    if not facts.calculation:
        return ()
    nothing = pair("quota", say("approval.yuan", amount_fen=0))
    told = figures((*(pair(name, text) for name, text in facts.calculation), nothing))
    return Paragraph(say("refusal.calculation")), told
