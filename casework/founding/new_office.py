"""A new office: its file, its first people, and the shipped packs in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from casework.core.office import Office
from casework.people import accounts
from casework.rulebook import packs


class Founded(NamedTuple):
    """Who is there and which packs are in force (``id@version``)."""

    people: tuple[str, ...]
    packs: tuple[str, ...]


def found_office(
    where: str | Path,
    *,
    demo_people: bool = False,
    name: str = "",
    first: Sequence[tuple[str, str, str]] | None = None,
    passwords: Mapping[str, str] | None = None,
    only: Sequence[str] = (),
    stored: Callable[[], object] = lambda: None,
) -> Founded:
    """Makes an empty office with the shipped packs in force and its first people: all of it, or nothing.

    Args:
        where: a SQLite file that is not there yet, or the URL of an empty database.
        demo_people: the demonstration's people, whose password is ``demo``, instead of the two who make
            accounts and give rights.
        name: the office's name on papers.
        first: other first people, as account, full name and role.
        passwords: each one's own by account, which nobody else chooses; without one an account can't be
            signed in with.
        only: the packs that it begins with, by id or `id@version`; all that the program brings where none is
            named.
        stored: called once the office is there.

    Raises:
        OfficeFault: it can't be made there.
        Refused: what `accounts.found` refuses of a password and `packs.put_in_force` of a pack; no office is
            left then.
    """
    first = first or (accounts.DEMO_PEOPLE if demo_people else accounts.FIRST_PEOPLE)
    with Office.making(where, name=name, stored=stored) as office:
        accounts.found(office, first, "demo" if demo_people else passwords, known=demo_people)
        refs = packs.put_in_force(office, only)
    return Founded(tuple(name for name, _, _ in first), refs)
