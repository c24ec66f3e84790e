"""What is still open about a case that is about to be decided: the gate "ready to decide".

Who decides though something is open says why they go on; that stands with the decision. The act asks, so
that every door does: for a finding that must be answered or that forbids (deciding keeps its place in the
order of arrival, no more), an unanswered correction or objection, a refusal that is proposed. The rest is
told, and the window asks there too: the rules know the register, and not every office reviews each case.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

import words
from casework.award import standing_objections
from casework.cases.case_facts import Register, facts_of
from casework.cases.finding_weights import cases_with, has_effect, weight
from casework.core import many_rows
from casework.core.given_words import is_reason
from casework.core.refused import Refused, finding
from models import ApplicationVersion, Correction, Finding, LogEntry, Refusal
from rules.facts import Value

KINDS = ("finding", "correction", "objection", "refusal", "register", "check", "review")
TOLD_ONLY = ("check", "review")
OF_REGISTER = ("provider_unknown", "provider_not_admitted", "verified_against_register")
"""Findings about what the register of providers says."""


class OpenThing(NamedTuple):
    """One thing that is open.

    Attributes:
        kind: one of `KINDS`.
        number: the row of a finding, correction, objection or refusal; 0 of the others.
        code: the code of a finding; the state of an objection.
        other: what it names: the other thing of a finding, the provider, the last day of a correction.
        asks: whether who decides must say why they go on.
    """

    kind: str
    number: int = 0
    code: str = ""
    other: str = ""
    asks: bool = True

    def say(self, lang: str = words.DEFAULT) -> str:
        """It, in words."""
        code = f"open.{self.kind}.{self.code}" if self.kind == "objection" else f"open.{self.kind}"
        told = finding(self.code, self.other, lang) if self.kind == "finding" else ""
        return words.say(code, lang, finding=told, other=self.other)


def text(things: Sequence[OpenThing]) -> str | None:
    """As it stands with a decision: kind, code and what is named of each; None where nothing was open."""
    told = [(one.kind, one.code, one.other) for one in things]
    return json.dumps(told, ensure_ascii=False) if told else None


def things_of(text: str | None) -> tuple[OpenThing, ...]:
    """What `text` wrote down."""
    return tuple(OpenThing(kind, 0, code, other) for kind, code, other in json.loads(text or "[]"))


def must_say_why(case: str, things: Sequence[OpenThing], reason: str) -> None:
    """Refuse to decide without a reason while something is open that asks for one.

    Raises:
        Refused: `refused.open_things`, which names them.
    """
    asked = tuple(one for one in things if one.asks)
    if asked and not is_reason(reason):
        raise Refused("refused.open_things", case=case, things=asked)


class Facing(NamedTuple):
    """A case at the gate: what the office holds of it (a row of `case_facts.current`), and its facts."""

    said: Mapping[Any, Any]
    facts: Mapping[str, Value]

    @property
    def number(self) -> int:
        """The application's number."""
        return int(self.said["application_id"])


def facing(row: Row[Any], register: Register) -> Facing:
    """A row of `case_facts.current` at the gate."""
    return Facing(row._mapping, facts_of(row, register))


def of_cases(
    session: Session, cases: Sequence[Facing], register: Register
) -> dict[int, tuple[OpenThing, ...]]:
    """What is open of each case, by its number; those of which nothing is open are not named."""
    numbers = [one.number for one in cases]
    found: dict[int, list[OpenThing]] = {}
    judged = _provider_judged(session, numbers)
    for number, thing in _findings(session, numbers):
        found.setdefault(number, []).append(thing)
    for number, thing in _rows(session, numbers):
        found.setdefault(number, []).append(thing)
    for one in cases:
        if one.number not in judged and not _borne_out(one, register):
            provider = str(one.said["provider_name"])
            found.setdefault(one.number, []).append(OpenThing("register", other=provider, asks=False))
    order = KINDS.index
    return {number: tuple(sorted(some, key=lambda one: order(one.kind))) for number, some in found.items()}


def of_case(session: Session, row: Row[Any], register: Register) -> tuple[OpenThing, ...]:
    """What is open of one case, with what is only told: a check or a review that it never had."""
    one = facing(row, register)
    things = of_cases(session, [one], register).get(one.number, ())
    missing = _never_done(session, one)
    return (*things, *(OpenThing(kind, asks=False) for kind in TOLD_ONLY if kind in missing))


def _findings(session: Session, numbers: Iterable[int]) -> Iterable[tuple[int, OpenThing]]:
    """Findings to be looked at, that must be answered, or that forbid."""
    for some in many_rows.chunks(numbers):
        standing = select(Finding).where(
            col(Finding.application_id).in_(some), has_effect("look", "answer", "forbids")
        )
        for row in session.execute(standing.order_by(col(Finding.id))).scalars():
            asks = weight(row.code).now(row.state) in ("answer", "forbids")
            yield row.application_id, OpenThing("finding", row.id, row.code, row.with_text or "", asks)


def _provider_judged(session: Session, numbers: Iterable[int]) -> frozenset[int]:
    """The cases of which a person has judged what the register says of the provider."""
    found: set[int] = set()
    for some in many_rows.chunks(numbers):
        judged = select(col(Finding.application_id)).where(
            col(Finding.application_id).in_(some),
            col(Finding.code).in_(OF_REGISTER),
            col(Finding.state).in_(("cleared", "upheld")),
        )
        found.update(session.execute(judged).scalars())
    return frozenset(found)


def _rows(session: Session, numbers: Sequence[int]) -> Iterable[tuple[int, OpenThing]]:
    """Corrections that are out, objections that stand, refusals that are proposed."""
    for some in many_rows.chunks(numbers):
        out = select(Correction).where(
            col(Correction.application_id).in_(some), col(Correction.state) == "open"
        )
        for one in session.execute(out.order_by(col(Correction.id))).scalars():
            yield one.application_id, OpenThing("correction", one.id, other=one.due_on.isoformat())
        proposed = select(col(Refusal.application_id), col(Refusal.id)).where(
            col(Refusal.application_id).in_(some), col(Refusal.state) == "proposed"
        )
        for number, refusal in session.execute(proposed):
            yield number, OpenThing("refusal", refusal)
    for number, objections in standing_objections.of_cases(session, numbers).items():
        for each in objections:
            yield number, OpenThing("objection", each.id, each.state)


def opposed(session: Session, numbers: Sequence[int]) -> frozenset[int]:
    """Those of some cases against whose award something stands: a finding that forbids, an objection, a
    refusal that is proposed."""
    found = set(cases_with(session, numbers, "forbids"))
    found.update(standing_objections.of_cases(session, numbers))
    proposed = select(col(Refusal.application_id)).where(col(Refusal.state) == "proposed")
    return frozenset(found | set(numbers).intersection(session.execute(proposed).scalars()))


def _borne_out(one: Facing, register: Register) -> bool:
    """Whether the register does not contradict that the provider is admitted."""
    provider = one.said["provider_name"]
    if one.facts.get("provider_admitted") is not True or not provider or register.is_empty:
        return True
    if provider not in register:
        return False
    return register.admitted(provider, one.said["service"], one.said["signed_on"]) is not False


def _never_done(session: Session, one: Facing) -> set[str]:
    """Of checking (since the facts last changed) and reviewing, what was never done."""
    version = select(col(ApplicationVersion.at)).where(
        col(ApplicationVersion.application_id) == one.number,
        col(ApplicationVersion.version) == one.said["version"],
    )
    since = session.execute(version).scalar_one()
    last = (
        select(col(LogEntry.act), func.max(col(LogEntry.at)))
        .where(col(LogEntry.subject) == f"case {one.said['case_no']}", col(LogEntry.act).in_(TOLD_ONLY))
        .group_by(col(LogEntry.act))
    )
    done = {act for act, at in session.execute(last) if act == "review" or at >= since}
    return set(TOLD_ONLY) - done
