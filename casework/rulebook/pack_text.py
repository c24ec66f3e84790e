"""The text of a pack changed at one place and nowhere else: a value, a key, a table.

Whoever writes a pack keeps their comments, their spacing and their order. So the wizard never writes a text
anew: it puts one value in the place of another, takes a key out, or adds a table beside those of its kind.
Every function takes a text that is valid TOML and gives one back.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rules.toml_text import Path, Piece, Pieces, canonical, pieces


def newline(text: str) -> str:
    """How the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def put(text: str, path: Path, literal: str, after: Sequence[Path] | None = None) -> str:
    """The text with a key of that value: in the place of the old one, else behind the last of its table.

    Args:
        after: keys of the table behind which it belongs: it comes behind the last of those that are there,
            else before all others.
    """
    found = pieces(text)
    old = found.by.get(path)
    if old is not None:
        return text[: old.value] + literal + text[old.end :]
    table, key = path[:-1], str(path[-1])
    around = found.by.get(table)
    if around is not None:
        if text[around.value] == "{":
            return _into_inline(text, around, f"{key} = {literal}")
        return put(text, table, f"{{ {key} = {literal} }}")
    head = next((at for at, (name, _, _) in enumerate(found.heads, 1) if name == table), 0)
    if head or not table:
        return _line_in(text, found, head, f"{key} = {literal}", after)
    return _into_none(text, found, table, key, literal, after)


def _into_inline(text: str, around: Piece, pair: str) -> str:
    inside = text[around.value + 1 : around.end - 1].rstrip()
    comma = "," if inside.strip() else ""
    return f"{text[: around.value + 1]}{inside}{comma} {pair} }}{text[around.end :]}"


def _into_none(
    text: str, found: Pieces, table: Path, key: str, literal: str, after: Sequence[Path] | None
) -> str:
    """Into a table that has neither header nor braces: beside its dotted keys, else in braces of its own."""
    beside = [piece for path, piece in found.by.items() if path[: len(table)] == table]
    if not beside:
        return put(text, table, f"{{ {key} = {literal} }}", after)
    last = max(beside, key=lambda piece: piece.end)
    dotted = ".".join(map(str, (*(part for part in table[_depth(found, last) :]), key)))
    return _new_line(text, last.end, f"{dotted} = {literal}")


def _depth(found: Pieces, piece: Piece) -> int:
    return len(found.heads[piece.head - 1][0]) if piece.head else 0


def _line_in(text: str, found: Pieces, head: int, line: str, after: Sequence[Path] | None) -> str:
    """A line among the keys that stand straight under a header (0: before the first header)."""
    under = {path: piece for path, piece in found.by.items() if piece.head == head}
    before = under if after is None else [path for path in after if path in under]
    if before:
        return _new_line(text, max(under[path].end for path in before), line)
    if under:
        first = min(piece.start for piece in under.values())
        return text[:first] + line + newline(text) + text[first:]
    if head:
        return _new_line(text, found.heads[head - 1][2], line)
    return line + newline(text) + text


def _new_line(text: str, at: int, line: str) -> str:
    """A line of its own behind the line in which ``at`` stands."""
    end = text.find("\n", at)
    if end < 0:
        return text + newline(text) + line + newline(text)
    return text[: end + 1] + line + newline(text) + text[end + 1 :]


def cut(text: str, path: Path) -> str:
    """The text without a key; braces that it leaves empty go with it."""
    found = pieces(text)
    piece, table = found.by[path], path[:-1]
    around = found.by.get(table)
    if around is not None and text[around.value] == "{":
        inside = [one for one in found.by if one[:-1] == table]
        return cut(text, table) if inside == [path] else _out_of_inline(text, piece, around)
    start = text.rfind("\n", 0, piece.start) + 1
    end = text.find("\n", piece.end)
    return text[:start] + ("" if end < 0 else text[end + 1 :])


def _out_of_inline(text: str, piece: Piece, around: Piece) -> str:
    before, after = text[: piece.start].rstrip(), text[piece.end :]
    if after.lstrip().startswith(","):
        return before + " " + after.lstrip()[1:].lstrip()
    return before.removesuffix(",").rstrip() + (after if after[:1].isspace() else " " + after)


# -- tables ----------------------------------------------------------------------------------------------


def cut_table(text: str, path: Path) -> str:
    """The text without a table, its own comments above it and the tables inside it."""
    found = pieces(text)
    heads = [at for at, (name, _, _) in enumerate(found.heads) if name[: len(path)] == path]
    if not heads:
        return cut(text, path)
    for at in reversed(heads):
        start = _begin(text, found.heads[at][1])
        end = _begin(text, found.heads[at + 1][1]) if at + 1 < len(found.heads) else len(text)
        text = text[:start] + text[end:]
    return text


def _begin(text: str, header: int) -> int:
    """Where the comments begin that stand right above a header."""
    start = text.rfind("\n", 0, header) + 1
    while start:
        line = text.rfind("\n", 0, start - 1) + 1
        if not text[line:start].lstrip().startswith("#"):
            break
        start = line
    return start


def add_table(text: str, lines: Sequence[str], before: Sequence[str]) -> str:
    """The text with one more table, behind the last of those whose kinds are in ``before``, else behind the
    keys on top."""
    found = pieces(text)
    last = max((at for at, (name, _, _) in enumerate(found.heads) if name[0] in before), default=-1)
    at = _begin(text, found.heads[last + 1][1]) if last + 1 < len(found.heads) else len(text)
    end = newline(text)
    start = text[:at]
    while start and not start.endswith(end * 2):
        start += end
    rest = text[at:]
    return start + end.join(lines) + end + (end if rest and not rest.startswith(("\n", "\r")) else "") + rest


def as_tables(
    text: str, table: str, rows: Sequence[Mapping[str, Any]], before: Sequence[str], *, many: bool
) -> str:
    """Tables that are written in brackets, written as tables of their own."""
    text = cut(text, (table,))
    for row in rows:
        lines = canonical({table: [row] if many else row}).decode().strip().split("\n")
        text = add_table(text, lines, before)
    return text
