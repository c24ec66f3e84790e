"""What the base of one case was made of: the facts that were looked at and what was deducted, from the
witness that is stored with its decision.

A stored explanation has the base alone; letters and screen tell from here how it came about, so that whoever
reads of a base of nothing can calculate it again.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rules.computed import base_terms
from rules.facts import STANDARD
from rules.faults import Unset
from rules.policy import Policy
from rules.witness import Witness
from words import say

Amount = tuple[str, int]
"""A fact of money by its name, and what the case has of it in fen."""


class Made(NamedTuple):
    """What a base is the smallest of (more than one amount at a place where readings name different facts),
    and what was deducted."""

    smallest_of: tuple[tuple[Amount, ...], ...]
    less: tuple[Amount, ...]

    @property
    def too_much(self) -> bool:
        """Whether more was deducted than there was: the base is nothing then, and not below it."""
        return sum(fen for _, fen in self.less) > min(
            (fen for place in self.smallest_of for _, fen in place), default=0
        )


def made_of(policy: Policy, witness: Witness, way: Sequence[object] = ()) -> Made:
    """What the base was made of; a deduction of nothing is none.

    Args:
        way: the readings that lead to it, as a line ``way`` has them; none where all lead to it.
    """
    taken = {pair for label in way for pair in str(label).split(",")}

    def place(slot: object) -> tuple[Amount, ...]:
        if not isinstance(slot, Unset):
            return _all(policy, witness, (slot,))
        readings = policy.program.readings.get(slot.id, {})
        chosen = [fact for reading, fact in readings.items() if f"{slot.id}={reading}" in taken]
        return _all(policy, witness, chosen or readings.values())

    base = policy.rules.base
    return Made(tuple(map(place, base.smallest_of)), amounts_of(policy, witness, base.less))


def named_base(policy: Policy, made: Made) -> str:
    """The fact that alone is the base, where it is another than the contract's amount, which every reader
    takes for it; else nothing."""
    places = [name for place in made.smallest_of for name, _ in place]
    alone = len(places) == 1 and not made.less and places[0] != "contract_amount"
    return places[0] if alone and places[0] not in policy.program.computed.terms else ""


def amounts_of(policy: Policy, witness: Witness, names: Iterable[object]) -> tuple[Amount, ...]:
    """What the case has of some facts of money, those of nothing left out."""
    return tuple(each for each in _all(policy, witness, names) if each[1])


def _all(policy: Policy, witness: Witness, names: Iterable[object]) -> tuple[Amount, ...]:
    program = policy.program
    values = program.full(witness.values)
    found = ((str(name), values[program.index[str(name)]]) for name in dict.fromkeys(names))
    return tuple((name, fen) for name, fen in found if isinstance(fen, int))


def in_a_sentence(title: str) -> str:
    """A fact's title without the words that only a table needs: 其中：存储费用, "of which storage"."""
    return re.sub(r"^(?:其中[:：]?|of which )", "", title)


class Added(NamedTuple):
    """A sum with what the case has of it, and its parts with their signs: amounts, or counts where it has a
    price in fen."""

    sum: Amount
    parts: tuple[tuple[Amount, int], ...]
    price: int | None = None


def added(policy: Policy, witness: Witness, names: Iterable[object]) -> tuple[Added, ...]:
    """Of these amounts those that are sums, with the sums that they are made of, each once."""
    found: dict[str, Added] = {}
    waiting = [str(name) for name in names]
    while waiting:
        name = waiting.pop(0)
        terms = policy.program.computed.terms.get(name)
        if terms is None or name in found:
            continue
        amounts = dict(_all(policy, witness, [name, *(term for term, _ in terms)]))
        if name in amounts:
            parts = tuple(((term, amounts[term]), sign) for term, sign in terms if amounts.get(term))
            found[name] = Added((name, amounts[name]), parts, policy.program.computed.prices.get(name))
            waiting += [term for term, _ in terms]
    return tuple(found.values())


def added_in_words(
    policy: Policy, witness: Witness | None, names: Iterable[object], lang: str
) -> Iterator[str]:
    """The sentences that tell what sums are made of; none without a witness."""
    for one in () if witness is None else added(policy, witness, names):
        text = ""
        for part, sign in one.parts:
            told = _in_words(policy, part, lang, counts=one.price is not None)
            text += say("line.term.less" if sign < 0 else "line.term", lang, part=told)
        text = text.removeprefix(" ＋ ")
        if one.price is not None:
            counted = say("line.counted", lang, parts=text) if len(one.parts) > 1 else text
            text = say("line.priced", lang, parts=counted, price_fen=one.price)
        yield say("line.sum", lang, sum=_in_words(policy, one.sum, lang), parts=text)


def base_in_words(policy: Policy, witness: Witness | None, way: Sequence[object], lang: str) -> Iterator[str]:
    """The sentences that tell what a base was made of, where that is more than one amount; none without
    a witness."""
    if witness is None:
        return
    made = made_of(policy, witness, way)
    either = say("pack_told.or_reading", lang)
    places = (either.join(_in_words(policy, one, lang) for one in place) for place in made.smallest_of)
    of = say("pack_told.or", lang).join(places)
    if len(made.smallest_of) > 1:
        yield say("line.base.smallest", lang, of=of)
    if made.less:
        code = "line.base.less.all" if made.too_much else "line.base.less"
        yield say(code, lang, of=of, less=_all_in_words(policy, made.less, lang))
    if named_base(policy, made):
        yield say("line.base.one", lang, of=of)
    yield from added_in_words(policy, witness, [*base_terms(policy.rules), *policy.rules.base.less], lang)


def support_in_words(
    policy: Policy, witness: Witness | None, facts: Iterable[object], lang: str
) -> Iterator[str]:
    """The sentence that tells of what other support is made, where it is more than one amount."""
    parts = () if witness is None else amounts_of(policy, witness, facts)
    if len(parts) > 1:
        yield say("line.stacking.parts", lang, parts=_all_in_words(policy, parts, lang))


def _all_in_words(policy: Policy, amounts: Iterable[Amount], lang: str) -> str:
    return say("pack_told.or", lang).join(_in_words(policy, one, lang) for one in amounts)


def _in_words(policy: Policy, one: Amount, lang: str, counts: bool = False) -> str:
    computed = {fact.id: fact for fact in policy.program.computed.facts}
    fact = policy.rules.facts.get(one[0]) or STANDARD.get(one[0]) or computed[one[0]]
    title = fact.title if lang == "zh" else fact.title_en or fact.title
    if counts:
        return say("line.count", lang, fact=in_a_sentence(title), count=one[1])
    return say("line.part", lang, fact=in_a_sentence(title), part_fen=one[1])
