"""The square code on paper is the code that was asked for."""

from datetime import date

from papers.drawing import square_code
from papers.drawing.pages import Sheets
from papers.drawing.pdfa import About
from papers.letters.letter import made_at
from tests.papers import poppler
from tests.papers.samples import fonts


def test_every_module_is_drawn_where_it_belongs() -> None:
    text = "7K3M-9QXT-2HVA-C"
    sheets = Sheets(fonts())
    sheets.page()
    square_code.draw(sheets, 72, 72, 144, text)
    width, _, grey = poppler.picture(sheets.finish(About("码", "局", "码", made_at(date(2026, 1, 1)))), 288)
    matrix = square_code.modules(text)
    side = 576 / len(matrix)  # pixels of a module: 144 points at 4 pixels a point
    seen = [
        [
            int(grey[int(288 + (y + 0.5) * side) * width + int(288 + (x + 0.5) * side)] < 128)
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert seen == [list(line) for line in matrix]
    assert 0.3 < sum(map(sum, seen)) / len(matrix) ** 2 < 0.7


def test_the_same_text_gives_the_same_code_and_another_another() -> None:
    assert square_code.modules("A-1") == square_code.modules("A-1") != square_code.modules("A-2")
