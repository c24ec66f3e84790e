"""What is embedded can be copied out again, above U+FFFF too."""

import re

from papers.drawing.embed import Embedded, Face, to_unicode
from papers.drawing.fonts import BUNDLED

LIGHT = BUNDLED / "noto-serif-sc" / "NotoSerifSC-Light.ttf"


def test_a_character_above_the_first_plane_is_mapped_as_a_surrogate_pair() -> None:
    """reportlab's own map holds <2CB5A> there, which means another character."""
    table = to_unicode(["局", "𬭚"]).decode()
    assert "<0001> <5C40>" in table
    assert "<0002> <D872DF5A>" in table
    assert bytes.fromhex("D872DF5A").decode("utf-16-be") == "𬭚"


def test_a_map_of_many_characters_comes_in_blocks_of_at_most_a_hundred() -> None:
    table = to_unicode([chr(0x4E00 + i) for i in range(250)]).decode()
    assert re.findall(r"(\d+) beginbfchar", table) == ["100", "100", "50"]


def test_glyph_numbers_are_given_in_the_order_of_use() -> None:
    font = Embedded(Face(LIGHT), "F1")
    assert font.shown("镕垚镕") == "000100020001"
    assert font.shown("𬭚") == "0003"


def test_a_character_of_an_empty_glyph_is_not_covered() -> None:
    face = Face(LIGHT)
    assert face.covers("镕") and face.covers(" ")
    assert not face.covers("ᠠ")
    face.charToGlyph[ord("ᠠ")] = face.charToGlyph[ord(" ")]
    assert not face.covers("ᠠ")
