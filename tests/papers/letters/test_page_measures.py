"""The numbers of the standard."""

import pytest

from papers.drawing.pages import MM
from papers.letters import page_measures


def test_the_text_area_lies_on_the_page_as_the_standard_says() -> None:
    assert pytest.approx(26 * MM, abs=0.01) == page_measures.WIDTH - page_measures.RIGHT
    assert pytest.approx(35 * MM, abs=0.01) == page_measures.HEIGHT - page_measures.BOTTOM
    assert pytest.approx(15.79, abs=0.005) == page_measures.PLACE
    assert pytest.approx(28.99, abs=0.005) == page_measures.PITCH
