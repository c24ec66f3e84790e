"""Points from the top left corner become points on paper."""

from datetime import date

import pytest

from papers.drawing.fonts import UncoveredCharacter
from papers.drawing.pages import A4, RED, Sheets
from papers.drawing.pdfa import About, check
from papers.letters.letter import made_at
from tests.papers import poppler
from tests.papers.samples import fonts

ABOUT = About("页", "局", "页", made_at(date(2026, 1, 1)))


def test_text_stands_at_its_place_with_its_spacing() -> None:
    sheets = Sheets(fonts())
    sheets.page()
    sheets.text(100, 200, [("body", "核定额度")], 20, spacing=5)
    sheets.right(400, 300, "body", "右边", 10)
    sheets.centred(300, 400, "heading", "中间", 10)
    words = {word.text: word for word in poppler.placed(sheets.finish(ABOUT))}
    assert words["核定额度"].left == 100 and words["核定额度"].right == pytest.approx(200, abs=5.1)
    assert words["右边"].right == 400
    assert (words["中间"].left + words["中间"].right) / 2 == 300


def test_ascii_keeps_its_own_spacing_in_a_spread_line() -> None:
    sheets = Sheets(fonts())
    sheets.page()
    sheets.text(0, 100, [("body", "核12345678定")], 10, spacing=20, close=0)
    (word,) = [w for w in poppler.placed(sheets.finish(ABOUT)) if "定" in w.text]
    assert word.right == pytest.approx(10 + 20 + 8 * 5 + 10, abs=0.5)


def test_colours_and_boxes_are_archivable() -> None:
    sheets = Sheets(fonts())
    sheets.page()
    sheets.text(100, 100, [("title", "红")], 20, colour=RED)
    sheets.rule(0, 10, 100, 10, 2, RED)
    sheets.boxes([(10, 20, 30, 40)])
    pdf = sheets.finish(ABOUT)
    check(pdf)
    width, _, grey = poppler.picture(pdf, 72)
    assert grey[30 * width + 20] < 10 and grey[70 * width + 20] > 245
    assert 40 < grey[10 * width + 50] < 200


def test_pages_have_their_own_size() -> None:
    sheets = Sheets(fonts())
    sheets.page()
    sheets.page((A4[1], A4[0]))
    sheets.text(800, 100, [("body", "横")], 10)
    assert sheets.count == 2
    assert [word.page for word in poppler.placed(sheets.finish(ABOUT))] == [2]


def test_an_uncovered_character_is_never_left_out() -> None:
    sheets = Sheets(fonts())
    sheets.page()
    with pytest.raises(UncoveredCharacter):
        sheets.text(0, 0, [("body", "核ᠠ")], 10)
