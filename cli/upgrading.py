"""``upgrade``: an office of an earlier version, brought up after a copy."""

from __future__ import annotations

import os
import time
from typing import Annotated

import typer

from cli.face import Face
from cli.passwords import OWN, said
from cli.trouble import Trouble


def upgrade(
    context: typer.Context,
    office: Annotated[str, typer.Argument(metavar="OFFICE")],
    without_copy: Annotated[bool, typer.Option("--without-copy")] = False,
) -> int:
    """``upgrade``: an office of an earlier version brought up, after a copy, by one of its people."""
    from casework.founding.office_upgrade import bring_up

    face: Face = context.obj
    if without_copy and "://" not in office:
        raise Trouble("cli.upgrade.always_copied", office=office)
    _sign_in(face, office)
    started = time.perf_counter()
    with face.progress("cli.upgrade.working") as bar:
        done = bring_up(
            office, without_copy=without_copy, progress=bar, stored=lambda: face.made.append(office)
        )
    answer = {
        "office": office,
        "from": done.before,
        "to": done.after,
        "copy": None if done.copy is None else str(done.copy),
        "seconds": round(time.perf_counter() - started, 3),
    }

    def show() -> None:
        if done.before == done.after:
            face.line("cli.upgrade.current", office=office, schema=done.after)
            return
        face.line("cli.upgrade.done", office=office, before=done.before, after=done.after)
        if done.copy is not None:
            face.line("cli.upgrade.copy", copy=done.copy)

    face.answer(answer, show)
    return 0


def _sign_in(face: Face, office: str) -> None:
    """One of the office's people, where they can be read; else it is said that nobody was asked."""
    from casework.founding import older_door

    older = older_door.look(office)
    if older is None:  # up to date: nothing is shown of it or changed
        return
    if older.people is None:
        face.notice("cli.upgrade.nobody")
        return
    if not face.user:
        raise Trouble("cli.no_user")
    alone = older.demonstration and not os.environ.get(OWN)
    older.sign_in(face.user, "" if alone else said(face, OWN, "cli.password.own", user=face.user))
