"""``settings``: what the office says of itself on its papers, and what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from cli.face import Face
from cli.offices import open_office
from words.shown import shown


def settings(
    context: typer.Context,
    with_history: Annotated[bool, typer.Option("--history")] = False,
) -> int:
    """``settings``: each setting with its value; the change is ``act set_office``."""
    from casework.core.office_settings import SETTINGS, history, missing, settings_of

    face: Face = context.obj
    with open_office(face) as office, office.read() as session:
        now, before = settings_of(session), history(session)
    lacks = missing(now)
    answer: dict[str, object] = {"settings": now._asdict(), "missing": lacks}
    if with_history:
        answer["history"] = [said._asdict() for said in before]

    def show() -> None:
        columns = ("key", "title", "value", "needed_by")
        face.table(
            [face.say(f"cli.settings.{name}") for name in columns],
            [
                (
                    each.key,
                    face.say(f"setting.{each.key}"),
                    getattr(now, each.key),
                    _papers(face, each.needed_by),
                )
                for each in SETTINGS
            ],
        )
        if lacks:
            face.line("cli.settings.missing", setting=[face.say(f"setting.{key}") for key in lacks])
        if with_history:
            names = ("at", "title", "set_to", "person", "reason")
            face.table(
                [face.say(f"cli.settings.{name}") for name in names],
                [
                    (
                        shown("at", said.at, face.lang),
                        face.say(f"setting.{said.key}"),
                        said.value,
                        said.person,
                        said.reason,
                    )
                    for said in before
                ],
            )

    face.answer(answer, show)
    return 0


def _papers(face: Face, kinds: Sequence[str]) -> str:
    """The papers that need a setting, as a list of the run's language."""
    return shown("papers", [face.say(f"letter.kind.{kind}") for kind in kinds], face.lang)
