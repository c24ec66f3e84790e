from pathlib import Path

import pytest

from words.compile import BadCatalogue, compiled, main, read_room

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def source(folder: Path, lang: str, room: str, *entries: tuple[str, str]) -> Path:
    path = folder / lang / f"{room}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(f'msgid "{code}"\nmsgstr "{text}"\n\n' for code, text in entries)
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    source(tmp_path, "zh", "cli", ("a", "甲"))
    source(tmp_path, "en", "cli", ("a", "A"))
    assert main(tmp_path) == 0
    first = (tmp_path / "zh.mo").read_bytes()
    assert compiled("zh", tmp_path) == first
    source(tmp_path, "zh", "cli", ("a", "乙"))
    assert compiled("zh", tmp_path) != first


@pytest.mark.parametrize("text", ["{", "{}", "{0}", "{award_fen:>10}", "{name!r}", "{name.attribute}", ""])
def test_a_sentence_that_cannot_be_said_is_named(tmp_path: Path, text: str) -> None:
    path = source(tmp_path, "zh", "cli", ("bad.one", text))
    with pytest.raises(BadCatalogue, match=r"bad\.one"):
        read_room(path)


def test_a_code_twice_in_a_room_or_in_two_rooms_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source(tmp_path, "zh", "cli", ("a", "甲"), ("a", "乙"))
    with pytest.raises(BadCatalogue, match="twice"):
        read_room(path)
    source(tmp_path, "zh", "cli", ("a", "甲"))
    source(tmp_path, "zh", "rules", ("a", "乙"))
    assert main(tmp_path) == 2
    assert "'a' stands in cli and in rules" in capsys.readouterr().err
    assert not (tmp_path / "zh.mo").exists()
