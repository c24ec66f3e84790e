"""What was decided or approved otherwise than today's program would: a report, never a change.

Replay asks whether a decision still follows from what was stored with it; this asks what would come of the
same application now. Each decision that stands is calculated again by the policy of its day, from what the
office holds of its application as it is read today, and at its own position, moved by as much as today's keys
of the caps count otherwise. An approval is looked at too: whether a finding that forbids it stands, and
whether the approver had prepared a part of the case.

What can't be told is said: a case whose application was changed since its decision is counted as not
compared, and a later entry in the register of providers or a round's other window shows as a fact that reads
otherwise.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from casework.award.deciding_bench import rows
from casework.award.standing_decision import stands
from casework.cases.case_facts import Register, facts_of
from casework.cases.finding_weights import with_effect
from casework.core.office import Office
from casework.core.prepared_by import prepared_by
from models import Application, Approval, Decision, Person
from rules import decide as rules
from rules.facts import STANDARD
from rules.money import yuan
from rules.policy import Policy
from rules.witness import Witness, decode

Progress = Callable[[int, int], bool | None]
BATCH = 500


class Cause(NamedTuple):
    """One thing that is otherwise: its kind (`fact`, `cap`, `share`, `finding`, `preparer`, `program`), name,
    and the values then and now as texts (amounts in yuan)."""

    kind: str
    of: str
    then: str = ""
    now: str = ""


class Otherwise(NamedTuple):
    """A decision that would come out otherwise today, or an approval that would be refused."""

    case: str
    state: str
    decision: int
    then: tuple[str, int | None]
    now: tuple[str, int | None]
    why: tuple[Cause, ...]


class Report(NamedTuple):
    """Decisions compared, those that could not be (the application changed since), and what differs."""

    compared: int
    not_compared: int
    found: tuple[Otherwise, ...]


def against_today(office: Office, progress: Progress | None = None) -> Report:
    """Calculate every decision that stands as the program would now. Nothing is stored.

    Args:
        progress: told how many of how many; answering False stops, and the report is about those done.
    """
    found: list[Otherwise] = []
    compared = done = 0
    with office.read() as session:
        looker = _Looker(office, session)
        total = session.execute(select(func.count()).select_from(Decision).where(stands())).scalar_one()
        standing = select(Decision).where(stands()).order_by(col(Decision.seq))
        for some in session.execute(standing.execution_options(yield_per=BATCH)).scalars().partitions():
            for decision, row in zip(
                some, rows(session, [each.application_id for each in some]), strict=True
            ):
                if row._mapping["version"] == decision.version and decision.policy_sha256 is not None:
                    compared += 1
                    found.extend(looker.look(decision, row))
            done += len(some)
            session.expunge_all()
            if progress is not None and progress(done, total) is False:
                break
    return Report(compared, done - compared, tuple(found))


class _Looker:
    """Looks at one decision after the other, in the order of their numbers, and keeps count of the caps."""

    def __init__(self, office: Office, session: Session) -> None:
        self.office, self.session = office, session
        self.register = Register(session)
        self.then: defaultdict[str, int] = defaultdict(int)
        self.now: defaultdict[str, int] = defaultdict(int)

    def look(self, decision: Decision, row: Row[Any]) -> Iterator[Otherwise]:
        policy = self.office.policy(self.session, decision.policy_sha256 or "")
        witness = decode(policy, decision.witness)
        facts = facts_of(row, self.register)
        keys_then = tuple(decision.cap_keys.split("\n")) if decision.cap_keys else ()
        keys_now = policy.cap_keys(facts)
        read = Witness(
            policy.values(facts),
            self._used(witness, keys_then, keys_now),
            self._left(policy, decision, witness),
            witness.share,
            witness.unranked,
        )
        again = rules.decide_witness(policy, read)
        for counted, keys in ((self.then, keys_then), (self.now, keys_now)):
            for key in policy.drawn(keys, decision.tier):
                counted[key] += decision.holds_fen
        then, now = (decision.status, decision.award_fen), (again.status, again.award_fen)
        why = list(self._approved(decision))
        if then != now:
            told = [*_facts(policy, witness, read), *_position(witness, read, keys_then, keys_now)]
            why = [*(told or [Cause("program", "decide")]), *why]
        if why:
            said = row._mapping
            yield Otherwise(said["case_no"], said["state"], decision.seq, then, now, tuple(why))

    def _used(
        self, witness: Witness, keys_then: tuple[str, ...], keys_now: tuple[str, ...]
    ) -> tuple[int, ...]:
        """What was used of each cap, moved by what today's keys count otherwise of the decisions before."""
        moved = zip(witness.used, keys_then, keys_now, strict=True)
        return tuple(max(0, used - self.then[then] + self.now[now]) for used, then, now in moved)

    def _left(self, policy: Policy, decision: Decision, witness: Witness) -> int | None:
        """What was left for it. Of a budget that is shared out, a case that is decided again by itself has
        its share and no more, also where that is nothing."""
        budget = policy.rules.budget
        if budget is None or budget.order != "pro_rata" or decision.supersedes_seq is None:
            return witness.left
        before = self.session.get_one(Decision, decision.supersedes_seq)
        alone = select(col(Decision.seq)).where(
            col(Decision.decided_at) == decision.decided_at, col(Decision.seq) != decision.seq
        )
        if before.holds_fen or self.session.execute(alone).first() is not None:
            return witness.left
        return 0

    def _approved(self, decision: Decision) -> Iterator[Cause]:
        """Why its approval would be refused now."""
        approval = self.session.execute(
            select(Approval).where(
                col(Approval.decision_seq) == decision.seq, col(Approval.outcome) == "approved"
            )
        ).scalar()
        if approval is None:
            return
        application = self.session.get_one(Application, decision.application_id)
        for finding in with_effect(self.session, application.id, "forbids"):
            yield Cause("finding", finding.code, now=finding.state)
        if approval.person_id in prepared_by(self.session, application):
            yield Cause("preparer", self.session.get_one(Person, approval.person_id).called)


def _facts(policy: Policy, then: Witness, now: Witness) -> Iterator[Cause]:
    """The facts that the rules would be given otherwise."""
    for name, before, after in zip(policy.program.names, then.values, now.values, strict=True):
        if before != after:
            fact = policy.rules.facts.get(name) or STANDARD.get(name)
            text = _amount if fact is not None and fact.type == "money" else _text
            yield Cause("fact", name, text(before), text(after))


def _position(
    then: Witness, now: Witness, keys_then: tuple[str, ...], keys_now: tuple[str, ...]
) -> Iterator[Cause]:
    """What of the caps and the budget would be counted otherwise."""
    for key, before, after in zip(keys_now, then.used, now.used, strict=True):
        if before != after:
            yield Cause("cap", key, _amount(before), _amount(after))
    if then.left != now.left:
        yield Cause("share", "budget", _amount(then.left), _amount(now.left))


def _amount(fen: object) -> str:
    return yuan(fen) if isinstance(fen, int) else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)


def as_json(report: Report) -> dict[str, Any]:
    """The report as `verify` answers it: amounts in yuan."""

    def outcome(status: str, fen: int | None) -> Mapping[str, str]:
        return {"status": status, "award": "" if fen is None else yuan(fen)}

    return {
        "compared": report.compared,
        "not_compared": report.not_compared,
        "cases": [
            {
                "case": one.case,
                "state": one.state,
                "decision": one.decision,
                "then": outcome(*one.then),
                "now": outcome(*one.now),
                "why": [cause._asdict() for cause in one.why],
            }
            for one in report.found
        ],
    }
