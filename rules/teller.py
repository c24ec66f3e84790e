"""What the lines of one policy's explanations have in common, worked out once for the policy.

`rules.explain` says what the lines mean. A line that depends on a word only (a kind of applicant, yes or
no) is made once and kept; the others are put together from parts that are ready.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from rules.amounts import ROUNDING, Change, Sum
from rules.counter_keys import counters, taken_of
from rules.faults import NOWHERE, Unset
from rules.lines import Line, kept
from rules.parts import Budget, Cap, Condition, Funder, Source, Stacking, Tier
from rules.policy import Policy
from rules.predicate import Asked, FactRef, Predicate, Readings, Values, compile_predicate, shown
from rules.readings import Branch, branches
from rules.witness import Unusable, Witness

_ANSWER: dict[bool | str | None, str] = {True: "pass", False: "fail", None: "unknown", "reading": "reading"}
_FEW = ("choice", "yes_no")
_PLAIN = ("money", "rate", "integer", "text", "choice")
_KEPT = 1_000
_NONE: Readings = {}


Figures: TypeAlias = Callable[[Values], tuple[object, ...]]
TellCondition: TypeAlias = Callable[[Values, bool | str | None], Line]
TellLimit: TypeAlias = Callable[["At", int, Readings], Line]


_line: Callable[[tuple[str, str, tuple[object, ...], str]], Line] = partial(tuple.__new__, Line)
"""A line from its four parts at once: most of the time that an explanation takes goes into making lines."""


class At(NamedTuple):
    """Where a limit is told: the values of the case, with the computed ones, what was used of each counter,
    and the base."""

    values: Values
    used: tuple[int, ...]
    base: int | None


def teller(policy: Policy) -> "Teller":
    """The policy's teller, made when it is first asked for and kept with it."""
    made: Teller | None = policy.__dict__.get("_teller")
    if made is None:
        made = policy.__dict__["_teller"] = Teller(policy)
    return made


def article(source: Source) -> str:
    """Document and article as an explanation prints them."""
    return "" if source.grade == NOWHERE else f"{source.document} {source.article}".strip()


class Teller:
    """Makes the lines of one policy."""

    def __init__(self, policy: Policy) -> None:
        self.program = program = policy.program
        self.pack = pack = policy.rules
        self.index = program.index
        self._conditions = [self._condition(condition) for condition in pack.conditions]
        self._conditions += [self._known(fact.id) for fact in program.facts if fact.known]
        self._tests = [tier.when for tier in pack.tiers if tier.when]
        self._tier_figures = self._figures(Predicate("any", parts=tuple(self._tests)))
        self._tiers = [(tier.id, article(tier.source), tier) for tier in pack.tiers]
        self._whose = [article(dict(tier.source_of).get("when", tier.source)) for tier in pack.tiers]
        self._base_article = article(pack.base.source)
        self._rounding = next((rounding for rounding in pack.rounding if rounding.where == "end"), None)
        self._floors = {floor.id: floor for floor in pack.floors}
        self._funders = {funder.id: funder for funder in pack.funders}
        self._lines = {line.id: article(line.source) for line in pack.lines}
        self._limits = [self._limits_of(tier) for tier in pack.tiers]
        self._statuses: dict[tuple[str, str, tuple[str, ...]], Line] = {}
        asked = dict.fromkeys(name for test in self._tests for name in test.unset())
        asked = {name: None for name in asked if name not in program.waiting}
        self.agreed = [self._agree(name) for name in asked]
        """The lines of the parameters that every tier's test may ask for, where they make no difference."""

    def _agree(self, name: str) -> Line:
        return kept(Line("agree", name, tuple(self.program.readings.get(name, ())), ""))

    def status(self, status: str, binding: str, reasons: tuple[str, ...]) -> Line:
        """The line that closes an explanation."""
        line = self._statuses.get((status, binding, reasons))
        if line is None:
            if len(self._statuses) >= _KEPT:
                self._statuses.clear()
            line = kept(Line("status", binding, (status, *reasons), ""))
            self._statuses[status, binding, reasons] = line
        return line

    # -- conditions ----------------------------------------------------------------------------------

    def _condition(self, condition: Condition) -> TellCondition:
        tell = self._condition_line(condition)
        if condition.applies_when is None:
            return tell
        applies = compile_predicate(condition.applies_when, self.index)
        not_asked = kept(Line("condition.not_asked", condition.id, (), article(condition.source)))

        def tell_where_it_applies(values: Values, answer: bool | str | None) -> Line:
            try:
                asked = applies(values, _NONE)
            except Asked:
                asked = True
            return not_asked if asked is False else tell(values, answer)

        return tell_where_it_applies

    def _known(self, name: str) -> TellCondition:
        """A fact that must be known, as its pack declares."""
        at = self.index[name]
        return lambda values, answer: Line("condition.known", name, (_ANSWER[answer], shown(values[at])), "")

    def _condition_line(self, condition: Condition) -> TellCondition:
        code, name = f"condition.{condition.test.op}", condition.id
        where = article(condition.source)
        figures = self._window(condition) if condition.round_window else self._figures(condition.test)
        places = [self.index[fact] for fact in condition.test.facts(self._readings())]
        if len(places) != 1 or self.program.shown_facts[places[0]].type not in _FEW:
            return lambda values, answer: _line((code, name, (_ANSWER[answer], *figures(values)), where))
        (at,) = places
        made: dict[tuple[object, object], Line] = {}

        def tell(values: Values, answer: bool | str | None) -> Line:
            line = made.get((values[at], answer))
            if line is None:
                if len(made) >= _KEPT:
                    made.clear()
                line = kept(Line(code, name, (_ANSWER[answer], *figures(values)), where))
                made[values[at], answer] = line
            return line

        return tell

    def _window(self, condition: Condition) -> Figures:
        opens, closes = self.index["window_from"], self.index["window_until"]
        at = self.index[str(condition.test.fact)]
        start, end = map(shown, condition.test.value)

        def figures(values: Values) -> tuple[object, ...]:
            first, last = values[opens], values[closes]
            bounds = start if first is None else shown(first), end if last is None else shown(last)
            return shown(values[at]), *bounds

        return figures

    def _readings(self) -> dict[str, tuple[Any, ...]]:
        return {name: tuple(options.values()) for name, options in self.program.readings.items()}

    def _figures(self, test: Predicate) -> Figures:
        """What a test looked at: its facts' values and the bounds written in the pack."""
        if test.op in ("all", "any", "not"):
            inner = [self._figures(part) for part in test.parts]
            if len(inner) == 1:
                return inner[0]
            return lambda values: tuple([figure for tell in inner for figure in tell(values)])
        places = [self.index[name] for name in test.facts(self._readings())]
        bounds = _bounds(test.value)
        plain = all(self.program.shown_facts[at].type in _PLAIN for at in places)
        if len(places) == 1:
            at = places[0]
            if plain:
                return lambda values: (values[at], *bounds)
            return lambda values: (shown(values[at]), *bounds)
        return lambda values: (*[shown(values[at]) for at in places], *bounds)

    def passed(self, values: Values) -> list[Line]:
        """The conditions' lines where all of them passed."""
        values = self.program.full(values)
        return [tell(values, True) for tell in self._conditions]

    def conditions(
        self,
        values: Values,
        answers: Sequence[bool | None] | None = None,
        readings: Readings = _NONE,
        only: Sequence[str] | None = None,
    ) -> list[Line]:
        """A line for each condition (``only`` these); one that hangs on an unset parameter says so."""
        values = self.program.full(values)
        lines = []
        for at, (tell, (name, judge)) in enumerate(
            zip(self._conditions, self.program.conditions, strict=True)
        ):
            if only is not None and name not in only:
                continue
            answer: bool | str | None
            try:
                answer = answers[at] if answers is not None else judge(values, readings)
            except Asked:
                answer = "reading"
            lines.append(tell(values, answer))
        return lines

    def unusable(self, witness: Witness, facts: Sequence[str]) -> list[Line]:
        """The lines of a case that holds values which no rule can use."""
        values = {name: witness.values[self.index[name]] for name in facts}
        return [
            Line("fact.unusable", name, (value.text if type(value) is Unusable else str(value),), "")
            for name, value in values.items()
        ]

    # -- amounts -------------------------------------------------------------------------------------

    def sum(self, witness: Witness, one: Sum, readings: Readings = _NONE) -> list[Line]:
        """The lines from the tier to the award."""
        values = self.program.full(witness.values)
        name, where, tier = self._tiers[one.tier]
        lines = [_line(("tier", name, self._tier_figures(values), self._whose[one.tier]))]
        if one.base is not None:
            lines.append(_line(("base", "", (one.base,), self._base_article)))
        if one.changes:
            lines += [self._change(each) for each in one.changes if self._on(each) == "base"]
        if one.rate is not None:
            lines.append(_line(("rate", name, (one.rate, one.computed), where)))
        elif one.limits or one.computed or one.lines:
            lines += [Line("line", cost, tuple(told), self._lines[cost]) for cost, *told in one.lines]
            code = "bands" if tier.bands else "lines" if tier.lines else "fixed"
            lines.append(Line(code, name, (one.computed,), where))
        tellers = self._limits[one.tier]
        for rule, left in one.limits:
            lines.append(tellers[rule](At(values, witness.used, one.base), left, readings))
        if one.changes:
            lines += [self._change(each) for each in one.changes if self._on(each) != "base"]
        lines.append(_line(("award", one.binding, (one.award,), "")))
        return lines

    def _on(self, change: Change) -> str:
        floor = self._floors.get(change[0])
        return "" if floor is None else "award" if floor.on == "award" else "base"

    def _change(self, change: Change) -> Line:
        name, before, after = change
        if name == ROUNDING and self._rounding is not None:
            unit, where = self._rounding.unit, article(self._rounding.source)
            return Line("rounding", "", (unit, before, after), where)
        floor = self._floors[name]
        figures = _bound(floor.at_least), before, after
        return Line(f"floor.{floor.how}", name, figures, article(floor.source))

    def split(self, parts: Sequence[tuple[str, int]]) -> list[Line]:
        """Each funder's part of an award."""
        return [self._part(self._funders[name], fen) for name, fen in parts]

    def _part(self, funder: Funder, fen: int) -> Line:
        return Line("funder", funder.id, (funder.share, fen), article(funder.source))

    def _limits_of(self, tier: Tier) -> dict[str, TellLimit]:
        """For one tier, what tells each rule that may have limited the award."""
        tellers: dict[str, TellLimit] = {}
        for stacking in self.pack.stacking:
            tellers[stacking.id] = self._stacking(stacking, tier)
        for cap in dict.fromkeys(scope.cap for scope in self.program.scopes):
            if not cap.tiers or tier.id in cap.tiers:
                tellers[cap.id] = self._cap(cap, tier)
        budget = self.pack.budget
        if budget is not None:
            tellers[budget.id] = self._budget(budget)
        return tellers

    def _budget(self, budget: Budget) -> TellLimit:
        name, where = budget.id, article(budget.source)
        code = "share" if budget.order == "pro_rata" else "budget"
        return lambda at, left, readings: _line((code, name, (left,), where))

    def share(self, fen: int) -> Line:
        """What a case has of a budget that is shared out."""
        budget = self.pack.budget
        name, where = ("", "") if budget is None else (budget.id, article(budget.source))
        return Line("share", name, (fen,), where)

    def _cap(self, cap: Cap, tier: Tier) -> TellLimit:
        name, where = cap.id, article(cap.source)
        before = self.index[cap.before] if cap.before else None
        reason = self.index[cap.overrun_reason] if cap.overrun_limit is not None else None
        slot: Any = dict(cap.tier_limit).get(tier.id, cap.limit)
        counted = bool(cap.per)
        own = counters(self.program.scopes, cap, tier)

        def tell(at: At, left: int, readings: Readings) -> Line:
            values = at.values
            limit = slot
            if reason is not None and values[reason]:
                limit = cap.overrun_limit
            elif isinstance(slot, Unset):
                limit = _bound(slot, readings)
            if cap.price is not None:
                limit = cap.worth(
                    limit, readings.get(cap.price.id) if isinstance(cap.price, Unset) else cap.price
                )
            declared = 0 if before is None else values[before]
            used = at.used[own[taken_of(cap, readings)]] if counted else 0
            return _line(("cap", name, (limit, declared, used, left), where))

        return tell

    def _stacking(self, rule: Stacking, tier: Tier) -> TellLimit:
        code, name, where = f"stacking.{rule.how}", rule.id, article(rule.source)
        places = [self.index[fact] for fact in rule.facts]
        whole_of = self.program.whole_of(rule)
        share = dict(rule.tier_share).get(tier.id, rule.share)

        def tell(at: At, left: int, readings: Readings) -> Line:
            other = sum([at.values[place] for place in places])
            if rule.how != "ceiling":
                return Line(code, name, (other, left), where)
            whole = whole_of(at.values, at.base)
            return Line(code, name, (other, _bound(share, readings), whole, left), where)

        return tell

    # -- readings ------------------------------------------------------------------------------------

    def ways(self, witness: Witness) -> list[Line]:
        """The lines of each way of reading that leads to something of its own."""
        found = branches(self.program, witness)
        told: dict[tuple[Line, ...], list[Branch]] = {}
        for way in found:
            told.setdefault(tuple(self._way(witness, way)), []).append(way)
        if len(told) == 1:
            asked = dict.fromkeys(name for way in found for name, _ in way.taken)
            return [*(self._agree(name) for name in asked), *next(iter(told))]
        lines = []
        for group, ways in told.items():
            labels = [",".join(f"{name}={reading}" for name, reading in way.taken) for way in ways]
            lines += [Line("way", "", tuple(labels), ""), *group]
        return lines

    def _way(self, witness: Witness, way: Branch) -> list[Line]:
        readings = {name: self.program.readings[name][reading] for name, reading in way.taken}
        closed = (*way.failed, *way.unknown)
        lines = self._closed(witness, closed, readings) if closed else []
        lines += [Line("missing", fact, (), "") for fact in way.missing]
        lines += [Line("waits", parameter, (), "") for parameter in way.waits]
        for one in way.sums:
            lines += self.sum(witness, one, readings)
        return lines

    def _closed(self, witness: Witness, closed: Sequence[str], readings: Readings) -> list[Line]:
        """What keeps a way from any amount: conditions that fail or are open, or no tier that is sure."""
        lines = self.conditions(witness.values, None, readings, only=closed)
        conditions = {name for name, _ in self.program.conditions}
        tiers = tuple(name for name in closed if name not in conditions)
        if tiers == ("tier",):
            lines.append(Line("tier.none", "tier", (), ""))
        elif tiers:
            lines.append(Line("tier.several", "tier", tiers, ""))
        return lines


def _bound(slot: Any, readings: Readings = _NONE) -> object:
    """A bound as a line shows it: the value, or the parameter's id where no reading has been taken."""
    return readings.get(slot.id, slot.id) if isinstance(slot, Unset) else slot


def _bounds(value: Any) -> tuple[object, ...]:
    if isinstance(value, FactRef) or value is None:
        return ()
    if isinstance(value, Unset):
        return (value.id,)
    if isinstance(value, tuple):
        return tuple(shown(member) for member in value)
    return (shown(value),)
