"""Draws the rooms of the program and who uses whom, from the imports themselves: `make rooms`.

A box is a room, with the first words of its own docstring; a room with rooms inside shows them. What stands
higher uses what stands lower. A line is drawn where a room uses another and no longer way says so already; it
goes round the boxes between. The picture lies beside the script, and `tests/test_rooms_picture.py` holds that
it is the one that the imports give.
"""

import ast
import textwrap
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PICTURE = Path(__file__).with_name("rooms.svg")
ROOMS = ("words", "rules", "models", "papers", "casework", "desktop", "cli")
COLUMNS = (("", "papers", "desktop"), ("casework",))
"""The houses that stand below each other, by the room that they show inside; "" is the whole house."""

Uses = Mapping[str, frozenset[str]]

WIDE, HIGH, GAP, ROW, HEAD = 158, 66, 18, 100, 38
"""A box, the room around it and the place of a title, in the picture's own units."""
COLUMN = 3 * WIDE + 6 * GAP

STYLE = (
    "text{font-family:sans-serif;text-anchor:middle;fill:#1d2733}.title{font-size:17px;font-weight:bold}"
    ".name{font-size:15px;font-weight:bold}.said{font-size:11px;fill:#44525f}"
    "rect{fill:#f4f7fa;stroke:#8fa3b5}polyline{fill:none;stroke:#7d92a6;stroke-width:1.3}"
)


class House(NamedTuple):
    """Some rooms as they stand: the rows from the top, and the lines between rooms.

    A line that passes rows in between has a place of its own in each: its name there is `(user, used)`.
    """

    rows: list[list[object]]
    lines: list[tuple[str, str]]


# -- what the imports say ----------------------------------------------------------------------------------


def uses(root: Path, names: Iterable[str]) -> Uses:
    """Which of the packages each of them imports, itself left out."""
    wanted = sorted(names, key=len, reverse=True)
    return {
        name: frozenset(
            other
            for path in root.joinpath(*name.split(".")).rglob("*.py")
            for said in _imported(path)
            if (other := next((each for each in wanted if f"{said}.".startswith(f"{each}.")), name)) != name
        )
        for name in wanted
    }


def _imported(path: Path) -> set[str]:
    """Everything that a file imports, by its whole name."""
    said: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            said.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            said.update(f"{node.module}.{alias.name}" for alias in node.names)
    return said


def floors(use: Uses) -> list[list[str]]:
    """The packages from the ground up: each stands one above the highest that it uses.

    Raises:
        ValueError: some use each other in a circle.
    """
    level: dict[str, int] = {}
    waiting = dict(use)
    while waiting:
        ready = [name for name, others in waiting.items() if others <= level.keys()]
        if not ready:
            raise ValueError(f"a circle among {sorted(waiting)}")
        for name in ready:
            level[name] = 1 + max((level[other] for other in waiting.pop(name)), default=-1)
    return [sorted(name for name in level if level[name] == at) for at in range(max(level.values()) + 1)]


def needed(use: Uses) -> list[tuple[str, str]]:
    """The lines to draw: who uses whom, where no longer way says so."""

    def reach(name: str) -> frozenset[str]:
        return use[name].union(*(reach(other) for other in use[name]))

    implied = {name: frozenset().union(*(reach(other) for other in use[name])) for name in use}
    return sorted((name, other) for name in use for other in use[name] - implied[name])


def about(root: Path, name: str) -> str:
    """The first words of a package's docstring."""
    text = (root.joinpath(*name.split(".")) / "__init__.py").read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text)) or ""
    return " ".join(said.split()).partition(".")[0].partition(":")[0]


def inner(root: Path, room: str) -> list[str]:
    """The rooms inside a room."""
    return sorted(f"{room}.{path.parent.name}" for path in (root / room).glob("*/__init__.py"))


# -- where they stand --------------------------------------------------------------------------------------


def house(use: Uses) -> House:
    """The rooms in rows, the highest first, each as near to who uses it as its row allows."""
    rows: list[list[object]] = [list(row) for row in reversed(floors(use))]
    lines = needed(use)
    at = {name: number for number, row in enumerate(rows) for name in row}
    for one, other in lines:
        for number in range(at[one] + 1, at[other]):
            rows[number].append((one, other))
    above: dict[object, float] = {}
    for row in rows:
        row.sort(key=lambda name: (_near(name, lines, above), str(name)))
        above |= {name: number - (len(row) - 1) / 2 for number, name in enumerate(row)}
    return House(rows, lines)


def _near(name: object, lines: Iterable[tuple[str, str]], above: Mapping[object, float]) -> float:
    """The middle of what a place hangs on: itself further up, or who uses it."""
    if name in above:
        return above[name]
    if isinstance(name, tuple):
        return above[name[0]]
    hung = [above.get(line, above[line[0]]) for line in lines if line[1] == name]
    return sum(hung) / len(hung) if hung else 0.0


def _width(name: object) -> int:
    return 0 if isinstance(name, tuple) else WIDE


def places(rows: Iterable[Iterable[object]]) -> dict[tuple[object, int], float]:
    """The middle of every place across, by its name and row."""
    found: dict[tuple[object, int], float] = {}
    for at, row in enumerate(map(list, rows)):
        left = (COLUMN - sum(map(_width, row)) - GAP * (len(row) - 1)) / 2
        for name in row:
            found[name, at] = left + _width(name) / 2
            left += _width(name) + GAP
    return found


# -- the picture -------------------------------------------------------------------------------------------


def _box(x: float, y: float, name: str, said: str) -> str:
    told = "".join(
        f'<text x="{x:g}" y="{y + 35 + 12 * at:g}" class="said">{escape(line)}</text>'
        for at, line in enumerate(textwrap.wrap(said, 25, max_lines=3, placeholder=" …"))
    )
    return (
        f'<rect x="{x - WIDE / 2:g}" y="{y:g}" width="{WIDE}" height="{HIGH}" rx="6"/>'
        f'<text x="{x:g}" y="{y + 19:g}" class="name">{escape(name)}</text>{told}'
    )


def _line(one: str, other: str, middles: Mapping[tuple[object, int], float]) -> str:
    """A line from a room down to one that it uses, through its places in the rows between."""
    points = []
    for (name, at), x in sorted(middles.items(), key=lambda found: found[0][1]):
        top = HEAD + at * ROW
        if name == one:
            points.append((x, top + HIGH))
        elif name == other:
            points.append((x, top))
        elif name == (one, other):
            points += [(x, top), (x, top + HIGH)]
    return f'<polyline points="{" ".join(f"{x:g},{y:g}" for x, y in points)}"/>'


def _drawn(root: Path, title: str, names: Iterable[str]) -> tuple[str, int]:
    """One house as SVG, and how high it is."""
    made = house(uses(root, names))
    middles = places(made.rows)
    boxes = [
        _box(x, HEAD + at * ROW, name.rpartition(".")[2], about(root, name))
        for (name, at), x in middles.items()
        if isinstance(name, str)
    ]
    head = f'<text x="{COLUMN / 2:g}" y="24" class="title">{escape(title)}</text>'
    lines = [_line(one, other, middles) for one, other in made.lines]
    return "\n".join([head, *lines, *boxes]), HEAD + len(made.rows) * ROW


def draw(root: Path = ROOT) -> str:
    """The whole picture: the house, and each room that has rooms inside."""
    parts, high = [], 0
    for number, rooms in enumerate(COLUMNS):
        top = 8
        for room in rooms:
            names = inner(root, room) if room else ROOMS
            body, more = _drawn(root, f"Inside {room}" if room else "The house", names)
            parts.append(f'<g transform="translate({number * COLUMN} {top})">\n{body}\n</g>')
            top += more
        high = max(high, top)
    wide = len(COLUMNS) * COLUMN
    size = f'width="{wide}" height="{high}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" {size}>\n'
        f'<style>{STYLE}</style>\n<rect {size} style="fill:#fff;stroke:none"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8", newline="\n")
