"""The unified social credit code: every valid code passes, and a slip of the pen does not."""

import doctest
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from rules import creditcode

CHARACTERS = st.sampled_from(creditcode.ALPHABET)
DIGITS = st.sampled_from("0123456789")


@st.composite
def codes(draw: st.DrawFn) -> str:
    first = draw(CHARACTERS.filter(lambda registrar: registrar != "0")) + draw(CHARACTERS)
    first += str(draw(st.integers(1, 999_999))).zfill(6)
    first += "".join(draw(CHARACTERS) for _ in range(8)) + draw(CHARACTERS.filter(lambda last: last != "0"))
    return first + creditcode.make_check(first)


def test_the_examples_in_the_prose_hold() -> None:
    result = doctest.testmod(creditcode)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize("code", ["91110000600037341L", "91350100M000100Y43", "9144030071526726XG"])
def test_codes_of_real_companies_are_valid(code: str) -> None:
    assert creditcode.fault(code) is None
    assert uscc.is_valid(code)


@pytest.mark.parametrize("registrar", "123456789AGJNY")
def test_every_registrar_may_give_codes(registrar: str) -> None:
    first = registrar + "1440300MA5EXAMP0"
    assert creditcode.fault(first + creditcode.make_check(first)) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "length"),
        ("91110000600037341", "length"),
        ("91110000600037341L0", "length"),
        ("91110000600037341M", "check_digit"),
        ("91110000600037314L", "check_digit"),
        ("91110000600037341l", "character"),
        ("9111000060003734IL", "character"),
        ("9111000O600037341L", "character"),
        ("91A10000600037341L", "character"),
        ("911100006000 7341L", "character"),
        ("９1110000600037341L", "character"),
        ("91110000600037341²", "character"),
        ("91110000600037341÷", "character"),
        ("000000000000000000", "zeros"),
        ("01110000600037341L", "zeros"),
        ("91000000600037341L", "zeros"),
        ("911100000000000000", "zeros"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(code: str, fault: str) -> None:
    assert creditcode.fault(code) == fault


@pytest.mark.parametrize(
    "written",
    [
        "91110000600037341L",
        "91110000600037341l",
        "  91110000600037341L\n",
        "９１１１００００６０００３７３４１Ｌ",
        "9111 0000 6000 3734 1L",
        "\u00a091110000600037341L\u3000",
        "\ufeff91110000600037341L\u200b",
        "91110000-60003734-1L",
        "91110000—600037341L",
        "91110000\u00ad600037341L",
        "\u202d91110000600037341L\u202c",
        "91110000\u206060003\u200e7341L",
        "91110000\u3164600037341L",
    ],
)
def test_the_way_of_writing_is_mended(written: str) -> None:
    assert creditcode.normalise(written) == "91110000600037341L"


def test_nothing_else_is_mended() -> None:
    assert creditcode.normalise("9111OOOO6OOO37341L") == "9111OOOO6OOO37341L"
    assert creditcode.normalise("9111-0000") == "9111-0000", "no code: hyphens stay"


@given(codes())
def test_a_made_code_is_valid_and_stays_itself(code: str) -> None:
    assert creditcode.fault(code) is None
    assert creditcode.normalise(code) == code


@given(codes(), st.integers(0, 17), CHARACTERS)
def test_one_wrong_character_is_found(code: str, place: int, character: str) -> None:
    changed = code[:place] + character + code[place + 1 :]
    assert (creditcode.fault(changed) is None) == (changed == code)


@given(codes(), st.integers(0, 16))
def test_two_neighbours_exchanged_are_found(code: str, place: int) -> None:
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (creditcode.fault(changed) is None) == (changed == code)


@given(st.text(max_size=20) | st.text(alphabet=creditcode.ALPHABET + "IOZSV", min_size=18, max_size=18))
def test_any_text_is_valid_or_has_a_fault(text: str) -> None:
    assert creditcode.fault(text) in {None, "length", "character", "zeros", "check_digit"}


def test_python_stdnum_agrees_where_it_knows_the_registrar() -> None:
    chance = random.Random(32100)
    for _ in range(20_000):
        division = "".join(chance.choices("0123456789", k=8))
        first = division + "".join(chance.choices(creditcode.ALPHABET, k=9))
        assert creditcode.make_check(first) == uscc.calc_check_digit(first)
        code = first + chance.choice(creditcode.ALPHABET)
        assert (creditcode.fault(code) in (None, "zeros")) == uscc.is_valid(code) or code[0] == "0"


def test_a_check_character_needs_seventeen_others() -> None:
    for first in ("", "9111000060003734", "91110000600037341L", "9111000060003734I"):
        with pytest.raises(ValueError, match=r"seventeen|substring"):
            creditcode.make_check(first)
