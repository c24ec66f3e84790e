"""An amount as people type it: what `money.parse` reads, and sums in which units keep their meaning."""

import pytest

from casework.cases.typed_amounts import is_sum, read_amount
from rules import money
from rules.facts import FactError


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("8000000", 800_000_000),
        ("2亿", 20_000_000_000),
        ("１２０万元", 120_000_000),
        ("壹佰贰拾万元整", 120_000_000),
        ("1.2万+3000", 1_500_000),
        ("１．２万＋３，０００", 1_500_000),
        ("=12*800", 960_000),
        ("=(1+2)*3万", 9_000_000),
        ("=9万/3-1元", 2_999_900),
        ("100+200+300", 60_000),
    ],
)
def test_what_people_type(text: str, fen: int) -> None:
    assert read_amount(text) == fen


def test_a_bare_number_counts_in_the_fields_unit_and_a_named_one_in_its_own() -> None:
    assert read_amount("5", money.WAN_FEN) == 5_000_000
    assert read_amount("5+3元", money.WAN_FEN) == 5_000_300
    assert read_amount("=2*5", money.WAN_FEN) == 10_000_000


@pytest.mark.parametrize(
    ("text", "code", "why"),
    [
        ("", "amount", "empty"),
        ("很多", "amount", "letter"),
        ("-5", "amount", "sign"),
        ("+5", "amount", "sign"),
        ("200-100", "amount", "letter"),
        ("2026-05-06", "amount", "letter"),
        ("=10/3", "sum", ""),
        ("=1-2", "sum", ""),
        ("=1/0", "sum", ""),
        ("1234,567", "amount", "comma"),
        ("=1234,567", "sum", ""),
        ("=12,34", "sum", ""),
        ("=1,234567", "sum", ""),
        ("=3万*2万", "sum", ""),
        ("=6/3万", "sum", ""),
        ("1+很多", "sum", ""),
        ("1+2)", "sum", ""),
        ("=" + "(" * 900, "sum", ""),
        ("9亿+99999999亿", "sum", ""),
    ],
)
def test_what_is_none_is_refused_with_its_reason(text: str, code: str, why: str) -> None:
    with pytest.raises(FactError) as caught:
        read_amount(text)
    assert (caught.value.code, caught.value.why) == (code, why)


def test_a_range_or_a_day_is_no_sum() -> None:
    assert is_sum("1+2") and is_sum("=1")
    assert not is_sum("1-2") and not is_sum("2026-05-06") and not is_sum("+1") and not is_sum("12")
