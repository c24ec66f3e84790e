"""What a condition looked at, with the values of the case: working days by how many, what must be known."""

from datetime import date
from typing import Any

from casework.core.holidays import calendar
from casework.rulebook.explanation_in_words import tell
from rules.decide import decide
from rules.explain import explain
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from tests.rules.desk import USUAL, small_text

TEXT = """
[[fact]]
id = "score"
type = "integer"
title = "评分"
known = true

[[condition]]
id = "in_time"
title = "签订后三十个工作日内申报"
fact = "applied_at"
after = "signed_on"
at_most_workdays = 30
article = "第2条"
"""
POLICY = Policy(load(small_text(TEXT)), calendar=calendar())


def told(lang: str, **facts: Any) -> list[str]:
    decision = decide(POLICY, {**USUAL, **facts}, Position((), None))
    lines = tell(POLICY, explain(POLICY, decision.witness), decision.witness, lang)
    return [line.text for line in lines[:2]]


def test_working_days_are_told_by_how_many() -> None:
    assert told("zh", score=1, signed_on=date(2026, 4, 30)) == [
        "符合“签订后三十个工作日内申报”：申报时间为2026-05-20 10:30；合同签订日期为2026-04-30；"
        "申报时间按时限计为合同签订日期后第 12 个工作日"
        "（休息日按其后的第一个工作日计）。要求：申报时间距合同签订日期不超过 30 个工作日。",
        "“评分”已查明。",
    ]
    assert (
        "application date counts as working day 12 after signing date"
        in told("en", score=1, signed_on=date(2026, 4, 30))[0]
    )


def test_what_can_t_be_counted_or_is_not_known_is_told_as_that() -> None:
    first, second = told("zh", signed_on=None)
    assert "工作日数未知（缺日期，或者有一年的节假日安排尚未公布）" in first
    assert second == "“评分”未查明，按规定须查明后才能核算。"
    assert told("en", signed_on=None)[1] == '"score" is not known, and must be before anything is awarded.'
