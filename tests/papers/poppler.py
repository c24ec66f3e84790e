"""What another program reads from our PDF files: poppler's text and places, for the tests of papers."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from typing import NamedTuple

import pytest


class Word(NamedTuple):
    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def _run(program: str, pdf: bytes, *options: str, output: tuple[str, ...] = ("-",)) -> bytes:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} (poppler-utils) is not installed")
    return subprocess.run([found, *options, "-", *output], input=pdf, capture_output=True, check=True).stdout


def text(pdf: bytes) -> str:
    """All text, without blanks and line ends."""
    return re.sub(r"\s+", "", _run("pdftotext", pdf, "-raw").decode())


def placed(pdf: bytes) -> list[Word]:
    """Every word with its box in points from the top left corner; pages count from 1."""
    page, words = 0, []
    box = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    for line in _run("pdftotext", pdf, "-bbox").decode().splitlines():
        if "<page " in line:
            page += 1
        if found := re.search(box, line):
            left, top, right, bottom = map(float, found.groups()[:4])
            words.append(Word(page, unescape(found[5]), left, top, right, bottom))
    return words


def picture(pdf: bytes, dpi: int) -> tuple[int, int, bytes]:
    """The first page in grey: width, height and a byte a pixel."""
    data = _run("pdftoppm", pdf, "-gray", "-r", str(dpi), "-singlefile", output=())
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    assert header is not None
    return int(header[1]), int(header[2]), data[header.end() :]
