"""What is proposed to be corrected: papers for what can't be told, fields that were upheld as wrong."""

import datetime

from casework.boards.case_parts import FindingView
from casework.boards.defects_to_ask import PAPER_OF, Proposed, proposed
from casework.cases.paper_kinds import KINDS


def finding(code: str, outcome: str | None, about: str, other: str, state: str = "open") -> FindingView:
    at = datetime.datetime(2026, 5, 20, tzinfo=datetime.UTC)
    return FindingView(1, code, outcome, about, other, state, 1, at, "", None, None, "informs", True)


def test_what_can_not_be_told_is_asked_for_by_its_paper() -> None:
    found = [
        finding("condition.related_party", "unknown", "field", "关联关系声明"),
        finding("condition.own", "unknown", "field", "说明"),
        finding("condition.kind", "pass", "field", "执照"),
        finding("condition.threshold", "unknown", "field", "发票", state="cleared"),
    ]
    assert proposed(found) == [
        Proposed("paper", "relation", "关联关系声明"),
        Proposed("paper", "other", "说明"),
    ]
    assert set(PAPER_OF.values()) <= set(KINDS)


def test_a_field_is_asked_for_once_somebody_upheld_the_finding() -> None:
    odd = finding("signed_before_founding", None, "field", "signed_on")
    assert proposed([odd]) == []
    assert proposed([odd._replace(state="upheld")]) == [Proposed("field", "signed_on")]
    assert proposed([odd._replace(state="upheld", about="provider", other="湾畔云")]) == []
