"""Passwords that somebody else gave, as the log tells them: whatever happened since does not wash them away.

Who was given a password could be whoever gave it, for some days from when it held and from when it was last
used, so they agree to none that the same side gives.
"""

import datetime
import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core.refused import Refused
from casework.people import password_rule
from models import LogEntry, Person


class Given(NamedTuple):
    """That a person's password was one which somebody else (by account) had given, at a moment."""

    by: str
    at: datetime.datetime


def given_to(session: Session, name: str) -> Iterator[Given]:
    """When the password of an account was another's: as each began to hold (at once, or when it was agreed
    to), and as it was changed for one of their own, with it in hand."""
    told = select(col(LogEntry.at), col(LogEntry.person), col(LogEntry.act), col(LogEntry.payload)).where(
        col(LogEntry.subject) == f"person {name}",
        col(LogEntry.act).in_(("reset_password", "confirm_reset", "change_password")),
    )
    holds = ""
    for at, person, act, payload in session.execute(told.order_by(col(LogEntry.seq))):
        said = json.loads(payload)
        if act == "reset_password" and said.get("waits"):
            continue  # only proposed
        if act != "change_password":
            holds = said["reset_by"] if act == "confirm_reset" else person
        if holds:
            yield Given(holds, at)
        if act == "change_password":
            holds = ""


def bar_to_agree(session: Session, person: Person, name: Person, at: datetime.datetime) -> Refused | None:
    """Why a person may not agree to a password that waits for somebody (`name`): `refused.same_side`, where
    one of their own side gave it; `refused.reset_lately`, where that side gave them their own not long ago:
    whoever did can be them, and would agree with themselves."""
    given_by = session.get_one(Person, name.reset_by_id)
    if given_by.side == person.side:
        return Refused("refused.same_side", name=name.name, side=given_by.side)
    days = password_rule.figures().days_before_agreeing
    lately = [one for one in given_to(session, person.name) if at - one.at < datetime.timedelta(days)]
    wanted = select(Person).where(col(Person.name).in_({one.by for one in lately}))
    same = {one.name: one for one in session.execute(wanted).scalars() if one.side == given_by.side}
    for one in reversed(lately):
        if one.by in same:
            by = same[one.by].called
            return Refused("refused.reset_lately", name=name.name, by=by, at=one.at, days=days)
    return None
