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
check.no_case       no case of the days in force passes every condition; the smallest set that clash is named
check.search_cut    the search for such a case was cut
check.waits         a condition or a tier that could not be tried before the office sets a parameter
check.no_tier       a case fits no tier
check.two_tiers     a case fits two tiers of one priority
check.above_base    the award is more than what it is awarded for
check.above_rate    the award is more than its rate allows (by rounding up)
check.above_limit   the award is more than a cap, a ceiling or the budget leaves
check.more_is_less  more contract leads to less award, everything else equal and the budget not binding
check.too_large     an amount may leave 63 bits
check.name_taken    a fact has a name by which the language means something (``quarter``, ``base``)
check.name_of_column  a fact is called as a column of what `calculate` or an example tells
check.name_of_field  a fact is called as what every application says and no rule is told;
                    ``name_of_amount``: as an amount that is kept of each, and is of another type
check.unprintable   a text holds a control character or a mark of direction
check.named_twice   an amount or a cost line stands twice in one list, and would count twice
check.known_default a fact that must be known and has a value for a blank; ``never_blank``: a test whether one
                    is filled in whose blank has a value
check.ceiling_of    a ceiling does not say of what, and the base is not the contract amount
check.counted_twice other support by level is added to the sum that holds it
check.rounding_idle a rounding that can never change anything; ``rounding_unused``: nothing is rounded there
check.rounding_after the last rounding finds whole units of its own, and no rule cuts them before
check.term_unknown  a term of the office's acts that no act asks for; ``term_days``, ``_months``, ``_choice``:
                    one of another type
check.kind_unknown  a kind of applicant that is no usual word, and that no condition lets through
check.example…      an example comes out otherwise than it says, or can't be read
check.no_examples   there are none; ``never_decides``, ``always_decides``: a rule that they don't show
==================  ===================================================================================

A ``[[waiver]]`` with the name of the check (what follows the dot, one of `rules.check_text.WAIVABLE`) and the
article that wants it so takes a fault away.
"""

from collections.abc import Iterable, Mapping

from rules.check_text import TextCheck
from rules.decide import AWARDED, BLOCKED, Decision, decide
from rules.examples import DECIDING, run, undecided
from rules.facts import MILLION, STANDARD, Fact, Value
from rules.faults import MOST_FEN, PackFaults
from rules.findings import Finding, Notes, Report
from rules.pack import Pack, load
from rules.policy import Policy
from rules.position import Position
from rules.search import Cut
from rules.trial import Case, Trials, waits_in_tests, worlds
from rules.workdays import Calendar

__all__ = ["Finding", "Report"]


def check(
    text: str,
    neighbours: Iterable[Pack] = (),
    examples_text: str | None = None,
    calendar: Calendar | None = None,
) -> Report:
    """Checks the text of a pack.

    Args:
        text: the pack as TOML.
        neighbours: the packs in force or shipped; only other versions of the same scheme matter.
        examples_text: the CSV of its example cases, where there is one.
        calendar: by which working days are counted.
    """
    try:
        pack = load(text)
    except PackFaults as error:
        return Report(tuple(Finding(*fault) for fault in error.faults), ())
    checker = _Checker(text, pack, calendar)
    TextCheck(checker).look([other for other in neighbours if other.id == pack.id])
    policy = Policy(pack, calendar=calendar)
    for world in worlds(policy):
        checker.world(world)
    checker.examples(policy, examples_text)
    return checker.report()


class _Checker(Notes):
    """What is tried: the policy under each reading, at every edge of its rules, and its examples."""

    def world(self, policy: Policy) -> None:
        """Tries the policy under one combination of readings."""
        trials = Trials(policy)
        try:
            usual = trials.passing()
            if usual is None:
                names = trials.clash()
                self._open("check.no_case", names[0] if names else "", rules=names)
                return
            self._tiers(trials)
        except Cut:
            self.warning("check.search_cut", self.pack.conditions[0].id if self.pack.conditions else "")

    def _open(self, code: str, rule: str, case: Case | None = None, **params: object) -> None:
        """Notes a fault of the tests; where one waits for a figure that only the office can set, it may be
        the figure that was tried instead, and that alone is told."""
        if waits_in_tests(self.pack):
            self.warning("check.waits", rule)
        else:
            self.fault(code, rule, case, **params)

    def _tiers(self, trials: Trials) -> None:
        """No case fits no tier or two of one rank; what each tier comes to stays within its limits."""
        tiers, policy = self.pack.tiers, trials.policy
        zero = Position((0,) * len(policy.caps), policy.budget_amount_fen)
        none = trials.of_tiers("tier", lambda certain: not certain)
        if none is not None:
            self._open("check.no_tier", tiers[0].id, Case(none, zero))
        several = trials.of_tiers("tier", lambda certain: len(certain) > 1)
        if several is not None:
            found = policy.program.certain_tiers(policy.program.full(policy.values(several)), {})
            names = tuple(tiers[one].id for one in found)
            self._open("check.two_tiers", names[1], Case(several, zero), tiers=names)
        for at, tier in enumerate(tiers):
            start = trials.of_tiers(tier.id, (at,).__eq__)
            if start is None and not waits_in_tests(self.pack):
                self.warning("check.tier_unreached", tier.id)
            elif start is None:
                self.warning("check.waits", tier.id)
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
                    last = self._rises(case, decision, names, amount, last)

    def _rises(
        self,
        case: Case,
        decision: Decision,
        names: tuple[str, ...],
        amount: int,
        last: tuple[int, int] | None,
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
                fact=self._fact(names[0]).title,
                less_fen=last[0],
                more_fen=amount,
                award_less_fen=last[1],
                award_more_fen=award,
            )
        return amount, award

    def _fact(self, name: str) -> Fact:
        return self.pack.facts.get(name) or STANDARD[name]

    def _within(self, trials: Trials, case: Case, decision: Decision) -> None:
        award, base = decision.award_fen or 0, decision.base_fen or 0
        tier = next(tier for tier in trials.pack.tiers if tier.id == decision.tier)
        if award > base and self.pack.base.needed:
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
            if scope.tier not in ("", tier) or cap.applies is False:
                continue
            limit = dict(cap.tier_limit).get(tier, cap.limit)
            if cap.overrun_limit is not None and facts.get(cap.overrun_reason):
                limit = cap.overrun_limit
            if isinstance(limit, int) and isinstance(cap.price, int):
                limit *= cap.price
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
