"""Numbers without gaps, and codes that show a slip of the pen."""

import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.core import numbers
from casework.core.office import Office
from casework.core.refused import Refused
from tests.casework.books import do

CODES = st.binary(min_size=64, max_size=64).map(
    lambda seed: numbers.voucher_code(random.Random(seed).randbytes)
)


def test_a_series_counts_from_one_in_each_year(office: Office) -> None:
    given_: list[int] = []
    do(
        office,
        lambda turn: given_.extend(numbers.next_number(turn.session, "letter", 2026) for _ in range(3)),
    )
    do(office, lambda turn: given_.append(numbers.next_number(turn.session, "letter", 2027)))
    do(office, lambda turn: given_.append(numbers.next_number(turn.session, "decision")))
    do(office, lambda turn: given_.append(numbers.next_number(turn.session, "letter", 2026)))
    assert given_ == [1, 2, 3, 1, 1, 4]


def test_a_refused_act_leaves_no_gap(office: Office) -> None:
    taken: list[int] = []

    def refused(turn: object) -> None:
        taken.append(numbers.next_number(turn.session, "letter", 2026))  # type: ignore[attr-defined]
        raise Refused("refused.state")

    for _ in range(3):
        with pytest.raises(Refused):
            do(office, refused)
    do(office, lambda turn: taken.append(numbers.next_number(turn.session, "letter", 2026)))
    assert taken == [1, 1, 1, 1]


@given(CODES, st.data())
def test_every_single_slip_is_seen(code: str, data: st.DataObject) -> None:
    assert numbers.is_voucher_code(code)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from(numbers.ALPHABET).filter(lambda c: c != code[place]))
    assert not numbers.is_voucher_code(code[:place] + other + code[place + 1 :])


def test_neighbours_that_changed_places_are_seen_but_for_a_few() -> None:
    chance = random.Random(7)
    missed = tried = 0
    for _ in range(300):
        code = numbers.voucher_code(chance.randbytes)
        for place in range(len(code) - 1):
            one, other = code[place], code[place + 1]
            if one != other:
                tried += 1
                missed += numbers.is_voucher_code(code[:place] + other + one + code[place + 2 :])
    assert tried > 4000
    assert missed / tried < 0.01


def test_codes_are_drawn_evenly_and_do_not_repeat() -> None:
    codes = [numbers.voucher_code(secrets.token_bytes) for _ in range(2000)]
    assert len(set(codes)) == len(codes)
    drawn = [code[place] for code in codes for place in range(15)]
    counts = [drawn.count(character) for character in numbers.ALPHABET]
    expected = len(drawn) / len(numbers.ALPHABET)
    assert all(0.7 * expected < count < 1.3 * expected for count in counts)


def test_no_character_looks_like_another() -> None:
    assert len(set(numbers.ALPHABET)) == 34
    assert not set("IO") & set(numbers.ALPHABET)


@pytest.mark.parametrize("wrong", ["", "1", "0" * 17, "I" * 16, "ＡＢ" * 8])
def test_what_is_no_code_is_no_code(wrong: str) -> None:
    assert not numbers.is_voucher_code(wrong)
