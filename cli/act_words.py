"""``--set KEY=VALUE`` as the arguments of an act: each word read as the type that the act declares.

An act that takes a mapping (``facts``, ``settings``) takes every other key as one of it, and reads its words
itself: it knows the facts of packs too. One that takes a list takes its key several times; bytes come from
the file that is named. Amounts are yuan, under the argument's name without its ``_fen``. A password never
stands in the command (`cli.passwords`).
"""

from __future__ import annotations

import collections.abc
import datetime
import inspect
import types
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cli.trouble import Trouble
from words import machine

PASSWORDS = ("password", "new_password")
"""Arguments of acts that are passwords: the one that a person has, and the one that holds from now on."""
FEN = "_fen"
_MOST = 2**63 - 1
MOST_BYTES = 64 * 1024 * 1024
"""The largest file that an act takes (`casework.core.stored_files`)."""
_YES_NO = {"yes": True, "no": False, "是": True, "否": False}


def pair(text: str) -> tuple[str, str]:
    """``KEY=VALUE`` in its two parts."""
    key, sign, value = text.partition("=")
    if not sign or not key.strip():
        raise Trouble("cli.act.not_a_pair", text=text)
    return key.strip(), value


def arguments_of(
    act: str,
    function: Callable[..., Any],
    given: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """The arguments of an act from words; passwords come from elsewhere (`passwords_of`).

    Raises:
        Trouble: one that the act doesn't take, one that is missing or there twice, or one that can't be read.
    """
    taken = {each.name: each for each in list(inspect.signature(function).parameters.values())[2:]}
    kinds = kinds_of(function)
    amounts = {in_yuan(name): name for name in taken if name.endswith(FEN)}
    facts = next((name for name in taken if is_named(kinds[name])), None)
    found: dict[str, Any] = {}
    for key, text in given:
        if key in PASSWORDS:
            raise Trouble("cli.act.password_said")
        if key.endswith(FEN):
            raise Trouble("cli.act.in_yuan", key=key, right=in_yuan(key))
        key = amounts.get(key, key)
        if key not in taken or key == facts:
            if key == facts:
                raise Trouble("cli.act.by_name", act=act, key=key)
            if facts is None:
                known = tuple(map(in_yuan, taken))
                raise Trouble("cli.act.no_such_setting", act=act, key=key, known=known)
            found.setdefault(facts, {})[key] = text
        elif is_several(kinds[key]):
            found.setdefault(key, []).append(_member(text, kinds[key]))
        elif key in found:
            raise Trouble("cli.act.twice", key=in_yuan(key))
        else:
            found[key] = read(key, text, kinds[key])
    missing = [
        key
        for key, each in taken.items()
        if each.default is each.empty and key not in found and key not in PASSWORDS
    ]
    if missing == [facts]:
        raise Trouble("cli.act.by_name", act=act, key=facts)
    if missing:
        raise Trouble("cli.act.missing", act=act, keys=tuple(map(in_yuan, missing)))
    return found


def passwords_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The arguments of an act that are passwords."""
    taken = inspect.signature(function).parameters
    return tuple(key for key in PASSWORDS if key in taken)


def in_yuan(name: str) -> str:
    """What an argument is called on the command line: an amount in fen is given in yuan, without ``_fen``."""
    return name.removesuffix(FEN)


def read(key: str, text: str, kinds: tuple[Any, ...]) -> Any:
    """A word as one of the types an act declares; an amount in fen is given in yuan, with a sign where the
    act declares a `SignedFen`."""
    from casework.cases.typed_amounts import read_amount
    from rules.facts import SHANGHAI, FactError, read_date, read_moment
    from rules.money import MoneyError, SignedFen, parse_signed

    try:
        if key.endswith(FEN):
            return parse_signed(text) if SignedFen in kinds else read_amount(text)
        if datetime.datetime in kinds:
            return read_moment(text).replace(tzinfo=SHANGHAI)
        if datetime.date in kinds:
            return read_date(text)
        if bool in kinds:
            return _YES_NO[text.lower()]
        if int in kinds:
            return _number(text)
    except (ValueError, KeyError, FactError, MoneyError) as error:
        raise Trouble(
            _unread(key, SignedFen in kinds, kinds), option=f"--set {in_yuan(key)}", value=text
        ) from error
    return machine.read_bytes(Path(text), MOST_BYTES) if bytes in kinds else text


def _number(text: str) -> int:
    """A number that an office can keep; a longer one names nothing there."""
    number = int(text)
    if abs(number) > _MOST:
        raise ValueError(text)
    return number


def _unread(key: str, signed: bool, kinds: tuple[Any, ...]) -> str:
    """What to say of a word that can't be read: how one of its kind is written."""
    if key.endswith(FEN):
        return "cli.act.no_signed_amount" if signed else "cli.act.no_amount"
    if datetime.datetime in kinds:
        return "cli.act.no_moment"
    if datetime.date in kinds:
        return "cli.act.no_date"
    return "cli.act.no_yes_no" if bool in kinds else "cli.act.no_number"


def kinds_of(function: Callable[..., Any]) -> dict[str, tuple[Any, ...]]:
    """The types that each argument of an act may have."""
    hints = typing.get_type_hints(inspect.unwrap(function), include_extras=True)
    return {name: _kinds(hint) for name, hint in hints.items()}


def is_named(kinds: tuple[Any, ...]) -> bool:
    """Whether an argument takes values under names of their own: facts, settings."""
    return _is(kinds, collections.abc.Mapping)


def is_several(kinds: tuple[Any, ...]) -> bool:
    """Whether an argument may be given several times."""
    return _is(kinds, collections.abc.Sequence)


def _kinds(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)


def _is(kinds: tuple[Any, ...], wanted: type) -> bool:
    return any(typing.get_origin(kind) is wanted for kind in kinds)


def _member(text: str, kinds: tuple[Any, ...]) -> Any:
    """One of a list: a word, or parts with colons between them where the act wants tuples."""
    (inner,) = (
        typing.get_args(kind) for kind in kinds if typing.get_origin(kind) is collections.abc.Sequence
    )
    parts = next((kind for one in inner for kind in _kinds(one) if typing.get_origin(kind) is tuple), None)
    return text if parts is None else tuple(text.split(":", len(typing.get_args(parts)) - 1))
