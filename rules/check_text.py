"""What the check of a pack sees in its text alone, with no case tried."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from difflib import get_close_matches
from typing import Any

from rules import parts as p
from rules.examples import EXPECTED, OWN
from rules.facts import MILLION, STANDARD, Fact, Value
from rules.faults import MOST_FEN, TAKEN, Unset
from rules.findings import Finding, Notes
from rules.pack import Pack
from rules.plain_text import Unprintable, clean
from rules.position import Position
from rules.predicate import Predicate, leaves
from rules.same_awards import differing
from rules.toml_text import Path
from rules.trial import Case

LARGEST = 2**63 - 1
NOT_OF_AN_ARTICLE = ("；", "：", "摘要")
"""What no article of a document holds: a writer's remark (its key is ``note``), or two sources in one."""
WAIVABLE = ("gap", "above_base", "above_rate", "more_is_less", "not_shown")
KINDS = (
    "enterprise", "university", "research_institute", "public_institution", "social_organisation",
    "sole_trader", "government",
)  # fmt: skip
"""The usual kinds of applicant, as the office knows them."""

COLUMNS = (*OWN, *EXPECTED, "pack")
"""What `calculate` and examples have columns of: a fact of such a name would lose its own."""
NOT_FOR_RULES = (
    "applicant_name", "district", "contact", "phone", "provider", "service", "term", "other_source",
    "purpose", "bank", "account",
)  # fmt: skip
"""What every application says and no rule is told: a fact of such a name would stay blank in an office."""
KEPT_AMOUNTS = ("net_amount", *p.LEVELS)
"""Amounts that an office keeps of every application, under a pack that declares a fact of that name."""
TERMS: Mapping[str, tuple[str, int]] = {
    "publicity_days": ("days", 1),
    "validity_months": ("months", 1),
    "correction_days": ("days", 1),
    "redemption_days": ("days", 0),
    "tax_basis": ("choice", 0),
}
"""The terms of ``[office]`` that the office's acts ask for: what type each has, and the least of a figure."""
TOLD = (
    "materials", "claw_back", "instalments", "cost_items", "signing_window", "related_party_definition",
    "service_scope", "settlement", "transferable",
)  # fmt: skip
"""Terms that packs tell in words alone; a pack may have others too, but no figure that nothing asks for."""


class TextCheck:
    """One pack's text, as a reader of the rules would look at it."""

    def __init__(self, notes: Notes) -> None:
        self.notes, self.pack = notes, notes.pack
        self.data = notes.data
        self.fault, self.warning = notes.fault, notes.warning

    def look(self, neighbours: Sequence[Pack]) -> None:
        """Notes all that the text shows.

        Args:
            neighbours: the other versions of the same scheme.
        """
        self.sources()
        self.neighbours(neighbours)
        self.sizes()
        self.names()
        self.letters(self.data, ())
        self.blanks()
        self.named_twice()
        self.unread()
        self.ceilings()
        self.counted_twice()
        self.roundings()
        self.kinds()
        self.terms()

    def sources(self) -> None:
        """Every rule has a source; made-up ones are warned of."""
        sources = {name: rule.source for name, rule in self.pack.rules().items()}
        if any(tier.fixed is None for tier in self.pack.tiers):
            sources["base"] = self.pack.base.source
        for waiver in self.pack.waivers:
            if waiver.check not in WAIVABLE:
                self.fault("check.unknown_waiver", "waiver", name=waiver.check, known=WAIVABLE)
        made_up = [name for name, source in sources.items() if source.grade == "made-up"]
        whole = len(made_up) == len(sources) > 1
        for name, source in sources.items():
            if not source.article:
                self.fault("check.no_source", name)
            elif source.grade == "made-up" and not whole:
                self.warning("check.made_up", name)
        if whole:
            self.warning("check.all_made_up")
        self._remarks(self.data, ())
        dates = self.data["in_force"]
        if not dates.get("article"):
            self.fault("check.no_source", "in_force")
        elif dates.get("grade", "made-up" if whole else "") == "made-up" and not whole:
            self.warning("check.made_up", "in_force")

    def _remarks(self, data: object, path: Path) -> None:
        """An article is as the document numbers it and may stand in a letter; so may the document's name."""
        if isinstance(data, list):
            for number, member in enumerate(data):
                self._remarks(member, (*path, number))
        for name, member in data.items() if isinstance(data, dict) else ():
            here = (*path, name)
            marks = NOT_OF_AN_ARTICLE if name == "article" else NOT_OF_AN_ARTICLE[-1:]
            if name not in ("article", "document", "document_title") or not isinstance(member, str):
                self._remarks(member, here)
            elif any(mark in member for mark in marks):
                params = {"pack": self.pack.ref, "key": name, "value": member}
                self.notes.faults.append(Finding(*self.notes.places[here], "check.source_note", params))

    def neighbours(self, neighbours: Sequence[Pack]) -> None:
        """No two versions of a scheme are in force on one day, and none of its days is left out."""
        pack, others = self.pack, list(neighbours)
        for other in others:
            if other.ref == pack.ref:
                what = differing(other, pack)
                if what:
                    self.fault("check.same_version", "version", other=other.ref, what=what)
                continue
            first = max(pack.in_force_from, other.in_force_from)
            ends = [end for end in (pack.in_force_until, other.in_force_until) if end is not None]
            if not ends or first < min(ends):
                self.fault("check.overlap", "in_force", self._on(first), other=other.ref, on=first)
        others = [other for other in others if other.ref != pack.ref]
        before = [end for other in others if (end := other.in_force_until) and end <= pack.in_force_from]
        covered = any(other.in_force(pack.in_force_from - timedelta(days=1)) for other in others)
        if before and not covered:
            gap = max(before)
            self.fault("check.gap", "in_force", self._on(gap), from_on=gap, until_on=pack.in_force_from)
        until = pack.in_force_until
        after = [other.in_force_from for other in others if until and other.in_force_from >= until]
        if until and after and not any(other.in_force(until) for other in others):
            self.fault("check.gap", "in_force", self._on(until), from_on=until, until_on=min(after))

    def _on(self, day: object) -> Case:
        legal = STANDARD.get(self.pack.chosen_by) or self.pack.facts[self.pack.chosen_by]
        moment = datetime.combine(day, time()) if legal.type == "moment" else day  # type: ignore[arg-type]
        return Case({self.pack.chosen_by: moment}, Position((), None))  # type: ignore[dict-item]

    def sizes(self) -> None:
        """No amount that the rules can come to leaves 63 bits, not even the largest base at its rate."""
        for tier in self.pack.tiers:
            rates = [tier.rate, *(band.rate for band in tier.bands)]
            readings = self.pack.parameter(tier.rate.id) if isinstance(tier.rate, Unset) else None
            rates += [reading.value for reading in readings.readings] if readings else []
            for rate in rates:
                if isinstance(rate, int) and MOST_FEN * rate // MILLION > LARGEST:
                    facts: dict[str, Value] = {"contract_amount": MOST_FEN}
                    case = Case(facts, Position((), None))
                    self.fault("check.too_large", tier.id, case, amount_fen=MOST_FEN * rate // MILLION)

    def names(self) -> None:
        """No fact has a name by which the language, a result or an application means something else."""
        for name in (*self.pack.facts, *(total.id for total in self.pack.totals)):
            if name in TAKEN:
                self.fault("check.name_taken", name, taken=TAKEN)
            elif name in COLUMNS or name in {f"award_{funder.id}" for funder in self.pack.funders}:
                self.fault("check.name_of_column", name)
        for name, stated in self.pack.facts.items():
            if name in NOT_FOR_RULES:
                self.fault("check.name_of_field", name, fields=NOT_FOR_RULES)
            elif name in KEPT_AMOUNTS and stated.type != "money":
                self.fault("check.name_of_amount", name, found=stated.type, amounts=KEPT_AMOUNTS)

    def letters(self, data: object, path: Path) -> None:
        """No text holds what no paper can show: a control character, or a mark that turns the direction."""
        if isinstance(data, str):
            try:
                clean(data)
            except Unprintable:
                known = (path[:end] for end in range(len(path), 0, -1) if path[:end] in self.notes.places)
                params = {"pack": self.pack.ref, "key": ".".join(map(str, path))}
                place = self.notes.places[next(known)]
                self.notes.faults.append(Finding(*place, "check.unprintable", params))
        for name, member in data.items() if isinstance(data, dict) else ():
            self.letters(member, (*path, name))
        for number, member in enumerate(data if isinstance(data, list) else ()):
            self.letters(member, (*path, number))

    def named_twice(self) -> None:
        """No list of amounts or cost lines names one twice: it would be counted, or taken away, twice."""
        pack = self.pack
        lists: list[tuple[str, str, Iterable[str]]] = [("base", "less", pack.base.less)]
        lists += [(total.id, "of", (name for name, _ in total.terms)) for total in pack.totals]
        lists += [(tier.id, "lines", tier.lines) for tier in pack.tiers]
        for rule in pack.stacking:
            lists += [(rule.id, "facts", rule.facts), (rule.id, "of", (name for name, _ in rule.of))]
        for rule_id, key, names in lists:
            again = [name for name, count in Counter(names).items() if count > 1]
            if again:
                self.fault("check.named_twice", rule_id, key=key, names=tuple(again))

    def unread(self) -> None:
        """What is said of shares means nothing where none are given."""
        raw, budget = self.data.get("budget"), self.pack.budget
        if budget is not None and budget.order != "pro_rata" and "unit" in (raw or {}):
            self.fault("pack.budget_order", budget.id, key="unit", table="budget", order=budget.order)

    def blanks(self) -> None:
        """What must be known is blank where it is: nothing stands in for it."""
        for name, stated in self.pack.facts.items():
            if stated.known and stated.default is not None:
                self.fault("check.known_default", name)
        tests = [(one.id, test) for one in self.pack.conditions for test in (one.test, one.applies_when)]
        tests += [(tier.id, tier.when) for tier in self.pack.tiers]
        for rule, leaf in ((rule, leaf) for rule, test in tests if test for leaf in leaves(test)):
            asked = self._fact(leaf.fact) if leaf.op in ("given", "known") else None
            if asked is not None and asked.default is not None and not isinstance(asked.default, str):
                self.fault("check.never_blank", rule, name=asked.id)

    def _fact(self, name: object) -> Fact | None:
        return self.pack.facts.get(str(name)) or STANDARD.get(str(name))

    def ceilings(self) -> None:
        """A ceiling says what it is a share of, where that is not the contract amount that it would mean."""
        base = self.pack.base
        of_contract = not self.pack.lines and base.smallest_of == ("contract_amount",) and not base.less
        raw = {str(one.get("id")): one for one in self.data.get("stacking", ()) if isinstance(one, Mapping)}
        for rule in self.pack.stacking:
            if rule.how == "ceiling" and "of" not in raw.get(rule.id, {}) and not of_contract:
                self.fault("check.ceiling_of", rule.id)

    def counted_twice(self) -> None:
        """No rule adds other support by level to the sum of it, which holds at least what the levels say."""
        for rule in self.pack.stacking:
            added = {name for each in rule.facts for name in self._added(each)}
            levels = [name for name in p.LEVELS if name in added]
            if p.SUPPORT in added and levels:
                self.fault("check.counted_twice", rule.id, sum=p.SUPPORT, levels=tuple(levels))

    def _added(self, name: str) -> set[str]:
        """The facts that an amount adds up, its sums gone through."""
        total = next((one for one in self.pack.totals if one.id == name), None)
        if total is None:
            return {name}
        return {each for term, sign in total.terms if sign > 0 for each in self._added(term)}

    def roundings(self) -> None:
        """A rounding can change something, unless it only says the default: whole fen stay whole fen."""
        for one in self.pack.rounding:
            if self._never(one.where):
                self.fault("check.rounding_unused", one.where, where=one.where)
            elif one.unit == 1 and one.where in ("line", "end"):
                self.fault("check.rounding_idle", one.where, where=one.where, mode=one.mode)
            elif one.where == "end" and self._cut_before(one):
                self.fault("check.rounding_after", one.where, where=one.where, mode=one.mode)

    def _cut_before(self, end: p.Rounding) -> bool:
        """Whether the last rounding finds whole units of its own only: the step leaves such, and no rule
        cuts anything from them (`rules.amounts`)."""
        pack = self.pack
        step = next((one.unit for one in pack.rounding if one.where == "step"), 1)
        units = [step if tier.fixed is None else tier.fixed for tier in pack.tiers]
        whole = all(isinstance(unit, int) and unit % end.unit == 0 for unit in units)
        return whole and not (pack.stacking or pack.caps or pack.budget)

    def _never(self, where: str) -> bool:
        """Whether no amount of the pack is ever rounded at a place (`rules.amounts`)."""
        if where == "ceiling":
            return all(rule.how != "ceiling" for rule in self.pack.stacking)
        if where == "step":
            return all(tier.fixed is not None for tier in self.pack.tiers)
        return where == "line" and bool(self.pack.lines)

    def terms(self) -> None:
        """A term of the office's acts is called as they call it and is of its type: a figure of another name,
        or a name that is nearly one of theirs, would never be read."""
        for name, term in self.pack.office.items():
            slot = term.value
            kinds = {int: ("days", "months", "integer"), str: ("text", "choice")}
            asked = self.pack.parameter(slot.id) if isinstance(slot, Unset) else None
            found = (asked.type,) if asked else kinds[type(slot)]
            if name not in TERMS:
                near = [] if name in TOLD else get_close_matches(name, (*TERMS, *TOLD), 1, 0.8)
                if near or "text" not in found:
                    self.fault("check.term_unknown", f"office.{name}", name=name, known=(*TERMS, *TOLD))
            elif TERMS[name][0] not in found or (isinstance(slot, int) and slot < TERMS[name][1]):
                kind, least = TERMS[name]
                self.fault(f"check.term_{kind}", f"office.{name}", name=name, least=least)

    def kinds(self) -> None:
        """A kind of applicant that is none of the usual words, and that no condition lets through, may be
        misspelled: a pack may name its own."""
        let = [word for test in self._positive() for word in _words(test)]
        for tier in self.pack.tiers:
            tests = [test for test in leaves(tier.when) if test.fact == "applicant_kind"] if tier.when else []
            for word in (word for test in tests for word in _words(test)):
                if word not in KINDS and word not in let:
                    self.warning(
                        "check.kind_unknown", tier.id, word=word, known=KINDS, let=tuple(let) or ("-",)
                    )

    def _positive(self) -> list[Predicate]:
        tests = [leaf for one in self.pack.conditions for leaf in leaves(one.test)]
        return [test for test in tests if test.fact == "applicant_kind" and test.op in ("is", "one_of")]


def _words(test: Predicate) -> tuple[Any, ...]:
    return test.value if isinstance(test.value, tuple) else (test.value,)
