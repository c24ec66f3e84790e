"""What a term of the office's own acts may be set to, where only certain words have a meaning to the program.

A pack declares such a term without readings, since no reading of it enters an award.
"""

from collections.abc import Mapping

from casework.core.refused import Called
from words import LANGUAGES, say

TERM_VALUES: Mapping[str, tuple[str, ...]] = {"tax_basis": ("with", "without")}
"""The values by the term's name in a pack's ``[office]``."""


def called(parameter: str) -> tuple[Called, ...]:
    """The values of a term, each with what it is called."""
    names = (values_of(parameter, lang) for lang in LANGUAGES)
    return tuple(Called(value, zh, en) for (value, zh), (_, en) in zip(*names, strict=True))


def values_of(parameter: str, lang: str) -> tuple[tuple[str, str], ...]:
    """The values of a term with what each is called; none where any text will do."""
    return tuple((value, say(f"term.{parameter}.{value}", lang)) for value in TERM_VALUES.get(parameter, ()))
