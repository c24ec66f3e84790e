"""The program's tree as the tests of the house read it: its modules, their functions, their names."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("words", "rules", "models", "papers", "casework", "desktop", "cli")

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Sized(NamedTuple):
    """A function and its length in lines: from its `def` on, without its docstring and blank lines."""

    name: str
    lines: int


def modules(root: Path = ROOT, rooms: tuple[str, ...] = ROOMS) -> list[Path]:
    """Every module of the program, but a migration: that is written once and never changed."""
    found = [path for room in rooms for path in sorted((root / room).rglob("*.py"))]
    return [path for path in found if "versions" not in path.parts]


def dotted(path: Path, root: Path = ROOT) -> str:
    """A module's name as an import says it."""
    return ".".join(path.relative_to(root).with_suffix("").parts)


def functions(path: Path) -> Iterator[Sized]:
    """Every function and method of a module, those inside others too."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            yield Sized(node.name, _length(node, text.splitlines()))


def _length(node: Function, lines: list[str]) -> int:
    last = node.end_lineno or node.lineno
    told: range | tuple[()] = ()
    if ast.get_docstring(node) is not None:
        told = range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)
    return sum(at not in told and bool(lines[at - 1].strip()) for at in range(node.lineno, last + 1))
