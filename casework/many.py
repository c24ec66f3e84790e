"""One act on many cases: first what it would do to each, then each by itself.

`preview` does the act to every case in a transaction and takes it all back, so that it says exactly what
would happen, in the order given: the award of the thirtieth case is the one that is left after the
twenty-nine before it. `do` makes one act a case: one that is refused stops no other.
"""

import contextlib
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework import approval, award, checking, leaving, letters, permissions, vouchers
from casework.act import REGISTERED, By, Turn, carry_out
from casework.change import Change
from casework.many_rows import chunks
from casework.office import Office
from casework.refused import Refused
from models import Application

_HOMES = (approval, award, checking, leaving, letters, vouchers)
"""The modules whose acts are used here by name."""

ON_MANY = (
    "accept",
    "review",
    "check",
    "decide",
    "decide_again",
    "approve",
    "return",
    "issue_voucher",
    "issue_letter",
    "suspend",
    "resume",
    "withdraw",
)
"""The acts that make sense on many cases at once, in the order of a case's life."""

AT_ONCE = 500
"""Cases tried in one transaction: nobody else can write meanwhile."""

Progress = Callable[[int, int], object]


class Outlook(NamedTuple):
    """What an act does to a case: the state before and after, what it tells, or why it is refused."""

    case: str
    before: str
    after: str
    told: Mapping[str, Any]
    refused: Refused | None


def offered(roles: frozenset[str]) -> tuple[str, ...]:
    """The acts on many cases that these roles may do."""
    return tuple(name for name in ON_MANY if roles.intersection(permissions.permission(name).roles))


def fitting(office: Office, roles: frozenset[str], cases: Sequence[str]) -> dict[str, int]:
    """The acts on many cases that these roles may do, with how many of the cases stand in a state for
    each."""
    states: Counter[str] = Counter()
    with office.read() as session:
        for some in chunks(cases):
            found = select(col(Application.state)).where(col(Application.case_no).in_(some))
            states.update(session.execute(found).scalars())
    return {
        name: sum(states[state] for state in permissions.permission(name).states) for name in offered(roles)
    }


def asks(name: str) -> tuple[str, ...]:
    """What an act wants to know besides the cases (`reason`, `minutes`, `stage`)."""
    known = list(inspect.signature(REGISTERED[name]).parameters.values())
    return tuple(each.name for each in known if each.name not in ("office", "by", "case"))


def preview(
    office: Office, by: str, name: str, cases: Sequence[str], progress: Progress | None = None, **given: Any
) -> list[Outlook]:
    """What an act would do to each case, in their order; nothing is kept of it.

    Beyond `AT_ONCE` cases the next ones are tried from the office as it is now, without those before.

    Raises:
        Refused: the person may not do this act at all.
    """
    found: list[Outlook] = []
    for at in range(0, len(cases), AT_ONCE):
        if progress is not None:
            progress(at, len(cases))
        some = cases[at : at + AT_ONCE]

        def body(turn: Turn, some: Sequence[str] = some) -> None:
            found.extend(_tried(turn, case, given) for case in some)
            raise _Back

        with contextlib.suppress(_Back):
            carry_out(office, by, name, body)
    return found


class _Back(Exception):
    """Takes back what was tried."""


def _tried(asked: Turn, case: str, given: Mapping[str, Any]) -> Outlook:
    session = asked.session
    turn = Turn(asked.office, session, asked.person, asked.roles, asked.act)
    body = inspect.unwrap(REGISTERED[turn.act])
    before = _state(session, case)
    tried = session.begin_nested()
    try:
        body(turn, case, **given)
        session.flush()
        after = _state(session, case)
        tried.commit()
    except Refused as refused:
        tried.rollback()
        return Outlook(case, before, before, {}, refused)
    return Outlook(case, before, after, dict(turn.facts), None)


def _state(session: Session, case: str) -> str:
    return (
        session.execute(select(col(Application.state)).where(col(Application.case_no) == case)).scalar() or ""
    )


def do(
    office: Office,
    by: str | By,
    name: str,
    cases: Iterable[str],
    progress: Progress | None = None,
    **given: Any,
) -> tuple[Change, list[Outlook]]:
    """Do an act to each case, one transaction each. `progress` may raise to stop: what is done stays done.

    Returns:
        All changes as one, and what came of each case.
    """
    person = by.person if isinstance(by, By) else by
    wanted = list(cases)
    found: list[Outlook] = []
    changed: dict[str, dict[int | str, None]] = {}
    for at, case in enumerate(wanted):
        if progress is not None:
            progress(at, len(wanted))
        before = _state_now(office, case)
        try:
            change = REGISTERED[name](office, person, case, **given)
        except Refused as refused:
            found.append(Outlook(case, before, before, {}, refused))
            continue
        for kind, ids in change.ids.items():
            changed.setdefault(kind, {}).update(dict.fromkeys(ids))
        found.append(Outlook(case, before, _state_now(office, case), change.facts, None))
    return Change(name, {kind: tuple(ids) for kind, ids in changed.items()}), found


def _state_now(office: Office, case: str) -> str:
    with office.read() as session:
        return _state(session, case)
