"""What a test asks for, as a part of a sentence, in both languages."""

import pytest

from casework.rulebook.tests_in_words import Names, percent
from rules.facts import STANDARD
from rules.faults import Reader
from rules.parts import BASE_FACT
from rules.predicate_text import read_predicate
from tests.rules.desk import small
from tests.rules.test_cost_lines import COSTS

PACK = small(COSTS, 'rate = "0.5"', "lines = true").pack
KNOWN = {**STANDARD, "base": BASE_FACT, **PACK.facts, "eligible": STANDARD["contract_amount"]}


@pytest.mark.parametrize(
    ("test", "zh", "en"),
    [
        (
            {"fact": "applied_at", "after": "signed_on", "at_most_workdays": 5},
            "申报时间距合同签订日期不超过 5 个工作日",
            "application date at most 5 working days after signing date",
        ),
        (
            {"fact": "applied_at", "after": "signed_on", "less_than_days": 1},
            "申报时间距合同签订日期不满 1 天",
            "application date less than 1 day after signing date",
        ),
        (
            {"fact": "applied_at", "after": "founded_on", "at_least_months": 12},
            "申报时间距成立日期满 12 个月",
            "application date at least 12 months after founding date",
        ),
        (
            {"fact": "applied_at", "at_most": {"fact": "ends_on", "by": "day"}},
            "申报时间不高于 服务结束日期（按日）",
            "application date at most end of service (by day)",
        ),
        (
            {"fact": "ends_on", "at_least": {"fact": "applied_at", "at": "17:00"}},
            "服务结束日期17:00 时不低于 申报时间",
            "end of service at 17:00 at least application date",
        ),
        ({"fact": "founded_on", "known": True}, "成立日期须已查明", "founding date is known"),
        (
            {"fact": "base", "at_least": "50000.00"},
            "核定基数不低于 50,000.00 元",
            "the base at least 50,000.00 yuan",
        ),
        (
            {"fact": "eligible", "above": "0"},
            "合格费用（research＋computing－refunded）高于 0.00 元",
            "eligible (research + computing − refunded) above 0.00 yuan",
        ),
    ],
)
def test_what_is_asked_for(test: dict[str, object], zh: str, en: str) -> None:
    reader = Reader({})
    read = read_predicate(reader, test, (), KNOWN)
    assert read is not None and not reader.faults
    assert Names(PACK, "zh", {}).test(read) == zh
    assert Names(PACK, "en", {}).test(read) == en


def test_a_rate_is_a_percentage() -> None:
    assert [percent(rate) for rate in (600_000, 333_333, 0, 5_000)] == ["60%", "33.3333%", "0%", "0.5%"]
