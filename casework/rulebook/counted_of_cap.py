"""What counted as used of a cap when a case was decided, as letters tell it apart: what was awarded before,
what was only held for blocked cases, and, of a budget that is shared out, what others of the same round asked
for: no share was there yet. Papers are Chinese.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from papers.chinese import say


class Counted(NamedTuple):
    """What counted as used of one cap and was not awarded before, in fen."""

    held_fen: int = 0
    asked_fen: int = 0


NOTHING_BUT_AWARDS: Mapping[str, Counted] = MappingProxyType({})
"""By the cap's id; of a cap that is not named all that counted was awarded."""


class Before(NamedTuple):
    """All that counted as used of a cap, in fen, by what it was."""

    awarded_fen: int
    held_fen: int
    asked_fen: int

    @property
    def is_awarded(self) -> bool:
        """Whether all of it was awarded before."""
        return not self.held_fen and not self.asked_fen

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Those that there are, by name."""
        named = zip(("used", "held", "asked"), self, strict=True)
        return tuple((name, fen) for name, fen in named if fen)

    def called(self, declared_fen: int) -> str:
        """The parts by name, with what the applicant declared as awarded before: what a sum of them is of."""
        all_of_it = self._replace(awarded_fen=self.awarded_fen + declared_fen)
        return say("award.and").join(say(f"counted.{name}") for name, _ in all_of_it.parts)


def before(used_fen: int, counted: Counted | None) -> Before:
    """What counted as used of a cap, told apart."""
    held, asked = counted or Counted()
    held = min(used_fen, held)
    asked = min(used_fen - held, asked)
    return Before(used_fen - held - asked, held, asked)
