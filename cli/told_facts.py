"""What an act answers with, for people: each fact under its name, a code by the word for it.

Programs read the same facts with ``--json``, by their keys and codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import words
from words.shown import shown

if TYPE_CHECKING:
    from casework.core.change import Change
    from casework.rulebook.rule_titles import Names

WORDED = {"status": "outcome", "state": "proposal", "waits_for": "act"}
"""Facts that are codes, and of which kind."""
ASKED = ("case.ask", "told", "field")
"""Where the words for what acts ask for stand."""
RULES = ("binding", "reasons")
COUNTED = ("findings", "open")
"""Facts of which people are told how many; which ones they are stands in `findings` and in the case."""


def named(kind: str, code: str, lang: str) -> str:
    """A code that a person may have to type, with its word before it: 受理（accept）."""
    said = f"{kind}.{code}"
    return words.say("cli.beside", lang, title=words.say(said, lang), id=code) if words.has(said) else code


def asked(key: str, lang: str) -> str:
    """What an act asks for, by its word and the key that one types: 会议纪要文号（minutes）."""
    return next((said for kind in ASKED if (said := named(kind, key, lang)) != key), key)


def lines(change: Change, names: Names, lang: str) -> Iterator[str]:
    """What an act answered, one fact a line; what holds facts of its own stands below, indented."""
    yield from _lines(change.act, change.facts, names, lang, "  ")


def _lines(act: str, facts: Mapping[str, object], names: Names, lang: str, indent: str) -> Iterator[str]:
    for key, value in facts.items():
        if value is None or value == [] or value == "":
            continue
        label = _label(act, key, lang)
        several = value if isinstance(value, (list, tuple)) else (value,)
        inner = [each for each in several if isinstance(each, Mapping)]
        if len(inner) == 1 and inner[0].items() <= facts.items():
            continue  # one list of a publication: all of it has been told
        text = "" if inner else _value(key, value, names, lang)
        yield indent + words.say("cli.act.fact", lang, name=label, value=text).rstrip()
        for each in inner:
            yield from _lines("setting" if key == "settings" else act, each, names, lang, indent + "  ")


def _label(act: str, key: str, lang: str) -> str:
    codes = (f"setting.{key}",) if act == "setting" else (f"told.{act}.{key}", f"told.{key}")
    return next((words.say(code, lang) for code in codes if words.has(code)), key)


def _value(key: str, value: object, names: Names, lang: str) -> str:
    if isinstance(value, bool):
        return words.say("field.yes" if value else "field.no", lang)
    if key in COUNTED and isinstance(value, (list, tuple)):
        return str(len(value))
    if key == "not_done" and isinstance(value, (list, tuple)):
        return names.between.join(words.say(f"open.{kind}", lang, other="") for kind in value)
    if key in RULES:
        ids = value if isinstance(value, str) else ";".join(map(str, value))  # type: ignore[call-overload]
        return names.rule(ids)
    if key == "fields" and isinstance(value, (list, tuple)):
        return names.between.join(_field(str(each), names, lang) for each in value)
    if key.endswith("_fen") and isinstance(value, int):
        return words.say("award.yuan", lang, amount_fen=value)
    code = f"{WORDED.get(key)}.{value}"
    return words.say(code, lang) if key in WORDED and words.has(code) else shown(key, value, lang)


def _field(name: str, names: Names, lang: str) -> str:
    return words.say(f"field.{name}", lang) if words.has(f"field.{name}") else names.rule(name)
