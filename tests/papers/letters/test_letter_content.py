"""A letter's content is a value."""

from dataclasses import FrozenInstanceError

import pytest

from papers.letters.letter_content import numbered
from tests.papers.samples import plain


def test_it_cannot_be_changed_and_is_equal_to_its_like() -> None:
    content = plain("核定。")
    assert content == plain("核定。") != plain("核定")
    assert hash(content) == hash(plain("核定。"))
    with pytest.raises(FrozenInstanceError):
        content.title = "其他"  # type: ignore[misc]


def test_several_reasons_are_numbered_and_one_is_not() -> None:
    assert [paragraph.text[:2] for paragraph in numbered(["甲。", "乙。", "丙。"])] == ["1.", "2.", "3."]
    assert numbered(["甲。"])[0].text == "甲。"
