"""An office's own fonts, and what is said where a character has none."""

import shutil
from pathlib import Path

import pytest

from casework.core import office_fonts
from casework.core.refused import Refused
from papers.drawing.fonts import BUNDLED, FontSet, UncoveredCharacter, of_office, own_folder
from tests.casework.desk import Desk


def test_a_missing_character_is_named(desk: Desk) -> None:
    def paper(fonts: FontSet) -> bytes:
        raise UncoveredCharacter("𖨸")

    with pytest.raises(Refused) as refused:
        office_fonts.draw(desk.office, paper)
    assert refused.value.params == {"characters": ("𖨸",), "folder": str(own_folder())}
    assert office_fonts.draw(desk.office, lambda fonts: b"drawn") == b"drawn"


def test_a_font_that_is_put_there_draws_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setenv("VOUCHER_DESK_FONTS", str(folder))
    assert own_folder() == folder
    before = of_office()
    shutil.copy(BUNDLED / "kai" / "DeskKai-Regular.ttf", folder / "仿宋_GB2312.ttf")
    after = of_office()
    assert before.chains["body"][0].path.is_relative_to(BUNDLED)
    assert after.chains["body"][0].path == folder / "仿宋_GB2312.ttf"
    assert of_office(demonstration=True).chains["body"][0].path.is_relative_to(BUNDLED)


def test_a_text_that_no_font_draws_whole_is_refused(desk: Desk) -> None:
    office_fonts.require(desk.office, "深圳㐂𫚖局")
    with pytest.raises(Refused, match=r"refused\.uncovered"):
        office_fonts.require(desk.office, "ᠠ局")
