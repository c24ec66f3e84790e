"""The notice of correction (补正通知书): every defect of an application at once, and by when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from papers.chinese import on, parts, say
from papers.letters.letter_content import LetterContent, Paragraph, numbered
from papers.letters.letter_issue import Issue, letter


@dataclass(frozen=True)
class ListedDefect:
    """One defect, tied to a field or a paper by its name, and what is to be done, without full stop."""

    subject: str
    text: str


@dataclass(frozen=True)
class CorrectionFacts:
    """A request for correction.

    Attributes:
        basis: the document that asks for what is missing; empty where the office has recorded none yet.
        due_on: the last day for the answer, itself included.
        place: where the answer goes: office, department, address, and whom to ask.
    """

    scheme: str
    unit: str
    case: str
    applied_on: date
    basis: str
    defects: tuple[ListedDefect, ...]
    due_on: date
    place: str


def correction(facts: CorrectionFacts, issue: Issue) -> LetterContent:
    """The letter that lists every defect of an application at once.

    Raises:
        ValueError: no defect.
    """
    if not facts.defects:
        raise ValueError("a request for correction without a defect")
    opening = say(
        "correction.opening",
        on=on(facts.applied_on),
        scheme=facts.scheme,
        case=facts.case,
        basis=say("correction.basis", basis=facts.basis) if facts.basis else "",
    )
    defects = [say("correction.defect", subject=defect.subject, text=defect.text) for defect in facts.defects]
    closing = say("correction.closing", due=on(facts.due_on), office=issue.self_name, place=facts.place)
    return letter(
        issue,
        "correction",
        facts.unit,
        parts("correction.title", scheme=facts.scheme),
        (Paragraph(opening), *numbered(defects), Paragraph(closing)),
    )
