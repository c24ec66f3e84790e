"""A pack in plain sentences: what each rule says, where it is written, and how far its source goes.

The window's rules page, `policy show` and the comparison of two versions all read from here. Nothing is
decided: a rule is turned into one sentence by its kind, with the pack's own titles for rules and facts.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.rulebook.budget_in_words import budget_told
from casework.rulebook.declared_in_words import declared
from casework.rulebook.tests_in_words import Names, key_called, percent
from rules.faults import Unset
from rules.pack import Cap, Condition, Pack, Rule, Source, Stacking, Tier
from rules.parts import CostLine, Floor, Reading, UnsetParameter
from rules.predicate import Predicate
from words import has, say

SECTIONS = (
    "force", "fact", "condition", "tier", "line", "base", "floor", "stacking", "cap", "budget", "funder",
    "rounding", "unset", "office",
)  # fmt: skip


_PERIODS = ("year", "quarter", "month")
"""The scopes at whose end a cap begins anew."""


class Statement(NamedTuple):
    """One rule in words. ``open`` says that a parameter in it is still unset."""

    section: str
    rule: str
    title: str
    text: str
    source: str
    grade: str
    open: bool


def told(pack: Pack, lang: str, settled: Mapping[str, str] | None = None) -> tuple[Statement, ...]:
    """Every rule of a pack in the order in which it is applied.

    Args:
        lang: ``zh`` or ``en``.
        settled: what the office's supplements set, by parameter.
    """
    return tuple(_Teller(pack, lang, settled or {}).statements())


class Difference(NamedTuple):
    """One rule of two versions: its sentence before and after; empty where it is not there."""

    section: str
    title: str
    before: str
    after: str


def compared(before: Pack, after: Pack, lang: str) -> tuple[Difference, ...]:
    """The rules in which two packs differ, in words."""
    old = {(one.section, one.rule): one for one in told(before, lang)}
    new = {(one.section, one.rule): one for one in told(after, lang)}
    found = []
    for key in sorted({**old, **new}, key=lambda key: SECTIONS.index(key[0])):
        was, now = old.get(key), new.get(key)
        told_was, told_now = _with_source(was, lang), _with_source(now, lang)
        if told_was != told_now:
            found.append(Difference(key[0], (now or was).title, told_was, told_now))  # type: ignore[union-attr]
    return tuple(found)


def _with_source(one: Statement | None, lang: str) -> str:
    if one is None or not one.source:
        return one.text if one else ""
    return say("pack_told.with_source", lang, text=one.text, source=one.source)


def wanted(pack: Pack, test: Predicate, lang: str) -> str:
    """What one test of a pack asks for, as a part of a sentence."""
    return Names(pack, lang, {}).test(test)


def value_told(pack: Pack, value: Any, kind: str, lang: str) -> str:
    """One value of a fact of that type, as people write it."""
    return Names(pack, lang, {}).value(value, kind)


def setting_told(pack: Pack, parameter: str, value: str, lang: str) -> str:
    """What a supplement sets a parameter to: a reading's title, a term's word, or the value itself."""
    return Names(pack, lang, {}).called(parameter, value)


class _Teller(Names):
    """Each rule by its kind."""

    def statements(self) -> Iterator[Statement]:
        pack = self.pack
        until = pack.in_force_until
        code = "force" if until else "force_open"
        text = self.say(code, start=pack.in_force_from, until=until, by=self.fact(pack.chosen_by))
        yield Statement("force", "", self.say("section.force"), text, pack.document, "", False)
        for one, text in declared(self):
            yield Statement("fact", f"fact.{one.id}", self.title(one), text, "", "", False)
        for condition in pack.conditions:
            yield self.rule("condition", condition, self.condition(condition))
        for tier in pack.tiers:
            yield self.rule("tier", tier, self.tier(tier))
        for line in pack.lines:
            yield self.rule("line", line, self.line(line))
        yield self.base()
        for floor in pack.floors:
            yield self.rule("floor", floor, self.floor(floor))
        for stacking in pack.stacking:
            yield self.rule("stacking", stacking, self.stacking(stacking))
        for cap in pack.caps:
            yield self.rule("cap", cap, self.cap(cap))
        if pack.budget:
            yield self.rule("budget", pack.budget, budget_told(self, pack.budget))
        for funder in pack.funders:
            code = "funder.odd" if funder.odd else "funder"
            yield self.rule("funder", funder, self.say(code, share=percent(funder.share)))
        for rounding in pack.rounding:
            text = self.say(
                f"rounding.{rounding.mode}", where=self.say(f"where.{rounding.where}"), unit_fen=rounding.unit
            )
            title, source = self.say("section.rounding"), self.source(rounding.source)
            yield Statement("rounding", rounding.where, title, text, source, rounding.source.grade, False)
        yield from self.unset()
        yield from self.office()

    def rule(self, section: str, rule: Rule, text: str) -> Statement:
        written = [self.source(rule.source)]
        for key, source in rule.source_of:
            part = key_called(key, self.lang)
            graded = say(f"policies.grade.{source.grade}", self.lang)
            written.append(self.say("source_of", part=part, source=self.source(source), grade=graded))
        told_source, grade = "\n".join(written), rule.source.grade
        title = self.title(rule)
        if self.lang == "zh" and title == rule.id:  # the pack gives it no name
            title = self.say(f"untitled.{section}", id=rule.id)
        return Statement(section, rule.id, title, text, told_source, grade, _open(rule))

    def source(self, source: Source) -> str:
        """Where something is written, with what the pack's writer notes of it."""
        where = f"{source.document} {source.article}".strip() if source.article else ""
        if where and source.note:
            return self.say("source_note", source=where, note=source.note)
        return where or source.note

    # -- kinds of rule -------------------------------------------------------------------------------

    def condition(self, condition: Condition) -> str:
        text = self.test(condition.test)
        if condition.applies_when is not None:
            text = self.say("applies_when", when=self.test(condition.applies_when), text=text)
        if condition.round_window:
            text = self.say("round_window", text=text)
        if condition.evidence:
            text = self.say("evidence", text=text, evidence=condition.evidence)
        return text

    def tier(self, tier: Tier) -> str:
        when = self.test(tier.when) if tier.when else self.say("otherwise")
        if tier.bands:
            bands, start = [], 0
            for band in tier.bands:
                code = "band" if band.up_to is not None else "band_last"
                bands.append(
                    self.say(code, start_fen=start, end_fen=band.up_to or 0, rate=percent(band.rate))
                )
                start = band.up_to or 0
            worth = self.say("or").join(bands)
        elif tier.fixed is not None:
            worth = self.say("worth.fixed", amount=self.slot(tier.fixed, "money"))
        elif tier.lines:
            lines = {line.id: line for line in self.pack.lines}
            worth = self.say(
                "worth.lines", lines=self.say("or").join(self.title(lines[name]) for name in tier.lines)
            )
        elif tier.up_to:
            own, why = map(self.fact, tier.officer)
            worth = self.say("worth.up_to", rate=self.slot(tier.rate, "rate"), own=own, reason=why)
        else:
            worth = self.say("worth.rate", rate=self.slot(tier.rate, "rate"))
        text = self.say("tier", when=when, worth=worth)
        return self.say("tier.priority", text=text, priority=tier.priority) if tier.priority > 0 else text

    def line(self, line: CostLine) -> str:
        """A cost line: what of it counts, how it is rounded, and up to what."""
        text = self.say("line", fact=self.fact(line.fact), rate=self.slot(line.rate, "rate"))
        tiers = {tier.id: tier for tier in self.pack.tiers}
        for name, slot in line.tier_rate:
            text += self.say("stacking.tier", tier=self.title(tiers[name]), share=self.slot(slot, "rate"))
        if (line.unit, line.mode) != (1, "down"):
            how = self.say(f"rounding.{line.mode}", where=self.say("where.line"), unit_fen=line.unit)
            text = self.say("line.rounded", text=text, how=how)
        if line.limit is not None:
            text = self.say("line.limit", text=text, limit=self.slot(line.limit, "money"))
        return text

    def floor(self, floor: Floor) -> str:
        """The least base, award or sum."""
        least = self.slot(floor.at_least, "money")
        if floor.on in ("base", "award"):
            text = self.say(f"floor.{floor.on}.{floor.how}", least=least)
            shared = self.pack.budget is not None and self.pack.budget.order == "pro_rata"
            if shared and (floor.on, floor.how) == ("award", "refuse"):
                text = self.say("floor.shared", text=text)
        else:
            text = self.say("floor.sum.refuse", sum=self.fact(floor.on), least=least)
        return self.applied(floor, text)

    def applied(self, rule: Any, text: str) -> str:
        """A rule that may not hold at all says so."""
        if isinstance(rule.applies, Unset):
            return self.say("applies", parameter=self.open_slot(rule.applies), text=text)
        return text if rule.applies else self.say("applies.not", text=text)

    def base(self) -> Statement:
        """What the rate applies to."""
        base = self.pack.base
        parts = [*map(self.title, self.pack.lines), *map(self.fact, base.smallest_of)]
        named = self.say("or").join(parts)
        if self.pack.lines:
            text = self.say("base.lines", lines=named)
        elif base.smallest_of:
            text = self.say("base.smallest" if len(base.smallest_of) > 1 else "base", names=named)
        else:
            text = self.say("base.none")
        if base.less:
            less = self.say("or").join(self.fact(name) for name in base.less)
            text = self.say("base.less", text=text, less=less)
        if base.period != "contract":
            text = self.say(f"base.{base.period}", text=text)
        if not base.needed and named:
            text = self.say("base.not_needed", text=text)
        source = self.source(base.source)
        is_open = any(isinstance(slot, Unset) for slot in base.smallest_of)
        return Statement("base", "base", self.say("section.base"), text, source, base.source.grade, is_open)

    def stacking(self, rule: Stacking) -> str:
        names = self.say("or").join(self.fact(name) for name in rule.facts)
        if rule.how != "ceiling":
            return self.applied(rule, self.say(f"stacking.{rule.how}", names=names))
        of = self.terms(rule.of)
        whole = self.say("sum", title="", of=of).strip() if len(rule.of) > 1 else of
        text = self.say("stacking.ceiling", names=names, of=whole, share=self.slot(rule.share, "rate"))
        tiers = {tier.id: tier for tier in self.pack.tiers}
        for name, slot in rule.tier_share:
            tier = self.title(tiers[name])
            text += self.say("stacking.tier", tier=tier, share=self.slot(slot, "rate"))
        return self.applied(rule, text)

    def cap(self, cap: Cap) -> str:
        """The most within a scope, over what time, and what of it is gone before."""
        text = self.say("cap", limit=self.limit(cap, cap.limit))
        if cap.per:
            per = self.say("per").join(self.scope(scope) for scope in cap.per)
            code = "cap.per" if any(scope in _PERIODS for scope in cap.per) else "cap.ever"
            text = self.say(code, per=per, limit=self.limit(cap, cap.limit))
        tiers = {tier.id: tier for tier in self.pack.tiers}
        if cap.tiers:
            only = self.say("or").join(self.title(tiers[name]) for name in cap.tiers)
            text = self.say("cap.tiers", text=text, tiers=only)
        for name, slot in cap.tier_limit:
            text += self.say("cap.tier", tier=self.title(tiers[name]), limit=self.limit(cap, slot))
        if cap.overrun_limit is not None:
            limit = self.limit(cap, cap.overrun_limit)
            text += self.say("cap.overrun", limit=limit, reason=self.fact(cap.overrun_reason))
        if cap.before:
            text += self.say("cap.before", fact=self.fact(cap.before))
        if cap.counts != "award":
            text += self.say("cap.redemption")
        return self.applied(cap, text)

    def limit(self, cap: Cap, slot: Any) -> str:
        """A limit as an amount, or as a count at a price."""
        if cap.price is None:
            return self.slot(slot, "money")
        count, price = self.slot(slot, "integer"), self.slot(cap.price, "money")
        return self.say("cap.priced", count=count, price=price)

    def scope(self, scope: str | Unset) -> str:
        code = f"pack_told.scope.{scope}"
        return say(code, self.lang) if has(code, self.lang) else self.say("scope.fact", fact=self.fact(scope))

    def unset(self) -> Iterator[Statement]:
        for parameter in self.pack.unset:
            if parameter not in self.pack.calculated:
                continue
            readings = (
                self.say("waits")
                if not parameter.readings
                else self.say("or_reading").join(
                    self.reading(parameter, reading) for reading in parameter.readings
                )
            )
            settled = self.settled.get(parameter.id)
            text = readings
            if settled:
                code = "set_to" if parameter.readings else "set_by_office"
                text = self.say(code, value=settled, readings=readings)
            yield Statement(
                "unset", parameter.id, self.title(parameter), text, parameter.note, "", settled is None
            )

    def reading(self, parameter: UnsetParameter, reading: Reading) -> str:
        """One reading by its name, with what it comes to where the name does not say it."""
        value, title = reading.value, self.title(reading)
        if parameter.type == "fact":
            worth = self.fact(value)
        elif parameter.type in ("months", "days"):
            worth = self.say(f"many.{parameter.type}", count=str(value))
        elif parameter.type == "choice" and has(f"pack_told.exceeded.{value}", self.lang):
            worth = self.say(f"exceeded.{value}")
        else:
            worth = self.value(value, parameter.type)
        code = "reading" if worth in title else "reading.worth"
        return self.say(code, title=title, worth=worth, source=reading.source)

    def office(self) -> Iterator[Statement]:
        for name, term in self.pack.office.items():
            source = self.source(term.source)
            if isinstance(term.value, Unset):
                parameter = self.pack.parameter(term.value.id)
                settled = self.settled.get(term.value.id)
                title = self.title(parameter) if parameter else name
                text = self.say("set_by_office", value=settled) if settled else self.say("not_set")
                note = parameter.note if parameter else ""
                yield Statement("office", name, title, text, note, "", settled is None)
                continue
            codes = (f"pack_told.office.{name}", f"wizard.key.office.{name}")
            title = next((say(code, self.lang) for code in codes if has(code, self.lang)), name)
            yield Statement("office", name, title, str(term.value), source, term.source.grade, False)


def _open(value: Any) -> bool:
    """Whether an unset parameter stands anywhere in a rule."""
    if isinstance(value, Unset):
        return True
    if isinstance(value, tuple):
        return any(map(_open, value))
    if hasattr(value, "__dataclass_fields__"):
        return any(_open(getattr(value, name)) for name in value.__dataclass_fields__)
    return False
