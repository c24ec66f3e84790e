"""``policy new``: a pack from answers in a file, as options, or asked on the terminal."""

import json
from pathlib import Path

import pytest

from casework.rulebook.wizard_questions import QUESTIONS
from cli.main import run
from rules.pack import load

ANSWERS = """id = "x-city-voucher"
version = "2026"
title = "某市算力券"
document = "某府规〔2026〕1号"
from = 2026-01-01
force_article = "第十条"
article = "第三条"
rate = "50%"
kinds = ["enterprise", "university"]
unrelated = true
floor = 5000
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.toml"
    path.write_text(ANSWERS, encoding="utf-8")
    return path


def test_a_pack_is_written_from_a_file_and_options(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.toml"
    more = ["--set", "rate=30%", "--set", "cap=80万元"]
    assert run(["--json", "policy", "new", "-o", str(out), "--answers", str(answers), *more]) == 0
    told = json.loads(capsys.readouterr().out)
    pack = load(out.read_text(encoding="utf-8"))
    assert (told["pack"], told["sha256"], told["faults"]) == (pack.ref, pack.sha256, [])
    assert (pack.tiers[0].rate, pack.caps[0].limit) == (300_000, 80_000_000)
    assert [one.id for one in pack.conditions] == ["kind", "unrelated"]
    assert run(["policy", "check", str(out)]) == 0


def test_a_file_with_something_in_it_is_not_written_over(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.toml"
    out.write_text("x")
    assert run(["policy", "new", "-o", str(out), "--answers", str(answers)]) == 2
    assert out.read_text() == "x" and "new.toml" in capsys.readouterr().err
    out.write_text("")
    assert run(["policy", "new", "-o", str(out), "--answers", str(answers)]) == 0


@pytest.mark.parametrize(
    "text",
    ["rate = ", "[a]\nb = 1\n", "rate = 0.5\n", "\udcff", "x." * 20 + "x = 1", "x = " + "[" * 2_000],
)
def test_what_is_no_file_of_answers_is_refused(text: str, tmp_path: Path) -> None:
    path, out = tmp_path / "answers.toml", tmp_path / "new.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert run(["policy", "new", "-o", str(out), "--answers", str(path)]) == 2
    assert not out.exists()


def test_what_is_missing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new.toml"
    assert run(["--json", "policy", "new", "-o", str(out), "--set", "id=a"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert told["error"] == "policy.new_lacks" and "article" in told["say"]


def test_on_a_terminal_each_question_is_asked_again_until_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {"id": "a", "version": "1", "title": "甲", "document": "乙", "from": "2026-01-01",
            "force_article": "一", "article": "二", "rate": "30%"}  # fmt: skip
    wrong = ["很多", said["rate"]]
    labels = [question.name for question in QUESTIONS]
    asked: list[str] = []

    def prompt(label: str, default: str, **more: object) -> str:
        name = next(name for name in labels if label == face_says(name))
        asked.append(name)
        return wrong.pop(0) if name == "rate" else said.get(name, default)

    monkeypatch.setattr("typer.prompt", prompt)
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    out = tmp_path / "new.toml"
    assert run(["policy", "new", "-o", str(out)]) == 0
    assert asked.count("rate") == 2 and len(asked) == len(labels) + 1
    assert load(out.read_text(encoding="utf-8")).ref == "a@1"
    assert "很多" in capsys.readouterr().out


def face_says(name: str) -> str:
    from words import say

    return say(f"wizard.ask.{name}", "zh")
