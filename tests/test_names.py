"""No name is defined and never used: not by the program and its bench; tests are no users.

Vulture looks for names (`lint` runs it, with what frameworks call listed in pyproject.toml). What it does
not look at is looked at here: a module's private constants, and the names that `__all__` promises.
"""

import ast
import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.tree import ROOMS, ROOT, dotted, modules

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["vulture"]


def vulture(folder: Path, *options: str) -> list[str]:
    """What vulture says of a tree under the project's settings, a line a name."""
    command = [sys.executable, "-m", "vulture", "--config", str(folder / "pyproject.toml"), *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    assert done.returncode in (0, 3), done.stderr
    return done.stdout.splitlines()


def test_vulture_finds_nothing() -> None:
    assert vulture(ROOT) == []


def test_every_excuse_excuses_something() -> None:
    said = vulture(ROOT, "--ignore-names", "nothing", "--ignore-decorators", "@nothing")
    unused = {found[1] for line in said if (found := re.search(r"unused \w+ '(\w+)'", line))}
    assert [name for name in SETTINGS["ignore_names"] if not fnmatch.filter(unused, name)] == []


def test_a_name_that_nobody_uses_is_found(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in (*ROOMS, "bench"):
        (tmp_path / room).mkdir()
    (tmp_path / "start.py").write_text("import rules.money\n\nprint(rules.money.used())\n")
    (tmp_path / "rules" / "money.py").write_text(
        "def used() -> int:\n    return 1\n\n\ndef idle() -> int:\n    return 2\n"
    )
    found = vulture(tmp_path)
    assert [re.sub(r":\d+:", ":", line) for line in found] == [
        "rules/money.py: unused function 'idle' (60% confidence)"
    ]


# -- what vulture does not look at ---------------------------------------------------------------------------


def idle_constants(text: str) -> list[str]:
    """A module's private constants that it never reads."""
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    read = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    lines = [line for line in tree.body if isinstance(line, ast.Assign | ast.AnnAssign)]
    inside = [node for line in lines for node in ast.walk(line) if isinstance(node, ast.Name)]
    made = [node.id for node in inside if isinstance(node.ctx, ast.Store)]
    return [name for name in made if re.match(r"_[^_]", name) and name not in read]


def promised(text: str) -> set[str]:
    """The names that a module's `__all__` holds."""
    lists = [
        node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == ["__all__"]
    ]
    return {name for one in lists for name in ast.literal_eval(one)}


def taken(text: str) -> Iterator[tuple[str, str]]:
    """What a module takes from others by `from … import`, and every `module.name` that it says."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


def test_no_private_constant_is_idle() -> None:
    found = {dotted(path): idle_constants(path.read_text(encoding="utf-8")) for path in modules()}
    assert {name: idle for name, idle in found.items() if idle} == IDLE


LEFT = {
    "casework.award": {
        "BATCH", "Bench", "Progress", "SERIES", "STATE_AFTER", "decide_application", "decided_on",
    },
    "papers.letter": {"LetterContent"},
    "papers.reader": {"Table", "Unreadable", "portal_batches"},
}  # fmt: skip
"""What is promised today and taken by nobody; the list only gets shorter."""

IDLE = {"casework.issue_many": ["_ACTS"], "casework.many": ["_HOMES"]}
"""Constants kept for the import that they need: an act is registered when its module is imported."""


def test_what_a_module_promises_someone_takes() -> None:
    """`__all__` hides names from vulture and keeps re-exports alive; a package's own list is its door."""
    sources = [path.read_text(encoding="utf-8") for path in modules(rooms=(*ROOMS, "bench"))]
    all_taken = {pair for text in sources for pair in taken(text)}
    idle: dict[str, set[str]] = {}
    for path in modules():
        for name in promised(path.read_text(encoding="utf-8")) if path.stem != "__init__" else ():
            if not {(dotted(path), name), (path.stem, name)} & all_taken:
                idle.setdefault(dotted(path), set()).add(name)
    assert idle == LEFT


def test_idle_constants_and_promises_are_found() -> None:
    text = '_USED, _IDLE = 1, 2\n_TYPED: int = 3\n__all__ = ["load", "other"]\nprint(_USED)\n'
    assert idle_constants(text) == ["_IDLE", "_TYPED"]
    assert promised(text) == {"load", "other"}
    assert set(taken("from rules.pack import load\nimport rules.pack as pack\npack.Tier\n")) == {
        ("rules.pack", "load"),
        ("pack", "Tier"),
    }
