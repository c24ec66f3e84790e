"""The words that applications are found by, and the questions made of what one types."""

import pytest
from pypinyin.pinyin_dict import pinyin_dict

from casework.boards import search_words
from casework.boards.search_words import expression, plain, words_of

KINDS = ("number", "name", "code", "number")
SAID = ("YS2026000123", "深圳睿灵智能（二期）有限公司", "91440300MA5DNABC1X", "HT-2026-0007")


def test_each_two_neighbouring_characters_are_a_word() -> None:
    words = words_of(KINDS, SAID).split()
    assert {"深圳", "睿灵", "灵智", "智能", "二期", "公司"} <= set(words)
    assert "能二" not in words, "a bracket stands between them"


def test_any_part_of_a_name_is_found_by_its_initials() -> None:
    words = words_of(KINDS, SAID).split()
    assert {"szrl", "zrlz", "rlzn", "lzn", "zn"} <= set(words)


def test_characters_with_two_readings_are_found_by_both() -> None:
    words = words_of(KINDS, ("a", "重庆银行", "b", None)).split()
    assert {"cqyh", "zqyh"} <= set(words)


def test_numbers_are_found_by_their_parts() -> None:
    words = words_of(KINDS, SAID).split()
    assert {"ys2026000123", "2026000123", "000123", "123", "ht", "2026", "0007"} <= set(words)
    assert "0123" in words, "with any of its zeros in front"
    assert {"000109", "00109", "0109", "109"} <= set(words_of(("number",), ("000109",)).split())
    assert {"91440300ma5dnabc1x", "ma5dnabc1x"} <= set(words)
    assert {"dnabc1x", "nabc1x", "bc1x"} <= set(words), "a credit code by what stands at its end"


def test_words_are_the_same_whatever_width_was_typed() -> None:
    wide = (SAID[0], SAID[1].replace("（", "("), "９１４４０３００ＭＡ５ＤＮＡＢＣ１Ｘ", SAID[3])
    assert words_of(KINDS, wide) == words_of(KINDS, SAID)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("智算", '"智算"'),
        ("智", "智*"),
        ("量子智算", '"量子 子智 智算"'),
        ("szlz", '"szlz"*'),
        ("szlzzs", '("szlzzs"* OR ("szlz" AND "zlzz" AND "lzzs"))'),
        ("HT-2026", '"ht"* AND "2026"*'),
        ("深圳 ９１４４", '"深圳" AND "9144"*'),
        ("", None),
        ("（-）\"*'", None),
    ],
)
def test_what_is_typed_becomes_a_question(typed: str, asked: str | None) -> None:
    assert expression(typed) == asked


def test_plain_text_is_half_width_and_small() -> None:
    assert plain("ＹＳ２０２６") == "ys2026"


def test_the_initials_are_those_of_the_usual_readings() -> None:
    letters = search_words._letters().first
    for each in "深圳市湾畔智能科技有限公司研究院":
        usual = pinyin_dict[ord(each)]
        assert letters[ord(each)] in {reading[:1] for reading in plain(usual).split(",")} | {"z", "x"}
    assert len(letters) > 20_000
