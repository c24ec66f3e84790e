"""Other support counts as stated or as its levels add up, whichever is larger: at every door."""

from pathlib import Path
from typing import Any

import pytest

from casework.award import precheck
from casework.cases.other_support import by_level, counted, differs
from casework.review import checking
from casework.without_office.calculation import Calculation
from models import Finding
from rules.pack import load
from tests.casework.award.test_precheck import facts
from tests.casework.desk import Desk
from tests.casework.portal_rows import ROW, bring_in
from tests.rules import round_packs

TEN, THREE = 1_000_000_000, 300_000_000
"""A contract of 10,000,000, of which the district has given 3,000,000: 2,000,000 are left."""


def found(desk: Desk) -> list[str]:
    return [one.code for one in desk.rows(Finding) if one.state == "open"]


@pytest.mark.parametrize(
    ("said", "counts", "odd"),
    [
        ({}, None, False),
        ({"other_support": 5}, 5, False),
        ({"other_district": 3}, 3, False),
        ({"other_district": 3, "other_city": 4}, 7, False),
        ({"other_support": 0, "other_district": 3}, 3, True),
        ({"other_support": 9, "other_district": 3}, 9, True),
        ({"other_support": 3, "other_district": 3, "other_city": 0}, 3, False),
        ({"other_support": None, "other_district": 0}, None, False),
    ],
)
def test_the_larger_counts_and_a_difference_is_odd(
    said: dict[str, Any], counts: int | None, odd: bool
) -> None:
    assert (counted(said), differs(said)) == (counts, odd)
    assert by_level(said) == sum(said.get(name) or 0 for name in ("other_district", "other_city"))


def test_at_the_counter(desk: Desk) -> None:
    case = desk.submit(contract_amount=TEN, other_district=THREE)
    assert found(desk) == []
    assert (desk.decide(case).award_fen, desk.decision(case).binding) == (200_000_000, "other_support")


def test_verified(desk: Desk) -> None:
    case = desk.submit(contract_amount=TEN)
    checking.verify_facts(desk.office, "officer", case, {"other_district": THREE}, "区级台账")
    assert desk.decide(case).award_fen == 200_000_000


def test_a_stated_sum_below_its_levels(desk: Desk) -> None:
    case = desk.submit(contract_amount=TEN, other_support=100_000_000, other_district=THREE)
    assert found(desk) == ["support_differs"]
    checking.check(desk.office, "officer", case)
    assert "support_differs" in found(desk)
    assert desk.decide(case).award_fen == 200_000_000


@pytest.mark.parametrize("total", ["", "0", "0.00"])
def test_imported_with_a_sum_that_is_blank_or_nothing(desk: Desk, tmp_path: Path, total: str) -> None:
    row = {"合同金额（元）": "10000000", "其他财政支持合计（元）": total, "区级财政资金（元）": "3000000"}
    done = bring_in(desk, tmp_path, row)
    assert (done.accepted, done.unknown) == (1, ())
    assert ("support_differs" in found(desk)) == bool(total)
    assert desk.decide(ROW["申报编号"]).award_fen == 200_000_000


def test_the_pre_check_says_the_same(desk: Desk) -> None:
    said = precheck.precheck(
        desk.office, "shenzhen-training-voucher", facts(contract_amount=TEN, other_city=THREE)
    )
    assert said.decision is not None and said.decision.award_fen == 200_000_000


STACKED = """
[[fact]]
id = "other_district"
type = "money"
title = "区级资金"

[[stacking]]
id = "other_support"
how = "ceiling"
facts = ["other_support"]
of = "contract_amount"
share = "0.5"
article = "七"
"""


def test_calculate_knows_the_sum_alone_unless_the_pack_declares_levels() -> None:
    headings = ["case", "applied_at", "applicant", "contract_amount", "other_support", "other_district"]
    row = ["1", "2026-05-06", "a", "1000000.00", "100000.00", "300000.00"]
    awards = []
    for more in (STACKED, STACKED[STACKED.index("[[stacking]]") :]):
        pack = load(round_packs.pack_text('exceeded = "rest"', cap="900000.00", more=more))
        calculation = Calculation(headings, [pack], pack.id)
        awards.append(dict(zip(calculation.headings, calculation.row(row), strict=True))["award"])
    assert awards == ["200000.00", "400000.00"]
