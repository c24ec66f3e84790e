"""Every character is drawn by some font, or the paper is refused."""

import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from papers.drawing import fonts
from papers.drawing.fonts import BUNDLED, ROLES, Role, UncoveredCharacter, load
from tests.papers.samples import RARE

HAN = [chr(code) for code in range(0x4E00, 0x9FA6)]  # what GBK has of them, all 20,902
MARKS = "，。、；：？！（）〔〕《》「」“”‘’…—％‰℃·￥¥①②㎡№×√０Ａａ"


def named(role: Role, text: str) -> list[tuple[str, str]]:
    return [(face.name.decode(), part) for face, part in load(use_system=False).runs(role, text)]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_draws_all_of_gbk_and_rare_names(role: Role) -> None:
    load(use_system=False).require([(role, "".join(HAN)), (role, MARKS), (role, RARE)])


def level_2() -> str:
    """The ideographs of GB 18030-2022 that level 2 asks for: the first block with what came to it since,
    extension A, and 通用规范汉字表, whose rarest stand in `RARE`."""
    return "".join(map(chr, (*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FF0))))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_draws_level_2_whole(role: Role) -> None:
    load(use_system=False).require([(role, level_2())])


def test_the_rare_fonts_are_read_when_a_character_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    own = load(use_system=False)
    fresh = fonts.FontSet(own.chains, rare=lambda: asked.append("") or own.rare())  # type: ignore[func-returns-value]
    assert fresh.undrawn(f"深圳市{RARE}有限公司") == "" and not asked
    assert fresh.undrawn("深圳㐂科技𫚖") == "" and asked


def test_what_no_font_draws_is_named() -> None:
    assert load(use_system=False).undrawn("深\ue5e5圳ᠠ市ᠠ") == "\ue5e5ᠠ"


def test_a_rare_character_comes_from_the_fallback_and_its_neighbours_do_not() -> None:
    assert named("body", "王𬭚局") == [
        ("DeskFangSong-Regular", "王"),
        ("NotoSerifSC-Light", "𬭚"),
        ("DeskFangSong-Regular", "局"),
    ]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("mark", "“”‘’…—")
def test_chinese_marks_fill_a_whole_place(role: Role, mark: str) -> None:
    assert load(use_system=False).advance(role, mark) >= 0.85


def test_the_yen_sign_is_not_drawn_as_a_dollar() -> None:
    assert named("body", "￥") == [("NotoSerifSC-Light", "￥")]


def test_a_character_without_a_font_is_refused_by_name() -> None:
    with pytest.raises(UncoveredCharacter) as caught:
        load(use_system=False).require([("body", "甲𰻝乙"), ("title", "\U00030edeᠠ𰻝")])
    assert caught.value.characters == ("𰻝", "\U00030ede", "ᠠ")
    assert "U+30EDD" in str(caught.value)
    with pytest.raises(UncoveredCharacter):
        load(use_system=False).runs("body", "ᠠ")
    with pytest.raises(UncoveredCharacter):
        load(use_system=False).advance("body", "ᠠ")


def test_fonts_are_read_once_a_process() -> None:
    assert load(use_system=False) is load(use_system=False)
    again = load(BUNDLED / "kai", use_system=False)
    assert (
        again.chains["body"][1]
        in load(use_system=False).chains["kai"] + load(use_system=False).chains["body"]
    )


def test_the_office_folder_comes_first_and_the_bundled_fonts_fill_its_gaps(tmp_path: Path) -> None:
    shutil.copy(BUNDLED / "kai" / "DeskKai-Regular.ttf", tmp_path / "仿宋_GB2312.ttf")
    shutil.copy(BUNDLED / "fang-song" / "DeskFangSong-Regular.ttf", tmp_path / "其他.ttf")
    own = load(tmp_path, use_system=False)
    assert own.chains["body"][0].path.name == "仿宋_GB2312.ttf"
    assert own.chains["heading"][0].path.parent != tmp_path
    assert all(chain[-1].path.name == "其他.ttf" for chain in own.chains.values())
    assert [part for _, part in own.runs("body", "局鼃")] == [
        "局",
        "鼃",
    ]  # the second is not in the first font


def test_a_font_that_cannot_be_used_is_skipped_and_said(tmp_path: Path) -> None:
    (tmp_path / "仿宋.ttf").write_bytes(b"OTTO" + bytes(100))
    own = load(tmp_path, use_system=False)
    assert own.chains["body"][0].path.is_relative_to(BUNDLED)
    assert [path.name for path, _ in own.skipped] == ["仿宋.ttf"]


def test_the_systems_fonts_come_before_the_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(BUNDLED / "kai" / "DeskKai-Regular.ttf", tmp_path / "simfang.ttf")
    shutil.copy(BUNDLED / "kai" / "DeskKai-Regular.ttf", tmp_path / "anything.ttf")
    monkeypatch.setattr(fonts, "_system_folders", lambda: [tmp_path])
    fonts._load.cache_clear()
    try:
        found = load()
        assert [face.path.parent == tmp_path for face in found.chains["body"]][:2] == [True, False]
        assert not any(face.path.name == "anything.ttf" for face in found.chains["body"])
        assert load(use_system=False).chains["body"][0].path.is_relative_to(BUNDLED)
    finally:
        fonts._load.cache_clear()


def test_every_bundled_family_has_its_licence_and_all_are_small_enough() -> None:
    families = {path.parent for path in BUNDLED.rglob("*.ttf")}
    assert len(families) == 5
    assert all((family / "LICENSE").is_file() for family in families)
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*.ttf")) < 56_000_000


def test_a_reserved_name_is_not_kept_by_a_changed_font() -> None:
    names = TTFont(BUNDLED / "kai" / "DeskKai-Regular.ttf", lazy=True)["name"].names
    shown = [name.toUnicode() for name in names if name.nameID in (1, 2, 3, 4, 6, 16, 17)]
    assert shown and not any("LXGW" in name or "霞鹜" in name for name in shown)
