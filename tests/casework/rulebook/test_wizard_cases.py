"""The three cases beside a pack that is being written."""

import pytest

from casework.rulebook.shipped_packs import shipped
from casework.rulebook.wizard_cases import asked, made_up, tried
from rules.pack import Pack, load

PACK = load(
    """id = "a"
version = "1"
title = "甲"
document = "示例府规〔2026〕1号"
grade = "A"
in_force = { from = 2026-01-01, until = 2027-01-01, article = "第十条" }
[[condition]]
id = "enough"
title = "合同金额不少于10万元"
fact = "contract_amount"
at_least = "100000.00"
article = "第二条"
[[tier]]
id = "general"
otherwise = true
rate = "0.3"
article = "第三条"
[[cap]]
id = "most"
title = "每份上限"
limit = "1000000.00"
article = "第四条"
"""
)


def test_an_ordinary_case_a_large_one_and_one_that_is_refused() -> None:
    ordinary, large, refused = (tried(PACK, cells, "zh") for cells in made_up(PACK))
    assert (ordinary.status, ordinary.award_fen) == ("awarded", 30_000_000)
    assert (large.status, large.award_fen) == ("awarded", 100_000_000)
    assert (refused.status, refused.award_fen) == ("refused", None)
    assert any("每份上限" in line for line in large.why)
    assert any("合同金额不少于10万元" in line for line in refused.why)


def test_a_value_is_changed_and_the_award_with_it() -> None:
    cells = {"applied_at": "2026-03-01", "contract_amount": "200000.01"}
    assert tried(PACK, cells, "zh").award_fen == 6_000_000
    assert tried(PACK, {**cells, "contract_amount": "99999.99"}, "zh").status == "refused"
    assert tried(PACK, {**cells, "contract_amount": ""}, "zh").status == "blocked"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"contract_amount": "很多"}, "合同金额"),
        ({"applied_at": ""}, "申报时间"),
        ({"applied_at": "2027-01-01"}, "没有"),
    ],
)
def test_what_can_not_be_decided_says_why(changed: dict[str, str], says: str) -> None:
    cells = {"applied_at": "2026-03-01", "contract_amount": "200000.00", **changed}
    found = tried(PACK, cells, "zh")
    assert (found.status, found.award_fen) == ("blocked", None)
    assert says in "".join(found.why)


@pytest.mark.parametrize("pack", shipped(), ids=lambda pack: pack.ref)
def test_every_shipped_pack_has_three_cases_that_can_be_decided(pack: Pack) -> None:
    cases = made_up(pack)
    assert len(cases) == 3
    names = {fact.id for fact in asked(pack)}
    for cells in cases:
        assert set(cells) <= names
        assert tried(pack, cells, "en").why
