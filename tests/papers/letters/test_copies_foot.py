"""Who gets copies."""

from papers.drawing.pages import MM
from papers.letters import copies_foot, letter
from tests.papers import poppler
from tests.papers.samples import fonts, plain


def test_nobody_gets_copies_and_nothing_is_said() -> None:
    assert copies_foot.lines(plain("核定。"), fonts()) == []


def test_in_the_letter_form_it_stands_above_the_lower_rule() -> None:
    words = poppler.placed(letter.draw(plain("核定。", copies_to=("市财政局",)), fonts()))
    copies = next(word for word in words if word.text == "抄送：市财政局。")
    assert 260 * MM < copies.bottom < 277 * MM
