"""Page numbers, as another program reads them."""

from papers.drawing.pages import Sheets
from papers.drawing.pdfa import About
from papers.letters.letter import made_at
from papers.letters.page_number import page_number
from tests.papers import poppler
from tests.papers.samples import fonts, issue


def test_odd_pages_have_it_on_the_right_and_even_ones_on_the_left() -> None:
    sheets = Sheets(fonts())
    for number in (1, 2):
        sheets.page()
        page_number(sheets, number)
    pdf = sheets.finish(About("题", "局", "号", made_at(issue().signed_on)))
    first, second = (next(w for w in poppler.placed(pdf) if w.text == text) for text in ("1", "2"))
    assert (first.page, second.page) == (1, 2)
    assert first.left > 300 > second.right
