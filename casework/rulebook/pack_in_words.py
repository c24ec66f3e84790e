"""A pack in plain sentences: what each rule says, where it is written, and how far its source goes.

The window's rules page, `policy show` and the comparison of two versions all read from here. Nothing is
decided: a rule is turned into one sentence by its kind, with the pack's own titles for rules and facts.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from casework.rulebook.base_of_case import in_a_sentence
from casework.rulebook.term_values import values_of
from rules.decide import rate_text
from rules.facts import STANDARD, Fact
from rules.faults import Unset
from rules.pack import Cap, Condition, Pack, Rule, Source, Stacking, Tier
from rules.predicate import FactRef, Predicate
from words import has, say

SECTIONS = (
    "force", "condition", "tier", "base", "floor", "stacking", "cap", "budget", "funder", "rounding", "unset",
    "office",
)  # fmt: skip


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
    return _Teller(pack, lang, {}).test(test)


def value_told(pack: Pack, value: Any, kind: str, lang: str) -> str:
    """One value of a fact of that type, as people write it."""
    return _Teller(pack, lang, {}).value(value, kind)


def setting_told(pack: Pack, parameter: str, value: str, lang: str) -> str:
    """What a supplement sets a parameter to: a reading's title, a term's word, or the value itself."""
    return _Teller(pack, lang, {}).called(parameter, value)


class _Teller:
    def __init__(self, pack: Pack, lang: str, settled: Mapping[str, str]) -> None:
        self.pack, self.lang = pack, lang
        self.settled = {name: self.called(name, value) for name, value in settled.items()}
        self.facts: dict[str, Fact] = {**STANDARD, **pack.facts}

    def called(self, parameter: str, value: str) -> str:
        """What a supplement's value is called: a reading, or a word that a term may be set to."""
        declared = self.pack.parameter(parameter)
        readings = {one.id: self.title(one) for one in declared.readings} if declared else {}
        return readings.get(value) or dict(values_of(parameter, self.lang)).get(value, value)

    def say(self, code: str, **params: Any) -> str:
        return say(f"pack_told.{code}", self.lang, **params)

    def statements(self) -> Iterator[Statement]:
        pack = self.pack
        until = pack.in_force_until
        code = "force" if until else "force_open"
        text = self.say(code, start=pack.in_force_from, until=until, by=self.fact(pack.chosen_by))
        yield Statement("force", "", self.say("section.force"), text, pack.document, "", False)
        for condition in pack.conditions:
            yield self.rule("condition", condition, self.condition(condition))
        for tier in pack.tiers:
            yield self.rule("tier", tier, self.tier(tier))
        yield self.base()
        for floor in pack.floors:
            code = f"floor.{floor.on}.{floor.how}"
            yield self.rule("floor", floor, self.say(code, least=self.slot(floor.at_least, "money")))
        for stacking in pack.stacking:
            yield self.rule("stacking", stacking, self.stacking(stacking))
        for cap in pack.caps:
            yield self.rule("cap", cap, self.cap(cap))
        if pack.budget:
            yield self.rule("budget", pack.budget, self.budget())
        for funder in pack.funders:
            code = "funder.odd" if funder.odd else "funder"
            yield self.rule("funder", funder, self.say(code, share=_percent(funder.share)))
        for rounding in pack.rounding:
            text = self.say(
                f"rounding.{rounding.mode}", where=self.say(f"where.{rounding.where}"), unit_fen=rounding.unit
            )
            yield Statement("rounding", rounding.where, self.say("section.rounding"), text, "", "", False)
        yield from self.unset()
        yield from self.office()

    def rule(self, section: str, rule: Rule, text: str) -> Statement:
        written = [self.source(rule.source)]
        for key, source in rule.source_of:
            code = f"policies.source.{key}"
            part = say(code, self.lang) if has(code, self.lang) else key
            graded = say(f"policies.grade.{source.grade}", self.lang)
            written.append(self.say("source_of", part=part, source=self.source(source), grade=graded))
        told_source, grade = "\n".join(written), rule.source.grade
        return Statement(section, rule.id, self.title(rule), text, told_source, grade, _open(rule))

    def source(self, source: Source) -> str:
        """Where something is written, with what the pack's writer notes of it."""
        where = f"{source.document} {source.article}".strip() if source.article else ""
        if where and source.note:
            return self.say("source_note", source=where, note=source.note)
        return where or source.note

    def title(self, named: Any) -> str:
        """A rule's, fact's or reading's own name in the language."""
        return str(named.title if self.lang == "zh" else named.title_en or named.title)

    def fact(self, name: str | Unset) -> str:
        if isinstance(name, Unset):
            return self.open_slot(name)
        return in_a_sentence(self.title(self.facts[name]))

    def open_slot(self, slot: Unset) -> str:
        parameter = self.pack.parameter(slot.id)
        name = self.title(parameter) if parameter else slot.id
        if slot.id in self.settled:
            return self.say("settled", name=name, value=self.settled[slot.id])
        return self.say("open", name=name)

    def slot(self, slot: Any, kind: str) -> str:
        if isinstance(slot, Unset):
            return self.open_slot(slot)
        return self.value(slot, kind)

    def value(self, value: Any, kind: str) -> str:
        if isinstance(value, FactRef):
            return self.fact(value.id)
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if kind == "money":
            return self.say("money", amount_fen=value)
        if kind == "rate":
            return _percent(int(value))
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return value.isoformat()
        return say(f"choice.{value}", self.lang) if has(f"choice.{value}", self.lang) else str(value)

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

    def test(self, test: Predicate) -> str:
        if test.parts:
            joint = self.say(f"joint.{test.op}").join(self.test(part) for part in test.parts)
            return self.say("test.not", text=joint) if test.op == "not" else joint
        kind = self.facts[test.fact].type if isinstance(test.fact, str) and test.fact else "date"
        if test.op == "within":
            start, end = test.value
            code = "within" if start and end else "from" if start else "until"
            return self.say(
                f"test.{code}", fact=self.fact(test.fact), start=self.bound(start), until=self.bound(end)
            )
        if test.op.endswith("_months"):
            months = self.open_slot(test.value) if isinstance(test.value, Unset) else str(test.value)
            return self.say(
                f"test.{test.op}", fact=self.fact(test.fact), after=self.fact(test.after), months=months
            )
        if isinstance(test.value, tuple):
            joined = self.say("or").join(self.value(one, kind) for one in test.value)
            return self.say(f"test.{test.op}", fact=self.fact(test.fact), value=joined)
        return self.say(f"test.{test.op}", fact=self.fact(test.fact), value=self.slot(test.value, kind))

    def bound(self, moment: Any) -> str:
        return "" if moment is None else self.value(moment, "moment")

    def tier(self, tier: Tier) -> str:
        when = self.test(tier.when) if tier.when else self.say("otherwise")
        if tier.bands:
            bands, start = [], 0
            for band in tier.bands:
                code = "band" if band.up_to is not None else "band_last"
                bands.append(
                    self.say(code, start_fen=start, end_fen=band.up_to or 0, rate=_percent(band.rate))
                )
                start = band.up_to or 0
            worth = self.say("or").join(bands)
        elif tier.fixed is not None:
            worth = self.say("worth.fixed", amount=self.slot(tier.fixed, "money"))
        else:
            code = "worth.up_to" if tier.up_to else "worth.rate"
            worth = self.say(code, rate=self.slot(tier.rate, "rate"))
        return self.say("tier", when=when, worth=worth)

    def base(self) -> Statement:
        base = self.pack.base
        names = self.say("or").join(self.fact(slot) for slot in base.smallest_of)
        text = self.say("base.smallest" if len(base.smallest_of) > 1 else "base", names=names)
        if base.less:
            text = self.say(
                "base.less", text=text, less=self.say("or").join(self.fact(name) for name in base.less)
            )
        source = self.source(base.source)
        is_open = any(isinstance(slot, Unset) for slot in base.smallest_of)
        return Statement("base", "base", self.say("section.base"), text, source, base.source.grade, is_open)

    def stacking(self, rule: Stacking) -> str:
        names = self.say("or").join(self.fact(name) for name in rule.facts)
        if rule.how != "ceiling":
            return self.say(f"stacking.{rule.how}", names=names)
        text = self.say(
            "stacking.ceiling", names=names, of=self.fact(rule.of), share=self.slot(rule.share, "rate")
        )
        tiers = {tier.id: tier for tier in self.pack.tiers}
        for name, slot in rule.tier_share:
            tier = self.title(tiers[name])
            text += self.say("stacking.tier", tier=tier, share=self.slot(slot, "rate"))
        return text

    def cap(self, cap: Cap) -> str:
        per = self.say("per").join(self.scope(scope) for scope in cap.per)
        code = "cap.per" if cap.per else "cap"
        text = self.say(code, per=per, limit=self.slot(cap.limit, "money"))
        tiers = {tier.id: tier for tier in self.pack.tiers}
        for name, slot in cap.tier_limit:
            text += self.say("cap.tier", tier=self.title(tiers[name]), limit=self.slot(slot, "money"))
        if cap.overrun_limit is not None:
            text += self.say("cap.overrun", limit_fen=cap.overrun_limit, reason=self.fact(cap.overrun_reason))
        if cap.counts != "award":
            text += self.say("cap.redemption")
        return text

    def scope(self, scope: str) -> str:
        code = f"pack_told.scope.{scope}"
        return say(code, self.lang) if has(code, self.lang) else self.fact(scope)

    def budget(self) -> str:
        budget = self.pack.budget
        assert budget is not None
        per = self.scope(budget.per)
        text = self.say("budget", per=per, amount=self.slot(budget.amount, "money"))
        text += self.say(f"order.{budget.order}")
        if budget.order == "first_come":
            exceeded = budget.exceeded
            text += (
                self.open_slot(exceeded) if isinstance(exceeded, Unset) else self.say(f"exceeded.{exceeded}")
            )
        elif budget.order == "ranked":
            text += self.say(f"unfit.{budget.unfit}")
        else:
            text += self.say(f"residual.{budget.residual}")
        return text

    def unset(self) -> Iterator[Statement]:
        for parameter in self.pack.unset:
            if not parameter.readings:
                continue
            readings = self.say("or_reading").join(
                self.say("reading", title=self.title(reading), source=reading.source)
                for reading in parameter.readings
            )
            settled = self.settled.get(parameter.id)
            text = self.say("set_to", value=settled, readings=readings) if settled else readings
            yield Statement(
                "unset", parameter.id, self.title(parameter), text, parameter.note, "", settled is None
            )

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
            code = f"pack_told.office.{name}"
            title = say(code, self.lang) if has(code, self.lang) else name
            yield Statement("office", name, title, str(term.value), source, term.source.grade, False)


def _percent(rate: int) -> str:
    return rate_text(rate * 100) + "%"


def _open(value: Any) -> bool:
    """Whether an unset parameter stands anywhere in a rule."""
    if isinstance(value, Unset):
        return True
    if isinstance(value, tuple):
        return any(map(_open, value))
    if hasattr(value, "__dataclass_fields__"):
        return any(_open(getattr(value, name)) for name in value.__dataclass_fields__)
    return False
