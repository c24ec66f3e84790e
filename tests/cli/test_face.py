"""How a run answers: one object for programs, sentences and tables for people, a bar for who is looking."""

import json
from pathlib import Path

import pytest

import words
from cli.face import Face, default_office


def face(*, as_json: bool = False, lang: str = "en") -> Face:
    return Face("our.office", "officer", as_json, lang, debug=False)


def test_programs_get_one_object_and_people_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    shown: list[str] = []
    data = {"name": "湾畔", "folder": Path("papers")}
    face(as_json=True).answer(data, lambda: shown.append("people"))
    out = capsys.readouterr().out
    assert (out, shown) == ('{"name": "湾畔", "folder": "papers"}\n', [])
    assert json.loads(out) == {"name": "湾畔", "folder": "papers"}
    face().answer(data, lambda: shown.append("people"))
    assert (capsys.readouterr().out, shown) == ("", ["people"])


def test_a_sentence_is_said_in_the_run_s_language(capsys: pytest.CaptureFixture[str]) -> None:
    face(lang="zh").line("cli.letters.done", count=3, folder="out")
    face(lang="en").line("cli.letters.done", count=3, folder="out")
    said = [words.say("cli.letters.done", lang, count=3, folder="out") for lang in ("zh", "en")]
    assert capsys.readouterr().out.splitlines() == said


def test_money_stands_flush_right_and_nothing_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("SL1", "4,000,000.00"), ("SL2", "0.01"), ("SL3", None)]
    face().table(["case", "award"], rows, frozenset({1}))
    printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert printed == [
        "case         award",
        "SL1   4,000,000.00",
        "SL2           0.01",
        "SL3",
    ]


def test_what_looks_like_markup_is_shown_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    face().table(["name"], [("[bold]公司[/bold]",)])
    assert "[bold]公司[/bold]" in capsys.readouterr().out


def test_a_bar_is_drawn_only_for_a_person_who_looks(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with face().progress("cli.replay.working") as bar:
        bar(1, 2)
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with face(as_json=True).progress("cli.replay.working") as bar:
        bar(1, 2)
    assert capsys.readouterr() == ("", "")
    with face().progress("cli.replay.working") as bar:
        bar(1, 2)
    printed = capsys.readouterr()
    assert printed.out == "" and words.say("cli.replay.working", "en") in printed.err


def test_the_office_where_none_is_named_lies_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_data_dir", lambda name, appauthor: str(tmp_path / name))
    assert default_office() == str(tmp_path / "voucher-desk" / "office.sqlite")
