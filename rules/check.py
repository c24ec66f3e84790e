"""The static check of a pack, before it pays: what a reader of its text can't see at a glance.

A pack that loads may still leave a tier out, award less for more, or clash with the version before it.
`check` reads the text and tries the policy at every edge of its rules (`rules.trial`); each fault comes with
a case that shows it, to be calculated by anyone.

==================  ===================================================================================
pack.…              the faults of the text itself (`rules.faults`)
check.no_source     a rule, or the pack's dates, without a document and article, or of a made-up source
check.source_note   an article or a document that holds a writer's remark or names a digest
check.same_version  another pack has this id and version, and awards otherwise
check.overlap       another version of the scheme is in force on the same day
check.gap           no version is in force between this one and its neighbour
check.no_case       no case was found that passes every condition
check.no_tier       a case fits no tier
check.two_tiers     a case fits two tiers of one priority
check.above_base    the award is more than what it is awarded for
check.above_rate    the award is more than its rate allows (by rounding up)
check.above_limit   the award is more than a cap, a ceiling or the budget leaves
check.more_is_less  more contract leads to less award, everything else equal and the budget not binding
check.too_large     an amount may leave 63 bits
check.example…      an example comes out otherwise than it says, or can't be read
check.no_examples   there are none; ``never_decides``, ``always_decides``: a rule that they don't show
==================  ===================================================================================

A ``[[waiver]]`` with the name of the check (what follows the dot, one of `WAIVABLE`) and the article that
wants it so takes a fault away.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import NamedTuple

from rules.decide import AWARDED, BLOCKED, Decision, decide
from rules.examples import DECIDING, run, undecided
from rules.facts import MILLION, STANDARD, Value
from rules.faults import MOST_FEN, PackFaults, Unset
from rules.pack import Pack, load
from rules.policy import Policy
from rules.position import Position
from rules.same_awards import differing
from rules.search import Cut
from rules.toml_text import Path, places
from rules.trial import Case, Trials, row, worlds

LARGEST = 2**63 - 1
NOT_OF_AN_ARTICLE = ("；", "：", "摘要")
"""What no article of a document holds: a writer's remark (its key is ``note``), or two sources in one."""
WAIVABLE = ("gap", "above_base", "above_rate", "more_is_less", "not_shown")


class Finding(NamedTuple):
    """One thing found: where in the text, a code with its parameters, and a case that shows it.

    ``cells`` is the case as a row for ``calculate``, by column; ``case`` has its position too.
    """

    line: int
    column: int
    code: str
    params: Mapping[str, object]
    case: Case | None = None
    cells: Mapping[str, str] = MappingProxyType({})


class Report(NamedTuple):
    """What a check found: faults, which keep a pack from being adopted, and warnings, which don't."""

    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no fault."""
        return not self.faults


def check(text: str, neighbours: Iterable[Pack] = (), examples_text: str | None = None) -> Report:
    """Checks the text of a pack.

    Args:
        text: the pack as TOML.
        neighbours: the packs in force or shipped; only other versions of the same scheme matter.
        examples_text: the CSV of its example cases, where there is one.
    """
    try:
        pack = load(text)
    except PackFaults as error:
        return Report(tuple(Finding(*fault) for fault in error.faults), ())
    checker = _Checker(text, pack)
    checker.sources()
    checker.neighbours([other for other in neighbours if other.id == pack.id])
    checker.sizes()
    for world in worlds(Policy(pack)):
        checker.world(world)
    checker.examples(Policy(pack), examples_text)
    return Report(tuple(sorted(checker.faults, key=_place)), tuple(sorted(checker.warnings, key=_place)))


def _place(finding: Finding) -> tuple[int, int]:
    return finding.line, finding.column


class _Checker:
    def __init__(self, text: str, pack: Pack) -> None:
        self.pack = pack
        self.faults: list[Finding] = []
        self.warnings: list[Finding] = []
        self.seen: set[tuple[str, str]] = set()
        text = text.removeprefix("\ufeff").replace("\r\n", "\n")
        self.places = places(text)
        self.data = tomllib.loads(text)
        self.paths = _paths(self.data)
        self.waived = {waiver.check for waiver in pack.waivers}

    def fault(self, code: str, rule: str = "", case: Case | None = None, **params: object) -> None:
        """Notes a fault at a rule, once a rule, unless the pack waives it."""
        if code.removeprefix("check.") not in self.waived:
            self._note(self.faults, code, rule, case, params)

    def warning(self, code: str, rule: str = "", case: Case | None = None, **params: object) -> None:
        """Notes a warning at a rule, once a rule."""
        self._note(self.warnings, code, rule, case, params)

    def _note(
        self, notes: list[Finding], code: str, rule: str, case: Case | None, params: Mapping[str, object]
    ) -> None:
        if (code, rule) not in self.seen:
            self.seen.add((code, rule))
            line, column = self.places.get(self.paths.get(rule, ()), (1, 1))
            told = {"rule": rule, "pack": self.pack.ref, **params}
            cells = self._cells(case) if case else {}
            notes.append(Finding(line, column, code, told, case, cells))

    def _cells(self, case: Case) -> dict[str, str]:
        """The case as a row that comes out alike under every reading, where it can: what one reading does not
        look at has its usual value, and what was used of a cap counts as awarded before."""
        policy = Policy(self.pack)
        facts: dict[str, Value] = {name: edges[0] for name, edges in Trials(policy).edges.items()}
        facts |= case.facts
        for scope, used in zip(policy.caps, case.position.used, strict=False):
            before = facts.get(scope.cap.before) if scope.cap.before else None
            if used and isinstance(before, int):
                facts[scope.cap.before] = before + used
        return row(facts, {**STANDARD, **self.pack.facts})

    # -- what needs no case --------------------------------------------------------------------------

    def sources(self) -> None:
        """Every rule has a source; made-up ones are warned of."""
        sources = {name: rule.source for name, rule in self.pack.rules().items()}
        if any(tier.fixed is None for tier in self.pack.tiers):
            sources["base"] = self.pack.base.source
        for waiver in self.pack.waivers:
            if waiver.check not in WAIVABLE:
                self.fault("check.unknown_waiver", "waiver", name=waiver.check, known=WAIVABLE)
        for name, source in sources.items():
            if not source.article:
                self.fault("check.no_source", name)
            elif source.grade == "made-up":
                self.warning("check.made_up", name)
        self._remarks(self.data, ())
        dates = self.data["in_force"]
        if not dates.get("article"):
            self.fault("check.no_source", "in_force")
        elif dates.get("grade") == "made-up":
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
                self.faults.append(Finding(*self.places[here], "check.source_note", params))

    def neighbours(self, others: list[Pack]) -> None:
        """No two versions of a scheme are in force on one day, and none of its days is left out."""
        pack = self.pack
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

    # -- what is tried -------------------------------------------------------------------------------

    def world(self, policy: Policy) -> None:
        """Tries the policy under one combination of readings."""
        trials = Trials(policy)
        try:
            usual = trials.passing()
            if usual is None:
                names = trials.clash()
                self.fault("check.no_case", names[0] if names else "", rules=names)
                return
            self._tiers(trials)
        except Cut:
            self.warning("check.search_cut", self.pack.conditions[0].id if self.pack.conditions else "")

    def _tiers(self, trials: Trials) -> None:
        """No case fits no tier or two of one rank; what each tier comes to stays within its limits."""
        tiers, policy = self.pack.tiers, trials.policy
        zero = Position((0,) * len(policy.caps), policy.budget_amount_fen)
        none = trials.of_tiers("tier", lambda certain: not certain)
        if none is not None:
            self.fault("check.no_tier", tiers[0].id, Case(none, zero))
        several = trials.of_tiers("tier", lambda certain: len(certain) > 1)
        if several is not None:
            found = policy.program.certain_tiers(policy.program.full(policy.values(several)), {})
            names = tuple(tiers[one].id for one in found)
            self.fault("check.two_tiers", names[1], Case(several, zero), tiers=names)
        for at, tier in enumerate(tiers):
            start = trials.of_tiers(tier.id, (at,).__eq__)
            if start is None:
                self.warning("check.tier_unreached", tier.id)
            else:
                self._amounts(trials, at, start)

    def _amounts(self, trials: Trials, tier: int, start: Mapping[str, Value]) -> None:
        amounts = trials.amounts(tier)
        for facts, position in trials.situations(tier, start):
            for names in trials.sweeps(facts):
                last: tuple[int, int] | None = None
                for amount in amounts:
                    case = Case({**facts, **dict.fromkeys(names, amount)}, position)
                    decision = decide(trials.policy, case.facts, position)
                    if decision.status == AWARDED:
                        self._within(trials, case, decision)
                    last = self._rises(case, decision, amount, last)

    def _rises(
        self, case: Case, decision: Decision, amount: int, last: tuple[int, int] | None
    ) -> tuple[int, int] | None:
        budget = self.pack.budget
        if decision.status == BLOCKED or (budget and decision.binding == budget.id):
            return last
        award = decision.award_fen or 0
        if last is not None and award < last[1]:
            rule = decision.binding if decision.binding != "rate" else decision.tier
            self.fault(
                "check.more_is_less",
                rule or (decision.reasons[0] if decision.reasons else ""),
                case,
                less_fen=last[0],
                more_fen=amount,
                award_less_fen=last[1],
                award_more_fen=award,
            )
        return amount, award

    def _within(self, trials: Trials, case: Case, decision: Decision) -> None:
        award, base = decision.award_fen or 0, decision.base_fen or 0
        tier = next(tier for tier in trials.pack.tiers if tier.id == decision.tier)
        if award > base:
            self.fault("check.above_base", tier.id, case, award_fen=award, base_fen=base)
        raised = any(floor.id == decision.binding and floor.how == "raise" for floor in trials.pack.floors)
        if isinstance(tier.rate, int) and not raised and award * MILLION > tier.rate * base:
            allowed = tier.rate * base // MILLION
            self.fault("check.above_rate", tier.id, case, award_fen=award, allowed_fen=allowed)
        for rule, left in self._limits(trials, case, tier.id):
            if award > left:
                self.fault("check.above_limit", rule, case, award_fen=award, left_fen=left)

    def _limits(self, trials: Trials, case: Case, tier: str) -> Iterable[tuple[str, int]]:
        """What each cap and the budget leave, worked out apart from the program."""
        facts, position = case
        for scope, used in zip(trials.policy.caps, position.used, strict=True):
            cap = scope.cap
            if scope.tier not in ("", tier):
                continue
            limit = dict(cap.tier_limit).get(tier, cap.limit)
            if cap.overrun_limit is not None and facts.get(cap.overrun_reason):
                limit = cap.overrun_limit
            before = facts.get(cap.before) if cap.before else 0
            spent = (before if isinstance(before, int) else 0) + (used if cap.per else 0)
            yield cap.id, max(0, (limit if isinstance(limit, int) else MOST_FEN) - spent)
        if trials.pack.budget and position.left is not None:
            yield trials.pack.budget.id, position.left

    # -- examples ------------------------------------------------------------------------------------

    def examples(self, policy: Policy, text: str | None) -> None:
        """The pack's examples come out as they say, and show every rule deciding and not deciding."""
        if text is None:
            self.warning("check.no_examples")
            return
        for number, column, expected, got in run(policy, text):
            code = _EXAMPLE.get((bool(column), bool(expected), bool(got)), "check.example")
            if code == "check.example_unreadable" and column.startswith("expect_"):
                code = "check.example"
            params = {"row": number, "field": column, "expected": expected, "found": got}
            self.faults.append(Finding(1, 1, code, {"rule": "", "pack": self.pack.ref, **params}))
        for rule, lacks in undecided(policy, text) if "not_shown" not in self.waived else ():
            never = lacks == DECIDING
            self.warning("check.never_decides" if never else "check.always_decides", rule)


_EXAMPLE = {
    (True, False, False): "check.example_heading",
    (True, True, False): "check.example_unreadable",
    (False, False, False): "check.examples_unreadable",
    (False, False, True): "check.examples_unreadable",
}
"""What a difference is, by which of its column, expected and found values it has."""


def _paths(data: Mapping[str, object]) -> dict[str, Path]:
    """The path of each rule in the text, by its id; ``in_force``, ``base`` and ``version`` by their names."""
    paths: dict[str, Path] = {name: (name,) for name in ("in_force", "base", "version", "budget", "waiver")}
    for table, members in data.items():
        for number, member in enumerate(members if isinstance(members, list) else ()):
            if isinstance(member, dict) and isinstance(member.get("id"), str):
                paths.setdefault(member["id"], (table, number))
    budget = data.get("budget")
    if isinstance(budget, dict) and isinstance(budget.get("id"), str):
        paths[budget["id"]] = ("budget",)
    return paths
