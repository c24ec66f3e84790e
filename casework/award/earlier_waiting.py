"""Earlier applications that draw on the same budget and are not decided yet: who came first is served first.

An act on one case or on chosen cases says so, and does it all the same: there may be a reason to go on.
"""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from casework.core.act_table import OPEN
from casework.core.many_rows import chunks
from casework.core.office import SHANGHAI
from casework.rulebook.in_force import Shelf
from models import Application
from rules.pack import Pack


class Waiting(NamedTuple):
    """How many earlier applications wait, and the first of them."""

    how_many: int
    case: str
    applied_at: datetime.datetime


class _Budget(NamedTuple):
    """A budget that is served in the order of application: by its key, and its year where it has one."""

    key: str
    year: int | None


class _Place(NamedTuple):
    """Where an application stands in the order."""

    applied_at: datetime.datetime
    id: int


def earlier(session: Session, cases: Iterable[str]) -> Waiting | None:
    """What waits before the last of these cases without being one of them; None where nothing does.

    Cases whose budget is ranked or shared out are decided with their round and wait for nobody.
    """
    packs = {pack.id: pack for pack in Shelf(session).bare_packs() if not pack.decided_together}
    last: dict[_Budget, _Place] = {}
    chosen: set[int] = set()
    for some in chunks(cases):
        columns = (Application.id, Application.scheme, Application.applied_at)
        found = select(*map(col, columns)).where(col(Application.case_no).in_(some))
        for number, scheme, applied_at in session.execute(found):
            chosen.add(number)
            if scheme in packs:
                budget = _budget(packs[scheme], applied_at)
                last[budget] = max(last.get(budget, _Place(applied_at, number)), _Place(applied_at, number))
    waiting = [
        one for budget, place in last.items() for one in _before(session, packs, budget, place, chosen)
    ]
    if not waiting:
        return None
    first = min(waiting, key=lambda one: one.applied_at)
    return Waiting(sum(one.how_many for one in waiting), first.case, first.applied_at)


def _key(pack: Pack) -> str:
    return pack.id if pack.budget is None else pack.budget.key


def _budget(pack: Pack, applied_at: datetime.datetime) -> _Budget:
    whole = pack.budget is not None and pack.budget.per == "programme"
    return _Budget(_key(pack), None if whole else applied_at.astimezone(SHANGHAI).year)


def _before(
    session: Session, packs: dict[str, Pack], budget: _Budget, place: _Place, chosen: set[int]
) -> list[Waiting]:
    """What waits of one budget before a place; of a budget that begins anew, in the natural year of the
    place."""
    schemes = [scheme for scheme, pack in packs.items() if _key(pack) == budget.key]
    applied_at, number = col(Application.applied_at), col(Application.id)
    before = [
        col(Application.scheme).in_(schemes),
        col(Application.state).in_(OPEN),
        or_(applied_at < place.applied_at, and_(applied_at == place.applied_at, number < place.id)),
    ]
    if budget.year is not None:
        before.append(applied_at >= datetime.datetime(budget.year, 1, 1, tzinfo=SHANGHAI))
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
