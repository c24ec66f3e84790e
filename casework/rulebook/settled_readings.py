"""Which supplements decided a line of an explanation: what the office set where the pack says nothing.

A line of `rules.explain` keeps its figures and its article for ever; which act of the office one of its
values rests on is told from the policy that the decision was made under, which holds the supplements.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from casework.rulebook.pack_in_words import value_told
from rules.computed import base_terms, summed
from rules.faults import Unset
from rules.lines import Line
from rules.pack import Pack
from rules.parts import Budget, Cap, Condition, CostLine, Floor, Stacking, Tier
from rules.policy import Policy, Supplement, settled_value


class Settled(NamedTuple):
    """A supplement in words: the parameter's title, what it is set to, and the document that sets it."""

    parameter: str
    value: str
    document: str


def settled(policy: Policy, lines: Iterable[Line], lang: str = "zh") -> tuple[Settled, ...]:
    """The supplements that any of these lines rests on, each once, in the order of the lines."""
    found = dict.fromkeys(name for _, names in by_line(policy, lines) for name in names)
    return tuple(in_words(policy, name, lang) for name in found)


def by_line(policy: Policy, lines: Iterable[Line]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Each line with the parameters that supplements set and that it rests on."""
    told = tuple(lines)
    given = {one.parameter for one in policy.supplements}
    tier = ""
    for at, line in enumerate(told):
        tier = line.rule if line.code == "tier" else tier
        asked = _asked(policy.pack, line, tier) if given else ()
        if line.code == "budget" and not _bound(told[at:], line.rule):
            asked = ()
        yield line, tuple(name for name in dict.fromkeys(asked) if name in given)


def in_words(policy: Policy, parameter: str, lang: str = "zh") -> Settled:
    """What a supplement sets, as people read it."""
    given: Supplement = next(one for one in reversed(policy.supplements) if one.parameter == parameter)
    declared = policy.pack.parameter(parameter)
    assert declared is not None  # a policy is not made with a supplement to anything else
    reading = next((one for one in declared.readings if one.id == given.value), None)
    if reading is not None:
        value = _title(reading, lang) or reading.id
    else:
        value = value_told(policy.pack, settled_value(declared, given.value), declared.type, lang)
    return Settled(_title(declared, lang) or parameter, value, given.source)


def _title(named: Any, lang: str) -> str:
    return str(named.title if lang == "zh" else named.title_en or named.title)


def _bound(after: Iterable[Line], rule: str) -> bool:
    """Whether the award that follows was set by a rule."""
    return next((line.rule == rule for line in after if line.code == "award"), False)


def _asked(pack: Pack, line: Line, tier: str) -> list[str]:
    """The parameters that the rule of a line leaves open in its pack."""
    head = line.code.partition(".")[0]
    if line.code == "tier":
        return [name for each in pack.tiers if each.when for name in each.when.unset()]
    if line.code == "base":
        prices = [total.price for total in pack.totals if total.id in summed(pack, base_terms(pack))]
        return _unset((*pack.base.smallest_of, *prices))
    rule: Any = pack.rules().get(line.rule)
    if isinstance(rule, Condition) and head == "condition":
        asked = rule.test.unset() + (rule.applies_when.unset() if rule.applies_when else ())
        return list(asked)
    if isinstance(rule, Tier) and head in ("rate", "fixed"):
        return _unset((rule.rate, rule.fixed))
    if isinstance(rule, CostLine) and head == "line":
        return _unset((dict(rule.tier_rate).get(tier, rule.rate), rule.limit))
    if isinstance(rule, Stacking):
        return _unset((rule.applies, dict(rule.tier_share).get(tier, rule.share)))
    if isinstance(rule, Cap):
        beyond = rule.overrun_limit is not None and line.figures[0] == rule.overrun_limit
        limit = None if beyond else dict(rule.tier_limit).get(tier, rule.limit)
        return _unset((rule.applies, limit, rule.price, *rule.per))
    if isinstance(rule, Floor):
        return _unset((rule.applies, rule.at_least))
    if isinstance(rule, Budget):
        return _unset((rule.exceeded,))
    return []


def _unset(slots: Iterable[Any]) -> list[str]:
    return [slot.id for slot in slots if isinstance(slot, Unset)]
