"""The letter form's measures, read from the finished file by another program."""

import pytest

from papers.drawing.pages import A4, MM, Sheets
from papers.letters import letter
from papers.letters.letter_content import LetterContent
from papers.letters.letter_form import draw
from tests.papers import poppler
from tests.papers.samples import fonts, plain


def word(content: LetterContent, text: str) -> poppler.Word:
    return next(
        found for found in poppler.placed(letter.draw(content, fonts())) if found.text.startswith(text)
    )


def test_the_offices_name_stands_30_mm_from_the_edge_and_in_the_middle() -> None:
    name = word(plain("核定。", addressee="甲", signed_by="乙"), "深圳市科技创新局")
    assert name.top == pytest.approx(30 * MM, abs=0.5)
    assert (name.left + name.right) / 2 == pytest.approx(A4[0] / 2, abs=1)


def test_the_number_ends_at_the_right_edge_of_the_text() -> None:
    assert word(plain("核定。"), "深科创券").right == pytest.approx(184 * MM, abs=0.5)


def test_text_begins_28_mm_from_the_left_and_its_first_line_two_characters_in() -> None:
    content = plain("核定" * 40)
    assert word(content, "深圳市镕垚").left == pytest.approx(28 * MM, abs=0.5)
    lines = [
        found for found in poppler.placed(letter.draw(content, fonts())) if found.text.startswith("核定核")
    ]
    assert lines[0].left == pytest.approx((28 + 2 * 156 / 28) * MM, abs=0.5)
    assert lines[1].left == pytest.approx(28 * MM, abs=0.5)
    assert lines[1].right == pytest.approx(184 * MM, abs=0.5)
    assert len(lines[1].text) == 28
    assert lines[1].top - lines[0].top == pytest.approx(225 * MM / 22, abs=0.2)


def test_red_double_rules_170_mm_long() -> None:
    """Dark pixels of the two lines: 20 mm from either side, the lower one 20 mm from the bottom edge."""
    width, height, grey = poppler.picture(
        letter.draw(plain("核定。"), fonts()), 254
    )  # 10 pixels a millimetre
    for top, bottom in ((460, 530), (2760, 2800)):
        ruled = [
            y for y in range(top, bottom) if sum(grey[y * width + x] < 200 for x in range(210, 1890)) > 1600
        ]
        assert ruled and max(ruled) - min(ruled) + 1 > len(ruled) > 5  # two rules with white between
        line = grey[ruled[0] * width : (ruled[0] + 1) * width]
        dark = [x for x, value in enumerate(line) if value < 200]
        assert min(dark) == pytest.approx(200, abs=2) and max(dark) == pytest.approx(1900, abs=2)
        if top > 2000:
            assert ruled[0] == pytest.approx(height - 200, abs=3)


def test_too_much_text_is_left_to_the_other_form() -> None:
    sheets = Sheets(fonts())
    assert not draw(sheets, plain(*["核定额度，" * 30] * 4))
    assert sheets.count == 0
    assert draw(sheets, plain("核定。"))
    assert sheets.count == 1
