"""No name is defined and never used: not by the program and its bench; tests are no users.

Vulture looks for names (`lint` runs it, with what frameworks call listed in pyproject.toml). What it does
not look at is looked at here: names by their module, however common they are, and what `__all__` promises.
"""

import ast
import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
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


@cache
def parsed(text: str) -> ast.Module:
    return ast.parse(text)


def defined(text: str) -> set[str]:
    """The names that a module makes on its outermost level; what is decorated is found by its decorator."""
    found: set[str] = set()
    for line in parsed(text).body:
        if isinstance(line, ast.FunctionDef | ast.ClassDef) and not line.decorator_list:
            found.add(line.name)
        elif isinstance(line, ast.Assign | ast.AnnAssign):
            stored = (node for node in ast.walk(line) if isinstance(node, ast.Name))
            found.update(node.id for node in stored if isinstance(node.ctx, ast.Store))
    return {name for name in found if not name.startswith("__")}


def read(text: str) -> set[str]:
    """The names that a module reads."""
    names = (node for node in ast.walk(parsed(text)) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Load)}


def promised(text: str) -> set[str]:
    """The names that a module's `__all__` holds."""
    lists = [
        node.value
        for node in parsed(text).body
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == ["__all__"]
    ]
    return {name for one in lists for name in ast.literal_eval(one)}


def taken(text: str) -> Iterator[tuple[str, str]]:
    """What a module takes from others: the last word of their name, under an alias too, and the name."""
    nodes = list(ast.walk(parsed(text)))
    aliases = {
        alias.asname: alias.name.rpartition(".")[2]
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if alias.asname
    }
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module.rpartition(".")[2], alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            base = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            yield aliases.get(base, base), node.attr


def idle(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """By module, the names that it makes and nobody reads: not itself, and no other module."""
    all_taken = {pair for text in texts.values() for pair in taken(text)}
    found = {}
    for name, text in texts.items():
        *_, package, last = ["", *name.removesuffix(".__init__").split(".")]
        unread = defined(text) - read(text)
        found[name] = {each for each in unread if not {(last, each), (package, each)} & all_taken}
    return {name: each for name, each in found.items() if each}


def sources() -> dict[str, str]:
    """Every module of the program and its bench, by name."""
    return {dotted(path): path.read_text(encoding="utf-8") for path in modules(rooms=(*ROOMS, "bench"))}


BY_NAME = {
    "make": "desktop.pages",  # a page: the frame imports its module by name
    "rows": "bench",  # a measure: so does the bench
    "table": "models.migrations",  # the shapes that migrations write
    "index": "models.migrations",
    "remade": "models.migrations",
    "triggers": "models",  # what an engine can do, called through the engine that the address names
    "drop_triggers": "models",
    "trigger_names": "models",
    "broken_references": "models",
}
"""Names that are found by their name, and where."""

IDLE = {
    # used when its stage comes: the papers of a recovery
    "papers.letters.recovery_notice": {"recovery_decision", "recovery_notice"},
    # used when its stage comes: a claim keeps the originals, and counts what red letters leave
    "papers.invoices.originals": {"original"},
    "papers.invoices.together": {"left_fen"},
    # the proof of capitals: see pyproject.toml
    # the fast path waits for the auditor's desk
    "rules.fast": {"told"},
    "rules.fast_columns": {"columns_of"},
    "rules.whatif_fast": {"what_if_sums"},
}
"""Names that nobody reads today; the list only gets shorter."""


def test_no_name_of_a_module_is_idle() -> None:
    found = {
        name: {each for each in names if not name.startswith(BY_NAME.get(each, "."))}
        for name, names in idle(sources()).items()
    }
    assert {name: names for name, names in found.items() if names} == IDLE


def test_what_a_module_promises_someone_takes() -> None:
    """`__all__` hides names from vulture and keeps re-exports alive; a package's own list is its door."""
    texts = sources()
    all_taken = {pair for text in texts.values() for pair in taken(text)}
    kept = {
        name: {each for each in promised(text) if (name.rpartition(".")[2], each) not in all_taken}
        for name, text in texts.items()
        if not name.endswith("__init__")
    }
    assert {name: each for name, each in kept.items() if each} == {}


def test_idle_names_and_promises_are_found() -> None:
    money = "_USED, _IDLE = 1, 2\n_TYPED: int = 3\nWHOLE = _USED\n\n\ndef paid() -> int:\n    return 1\n"
    office = "from rules import money as sums\n\nprint(sums.WHOLE)\n"
    assert idle({"rules.money": money, "casework.core.office": office}) == {
        "rules.money": {"_IDLE", "_TYPED", "paid"}
    }
    assert promised('__all__ = ["load", "other"]\n') == {"load", "other"}
