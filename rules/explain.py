"""Telling a decision line by line from its witness: codes, figures and articles, never prose.

`explain` is a pure function of the policy and what was stored. `words` makes sentences of the lines;
`trace` makes the one text that is stored with a decision and compared when it is calculated again.

Codes and their figures (money in fen, rates in millionths, dates in ISO form):

=====================  =====================================================================
condition.<test>       answer, then the values looked at and what they were compared with
condition.not_asked    (the condition does not apply to this case)
agree                  the readings of an unset parameter that all lead to the same tier
way                    the readings (and open facts or conditions) that lead to what follows
tier                   the values that its test looked at, and what they were compared with
base                   the base
rate, fixed, bands     rate and computed; computed
stacking.<how>         other support, what it leaves; for a ceiling the share and its whole between them
cap                    limit, declared before, used before, then what it leaves
budget                 what was left
award                  the award; the rule is the one that set it
status                 awarded, refused or blocked, then the reasons
=====================  =====================================================================
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from rules.amounts import Sum
from rules.decide import Answers, Decision, Witness, branches, decide_witness, differing_parameters, plain_way
from rules.faults import Unset
from rules.parts import Cap, Condition, Rule, Source, Stacking, Tier
from rules.policy import Policy
from rules.predicate import Asked, FactRef, Judge, Predicate, Values, shown

_ANSWER: dict[bool | str | None, str] = {True: "pass", False: "fail", None: "unknown", "reading": "reading"}


class Line(NamedTuple):
    """One line: a code that keeps its meaning for ever, the rule, the figures, and the article."""

    code: str
    rule: str
    figures: tuple[object, ...]
    article: str


Teller: TypeAlias = Callable[[Values, bool | str | None], Line]


def explain(policy: Policy, witness: Witness, decision: Decision | None = None) -> tuple[Line, ...]:
    """The lines of the decision that this witness leads to under this policy.

    ``decision`` spares calculating it again where the caller has just done so from the same witness.
    """
    teller = _teller(policy)
    if decision is None:
        decision = decide_witness(policy, witness)
    answers, one = plain_way(policy.program, witness)
    lines = teller.conditions(witness.values, answers)
    if one is not None:
        lines += teller.agree_lines
        lines += teller.sum(witness, one)
    elif answers is None:
        lines += _ways(teller, policy, witness)
    status = (decision.status, *decision.reasons)
    lines.append(Line("status", decision.binding, status, ""))
    return tuple(lines)


def trace(lines: tuple[Line, ...]) -> str:
    """The lines as one text, equal if and only if every code, figure and article is."""
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def lines_of(stored: str) -> tuple[Line, ...]:
    """The lines that a stored text holds."""
    return tuple(
        Line(code, rule, tuple(figures), article) for code, rule, figures, article in json.loads(stored)
    )


def _ways(teller: "_Teller", policy: Policy, witness: Witness) -> list[Line]:
    """The lines of each combination of readings that leads to something of its own."""
    ways = branches(policy.program, witness)
    differing = set(differing_parameters(policy.program, ways))
    lines = [line for line in teller.agree_lines if line.rule not in differing]
    told: dict[tuple[Any, ...], dict[str, None]] = {}
    for way in ways:
        label = ",".join(f"{name}={reading}" for name, reading in way.taken if name in differing)
        told.setdefault((way.sums, way.failed, way.unknown, way.missing), {})[label] = None
    for (sums, failed, unknown, missing), labels in told.items():
        lines.append(Line("way", "", (*filter(None, labels), *missing, *failed, *unknown), ""))
        for one in sums:
            lines += teller.sum(witness, one)
    return lines


def _teller(policy: Policy) -> "_Teller":
    teller = policy.__dict__.get("_teller")
    if teller is None:
        teller = policy.__dict__["_teller"] = _Teller(policy)
    return teller


def article(source: Source) -> str:
    """Document and article as an explanation prints them."""
    return f"{source.document} {source.article}".strip()


class _Teller:
    """What the lines of one policy have in common, worked out once."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        program = policy.program
        pack = policy.rules
        self.index = program.index
        self.tellers = [self._condition(condition) for condition in pack.conditions]
        self.judges = program.judges
        self.tiers = [(tier, article(tier.source)) for tier in pack.tiers]
        tests = [tier.when for tier in pack.tiers if tier.when]
        self.tier_figures = (
            self._figures(Predicate("any", parts=tuple(tests))) if tests else lambda values: ()
        )
        self.base_article = article(pack.base.source)
        self.rules: dict[str, Rule] = {rule.id: rule for rule in (*pack.stacking, *pack.caps, *pack.floors)}
        if pack.budget:
            self.rules[pack.budget.id] = pack.budget
        self.articles = {name: article(rule.source) for name, rule in self.rules.items()}
        self.scope_at = {(scope.cap.id, scope.tier): at for at, scope in enumerate(program.scopes)}
        self.agree_lines = self._agree_lines()

    def _agree_lines(self) -> list[Line]:
        asked = dict.fromkeys(
            name for tier in self.policy.rules.tiers if tier.when for name in tier.when.unset()
        )
        return [Line("agree", name, tuple(self.policy.program.readings.get(name, ())), "") for name in asked]

    # -- conditions ----------------------------------------------------------------------------------

    def _condition(self, condition: Condition) -> Teller:
        code, where = f"condition.{condition.test.op}", article(condition.source)
        figures = self._figures(condition.test)
        name = condition.id
        if condition.round_window:
            opens, closes = self.index["window_from"], self.index["window_until"]
            at = self.index[str(condition.test.fact)]
            start, end = condition.test.value

            def window(values: Values, answer: bool | str | None) -> Line:
                bounds = shown(values[opens] or start), shown(values[closes] or end)
                return Line(code, name, (_ANSWER[answer], shown(values[at]), *bounds), where)

            return window

        def tell(values: Values, answer: bool | str | None) -> Line:
            return Line(code, name, (_ANSWER[answer], *figures(values)), where)

        return tell

    def _figures(self, test: Predicate) -> Callable[[Values], tuple[object, ...]]:
        """What a test looked at: its facts' values and the bounds written in the pack."""
        if test.parts:
            inner = [self._figures(part) for part in test.parts]
            return lambda values: tuple(figure for tell in inner for figure in tell(values))
        readings = {name: tuple(options.values()) for name, options in self.policy.program.readings.items()}
        places = [self.index[name] for name in test.facts(readings)]
        bounds = _bounds(test.value)
        if len(places) == 1:
            at = places[0]
            return lambda values: (shown(values[at]), *bounds)
        return lambda values: (*(shown(values[at]) for at in places), *bounds)

    def conditions(self, values: Values, answers: Answers | None) -> list[Line]:
        """A line for each condition; one that hangs on an unset parameter answers ``reading``."""
        if answers is not None:
            return [tell(values, answer) for tell, (_, answer) in zip(self.tellers, answers, strict=True)]
        return [
            tell(values, self._answer(judge, values))
            for tell, judge in zip(self.tellers, self.judges, strict=True)
        ]

    def _answer(self, judge: Judge, values: Values) -> bool | str | None:
        try:
            return judge(values, {})
        except Asked:
            return "reading"

    # -- amounts -------------------------------------------------------------------------------------

    def sum(self, witness: Witness, one: Sum) -> list[Line]:
        """The lines from the tier to the award."""
        tier, where = self.tiers[one.tier]
        figures = self.tier_figures(witness.values)
        lines = [Line("tier", tier.id, figures, where), Line("base", "", (one.base,), self.base_article)]
        if one.rate is not None:
            lines.append(Line("rate", tier.id, (one.rate, one.computed), where))
        elif one.limits or one.computed:
            lines.append(Line("bands" if tier.bands else "fixed", tier.id, (one.computed,), where))
        for name, left in one.limits:
            rule = self.rules[name]
            if isinstance(rule, Cap):
                lines.append(self._cap(rule, tier, witness, left))
            elif isinstance(rule, Stacking):
                lines.append(self._stacking(rule, tier, witness, left))
            else:
                lines.append(Line("budget", name, (left,), self.articles[name]))
        lines.append(Line("award", one.binding, (one.award,), ""))
        return lines

    def _cap(self, cap: Cap, tier: Tier, witness: Witness, left: int) -> Line:
        at = self.scope_at.get((cap.id, tier.id), self.scope_at.get((cap.id, ""), 0))
        used = witness.used[at] if cap.per else 0
        before = witness.values[self.index[cap.before]] if cap.before else 0
        limit = dict(cap.tier_limit).get(tier.id, cap.limit) if cap.tier_limit else cap.limit
        if cap.overrun_limit is not None and witness.values[self.index[cap.overrun_reason]]:
            limit = cap.overrun_limit
        bound = limit.id if isinstance(limit, Unset) else limit
        return Line("cap", cap.id, (bound, before, used, left), self.articles[cap.id])

    def _stacking(self, rule: Stacking, tier: Tier, witness: Witness, left: int) -> Line:
        other = sum(witness.values[self.index[name]] for name in rule.facts)
        figures: tuple[object, ...] = (other, left)
        if rule.how == "ceiling":
            share = dict(rule.tier_share).get(tier.id, rule.share)
            figures = (
                other,
                share.id if isinstance(share, Unset) else share,
                witness.values[self.index[rule.of]],
                left,
            )
        return Line(f"stacking.{rule.how}", rule.id, figures, self.articles[rule.id])


def _bounds(value: Any) -> tuple[object, ...]:
    if isinstance(value, FactRef) or value is None:
        return ()
    if isinstance(value, Unset):
        return (value.id,)
    if isinstance(value, tuple | frozenset):
        return tuple(shown(member) for member in value)
    return (shown(value),)
