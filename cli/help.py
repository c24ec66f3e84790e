"""The help of every command and option, from the catalogue.

Functions of commands carry no sentences; a command's help is ``cli.help.<command>`` and an option's
``cli.help.<command>.<option>``, with ``start`` for the global options.
"""

from __future__ import annotations

from typing import Any, Protocol

import words


class Command(Protocol):
    """The parts of a parser's command that are used here."""

    help: str | None
    params: list[Any]

    def make_context(self, info_name: str | None, args: list[str]) -> Any: ...

    def invoke(self, ctx: Any) -> Any: ...


def translate(command: Any, lang: str, path: str = "start") -> Command:
    """Gives a command, its options and its subcommands their help in a language."""
    command.help = words.say(f"cli.help.{path}", lang)
    for parameter in command.params:
        parameter.help = words.say(f"cli.help.{path}.{parameter.name}", lang)
    command.get_help_option = lambda context, _own=command.get_help_option: _said(_own(context), lang)
    for name, child in getattr(command, "commands", {}).items():
        translate(child, lang, name if path == "start" else f"{path}.{name}")
    found: Command = command
    return found


def _said(option: Any, lang: str) -> Any:
    if option is not None:
        option.help = words.say("cli.help.help", lang)
    return option
