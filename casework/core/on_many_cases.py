"""Acts on many cases: which make sense, and each case by its own transaction.

They go by the moment of application, then by the number of the row, however they were listed: who came first
is served first. A case that is refused stops no other. Progress that answers False stops: what is done stays
done, and what came of it is told. What an act would do to each case is in `casework.core.look_ahead`.
"""

import datetime
import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.core import act_table
from casework.core.act import By
from casework.core.blocked_cases import shown_state
from casework.core.case_numbers import as_first_written
from casework.core.change import Change
from casework.core.many_rows import chunks
from casework.core.office import Office
from casework.core.refused import Refused
from models import Application

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

Progress = Callable[[int, int], object]
"""Told how many acts are done of how many; answering False stops."""

Steps = Sequence[tuple[str, Sequence[str]]]
"""Acts by name, each with its cases, in the order in which they are done."""


class Effect(NamedTuple):
    """What an act does, or would do, to a case: the state before and after, what it tells, or why it is
    refused; and when it was applied for."""

    case: str
    before: str
    after: str
    told: Mapping[str, Any]
    refused: Refused | None
    applied_at: datetime.datetime | None = None


def in_order(session: Session, cases: Iterable[str]) -> dict[str, datetime.datetime | None]:
    """Cases in the order in which acts on many go, with the moment of application of each; those that the
    office has not, come last. However a number is written, it is the case as the office has it."""
    found: dict[str, tuple[datetime.datetime, int]] = {}
    listed = list(dict.fromkeys(as_first_written(session, cases).values()))
    for some in chunks(listed):
        rows = select(col(Application.case_no), col(Application.applied_at), col(Application.id))
        for case, applied_at, number in session.execute(rows.where(col(Application.case_no).in_(some))):
            found[case] = (applied_at, number)
    known = sorted((case for case in listed if case in found), key=found.__getitem__)
    return {case: found[case][0] for case in known} | {case: None for case in listed if case not in found}


def offered(roles: frozenset[str]) -> tuple[str, ...]:
    """The acts on many cases that these roles may do."""
    return tuple(name for name in ON_MANY if roles.intersection(act_table.line(name).roles))


def fitting(office: Office, roles: frozenset[str], cases: Sequence[str]) -> dict[str, int]:
    """The acts on many cases that these roles may do, with how many of the cases stand in a state for
    each."""
    states: Counter[str] = Counter()
    with office.read() as session:
        for some in chunks(cases):
            found = select(col(Application.state)).where(col(Application.case_no).in_(some))
            states.update(session.execute(found).scalars())
    return {name: sum(states[state] for state in act_table.line(name).states) for name in offered(roles)}


def asks(name: str) -> tuple[str, ...]:
    """What an act wants to know besides the cases (`reason`, `minutes`, `stage`)."""
    known = inspect.signature(act_table.function(name)).parameters
    return tuple(each for each in known if each not in ("office", "by", "case"))


def needs(name: str) -> tuple[str, ...]:
    """Of what an act wants to know, what it can't be done without."""
    known = inspect.signature(act_table.function(name)).parameters
    return tuple(each for each in asks(name) if known[each].default is inspect.Parameter.empty)


def do(
    office: Office, by: str | By, steps: Steps, progress: Progress | None = None, **given: Any
) -> tuple[Change, list[Effect]]:
    """Do each act to each of its cases, in their order (`in_order`). A case that is refused stops no other,
    but its own later acts.

    Args:
        given: what the acts want to know besides the case.

    Returns:
        All changes as one, and what came of each act; where `progress` said to stop, the change's `left`
        tells how many acts were not come to.
    """
    person = by.person if isinstance(by, By) else by
    of = sum(len(cases) for _, cases in steps)
    effects: list[Effect] = []
    changed: dict[str, dict[int | str, None]] = {}
    failed: set[str] = set()
    with office.read() as session:
        ordered = [(name, in_order(session, cases)) for name, cases in steps]
    wanted = [(name, *each) for name, cases in ordered for each in cases.items()]
    left = 0
    for at, (name, case, applied_at) in enumerate(wanted):
        if progress is not None and progress(len(effects), of) is False:
            left = sum(one not in failed for _, one, _ in wanted[at:])
            break
        if case in failed:
            continue
        effect, change = _done(office, person, name, case, given)
        effects.append(effect._replace(applied_at=applied_at))
        if effect.refused is not None:
            failed.add(case)
        for kind, ids in change.ids.items():
            changed.setdefault(kind, {}).update(dict.fromkeys(ids))
    ids_by_kind = {kind: tuple(ids) for kind, ids in changed.items()}
    return Change(steps[-1][0], ids_by_kind, {"left": left}), effects


def _done(
    office: Office, person: str, name: str, case: str, given: Mapping[str, Any]
) -> tuple[Effect, Change]:
    before = _state_now(office, case)
    try:
        change = act_table.function(name)(office, person, case, **given)
    except Refused as refused:
        return Effect(case, before, before, {}, refused), Change(name)
    return Effect(case, before, _state_now(office, case), change.facts, None), change


def state_of(session: Session, case: str) -> str:
    """The state of a case as people are told it; nothing where there is none of this number."""
    found = session.execute(select(Application).where(col(Application.case_no) == case)).scalar()
    return "" if found is None else shown_state(session, found)


def _state_now(office: Office, case: str) -> str:
    with office.read() as session:
        return state_of(session, case)
