"""The help of every command and option, from the catalogue.

A command's help is ``cli.help.<command>`` and an option's ``cli.help.<command>.<option>``, with ``start`` for
the global options; what its function says of itself is for those who read the code.
"""

from __future__ import annotations

from typing import Any, Protocol

import words


class Command(Protocol):
    """The parts of a parser's command that are used here."""

    help: str | None
    params: list[Any]

    def make_context(self, info_name: str | None, args: list[str]) -> Any:
        """The arguments parsed, ready for `invoke`."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; the answer is the function's own."""


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
