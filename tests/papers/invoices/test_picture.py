"""Square codes on scans."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from papers.invoices import picture
from papers.reading.unreadable import Unreadable
from tests.papers.invoices import made_pdf
from tests.papers.invoices.made import Paper

PAPER = Paper()


@pytest.mark.parametrize(("kind", "turned"), [("png", 0.0), ("jpg", 4.0), ("png", -9.0), ("bmp", 90.0)])
def test_a_code_is_found_on_a_page_that_lies_askew(kind: str, turned: float) -> None:
    codes, size = picture.codes(made_pdf.scan(PAPER, kind, turned))
    assert [text for text, _ in codes] == [PAPER.square]
    assert size == (1240, 827) and codes[0][1].page == 1


def test_pictures_that_are_none_cut_or_huge() -> None:
    huge = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(huge, "PNG")
    for content, code in (
        (b"\x89PNG nonsense", "damaged"),
        (made_pdf.scan(PAPER)[:2_000], "damaged"),
        (huge.getvalue(), "harmful"),
    ):
        with pytest.raises(Unreadable) as caught:
            picture.codes(content)
        assert caught.value.code == code
