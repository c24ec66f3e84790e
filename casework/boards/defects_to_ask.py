"""What an applicant can be asked to correct (补正), proposed from what checking found."""

from collections.abc import Iterable
from typing import NamedTuple

from casework.boards.case_parts import FindingView
from casework.cases.field_table import SAID

PAPER_OF = {"related_party": "relation", "kind": "licence", "threshold": "payment"}
"""The kind of paper that settles a condition that can't be told; any other is asked for as `other`."""


class Proposed(NamedTuple):
    """A defect that nobody has worded yet: a field to look at again, or a kind of paper with what it is to
    show."""

    about: str
    target: str
    evidence: str = ""


def proposed(findings: Iterable[FindingView]) -> list[Proposed]:
    """The papers that would settle what can't be told, and the fields that were upheld as wrong."""
    found = []
    for one in findings:
        if one.state in ("open", "upheld") and one.outcome == "unknown" and one.other:
            condition = one.code.partition(".")[2]
            found.append(Proposed("paper", PAPER_OF.get(condition, "other"), one.other))
        elif one.state == "upheld" and one.about == "field" and one.other in SAID:
            found.append(Proposed("field", one.other))
    return found
