"""1,000 invoices read (XML, OFD and PDF mixed) beside the bare libraries that open them.

The peer parses each XML and each part of an OFD with defusedxml, and of each PDF takes the text and the
square code of the rendered page with pypdfium2 and zxing-cpp: it opens everything and understands nothing.
CPU time counts the processes that read; `invoices_wall` is the same work by the clock, ours on all cores and
theirs on one.
"""

from __future__ import annotations

import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import defusedxml.ElementTree
import pypdfium2
import zxingcpp

from bench.intake import _seconds
from bench.rounds import Row, row
from papers.invoices.read_many import read_many
from tests.papers.invoices import made, made_ofd, made_pdf
from tests.papers.invoices.made import Line, Paper

MANY = 1_000
ROUNDS = 3
LINES = tuple(Line(f"*信息技术服务*智能算力租赁服务费（第{n}项）", 1_000_000, 60_000) for n in range(1, 5))


def rows(rounds: int = ROUNDS, many: int = MANY) -> list[Row]:
    """The measure of the reading, by CPU and by the clock."""
    mine, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        files = write(Path(folder), many)
        for _ in range(rounds):
            mine.append(_both(lambda: read_many(files)))
            theirs.append(_both(lambda: peer(files)))
    ours, bare = ([statistics.median(each) for each in zip(*side, strict=True)] for side in (mine, theirs))
    return [
        row("invoices", ours[0], bare[0], "s CPU", rounds),
        row("invoices_wall", ours[1], bare[1], "s", rounds),
    ]


def _both(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU and of the clock."""
    start = time.perf_counter()
    return _seconds(work), time.perf_counter() - start


def write(folder: Path, many: int) -> list[Path]:
    """The files: four tenths XML, three OFD (half of them sealed), three PDF."""
    found = []
    for n in range(many):
        paper = Paper(number=f"26952000{n:012}", lines=LINES[: 1 + n % 4])
        paper = replace(paper, kind="general") if n % 3 else paper
        kind = ("xml", "ofd", "pdf", "xml", "ofd", "pdf", "xml", "ofd", "pdf", "xml")[n % 10]
        content = {
            "xml": made.xml,
            "ofd": lambda one, n=n: made_ofd.ofd(one, "root" if n % 2 else "EInvoice", sealed=n % 2 == 0),
            "pdf": made_pdf.pdf,
        }[kind](paper)
        path = folder / f"{n:04}.{kind}"
        path.write_bytes(content)
        found.append(path)
    return found


def peer(files: list[Path]) -> int:
    """The bare libraries; how many texts and codes they found."""
    return sum(_OPENS[path.suffix](path) for path in files)


def _xml(path: Path) -> int:
    return len(defusedxml.ElementTree.fromstring(path.read_bytes()))


def _ofd(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return sum(len(defusedxml.ElementTree.fromstring(part)) for part in parts)


def _pdf(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    found = 0
    for page in document:
        found += len(page.get_textpage().get_text_bounded())
        picture = page.render(scale=2, grayscale=True)
        pixels = memoryview(picture.buffer).cast("B", (picture.height, picture.stride))
        codes = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        found += len(zxingcpp.read_barcodes(pixels, formats=codes))
    document.close()
    return found


_OPENS = {".xml": _xml, ".ofd": _ofd, ".pdf": _pdf}
