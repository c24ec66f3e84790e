"""The decision as an act: of one case, and of a round, one by one or all together.

Cases whose budget is first come, first served are decided in the order of arrival, a batch a transaction.
Those of a scheme whose budget is ranked or shared out are decided together in one transaction, at once.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from casework.act import By, Turn, act, carry_out
from casework.act_table import ACTS
from casework.change import Change
from casework.deciding import (
    COMPARED,
    NO_PACK,
    SERIES,
    STATE_AFTER,
    Bench,
    columns_of,
    decided_on,
    release,
    release_caps,
    reserved,
    standing,
)
from casework.office import Office
from casework.refused import Refused
from casework.shelf import Shelf
from casework.who_may import Who
from casework.whole_file import together_schemes
from models import Application, Decision
from rules import decide as rules

__all__ = [
    "BATCH",
    "COMPARED",
    "NO_PACK",
    "SERIES",
    "STATE_AFTER",
    "Bench",
    "Decided",
    "Progress",
    "columns_of",
    "decide",
    "decide_again",
    "decide_application",
    "decide_round",
    "decided_on",
    "release",
    "release_caps",
    "reserved",
    "standing",
    "standing_award",
]

BATCH = 100
"""Cases of a round decided in one transaction. One case a transaction would cost a write to the disk each; a
whole round in one would keep everybody else from writing until its end."""

Progress = Callable[[int, int], bool | None]


@dataclass(frozen=True, slots=True)
class Decided:
    """How many cases of a round became what; `skipped` are (case, code of what stood in the way)."""

    awarded: int
    refused: int
    blocked: int
    skipped: tuple[tuple[str, str], ...]
    award_fen: int
    seconds: float = 0.0


def standing_award(who: Who, application: Application) -> Decision:
    """The award that stands for a case; also the bar of acts on one.

    Raises:
        Refused: `refused.not_decided`.
    """
    decision = standing(who.session, application.id)
    if decision is None or decision.status != rules.AWARDED:
        raise Refused("refused.not_decided", case=application.case_no)
    return decision


@act("decide")
def decide(turn: Turn, case: str) -> None:
    """Decide one application now, at the position that the counters hold."""
    Bench(turn).decide_case(turn.case(case))


@act("decide_again")
def decide_again(turn: Turn, case: str, reason: str) -> None:
    """Decide a case again, after a supplement or with reason: what it held is released first."""
    application = turn.case(case)
    turn.must_say(reason)
    turn.note(reason=reason)
    Bench(turn).decide_case(application)


def decide_application(office: Office, by: str | By, case: str, *, reason: str = "") -> Change:
    """`decide`, or `decide_again` where the case was decided before."""
    with office.read() as session:
        state = session.execute(
            select(col(Application.state)).where(col(Application.case_no) == case)
        ).scalar_one_or_none()
    if state in ACTS["decide_again"].states and state not in ("submitted",):
        return decide_again(office, by, case, reason)
    return decide(office, by, case)


def decide_round(
    office: Office,
    by: str | By,
    round_id: int | None = None,
    *,
    states: Sequence[str] = ("submitted", "accepted", "formal_check", "eligibility"),
    progress: Progress | None = None,
    batch: int = BATCH,
) -> Decided:
    """Decide every application of a round (of the office, without one) that is ready, in order of arrival.

    Cases whose budget is ranked or shared out are decided after the others, together. `progress(done, of)`
    may answer False to stop; what was decided so far stays. A case that this person must not touch is skipped
    and named.
    """
    started = time.perf_counter()
    person = by.person if isinstance(by, By) else by
    alone, together = _waiting(office, round_id, states)
    of = len(alone) + len(together)
    counts = dict.fromkeys(STATE_AFTER, 0)
    skipped: list[tuple[str, str]] = []
    award_fen = 0
    parts = [alone[start : start + batch] for start in range(0, len(alone), batch)]
    done = 0
    for some in [*parts, *([together] if together else [])]:
        if progress is not None and progress(done, of) is False:
            break
        found: list[tuple[str, int | None]] = []
        whole = some is together

        def body(
            turn: Turn,
            some: Sequence[int] = some,
            whole: bool = whole,
            found: list[tuple[str, int | None]] = found,
        ) -> None:
            turn.subject = f"round {round_id}" if round_id is not None else "all rounds"
            bench = Bench(turn)
            decide_some = bench.decide_together if whole else bench.decide_many
            found.extend(decide_some(some, states, skipped))

        carry_out(office, person, "decide", body)
        done += len(some)
        for status, fen in found:
            counts[status] += 1
            award_fen += fen or 0
    else:
        if progress is not None and of:
            progress(of, of)
    return Decided(
        counts[rules.AWARDED],
        counts[rules.REFUSED],
        counts[rules.BLOCKED],
        tuple(skipped),
        award_fen,
        round(time.perf_counter() - started, 3),
    )


def _waiting(office: Office, round_id: int | None, states: Sequence[str]) -> tuple[list[int], list[int]]:
    """The cases that are ready: those decided one by one, and those of schemes that are decided together."""
    with office.read() as session:
        waiting = select(col(Application.id), col(Application.pack_id)).where(
            col(Application.state).in_(states)
        )
        if round_id is not None:
            waiting = waiting.where(col(Application.round_id) == round_id)
        rows = session.execute(waiting.order_by(col(Application.applied_at), col(Application.id))).all()
        schemes = together_schemes(Shelf(session).bare_packs()) if rows else frozenset()
        alone = [number for number, scheme in rows if scheme not in schemes]
        return alone, [number for number, scheme in rows if scheme in schemes]
