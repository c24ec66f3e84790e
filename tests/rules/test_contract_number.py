"""A contract's number is the same however it is written."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import contract_number
from rules.contract_number import may_be_two, number_key


@pytest.mark.parametrize(
    "number",
    [
        "HT 2026-001",
        "ht-2026-001",
        "ＨＴ－２０２６－００１",
        "HT—2026—001",
        "HT–2026–001",
        "HT_2026/001",
        "（HT）2026001",
        "HT-2026-001号",
        "第HT-2026-001号",
        "HT-2026-001 号。",
        "合同编号：HT-2026-001",
        "【合同编号】HT-2026-001号",
        "合同編號：HT-2026-001號",
        "编号HT-2026-001",
        "编号为HT-2026-001",
        "合同号HT-2026-001",
        "合同：HT-2026-001",
        "合同HT-2026-001",
        "合同-HT-2026-001",
        "合同 HT-2026-001",
        "НТ-2026-001",
        "ΗΤ-2026-001",
        "合同нт-2026-001",
        "Nо. ht-2026-001",
        "合同第HT-2026-001号",
        "HT-2026-001号合同",
        "协议书编号：HT-2026-001",
        "No. HT-2026-001",
        "NO：HT-2026-001",
        "No HT-2026-001",
        "№HT-2026-001",
        "ＮＯ．ＨＴ－２０２６－００１",
        "#HT-2026-001",
        "Contract No. HT-2026-001",
        "Contract number: HT-2026-001",
        "合同编号（Contract No.）：HT-2026-001",
    ],
)
def test_one_number_in_many_dresses(number: str) -> None:
    assert number_key(number) == "HT2026001"


def test_other_numbers_stay_others() -> None:
    assert len({number_key(number) for number in ("HT-11", "HT-12", "合同11", "11")}) == 4
    assert number_key("") == number_key("—") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("合同11", "11"),
        ("NOVA-1", "VA-1"),
        ("Nordic-1", "RDIC-1"),
        ("HT-11号楼", "HT-11"),
        ("HT-1号补充协议", "HT-1"),
        ("HT-1-补1", "HT-1"),
        ("深合字第12号", "12"),
        ("深合字第12号", "京合字第12号"),
        ("（2026）深合第3号", "（2025）深合第3号"),
        ("CO-1", "1"),
        ("Contract-1", "1"),
        ("订单号1", "1"),
    ],
)
def test_what_is_part_of_a_number_is_no_label(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


def test_a_label_without_a_number_is_not_everybodys_number() -> None:
    assert number_key("合同编号：") == "合同编号"
    assert number_key("No.") == "NO"


BARE = st.text("0123456789ABCHTXYZ", min_size=1, max_size=12)
SAID = st.text("0123456789ABNOTCaknr第号合同编协议书:： -.#()（）/楼补", max_size=14)


@given(
    BARE, st.sampled_from(("{}号", "第{}号", "编号{}", "合同编号：{}", "No. {}", "NO:{}", "合同编号：第{}号"))
)
def test_whatever_the_number_its_label_is_none_of_it(number: str, dress: str) -> None:
    assert number_key(dress.format(number)) == number_key(number)


@given(BARE, BARE)
def test_two_numbers_are_two_in_every_dress(one: str, other: str) -> None:
    assert (number_key(f"合同编号：{one}号") == number_key(f"No. {other}")) == (one == other)


@given(SAID)
def test_a_cleaned_number_is_clean(number: str) -> None:
    assert number_key(number_key(number)) == number_key(number)


def test_the_examples_hold() -> None:
    assert doctest.testmod(contract_number).failed == 0


@pytest.mark.parametrize("other", ["HT-11-1", "合同编号：HT－11－1号", "ht 11/1"])
def test_figures_that_are_parted_elsewhere_may_be_another_contract(other: str) -> None:
    assert number_key(other) == number_key("HT-1-11") and may_be_two("HT-1-11", other)


@pytest.mark.parametrize(
    "other", ["HT-1-11", "HT 1 11", "HT—1－11", "HT/1/11", "HT1-11", "HT111", "No. HT-1-11", "HT-2-22"]
)
def test_one_contract_is_not_asked_about(other: str) -> None:
    assert not may_be_two("HT-1-11", other)
