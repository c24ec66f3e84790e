"""The office's name fits, however long it is."""

import pytest

from papers.letters.letter_head import SMALLEST, office_name
from papers.letters.page_measures import MEASURE
from tests.papers.samples import fonts


@pytest.mark.parametrize("length", [1, 2, 8, 12, 17, 18, 40])
def test_every_line_fits_the_text_width(length: int) -> None:
    made = office_name("局" * length, fonts(), 44, 0.5)
    assert made.size >= SMALLEST
    for line in made.lines:
        assert line.width + made.spacing * (len(line.text) - 1) <= MEASURE + 0.1
    assert "".join(line.text for line in made.lines) == "局" * length


def test_a_short_name_is_spread_and_a_long_one_made_smaller() -> None:
    assert office_name("深圳市局", fonts(), 36, 0.5).spacing == pytest.approx(18)
    assert office_name("局" * 14, fonts(), 44).size < 44
    assert len(office_name("局" * 30, fonts(), 44).lines) == 2
