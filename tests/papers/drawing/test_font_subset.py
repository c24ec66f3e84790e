"""A cut font is a whole font: fontTools reads it, and its outlines are the old ones."""

import io

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from papers.drawing.embed import Face
from papers.drawing.font_subset import cut
from papers.drawing.fonts import BUNDLED

COMPOSITE = "é"  # made of two glyphs in the kai font


def outline(font: TTFont, name: str) -> list[object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return list(pen.value)


@pytest.mark.parametrize(
    "name",
    ["fang-song/DeskFangSong-Regular.ttf", "kai/DeskKai-Regular.ttf", "noto-sans-sc/NotoSansSC-Regular.ttf"],
)
def test_glyphs_and_widths_are_those_of_the_font(name: str) -> None:
    text = "核定额度1,A" + COMPOSITE
    face, whole = Face(BUNDLED / name), TTFont(BUNDLED / name)
    part = TTFont(io.BytesIO(cut(face, [ord(c) for c in text])), checkChecksums=2)
    order, names = part.getGlyphOrder(), whole.getBestCmap()
    for number, character in enumerate(text, 1):
        assert outline(part, order[number]) == outline(whole, names[ord(character)]), character
        assert part["hmtx"][order[number]] == whole["hmtx"][names[ord(character)]]
    assert part["maxp"].numGlyphs == len(order) >= len(text) + 1


def test_parts_of_a_composite_glyph_come_with_it() -> None:
    path = BUNDLED / "kai" / "DeskKai-Regular.ttf"
    whole = TTFont(path)
    composite = next(
        code for code, name in sorted(whole.getBestCmap().items()) if whole["glyf"][name].isComposite()
    )
    part = TTFont(io.BytesIO(cut(Face(path), [composite])))
    assert len(part.getGlyphOrder()) > 2
    assert outline(part, part.getGlyphOrder()[1]) == outline(whole, whole.getBestCmap()[composite])


def test_a_cut_font_is_small() -> None:
    face = Face(BUNDLED / "fang-song" / "DeskFangSong-Regular.ttf")
    assert len(cut(face, [ord(c) for c in "核定额度"])) < 5_000
