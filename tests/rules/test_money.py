"""Money: what people write is read to the fen or refused, and capitals say what the figures say."""

import doctest
import random
import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import money
from rules.money import CAPITAL_LIMIT_FEN, LIMIT_FEN, WAN_FEN, YI_FEN, YUAN_FEN, MoneyError

AMOUNTS = st.integers(0, LIMIT_FEN) | st.integers(0, 10**7)


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(money)
    assert result.attempted > 10
    assert result.failed == 0


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("8000000.00", 800_000_000),
        ("500000", 50_000_000),
        ("8,000,000.00", 800_000_000),
        ("0", 0),
        ("0.00", 0),
        ("0.01", 1),
        ("0.29", 29),
        ("0.5", 50),
        ("499999.99", 49_999_999),
        ("16666666.67", 1_666_666_667),
        ("1,234", 123_400),
        ("1,234.5", 123_450),
        ("￥8,000,000.00", 800_000_000),
        ("¥ 12.30", 1230),
        ("人民币12.30元", 1230),
        ("8，000，000．00", 800_000_000),
        ("８００００００．５０元", 800_000_050),
        ("\u00a0500000.00\u00a0", 50_000_000),
        ("\u3000500000\t", 50_000_000),
        ("\ufeff500000\u200b", 50_000_000),
        ("500000圆", 50_000_000),
        ("500000元整", 50_000_000),
        ("50万元", 50_000_000),
        ("50 万元", 50_000_000),
        ("50万", 50_000_000),
        ("50.000001万元", 50_000_001),
        ("0.0000000001亿元", 1),
        ("5亿", 50_000_000_000),
        ("1,234.5万元", 1_234_500_000),
        ("007.50", 750),
        ("10000000000000.00", LIMIT_FEN),
    ],
)
def test_what_people_write_is_read(text: str, fen: int) -> None:
    assert money.parse(text) == fen


@pytest.mark.parametrize(
    ("text", "unit_fen", "fen"),
    [
        ("800", WAN_FEN, 800_000_000),
        ("800.00", WAN_FEN, 800_000_000),
        ("50.005", WAN_FEN, 50_005_000),
        ("0.000001", WAN_FEN, 1),
        ("5", YI_FEN, 50_000_000_000),
        ("800万元", YUAN_FEN, 800_000_000),
        ("8000000元", WAN_FEN, 800_000_000),
        ("0.08亿元", WAN_FEN, 800_000_000),
    ],
)
def test_the_heading_gives_the_unit_unless_the_cell_does(text: str, unit_fen: int, fen: int) -> None:
    assert money.parse(text, unit_fen) == fen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \u00a0", "empty"),
        ("-5", "sign"),
        ("+5", "sign"),
        ("－5.00", "sign"),
        ("−5.00", "sign"),
        ("￥-5", "sign"),
        ("-5.00万元", "sign"),
        ("1e5", "exponent"),
        ("8E+6", "exponent"),
        ("1.5e-3", "exponent"),
        ("1.2.3", "points"),
        ("1..2", "points"),
        ("1.005", "decimals"),
        ("1.000", "decimals"),
        ("0.0000001万元", "decimals"),
        ("1,23", "comma"),
        ("12,34,567", "comma"),
        ("1234,567", "comma"),
        ("1,234,56.00", "comma"),
        (",123", "comma"),
        ("1,,234", "comma"),
        ("1,234.5,6", "comma"),
        ("1,234,", "comma"),
        (".5", "number"),
        ("5.", "number"),
        (".", "number"),
        ("abc", "letter"),
        ("五十万元", "letter"),
        ("500000 yuan", "letter"),
        ("5O0000", "letter"),
        ("(5.00)", "letter"),
        ("1 000.00", "letter"),
        ("10²", "letter"),
        ("①", "letter"),
        ("٣", "letter"),
        ("𝟏𝟐", "letter"),
        ("1_000", "letter"),
        ("NaN", "letter"),
        ("Infinity", "letter"),
        ("元", "letter"),
        ("￥", "letter"),
        ("50元万", "letter"),
        ("10000000000000.01", "limit"),
        ("99999999999999999999999", "limit"),
        ("9" * 5000, "limit"),
    ],
)
def test_what_would_need_a_guess_is_refused(text: str, code: str) -> None:
    with pytest.raises(MoneyError) as caught:
        money.parse(text)
    assert caught.value.code == code
    assert caught.value.text == text


def test_a_yuan_sign_under_another_unit_is_refused() -> None:
    for text in ("￥50", "人民币50"):
        with pytest.raises(MoneyError) as caught:
            money.parse(text, WAN_FEN)
        assert caught.value.code == "unit"
    assert money.parse("￥50万", WAN_FEN) == 50_000_000


@given(AMOUNTS)
def test_every_way_of_writing_an_amount_reads_the_same(fen: int) -> None:
    plain, said = money.yuan(fen), money.grouped(fen)
    full_width = said.translate({code - 0xFEE0: code for code in range(0xFF01, 0xFF5F)})
    for text in (plain, said, full_width, f"￥{said}", f"{plain}元", f"\u00a0{said}\u00a0"):
        assert money.parse(text) == fen
    whole, part = divmod(fen, WAN_FEN)
    assert money.parse(f"{whole}.{part:06d}", WAN_FEN) == fen
    assert money.parse(f"{whole:,}.{part:06d}万元") == fen


@given(st.text(alphabet="0123456789.,，．￥¥元圆万亿整-+eE \u00a0８", max_size=24))
def test_a_text_is_exactly_its_decimal_or_refused(text: str) -> None:
    try:
        fen = money.parse(text)
    except MoneyError:
        return
    plain = text.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    unit = 10**8 if "亿" in plain else 10**4 if "万" in plain else 1
    number = Decimal("".join(re.findall(r"[0-9.]", plain)))
    assert Decimal(fen) == number * unit * 100


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_money_error(text: str) -> None:
    try:
        assert 0 <= money.parse(text) <= LIMIT_FEN
    except MoneyError as error:
        assert error.code


def test_amounts_below_zero_are_written_with_their_sign() -> None:
    assert money.yuan(-123450) == "-1234.50"
    assert money.grouped(-100000001) == "-1,000,000.01"


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (53, "伍角叁分"),
        (1000, "壹拾元整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (168032, "壹仟陆佰捌拾元零叁角贰分"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (25_000_000, "贰拾伍万元整"),
        (800_000_000, "捌佰万元整"),
        (1_000_000_000, "壹仟万元整"),
        (1_666_666_667, "壹仟陆佰陆拾陆万陆仟陆佰陆拾陆元陆角柒分"),
        (10_000_600_000, "壹亿零陆仟元整"),
        (10_010_000_000, "壹亿零壹拾万元整"),
        (11_000_000_000, "壹亿壹仟万元整"),
        (10_000_000_001, "壹亿元零壹分"),
        (10_001_000_100, "壹亿零壹万零壹元整"),
        (100_000_000_000_100, "壹万亿零壹元整"),
        (100_001_000_000_000, "壹万亿零壹仟万元整"),
        (CAPITAL_LIMIT_FEN, "壹佰万亿元整"),
        (CAPITAL_LIMIT_FEN - 1, "玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_follow_the_rules_of_the_bank(fen: int, said: str) -> None:
    assert money.capital(fen) == said
    assert money.from_capital(said) == fen


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("壹仟陆佰捌拾元叁角贰分", 168032),
        ("壹拾万零柒仟元伍角叁分", 10700053),
        ("壹拾万零柒仟元零伍角叁分", 10700053),
        ("人民币壹仟肆佰零玖元伍角", 140950),
        ("貳拾伍萬圓正", 25_000_000),
        ("陸角整", 60),
    ],
)
def test_other_allowed_capitals_are_read(said: str, fen: int) -> None:
    assert money.from_capital(said) == fen


@pytest.mark.parametrize(
    "said",
    [
        "",
        "零",
        "整",
        "壹佰贰元整",  # 102 or 120
        "壹佰零零贰元整",
        "拾元整",
        "壹仟元",
        "壹元贰分",
        "壹元零贰分整",
        "壹亿陆仟元整",
        "一百元整",
        "贰佰壹仟元整",
        "壹万壹万元整",
        "壹元整元整",
        "壹元伍角零叁分",
        "负壹元整",
        "壹佰万亿元零壹分",
    ],
)
def test_capitals_that_the_rules_do_not_allow_are_refused(said: str) -> None:
    with pytest.raises(MoneyError) as caught:
        money.from_capital(said)
    assert caught.value.code == "capital"


@given(st.text(alphabet="零壹贰伍玖拾佰仟万亿元角分整", max_size=14))
def test_whatever_is_read_from_capitals_is_one_amount(said: str) -> None:
    try:
        fen = money.from_capital(said)
    except MoneyError:
        return
    without_zeros = money.capital(fen).replace("零", "")
    assert said.replace("零", "").rstrip("整") == without_zeros.rstrip("整")


def test_capitals_have_their_bounds() -> None:
    for fen, code in ((-1, "sign"), (CAPITAL_LIMIT_FEN + 1, "limit")):
        with pytest.raises(MoneyError) as caught:
            money.capital(fen)
        assert caught.value.code == code


def edges() -> list[int]:
    """Amounts where a 零 or a unit may go wrong: digits beside zeros at every place."""
    near = {10**power + step for power in range(17) for step in range(-11, 12)}
    digits = [digit * 10**power for power in range(16) for digit in (0, 1, 9, 10)]
    near |= {first + second for first in digits for second in digits}
    return sorted(fen for fen in near if 0 <= fen <= CAPITAL_LIMIT_FEN)


def round_trip(count: int) -> None:
    chance = random.Random(20261120)
    values = edges()
    values += range(20_000)
    while len(values) < count:
        digits = chance.randint(1, 16)
        fen = chance.randrange(10**digits)
        if chance.random() < 0.5:  # amounts with many zeros are where capitals go wrong
            fen = int("".join(digit if chance.random() < 0.4 else "0" for digit in str(fen)))
        values.append(fen)
    said_by: dict[str, int] = {}
    for fen in values:
        said = money.capital(fen)
        assert money.from_capital(said) == fen
        assert "零零" not in said
        assert said_by.setdefault(said, fen) == fen
    assert len(values) >= count


def test_capitals_there_and_back() -> None:
    round_trip(150_000)


@pytest.mark.slow
def test_capitals_there_and_back_a_million_times() -> None:
    round_trip(1_000_000)


MODES: dict[money.Mode, str] = {
    "down": ROUND_DOWN,
    "up": ROUND_UP,
    "half_up": ROUND_HALF_UP,
    "half_even": ROUND_HALF_EVEN,
}


@given(
    st.integers(-(10**16), 10**16) | st.integers(-300, 300),
    st.integers(0, 10_000),
    st.integers(1, 10_000),
    st.sampled_from([1, 2, 5, 100, 10_000]),
    st.sampled_from(sorted(MODES)),
)
def test_a_ratio_is_rounded_as_its_mode_says(
    value: int, numerator: int, denominator: int, unit: int, mode: money.Mode
) -> None:
    found = money.apply_ratio(value, numerator, denominator, unit, mode)
    assert found % unit == 0
    exact = value * numerator  # over denominator
    whole, rest = divmod(abs(exact), denominator * unit)
    if not rest:
        assert found * denominator == exact
        return
    # The decimal side: the whole units are exact, and only which side of a half matters after.
    half = (2 * rest > denominator * unit) - (2 * rest < denominator * unit)
    shown = Decimal(whole) + Decimal("0.5") + Decimal("0.25") * half
    rounded = int(shown.to_integral_value(MODES[mode])) * unit
    assert found == (rounded if exact >= 0 else -rounded)


def test_a_ratio_rounds_magnitudes() -> None:
    assert money.apply_ratio(1_666_666_667, 60, 100) == 1_000_000_000
    assert money.apply_ratio(-7, 1, 2) == -3
    assert money.apply_ratio(-7, 1, 2, mode="half_up") == -4
    assert money.apply_ratio(201, 1, 2, mode="half_up") == 101
    assert money.apply_ratio(123_456_78, 30, 100, unit=10_000, mode="half_even") == 3_700_000


def test_a_ratio_needs_a_divisor_a_unit_and_a_mode() -> None:
    for arguments in ((1, 1, 0), (1, 1, -2), (1, 1, 2, 0)):
        with pytest.raises(ValueError, match="above zero"):
            money.apply_ratio(*arguments)
    with pytest.raises(ValueError, match="no such rounding"):
        money.apply_ratio(1, 1, 2, 1, "nearest")  # type: ignore[arg-type]
