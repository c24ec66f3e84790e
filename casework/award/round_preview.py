"""What deciding a round would bring, calculated case by case and written nowhere.

The cases are taken in the order in which they would be decided, from one state of the office: what each would
use of its caps and of the budget is kept in mind for those after it, so that the figures are those that
`casework.award.deciding.decide_round` would store at this moment.
"""

import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row

from casework.award import deciding_bench, earlier_waiting
from casework.award.closed_budgets import Stopped
from casework.award.deciding import asked_in_round
from casework.award.deciding_bench import READY, Answer, Bench
from casework.award.earlier_waiting import Waiting
from casework.award.position_in_mind import InMind
from casework.core import many_rows
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.core.who_may import recused_from
from rules.decide import BLOCKED
from rules.policy import Policy

Progress = Callable[[int, int], object]


class Would(NamedTuple):
    """What a case would get. `bar` is what stands in the way, `skipped` its code; the rest is then empty.
    `closed_by` is who came before it and closed the budget that it draws on."""

    case: str
    applicant: str
    applied_on: datetime.date
    state: str
    status: str
    tier: str
    award_fen: int | None
    holds_fen: int
    reasons: tuple[str, ...]
    policy: Policy | None
    bar: Refused | None = None
    closed_by: Stopped | None = None

    @property
    def skipped(self) -> str:
        """The code of what stands in the way; empty where nothing does."""
        return "" if self.bar is None else self.bar.code


class Spent(NamedTuple):
    """A budget before and after, in fen: what is left to give."""

    key: str
    before_fen: int
    after_fen: int


class Outlook(NamedTuple):
    """A round as it would be decided; `earlier` is what waits before its last case outside it, `asked` are
    the cases of which something is open that asks for a reason."""

    cases: tuple[Would, ...]
    budgets: tuple[Spent, ...]
    earlier: Waiting | None = None
    asked: tuple[str, ...] = ()

    def counted(self, status: str) -> int:
        """How many cases would be `awarded`, `refused` or `blocked`."""
        return sum(1 for one in self.cases if one.status == status)

    @property
    def closed_by(self) -> tuple[Stopped, ...]:
        """Who closed budgets before these cases, each told once, as its first case meets it."""
        first: dict[str, Stopped] = {}
        for one in self.cases:
            if one.closed_by is not None:
                first.setdefault(one.closed_by.case, one.closed_by)
        return tuple(first.values())

    @property
    def skipped(self) -> int:
        """How many this person can't decide."""
        return sum(1 for one in self.cases if one.skipped)

    @property
    def award_fen(self) -> int:
        """What would be awarded in all."""
        return sum(one.award_fen or 0 for one in self.cases)


def decide_round(
    office: Office,
    person: str,
    round_id: int | None = None,
    *,
    states: Sequence[str] = READY,
    progress: Progress | None = None,
) -> Outlook:
    """What `casework.award.deciding.decide_round` would do, without doing it.

    Args:
        progress: told how far it is; what it raises stops the reading.
    """
    with office.read() as session:
        mind = InMind(session)
        bench = Bench(session, mind, office.today())
        recused = recused_from(session, person)
        alone, together = deciding_bench.waiting(session, round_id, states)
        cases: list[Would] = []
        asked: list[str] = []
        for some in [*many_rows.chunks(alone), *([together] if together else [])]:
            if progress is not None:
                progress(len(cases), len(alone) + len(together))
            would = _would_together if some is together else _would
            rows = deciding_bench.rows(session, some)
            asked += asked_in_round(session, rows, recused)
            cases += would(bench, rows, recused)
        spent = tuple(Spent(key, mind.first_fen[key], left) for key, left in mind.left_fen.items())
        chosen = [one.case for one in cases if not one.skipped]
        earlier = earlier_waiting.earlier(session, chosen)
        return Outlook(tuple(cases), spent, earlier, tuple(asked))


def _would(bench: Bench[Answer], rows: Sequence[Row[Any]], recused: Collection[int]) -> list[Would]:
    """What cases that are decided by themselves would get."""
    found = []
    for row in rows:
        answer = None if row._mapping["applicant_id"] in recused else bench.attempt(row)
        if answer is not None:
            found.append(_gets(answer, bench.closed_by(answer.case)))
        elif row._mapping["applicant_id"] in recused:
            found.append(_recused(row))
        else:
            found.append(_barred(*bench.barred[-1]))
    return found


def _would_together(bench: Bench[Answer], rows: Sequence[Row[Any]], recused: Collection[int]) -> list[Would]:
    """What cases would get that draw on ranked or shared budgets, in the order in which they would be
    decided."""
    out = [_recused(row) for row in rows if row._mapping["applicant_id"] in recused]
    others = [row for row in rows if row._mapping["applicant_id"] not in recused]
    before = len(bench.barred)
    closed = {row._mapping["case_no"]: bench.closed_by(bench.case(row)) for row in others}
    answers = bench.decide_together(others)
    gets = [_gets(answer, closed[answer.case.said["case_no"]]) for answer in answers]
    return out + [_barred(*one) for one in bench.barred[before:]] + gets


def _gets(answer: Answer, closed_by: Stopped | None) -> Would:
    about, decision = _about(answer.case.said), answer.decision
    if decision is None:
        return Would(*about, BLOCKED, "", None, 0, ("no_pack",), None)
    award = (decision.tier, decision.award_fen, decision.holds_fen)
    would = Would(*about, decision.status, *award, tuple(decision.reasons), answer.case.policy)
    return would._replace(closed_by=closed_by)


def _recused(row: Row[Any]) -> Would:
    return _barred(row._mapping, Refused("refused.recused", case=row._mapping["case_no"]))


def _barred(said: Mapping[Any, Any], bar: Refused) -> Would:
    return Would(*_about(said), "", "", None, 0, (), None, bar)


def _about(said: Mapping[Any, Any]) -> tuple[str, str, datetime.date, str]:
    applied_on = said["applied_at"].astimezone(SHANGHAI).date()
    return said["case_no"], said["applicant_name"], applied_on, said["state"]
