"""What every letter shares, whatever it says: who issues it, under which number, how it can be verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from papers.chinese import say
from papers.letters.letter_content import Block, LetterContent


@dataclass(frozen=True)
class Issue:
    """The issuing of one letter.

    Attributes:
        office: the office's full name; it stands on top and signs.
        number: the document number, like 深科创券〔2026〕1号.
        signed_on: the date of the letter.
        self_name: how the office calls itself in the text, 我局 or 我委.
        verification_code: unique to this letter; empty for none.
        ask_at: where the code can be asked about: a page, an address, a telephone number.
        contact: a line for questions, in brackets below the date; empty for none.
        disclosure: 公开属性, like 依申请公开; empty where the office says none.
        copies_to: who gets a copy.
        sealed: whether a seal will stand over signature and date.
        mark: what it says on every page, `demonstration` or `known_passwords`; empty for nothing.
    """

    office: str
    number: str
    signed_on: date
    self_name: str = "我局"
    verification_code: str = ""
    ask_at: str = ""
    contact: str = ""
    disclosure: str = ""
    copies_to: tuple[str, ...] = ()
    sealed: bool = True
    mark: str = ""


def letter(
    issue: Issue,
    kind: str,
    addressee: str,
    title: Sequence[str],
    body: tuple[Block, ...],
    attachments: tuple[str, ...] = (),
) -> LetterContent:
    """A letter of this kind (the name of a code `letter.kind.…`) with what all letters carry."""
    return LetterContent(
        office=issue.office,
        number=issue.number,
        title="".join(title),
        title_parts=tuple(title),
        addressee=addressee,
        body=body,
        signed_by=issue.office,
        signed_on=issue.signed_on,
        sealed=issue.sealed,
        attachments=attachments,
        note=issue.contact,
        disclosure=issue.disclosure,
        copies_to=issue.copies_to,
        verification_code=issue.verification_code,
        verification_lines=_verification(issue),
        notice=say(f"letter.{issue.mark}") if issue.mark else "",
        subject=say(f"letter.kind.{kind}"),
    )


def _verification(issue: Issue) -> tuple[str, ...]:
    if not issue.verification_code:
        return ()
    lines = [say("letter.verification_code", code=issue.verification_code)]
    if issue.ask_at:
        lines.append(say("letter.ask_at", place=issue.ask_at))
    return tuple(lines)
