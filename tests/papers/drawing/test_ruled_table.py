"""Cells wrap within their column."""

from datetime import date

from papers.drawing.pages import Sheets
from papers.drawing.pdfa import About
from papers.drawing.ruled_table import Cell, Style, draw_row, row
from papers.letters.letter import made_at
from tests.papers import poppler
from tests.papers.samples import fonts

STYLE = Style(size=10, leading=14, padding=4, least=20)


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    low = row([Cell("甲", 100), Cell("乙", 100)], fonts(), STYLE)
    high = row([Cell("甲" * 25, 100), Cell("乙", 100)], fonts(), STYLE)
    assert low.height == 20
    assert high.height == 3 * 14 + 4


def test_an_empty_cell_has_a_row_too() -> None:
    assert row([Cell("", 100)], fonts(), STYLE).height == 20


def test_text_stands_where_its_column_says() -> None:
    sheets = Sheets(fonts())
    sheets.page()
    cells = [Cell("左", 100, align="left"), Cell("中", 100, align="centre"), Cell("右", 100, align="right")]
    draw_row(sheets, 50, 50, row(cells, fonts(), STYLE), STYLE)
    pdf = sheets.finish(About("表", "局", "表", made_at(date(2026, 1, 1))))
    left = {word.text: word.left for word in poppler.placed(pdf)}
    assert left["左"] == 54
    assert abs(left["中"] - 195) < 0.1
    assert abs(left["右"] - 336) < 0.1
