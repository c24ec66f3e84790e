"""The position as the ledger keeps it: read from the counters within the transaction of an act that decides.

What a case holds is held by its stored decision: numbered, kept with what it follows from, reserved by
entries; and its case moves on. So the order of decisions is the order of the sequence. An earlier decision
stays and the new one names it.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert
from sqlmodel import Session

from casework.award import closed_budgets, refusals, releasing_holds
from casework.award.closed_budgets import Stopped
from casework.award.compared_columns import COMPARED, NO_PACK, columns_of
from casework.award.deciding_bench import Answer
from casework.core.act import Turn
from casework.core.act_table import ACTS
from casework.core.numbers import next_number
from casework.money import budgets, ledger
from casework.money.cap_counters import cap_used, use_caps
from casework.money.funder_parts import parts_of
from casework.review.corrections import cancel_open
from casework.rulebook.in_force import Chosen
from models import Application, Decision, metadata
from models import Policy as PolicyRow
from rules import decide as rules
from rules.explain import explain, trace
from rules.policy import Policy

SERIES = "decision"
STATE_AFTER = {rules.AWARDED: "calculated", rules.REFUSED: "refused", rules.BLOCKED: "suspended"}

_APPLICATION = metadata.tables["application"]
_KEEP = metadata.tables["decision"].insert()
_MOVE = (
    _APPLICATION.update()
    .where(_APPLICATION.c.id == bindparam("number"))
    .values({name: bindparam(name) for name in ("state", "prepared_by_id", "resumes")})
)
# Statements of every decision, built once: building one costs more than the database takes to carry it out.


class WentOn(NamedTuple):
    """Why a case was decided though something was open, or again, and what was open (`open_things.text`)."""

    reason: str | None = None
    left_open: str | None = None


class InLedger:
    """The counters of the ledger, for one act; `went_on` says by the case's number why it is decided."""

    def __init__(self, turn: Turn, went_on: Mapping[int, WentOn] | None = None) -> None:
        self.turn = turn
        self.went_on = went_on or {}
        self.session: Session = turn.session
        self.budget_ids: dict[str, int] = {}
        self.stored: set[str] = set()

    def used(self, keys: Sequence[str]) -> tuple[int, ...]:
        """What is used of each counter."""
        return cap_used(self.session, keys)

    def left(self, budget: str) -> int | None:
        """What is left of a budget."""
        found = budgets.find(self.session, budget)
        if found is None:
            return None
        self.budget_ids[budget] = found.id
        return budgets.left_of(found)

    def opened(self, budget: str, rule: str, but: int) -> int | None:
        """What is open to a case of a budget whose `left` was asked for and that others closed before."""
        last = closed_budgets.closing(self.session, self.budget_ids[budget], rule, but)
        return None if last is None else max(0, last.opened_fen)

    def closed_by(self, budget: str, policy: Policy, but: int) -> Stopped | None:
        """Who closed a budget to a case."""
        found = budgets.find(self.session, budget)
        return None if found is None else closed_budgets.stopped(self.session, found.id, policy, but)

    def or_nothing(self) -> AbstractContextManager[object]:
        """What is done within is done whole, or, where it is refused, not at all."""
        return self.session.begin_nested()

    def give_back(self, before: Decision) -> None:
        """Release what a decision holds, by entries."""
        releasing_holds.release(self.turn, before)

    def hold(self, answer: Answer) -> Decision:
        """Number and keep a decision, reserve what it holds, and move its case on."""
        decision = self._keep(answer)
        seq, holds_fen = decision.seq, decision.holds_fen
        if holds_fen and decision.budget_id is not None:
            about = ledger.About(decision.application_id, seq)
            parts = parts_of(decision.split)
            ledger.reserve(self.turn, decision.budget_id, holds_fen, about, parts)
        use_caps(self.turn, answer.drawn, holds_fen, seq)
        self._move_on(answer, decision)
        self._end_what_waits(decision)
        self.turn.changed("decision", seq)
        self.turn.changed("application", decision.application_id)
        return decision

    def _keep(self, answer: Answer) -> Decision:
        case = answer.case
        values = {
            "seq": next_number(self.session, SERIES),
            "application_id": case.number,
            "version": case.said["version"],
            "decided_at": self.turn.at,
            "decided_by_id": self.turn.person.id,
            "supersedes_seq": None if case.before is None else case.before.seq,
            **self.went_on.get(case.number, WentOn())._asdict(),
            **self._columns(answer),
        }
        decision = Decision(**values)
        self.session.connection().execute(_KEEP, decision.model_dump())
        return decision

    def _columns(self, answer: Answer) -> dict[str, Any]:
        """What came out, and what it follows from."""
        chosen, decision = answer.case.chosen, answer.decision
        if chosen is None or decision is None:
            return dict(zip(COMPARED, NO_PACK, strict=True))
        self._keep_policy(chosen)
        return {
            **dict(zip(COMPARED, columns_of(decision), strict=True)),
            "witness": rules.encode(decision.witness),
            "policy_sha256": chosen.policy.sha256,
            "trace": trace(explain(chosen.policy, decision.witness, decision)),
            "cap_keys": "\n".join(answer.cap_keys),
            "budget_id": None if answer.budget is None else self.budget_ids.get(answer.budget),
        }

    def _keep_policy(self, chosen: Chosen) -> None:
        """Keep the policy's row the first time that a decision is made under it."""
        sha256 = chosen.policy.sha256
        if sha256 in self.stored:
            return
        self.stored.add(sha256)
        if self.session.get(PolicyRow, sha256) is None:
            self.session.execute(
                insert(PolicyRow).values(
                    sha256=sha256,
                    pack_id=chosen.pack_row,
                    supplements=" ".join(map(str, chosen.supplement_rows)),
                    first_used_at=self.turn.at,
                )
            )

    def _end_what_waits(self, decision: Decision) -> None:
        """What was open of the case and can't go on after this decision falls away: of one refused by the
        rules a proposed refusal, of one that is no longer asked anything a correction that is out."""
        went_on = self.went_on.get(decision.application_id)
        if went_on is None or went_on.left_open is None or decision.status == rules.BLOCKED:
            return
        application = self.session.get_one(Application, decision.application_id, populate_existing=True)
        if decision.status == rules.REFUSED:
            refusals.fall_away(self.turn, application, went_on.reason or "")
        else:
            cancel_open(self.turn, application)

    def _move_on(self, answer: Answer, decision: Decision) -> None:
        state = STATE_AFTER[decision.status]
        moved = {
            "number": decision.application_id,
            "state": state,
            "prepared_by_id": self.turn.person.id,
            "resumes": _resumes(answer.case.said["state"]) if state == "suspended" else None,
        }
        self.session.connection().execute(_MOVE, moved)


def _resumes(state: str) -> str:
    """The state in which a case that is blocked from this one is taken up again."""
    return state if state in ACTS["ask_correction"].states and state != "suspended" else "eligibility"
