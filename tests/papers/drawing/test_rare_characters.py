"""What the rare fonts draw is on paper, lasts and is read back: written, checked and read by another hand."""

import io
import struct
from datetime import date
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from papers.drawing import fonts as of_papers
from papers.drawing import pdfa
from papers.drawing.embed import Face
from papers.drawing.font_subset import cut
from papers.drawing.fonts import BUNDLED, ROLES, FontSet, load
from papers.drawing.pages import Sheets
from papers.letters.letter import made_at
from tests.papers import poppler

ABOUT = pdfa.About("字", "深圳市科技创新局", "名单", made_at(date(2026, 7, 6)))
LINE = 40
BUNDLED_FONTS = sorted(path.relative_to(BUNDLED).as_posix() for path in BUNDLED.rglob("*.ttf"))
EVERY = {"rare/DeskRareB-Regular.ttf": 5, "noto-sans-sc/NotoSansSC-Regular.ttf": 3}
"""Of the largest fonts every so manieth character: checking a paper takes a third of a millisecond each."""
NAMES = ("𠮷田公司", "㐀㐁公司", "龦龻鿿公司", "𠀀𠀁公司", "㐂𫚖𬭚䶮镕垚公司")


def paper(fonts: FontSet, text: str) -> bytes:
    sheets = Sheets(fonts)
    for at in range(0, len(text), LINE):
        if not at % (50 * LINE):
            sheets.page()
        sheets.text(20, 20 + at % (50 * LINE) / LINE * 15, [("body", text[at : at + LINE])], 10)
    return sheets.finish(ABOUT)


def of_one(face: Face) -> FontSet:
    return FontSet(dict.fromkeys(ROLES, (face,)))


@pytest.mark.parametrize("name", BUNDLED_FONTS)
def test_a_paper_of_each_bundled_font_lasts_and_is_read_back(name: str) -> None:
    face = Face(BUNDLED / name)
    one_each = {glyph: chr(code) for code, glyph in sorted(face.charToGlyph.items(), reverse=True)}
    drawn = sorted(each for each in one_each.values() if face.covers(each) and not each.isspace())
    text = "".join(drawn[:: EVERY.get(name, 1)])
    assert len(text) > 6_000
    body = paper(of_one(face), text)
    pdfa.check(body)
    assert poppler.text(body) == text


@pytest.mark.parametrize("name", ["rare/DeskRareA-Regular.ttf", "rare/DeskRareB-Regular.ttf"])
def test_the_widths_of_a_cut_font_are_the_font_s_own(name: str) -> None:
    """The fonts write one width for all their glyphs: 1024 of 1024, and 1000 stood in the cut ones."""
    face, whole = Face(BUNDLED / name), TTFont(BUNDLED / name)
    names = whole.getBestCmap()
    codes = sorted(names)[5:60]
    part = TTFont(io.BytesIO(cut(face, codes)))
    widths = [part["hmtx"][glyph] for glyph in part.getGlyphOrder()[1 : len(codes) + 1]]
    assert widths == [whole["hmtx"][names[code]] for code in codes]


def own_font(path: Path, units: int, written: int) -> None:
    """A font as an office may have one: of so many units, with so many widths written out of all."""
    font = TTFont(BUNDLED / "kai" / "DeskKai-Regular.ttf")
    scale = units / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    metrics = font["hmtx"].metrics
    last = round(metrics[order[written - 1]][0] * scale)
    for at, name in enumerate(order):
        advance, bearing = metrics[name]
        metrics[name] = round(advance * scale) if at < written else last, round(bearing * scale)
    font["head"].unitsPerEm = units
    font.save(path)


@pytest.mark.parametrize(("units", "written"), [(2048, 400), (2048, 10_399), (256, 300), (1000, 500)])
def test_a_font_of_the_office_s_own_lasts_whatever_its_units(
    tmp_path: Path, units: int, written: int
) -> None:
    own_font(tmp_path / "仿宋_自有.ttf", units, written)
    own = load(tmp_path, use_system=False)
    face = own.chains["body"][0]
    assert face.path.parent == tmp_path
    (few,) = struct.unpack_from(">H", face.get_table("hhea"), 34)
    assert few < len(face.hmetrics)
    text = "核定额度壹佰万元整深圳市湾畔科技有限公司"
    body = paper(own, text)
    pdfa.check(body)
    assert poppler.text(body) == text


@pytest.mark.parametrize("role", ROLES)
def test_rare_names_stand_in_every_role(role: of_papers.Role) -> None:
    sheets = Sheets(load(use_system=False))
    sheets.page()
    for at, name in enumerate(NAMES):
        sheets.text(60, 60 + 30 * at, [(role, name)], 16)
    body = sheets.finish(ABOUT)
    pdfa.check(body)
    assert poppler.text(body) == "".join(NAMES)
