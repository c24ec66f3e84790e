"""Words of a page put into rows, however they were drawn."""

from __future__ import annotations

from papers.invoices import printed_words
from papers.invoices.printed_words import Word, words_of


def word(text: str, left: float, top: float = 10.0, width: float = 0.0) -> Word:
    return Word(text, 1, left, top, left + (width or 10.0 * len(text)), top + 10)


def texts(*found: Word) -> list[list[str]]:
    return [[each.text for each in row] for row in printed_words.rows(found)]


def test_rows_from_top_to_bottom_and_left_to_right() -> None:
    assert texts(word("丙", 5, 40), word("乙乙", 90), word("甲甲", 5, 11)) == [["甲甲", "乙乙"], ["丙"]]


def test_letters_drawn_one_by_one_are_a_word() -> None:
    assert texts(*(word(letter, 5 + 10 * n) for n, letter in enumerate("发票号码"))) == [["发票号码"]]
    assert texts(word("合", 5), word("计", 95)) == [["合计"]]
    assert texts(word("名", 5), word("称：某公司", 60)) == [["名称：某公司"]]
    assert texts(word("项", 5), word("1", 95)) == [["项", "1"]]


def test_blanks_part_a_text_and_each_word_has_its_share_of_the_box() -> None:
    first, second = words_of("金额 12.00", 2, (0, 0, 80, 10))
    assert (first.text, first.left, first.right) == ("金额", 0, 20)
    assert (second.text, round(second.left), round(second.right), second.page) == ("12.00", 30, 80, 2)


def test_the_place_of_words_is_the_box_around_them() -> None:
    place = printed_words.place([word("甲", 5), word("乙", 30, 20)])
    assert place == ("", 1, (5, 10, 40, 30))
    assert printed_words.place([]).page == 0
