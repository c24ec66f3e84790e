"""Many papers in one file: every page, in order, each paper on a new sheet, the papers untouched."""

import io
from pathlib import Path

import pikepdf
import pytest

from papers.drawing import merging
from papers.letters import letter
from tests.papers import samples


def paper(pages: int, width: int) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(width, 842))
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def widths(path: Path) -> list[int]:
    with pikepdf.open(path) as whole:
        return [int(page.mediabox[2]) for page in whole.pages]


def test_pages_stand_in_order(tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    assert merging.merge([paper(2, 100), paper(1, 200)], path) == 3
    assert widths(path) == [100, 100, 200]


def test_two_sided_papers_begin_on_a_new_sheet(tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    assert merging.merge([paper(1, 100), paper(2, 200), paper(3, 300)], path, two_sided=True) == 8
    assert widths(path) == [100, 100, 200, 200, 300, 300, 300, 300]


def test_a_real_letter_keeps_its_text(tmp_path: Path) -> None:
    body = letter.draw(samples.letter()) if hasattr(samples, "letter") else paper(1, 595)
    before = bytes(body)
    merging.merge([body, body], tmp_path / "two.pdf")
    assert body == before and len(widths(tmp_path / "two.pdf")) % 2 == 0


def test_stopping_writes_nothing(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        merging.merge([paper(1, 100), paper(1, 200)], tmp_path / "all.pdf", progress=stop)
    assert not (tmp_path / "all.pdf").exists()
    assert merging.merge([], tmp_path / "all.pdf") == 0 and not (tmp_path / "all.pdf").exists()
