"""Deciding within one transaction: position, rules, number, reservation, entries.

The position is read from the counters inside the transaction that numbers the decision and moves them, so
that the order of decisions is the order of the sequence. A case that was decided before gives back first
what it held or had reserved, then is decided like any other; the earlier decision stays and the new one
names it. Cases of a budget that is ranked or shared out are decided together (`Bench.decide_together`).
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, func, insert, select
from sqlmodel import Session, col

from casework import budgets, ledger, many_rows
from casework.act import Turn
from casework.case_facts import Register, current, facts_of
from casework.numbers import next_number
from casework.office import SHANGHAI
from casework.permissions import ACTS
from casework.refused import Refused
from casework.shelf import Chosen, Shelf
from casework.whole_file import is_whole
from models import Application, CapEntry, Decision, LedgerEntry, Policy, Recusal, metadata
from rules import decide as rules
from rules.explain import explain, trace
from rules.facts import Value
from rules.policy import Policy as PolicyOf
from rules.position import Position
from rules.round import decide_round, turns

SERIES = "decision"
_APPLICATION = metadata.tables["application"]
_KEEP = metadata.tables["decision"].insert()
_MOVE = (
    _APPLICATION.update()
    .where(_APPLICATION.c.id == bindparam("number"))
    .values({name: bindparam(name) for name in ("state", "prepared_by_id", "resumes")})
)
# Statements of every decision, built once: building one costs more than the database takes to carry it out.

_STANDING = (
    select(Decision)
    .where(col(Decision.application_id) == bindparam("number"))
    .order_by(col(Decision.seq).desc())
    .limit(1)
)
STATE_AFTER = {rules.AWARDED: "calculated", rules.REFUSED: "refused", rules.BLOCKED: "suspended"}


class Taken(NamedTuple):
    """A case on the bench: what it held before is released, its facts are known and its policy chosen."""

    said: Any
    facts: dict[str, Value]
    chosen: Chosen | None
    before: Decision | None


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
        found = [self._decide(row) for row in self._rows(ids, states, skipped)]
        self.turn.note(decisions=self.told)
        return [(decided.status, decided.award_fen) for decided in found]

    def _rows(
        self, ids: Iterable[int], states: Sequence[str], skipped: list[tuple[str, str]]
    ) -> list[Row[Any]]:
        """The rows of the cases that this person may decide now."""
        wanted = list(ids)
        rows = {
            row._mapping["application_id"]: row
            for some in many_rows.chunks(wanted)
            for row in self.session.execute(current().where(col(Application.id).in_(some)))
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
                found.append(rows[number])
        return found

    def _decide(self, row: Row[Any]) -> Decision:
        return self._alone(self._take(row))

    def _alone(self, case: Taken) -> Decision:
        """Decide a case at the position that the counters hold."""
        if case.chosen is None:
            return self._store(case, None)
        policy = case.chosen.policy
        keys = policy.cap_keys(case.facts)
        used = ledger.cap_used(self.session, keys) if keys else ()
        budget_id, left = self._budget(case)
        answer = rules.decide(policy, case.facts, Position(used, left))
        return self._store(case, answer, keys, budget_id)

    def _take(self, row: Row[Any]) -> Taken:
        said = row._mapping
        before = standing(self.session, said["application_id"])
        if before is not None:
            release(self.turn, before)
        facts = facts_of(row, self.register)
        return Taken(said, facts, self.shelf.policy(said["pack_id"], facts, self.turn.today), before)

    def _budget(self, case: Taken) -> tuple[int | None, int | None]:
        """The budget of a case that is decided by itself, and what it can have of it."""
        assert case.chosen is not None
        policy = case.chosen.policy
        budget_id, left = budgets.position(self.turn, policy, case.facts)
        if budget_id is None or left is None:
            return budget_id, left
        if is_whole(policy):
            if case.before is None:
                raise Refused("refused.decided_together", case=case.said["case_no"], pack=policy.ref)
            left = min(left, case.before.holds_fen or left)
        is_closed = closed(self.session, policy, budget_id, case.said["application_id"])
        return budget_id, 0 if is_closed else left

    # -- a budget that is ranked or shared out ---------------------------------------------------------

    def decide_together(
        self, ids: Iterable[int], states: Sequence[str], skipped: list[tuple[str, str]]
    ) -> list[tuple[str, int | None]]:
        """Decide cases as a whole: those that draw on one ranked or shared budget under one policy together,
        any others one by one in between, in the order of `ids`."""
        groups: dict[object, list[Taken]] = {}
        for row in self._rows(ids, states, skipped):
            case = self._take(row)
            chosen = case.chosen
            whole = chosen is not None and is_whole(chosen.policy)
            key = (
                (chosen.policy.sha256, chosen.policy.budget_key(case.facts))
                if chosen and whole
                else case.said["application_id"]
            )
            groups.setdefault(key, []).append(case)
        found: list[Decision] = []
        for cases in groups.values():
            chosen = cases[0].chosen
            if chosen is not None and is_whole(chosen.policy):
                found += self._decide_group(cases, chosen)
            else:
                found += [self._alone(case) for case in cases]
        self.turn.note(decisions=self.told)
        return [(one.status, one.award_fen) for one in found]

    def _decide_group(self, cases: Sequence[Taken], chosen: Chosen) -> list[Decision]:
        """Decide cases against what is left of one budget, and number them in the order of their rank."""
        policy = chosen.policy
        budget = policy.rules.budget
        assert budget is not None
        all_facts = [case.facts for case in cases]
        keys = [policy.cap_keys(facts) for facts in all_facts]
        every = list(dict.fromkeys(key for some in keys for key in some))
        used = dict(zip(every, ledger.cap_used(self.session, every), strict=True))
        budget_id, left = budgets.position(self.turn, policy, all_facts[0])
        if budget_id is not None and closed(self.session, policy, budget_id):
            left = 0
        answers = decide_round(policy, all_facts, used, left)
        order = turns(policy, all_facts)
        stored = [self._store(cases[at], answers[at], keys[at], budget_id) for at in order]
        said = {
            "pack": policy.ref,
            "budget": policy.budget_key(all_facts[0]),
            "order": budget.order,
            "left_fen": left,
            "cases": len(cases),
            "first": stored[0].seq,
            "last": stored[-1].seq,
        }
        self.turn.note(together=[*self.turn.payload.get("together", ()), said])
        return stored

    # -- storing ---------------------------------------------------------------------------------------

    def _store(
        self,
        case: Taken,
        answer: rules.Decision | None,
        cap_keys: tuple[str, ...] = (),
        budget_id: int | None = None,
    ) -> Decision:
        """Number and keep a decision, reserve what it holds, and move its case on."""
        said = case.said
        application_id: int = said["application_id"]
        seq = next_number(self.session, SERIES)
        values: dict[str, Any] = {
            "seq": seq,
            "application_id": application_id,
            "version": said["version"],
            "decided_at": self.turn.at,
            "decided_by_id": self.turn.person.id,
            "supersedes_seq": None if case.before is None else case.before.seq,
        }
        drawn: tuple[str, ...] = ()
        if answer is None or case.chosen is None:
            values |= dict(zip(COMPARED, NO_PACK, strict=True))
        else:
            policy = case.chosen.policy
            self._store_policy(case.chosen)
            values |= dict(zip(COMPARED, columns_of(answer), strict=True))
            values["witness"] = rules.encode(answer.witness)
            values["policy_sha256"] = policy.sha256
            values["trace"] = trace(explain(policy, answer.witness, answer))
            values["cap_keys"] = "\n".join(cap_keys)
            values["budget_id"] = budget_id
            drawn = policy.drawn(cap_keys, answer.tier)
        decision = Decision(**values)
        connection = self.session.connection()
        connection.execute(_KEEP, decision.model_dump())
        if decision.holds_fen and decision.budget_id is not None:
            about = ledger.About(application_id, seq)
            ledger.reserve(self.turn, decision.budget_id, decision.holds_fen, about)
        if decision.holds_fen:
            ledger.use_caps(self.turn, drawn, decision.holds_fen, seq)
        state = STATE_AFTER[decision.status]
        moved = {
            "number": application_id,
            "state": state,
            "prepared_by_id": self.turn.person.id,
            "resumes": _resumes(said["state"]) if state == "suspended" else None,
        }
        connection.execute(_MOVE, moved)
        self.turn.changed("decision", seq)
        self.turn.changed("application", application_id)
        self.told.append([seq, said["case_no"], decision.status, decision.award_fen])
        return decision

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


def closed(session: Session, policy: PolicyOf, budget_id: int, application_id: int = 0) -> bool:
    """Whether a case (but for the one named) that the budget did not reach for has closed it to others."""
    budget = policy.rules.budget
    if budget is None or budget.exceeded != "stop":
        return False
    newer = select(col(Decision.supersedes_seq)).where(col(Decision.supersedes_seq).is_not(None))
    stopped = select(col(Decision.seq)).where(
        col(Decision.budget_id) == budget_id,
        col(Decision.status) == rules.REFUSED,
        col(Decision.binding) == budget.id,
        col(Decision.application_id) != application_id,
        col(Decision.seq).not_in(newer),
    )
    return session.execute(stopped.limit(1)).first() is not None


def standing(session: Session, application_id: int) -> Decision | None:
    """The last decision of a case: the one that no other has superseded."""
    found: Decision | None = session.execute(_STANDING, {"number": application_id}).scalar()
    return found


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
    return decision.decided_at.astimezone(SHANGHAI).date()
