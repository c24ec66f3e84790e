"""What goes wrong, as one sentence that says what is wrong and what to do.

Everything a person can cause has a sentence of its own; what is left is a bug of the program, which says so.
"""

from __future__ import annotations

from typing import NamedTuple

import words
from cli.told_facts import asked, named
from words import machine


class Trouble(Exception):
    """The command can't be done: a code and parameters for its sentence, like ``cli.no_file``."""

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Told(NamedTuple):
    """A code for programs and a sentence for people."""

    code: str
    sentence: str


def tell(error: BaseException, lang: str) -> Told:
    """The code and the sentence of an error.

    Args:
        error: what was raised: a `Trouble`; a refusal or fault of another room, known by its ``code`` and
            ``params`` or by what it has to ``say``; a file that can't be had; or a bug.
        lang: the language to say it in.
    """
    try:
        known = _of_the_office(error, lang)
    except words.MissingWords as missing:  # an error without its sentence is a bug, and must still be told
        error, known = missing, None
    if known is not None:
        return known
    if isinstance(error, OSError) and (found := machine.fault(error)) is not None:
        code, params = found
        return Told(code, words.say(code, lang, **params))
    if isinstance(error, KeyboardInterrupt):
        return Told("cli.interrupted", words.say("cli.interrupted", lang))
    what = f"{type(error).__name__}: {error}".strip().splitlines()[0][:300]
    return Told("cli.bug", words.say("cli.bug", lang, what=what))


def _of_the_office(error: BaseException, lang: str) -> Told | None:
    """What a room refused, in its own words."""
    code = getattr(error, "code", None)
    if not isinstance(code, str) or type(error).__module__.startswith("sqlalchemy"):
        return None  # a library's error has a code of its own, and no sentence for it
    if callable(say := getattr(error, "say_with_ids", None) or getattr(error, "say", None)):
        return Told(code, say(lang))
    params = getattr(error, "params", None)
    if not isinstance(params, dict):
        return None
    if "act" in params:
        params = {**params, "act": named("act", str(params["act"]), lang)}
    if "keys" in params:
        params = {**params, "keys": tuple(asked(key, lang) for key in params["keys"])}
    return Told(code, words.say(code, lang, **params))


def usage(error: Exception, lang: str) -> Told:
    """A mistake in the command line itself, as the parser found it."""
    kind = type(error).__name__
    option = getattr(error, "option_name", None) or _name(getattr(error, "param", None))
    raw = str(getattr(error, "message", error))
    if kind == "NoSuchOption":
        code = "cli.no_such_option"
    elif kind == "MissingParameter":
        code = "cli.missing_parameter"
    elif kind == "BadOptionUsage":
        code = "cli.option_without_value" if "requires" in raw else "cli.option_with_value"
    elif kind == "BadParameter":
        code = "cli.bad_value"
    elif raw.startswith("No such command"):
        said = raw.removeprefix("No such command").partition(" Did you mean")[0]
        code, option = "cli.no_such_command", said.strip(" '\".")
    elif raw.startswith("Got unexpected extra argument"):
        code, option = "cli.extra_argument", raw.partition("(s) (")[2].rstrip(")")
    elif raw.startswith("Missing command"):
        code = "cli.missing_command"
    else:
        code = "cli.bad_usage"
    return Told(code, words.say(code, lang, option=option, what=raw))


def _name(parameter: object) -> str:
    """How a person writes a parameter: ``--reason``, or ``FILE`` for one without dashes."""
    names = [name for name in getattr(parameter, "opts", ()) if name.startswith("--")]
    return names[0] if names else str(getattr(parameter, "name", "") or "").upper()
