"""Costs by kind: each line at its own rate, rounded and limited by itself, and added up."""

import pytest

from rules.explain import explain
from rules.money import parse
from rules.position import Position
from tests.rules.desk import decided, facts, small

RATE = 'rate = "0.5"'
COSTS = """
[[fact]]
id = "research"
type = "money"

[[fact]]
id = "computing"
type = "money"
default = 0

[[fact]]
id = "refunded"
type = "money"
default = 0

[[sum]]
id = "eligible"
title = "合格费用"
of = ["research", "computing", "-refunded"]

[[line]]
id = "research_line"
fact = "research"
rate = "0.4"
unit = "1.00"
mode = "half_up"
article = "第2条"

[[line]]
id = "computing_line"
fact = "computing"
rate = "0.6"
tier_rate = { young = "0.7" }
limit = "5000.00"
article = "第3条"

[[tier]]
id = "young"
when = { fact = "applied_at", after = "founded_on", less_than_days = 365 }
lines = true
article = "第4条"
"""
PACK = small(COSTS, RATE, 'lines = ["research_line", "computing_line"]')


@pytest.mark.parametrize(
    ("research", "computing", "award"),
    [
        ("123.44", "0", "49.00"),  # 49.376 to the yuan
        ("123.75", "0", "50.00"),  # 49.50: half up
        ("0", "8333.33", "4999.99"),  # 4999.998 cut to the fen
        ("0", "8333.34", "5000.00"),  # 5000.004, and the limit
        ("0", "9000.00", "5000.00"),
        ("1000.00", "1000.00", "1000.00"),
    ],
)
def test_each_line_is_rounded_and_limited_before_they_are_added(
    research: str, computing: str, award: str
) -> None:
    decision = decided(PACK, left=None, research=parse(research), computing=parse(computing))
    assert decision.award_fen == parse(award)
    assert decision.base_fen == parse(research) + parse(computing)
    assert decision.rate == "" and decision.binding == "rate"


def test_a_tier_has_its_own_rate_of_a_line() -> None:
    assert decided(PACK, left=None, research=0, computing=parse("1000")).award_fen == parse("600")
    day = facts()["applied_at"].date()
    young = decided(PACK, left=None, research=0, computing=parse("1000"), founded_on=day)
    assert (young.tier, young.award_fen) == ("young", parse("700"))


def test_each_line_is_told_with_its_article() -> None:
    decision = decided(PACK, left=None, research=parse("123.44"), computing=parse("9000"))
    lines = [line for line in explain(PACK, decision.witness) if line.code in ("base", "line", "lines")]
    assert [(line.code, line.rule, line.figures, line.article) for line in lines] == [
        ("base", "", (parse("9123.44"),), ""),
        ("line", "research_line", (12344, 400_000, 4900, 4900), "某规〔2026〕1号 第2条"),
        ("line", "computing_line", (900_000, 600_000, 540_000, 500_000), "某规〔2026〕1号 第3条"),
        ("lines", "general", (504_900,), "某规〔2026〕1号 第1条"),
    ]


def test_a_line_that_is_not_known_blocks() -> None:
    decision = decided(PACK, left=None, research=None)
    assert (decision.status, decision.reasons) == ("blocked", ("research",))


def test_the_same_sum_is_asked_for_by_conditions_floors_and_ceilings() -> None:
    text = COSTS + """
[[condition]]
id = "enough"
title = "合格费用不少于一千元"
fact = "eligible"
at_least = "1000.00"
article = "第5条"

[[floor]]
id = "least"
on = "eligible"
at_least = "1200.00"
how = "refuse"
article = "第6条"

[[stacking]]
id = "in_all"
how = "ceiling"
share = "0.5"
of = ["eligible"]
article = "第7条"
"""  # fmt: skip
    pack = small(text, RATE, "lines = true")

    def said(research: str, refunded: str, other: str = "0") -> tuple[str, str, int | None]:
        one = decided(
            pack, left=None, research=parse(research), refunded=parse(refunded), other_support=other
        )
        return one.status, one.binding or ";".join(one.reasons), one.award_fen

    assert said("1000.00", "0.01") == ("refused", "enough", None)
    assert said("1199.99", "0") == ("refused", "least", None)
    assert said("1300.00", "100.00") == ("awarded", "rate", parse("520"))
    assert said("1300.00", "100.00", "100") == ("awarded", "in_all", parse("500"))
    blank = decided(pack, left=None, research=None)
    assert (blank.status, blank.reasons) == ("blocked", ("enough",))


def test_a_ceiling_may_mean_the_base_itself() -> None:
    more = '\n[[stacking]]\nid = "s"\nhow = "ceiling"\nshare = "0.4"\nof = "base"\narticle = "a"\n'
    pack = small(COSTS + more, RATE, "lines = true")
    one = decided(pack, left=None, research=parse("1000"), computing=parse("1000"), other_support="1")
    assert (one.award_fen, one.binding) == (parse("799"), "s")


def test_a_sum_that_comes_below_nothing_is_nothing() -> None:
    base = '\n[base]\nfact = "eligible"\narticle = "b"\n'
    only = COSTS[: COSTS.index("[[line]]")]
    pack = small(only + base)
    assert decided(pack, left=None, research=100, refunded=101).reasons == ("rate",)
    assert decided(pack, left=None, research=301, refunded=101).award_fen == 100
    assert decided(pack, left=None, research=None, refunded=1).reasons == ("research",)


def test_the_counters_still_bind() -> None:
    cap = '\n[[cap]]\nid = "c"\nlimit = "600.00"\nper = ["applicant", "year"]\narticle = "a"\n'
    pack = small(COSTS + cap, RATE, "lines = true")
    one = decided(pack, used="100", left=None, research=parse("2000"))
    assert (one.award_fen, one.binding) == (parse("500"), "c")
    assert one.witness.used == Position((parse("100"),), None).used
