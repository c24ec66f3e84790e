"""Looking ahead by doing: an act is carried out in its transaction, looked at, and taken back.

So what is shown is what would happen, and what stands in the way is said by the act itself.
"""

import contextlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from casework.core import act_table, office_fonts
from casework.core.act import Turn, carry_out
from casework.core.office import Office
from casework.core.on_many_cases import Effect, Progress, in_order, state_of
from casework.core.refused import Refused

T = TypeVar("T")
Paper = Callable[[Any], bytes]

AT_ONCE = 500
"""Cases tried in one transaction: nobody else can write meanwhile."""


class _Back(Exception):
    """Takes back what was tried."""


def tried(office: Office, person: str, name: str, body: Callable[[Turn], T]) -> T:
    """What `body` finds in the act `name`; nothing of it is kept, and papers are not drawn (`Turn.later`):
    others wait only for what the act itself takes.

    Raises:
        Refused: what the act refuses.
    """
    found: list[T] = []

    def whole(turn: Turn) -> None:
        turn.later, turn.looks_ahead = [], True
        found.append(body(turn))
        raise _Back

    with contextlib.suppress(_Back):
        carry_out(office, person, name, whole)
    return found[0]


def within(turn: Turn, *args: Any, **given: Any) -> None:
    """Do the act of a turn inside it."""
    inspect.unwrap(act_table.function(turn.act))(turn, *args, **given)
    turn.session.flush()


def on_cases(
    office: Office,
    person: str,
    name: str,
    cases: Sequence[str],
    progress: Progress | None = None,
    **given: Any,
) -> list[Effect]:
    """What an act would do to each case, in the order in which it would be done (`on_many_cases.in_order`):
    the award of the thirtieth is the one that is left after the twenty-nine before it.

    Beyond `AT_ONCE` cases the next ones are tried from the office as it is now, without those before.

    Raises:
        Refused: the person may not do this act at all.
    """
    found: list[Effect] = []
    with office.read() as session:
        ordered = in_order(session, cases)
    listed = list(ordered)
    for at in range(0, len(listed), AT_ONCE):
        if progress is not None and progress(at, len(listed)) is False:
            break
        told = tried(office, person, name, partial(_effects, listed[at : at + AT_ONCE], given))
        for done, (effect, papers) in enumerate(told, at):
            if papers and progress is not None and progress(done, len(listed)) is False:
                return [one._replace(applied_at=ordered[one.case]) for one in found]
            found.append(_drawn(office, effect, papers))
    return [one._replace(applied_at=ordered[one.case]) for one in found]


def _drawn(office: Office, effect: Effect, papers: Sequence[Paper]) -> Effect:
    """The effect once its papers could be drawn, in nobody's way."""
    try:
        for paper in papers:
            office_fonts.draw(office, paper)
    except Refused as refused:
        return Effect(effect.case, effect.before, effect.before, {}, refused)
    return effect


def _effects(cases: Sequence[str], given: Mapping[str, Any], turn: Turn) -> list[tuple[Effect, list[Paper]]]:
    return [_effect(turn, case, given) for case in cases]


def _effect(asked: Turn, case: str, given: Mapping[str, Any]) -> tuple[Effect, list[Paper]]:
    """What the act does to one case, which the next ones find done, and what it would draw."""
    session = asked.session
    turn = Turn(asked.office, session, asked.person, asked.roles, asked.act)
    turn.later, turn.looks_ahead = [], True
    before = state_of(session, case)
    one = session.begin_nested()
    try:
        within(turn, case, **given)
        after = state_of(session, case)
        one.commit()
    except Refused as refused:
        one.rollback()
        return Effect(case, before, before, {}, refused), []
    return Effect(case, before, after, dict(turn.facts), None), turn.later
