"""The names of a pack and its tests as parts of sentences: facts, sums, parameters, values, what is asked.

Nothing is decided: each name comes from the pack, in the language that is asked for.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

from casework.rulebook.base_of_case import in_a_sentence
from casework.rulebook.term_values import values_of
from rules.decide import rate_text
from rules.facts import STANDARD, Fact
from rules.faults import Unset
from rules.pack import Pack
from rules.parts import BASE_FACT, Terms
from rules.predicate import APART, FactRef, Predicate
from words import has, say
from words.shown import moment

_JOINER = "\N{WORD JOINER}"
_CHINESE = re.compile(r"[\u3007\u4e00-\u9fff（《“‘]")
_ORDER = ("at_least", "at_most", "above", "below")
_TIMES = ("date", "moment")
"""Days and moments, which are early and late where amounts are low and high."""


def key_called(key: str, lang: str) -> str:
    """What a key of a pack's tables is called; the key itself where it is none that the format knows."""
    for code in (f"policies.source.{key}", f"wizard.key.{key}"):
        if has(code, lang):
            return say(code, lang)
    return key


class Names:
    """One pack's names in one language; ``settled`` is what supplements set, by parameter."""

    def __init__(self, pack: Pack, lang: str, settled: Mapping[str, str]) -> None:
        self.pack, self.lang = pack, lang
        self.settled = {name: self.called(name, value) for name, value in settled.items()}
        self.facts: dict[str, Fact] = {BASE_FACT.id: BASE_FACT, **STANDARD, **pack.facts}
        self.facts |= {
            total.id: Fact(total.id, "money", total.title, total.title_en) for total in pack.totals
        }

    def called(self, parameter: str, value: str) -> str:
        """What a supplement's value is called: a reading, or a word that a term may be set to."""
        declared = self.pack.parameter(parameter)
        readings = {one.id: self.title(one) for one in declared.readings} if declared else {}
        return readings.get(value) or dict(values_of(parameter, self.lang)).get(value, value)

    def say(self, code: str, **params: Any) -> str:
        """A sentence, or a part of one, of a pack; the blank before a figure falls before a Chinese name."""
        if self.lang == "zh":
            params = {name: _joined(value) for name, value in params.items()}
        text = say(f"pack_told.{code}", self.lang, **params)
        return text.replace(f" {_JOINER}", "").replace(_JOINER, "")

    def title(self, named: Any) -> str:
        """A rule's, fact's or reading's own name in the language."""
        return str(named.title if self.lang == "zh" else named.title_en or named.title)

    def fact(self, name: str | Unset) -> str:
        """A fact by its name, a sum with what it is made of, or the parameter in its place."""
        if isinstance(name, Unset):
            return self.open_slot(name)
        text = in_a_sentence(self.title(self.facts[name]))
        total = next((total for total in self.pack.totals if total.id == name), None)
        if total is None:
            return text
        if total.price is not None:
            price = self.slot(total.price, "money")
            return self.say("sum.priced", title=text, of=self.terms(total.terms), price=price)
        return self.say("sum", title=text, of=self.terms(total.terms))

    def terms(self, terms: Terms) -> str:
        """The facts of a sum with their signs."""
        text = ""
        for (name, sign), same in groupby(terms):
            fact, count = self.fact(name), len(tuple(same))
            part = self.say("term.times", fact=fact, count=count) if count > 1 else fact
            code = "term.less" if sign < 0 else "term.plus"
            first = part if sign > 0 else self.say("term.minus", fact=part)
            text = text + self.say(code, fact=part) if text else first
        return text

    def open_slot(self, slot: Unset) -> str:
        """A parameter, with what it is set to or that it is not."""
        parameter = self.pack.parameter(slot.id)
        name = self.title(parameter) if parameter else slot.id
        if slot.id in self.settled:
            return self.say("settled", name=name, value=self.settled[slot.id])
        return self.say("open", name=name)

    def slot(self, slot: Any, kind: str) -> str:
        """A value of a kind, or the parameter in its place."""
        if isinstance(slot, Unset):
            return self.open_slot(slot)
        return self.value(slot, kind)

    def value(self, value: Any, kind: str) -> str:
        """A value of a kind, as people write it."""
        if isinstance(value, FactRef):
            return self.fact(value.id)
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if kind == "money":
            return self.say("money", amount_fen=value)
        if kind == "rate":
            return percent(int(value))
        if isinstance(value, datetime):
            return moment(value)
        if isinstance(value, date):
            return value.isoformat()
        return say(f"choice.{value}", self.lang) if has(f"choice.{value}", self.lang) else str(value)

    def test(self, test: Predicate) -> str:
        """What a test asks for."""
        if test.parts:
            joint = self.say(f"joint.{test.op}").join(self._part(part) for part in test.parts)
            return self.say("test.not", text=joint) if test.op == "not" else joint
        kind = self.facts[test.fact].type if isinstance(test.fact, str) and test.fact else "date"
        if test.op == "within":
            start, end = test.value
            code = "within" if start and end else "from" if start else "until"
            return self.say(
                f"test.{code}", fact=self.fact(test.fact), start=self.bound(start), until=self.bound(end)
            )
        if test.op in APART:
            count = self.open_slot(test.value) if isinstance(test.value, Unset) else str(test.value)
            within, _, unit = test.op.rpartition("_")
            many = self.say(f"many.{unit}", count=count)
            names = {"fact": self.fact(test.fact), "after": self.fact(test.after)}
            return self.say(f"test.{within}_after", many=many, **names)
        if test.op == "known":
            return self.say("test.known", fact=self.fact(test.fact))
        if test.op == "given":
            return self.say("test.given" if test.value else "test.not_given", fact=self.fact(test.fact))
        if isinstance(test.value, FactRef) and test.value.by:
            return self._by(test, test.value)
        if isinstance(test.value, tuple):
            joined = self.say("or").join(self.value(one, kind) for one in test.value)
            way = "only" if test.op == "one_of" and len(test.value) == 1 else test.op
            return self.say(f"test.{way}", fact=self.fact(test.fact), value=joined)
        code = f"test.{test.op}.time" if kind in _TIMES and test.op in _ORDER else f"test.{test.op}"
        return self.say(code, fact=self.fact(test.fact), value=self.slot(test.value, kind))

    def _part(self, test: Predicate) -> str:
        """One of several tests; what joins several itself stands in brackets."""
        text = self.test(test)
        return self.say("test.within_joint", text=text) if len(test.parts) > 1 else text

    def _by(self, test: Predicate, other: FactRef) -> str:
        """A day against a moment: by their days, or with the day at a time of its."""
        if other.by == "day":
            fact, value = self.fact(test.fact), self.say("by_day", fact=self.fact(other.id))
        else:
            is_day = isinstance(test.fact, str) and self.facts[test.fact].type == "date"
            named = [self.fact(test.fact), self.fact(other.id)]
            at = 0 if is_day else 1
            named[at] = self.say("at_time", fact=named[at], time=other.by)
            fact, value = named
        code = f"test.{test.op}.time" if test.op in _ORDER else f"test.{test.op}"
        return self.say(code, fact=fact, value=value)

    def bound(self, moment: Any) -> str:
        """A day or moment at which a span begins or ends; nothing where it is open."""
        return "" if moment is None else self.value(moment, "moment")


def _joined(value: Any) -> Any:
    """A parameter of a Chinese sentence; what begins in Chinese is marked to stand close."""
    return _JOINER + value if isinstance(value, str) and _CHINESE.match(value) else value


def percent(rate: int) -> str:
    """A rate in millionths as a percentage."""
    return rate_text(rate * 100) + "%"
