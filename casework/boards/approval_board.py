"""The approver's queue: what waits for them, what changed since it was prepared, what agreeing would bring.

Reading only. What hinders an approval is asked of the act itself, by `casework.core.who_may`.
"""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.standing_decision import stands
from casework.boards import case_letters, case_parts
from casework.boards.case_letters import ObjectionView, known
from casework.boards.case_parts import DecisionView, PublicityView
from casework.cases import field_history, versions
from casework.cases.case_facts import Register, current, facts_of
from casework.core import on_many_cases, staff_names, who_may
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import publicity
from casework.issuing.issue_many import waiting
from casework.money import ledger
from models import Applicant, Application, Budget, Decision, Person, Round
from rules.decide import decode
from rules.facts import Value
from rules.lines import Line
from rules.pack import Pack


class Queued(NamedTuple):
    """A published award that waits for a decision. `bar` is what hinders its approval now."""

    case: str
    applicant: str
    round: str
    seq: int
    award_fen: int
    prepared_by: str
    public_until: datetime.date | None
    bar: Refused | None


class Queue(NamedTuple):
    """What waits for an approver: awards, those that can be approved first, and refusals without a notice."""

    cases: tuple[Queued, ...]
    refusals: tuple[str, ...]

    @property
    def ready(self) -> tuple[Queued, ...]:
        """Those that can be approved now."""
        return tuple(one for one in self.cases if one.bar is None)


def queue(office: Office, person: str) -> Queue:
    """What waits for this person."""
    with office.read() as session:
        rows = session.execute(_queued()).all()
        bars = who_may.hindrances(office, person, "approve", [row[0] for row in rows])
        found = [
            Queued(
                case, name, named or "", decision.seq, decision.award_fen or 0, by,
                _until(session, decision.seq), bars[case],
            )
            for case, name, named, by, decision in rows
        ]  # fmt: skip
    return Queue(
        tuple(sorted(found, key=lambda one: (one.bar is not None, one.seq))), waiting(office).refusals
    )


def _queued() -> Any:
    return (
        select(col(Application.case_no), col(Applicant.name), col(Round.name), staff_names.called(), Decision)
        .join(Decision, col(Decision.application_id) == col(Application.id))
        .join(Applicant, col(Applicant.id) == col(Application.applicant_id))
        .join(Person, col(Person.id) == col(Decision.decided_by_id))
        .outerjoin(Round, col(Round.id) == col(Application.round_id))
        .where(col(Application.state) == "publicity", stands())
    )


def _until(session: Session, seq: int) -> datetime.date | None:
    row = publicity.of_decision(session, seq)
    return None if row is None else row.until_on


# -- one case ------------------------------------------------------------------------------------------------


class Changed(NamedTuple):
    """A fact that differs: as the preparer had it, and as the office has it now."""

    fact: str
    was: Value
    now: Value


class File(NamedTuple):
    """A case as an approver sees it.

    Attributes:
        changes: what differs from what was decided, by fact.
        verified: what the officer set down otherwise than the applicant gave it: field, given, verified.
        earlier: the decision that this one replaced.
        figures: names of the decision's figures that differ from the earlier one, with both values.
        lines: decision lines that the earlier one did not have, by their place among `decision.lines`.
    """

    case: str
    applicant: str
    code: str
    decision: DecisionView
    bar: Refused | None
    changes: tuple[Changed, ...]
    verified: tuple[Changed, ...]
    earlier: DecisionView | None
    figures: tuple[tuple[str, Any, Any], ...]
    lines: tuple[int, ...]
    publicity: PublicityView | None
    objections: tuple[ObjectionView, ...]


def file(office: Office, person: str, case: str) -> File | None:
    """A case that was decided, for who approves it; None where there is none."""
    with office.read() as session:
        row = who_may.found_case(session, case)
        people = staff_names.by_number(session)
        decisions = () if row is None else case_parts.decisions(office, session, row.id, people)
        if row is None or not decisions:
            return None
        decision, earlier = decisions[-1], decisions[-2] if len(decisions) > 1 else None
        said = versions.of(session, row.id, row.version)
        return File(
            case,
            said.applicant_name,
            said.applicant_code,
            decision,
            who_may.hindrances(office, person, "approve", [case])[case],
            _changes(office, session, row, decision.seq),
            _verified(session, row, people),
            earlier,
            _figures(earlier, decision),
            _new_lines(earlier, decision),
            case_parts.publicity(session, row.id, office.today()),
            case_letters.objections(session, known(office, session, person), row.id),
        )


def _changes(office: Office, session: Session, row: Application, seq: int) -> tuple[Changed, ...]:
    """What the rules used that is no longer so, then what else the application says otherwise."""
    decision = session.get_one(Decision, seq)
    found: dict[str, Changed] = {}
    if decision.policy_sha256 is not None:
        policy = office.policy(session, decision.policy_sha256)
        then = decode(policy, decision.witness).values
        here = session.execute(current().where(col(Application.id) == row.id)).one()
        now = policy.values(facts_of(here, Register(session)))
        for name, before, after in zip(policy.program.names, then, now, strict=True):
            if before != after:
                found[name] = Changed(name, before, after)
    if decision.version != row.version:
        old, new = (
            field_history.said(session, versions.of(session, row.id, number))
            for number in (decision.version, row.version)
        )
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                found.setdefault(name, Changed(name, old.get(name), new.get(name)))
    return tuple(found.values())


def _verified(session: Session, row: Application, people: dict[int, str]) -> tuple[Changed, ...]:
    rows = [versions.of(session, row.id, number) for number in range(1, row.version + 1)]
    return tuple(
        Changed(field.field, None if field.given is None else field.given.value, field.verified.value)
        for field in field_history.fields(session, rows, people)
        if field.verified is not None and (field.given is None or field.given.value != field.verified.value)
    )


FIGURES = ("status", "tier", "award_fen", "binding", "pack", "reasons")
"""The figures of a decision that are laid beside those of the one before."""


def _figures(earlier: DecisionView | None, now: DecisionView) -> tuple[tuple[str, Any, Any], ...]:
    if earlier is None:
        return ()
    pairs = [(name, getattr(earlier, name), getattr(now, name)) for name in FIGURES]
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _new_lines(earlier: DecisionView | None, now: DecisionView) -> tuple[int, ...]:
    if earlier is None:
        return ()
    before: set[Line] = set(earlier.lines)
    return tuple(at for at, line in enumerate(now.lines) if line not in before)


# -- many at once --------------------------------------------------------------------------------------------


class Moved(NamedTuple):
    """A budget before and after the approvals, in fen: what is reserved becomes committed."""

    key: str
    pack: Pack | None
    reserved_fen: int
    committed_fen: int
    left_fen: int
    approved_fen: int

    @property
    def committed_after_fen(self) -> int:
        """What is committed afterwards."""
        return self.committed_fen + self.approved_fen


class Hindered(NamedTuple):
    """What approving a case would do: the award, or what stands in the way."""

    case: str
    award_fen: int | None
    refused: Refused | None


class WouldApprove(NamedTuple):
    """What approving some cases would do."""

    cases: tuple[Hindered, ...]
    budgets: tuple[Moved, ...]

    @property
    def ready(self) -> tuple[str, ...]:
        """The cases that would be approved."""
        return tuple(one.case for one in self.cases if one.refused is None)

    @property
    def award_fen(self) -> int:
        """Their sum."""
        return sum(one.award_fen or 0 for one in self.cases if one.refused is None)


def would_approve(office: Office, person: str, cases: Sequence[str]) -> WouldApprove:
    """What approving these cases would do, in the order in which they would be approved, and the budgets that
    it moves."""
    with office.read() as session:
        cases = list(on_many_cases.in_order(session, cases))
    bars = who_may.hindrances(office, person, "approve", cases)
    ready = [case for case, refused in bars.items() if refused is None]
    awards: dict[str, int] = {}
    with office.read() as session:
        sums: dict[int, int] = {}
        packs: dict[int, Pack] = {}
        for case, budget_id, fen, policy in session.execute(
            select(
                col(Application.case_no),
                col(Decision.budget_id),
                col(Decision.award_fen),
                col(Decision.policy_sha256),
            )
            .join(Application, col(Application.id) == col(Decision.application_id))
            .where(col(Application.case_no).in_(ready), stands())
            .order_by(col(Decision.seq))
        ):
            awards[case] = fen
            sums[budget_id] = sums.get(budget_id, 0) + fen
            packs[budget_id] = office.policy(session, policy).pack
        moved = [_moved(session, number, packs[number], fen) for number, fen in sums.items()]
    found = tuple(Hindered(case, awards.get(case), bars[case]) for case in cases)
    return WouldApprove(found, tuple(moved))


def _moved(session: Session, budget_id: int, pack: Pack, fen: int) -> Moved:
    money = ledger.balance(session, budget_id)
    key = session.get_one(Budget, budget_id).key
    return Moved(key, pack, money.reserved_fen, money.committed_fen, money.available_fen, fen)
