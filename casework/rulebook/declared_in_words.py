"""What a pack asks to be filled in, in plain sentences: of each fact its type and what a blank means, of each
sum what it is made of.

A blank moves money: whether it counts as nothing, as another fact, as a value that is written down, or leaves
the case blocked is told of every fact that the rules look at.
"""

from collections.abc import Iterator

from casework.rulebook.tests_in_words import Names
from rules.facts import OF_ROUND, STANDARD, Constant, Fact
from rules.pack import Pack
from rules.parts import Total
from rules.policy import Policy
from words import has, say

_AMOUNTS = ("money", "rate", "integer")


def declared(names: Names) -> Iterator[tuple[Fact | Total, str]]:
    """The facts of a pack's own, the standard ones that its rules look at, and its sums, each with its
    sentence."""
    for fact in facts(names.pack):
        yield fact, fact_told(names, fact)
    for total in names.pack.totals:
        yield total, total_told(names, total)


def facts(pack: Pack) -> Iterator[Fact]:
    """The facts that a pack declares, and the standard ones that its rules look at."""
    yield from pack.facts.values()
    used = {fact.id for fact in Policy(pack).program.facts} | {pack.chosen_by}
    yield from (
        fact for name, fact in STANDARD.items()
        if name in used and name not in pack.facts and name not in OF_ROUND
    )  # fmt: skip


def fact_told(names: Names, fact: Fact) -> str:
    """A fact's type and words, what a blank means, who says it, and under which headings it is found."""
    tell = names.say
    own = f"pack_told.fact.{fact.type}"
    parts = [say(own if has(own, names.lang) else f"wizard.word.type.{fact.type}", names.lang)]
    if fact.choices:
        choices = tell("or").join(names.value(choice, "choice") for choice in fact.choices)
        parts.append(tell("fact.choices", choices=choices))
    parts.append(_blank(names, fact))
    if fact.id in names.pack.officers_own:
        parts.append(tell("fact.officer"))
    if fact.headings:
        headings = tell("or").join(tell("fact.heading", heading=one) for one in fact.headings)
        parts.append(tell("fact.headings", headings=headings))
    return tell("fact.part").join(parts)


def _blank(names: Names, fact: Fact) -> str:
    """What a blank means; one that stands for a value is never blank again."""
    tell = names.say
    text, default = "", fact.default
    if isinstance(default, Constant):
        return tell("fact.blank.value", value=names.value(default.value, fact.type))
    if default == 0 and not isinstance(default, str):
        return tell("fact.blank.zero")
    if isinstance(default, str):
        text = tell("fact.blank.fact", fact=names.fact(default))
    elif any(tier.up_to and fact.id == tier.officer[0] for tier in names.pack.tiers):
        text = tell("fact.blank.rate")
    elif not fact.known:
        text = tell("fact.blank.amount" if fact.type in _AMOUNTS else "fact.blank")
    if not fact.known:
        return text
    known = tell("fact.blank.known_both" if text else "fact.blank.known")
    return tell("fact.part").join(part for part in (text, known) if part)


def total_told(names: Names, total: Total) -> str:
    """What a sum is made of; it is never below zero, and not known where a part is not."""
    tell = names.say
    of = names.terms(total.terms)
    if total.price is not None:
        return tell("fact.sum.priced", of=of, price=names.slot(total.price, "money"))
    less = any(sign < 0 for _, sign in total.terms)
    return tell("fact.sum.less" if less else "fact.sum", of=of)
