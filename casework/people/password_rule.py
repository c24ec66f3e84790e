"""What a password must be: long enough, not one that everybody takes, and not the person's own names.

One rule for founding, for a first password, for a new one and for the hint beside the field. The figures
stand in `resources/signing_in.toml`, the common ones in `resources/common_passwords.txt`. The password of the
demonstration's people is no password and is exempt (`casework.people.accounts.found`).
"""

import functools
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from importlib import resources
from typing import NamedTuple

from casework.core.refused import Refused

_AS_LETTERS = str.maketrans("013457@$!", "oieastasi")
_ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz", "2wsx", "3edc",
    "4rfv", "5tgb", "6yhn", "7ujm",
)  # fmt: skip
_NUMBER_LONGEST = 15
"""Digits and marks alone are a date or a telephone number up to here."""


class Figures(NamedTuple):
    """Lengths in characters, waits in seconds after so many wrong passwords."""

    shortest: int
    longest: int
    waits: tuple[int, ...]


@functools.cache
def figures() -> Figures:
    """The figures of `resources/signing_in.toml`."""
    said = tomllib.loads((resources.files("resources") / "signing_in.toml").read_text("utf-8"))
    return Figures(
        said["shortest_password"],
        said["longest_password"],
        tuple(said["wait_seconds"]),
    )


def must_be_good(password: str, *names: str) -> str:
    """The password, if it may be one for somebody with these names (account, full name, the office).

    Raises:
        Refused: `refused.password_short`, `refused.password_long`, `refused.password_common`,
            `refused.password_named`.
    """
    fault = what_is_wrong(password, *names)
    if fault is not None:
        raise fault
    return password


def what_is_wrong(password: str, *names: str) -> Refused | None:
    """The same as an answer, for a hint while somebody types."""
    known = figures()
    if len(password) < known.shortest:
        return Refused("refused.password_short", least=known.shortest)
    if len(password) > known.longest:
        return Refused("refused.password_long", most=known.longest)
    text = _folded(password)
    if _named(text, names):
        return Refused("refused.password_named")
    if _is_common(text):
        return Refused("refused.password_common")
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _cores(text: str) -> set[str]:
    """A password without what people put around a word: as typed, and with figures read as letters."""
    behind = re.sub(r"[\W\d_]+$", "", text)
    around = re.sub(r"^[\W\d_]+", "", behind)
    return {_bare(each) for one in (text, behind, around) for each in (one, one.translate(_AS_LETTERS))}


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _named(text: str, names: Iterable[str]) -> bool:
    cores = _cores(text)
    return any(named and named in cores for named in (_bare(_folded(name)) for name in names))


@functools.cache
def _common() -> frozenset[str]:
    lines = (resources.files("resources") / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_common(text: str) -> bool:
    """Whether whoever guesses would try it among the first: digits alone, one character or word again and
    again, a walk over the keys, a common word or two of them."""
    if not re.search(r"[^\W\d_]", text) and len(text) <= _NUMBER_LONGEST:
        return True
    bare = _bare(text)
    if re.fullmatch(r"(.{1,3})\1+.?", bare) or _walks(bare):
        return True
    return any(_made_of_words(core) for core in _cores(text))


def _made_of_words(core: str) -> bool:
    common = _common()
    return core in common or any(
        core[:at] in common and core[at:] in common for at in range(2, len(core) - 1)
    )


def _walks(bare: str) -> bool:
    """Whether nearly every character stands beside the one before it, on a keyboard or in the alphabet."""
    pairs = {pair for row in _ROWS for way in (row, row[::-1]) for pair in itertools.pairwise(way)}
    steps = [pair in pairs or pair[0] == pair[1] for pair in itertools.pairwise(bare)]
    return bool(steps) and steps.count(False) * 4 <= len(steps)
