"""Parameters, rules and readings of a pack as people read and type them: the title, and the id behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.face import Face

if TYPE_CHECKING:
    from rules.pack import Pack


def named(face: Face, pack: Pack, name: str) -> str:
    """A parameter or a rule: 公示期（publicity_days）; the id alone where the pack has no title for it."""
    return _beside(face, pack.parameter(name) or pack.rules().get(name), name)


def reading(face: Face, pack: Pack, parameter: str, value: str) -> str:
    """What a parameter is set to: a reading by its title, anything else as it was set."""
    asked = pack.parameter(parameter)
    found = next((each for each in asked.readings if each.id == value), None) if asked else None
    return _beside(face, found, value)


def _beside(face: Face, found: object, name: str) -> str:
    title = getattr(found, "title" if face.lang == "zh" else "title_en", "")
    return face.say("cli.beside", title=title, id=name) if title and title != name else name
