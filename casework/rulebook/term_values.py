"""What a term of the office's own acts may be set to, where only certain words have a meaning to the program.

A pack declares such a term without readings, since no reading of it enters an award.
"""

from collections.abc import Mapping

from casework.core.refused import Called
from rules.parts import UnsetParameter
from words import LANGUAGES, say

TERM_VALUES: Mapping[str, tuple[str, ...]] = {"tax_basis": ("with", "without")}
"""The values by the term's name in a pack's ``[office]``."""


LEAST: Mapping[str, int] = {"publicity_days": 1, "validity_months": 1, "correction_days": 1}
"""The least that a term may be: a list that stands for no working day can't be objected to, a voucher of no
month can't be used, and a correction that is due at once can't be made."""
_WHOLE = ("days", "months", "integer")


def too_little(parameter: UnsetParameter, value: object) -> bool:
    """Whether a term is set to less than it may be."""
    return isinstance(value, int) and value < LEAST.get(parameter.id, 0)


def wanted(parameter: UnsetParameter) -> tuple[Called, ...]:
    """What a parameter without readings may be set to, for the sentence that refuses something else."""
    kind = "whole" if parameter.type in _WHOLE else parameter.type
    least = LEAST.get(parameter.id, 0)
    zh, en = (say(f"term.kind.{kind}", lang, least=least) for lang in ("zh", "en"))
    return (Called(f">={least}" if kind == "whole" else parameter.type, zh, en),)


def called(parameter: str) -> tuple[Called, ...]:
    """The values of a term, each with what it is called."""
    names = (values_of(parameter, lang) for lang in LANGUAGES)
    return tuple(Called(value, zh, en) for (value, zh), (_, en) in zip(*names, strict=True))


def values_of(parameter: str, lang: str) -> tuple[tuple[str, str], ...]:
    """The values of a term with what each is called; none where any text will do."""
    return tuple((value, say(f"term.{parameter}.{value}", lang)) for value in TERM_VALUES.get(parameter, ()))
