"""Amounts, rates, roundings, sums and cost lines as letters write them. Papers are Chinese."""

from collections.abc import Sequence
from typing import Any, cast

from casework.rulebook.base_of_case import Added, in_a_sentence
from papers.chinese import say
from rules.computed import base_terms
from rules.decide import rate_text
from rules.facts import MILLION, STANDARD
from rules.money import Mode, apply_ratio
from rules.pack import Pack
from rules.parts import BASE_FACT, CostLine, Rounding, Terms
from rules.policy import Policy


def money(fen: int) -> str:
    """An amount as letters write it."""
    return say("approval.yuan", amount_fen=fen)


def percent(rate: object) -> str:
    """A rate in millionths as a percentage."""
    return f"{rate_text(rate * 100)}%" if isinstance(rate, int) else str(rate)


def fact_title(policy: Policy, name: str) -> str:
    """What a fact, a sum or the base is called."""
    computed = {fact.id: fact for fact in (BASE_FACT, *policy.program.computed.facts)}
    fact = policy.rules.facts.get(name) or STANDARD.get(name) or computed.get(name)
    return in_a_sentence(fact.title) if fact is not None and fact.title else name


def ceiling_on_paper(pack: Pack, whole_fen: int, share: int) -> str:
    """What a ceiling comes to before other support is taken off, and how the pack says to round it."""
    stated = next((each for each in pack.rounding if each.where == "ceiling"), None)
    how = stated or Rounding()
    text = money(apply_ratio(whole_fen, share, MILLION, how.unit, cast(Mode, how.mode)))
    return text if stated is None else say("award.rounded", text=text, how=how_rounded(stated))


def how_rounded(rounding: Rounding) -> str:
    """A rounding as a part of a sentence."""
    return say(f"award.round.{rounding.mode}", unit=money(rounding.unit))


def cost_on_paper(rule: Any, figures: Sequence[int]) -> str:
    """A cost line with its figures, its rounding where that is its own or cuts, and a limit that cuts."""
    amount, rate, product, counted = figures
    told = say("award.product", part=money(amount), rate=percent(rate))
    text = say("award.cost", line=rule.title, product=told, amount=money(product))
    if isinstance(rule, CostLine) and (rule.unit, rule.mode) != (1, "down"):
        text = say("award.rounded", text=text, how=how_rounded(Rounding("line", rule.unit, rule.mode)))
    elif amount * rate % MILLION:
        text = say("award.rounded", text=text, how=say("award.below_a_fen"))
    return text if counted == product else say("award.cost.limit", text=text, limit=money(counted))


def terms_on_paper(policy: Policy, terms: Terms) -> str:
    """What a ceiling is a share of: a fact, the base, or facts added and taken away."""
    (first, way), *others = terms
    text = fact_title(policy, first)
    if way < 0:
        text = say("award.less", fact=text)
    for name, sign in others:
        text += say("award.less" if sign < 0 else "award.plus", fact=fact_title(policy, name))
    return say("award.comes_to", text=text) if others else text


def in_counts(policy: Policy, award_fen: int) -> str:
    """What an award in kind comes to in what is given, where the base is a count at a price."""
    pack = policy.rules
    total = next((one for one in pack.totals if one.id in base_terms(pack) and one.price), None)
    if total is None:
        return ""
    whole, part = divmod(award_fen * 100 // int(total.price), 100)
    count = f"{whole}.{part:02}".rstrip("0").rstrip(".")
    return say("method.counts", fact=fact_title(policy, total.terms[0][0]), count=count)


def added_on_paper(policy: Policy, one: Added) -> str:
    """A sum with what it is made of."""
    text = ""
    for (name, had), sign in one.parts:
        amount = money(had) if one.price is None else str(had)
        part = say("award.fact", fact=fact_title(policy, name), amount=amount)
        text += say("line.term.less" if sign < 0 else "line.term", part=part)
    name, fen = one.sum
    whole = say("award.fact", fact=fact_title(policy, name), amount=money(fen))
    text = text.removeprefix(" ＋ ") or money(0)
    if one.price is not None:
        counted = say("line.counted", parts=text) if len(one.parts) > 1 else text
        text = say("award.priced", parts=counted, price=money(one.price))
    return say("award.computed", sum=whole, computed=text)
