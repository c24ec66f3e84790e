"""Case files that are workbooks: the first sheet that holds anything, as rows of text.

The guard and the reading process of `papers.reader` stand before it, as before every file from outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from papers import reader


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a workbook's first sheet that holds any, the headings first; blank rows are no rows.

    Raises:
        papers.unreadable.Unreadable: it is no workbook, or it may do harm.
    """
    for table in reader.tables(path):
        lines = [cells for _, cells in table.lines if any(cell.strip() for cell in cells)]
        if lines:
            width = max(place for place, cell in enumerate(lines[0], 1) if cell.strip())
            yield lines[0][:width]
            yield from lines[1:]
            return
