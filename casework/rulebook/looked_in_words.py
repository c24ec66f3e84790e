"""What a condition looked at and asked for, and the names of rules, facts and readings, as explanations tell
them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from casework.rulebook.pack_in_words import value_told, wanted
from rules.decide import rate_text
from rules.facts import OPEN_END, OPEN_START, STANDARD, Fact
from rules.lines import Line
from rules.parts import Condition
from rules.policy import Policy
from rules.predicate import FactRef, Predicate, Span
from rules.witness import Witness
from words import say

UNKNOWN = "unknown"
_NO_BOUND = (OPEN_START.isoformat(), OPEN_END.isoformat(), None)


class Named:
    """The names of one policy in one language, and its conditions."""

    def __init__(self, policy: Policy, lang: str, witness: Witness | None = None) -> None:
        self.policy, self.lang, self.witness = policy, lang, witness
        self.pack = policy.rules
        self.facts: dict[str, Fact] = {**STANDARD, **self.pack.facts}
        self.facts |= {fact.id: fact for fact in policy.program.computed.facts}
        self.rules = self.pack.rules()
        self.conditions = {condition.id: condition for condition in self.pack.conditions}
        self.readings = {name: tuple(values.values()) for name, values in policy.program.readings.items()}
        self.base_fen = 0
        self.cost_fen: list[int] = []
        self.labels: tuple[object, ...] = ()
        self.step = next((each for each in self.pack.rounding if each.where == "step"), None)
        self.unusable: set[str] = set()
        self.counted: dict[str, Span] = {}
        """The days between which a fact counts working days."""

    def say(self, code: str, **params: object) -> str:
        """A sentence of an explanation."""
        return say(f"line.{code}", self.lang, **params)

    def title(self, named: object) -> str:
        """What something of the pack is called."""
        zh, en = getattr(named, "title", ""), getattr(named, "title_en", "")
        return str(zh if self.lang == "zh" else en or zh)

    def rule(self, name: str) -> str:
        """What a rule is called."""
        if name == "rate":
            return say("why.rate", self.lang)
        return self.title(self.rules[name]) if name in self.rules else name

    def fact(self, name: str) -> str:
        """What a fact, a sum or the base is called."""
        return self.title(self.facts[name]) if name in self.facts else name

    def parameter(self, name: str) -> str:
        """What an unset parameter is called."""
        parameter = self.pack.parameter(name)
        return self.title(parameter) if parameter else name

    def reading(self, parameter: str, name: str) -> str:
        """What one reading of a parameter is called."""
        found = self.pack.parameter(parameter)
        titles = {reading.id: self.title(reading) for reading in found.readings} if found else {}
        return titles.get(name, name)

    def reason(self, name: str) -> str:
        """What a reason of a decision is called."""
        if name in self.rules:
            return self.rule(name)
        if self.pack.parameter(name):
            return say("why.unset", self.lang, parameter=self.parameter(name))
        if name in self.facts:
            return say("why.missing", self.lang, fact=self.fact(name))
        return name

    def share(self, rate: object) -> str:
        """A rate as a percentage, or the parameter in its place."""
        return f"{rate_text(rate * 100)}%" if isinstance(rate, int) else self.parameter(str(rate))

    def one_after_another(self, *sentences: str) -> str:
        """Sentences that follow each other."""
        return ("" if self.lang == "zh" else " ").join(sentences)

    def joined(self, names: Iterable[str]) -> str:
        """Names in a row."""
        return say("pack_told.or", self.lang).join(names)

    def condition(self, line: Line, kind: str) -> str:
        """The sentence of a condition's line."""
        condition = self.conditions.get(line.rule)
        if condition is None:  # a fact that must be known
            code = "known.pass" if line.figures[0] == "pass" else "known.unknown"
            return self.say(code, fact=self.fact(line.rule))
        title = self.title(condition)
        if kind == "not_asked":
            return self.say("condition.not_asked", rule=title)
        answer, *figures = line.figures
        params = {
            "rule": title,
            "looked": self.looked(condition.test, figures),
            "wanted": self.wanted(condition, figures),
        }
        if answer == UNKNOWN and condition.evidence:
            return self.say("condition.evidence", **params, evidence=condition.evidence)
        return self.say(f"condition.{answer}", **params)

    def wanted(self, condition: Condition, figures: Sequence[object]) -> str:
        """What the condition asks for; of a round's window, as the line has it."""
        test = condition.test
        if condition.round_window:
            opens, closes = (None if figure in _NO_BOUND else _day(figure) for figure in figures[1:])
            test = Predicate("within", test.fact, (opens, closes))
        return wanted(self.pack, test, self.lang)

    def looked(self, test: Predicate, figures: Sequence[object]) -> str:
        """The values that a test looked at, each fact once."""
        seen: dict[str, object] = {}
        self.take(test, iter(figures), seen)
        parts = []
        for name, value in seen.items():
            code = "looked" if value is not None else "looked.unknown"
            if name in self.counted:
                span = self.counted[name]
                kind = "workday_by" if span.by and value is not None else "workdays"
                after, until = self.fact(span.after), self.fact(span.fact)
                parts.append(self.say(f"{code}.{kind}", after=after, fact=until, count=value))
                continue
            parts.append(self.say(code, fact=self.fact(name), value=self.value(name, value)))
        return say("why.or", self.lang).join(parts)

    def take(self, test: Predicate, figures: Iterator[object], seen: dict[str, object]) -> None:
        """Takes a test's figures in the order in which `rules.teller` puts them."""
        for part in test.parts:
            self.take(part, figures, seen)
        if test.parts:
            return
        spans = {span.name: span for span in test.spans()}
        for name in test.facts(self.readings):
            value = next(figures, None)
            if name in spans:
                self.counted[name] = spans[name]
            seen.setdefault(name, value)
        if isinstance(test.value, tuple):
            bounds = len(test.value)
        else:
            bounds = 0 if test.value is None or isinstance(test.value, FactRef) else 1
        for _ in range(bounds):
            next(figures, None)

    def value(self, name: str, figure: object) -> str:
        """A figure of a line as the value of its fact."""
        kind = self.facts[name].type if name in self.facts else "text"
        if figure is None:
            return ""
        if kind == "yes_no":
            return value_told(self.pack, figure == "yes", kind, self.lang)
        return value_told(self.pack, _day(figure) if kind in ("date", "moment") else figure, kind, self.lang)


def _day(figure: object) -> object:
    """A stored day or moment as a value again."""
    if not isinstance(figure, str):
        return None
    return datetime.fromisoformat(figure) if "T" in figure else date.fromisoformat(figure)
