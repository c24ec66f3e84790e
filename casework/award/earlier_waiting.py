"""Earlier applications that draw on the same budget and are not decided yet: who came first is served first.

An act on one case or on chosen cases says so, and does it all the same: there may be a reason to go on.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlmodel import Session, col

from casework.core.act_table import OPEN
from casework.core.many_rows import chunks
from casework.core.office import SHANGHAI
from casework.money import ceilings
from casework.money.ceilings import Drawn
from casework.rulebook.in_force import Shelf
from models import Application, ApplicationVersion
from rules.facts import Value, shanghai_now


class Waiting(NamedTuple):
    """How many earlier applications wait, and the first of them."""

    how_many: int
    case: str
    applied_at: datetime.datetime


class _Place(NamedTuple):
    """Where an application stands in the order."""

    applied_at: datetime.datetime
    id: int


def earlier(session: Session, cases: Iterable[str]) -> Waiting | None:
    """What waits before the last of these cases without being one of them; None where nothing does.

    Cases whose budget is ranked or shared out are decided with their round and wait for nobody.
    """
    shelf = Shelf(session)
    last: dict[str, _Place] = {}
    chosen: set[int] = set()
    for some in chunks(cases):
        for number, scheme, applied_at, signed_on in session.execute(_cases(some)):
            chosen.add(number)
            key = _budget(shelf, scheme, applied_at, signed_on)
            if key is not None:
                last[key] = max(last.get(key, _Place(applied_at, number)), _Place(applied_at, number))
    waiting = [one for key, place in last.items() for one in _before(session, shelf, key, place, chosen)]
    if not waiting:
        return None
    first = min(waiting, key=lambda one: one.applied_at)
    return Waiting(sum(one.how_many for one in waiting), first.case, first.applied_at)


def _cases(numbers: Sequence[str]) -> Select[Any]:
    columns: list[Any] = [Application.id, Application.scheme, Application.applied_at]
    return (
        select(*map(col, columns), col(ApplicationVersion.signed_on))
        .join(ApplicationVersion, _AS_IT_IS)
        .where(col(Application.case_no).in_(numbers))
    )


_AS_IT_IS = and_(
    col(ApplicationVersion.application_id) == col(Application.id),
    col(ApplicationVersion.version) == col(Application.version),
)


def _budget(
    shelf: Shelf, scheme: str, applied_at: datetime.datetime, signed_on: datetime.date | None
) -> str | None:
    """The budget that a case draws on by itself; None where no version of its scheme is in force, or its turn
    comes with its round."""
    facts: dict[str, Value] = {"applied_at": shanghai_now(applied_at), "signed_on": signed_on}
    chosen = shelf.chosen(scheme, facts)
    if chosen is None:
        return None
    policy = shelf.completed(chosen, shanghai_now(applied_at).date()).policy
    return None if policy.decided_together else ceilings.key_of(policy, facts)


def _before(session: Session, shelf: Shelf, key: str, place: _Place, chosen: set[int]) -> list[Waiting]:
    """What waits of one budget before a place."""
    applied_at, number = col(Application.applied_at), col(Application.id)
    drawn = [one for one in ceilings.drawn_by(shelf, key) if not one.pack.decided_together]
    before = [
        or_(false(), *map(_drawing, drawn)),
        col(Application.state).in_(OPEN),
        or_(applied_at < place.applied_at, and_(applied_at == place.applied_at, number < place.id)),
    ]
    if any(one.pack.chosen_by == "signed_on" for one in drawn):
        before.append(_AS_IT_IS)
    if len(chosen) == 1:
        counted = select(func.count()).select_from(Application).where(*before, number.not_in(chosen))
        how_many = int(session.execute(counted).scalar_one())
        if not how_many:
            return []
        first = select(col(Application.case_no), applied_at).where(*before, number.not_in(chosen))
        case, at = session.execute(first.order_by(applied_at, number).limit(1)).one()
        return [Waiting(how_many, case, at)]
    listed = select(number, col(Application.case_no), applied_at).where(*before).order_by(applied_at, number)
    others = [(case, at) for other, case, at in session.execute(listed) if other not in chosen]
    return [Waiting(len(others), *others[0])] if others else []


def _drawing(one: Drawn) -> ColumnElement[bool]:
    """The case is one of a version that draws on the budget, of days on which it does."""
    if one.pack.chosen_by == "signed_on":
        on, since, until = col(ApplicationVersion.signed_on), one.since, one.until
        within = [on >= since] if until is None else [on >= since, on < until]
    else:
        at = col(Application.applied_at)
        within = (
            [at >= _midnight(one.since)]
            if one.until is None
            else [at >= _midnight(one.since), at < _midnight(one.until)]
        )
    return and_(col(Application.scheme) == one.pack.id, *within)


def _midnight(on: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(on, datetime.time(), SHANGHAI)
