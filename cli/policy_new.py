"""``policy new``: a pack from a short questionnaire, asked on the terminal or given as options and a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from casework.core.refused import Refused
from casework.rulebook.pack_wizard import to_text
from casework.rulebook.shipped_packs import MOST_BYTES
from casework.rulebook.wizard_questions import QUESTIONS, Question, answered, read_answer
from cli.act_words import pair
from cli.face import Face
from cli.policy_read import finding
from cli.trouble import Trouble
from papers.draft_file import must_be_free, whole
from rules.toml_text import data_of
from words import machine


def new(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE")],
    answers_file: Annotated[Path | None, typer.Option("--answers", metavar="FILE")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE")] = None,
) -> int:
    """``policy new``: writes a pack from answers, which are asked where none are given."""
    from rules.check import check
    from rules.pack import load

    face: Face = context.obj
    must_be_free(output)
    if output.exists() and output.stat().st_size:
        raise Trouble("policy.new_exists", file=output.name)
    said = {**_from_file(answers_file), **dict(map(pair, settings or ()))}
    if not said and not face.as_json and sys.stdin is not None and sys.stdin.isatty():
        said = _ask(face)
    text = to_text(answered(said))
    report = check(text)
    with whole(output) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")
    data: dict[str, Any] = {
        "file": str(output),
        "pack": f"{said['id'].strip()}@{said['version'].strip()}",
        "sha256": load(text).sha256 if report.ok else None,
        "faults": [finding(face, found) for found in report.faults],
        "warnings": [finding(face, found) for found in report.warnings],
    }

    def show() -> None:
        face.line("cli.policy.new_written", file=str(output), pack=data["pack"])
        for row in data["faults"]:
            face.line("cli.policy.faults", file=output.name, **row)
        face.line("cli.policy.new_next")

    face.answer(data, show)
    return 0 if report.ok else 1


def _from_file(path: Path | None) -> dict[str, str]:
    """Answers by name, one a line: ``rate = "30%"``; a date or a whole number may stand without quotes."""
    if path is None:
        return {}
    try:
        data = data_of(machine.read_bytes(path, MOST_BYTES).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Trouble("policy.new_answers", file=path.name) from error
    if any(isinstance(value, dict | float) for value in data.values()):
        raise Trouble("policy.new_answers", file=path.name)
    return {name: _text(value) for name, value in data.items()}


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _ask(face: Face) -> dict[str, str]:
    face.line("cli.policy.new_asks")
    return {question.name: _asked(face, question) for question in QUESTIONS}


def _asked(face: Face, question: Question) -> str:
    """One answer from the terminal, asked again until it can be read."""
    while True:
        label = face.say(f"wizard.ask.{question.name}")
        said = str(typer.prompt(label, default=question.default, show_default=bool(question.default)))
        try:
            if read_answer(question, said) or not question.needed:
                return said
        except Refused as refused:
            print(refused.say(face.lang))
