"""Who may bring an office of an earlier version up: one of its people, where they can be read.

Its tables are those of then, so they are read as they stand, by the columns that every version has. A wrong
password is not counted: nothing can be written into such an office, and whoever has its file guesses without
the program.
"""

import json
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from casework.core.refused import Refused
from casework.people import signing_in
from models import upgrade


class Older(NamedTuple):
    """An office of an earlier version: its people's password hashes and locks by account (None: they can't be
    read, and nobody is asked), and whether it is a demonstration, by its row and by its log: that takes the
    name alone."""

    people: dict[str, tuple[str | None, bool]] | None
    demonstration: bool

    def sign_in(self, name: str, password: str) -> None:
        """Let a person in.

        Raises:
            Refused: `refused.sign_in`, `refused.locked`, said only to who knows the password; in a
                demonstration without a password `refused.no_such_person`.
        """
        if self.people is None:
            return
        kept, locked = self.people.get(name, (None, False))
        if self.demonstration and not password:
            if name not in self.people:
                raise Refused("refused.no_such_person", person=name)
        elif not signing_in.fits(kept, password):
            raise Refused("refused.sign_in")
        if locked:
            raise Refused("refused.locked", person=name)


def look(where: str | Path) -> Older | None:
    """The people of an office of an earlier version; None where it is up to date.

    Raises:
        OfficeFault: as bringing it up does (`models.upgrade.upgrade`).
    """
    return upgrade.looked_at(where, _read)


def _read(connection: Connection) -> Older:
    try:
        made_up = connection.execute(text("SELECT min(demonstration) FROM office")).scalar_one()
        made = connection.execute(text("SELECT payload FROM log_entry ORDER BY seq LIMIT 1")).scalar_one()
        made_up = made_up and json.loads(made)["demonstration"]
        rows = connection.execute(text("SELECT name, password_hash, locked FROM person")).all()
    except (DBAPIError, LookupError, TypeError, ValueError):
        return Older(None, False)
    return Older({name: (kept, bool(locked)) for name, kept, locked in rows} or None, bool(made_up))
