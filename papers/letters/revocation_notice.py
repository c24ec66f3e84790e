"""The decision that revokes an award (撤销资助决定书): fact, basis, what follows, remedies."""

from __future__ import annotations

from dataclasses import dataclass

from papers.chinese import parts, say
from papers.letters.letter_content import LetterContent, Paragraph
from papers.letters.letter_issue import Issue, letter
from papers.letters.remedies import Remedies, remedies_paragraph


@dataclass(frozen=True)
class RevocationFacts:
    """A revoked award. Amounts in integer fen.

    Attributes:
        award_number: the number of the letter that told of the award; empty where none was issued.
        voucher: the voucher's code; empty where none was issued.
        reason: what was found, without full stop, and `basis` the document and article it breaks.
        award_fen, used_fen: the award, and what of it has been paid out already.
    """

    scheme: str
    unit: str
    case: str
    award_number: str
    voucher: str
    reason: str
    basis: str
    award_fen: int
    used_fen: int
    remedies: Remedies


def revocation(facts: RevocationFacts, issue: Issue) -> LetterContent:
    """The letter that tells a unit that its award is revoked."""
    number = say("revocation.number", number=facts.award_number) if facts.award_number else ""
    found = say(
        "revocation.opening",
        scheme=facts.scheme,
        case=facts.case,
        award_fen=facts.award_fen,
        number=number,
        reason=facts.reason.rstrip("。.；; "),
        basis=facts.basis,
        office=issue.self_name,
    )
    after = say("revocation.voucher", voucher=facts.voucher) if facts.voucher else ""
    if facts.used_fen:
        after += say("revocation.paid", used_fen=facts.used_fen, office=issue.self_name)
    return letter(
        issue,
        "revocation",
        facts.unit,
        parts("revocation.title", scheme=facts.scheme),
        (
            Paragraph(found),
            *((Paragraph(after),) if after else ()),
            remedies_paragraph(facts.remedies, "revocation"),
        ),
    )
