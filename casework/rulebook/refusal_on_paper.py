"""Why nothing is awarded, as a notice of refusal says it: the fact, the standard, and where it is written.

Everything is read from the lines that were stored with the decision and from the policy it was made under.
Papers are Chinese, and set no space between Chinese and figures.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casework.rulebook.amounts_on_paper import ceiling_on_paper, money
from casework.rulebook.award_on_paper import rests_on, settled_told, tier_names
from casework.rulebook.counted_of_cap import NOTHING_BUT_AWARDS, Counted, before
from casework.rulebook.explanation_in_words import looked_and_wanted
from casework.rulebook.names_on_paper import of_contract, on_paper
from casework.rulebook.settled_readings import by_line, in_words
from papers.chinese import on, say
from rules.facts import STANDARD
from rules.lines import Line
from rules.parts import Condition
from rules.policy import Policy

_LIMITS = ("stacking", "cap", "budget", "share", "floor")


class Why(NamedTuple):
    """One reason without full stop, and the names (of `rules.pack.Pack.sources`) of what it rests on."""

    text: str
    rests_on: tuple[str, ...]


class Lease(NamedTuple):
    """What a reason names of the contract: who provides, and the day it was signed."""

    provider: str | None = None
    signed_on: datetime.date | None = None


NO_LEASE = Lease()


def why_refused(
    policy: Policy,
    lines: Sequence[Line],
    reasons: str,
    lease: Lease = NO_LEASE,
    counted: Mapping[str, Counted] = NOTHING_BUT_AWARDS,
) -> tuple[Why, ...]:
    """The reasons of a refusal, in the order in which the decision names them.

    Args:
        lines: those that are stored with the decision.
        reasons: the decision's own, joined by ``;``.
        lease: the contract, which a reason about the provider names.
        counted: as `award_on_paper.figures`.
    """
    told = _Reasons(policy, lines, lease, counted)
    return tuple(told.of(name) for name in reasons.split(";") if name)


class _Reasons:
    def __init__(
        self, policy: Policy, lines: Sequence[Line], lease: Lease, counted: Mapping[str, Counted]
    ) -> None:
        self.policy, self.lease, self.counted = policy, lease, counted
        self.lines = tuple(by_line(policy, lines))
        self.rules = policy.rules.rules()

    def of(self, name: str) -> Why:
        rule: Any = self.rules.get(name)
        found = [(line, asked) for line, asked in self.lines if line.rule == name]
        if isinstance(rule, Condition):
            failed = [(line, asked) for line, asked in found if line.figures[:1] == ("fail",)]
            if not failed:
                return Why(say("reason.not_met", rule=rule.title), self._on(name))
            line, asked = failed[0]
            return Why(self._with(self._failed(rule, line), asked), self._on(name))
        limits = [(line, asked) for line, asked in found if line.code.partition(".")[0] in _LIMITS]
        if rule is None or not limits:
            return Why(say("reason.rate", base=money(self._last("base"))), self._tier())
        line, asked = min(limits, key=lambda each: _int(each[0].figures[-1]))
        tellers = {
            "stacking": self._stacking, "cap": self._cap, "budget": self._budget, "share": self._share,
            "floor": self._floor,
        }  # fmt: skip
        text = tellers[line.code.partition(".")[0]](rule, line)
        return Why(self._with(text, asked), self._on(name))

    def _with(self, text: str, asked: Sequence[str]) -> str:
        """A reason with the supplements that it rests on, and their documents."""
        for name in asked:
            one = in_words(self.policy, name)
            text = say("reason.settled", text=text, settled=settled_told(one))
        return text

    def _last(self, code: str) -> int:
        return next((_int(line.figures[-1]) for line, _ in reversed(self.lines) if line.code == code), 0)

    def _on(self, rule: str) -> tuple[str, ...]:
        """What a rule rests on, and those of its keys that decide a case."""
        return rests_on(self.policy.pack, rule, "limit", "share", "at_least", "exceeded", "order")

    def _tier(self) -> tuple[str, ...]:
        tiers = ";".join(dict.fromkeys(line.rule for line, _ in self.lines if line.code == "tier"))
        return tier_names(self.policy.pack, tiers)

    def _failed(self, condition: Condition, line: Line) -> str:
        """A condition that is not met: what was found, and what is asked for."""
        looked, wanted = looked_and_wanted(self.policy, line)
        test = condition.test
        fact = test.fact if isinstance(test.fact, str) else ""
        declared = self.policy.rules.facts.get(fact) or STANDARD.get(fact)
        if declared is not None and not test.parts:
            if declared.type == "yes_no":
                if fact == "provider_admitted" and line.figures[1] != "yes" and self.lease.provider:
                    return self._not_admitted(condition.title)
                code = "reason.is_so" if line.figures[1] == "yes" else "reason.is_not_so"
                return say(code, fact=declared.title, rule=condition.title)
            wanted = wanted.removeprefix(declared.title)
        said = on_paper(looked).removeprefix(say("reason.unit"))  # 你单位 stands before it
        return say("reason.condition", looked=said, wanted=on_paper(wanted).strip())

    def _not_admitted(self, title: str) -> str:
        """The provider was not admitted: which one, and on what day that counts."""
        provider, day = self.lease.provider, self.lease.signed_on
        if day is None:
            return say("reason.not_admitted.undated", provider=provider, rule=title)
        return say("reason.not_admitted", provider=provider, on=on(day), rule=title)

    def _stacking(self, rule: Any, line: Line) -> str:
        other = money(_int(line.figures[0]))
        about = say("reason.same.contract" if of_contract(self.policy) else "reason.same.matter")
        if rule.how != "ceiling":
            computed = max(_int(each.figures[-1]) for each, _ in self.lines if each.code in _COMPUTED)
            return say(f"reason.{rule.how}", about=about, other=other, computed=money(computed))
        share, whole = _int(line.figures[1]), _int(line.figures[2])
        ceiling = ceiling_on_paper(self.policy.rules, whole, share)
        return say("reason.ceiling", about=about, other=other, ceiling=ceiling)

    def _cap(self, rule: Any, line: Line) -> str:
        limit, declared, used, _ = map(_int, line.figures)
        of = before(used, self.counted.get(line.rule))
        told = {"limit": money(limit), "used": money(declared + used), "what": of.called(declared)}
        return say("reason.cap" if of.is_awarded else "reason.cap.counted", rule=rule.title, **told)

    def _budget(self, rule: Any, line: Line) -> str:
        left = _int(line.figures[0])
        if left <= 0:
            code = "reason.budget.closed" if rule.exceeded == "stop" else "reason.budget"
            return say(code, rule=rule.title)
        return say("reason.budget.short", rule=rule.title, left=money(left), due=money(self._due()))

    def _share(self, rule: Any, line: Line) -> str:
        return say("reason.share", rule=rule.title)

    def _floor(self, rule: Any, line: Line) -> str:
        least, before, _ = map(_int, line.figures)
        of = say(f"approval.label.{'base' if rule.on == 'base' else 'quota'}")
        return say("reason.floor", of=of, before=money(before), least=money(least))

    def _due(self) -> int:
        """What the case would have come to but for the budget."""
        amounts = [
            _int(line.figures[-1])
            for line, _ in self.lines
            if line.code in _COMPUTED or line.code.partition(".")[0] in ("stacking", "cap")
        ]
        return min(amounts, default=0)


_COMPUTED = ("rate", "fixed", "bands", "lines")


def _int(figure: object) -> int:
    return figure if isinstance(figure, int) else 0
