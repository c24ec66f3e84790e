"""The issuing sheet (签批单) of a letter: the copy that stays in the house, with who prepared, approved and
issued it, where its issuing stands in the log, and rows for the signature, the seal and the archive. None of
that stands on the letter itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from papers.chinese import on, say
from papers.letters.letter_content import Figures, LetterContent

BY_HAND = ("signed", "sealed", "filed")
"""What is done with ink and a stamp: rows that stand open, so that the sheet is filed complete."""


@dataclass(frozen=True)
class Step:
    """What a person did with it: 经办, 审定 or 印发, on which day, and what was said with it."""

    step: str
    name: str
    on: date
    said: str = ""


@dataclass(frozen=True)
class SheetFacts:
    """A letter from inside.

    Attributes:
        office: the issuing office.
        kind: the kind of letter, 资助通知书.
        number, code, sha256: its number, its code, and the fingerprint of its very bytes.
        unit, case: to whom it goes, and the application's number.
        decision: the decision's number; None for a letter of none.
        steps: in the order of the days.
        log_seq, log_hash: the entry of the log that issued it; None where it is not found.
        issued_on: the day of the letter.
        retention: how long it is kept (保管期限); empty: it is written in by hand.
    """

    office: str
    kind: str
    number: str
    code: str
    sha256: str
    unit: str
    case: str
    decision: int | None
    steps: tuple[Step, ...]
    log_seq: int | None
    log_hash: str
    issued_on: date
    mark: str = ""
    retention: str = ""


def sheet(facts: SheetFacts) -> LetterContent:
    """The sheet, to be drawn as a letter is."""
    rows = [
        ("kind", say(f"letter.kind.{facts.kind}")),
        ("number", facts.number),
        ("unit", facts.unit),
        ("case", facts.case),
    ]
    if facts.decision is not None:
        rows.append(("decision", str(facts.decision)))
    told = [(say(f"sheet.{name}"), text) for name, text in rows]
    told += [(say(f"sheet.{step.step}"), _said(step)) for step in facts.steps]
    told += [(say(f"sheet.{hand}"), _by_hand(hand, facts)) for hand in BY_HAND]
    told += [(say("sheet.code"), facts.code), (say("sheet.fingerprint"), facts.sha256)]
    if facts.log_seq is not None:
        told.append((say("sheet.log"), say("sheet.log_entry", seq=facts.log_seq, hash=facts.log_hash)))
    return LetterContent(
        office=facts.office,
        number=facts.number,
        title=say("sheet.title"),
        addressee=say("sheet.kept"),
        body=(Figures(tuple((pair,) for pair in told)),),
        signed_by=facts.office,
        signed_on=facts.issued_on,
        sealed=False,
        notice=say(f"letter.{facts.mark}") if facts.mark else "",
        subject=say("sheet.title"),
    )


def _by_hand(hand: str, facts: SheetFacts) -> str:
    if hand == "filed" and facts.retention:
        return say("sheet.filed_for", retention=facts.retention)
    return say(f"sheet.by_hand.{hand}")


def _said(step: Step) -> str:
    text = say("sheet.step", name=step.name, on=on(step.on))
    return say("sheet.step_said", text=text, said=step.said) if step.said else text
