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


def test_whether_a_letter_is_public_stands_above_those_who_get_copies() -> None:
    content = plain("核定。", disclosure="依申请公开", copies_to=("市财政局", "市审计局"))
    words = {word.text: word for word in poppler.placed(letter.draw(content, fonts()))}
    disclosure, copies = words["公开属性：依申请公开"], words["抄送：市财政局，市审计局。"]
    assert 250 * MM < disclosure.bottom < copies.bottom < 277 * MM
