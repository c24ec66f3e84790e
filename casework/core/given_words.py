"""The one reader of words that an act is given: reasons, names, titles, notes, settings, numbers, codes.

What no paper can hold (controls, escapes, NUL, marks of direction within a text) is refused, what nobody sees
is taken away, and a text has an end. Every door comes by here, for `casework.core.act` reads the arguments of
every act by it; so an act sees only what a letter, a list and a terminal can show. Facts are read once more
as their types (`casework.cases.facts_in_words`).
"""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from casework.core.refused import Refused
from rules.plain_text import Unprintable, clean, gives_no_reason, says_checked, says_nothing, visible

NAME = 200
"""Characters of the longest name, number or code."""
LONG = 4_000
"""Characters of the longest reason or note; it may have several lines."""
PAGES = 2_000_000
"""Characters of the longest text that is a file's (a policy pack, its examples)."""
MOST = 20_000
"""Texts that one argument may hold."""

SEVERAL_LINES = frozenset(
    (
        *("reason", "minutes", "grounds", "basis", "source", "fact", "receipt", "seen", "document"),
        *("value", "article", "service", "settings", "facts", "defects"),
    )
)
"""Arguments in which a person writes sentences, or that hold such."""
FILES = frozenset({"text", "examples"})
"""Arguments that are the text of a file: kept as they are."""
UNREAD = frozenset({"password", "new_password"})
"""A secret is taken as it was typed; its own rule judges it."""
FACTS = "facts"
"""Values of facts: marks that nobody sees are judged by what each value is, in
`casework.cases.facts_in_words`, so that a number copied with one is the same number by every door."""


def read(
    signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments of an act with every text in them read.

    Raises:
        Refused: `refused.unprintable`, `refused.text_long`.
    """
    given = signature.bind(None, *args, **kwargs)
    for name, value in list(given.arguments.items())[1:]:
        if name not in UNREAD:
            given.arguments[name] = _value(name, value)
    return given.args[1:], given.kwargs


def _value(name: str, value: Any) -> Any:
    """A text read, and every text within a list, a tuple or a mapping; anything else as it is."""
    if isinstance(value, str):
        return _text(name, value)
    if isinstance(value, Mapping):
        _must_end(name, value)
        return {_key(key): _value(name, inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        read = [_value(name, inner) for inner in value]
        return type(value)(*read) if hasattr(value, "_fields") else tuple(read)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        _must_end(name, value)
        return [_value(name, inner) for inner in value]
    return value


def _key(key: Any) -> Any:
    return _text("", key) if isinstance(key, str) else key


def _must_end(name: str, value: Mapping[Any, Any] | Sequence[Any]) -> None:
    if len(value) > MOST:
        raise Refused("refused.text_long", value=name, most=MOST)


def _text(name: str, text: str) -> str:
    most = PAGES if name in FILES else LONG if name in SEVERAL_LINES else NAME
    if len(text) > most:
        raise Refused("refused.text_long", value=f"{visible(text[:20])}…", most=most)
    try:
        if name in FILES or name == FACTS:
            _must_be_written(text)
            return text
        if name in SEVERAL_LINES:
            written = "\n".join(map(clean, text.splitlines())).strip()
            return reason_in(written) if name == "reason" else written
        return clean(text)
    except Unprintable as fault:
        raise Refused("refused.unprintable", value=visible(text.strip())[:60]) from fault


def reason_in(text: str) -> str:
    """A person's reason; empty where it says nothing (无, 略, 未填写)."""
    text = text.strip()
    return "" if says_nothing(text) else text


def says_something(text: str) -> bool:
    """Whether words that name something (a document, a number, a name) do: 无 and a stroke name nothing."""
    return text.strip() != "" and not says_nothing(text.strip())


def is_reason(text: str) -> bool:
    """Whether what a person wrote where a reason is asked for is one: assent (同意, 已阅), a figure or one
    character stands under anything and tells nobody why. That somebody has checked is one here."""
    said = text.strip()
    return said != "" and (not gives_no_reason(said) or says_checked(said))


def _must_be_written(text: str) -> None:
    """A file's text has lines and tabs, and no other control."""
    if any(ord(one) < 32 and one not in "\t\r\n" for one in text) or "\x7f" in text:
        raise Unprintable(text)
