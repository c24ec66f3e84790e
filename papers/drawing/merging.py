"""Many papers as one file for the printer: their pages one after the other.

The papers themselves are only read; what is printed is a copy, and no archive file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path


def merge(
    papers: Iterable[bytes],
    path: Path,
    *,
    two_sided: bool = False,
    progress: Callable[[int], object] | None = None,
) -> int:
    """Write the pages of all papers to one PDF.

    Args:
        two_sided: a paper with an odd number of pages is followed by an empty one, so that the next one does
            not begin on its back.
        progress: told how many papers are in; what it raises stops, and nothing is written.

    Returns:
        The number of pages.
    """
    import io

    import pikepdf

    with pikepdf.new() as whole:
        for done, paper in enumerate(papers):
            if progress is not None:
                progress(done)
            with pikepdf.open(io.BytesIO(paper)) as one:
                whole.pages.extend(one.pages)
                if two_sided and len(one.pages) % 2:
                    left, bottom, right, top = (float(edge) for edge in one.pages[-1].mediabox)
                    whole.add_blank_page(page_size=(right - left, top - bottom))
        pages = len(whole.pages)
        if pages:
            whole.save(path)
    return pages
