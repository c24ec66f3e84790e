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
from casework.core.blocked_cases import BLOCKED
from casework.core.office import Office
from casework.core.on_many_cases import Effect, Progress, in_order, state_of
from casework.core.refused import Refused

T = TypeVar("T")
Paper = Callable[[Any], bytes]

FEW = 20
"""Cases that are tried in the office itself: the writer's place is taken for a moment. More are tried in a
copy (`Office.apart`), in nobody's way."""
AT_ONCE = 500
"""Cases tried in one transaction where no copy can be had: nobody else can write meanwhile."""


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

    Many are tried in a copy of the office. Where none can be had, beyond `AT_ONCE` cases the next ones are
    tried from the office as it is now, without those before.

    Raises:
        Refused: the person may not do this act at all.
    """
    found: list[Effect] = []
    with office.read() as session:
        ordered = in_order(session, cases)
    listed = list(ordered)

    def go_on(*done: int) -> bool:
        return progress is None or progress(sum(done), len(listed)) is not False

    with office.apart() if len(listed) > FEW else contextlib.nullcontext(office) as there:
        at_once = AT_ONCE if there is office else len(listed)
        told: list[tuple[Effect, list[Paper]]] = []
        for at in range(0, len(listed), at_once):
            some = listed[at : at + at_once]
            told += tried(there, person, name, partial(_effects, some, given, partial(go_on, at)))
            if len(told) < at + len(some):
                break
    for done, (effect, papers) in enumerate(told):
        if papers and not go_on(done):
            break
        found.append(_drawn(office, effect, papers)._replace(applied_at=ordered[effect.case]))
    return found


def _drawn(office: Office, effect: Effect, papers: Sequence[Paper]) -> Effect:
    """The effect once its papers could be drawn, in nobody's way."""
    try:
        for paper in papers:
            office_fonts.draw(office, paper)
    except Refused as refused:
        return Effect(effect.case, effect.before, effect.before, {}, refused)
    return effect


def _effects(
    cases: Sequence[str], given: Mapping[str, Any], go_on: Callable[[int], bool], turn: Turn
) -> list[tuple[Effect, list[Paper]]]:
    """What the act does to each case; where it has papers to be drawn, how far one is, is told by drawing."""
    found: list[tuple[Effect, list[Paper]]] = []
    for case in cases:
        if not go_on(0 if any(papers for _, papers in found) else len(found)):
            break
        found.append(_effect(turn, case, given))
    return found


def _told_after(after: str, before: str, told: Mapping[str, Any]) -> str:
    """The state after an act as people are told it, before the act stands in the log: a decision that blocks
    tells so (`told`), and what was blocked before stays it."""
    if after not in ("suspended", BLOCKED):
        return after
    return BLOCKED if BLOCKED in (before, told.get("status")) else "suspended"


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
    return Effect(case, before, _told_after(after, before, turn.facts), dict(turn.facts), None), turn.later
