"""Yuan under a heading in 万元 are told by `calculate` as an import finds them, by the same measure."""

from pathlib import Path

import pytest

from casework.cases.far_out import LARGE_FEN
from casework.rulebook.shipped_packs import shipped
from casework.without_office.calculation import calculate
from casework.without_office.far_amounts import FarAmounts
from casework.without_office.summary import Summary

HEAD = (
    "申报编号,统一社会信用代码,申请单位,单位类型,成立日期,申报时间,"
    "合同编号,合同签订日期,合同金额（万元）,其他财政资金（元）"
)
BUDGET_FEN = 50_000_000_000


def calculated(folder: Path, *amounts: str) -> Summary:
    rows = [
        f"{at},91440300MA50050230,某公司,企业,2020-03-01,2026-05-20,HT-A{at},2026-04-01,{amount},0"
        for at, amount in enumerate(amounts)
    ]
    source = folder / "cases.csv"
    source.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return calculate(source, folder / "out.csv", shipped(), "shenzhen-training-voucher")


def test_yuan_under_wan_are_told_by_their_heading(tmp_path: Path) -> None:
    told = calculated(tmp_path, "800", "600", "500", "6000000", "700")
    assert told.far_out == {"合同金额（万元）": 1}
    assert told.as_json()["far_out"] == {"合同金额（万元）": 1}


def test_amounts_that_belong_together_are_told_of_nothing(tmp_path: Path) -> None:
    told = calculated(tmp_path, "800", "600", "500", "50000", "700")
    assert (told.far_out, "far_out" in told.as_json()) == ({}, False)


def test_a_few_amounts_are_measured_by_the_years_budget(tmp_path: Path) -> None:
    assert calculated(tmp_path, "50000", "50000").far_out == {}
    assert calculated(tmp_path, "50000", "50000.000001").far_out == {"合同金额（万元）": 1}


@pytest.mark.parametrize(("budget_fen", "most"), [(None, LARGE_FEN), (BUDGET_FEN, BUDGET_FEN)])
def test_each_amount_counts_once_however_it_is_far_out(budget_fen: int | None, most: int) -> None:
    far = FarAmounts({"contract_amount": "金额"})
    for fen in (100_000, 100_000, 100_000, 100_000, 100_000_000, 99_999_999, most + 1):
        far.take({"contract_amount": fen, "other": 1}, budget_fen)
    assert far.found() == {"金额": 2}
    few = FarAmounts({"contract_amount": "金额"})
    few.take({"contract_amount": most}, budget_fen)
    assert few.found() == {}
    few.take({"contract_amount": most + 1}, budget_fen)
    assert few.found() == {"金额": 1}
