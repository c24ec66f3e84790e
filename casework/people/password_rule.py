"""What a password must be: long enough by what is seen of it, not one that everybody takes, and not the
person's own names, also backwards and in letters that look the same.

One rule for founding, for a first password, for a new one and for the hint beside the field. The figures
stand in `resources/signing_in.toml`, the common ones in `resources/common_passwords.txt`. The password of the
demonstration's people is no password and is exempt (`casework.people.accounts.found`).
"""

import functools
import itertools
import re
import tomllib
import unicodedata
from collections.abc import Collection
from importlib import resources
from typing import NamedTuple

from casework.core.refused import Refused
from rules.plain_text import capital_latin, is_whole

_AS_LETTERS = str.maketrans("013457@$!", "oieastasi")
_ON_ONE_KEY = str.maketrans("!@#$%^&*()", "1234567890")
_ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz", "2wsx", "3edc",
    "4rfv", "5tgb", "6yhn", "7ujm",
)  # fmt: skip
_NUMBER_LONGEST = 15
"""Digits alone, also with what stands in a date or around it, are one or a telephone number up to here."""
_NUMBER = re.compile(r"[\W_]*\d[\d\s./:()+-]*[\W_]*")
_SHORTEST_WALK = 3
"""From so many letters on, neighbours on the keyboard stand for a word (abc, qwe)."""


class Figures(NamedTuple):
    """Lengths in characters that are seen, how many of them are different, waits in seconds after so many
    wrong passwords, and days for which who was given one does not agree to another."""

    shortest: int
    different: int
    longest: int
    waits: tuple[int, ...]
    days_before_agreeing: int


@functools.cache
def figures() -> Figures:
    """The figures of `resources/signing_in.toml`."""
    said = tomllib.loads((resources.files("resources") / "signing_in.toml").read_text("utf-8"))
    return Figures(
        said["shortest_password"],
        said["different_characters"],
        said["longest_password"],
        tuple(said["wait_seconds"]),
        said["days_before_agreeing"],
    )


def must_be_good(password: str, *names: str) -> str:
    """The password, if it may be one for somebody with these names (account, full name, the office).

    Raises:
        Refused: `refused.password_short`, `refused.password_long`, `refused.password_common`,
            `refused.password_named`, `refused.password_no_text`.
    """
    fault = what_is_wrong(password, *names)
    if fault is not None:
        raise fault
    return password


def what_is_wrong(password: str, *names: str) -> Refused | None:
    """The same as an answer, for a hint while somebody types."""
    if not is_whole(password):
        return Refused("refused.password_no_text")
    known = figures()
    plain = _plain(password)
    short = Refused("refused.password_short", least=known.shortest, different=known.different)
    if len(_seen(password)) < known.shortest:
        return short
    if len(password) > known.longest:
        return Refused("refused.password_long", most=known.longest)
    called = {bare for name in names if (bare := _bare(_folded(name)))}
    called |= {name[::-1] for name in called}
    if _only_of(plain, called):
        return Refused("refused.password_named")
    if _is_common(plain) or _only_of(plain, _common() | called, walks=True):
        return Refused("refused.password_common")
    return short if len(set(_seen(plain))) < known.different else None


def _seen(text: str) -> str:
    """A text without its blanks, accents and marks that nobody sees."""
    whole = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in whole if unicodedata.category(letter)[0] in "LNPS")


def _plain(text: str) -> str:
    """A text in small letters, of one script where they look alike."""
    return unicodedata.normalize("NFKC", capital_latin(unicodedata.normalize("NFKC", text))).casefold()


def _folded(text: str) -> str:
    """A text as whoever guesses writes it: plain, and without accents."""
    apart = unicodedata.normalize("NFKD", _plain(text))
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFKC", bare)


def _only_of(plain: str, words: Collection[str], walks: bool = False) -> bool:
    """Whether a password is one of the words or two of them, also backwards, again and again, or with
    figures and marks before, between and behind; with `walks`, also of walks over the keys."""

    def known(part: str) -> bool:
        text = _folded(part)
        return any(_made_of(core, words) for core in _cores(text) | _cores(text[::-1])) or (
            walks and len(_bare(part)) >= _SHORTEST_WALK and _walks(_bare(part))
        )

    once = _once(plain)
    if known(once):
        return True
    split = ({_once(part) for part in re.findall(way, once)} for way in (r"[^\W_]+", r"[^\W\d_]+"))
    kept = ({part for part in parts if not part.isdigit()} for parts in split)
    return any(0 < len(parts) <= 2 and all(known(part) for part in parts) for parts in kept)


def _once(text: str) -> str:
    """What is written again and again, once."""
    again = re.fullmatch(r"(.+?)\1+", text, re.DOTALL)
    return again[1] if again else text


def _cores(text: str) -> set[str]:
    """A password without what people put around a word: as typed, and with figures read as letters."""
    behind = re.sub(r"[\W\d_]+$", "", text)
    around = re.sub(r"^[\W\d_]+", "", behind)
    return {_bare(each) for one in (text, behind, around) for each in (one, one.translate(_AS_LETTERS))}


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


@functools.cache
def _common() -> frozenset[str]:
    lines = (resources.files("resources") / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _is_common(plain: str) -> bool:
    """Whether whoever guesses would try it among the first without a list: a number, one character or word
    again and again, a walk over the keys. Marks are judged by their keys where there is nothing else."""
    if len(plain) <= _NUMBER_LONGEST and _NUMBER.fullmatch(plain):
        return True
    bare = _bare(plain)
    if not re.search(r"[^\W\d_]", plain):
        bare = re.sub(r"\s", "", plain.translate(_ON_ONE_KEY))
    return re.fullmatch(r"(.{1,3})\1+.?", bare) is not None or _walks(bare)


def _made_of(core: str, words: Collection[str]) -> bool:
    """Whether it is one of the words, or two of them."""
    return core in words or any(core[:at] in words and core[at:] in words for at in range(2, len(core) - 1))


def _walks(bare: str) -> bool:
    """Whether nearly every character stands beside the one before it, on a keyboard or in the alphabet."""
    pairs = {pair for row in _ROWS for way in (row, row[::-1]) for pair in itertools.pairwise(way)}
    steps = [pair in pairs or pair[0] == pair[1] for pair in itertools.pairwise(bare)]
    return bool(steps) and steps.count(False) * 4 <= len(steps)
