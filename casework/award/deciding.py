"""The decision as an act: of one case, and of a round, one by one or all together.

Cases whose budget is first come, first served are decided in the order of arrival, a batch a transaction.
Those of a scheme whose budget is ranked or shared out are decided together in one transaction, at once.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from casework.award import deciding_bench, earlier_waiting, open_things, refusals
from casework.award.deciding_bench import READY, Bench, Together
from casework.award.open_things import OpenThing
from casework.award.position_in_ledger import InLedger, WentOn
from casework.award.position_in_mind import InMind
from casework.cases import looking
from casework.cases.case_facts import Register
from casework.core import many_rows
from casework.core.act import By, Turn, act, carry_out
from casework.core.given_words import is_reason
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import Who, recused_from
from models import Application, Decision
from rules.decide import AWARDED, BLOCKED, REFUSED

SHOWN = 5
"""Cases that a refusal names."""
BATCH = 100
"""Cases of a round decided in one transaction. One case a transaction would cost a write to the disk each; a
whole round in one would keep everybody else from writing until its end."""

Progress = Callable[[int, int], bool | None]


@dataclass(frozen=True, slots=True)
class Decided:
    """How many cases of a round became what; `skipped` are (case, code of what stood in the way), `left`
    counts those that were not come to since somebody stopped it."""

    awarded: int
    refused: int
    blocked: int
    skipped: tuple[tuple[str, str], ...]
    award_fen: int
    seconds: float = 0.0
    left: int = 0


def decidable(who: Who, application: Application) -> None:
    """Bar of `decide` and `decide_again`: the budget pays for what the case would hold, the case is not
    decided with its round, and neither a notice of refusal stands nor a refusal that two people made.

    Raises:
        Refused: as `refusals.must_not_stand` and `Bench.answer`.
    """
    refusals.must_not_stand(who, application)
    bench = Bench(who.session, InMind(who.session), who.today)
    (row,) = deciding_bench.rows(who.session, [application.id])
    bench.must_be_decidable(bench.take(row))


@act("decide", bar=decidable)
def decide(turn: Turn, case: str, reason: str = "") -> None:
    """Decide one application now, at the position that the counters hold. `reason` says why one goes on where
    something is open.

    Raises:
        Refused: `refused.open_things`.
    """
    _decide(turn, turn.case(case), reason)


@act("decide_again", bar=decidable)
def decide_again(turn: Turn, case: str, reason: str) -> None:
    """Decide a case again, after a supplement or with reason: what it held is released first. One that was
    refused is looked at anew: others may claim its contract since, who were told that it has no award."""
    application = turn.case(case)
    turn.must_say(reason)
    if application.state == "refused":
        looking.again(turn, application)
    _decide(turn, application, reason)


def _bench(turn: Turn, went_on: Mapping[int, WentOn]) -> Bench[Decision]:
    return Bench(turn.session, InLedger(turn, went_on), turn.today)


def _decide(turn: Turn, application: Application, reason: str) -> None:
    """Decide one case and tell what came out, what was open or never done, and how many earlier ones wait for
    the same budget."""
    waits = earlier_waiting.earlier(turn.session, [application.case_no])
    (row,) = deciding_bench.rows(turn.session, [application.id])
    register = turn.once(Register)
    told = open_things.of_case(turn.session, row, register)
    things = tuple(one for one in told if one.kind not in open_things.TOLD_ONLY)
    open_things.must_say_why(application.case_no, things, reason)
    bench = _bench(turn, {application.id: _went_on(reason, things)})
    taken = bench.take(row)
    closed_by = bench.closed_by(taken)
    decided = bench.decide(taken)
    if reason.strip():
        turn.note(reason=reason)
    turn.tell(
        seq=decided.seq,
        status=decided.status,
        award_fen=decided.award_fen,
        binding=decided.binding,
        reasons=decided.reasons,
    )
    if things:
        turn.tell(open=[one.code or one.kind for one in things])
    if len(told) > len(things):
        turn.tell(not_done=[one.kind for one in told if one.kind in open_things.TOLD_ONLY])
    if closed_by is not None:
        turn.tell(**closed_by.facts())
    if waits is not None:
        turn.tell(earlier_undecided=waits.how_many, earliest_undecided=waits.case)


def _went_on(reason: str, things: Sequence[OpenThing]) -> WentOn:
    return WentOn(reason.strip() or None, open_things.text(things))


def decide_round(
    office: Office,
    by: str | By,
    round_id: int | None = None,
    *,
    states: Sequence[str] = READY,
    reason: str = "",
    progress: Progress | None = None,
    batch: int = BATCH,
) -> Decided:
    """Decide every application of a round (of the office, without one) that is ready, in order of arrival.

    Where something is open about one of them, `reason` says why one goes on, or nothing is decided: leaving
    such a case out would give its turn away. Cases whose budget is ranked or shared out are decided after the
    others, together. `progress(done, of)` may answer False to stop; what was decided so far stays. A case
    that this person must not touch, or that the budget can't pay, is skipped and named; it stops no other.

    Raises:
        Refused: `refused.open_in_round`.
    """
    started = time.perf_counter()
    person = by.person if isinstance(by, By) else by
    with office.read() as session:
        alone, together = deciding_bench.waiting(session, round_id, states)
        _must_say_why(session, person, [*alone, *together], reason)
    done, of = 0, len(alone) + len(together)
    decided: list[Decision] = []
    skipped: list[tuple[str, str]] = []
    left = 0
    for some in [*many_rows.chunks(alone, batch), *([together] if together else [])]:
        if progress is not None and progress(done, of) is False:
            left = of - done
            break
        decided += _decide_batch(office, person, round_id, some, some is together, states, skipped, reason)
        done += len(some)
    else:
        if progress is not None and of:
            progress(of, of)
    return _summed(decided, skipped, time.perf_counter() - started, left)


def _summed(
    decided: Sequence[Decision], skipped: Sequence[tuple[str, str]], seconds: float, left: int
) -> Decided:
    statuses = [one.status for one in decided]
    return Decided(
        statuses.count(AWARDED),
        statuses.count(REFUSED),
        statuses.count(BLOCKED),
        tuple(skipped),
        sum(one.award_fen or 0 for one in decided),
        round(seconds, 3),
        left,
    )


def _decide_batch(
    office: Office,
    person: str,
    round_id: int | None,
    numbers: Sequence[int],
    whole: bool,
    states: Sequence[str],
    skipped: list[tuple[str, str]],
    reason: str,
) -> list[Decision]:
    """Decide some cases in one transaction: one by one, or as a `whole`."""
    decided: list[Decision] = []

    def body(turn: Turn) -> None:
        turn.subject = f"round {round_id}" if round_id is not None else "all rounds"
        ready = _may_decide(turn, numbers, states, skipped)
        bench = _bench(turn, _gone_on_with(turn, ready, reason))
        if whole:
            decided.extend(bench.decide_together(ready))
        else:
            tried = [bench.attempt(row) for row in ready]
            decided.extend(one for one in tried if one is not None)
        skipped.extend((said["case_no"], refused.code) for said, refused in bench.barred)
        named = {row._mapping["application_id"]: row._mapping["case_no"] for row in ready}
        turn.note(
            decisions=[[one.seq, named[one.application_id], one.status, one.award_fen] for one in decided]
        )
        if bench.together:
            turn.note(together=[_told(one) for one in bench.together])

    carry_out(office, person, "decide", body)
    return decided


def asked_in_round(session: Session, rows: Sequence[Row[Any]], recused: Collection[int]) -> list[str]:
    """The cases among rows of a round, but for those one is out of, of which something is open that asks for
    a reason."""
    register = Register(session)
    cases = [open_things.facing(row, register) for row in rows if row._mapping["applicant_id"] not in recused]
    found = open_things.of_cases(session, cases, register)
    return [
        str(case.said["case_no"]) for case in cases if any(one.asks for one in found.get(case.number, ()))
    ]


def _must_say_why(session: Session, person: str, numbers: Sequence[int], reason: str) -> None:
    """Refuse a round without a reason while something is open of one of its cases."""
    if is_reason(reason):
        return
    recused = recused_from(session, person)
    asked: list[str] = []
    for some in many_rows.chunks(numbers, BATCH):
        asked += asked_in_round(session, deciding_bench.rows(session, some), recused)
    if asked:
        raise Refused("refused.open_in_round", count=len(asked), cases=tuple(asked[:SHOWN]))


def _gone_on_with(turn: Turn, ready: Sequence[Row[Any]], reason: str) -> dict[int, WentOn]:
    """What was open of each case, and why it is decided all the same."""
    register = turn.once(Register)
    found = open_things.of_cases(turn.session, [open_things.facing(row, register) for row in ready], register)
    for row in ready:
        number, case = row._mapping["application_id"], row._mapping["case_no"]
        open_things.must_say_why(case, found.get(number, ()), reason)
    if found and reason.strip():
        turn.note(reason=reason)
    return {number: _went_on(reason, things) for number, things in found.items()}


def _may_decide(
    turn: Turn, numbers: Sequence[int], states: Sequence[str], skipped: list[tuple[str, str]]
) -> list[Row[Any]]:
    """The cases that this person may decide now; those that changed meanwhile or may not be touched are
    skipped."""
    ready = []
    for row in deciding_bench.rows(turn.session, numbers):
        said = row._mapping
        if said["state"] not in states:
            skipped.append((said["case_no"], "refused.state"))
        elif said["applicant_id"] in turn.recused_from:
            skipped.append((said["case_no"], "refused.recused"))
        elif said["state"] == "refused" and (why := _kept_refused(turn, said["application_id"])):
            skipped.append((said["case_no"], why))
        else:
            ready.append(row)
    return ready


def _kept_refused(turn: Turn, number: int) -> str:
    """The code of what keeps a refused case from being decided again; nothing where nothing does."""
    try:
        refusals.must_not_stand(turn, turn.session.get_one(Application, number))
    except Refused as refused:
        return refused.code
    return ""


def _told(one: Together[Decision]) -> dict[str, Any]:
    """A round for the log, from which `casework.audit.rounds_again` decides it again."""
    budget = one.policy.rules.budget
    return {
        "pack": one.policy.ref,
        "budget": one.budget,
        "order": None if budget is None else budget.order,
        "left_fen": one.left_fen,
        "cases": len(one.kept),
        "first": one.kept[0].seq,
        "last": one.kept[-1].seq,
    }
