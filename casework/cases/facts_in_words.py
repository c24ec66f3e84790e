"""Facts as an act is given them: typed values of the window, and words as the command line gives them.

`related_party=no; contract_amount=8,000,000.00`, or by name. Every act takes its facts through here, so that
a value is cleaned, typed and judged once, a pack's own facts among them.
"""

import datetime
from collections.abc import Mapping
from typing import Any

import words
from casework.cases import typed_values
from casework.core.act import Turn
from casework.core.office import SHANGHAI
from casework.core.refused import Refused
from casework.rulebook.in_force import Shelf
from rules import creditcode
from rules.facts import OF_ROUND, Fact, fits
from rules.plain_text import visible

Given = Mapping[str, Any] | str
"""Facts by name, or words that say them."""

LOWER_RATE = ("officer_rate", "officer_rate_reason")
"""What an officer sets below a rate that is “up to”: no field of a scheme whose rates are as they stand."""


class Called(str):
    """The id of a fact, which a sentence tells by its title: a field's from the messages, a pack's own from
    the pack."""

    def __new__(cls, fact: Fact) -> "Called":
        """The id, with its fact."""
        made = super().__new__(cls, fact.id)
        made.fact = fact
        return made

    fact: Fact

    def say(self, lang: str) -> str:
        """The title."""
        code = f"field.{self}"
        if words.has(code, lang):
            return words.say(code, lang)
        return (self.fact.title if lang == "zh" else self.fact.title_en or self.fact.title) or str(self)


def facts(turn: Turn, given: Given, scheme: str, held: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The facts that are given: a text is read as its fact's type, another value must be of it; an empty one
    says that it is not known.

    Args:
        scheme: whose packs say what else there is to know; what only another scheme asks for is no fact here.
        held: what the case says already; what a portal's file brought under a heading of its own may change.

    Raises:
        Refused: `refused.no_such_field`, `refused.bad_field`, `refused.unprintable`.
    """
    known = _known(turn, scheme)
    now = turn.at.astimezone(SHANGHAI).replace(tzinfo=None)
    found: dict[str, Any] = {}
    for name, value in (_pairs(given, known) if isinstance(given, str) else given).items():
        fact = known.get(name)
        if fact is None and name not in OF_ROUND and name in (held or {}):
            fact = Fact(name, "text")
        if fact is None:
            raise Refused("refused.no_such_field", field=name, known=tuple(known))
        found[name] = _value(fact, value, now)
    return found


def _pairs(text: str, known: Mapping[str, Fact]) -> dict[str, str]:
    found = {}
    for part in filter(str.strip, text.split(";")):
        name, sign, value = part.partition("=")
        if not sign:
            raise Refused("refused.no_such_field", field=name.strip(), known=tuple(known))
        found[name.strip()] = value
    return found


def _known(turn: Turn, scheme: str) -> dict[str, Fact]:
    packs = turn.once(Shelf).of_scheme(scheme)
    own = {name: fact for pack in packs for name, fact in pack.facts.items()}
    known = {**own, **typed_values.FACTS}
    if not any(tier.up_to for pack in packs for tier in pack.tiers):
        for name in LOWER_RATE:  # set down, it would lower nothing
            known.pop(name, None)
    return known


def _value(fact: Fact, value: Any, now: datetime.datetime) -> Any:
    """One fact, as it is stored; the check of a credit code is the act's to ask."""
    if not isinstance(value, str):
        if not fits(fact, value):
            raise Refused("refused.bad_field", field=Called(fact), value=value)
        return value
    if fact.id == "applicant":
        return creditcode.normalise(value) or None
    typed = typed_values.read_typed(fact, value, now)
    if typed.fault == "control":
        raise Refused("refused.unprintable", value=visible(value.strip()))
    if typed.fault is not None:
        raise Refused("refused.bad_field", field=Called(fact), value=value.strip())
    return typed.value
