import doctest

import pytest

from papers.banks import pattern


def test_the_examples_of_the_page_hold() -> None:
    assert doctest.testmod(pattern) == (0, 2)


def test_a_text_without_braces_is_a_constant_and_two_braces_are_one() -> None:
    assert pattern.said(pattern.parsed("RMB"), {}) == "RMB"
    assert pattern.said(pattern.parsed("{{{ref}}}"), {"ref": "7"}) == "{7}"


@pytest.mark.parametrize("text", ["{ref", "ref}", "{}", "{ref!r}", "{ref:x}"])
def test_braces_that_do_not_match_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        pattern.parsed(text)
