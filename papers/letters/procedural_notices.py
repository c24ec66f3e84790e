"""Papers of a case's way that decide nothing new: acceptance, the answer to an objection, a void letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from papers.chinese import on, parts, say
from papers.letters.letter_content import LetterContent, Paragraph
from papers.letters.letter_issue import Issue, letter


@dataclass(frozen=True)
class AcceptanceFacts:
    """An application that was taken in under its receipt number (受理号)."""

    scheme: str
    unit: str
    case: str
    applied_on: date
    receipt: str


def acceptance(facts: AcceptanceFacts, issue: Issue) -> LetterContent:
    """The notice that an application is accepted (受理通知书)."""
    text = say(
        "acceptance.text",
        on=on(facts.applied_on),
        scheme=facts.scheme,
        case=facts.case,
        receipt=facts.receipt,
        office=issue.self_name,
    )
    title = parts("acceptance.title", scheme=facts.scheme)
    ask = Paragraph(say("acceptance.ask", office=issue.self_name))
    return letter(issue, "acceptance_notice", facts.unit, title, (Paragraph(text), ask))


@dataclass(frozen=True)
class AnswerFacts:
    """An objection that was settled: by whom it was raised and when, about which award, with what outcome and
    why (without full stop).
    """

    scheme: str
    objector: str
    received_on: date
    unit: str
    case: str
    upheld: bool
    reason: str


def objection_answer(facts: AnswerFacts, issue: Issue) -> LetterContent:
    """The answer to who objected (异议处理答复)."""
    opening = say(
        "objection_answer.opening",
        on=on(facts.received_on),
        scheme=facts.scheme,
        unit=facts.unit,
        case=facts.case,
        reason=facts.reason.rstrip("。.；; "),
    )
    outcome = "objection_answer.upheld" if facts.upheld else "objection_answer.dismissed"
    return letter(
        issue,
        "objection_answer",
        facts.objector,
        parts("objection_answer.title", scheme=facts.scheme),
        (Paragraph(opening), Paragraph(say(outcome, office=issue.self_name))),
    )


@dataclass(frozen=True)
class VoidFacts:
    """A letter that is void: its kind (as `letter.kind.…`), number and day, why, and the number of the one
    that stands in its place, empty where there is none.
    """

    unit: str
    case: str
    kind: str
    number: str
    issued_on: date
    reason: str
    instead: str


def void_notice(facts: VoidFacts, issue: Issue) -> LetterContent:
    """The notice that a letter is void (文书作废告知)."""
    name = say(f"letter.kind.{facts.kind}")
    text = say(
        "void_notice.text",
        office=issue.self_name,
        on=on(facts.issued_on),
        name=name,
        number=facts.number,
        case=facts.case,
        reason=facts.reason.rstrip("。.；; "),
    )
    rest = say("void_notice.instead", number=facts.instead) if facts.instead else say("void_notice.later")
    title = parts("void_notice.title", name=name)
    return letter(issue, "void_notice", facts.unit, title, (Paragraph(text), Paragraph(rest)))
