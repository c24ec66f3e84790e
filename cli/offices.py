"""The office and the person of a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.face import Face, default_office
from cli.trouble import Trouble

if TYPE_CHECKING:
    from casework.core.office import Office


@contextmanager
def open_office(face: Face) -> Iterator[Office]:
    """The office of this run, closed at the end.

    Raises:
        Trouble: none was named, and the usual place has none.
    """
    from casework.core.office import Office

    if not face.office and not Path(default_office()).exists():
        raise Trouble("cli.no_office", usual=default_office())
    with Office.open(face.office or default_office()).closing() as office:
        if office.only_read is not None:
            why = face.say(office.only_read.code, **office.only_read.params)
            face.notices.append(face.say("cli.reads_only", why=why))
        yield office


def person(face: Face) -> str:
    """Who acts.

    Raises:
        Trouble: nobody was named.
    """
    if not face.user:
        raise Trouble("cli.no_user")
    return face.user
