"""``python -m words.compile``: the rooms' .po files into one compiled catalogue a language.

Sources are ``resources/messages/<lang>/<room>.po``, with the code as msgid and the sentence as msgstr.
A code may stand in one room only. The same sources give the same bytes, so that a test can tell a stale
catalogue.
"""

from __future__ import annotations

import io
import os
import string
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from words.catalogue import LANGUAGES, MESSAGES


class _Timeless(Catalog):
    """A catalogue whose header holds no date and no version: the same sources give the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [("Language", str(self.locale_identifier)), ("Content-Type", "text/plain; charset=utf-8")]


class BadCatalogue(ValueError):
    """A source that can't be compiled: says which file, which code and why."""


def read_room(path: Path) -> dict[str, str]:
    """The sentences of one room's .po file by code.

    Raises:
        BadCatalogue: a plural, an empty or repeated entry, an odd brace.
    """
    with path.open("rb") as file:
        source = read_po(file, abort_invalid=True)
    sentences: dict[str, str] = {}
    for message in source:
        if not message.id:
            continue
        code, text = message.id, message.string
        if not isinstance(code, str) or not isinstance(text, str):
            raise BadCatalogue(f"{path}: {code!r} is a plural; name two codes instead")
        if message.fuzzy or not text:
            raise BadCatalogue(f"{path}: {code!r} has no finished sentence")
        placeholders(text, f"{path}: {code}")
        sentences[code] = text
    if len(sentences) != _entries(path):
        raise BadCatalogue(f"{path}: a code stands there twice")
    return sentences


def _entries(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = sum(line.startswith("msgid ") for line in lines)
    return heads - 1 if any(line == 'msgid ""' for line in lines) else heads


def placeholders(text: str, where: str = "") -> frozenset[str]:
    """The names of a sentence's parameters.

    Raises:
        BadCatalogue: an odd brace, a nameless parameter, or a format other than ``one|many``.
    """
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as fault:
        raise BadCatalogue(f"{where}: {fault}") from None
    names = {name for _, name, _, _ in parts if name is not None}
    formats = [(spec or "").split("|") for _, name, spec, _ in parts if name is not None]
    if any(conversion for *_, conversion in parts) or any(
        words != [""] and (len(words) != 2 or not all(words)) for words in formats
    ):
        raise BadCatalogue(f"{where}: a parameter carries a format; its name says how it looks")
    if any(not name.isidentifier() for name in names):
        raise BadCatalogue(f"{where}: a parameter needs a plain name")
    return frozenset(names)


def rooms(lang: str, messages: Path = MESSAGES) -> dict[str, dict[str, str]]:
    """Every room's sentences of a language: room → code → sentence."""
    return {path.stem: read_room(path) for path in sorted((messages / lang).glob("*.po"))}


def compiled(lang: str, messages: Path = MESSAGES) -> bytes:
    """The compiled catalogue of a language.

    Raises:
        BadCatalogue: a faulty source, or a code in two rooms.
    """
    catalogue = _Timeless(locale=lang, fuzzy=False)
    home: dict[str, str] = {}
    for room, sentences in rooms(lang, messages).items():
        for code, text in sentences.items():
            if code in home:
                raise BadCatalogue(f"{lang}: {code!r} stands in {home[code]} and in {room}")
            home[code] = room
            catalogue.add(code, text)
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main(messages: Path = MESSAGES) -> int:
    """Compiles every language; writes only what changed, each file whole or not at all."""
    for lang in LANGUAGES:
        try:
            fresh = compiled(lang, messages)
        except BadCatalogue as fault:
            print(fault, file=sys.stderr)
            return 2
        target = messages / f"{lang}.mo"
        if not target.exists() or target.read_bytes() != fresh:
            draft = target.with_suffix(f".{os.getpid()}")
            draft.write_bytes(fresh)
            draft.replace(target)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
