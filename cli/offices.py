"""The office and the person of a run: every command that opens an office comes in by this door, signed in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.face import Face, default_office
from cli.passwords import OWN, said
from cli.trouble import Trouble
from words.shown import shown

if TYPE_CHECKING:
    from casework.core.office import Office


@contextmanager
def open_office(face: Face, looks: str = "", *, changes_password: bool = False) -> Iterator[Office]:
    """The office of this run with the person of `--user` signed in, closed at the end.

    Where the office can't be written, or its people do not verify, it is opened to be read:
    `Office.only_read` says why, and the answer does.

    Args:
        looks: what is only looked at (`casework.core.act_table.LOOKS`); an act asks for the roles itself.
        changes_password: the command is the one that may come before a password was changed.

    Raises:
        Trouble: no office was named and the usual place has none; nobody signs in.
        Refused: what signing in refuses; `refused.must_change` (`…_first`); `refused.may_not_look`.
    """
    from casework.core import people_check
    from casework.core.office import Office
    from casework.core.who_may import must_look

    if not face.office and not Path(default_office()).exists():
        raise Trouble("cli.no_office", usual=default_office())
    with Office.open(face.office or default_office()).closing() as office:
        face.opened.append(office)
        people_check.look(office)
        if office.only_read is not None:
            why = face.say(office.only_read.code, **office.only_read.params)
            face.notice("cli.nobody" if office.nobody_known else "cli.reads_only", why=why)
        if not office.nobody_known:
            _sign_in(face, office, changes_password)
        if looks:
            must_look(office, face.user, looks)
        if office.mark == "known_passwords":
            face.notice("cli.known_passwords")
        if office.lies_open:
            face.notice("office.lies_open", path=office.store.name)
        try:
            yield office
        except Exception as error:
            from casework.audit.by_other_hand import fault_of

            fault = fault_of(office, error)
            if fault is None:
                raise
            raise fault from error


def _sign_in(face: Face, office: Office, changes_password: bool) -> None:
    """A demonstration takes the name alone; a password that is there must be right all the same."""
    from casework.people import signing_in

    who = person(face, office)
    if office.demonstration and not os.environ.get(OWN):
        signing_in.let_in(office, who)
    else:
        signing_in.sign_in(office, who, said(face, OWN, "cli.password.own", user=who))
    stands = signing_in.standing(office, who)
    if stands.reset_at is not None:
        code = "cli.reset.waits" if stands.waits else "cli.reset.done"
        face.notice(code, by=stands.reset_by, at=shown("at", stands.reset_at, face.lang))
    if not changes_password:
        signing_in.must_have_changed(office, who, stands)


def person(face: Face, office: Office) -> str:
    """Who acts; nobody has to be named where the people of the office do not verify.

    Raises:
        Trouble: nobody was named.
    """
    if not face.user and not office.nobody_known:
        raise Trouble("cli.no_user")
    return face.user
