"""The catalogues: one compiled file a language, read once a process."""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from words.shown import OPENS, quoted_within, shown

LANGUAGES = ("zh", "en")
DEFAULT = "zh"
MESSAGES = Path(__file__).resolve().parent.parent / "resources" / "messages"


class MissingWords(LookupError):
    """No sentence for a code, or a parameter that its sentence needs is not there: a bug, not a refusal.

    A letter must never go out with a code in the place of a sentence, so this is raised outside tests
    as well.
    """


def language(asked: str | None = None) -> str:
    """The language to speak: the one asked for, else ``VOUCHER_DESK_LANG``, else Chinese.

    ``zh_CN.UTF-8`` is understood as ``zh``; a language that is not kept falls back to Chinese.
    """
    name = (asked or os.environ.get("VOUCHER_DESK_LANG") or DEFAULT).replace("-", "_").split("_")[0].lower()
    return name if name in LANGUAGES else DEFAULT


@cache
def _sentences(lang: str) -> Mapping[str, str]:
    if lang not in LANGUAGES:
        raise MissingWords(f"no language {lang!r}")
    with (MESSAGES / f"{lang}.mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    return {
        code: text
        for code, text in getattr(catalogue, "_catalog").items()  # noqa: B009  the public API cannot tell
        if isinstance(code, str) and code  # a missing code from one whose sentence is the code
    }


def codes(lang: str = DEFAULT) -> frozenset[str]:
    """Every code that has a sentence in this language."""
    return frozenset(_sentences(lang))


def has(code: str, lang: str = DEFAULT) -> bool:
    """Whether a code has a sentence in this language."""
    return code in _sentences(lang)


class _Said(str):
    """A parameter's text within its sentence."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        """The text itself, or with ``one|many`` the word that goes with it."""
        one, _, many = words.partition("|")
        return (one if self == "1" else many) if many else str(self)


def say(code: str, lang: str = DEFAULT, /, **params: object) -> str:
    """The sentence of a code.

    Args:
        code: like ``refused.not_allowed``.
        lang: ``zh`` or ``en``.
        params: what the sentence names. ``…_fen`` (integer fen) is shown as grouped yuan with two decimals,
            dates and moments as ISO (moments in Asia/Shanghai), a list joined as the language joins lists.
            ``{count:case|cases}`` is the word that goes with the figure of `count`: the first with one.

    Raises:
        MissingWords: the code has no sentence, or the sentence needs a parameter that was not given.
    """
    try:
        sentence = _sentences(lang)[code]
    except KeyError:
        raise MissingWords(f"no sentence for {code!r} in {lang!r}") from None
    said = {name: _Said(shown(name, value, lang)) for name, value in params.items()}
    try:
        text = sentence.format_map(said)
    except KeyError as missing:
        raise MissingWords(f"{code!r} in {lang!r} needs the parameter {missing}") from None
    return quoted_within(text) if any(OPENS in one for one in said.values()) else text
