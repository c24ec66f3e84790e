"""One line of an answer: what a bank says has become of one payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """``outcome`` is what the bank's word means, empty where the word is not known. ``amount_fen`` is what
    was asked to be paid, ``done_fen`` what was, where the answer tells it; None: it does not say, or not
    readably. ``account`` is empty where its digits were lost.
    """

    file: str
    row: int
    ref: str
    account: str
    payee: str
    amount_fen: int | None
    purpose: str
    status: str
    outcome: str
    on: date | None
    flow: str
    reason: str
    done_fen: int | None = None
