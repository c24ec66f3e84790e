"""``settings``: what the office says of itself on its papers, and what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.face import Face
from cli.offices import open_office
from words.shown import shown

if TYPE_CHECKING:
    from casework.core.office_settings import Said


def settings(
    context: typer.Context,
    with_history: Annotated[bool, typer.Option("--history")] = False,
) -> int:
    """``settings``: each setting with its value; the change is ``act set_office``."""
    from casework.core.office_settings import SETTINGS, history, missing, settings_of

    face: Face = context.obj
    with open_office(face, "settings") as office, office.read() as session:
        now, before = settings_of(session), history(session)
    lacks = missing(now)
    answer: dict[str, object] = {"settings": now._asdict(), "missing": lacks}
    if with_history:
        answer["history"] = [said._asdict() for said in before]

    def show() -> None:
        rows = [
            (each.key, face.say(f"setting.{each.key}"), getattr(now, each.key), _papers(face, each.needed_by))
            for each in SETTINGS
        ]
        _table(face, ("key", "title", "value", "needed_by"), rows)
        if lacks:
            face.line("cli.settings.missing", setting=[face.say(f"setting.{key}") for key in lacks])
        if with_history:
            told = [_told(face, each) for each in before]
            _table(face, ("at", "title", "set_to", "person", "reason"), told)

    face.answer(answer, show)
    return 0


def _table(face: Face, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    face.table([face.say(f"cli.settings.{name}") for name in columns], rows)


def _told(face: Face, said: Said) -> tuple[object, ...]:
    """What was set once, in words."""
    at = shown("at", said.at, face.lang)
    return at, face.say(f"setting.{said.key}"), said.value, said.person, said.reason


def _papers(face: Face, kinds: Sequence[str]) -> str:
    """The papers that need a setting, as a list of the run's language."""
    return shown("papers", [face.say(f"letter.kind.{kind}") for kind in kinds], face.lang)
