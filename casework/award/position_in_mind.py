"""The position kept in mind: begun from the office's counters as they stand, written nowhere.

For whoever looks ahead. Each counter is read when it is first asked for; what a case would hold is kept for
those after it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlmodel import Session

from casework.award import closed_budgets, releasing_holds
from casework.award.closed_budgets import Stopped
from casework.award.deciding_bench import Answer
from casework.core.refused import Refused
from casework.money import budgets
from casework.money.cap_counters import cap_used
from models import Budget, Decision
from rules.decide import REFUSED
from rules.policy import Policy


class InMind:
    """Counters in mind: `first_fen` and `left_fen` of each budget that was asked for, before and now."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.used_fen: dict[str, int] = {}
        self.first_fen: dict[str, int] = {}
        self.left_fen: dict[str, int] = {}
        self.decided: set[int] = set()
        self.stopped: dict[tuple[str, str], list[int]] = {}
        self.moved: list[tuple[str, int | None, int]] = []

    def used(self, keys: Sequence[str]) -> tuple[int, ...]:
        """What is used of each counter."""
        unknown = [key for key in keys if key not in self.used_fen]
        self.used_fen.update(zip(unknown, cap_used(self.session, unknown), strict=True))
        return tuple([self.used_fen[key] for key in keys])

    def left(self, budget: str) -> int | None:
        """What is left of a budget."""
        if budget not in self.left_fen:
            left = budgets.left(self.session, budget)
            if left is None:
                return None
            self.left_fen[budget] = self.first_fen[budget] = left
        return self.left_fen[budget]

    def opened(self, budget: str, rule: str, but: int) -> int | None:
        """What is open to a case of a budget that others have closed: nothing since one did so in mind."""
        before = self.stopped.get((budget, rule), [])
        if any(number != but for number in before) and self._comes_after(before, but):
            return 0
        found = budgets.find(self.session, budget)
        if found is None:
            return None
        last = closed_budgets.closing(self.session, found.id, rule, but, self.decided)
        if last is None:
            return None
        since = sum(fen for key, seq, fen in self.moved if key == budget and (seq is None or seq > last.seq))
        return max(0, last.opened_fen - since)

    def closed_by(self, budget: str, policy: Policy, but: int) -> Stopped | None:
        """Who closed a budget to a case, in mind or before."""
        found = budgets.find(self.session, budget)
        if found is None:
            return None
        rule = "" if policy.rules.budget is None else policy.rules.budget.id
        before = [number for number in self.stopped.get((budget, rule), []) if number != but]
        in_mind = before if before and self._comes_after(before, but) else []
        return closed_budgets.stopped(self.session, found.id, policy, but, self.decided, in_mind)

    def _comes_after(self, before: Sequence[int], but: int) -> bool:
        """Whether a case was decided after one of those that closed a budget in mind, or not at all yet."""
        came = closed_budgets.came(self.session, but)
        return came is None or any(
            (other := closed_budgets.came(self.session, number)) is not None and other < came
            for number in before
            if number != but
        )

    @contextmanager
    def or_nothing(self) -> Iterator[None]:
        """What is done within is done whole, or, where it is refused, not at all."""
        kept = (dict(self.used_fen), dict(self.left_fen), list(self.moved))
        try:
            yield
        except Refused:
            self.used_fen, self.left_fen, self.moved = kept
            raise

    def give_back(self, before: Decision) -> None:
        """Give back what a decision holds."""
        if before.holds_fen:
            self.without((before.seq,))

    def without(self, seqs: Sequence[int]) -> None:
        """Give back what decisions of these numbers hold, to budgets and caps."""
        for seq, number, fen in releasing_holds.each_held(self.session, seqs):
            budget = self.session.get_one(Budget, number).key
            self.left_fen[budget] = (self.left(budget) or 0) + fen
            self.moved.append((budget, seq, -fen))
        self._use({key: -fen for key, fen in releasing_holds.caps_held(self.session, seqs).items()})

    def hold(self, answer: Answer) -> Answer:
        """Keep in mind what a case would hold."""
        number, decision, budget = answer.case.number, answer.decision, answer.budget
        self.decided.add(number)
        for cases in self.stopped.values():
            if number in cases:
                cases.remove(number)
        if decision is None:
            return answer
        if budget is not None and decision.holds_fen:
            self.left_fen[budget] -= decision.holds_fen
            self.moved.append((budget, None, decision.holds_fen))
        if budget is not None and decision.status == REFUSED and decision.binding:
            self.stopped.setdefault((budget, decision.binding), []).append(number)
        self._use(dict.fromkeys(answer.drawn, decision.holds_fen))
        return answer

    def _use(self, fen_of: dict[str, int]) -> None:
        for key, used in zip(fen_of, self.used(list(fen_of)), strict=True):
            self.used_fen[key] = used + fen_of[key]
