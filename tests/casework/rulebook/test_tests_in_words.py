"""What a test asks for, as a part of a sentence, in both languages."""

import re
from datetime import date, datetime

import pytest

from casework.rulebook.tests_in_words import Names, key_called, percent
from rules.facts import STANDARD
from rules.faults import Reader
from rules.parts import BASE_FACT
from rules.predicate import APART, COMPARE
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
            "申报时间不晚于服务结束日期（按日）",
            "application date not after end of service (by day)",
        ),
        (
            {"fact": "ends_on", "at_least": {"fact": "applied_at", "at": "17:00"}},
            "服务结束日期当日 17:00 不早于申报时间",
            "end of service at 17:00 not before application date",
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


def test_days_are_early_and_late_and_amounts_low_and_high() -> None:
    day = Names(PACK, "zh", {})
    for op, said in (("at_least", "不早于"), ("at_most", "不晚于"), ("above", "晚于"), ("below", "早于")):
        test = read_predicate(Reader({}), {"fact": "founded_on", op: date(2026, 1, 2)}, (), KNOWN)
        assert test is not None and day.test(test) == f"成立日期{said} 2026-01-02"
    test = read_predicate(Reader({}), {"fact": "founded_on", "at_most": {"fact": "signed_on"}}, (), KNOWN)
    assert test is not None and day.test(test) == "成立日期不晚于合同签订日期"


def test_what_joins_tests_within_a_joint_stands_in_brackets_and_what_is_given_is_told() -> None:
    given, lacks = ({"fact": "founded_on", "given": answer} for answer in (True, False))
    both = {"all": [given, {"fact": "applied_at", "at_most": datetime(2026, 12, 31, 17, 0, 5)}]}
    test = read_predicate(Reader({}), {"any": [both, {"not": lacks}]}, (), KNOWN)
    assert test is not None
    assert Names(PACK, "zh", {}).test(test) == (
        "（已填写成立日期，并且申报时间不晚于 2026-12-31 17:00:05），或者不符合：未填写成立日期"
    )
    assert Names(PACK, "en", {}).test(test) == (
        "(founding date is given, and application date not after 2026-12-31 17:00:05), or not: "
        "founding date is not given"
    )


def test_every_key_that_may_rest_on_another_source_has_its_words() -> None:
    keys = {
        "applies_when", "round_window", "evidence", "when", "otherwise", "priority", "rate", "fixed", "bands",
        "lines", "up_to", "fact", "tier_rate", "limit", "unit", "mode", "on", "at_least", "how", "applies",
        "facts", "share", "of", "tier_share", "per", "before", "tiers", "tier_limit", "counts", "overrun",
        "price", "amount", "key", "order", "exceeded", "rank_by", "unfit", "residual", "carry_over",
        "share_mode", "above_request", "blocked", "odd", "all", "any", "not", "given", "known", "from",
        "until", "after", "base", "line", "step", "ceiling", "end", *COMPARE, *APART,
    }  # fmt: skip
    assert [key for key in sorted(keys) if not re.search("[\u4e00-\u9fff]", key_called(key, "zh"))] == []
    assert key_called("no_such_key", "zh") == "no_such_key"


def test_a_sum_of_counts_is_priced_as_a_whole() -> None:
    """“卡时＋备用卡时 × 单价” priced the last count alone, to who read it on the paper to sign."""
    counts = "".join(
        f'\n[[fact]]\nid = "{name}"\ntype = "integer"\ntitle = "{title}"\n'
        for name, title in (("hours", "卡时"), ("spare", "备用卡时"))
    )
    worth = '\n[[sum]]\nid = "worth"\ntitle = "折算金额"\nof = ["hours", "spare"]\nprice = "12.50"\n'
    pack = small(counts + worth + '\n[base]\nfact = "worth"\narticle = "a"\n').pack
    assert Names(pack, "zh", {}).fact("worth").endswith("（卡时＋备用卡时，每个单价 12.50 元）")
