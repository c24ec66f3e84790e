"""How a decision can be contested, as every decision must say it: reconsideration within 60 days
(《行政复议法》第二十条), a suit within six months (《行政诉讼法》第四十六条). Authority and court are named,
since where they are not the terms run up to a year (《行政复议法》第二十条, 法释〔2018〕1号第六十四条).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from papers.chinese import say
from papers.letters.letter_content import Paragraph

RECONSIDERATION_DAYS, SUIT_MONTHS = 60, 6


@dataclass(frozen=True)
class Remedies:
    """Where a decision can be contested. The terms are the law's; an office whose basis says otherwise sets
    them.
    """

    reconsideration_at: str
    court: str
    reconsideration_days: int = RECONSIDERATION_DAYS
    suit_months: int = SUIT_MONTHS


def remedies_paragraph(
    remedies: Remedies, kind: Literal["approval", "refusal", "nonacceptance", "recovery", "revocation"]
) -> Paragraph:
    """Where to, and until when; `kind` says what the paper calls itself (本决定书, 本通知)."""
    return Paragraph(
        say(
            "letter.remedies",
            paper=say(f"letter.itself.{kind}"),
            days=remedies.reconsideration_days,
            authority=remedies.reconsideration_at,
            months=remedies.suit_months,
            court=remedies.court,
        )
    )
