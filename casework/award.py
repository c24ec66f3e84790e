"""The decision: position, rules, number, reservation, entries and log in one transaction.

The position is read from the counters inside the transaction that numbers the decision and moves them, so
that the order of decisions is the order of the sequence. A case that was decided before gives back first
what it held or had reserved, then is decided like any other; the earlier decision stays and the new one
names it.
"""

import datetime
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlmodel import Session, col

from casework import budgets, ledger
from casework.act import By, Turn, act, carry_out
from casework.case_facts import Register, current, facts_of
from casework.change import Change
from casework.numbers import next_number
from casework.office import Office
from casework.permissions import ACTS
from casework.refused import Refused
from casework.shelf import Chosen, Shelf
from models import Application, CapEntry, Decision, LedgerEntry, Policy, Recusal
from rules import decide as rules
from rules.explain import explain, trace
from rules.facts import Value
from rules.position import Position

SERIES = "decision"
STATE_AFTER = {rules.AWARDED: "calculated", rules.REFUSED: "refused", rules.BLOCKED: "suspended"}
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


@act("decide")
def decide(turn: Turn, case: str) -> None:
    """Decide one application now, at the position that the counters hold."""
    Bench(turn).decide_case(turn.case(case))


@act("decide_again")
def decide_again(turn: Turn, case: str, reason: str) -> None:
    """Decide a case again, after a supplement or with reason: what it held is released first."""
    application = turn.case(case)
    if not reason.strip():
        raise Refused("refused.reason_missing", act=turn.act)
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

    `progress(done, of)` may answer False to stop; what was decided so far stays. A case that this person must
    not touch is skipped and named.
    """
    started = time.perf_counter()
    person = by.person if isinstance(by, By) else by
    ids = _waiting(office, round_id, states)
    counts = dict.fromkeys(STATE_AFTER, 0)
    skipped: list[tuple[str, str]] = []
    award_fen = 0
    for start in range(0, len(ids), batch):
        if progress is not None and progress(start, len(ids)) is False:
            break
        some = ids[start : start + batch]
        found: list[tuple[str, int | None]] = []

        def body(turn: Turn, some: Sequence[int] = some, found: list[tuple[str, int | None]] = found) -> None:
            turn.subject = f"round {round_id}" if round_id is not None else "all rounds"
            found.extend(Bench(turn).decide_many(some, states, skipped))

        carry_out(office, person, "decide", body)
        for status, fen in found:
            counts[status] += 1
            award_fen += fen or 0
    else:
        if progress is not None and ids:
            progress(len(ids), len(ids))
    return Decided(
        counts[rules.AWARDED],
        counts[rules.REFUSED],
        counts[rules.BLOCKED],
        tuple(skipped),
        award_fen,
        round(time.perf_counter() - started, 3),
    )


def _waiting(office: Office, round_id: int | None, states: Sequence[str]) -> list[int]:
    with office.read() as session:
        waiting = select(col(Application.id)).where(col(Application.state).in_(states))
        if round_id is not None:
            waiting = waiting.where(col(Application.round_id) == round_id)
        return list(
            session.execute(waiting.order_by(col(Application.applied_at), col(Application.id))).scalars()
        )


class Bench:
    """What deciding needs of one transaction, read once for all its cases."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.session: Session = turn.session
        self.shelf = Shelf(turn.session)
        self.register = Register(turn.session)
        self.stored: set[str] = set()
        self.told: list[list[Any]] = []

    def decide_case(self, application: Application) -> None:
        """Decide one case and tell what came out."""
        row = self.session.execute(current().where(col(Application.id) == application.id)).one()
        decided = self._decide(row)
        self.turn.tell(
            seq=decided.seq,
            status=decided.status,
            award_fen=decided.award_fen,
            binding=decided.binding,
            reasons=decided.reasons,
        )

    def decide_many(
        self, ids: Iterable[int], states: Sequence[str], skipped: list[tuple[str, str]]
    ) -> list[tuple[str, int | None]]:
        """Decide cases in the order of `ids`; those that changed meanwhile or may not be touched are
        skipped."""
        wanted = list(ids)
        rows = {
            row._mapping["application_id"]: row
            for row in self.session.execute(current().where(col(Application.id).in_(wanted)))
        }
        recused = set(
            self.session.execute(
                select(col(Recusal.applicant_id)).where(
                    col(Recusal.person_id) == self.turn.person.id, col(Recusal.ended_at).is_(None)
                )
            ).scalars()
        )
        found = []
        for number in wanted:
            said = rows[number]._mapping
            if said["state"] not in states:
                skipped.append((said["case_no"], "refused.state"))
            elif said["applicant_id"] in recused:
                skipped.append((said["case_no"], "refused.recused"))
            else:
                decided = self._decide(rows[number])
                found.append((decided.status, decided.award_fen))
        self.turn.note(decisions=self.told)
        return found

    def _decide(self, row: Row[Any]) -> Decision:
        said = row._mapping
        application_id: int = said["application_id"]
        before = standing(self.session, application_id)
        if before is not None:
            release(self.turn, before)
        facts = facts_of(row, self.register)
        chosen = self.shelf.policy(said["pack_id"], facts, self.turn.today)
        seq = next_number(self.session, SERIES)
        values: dict[str, Any] = {
            "seq": seq,
            "application_id": application_id,
            "version": said["version"],
            "decided_at": self.turn.at,
            "decided_by_id": self.turn.person.id,
            "supersedes_seq": None if before is None else before.seq,
        }
        if chosen is None:
            values |= dict(zip(COMPARED, NO_PACK, strict=True))
            keys: tuple[str, ...] = ()
        else:
            _answer, keys = self._ask(chosen, facts, values)
        decision = Decision(**values)
        self.session.execute(insert(Decision).values(decision.model_dump()))
        if decision.holds_fen and decision.budget_id is not None:
            about = ledger.About(application_id, seq)
            ledger.reserve(self.turn, decision.budget_id, decision.holds_fen, about)
        if decision.holds_fen:
            ledger.use_caps(self.turn, keys, decision.holds_fen, seq)
        state = STATE_AFTER[decision.status]
        self.session.execute(
            update(Application)
            .where(col(Application.id) == application_id)
            .values(
                state=state,
                prepared_by_id=self.turn.person.id,
                resumes=_resumes(said["state"]) if state == "suspended" else None,
            ),
            execution_options={"synchronize_session": False},
        )
        self.turn.changed("decision", seq)
        self.turn.changed("application", application_id)
        self.told.append([seq, said["case_no"], decision.status, decision.award_fen])
        return decision

    def _ask(
        self, chosen: Chosen, facts: dict[str, Value], values: dict[str, Any]
    ) -> tuple[rules.Decision, tuple[str, ...]]:
        """Ask the rules at the position that the counters hold; fill the decision's row."""
        policy = chosen.policy
        cap_keys = policy.cap_keys(facts)
        used = ledger.cap_used(self.session, cap_keys) if cap_keys else ()
        budget_id, left = budgets.position(self.turn, policy, facts)
        answer = rules.decide(policy, facts, Position(used, left))
        self._store_policy(chosen)
        values |= dict(zip(COMPARED, columns_of(answer), strict=True))
        values["witness"] = rules.encode(answer.witness)
        values["policy_sha256"] = policy.sha256
        values["trace"] = trace(explain(policy, answer.witness, answer))
        values["cap_keys"] = "\n".join(cap_keys)
        values["budget_id"] = budget_id
        tiers = answer.tier.split(";")
        keys = tuple(
            key
            for scope, key in zip(policy.caps, cap_keys, strict=True)
            if not scope.tier or scope.tier in tiers
        )
        return answer, keys

    def _store_policy(self, chosen: Chosen) -> None:
        """Keep the policy's row the first time that a decision is made under it."""
        sha256 = chosen.policy.sha256
        if sha256 in self.stored:
            return
        self.stored.add(sha256)
        if self.session.get(Policy, sha256) is None:
            self.session.execute(
                insert(Policy).values(
                    sha256=sha256,
                    pack_id=chosen.pack_row,
                    supplements=" ".join(map(str, chosen.supplement_rows)),
                    first_used_at=self.turn.at,
                )
            )


def _resumes(state: str) -> str:
    return state if state in ACTS["ask_correction"].states and state != "suspended" else "eligibility"


COMPARED = (
    "status",
    "pack",
    "tier",
    "rate",
    "base_fen",
    "computed",
    "computed_fen",
    "award_fen",
    "binding",
    "reasons",
    "readings",
    "holds_fen",
    "split",
    "used",
    "left_fen",
)
"""The columns of a decision that replay calculates again and compares; the trace comes on top."""


_NOTHING = dict.fromkeys(COMPARED, "") | dict.fromkeys(("base_fen", "computed_fen", "award_fen", "left_fen"))
NO_PACK = tuple((_NOTHING | {"status": rules.BLOCKED, "reasons": "no_pack", "holds_fen": 0}).values())
"""The columns of a case for which no pack is in force, in the order of `COMPARED`."""


def columns_of(answer: rules.Decision) -> tuple[Any, ...]:
    """A decision of the rules as its columns, in the order of `COMPARED`."""
    computed = answer.computed
    plain = len(computed) == 1
    return (
        answer.status,
        answer.pack,
        answer.tier,
        answer.rate,
        answer.base_fen,
        str(computed[0]) if plain else ";".join(map(str, computed)),
        computed[0] if plain else None,
        answer.award_fen,
        answer.binding,
        ";".join(answer.reasons),
        ";".join([f"{label}:{'' if fen is None else fen}" for label, fen in answer.readings]),
        answer.holds_fen,
        ";".join([f"{funder}:{fen}" for funder, fen in answer.split]),
        ";".join(map(str, answer.witness.used)),
        answer.witness.left,
    )


def standing(session: Session, application_id: int) -> Decision | None:
    """The last decision of a case: the one that no other has superseded."""
    return session.execute(
        select(Decision)
        .where(col(Decision.application_id) == application_id)
        .order_by(col(Decision.seq).desc())
        .limit(1)
    ).scalar()


def reserved(session: Session, decision: Decision) -> int:
    """What is still reserved for a decision, after its entries."""
    total = select(func.coalesce(func.sum(col(LedgerEntry.amount_fen)), 0)).where(
        col(LedgerEntry.decision_seq) == decision.seq, col(LedgerEntry.account) == "reserved"
    )
    return int(session.execute(total).scalar_one())


def release(turn: Turn, decision: Decision) -> int:
    """Give back what a decision still reserves of its budget and uses of its caps. Returns the fen
    released."""
    if not decision.holds_fen:
        return 0
    held = reserved(turn.session, decision)
    about = ledger.About(decision.application_id, decision.seq)
    if held and decision.budget_id is not None:
        ledger.release(turn, decision.budget_id, held, about)
    release_caps(turn, decision)
    return held


def release_caps(turn: Turn, decision: Decision) -> None:
    """Give back what a decision still uses of its caps."""
    used = (
        select(col(CapEntry.key), func.sum(col(CapEntry.amount_fen)))
        .where(col(CapEntry.decision_seq) == decision.seq)
        .group_by(col(CapEntry.key))
        .order_by(col(CapEntry.key))
    )
    for key, fen in turn.session.execute(used).all():
        ledger.use_caps(turn, (key,), -int(fen), decision.seq)


def decided_on(decision: Decision) -> datetime.date:
    """The day of a decision at the office's place."""
    from casework.office import SHANGHAI

    return decision.decided_at.astimezone(SHANGHAI).date()
