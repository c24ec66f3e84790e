"""Ways of reading a rule are told from each other by what is different in them."""

from casework.rulebook.ways_on_paper import ways_apart
from tests.casework.rulebook.test_award_on_paper import texts
from tests.rules.desk import small

OPEN = """
[[stacking]]
id = "in_all"
title = "合计上限"
how = "ceiling"
share = { unset = "share" }
article = "第2条"

[[cap]]
id = "most"
title = "每份上限"
limit = "1000"
article = "第3条"

[[unset]]
id = "share"
type = "rate"
title = "合计比例"
reading = [
    { id = "50", value = "0.5", title = "五成", source = "a" },
    { id = "60", value = "0.6", title = "六成", source = "b" },
]
"""


def test_two_readings_of_one_tier_are_called_by_what_was_read() -> None:
    """Both were told as 按“一般单位”."""
    found = texts(small(OPEN), contract_amount="10000", other_support="100")
    assert (
        found["deducted"].startswith("“合计比例”按“五成”：") and "；“合计比例”按“六成”：" in found["deducted"]
    )
    assert found["open"] == "“合计比例”不影响核定额度"


def test_ways_of_different_tiers_are_called_by_them_and_else_by_both() -> None:
    policy = small(OPEN)
    assert ways_apart(policy, [("甲", ["share=50"]), ("乙", ["share=50"])]) == ["按“甲”", "按“乙”"]
    both = ways_apart(policy, [("甲", ["share=50"]), ("甲", ["share=60"]), ("乙", ["share=50", "share=60"])])
    assert both == [
        "按“甲”、“合计比例”按“五成”",
        "按“甲”、“合计比例”按“六成”",
        "按“乙”、“合计比例”按“五成”或“六成”",
    ]
