"""A demonstration says so on every page."""

from papers.letters import letter
from tests.papers import poppler
from tests.papers.samples import fonts, plain


def test_the_notice_stands_at_head_and_foot_of_every_page() -> None:
    words = poppler.placed(letter.draw(plain(*["核定额度，" * 30] * 4, notice="演示文件"), fonts()))
    places = [(word.page, word.top > 400) for word in words if word.text == "演示文件"]
    assert sorted(places) == [(1, False), (1, True), (2, False), (2, True)]


def test_without_a_notice_nothing_is_added() -> None:
    assert "演示" not in poppler.text(letter.draw(plain("核定。"), fonts()))
