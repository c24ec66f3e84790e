"""What an application is found by: bigrams of Chinese, initials of pinyin, tokens of numbers and Latin
letters.

A full-text index cuts text at spaces, which Chinese has none of; so the program writes the words itself: each
two neighbouring characters are one, and 智算 finds every name that holds it. Initials are kept in fours
(深圳量子 gives szlz), so that any part of a name is found by the first letters of its characters.
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from itertools import product
from typing import NamedTuple

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[a-z0-9]+")
_PARTS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[a-z0-9]+")
_FIRST_CODE, GRAM, TAIL, VARIANTS = 0x4E00, 4, 6, 8
OWN, SHORTEST = 8, 4
"""Where the organisation's own part of a credit code begins, and how many characters of its end are one."""


class _Letters(NamedTuple):
    first: dict[int, str]
    several: dict[str, str]


@functools.cache
def _letters() -> _Letters:
    read = tomllib.loads((resources.files("resources") / "pinyin/initials.toml").read_text("utf-8"))
    first = {code: letter for code, letter in enumerate(read["first"], _FIRST_CODE) if letter != "-"}
    return _Letters(first, read["several"])


def plain(text: str) -> str:
    """Text as it is compared: half-width, small letters."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


def words_of(kinds: Iterable[str], values: Iterable[str | None]) -> str:
    """The words of an application, separated by spaces: the same for the same application, always.

    Args:
        kinds: how each value is found: `name`, `number` or `code`.
    """
    words: list[str] = []
    for kind, value in zip(kinds, values, strict=True):
        if value:
            words += _WORDS[kind](plain(value))
    return " ".join(words)


def _name(text: str) -> list[str]:
    words: list[str] = []
    for run in _CHINESE.findall(text):
        words += [run[at : at + 2] for at in range(len(run))]
        words += _initials(run)
    return words + _LATIN.findall(text)


def _code(text: str) -> list[str]:
    """Of a credit code also the organisation's own part, and each tail of it: one reads the last few out."""
    own = [text[at:] for at in range(OWN, len(text) - SHORTEST + 1)] if len(text) == 18 else []
    return _LATIN.findall(text) + own


def _initials(run: str) -> list[str]:
    letters = _letters()
    spelled = run.translate(letters.first)
    several = letters.several
    if several.keys().isdisjoint(run):
        return [spelled[at : at + GRAM] for at in range(max(1, len(spelled) - 1))]
    ways = product(*(several.get(each, letter) for each, letter in zip(run, spelled, strict=True)))
    grams: dict[str, None] = {}
    for _, way in zip(range(VARIANTS), ways, strict=False):
        spelled = "".join(way)
        grams.update((spelled[at : at + GRAM], None) for at in range(max(1, len(spelled) - 1)))
    return list(grams)


def _numbers(text: str) -> list[str]:
    """A number's tokens; of one that ends in digits (YS2026000123) also 2026000123, and its last six with as
    many of the zeros in front as one likes to type: 000123, 0123 and 123."""
    words = _LATIN.findall(text)
    for word in list(words):
        digits = word[len(word.rstrip("0123456789")) :]
        if digits and digits != word:
            words.append(digits)
        if len(digits) > 1:
            tail = digits[-TAIL:]
            zeros = len(tail) - len(tail.lstrip("0") or "0")
            words += [tail[at:] for at in range(zeros + 1) if tail[at:] != word]
    return words


_WORDS: Mapping[str, Callable[[str], list[str]]] = {"name": _name, "number": _numbers, "code": _code}
"""The words of a value, by how it is found."""


def expression(text: str) -> str | None:
    """What was typed as a question to the index (FTS5); None where there is nothing to look for."""
    asked = [_chinese(part) if _CHINESE.match(part) else _latin(part) for part in parts(text)]
    return " AND ".join(asked) or None


def parts(text: str) -> list[str]:
    """What was typed, cut into runs of Chinese and tokens of letters and digits."""
    return _PARTS.findall(plain(text))


def _chinese(run: str) -> str:
    if len(run) == 1:
        return f"{run}*"
    return '"' + " ".join(run[at : at + 2] for at in range(len(run) - 1)) + '"'


def _latin(token: str) -> str:
    if len(token) <= GRAM or not token.isalpha():
        return f'"{token}"*'
    grams = " AND ".join(f'"{token[at : at + GRAM]}"' for at in range(len(token) - GRAM + 1))
    return f'("{token}"* OR ({grams}))'
