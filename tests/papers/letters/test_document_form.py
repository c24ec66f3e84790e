"""The document form's measures."""

import pytest

from papers.drawing.pages import A4, MM
from papers.letters import letter
from papers.letters.page_measures import MEASURE
from tests.papers import poppler
from tests.papers.samples import fonts, plain

LONG = plain(*["核定额度，" * 30] * 4, copies_to=("深圳市财政局", "深圳市审计局"))


@pytest.fixture(scope="module")
def words() -> list[poppler.Word]:
    return poppler.placed(letter.draw(LONG, fonts()))


def test_the_name_stands_35_mm_below_the_top_of_the_text(words: list[poppler.Word]) -> None:
    name = words[0]
    assert name.text == "深圳市科技创新局文件"
    assert name.top == pytest.approx((37 + 35) * MM, abs=0.5)
    assert name.right - name.left <= MEASURE + 0.5


def test_number_and_title_stand_in_the_middle(words: list[poppler.Word]) -> None:
    for text in ("深科创券〔2026〕1号", "关于发放训力券的通知"):
        found = next(word for word in words if word.text == text)
        assert (found.left + found.right) / 2 == pytest.approx((28 + 78) * MM, abs=0.5)


def test_the_second_page_holds_22_lines_from_37_mm_down(words: list[poppler.Word]) -> None:
    many = poppler.placed(letter.draw(plain("核定额度" * 400), fonts()))
    second = [word for word in many if word.page == 2 and len(word.text) > 10]
    assert len(second) == 22
    assert second[0].top == pytest.approx(37 * MM + 6.5, abs=0.5)  # 16 pt in the middle of a line of 29 pt
    assert second[-1].bottom <= (37 + 225) * MM


def test_page_numbers_stand_below_the_text_on_the_outer_side(words: list[poppler.Word]) -> None:
    numbers = {word.page: word for word in words if word.text in ("1", "2")}
    assert numbers[1].left > A4[0] / 2 > numbers[2].right
    for number in numbers.values():
        assert (number.top + number.bottom) / 2 == pytest.approx((37 + 225 + 7) * MM, abs=5)
    dashes = [word for word in words if word.text == "—" and word.page == 2]
    assert min(dash.left for dash in dashes) == pytest.approx(28 * MM + 14, abs=0.5)


def test_those_who_get_copies_stand_at_the_foot_of_the_last_page(words: list[poppler.Word]) -> None:
    copies = next(word for word in words if word.text.startswith("抄送："))
    assert copies.text == "抄送：深圳市财政局，深圳市审计局。"
    assert copies.page == 2
    assert copies.bottom == pytest.approx((37 + 225) * MM, abs=8)
