"""The help of every command and option, in the language that was asked for."""

from typing import Any

import pytest
import typer

import words
from cli.help import translate
from cli.main import application


def told(command: Any, path: str) -> dict[str, str]:
    """Everything that help says of a command and those under it, by its code."""
    found = {f"cli.help.{path}": command.help}
    found |= {f"cli.help.{path}.{each.name}": each.help for each in command.params}
    for name, child in getattr(command, "commands", {}).items():
        found |= told(child, name if path == "start" else f"{path}.{name}")
    return found


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_word_of_help_comes_from_the_catalogue(lang: str) -> None:
    command = translate(typer.main.get_command(application()), lang)
    found = told(command, "start")
    assert {"cli.help.start.office", "cli.help.import.file", "cli.help.policy.supplement.source"} < set(found)
    assert {code: said for code, said in found.items() if said != words.say(code, lang)} == {}
    assert all(words.has(code, lang) for code in found)


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_the_option_for_help_is_told_too(lang: str) -> None:
    command: Any = translate(typer.main.get_command(application()), lang)
    for one in (command, command.commands["policy"].commands["show"]):
        with one.make_context("x", [], resilient_parsing=True) as context:
            assert one.get_help_option(context).help == words.say("cli.help.help", lang)
