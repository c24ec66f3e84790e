"""Codes that the licence has and the check character does not fit: let in with a reason, others never."""

import pytest

from casework.cases.confirmed_codes import confirmed, must_be_code
from casework.core.refused import Refused
from rules.creditcode import make_check

FIRST = "91350203M000100Y4"
WRONG = FIRST + next(each for each in "0123456789" if each != make_check(FIRST))


def test_a_check_character_alone_is_confirmed_with_a_reason() -> None:
    known = confirmed([(f" {WRONG[:8]}-{WRONG[8:]} ", " 与营业执照一致 ")])
    assert known == {WRONG: "与营业执照一致"}
    assert must_be_code(WRONG.lower(), known) == WRONG
    with pytest.raises(Refused, match=r"refused\.credit_code"):
        must_be_code(WRONG)


def test_a_code_that_fits_needs_no_confirmation() -> None:
    assert confirmed([(FIRST + make_check(FIRST), "核对过")]) == {}


@pytest.mark.parametrize("code", ["9135", "91350203M000100O18", "0" * 18, WRONG + "1"])
def test_length_and_alphabet_are_never_confirmed(code: str) -> None:
    with pytest.raises(Refused, match=r"refused\.code_not_confirmable"):
        confirmed([(code, "与营业执照一致")])
    with pytest.raises(Refused, match=r"refused\.credit_code"):
        must_be_code(code, {code: "与营业执照一致"})


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(reason: str) -> None:
    with pytest.raises(Refused, match=r"refused\.confirm_reason"):
        confirmed([(WRONG, reason)])
