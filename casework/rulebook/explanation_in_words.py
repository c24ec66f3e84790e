"""The lines of an explanation in plain sentences: what was asked, what was found, and what came of it.

The window's case page, the command line and the evidence pack read from here. Nothing is decided or looked
up: `rules.explain` gives codes and figures, the pack gives the names of rules, facts and readings, and the
catalogue the words between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from casework.rulebook.base_of_case import base_in_words, support_in_words
from casework.rulebook.looked_in_words import Named
from casework.rulebook.settled_readings import by_line, in_words
from rules.decide import AWARDED
from rules.lines import Line
from rules.money import grouped
from rules.parts import Cap, CostLine, Rounding, bands
from rules.policy import Policy
from rules.predicate import Predicate
from rules.teller import article
from rules.witness import Witness
from words import has, say

FAIL, UNKNOWN, OPEN, BINDING, PLAIN = "fail", "unknown", "open", "binding", "plain"
_MARKS = {
    "reading": OPEN,
    "agree": OPEN,
    "way": OPEN,
    "waits": OPEN,
    "missing": UNKNOWN,
    "unranked": UNKNOWN,
    "holds": OPEN,
}
_AMOUNTS = ("rate", "fixed", "bands", "lines", "stacking", "cap", "budget", "share", "floor")
_WORTHS = ("rate", "fixed", "bands", "lines")


class Told(NamedTuple):
    """One line in words.

    ``figure_fen`` is the amount that the line comes to, where it comes to one. ``mark`` is pass, fail,
    unknown, open (a parameter that is not set), binding (what set the award), awarded, refused, blocked, or
    plain. ``way`` numbers the ways of reading from 1; 0 stands for what holds in all of them.
    """

    text: str
    article: str
    figure_fen: int | None
    mark: str
    way: int


def tell(policy: Policy, lines: Iterable[Line], witness: Witness, lang: str = "zh") -> tuple[Told, ...]:
    """The sentences of an explanation, one a line, in its order.

    Args:
        policy: the one that the lines were told under.
        lines: what `rules.explain.explain` or `rules.explain.lines_of` gives.
        witness: what the lines were told from; it has the amounts that the base was made of.
        lang: ``zh`` or ``en``.
    """
    return tuple(_Teller(policy, lang, witness).told(tuple(lines)))


def why(policy: Policy | None, reason: str, lang: str = "zh") -> str:
    """What one of a decision's reasons is called: a rule, a parameter, a fact, or what else is in the way."""
    if has(f"why.{reason}", lang):
        return say(f"why.{reason}", lang)
    return _Teller(policy, lang).reason(reason) if policy else reason


def looked_and_wanted(policy: Policy, line: Line, lang: str = "zh") -> tuple[str, str]:
    """What a condition's line looked at, and what the condition asks for, as parts of a sentence."""
    teller = _Teller(policy, lang)
    condition, figures = teller.conditions[line.rule], line.figures[1:]
    return teller.looked(condition.test, figures), teller.wanted(condition, figures)


def reasons(policy: Policy | None, ids: Sequence[str], status: str, lang: str = "zh") -> str:
    """The reasons of a decision of this status in one phrase."""
    return say("why.or", lang).join(_as_reason(policy, each, status, lang) for each in ids)


def _as_reason(policy: Policy | None, reason: str, status: str, lang: str) -> str:
    """One of the reasons; a condition's title says what is required, so a refusal says that it does not hold,
    and a blocked case that it can't be told."""
    called = why(policy, reason, lang)
    conditions = () if policy is None else [each.id for each in policy.rules.conditions]
    return say(f"why.condition.{status}", lang, rule=called) if reason in conditions else called


class _Teller(Named):
    """Each line by its code."""

    # -- lines ---------------------------------------------------------------------------------------

    def told(self, lines: Sequence[Line]) -> Iterator[Told]:
        way = 0
        for at, (line, parameters) in enumerate(by_line(self.policy, lines)):
            if line.code == "way":
                way, self.labels = way + 1, line.figures
            after_all = ("unranked", "holds", "status", "funder")
            place = 0 if line.code in after_all else way
            text, figure_fen = self.sentence(line, lines[at + 1 :])
            text = self.one_after_another(text, *map(self.settled, parameters))
            yield Told(text, line.article, figure_fen, self.mark(line, lines[at + 1 :]), place)

    def settled(self, parameter: str) -> str:
        """The sentence that names the supplement on which a line rests, and its document."""
        name, value, document = in_words(self.policy, parameter, self.lang)
        return self.say("settled", parameter=name, reading=value, document=document)

    def mark(self, line: Line, after: Sequence[Line]) -> str:
        head = line.code.partition(".")[0]
        if line.code == "condition.not_asked":
            return PLAIN
        if head == "condition":
            answer = str(line.figures[0])
            return _MARKS.get(answer, answer)
        if head in ("fact", "status") or line.code in ("tier.none", "tier.several"):
            return str(line.figures[0]) if head == "status" else FAIL
        if head in _AMOUNTS:
            award = next((later for later in after if later.code in ("award", "way")), None)
            bound = award is not None and award.rule == ("rate" if head in _WORTHS else line.rule)
            return BINDING if bound else PLAIN
        return _MARKS.get(head, PLAIN)

    def sentence(self, line: Line, after: Sequence[Line]) -> tuple[str, int | None]:
        """The sentence of a line, and the amount it comes to."""
        head, _, kind = line.code.partition(".")
        if head == "condition":
            return self.condition(line, kind), None
        if head in ("stacking", "floor"):
            return self.limit(line, head, kind)
        if line.code in ("tier.none", "tier.several"):
            names = self.joined(self.rule(str(name)) for name in line.figures)
            return self.say(line.code, tiers=names), None
        if head == "missing":
            known = any(later.code == "base" for later in self.until_way(after))
            return self.say("missing" if known else "missing.amount", fact=self.fact(line.rule)), None
        if head == "waits":
            return self.say("waits", parameter=self.parameter(line.rule)), None
        if head == "unranked":
            if self.pack.parameter(line.rule):
                return self.say("unranked.open", parameter=self.parameter(line.rule)), None
            return self.say("unranked", fact=self.fact(line.rule)), None
        if head == "line":
            return self.cost_line(line), _fen(line.figures[-1])
        if head in ("fact", "agree", "way", "tier", "funder", "status"):
            return getattr(self, f"_{head}")(line)  # type: ignore[no-any-return]
        return self.amount(line)

    @staticmethod
    def until_way(lines: Sequence[Line]) -> Iterator[Line]:
        for line in lines:
            if line.code == "way":
                return
            yield line

    # -- kinds of line -------------------------------------------------------------------------------

    def limit(self, line: Line, head: str, kind: str) -> tuple[str, int | None]:
        title, figures = self.rule(line.rule), line.figures
        if head == "floor":
            least, before, after = figures
            if self.on_base(line.rule):
                self.base_fen = _fen(after) or 0
            text = self.say(line.code, rule=title, least_fen=least, before_fen=before, after_fen=after)
            return text, _fen(after)
        if kind == "ceiling":
            other, share, whole, left = figures
            params = {"share": self.share(share), "whole_fen": whole}
        else:
            other, left = figures
            params = {}
        text = self.say(line.code, rule=title, other_fen=other, left_fen=left, **params)
        facts = getattr(self.rules.get(line.rule), "facts", ())
        parts = support_in_words(self.policy, self.witness, facts, self.lang)
        rounded = [self.rounded(each) for each in self.pack.rounding if each.where == kind == "ceiling"]
        return self.one_after_another(text, *parts, *rounded), _fen(left)

    def amount(self, line: Line) -> tuple[str, int | None]:
        """Lines of one amount: base, rate, fixed sums, caps, the budget, rounding, the award."""
        title, figures = self.rule(line.rule), line.figures
        params: dict[str, object] = {"rule": title}
        code, figure = line.code, figures[-1]
        if code == "base":
            self.base_fen = _fen(figure) or 0
            return self.base(self.base_fen), self.base_fen
        elif code in _WORTHS:
            return self.computed(line), _fen(figure)
        elif code == "cap":
            code, params = self.cap(line, title)
        elif code in ("budget", "share"):
            params["left_fen"] = figure
        elif code == "rounding":
            params |= dict(zip(("unit_fen", "before_fen", "after_fen"), figures, strict=True))
        elif code == "award":
            code = code if figure else "award.none"
            params["award_fen"] = figure
        else:
            params[f"{'holds' if code == 'holds' else 'computed'}_fen"] = figure
        return self.say(code, **params), _fen(figure)

    def base(self, base_fen: int) -> str:
        """The base, and what it was made of where that is more than one amount."""
        text = self.say("base", base_fen=base_fen)
        made = base_in_words(self.policy, self.witness, self.labels, self.lang)
        text = self.one_after_another(text, *made)
        line = next((each for each in self.pack.rounding if each.where == "line"), None)
        return text if line is None or self.pack.lines else self.one_after_another(text, self.rounded(line))

    def rounded(self, rounding: Rounding) -> str:
        """How a step or each amount is rounded, with the article."""
        where = say(f"pack_told.where.{rounding.where}", self.lang)
        told = say(f"pack_told.rounding.{rounding.mode}", self.lang, where=where, unit_fen=rounding.unit)
        return self.say("rounded", how=told, article=article(rounding.source))

    def computed(self, line: Line) -> str:
        """How the computed amount comes out of the base, with the rounding of that step where there is
        one."""
        params: dict[str, object] = {"base_fen": self.base_fen, "computed_fen": line.figures[-1]}
        if line.code == "rate":
            params["rate"] = self.share(line.figures[0])
        if line.code == "bands":
            params["bands"] = " ＋ ".join(
                say("pack_told.band_of", self.lang, part_fen=part, rate=self.share(rate))
                for part, rate in bands(self.rules.get(line.rule), self.base_fen)
            )
        if line.code == "lines":
            params["parts"] = " ＋ ".join(f"{grouped(fen)}" for fen in self.cost_fen)
            self.cost_fen = []
        text = self.say(line.code, **params)
        if self.step is not None and line.code != "fixed":
            text = self.one_after_another(text, self.rounded(self.step))
        return text

    def cost_line(self, line: Line) -> str:
        """A cost line: its amount times its rate, and its limit where that cuts it."""
        amount, rate, product, counted = line.figures
        self.cost_fen.append(_fen(counted) or 0)
        rule = self.rules.get(line.rule)
        params = {"rule": self.rule(line.rule), "amount_fen": amount, "rate": self.share(rate)}
        text = self.say("cost", **params, product_fen=product)
        if isinstance(rule, CostLine) and (rule.unit, rule.mode) != (1, "down"):
            where = say("pack_told.where.line", self.lang)
            how = say(f"pack_told.rounding.{rule.mode}", self.lang, where=where, unit_fen=rule.unit)
            text = self.one_after_another(text, self.say("rounded", how=how, article=article(rule.source)))
        if counted != product:
            text = self.one_after_another(text, self.say("cost.limit", limit_fen=counted))
        return text

    def cap(self, line: Line, title: str) -> tuple[str, dict[str, object]]:
        """What a cap's line says: its limit as it bound this case, and what was used of it before."""
        limit, declared, used, left = line.figures
        spent = (_fen(declared) or 0) + (_fen(used) or 0)
        budget = self.policy.rules.budget
        shared = budget is not None and budget.order == "pro_rata"
        params: dict[str, object] = {"rule": title, "limit_fen": limit, "used_fen": spent, "left_fen": left}
        params["of"] = self.say("cap.of_shared" if shared else "cap.of")
        rule = self.rules.get(line.rule)
        if isinstance(rule, Cap) and isinstance(rule.price, int) and rule.price and _fen(limit) is not None:
            count = (_fen(limit) or 0) // rule.price
            params["rule"] = self.say("cap.counts", rule=title, count=count, price_fen=rule.price)
        elif isinstance(rule, Cap) and rule.overrun_limit == limit and isinstance(rule.limit, int):
            params |= {"principle_fen": rule.limit, "reason": self.fact(rule.overrun_reason)}
            return "cap.overrun", params
        return "cap", params

    def on_base(self, name: str) -> bool:
        """Whether a floor is one of the base."""
        return getattr(self.rules.get(name), "on", "") == "base"

    def _fact(self, line: Line) -> tuple[str, int | None]:
        self.unusable.add(line.rule)
        return self.say("fact.unusable", fact=self.fact(line.rule), value=line.figures[0]), None

    def _agree(self, line: Line) -> tuple[str, int | None]:
        readings = self.joined(self.reading(line.rule, str(name)) for name in line.figures)
        return self.say("agree", parameter=self.parameter(line.rule), readings=readings), None

    def _way(self, line: Line) -> tuple[str, int | None]:
        ways = say("why.or", self.lang).join(map(self.combination, line.figures))
        return self.say("way", readings=ways), None

    def combination(self, label: object) -> str:
        pairs = [pair.split("=") for pair in str(label).split(",") if pair]
        return self.joined(
            self.say("reading", parameter=self.parameter(name), reading=self.reading(name, reading))
            for name, reading in pairs
        )

    def _tier(self, line: Line) -> tuple[str, int | None]:
        tests = tuple(tier.when for tier in self.pack.tiers if tier.when)
        looked = self.looked(Predicate("any", parts=tests), line.figures) if tests else ""
        code = "tier.looked" if looked else "tier"
        return self.say(code, tier=self.rule(line.rule), looked=looked), None

    def _funder(self, line: Line) -> tuple[str, int | None]:
        share, fen = line.figures
        text = self.say("funder", rule=self.rule(line.rule), share=self.share(share), part_fen=fen)
        return text, _fen(fen)

    def _status(self, line: Line) -> tuple[str, int | None]:
        status, *ids = map(str, line.figures)
        if status == AWARDED:
            return self.say("status.awarded"), None
        told = [
            say("why.unreadable", self.lang, fact=self.fact(name))
            if name in self.unusable
            else _as_reason(self.policy, name, status, self.lang)
            for name in ids
        ]
        return self.say(f"status.{status}", reasons=say("why.or", self.lang).join(told)), None


def _fen(figure: object) -> int | None:
    return figure if isinstance(figure, int) else None
