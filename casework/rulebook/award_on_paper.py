"""How an award came about, as its letter tells it: each figure with its name and the rule it rests on.

Everything is read from the lines that were stored with the decision and from the policy it was made under,
so that whoever has the letter alone can calculate the award again. Papers are Chinese.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from casework.rulebook.amounts_on_paper import (
    added_on_paper,
    ceiling_on_paper,
    cost_on_paper,
    fact_title,
    how_rounded,
    in_counts,
    money,
    percent,
    terms_on_paper,
)
from casework.rulebook.base_of_case import added, made_of, named_base
from casework.rulebook.counted_of_cap import NOTHING_BUT_AWARDS, Counted, before
from casework.rulebook.names_on_paper import on_paper
from casework.rulebook.settled_readings import Settled, settled
from casework.rulebook.ways_on_paper import parameter_title, ways_apart
from papers.chinese import say
from rules.computed import base_terms
from rules.facts import MILLION
from rules.lines import Line
from rules.money import Mode, apply_ratio
from rules.pack import Pack
from rules.parts import Cap, Rounding, Tier, bands
from rules.policy import Policy
from rules.witness import Witness

RATE = "rate"
WAYS = ("rate", "fixed", "bands", "lines")
_TAX = {True: "approval.with_tax", False: "approval.without_tax", None: "approval.yuan"}


class Figure(NamedTuple):
    """One line of a letter's table: the code of its label, what stands beside it, and the names (of
    `rules.pack.Pack.sources`) of what it rests on."""

    label: str
    text: str
    rests_on: tuple[str, ...] = ()


def refused_figures(
    policy: Policy,
    lines: Sequence[Line],
    witness: Witness,
    counted: Mapping[str, Counted] = NOTHING_BUT_AWARDS,
) -> tuple[Figure, ...]:
    """The figures from the base to nothing, of a case that was refused for an amount; none of one that was
    refused for a condition. Whatever made the award nothing is the refusal's reason, and stands there."""
    told = figures(policy, lines, witness, None, counted) if _sums(lines) else ()
    return tuple(figure for figure in told if figure.label != "method")


def figures(
    policy: Policy,
    lines: Sequence[Line],
    witness: Witness,
    with_tax: bool | None,
    counted: Mapping[str, Counted] = NOTHING_BUT_AWARDS,
) -> tuple[Figure, ...]:
    """The figures from the base to the award, the funders' parts, and the supplements that decided any.

    Args:
        lines: those that are stored with the decision.
        with_tax: whether the base includes tax, None where no rule asks.
        counted: what counted as used of a cap and was not awarded before, by the cap's id.
    """
    ways = [_Way(policy, witness, with_tax, sum_, counted, read) for sum_, read in _sums(lines).items()]
    told = _merged(ways)
    told += _funders(policy, lines)
    told += _open(policy, lines, len({way.lines for way in ways}))
    given = [settled_told(one) for one in settled(policy, lines)]
    if given:
        told.append(Figure("supplements", say("award.then").join(given)))
    return tuple(told)


def rests_on(pack: Pack, rule: str, *keys: str) -> tuple[str, ...]:
    """The names of the sources of a rule: its own, and of those keys of it that are written elsewhere.

    What no source states (grade NF) is not among them: there is nothing to cite.
    """
    stated = pack.sources()
    names = (rule, *(f"{rule}.{key}" for key in keys))
    return tuple(name for name in names if name in stated and stated[name].article)


def tier_names(pack: Pack, ids: str) -> tuple[str, ...]:
    """The names of the sources of an award's tiers: of alternatives that lead to the same award too."""
    found = [
        rests_on(pack, each, "when", "rate", "fixed", "bands", "lines") for each in ids.split(";") if each
    ]
    return tuple(dict.fromkeys(name for names in found for name in names))


def settled_told(one: Settled) -> str:
    """What a supplement sets, with its document."""
    return say("award.settled", parameter=one.parameter, value=on_paper(one.value), document=one.document)


def _sums(lines: Iterable[Line]) -> Mapping[tuple[Line, ...], list[str]]:
    """The ways from the tier to the award, each once, with the readings that lead there (`ways_apart`)."""
    found: dict[tuple[Line, ...], list[str]] = {}
    current: list[Line] = []
    readings: list[str] = []
    for line in lines:
        if line.code == "way":
            readings = [pair for label in line.figures for pair in str(label).split(",") if pair]
        if line.code == "tier":
            current = []
        current.append(line)
        if line.code == "award" and current[0].code == "tier":
            found.setdefault(tuple(current), []).extend(readings)
            current = []
    return found


def _merged(ways: Sequence["_Way"]) -> list[Figure]:
    """The figures of all ways that lead to the award: what is the same once, the rest by tier."""
    told = [list(way.figures()) for way in ways]
    if len(told) == 1:
        return told[0]
    apart = ways_apart(ways[0].policy, [(way.title(way.tier), way.readings) for way in ways])
    labels = dict.fromkeys(figure.label for one in told for figure in one)
    merged = []
    for label in labels:
        beside = [[figure for figure in one if figure.label == label] for one in told]
        texts = [say("award.then").join(figure.text for figure in found) for found in beside]
        source = tuple(
            dict.fromkeys(name for found in beside for figure in found for name in figure.rests_on)
        )
        if len(set(texts)) == 1:
            merged.append(Figure(label, texts[0], source))
            continue
        if label in ("tier", "class", "method"):
            each = dict.fromkeys(text for text in texts if text)
            merged.append(Figure(label, say("phrase.or").join(each), source))
            continue
        parts = [
            say("award.by_way", way=way, text=text) for way, text in zip(apart, texts, strict=True) if text
        ]
        merged.append(Figure(label, say("award.then").join(dict.fromkeys(parts)), source))
    return merged


def _funders(policy: Policy, lines: Iterable[Line]) -> list[Figure]:
    parts: list[str] = []
    source: tuple[str, ...] = ()
    rules = policy.rules.rules()
    for line in lines:
        if line.code == "funder":
            share, fen = line.figures
            rule = rules[line.rule]
            source += rests_on(policy.pack, line.rule)
            parts.append(say("award.funder", funder=rule.title, share=percent(share), part=money(_int(fen))))
    return [Figure("funders", say("award.and").join(parts), source)] if parts else []


def _open(policy: Policy, lines: Iterable[Line], ways: int) -> list[Figure]:
    """What was left open and made no difference, where it led to the award on more ways than one."""
    if ways < 2:
        return []
    names: dict[str, None] = {}
    for line in lines:
        if line.code == "way":
            pairs = (pair for label in line.figures for pair in str(label).split(",") if pair)
            for pair in pairs:
                names[parameter_title(policy, pair.split("=")[0])] = None
        elif line.code == "missing":
            names[fact_title(policy, line.rule)] = None
    if not names:
        return []
    return [Figure("open", say("award.open", names=say("award.and").join(f"“{name}”" for name in names)))]


def _int(figure: object) -> int:
    return figure if isinstance(figure, int) else 0


class _Way:
    """One way from the tier to the award."""

    def __init__(
        self,
        policy: Policy,
        witness: Witness,
        with_tax: bool | None,
        lines: tuple[Line, ...],
        counted: Mapping[str, Counted],
        readings: Sequence[str],
    ) -> None:
        self.policy, self.pack, self.with_tax, self.lines = policy, policy.rules, with_tax, lines
        self.witness, self.counted, self.readings = witness, counted, readings
        self.rules = self.pack.rules()
        self.values = dict(zip(policy.program.names, witness.values, strict=True))
        self.tier, self.award = lines[0].rule, lines[-1]
        self.base_fen = self.running_fen = 0
        self.costs: list[int] = []
        self.step = next((each for each in self.pack.rounding if each.where == "step"), None)
        self.end = next((each for each in self.pack.rounding if each.where == "end"), None)

    def title(self, rule: str) -> str:
        return self.rules[rule].title if rule in self.rules else rule

    def on(self, rule: str, *keys: str) -> tuple[str, ...]:
        return rests_on(self.pack, rule, *keys)

    def figures(self) -> Iterator[Figure]:
        tellers = {
            "tier": self._tier, "base": self._base, "line": self._cost, "cap": self._cap,
            "floor": self._floor, "rounding": self._rounding, "award": self._award,
        }  # fmt: skip
        for line in self.lines:
            head = line.code.partition(".")[0]
            if line.code in WAYS:
                yield self._computed(line)
            elif head in tellers:
                yield tellers[head](line)
            elif head == "stacking":
                yield from self._stacking(line)
            elif line.code == "share" or (line.code == "budget" and self._cuts(line)):
                self.running_fen = min(self.running_fen, _int(line.figures[0]))
                left = money(_int(line.figures[0]))
                text = say(f"award.{line.code}", rule=self.title(line.rule), left=left)
                yield Figure("budget", text, self.on(line.rule, "order", "exceeded"))

    def _cuts(self, line: Line) -> bool:
        """Whether what is left of the budget set the award, or what a floor then refused or raised."""
        return line.rule == self.award.rule or _int(line.figures[0]) < self.running_fen

    # -- base, tier and what comes of them -------------------------------------------------------------

    def _tier(self, line: Line) -> Figure:
        tier, title = self.rules[line.rule], self.title(line.rule)
        worth = next((each for each in self.lines if each.code in WAYS), None)
        if worth is None or worth.code != RATE:
            return Figure("class", title, tier_names(self.pack, line.rule))
        text = say("approval.tier_rate", tier=title, rate=percent(worth.figures[0]))
        most = tier.rate if isinstance(tier, Tier) else None
        if isinstance(most, int) and worth.figures[0] != most:
            reason = str(self.values.get(tier.officer[1]) or "") if isinstance(tier, Tier) else ""
            text = say("award.lower_rate", text=text, most=percent(most), reason=reason)
        return Figure("tier", text, tier_names(self.pack, line.rule))

    def _base(self, line: Line) -> Figure:
        self.base_fen = _int(line.figures[0])
        text = say(_TAX[self.with_tax], amount_fen=self.base_fen)
        made = made_of(self.policy, self.witness)
        of = say("award.and").join(say("phrase.or").join(map(self._amount, one)) for one in made.smallest_of)
        if len(made.smallest_of) > 1:
            text = say("award.base.smallest", text=text, of=of)
        if made.less:
            code = "award.base.less.all" if made.too_much else "award.base.less"
            text = say(code, text=text, of=of, less=say("award.and").join(map(self._amount, made.less)))
        sums = added(self.policy, self.witness, base_terms(self.pack))
        if not sums:
            text = fact_title(self.policy, name) + text if (name := named_base(self.policy, made)) else text
        for one in sums:
            text = say("award.then").join((text, added_on_paper(self.policy, one)))
        line_rounding = next((each for each in self.pack.rounding if each.where == "line"), None)
        if line_rounding is not None and not self.pack.lines:  # what cost lines add up is not rounded
            code = "award.rounded.each" if len(made.smallest_of) > 1 or made.less else "award.rounded"
            text = say(code, text=text, how=how_rounded(line_rounding))
        return Figure("base", text, self.on("base"))

    def _amount(self, one: tuple[str, int]) -> str:
        """A fact of money with what the case has of it."""
        name, fen = one
        return say("award.fact", fact=fact_title(self.policy, name), amount=money(fen))

    def _amounts(self, names: Iterable[str]) -> str:
        return say("award.and").join(self._amount((name, _int(self.values.get(name)))) for name in names)

    def _computed(self, line: Line) -> Figure:
        self.running_fen = _int(line.figures[-1])
        source = tier_names(self.pack, line.rule)
        if line.code == "fixed":
            return Figure("fixed", money(self.running_fen), source)
        parts: list[tuple[int, int]] = []
        if line.code == RATE:
            parts = [(self.base_fen, _int(line.figures[0]))]
        elif line.code == "bands":
            parts = list(bands(self.rules[line.rule], self.base_fen))
        told = [say("award.product", part=money(fen), rate=percent(rate)) for fen, rate in parts]
        sum_ = " ＋ ".join(told or map(money, self.costs))
        text = say("award.computed", sum=sum_, computed=money(self.running_fen))
        if self.step is not None:
            how = how_rounded(self.step)
            return Figure("computed", say("award.rounded", text=text, how=how), self.on("step"))
        if sum(fen * rate for fen, rate in parts) % MILLION:
            text = say("award.rounded", text=text, how=say("award.below_a_fen"))
        return Figure("computed", text, source)

    def _cost(self, line: Line) -> Figure:
        """A cost line."""
        self.costs.append(_int(line.figures[-1]))
        text = cost_on_paper(self.rules[line.rule], [_int(figure) for figure in line.figures])
        return Figure("line", text, self.on(line.rule, "rate", "tier_rate", "limit"))

    # -- what limits it --------------------------------------------------------------------------------

    def _stacking(self, line: Line) -> Iterator[Figure]:
        rule: Any = self.rules[line.rule]
        other, left = _int(line.figures[0]), _int(line.figures[-1])
        received = [name for name in rule.facts if self.values.get(name)]
        text = money(other)
        if received != ["other_support"]:
            text = self._amounts(received)
            if len(received) > 1:
                text = say("award.in_all", text=text, total=money(other))
        yield Figure("other_support", text)
        sources = self.on(line.rule, "share", "tier_share")
        taken = say("award.deducted", amount=money(max(0, self.running_fen - left)))
        if rule.how == "exclude":
            taken = say("award.excluded", amount=money(self.running_fen))
        elif rule.how == "ceiling":
            share, whole = _int(line.figures[1]), _int(line.figures[2])
            told = {"whole": money(whole), "share": percent(share), "left": money(left)}
            of, ceiling = terms_on_paper(self.policy, rule.of), ceiling_on_paper(self.pack, whole, share)
            taken = say("award.within", text=taken, of=of, ceiling=ceiling, **told)
            sources += self.on("ceiling")
        self.running_fen = min(self.running_fen, left)
        yield Figure("deducted", taken, sources)

    def _cap(self, line: Line) -> Figure:
        limit, declared, used, left = map(_int, line.figures)
        cap = self.rules[line.rule]
        text = say("award.cap", rule=cap.title, limit=money(limit))
        if isinstance(cap, Cap) and isinstance(cap.price, int) and cap.price:
            worth = say("award.priced", parts=str(limit // cap.price), price=money(cap.price))
            text = say("award.cap.counts", rule=cap.title, worth=worth, limit=money(limit))
        elif isinstance(cap, Cap) and cap.overrun_limit == limit and isinstance(cap.limit, int):
            reason = str(self.values.get(cap.overrun_reason) or "")
            text = say(
                "award.cap.overrun",
                rule=cap.title, principle=money(cap.limit), limit=money(limit), reason=reason,
            )  # fmt: skip
        told = []
        if declared:
            name = cap.before if isinstance(cap, Cap) else ""
            told.append(say("award.fact", fact=fact_title(self.policy, name), amount=money(declared)))
        parts = before(used, self.counted.get(line.rule)).parts
        told += [say(f"award.{name}", amount=money(fen)) for name, fen in parts]
        if told:
            text = say("award.cap.used", text=text, before=say("award.and").join(told), left=money(left))
        self.running_fen = min(self.running_fen, left)
        return Figure("cap", text, self.on(line.rule, "limit", "tier_limit", "overrun"))

    def _floor(self, line: Line) -> Figure:
        least, before, after = map(_int, line.figures)
        floor: Any = self.rules[line.rule]
        if floor.on == "base" and floor.how == "raise":
            self.base_fen = after
        code = "award.floor.refuse" if floor.how == "refuse" else "award.floor"
        text = say(code, rule=floor.title, before=money(before), least=money(least), after=money(after))
        return Figure("floor" if floor.on == "award" else "base_floor", text, self.on(line.rule, "at_least"))

    def _rounding(self, line: Line) -> Figure:
        _, before, after = map(_int, line.figures)
        how = "" if self.end is None else how_rounded(self.end)
        told = {"how": how, "before": money(before), "after": money(after)}
        if self.end is not None and _rounded(before, self.end) > after:  # it may not go above what limits it
            text = say("award.rounding.within", unit=money(self.end.unit), **told)
        else:
            text = say("award.rounding", **told)
        return Figure("rounding", text, self.on("end"))

    def _award(self, line: Line) -> Figure:
        """What set the award (额度确定方式)."""
        bound = next((each for each in self.lines if each.rule == line.rule and each.code != "tier"), None)
        if line.rule == RATE or bound is None:
            way = next((each.code for each in self.lines if each.code in WAYS), RATE)
            limited = any(each.code == "cap" for each in self.lines)
            text = say(f"method.{way}") + (say("method.within_cap") if limited else "")
            return Figure("method", text + in_counts(self.policy, _int(line.figures[0])))
        head = bound.code.partition(".")[0]
        title, amounts = self.title(line.rule), [_int(figure) for figure in bound.figures]
        if head == "cap":
            limit, declared, used, _ = amounts
            of = before(used, self.counted.get(line.rule))
            code = "method.cap.used" if of.is_awarded else "method.cap.counted"
            code = code if declared + used else "method.cap"
            told = {"limit": money(limit), "used": money(declared + used), "what": of.called(declared)}
            text = say(code, rule=title, **told)
        else:
            least = money(amounts[0] if head == "floor" else amounts[-1])
            text = say(f"method.{head}", rule=title, least=least, left=least)
        return Figure("method", text + in_counts(self.policy, _int(line.figures[0])))


def _rounded(amount_fen: int, rounding: Rounding) -> int:
    return apply_ratio(amount_fen, 1, 1, rounding.unit, cast(Mode, rounding.mode))
