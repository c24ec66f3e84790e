"""Whatever writes a file is known: papers leave by one door, the rest is named here with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("rules", "models", "papers", "casework", "desktop", "cli")

ALLOWED = {
    "papers.draft_file": "files that are whole or not: the one place",
    "papers.own_files:make_file": "an empty file, its owner's alone",
    "papers.ledgers.ledger_csv:write_csv": "writes the draft that it is given",
    "papers.ledgers.text_table:_write_csv": "writes the draft that it is given",
    "papers.drawing.merging:merge": "writes the draft that it is given",
    "papers.reading.repacked": "a copy of an archive in memory, for the reader",
    "casework.core.files_out": "the one door out of the office",
    "casework.outgoing.chart_export:make": "writes a draft of the tray",
    "casework.outgoing.ledger_export:_beancount": "writes a draft of the tray",
    "casework.outgoing.issuing_sheets:make": "writes drafts of the tray",
    "casework.outgoing.pack_export:make": "writes a draft of the tray",
    "casework.people.waits_beside:keep": "counts of wrong passwords, in a folder of its own",
    "casework.founding.demonstration:take_in": "what was made up, into drafts",
    "cli.bank:fill": "writes a draft",
    "cli.policy_read:_write_cases": "writes a draft",
    "cli.policy_new:new": "writes a draft",
    "cli.policy_paper:_write": "writes a draft",
    "cli.main": "the place where nothing is written to",
    "desktop.kit.drafts": "what is being typed, in its own folder, whole or not",
    "desktop.kit.charts:picture": "into memory; `chart_export.save_picture` is its door",
    "desktop.pages.case.papers": "into memory",
    "desktop.pictures": "pictures of the program itself, for those who make it",
    "models.sqlite:copy": "has a copy's bytes on the disk",
    "models.sqlite_search:words": "an empty file beside the office, for the words to search by",
    "models.upgrade": "the copy of an office beside it",
}
"""Modules, or functions of one, that write by themselves, and why."""

WRITERS = {"write_bytes", "write_text", "QSaveFile", "QPdfWriter", "mkstemp", "NamedTemporaryFile"}
BY_A_MODULE = {
    "os": {"open", "rename", "replace", "link"},
    "shutil": {"copy", "copy2", "copyfile", "copyfileobj", "move"},
}


def _writes(call: ast.Call) -> bool:
    """Whether a call makes or changes a file."""
    if isinstance(call.func, ast.Name):
        return call.func.id in WRITERS or (call.func.id == "open" and _for_writing(call, 1))
    if not isinstance(call.func, ast.Attribute):
        return False
    of, name = call.func.value, call.func.attr
    if isinstance(of, ast.Name) and name in BY_A_MODULE.get(of.id, ()):
        return True
    if name == "open":
        return _for_writing(call, 0) or _for_writing(call, 1)
    return name in WRITERS or (name == "save" and bool(call.args))


def _for_writing(call: ast.Call, place: int) -> bool:
    modes = [each.value for each in call.keywords if each.arg == "mode"] + list(call.args[place : place + 1])
    said = [mode.value for mode in modes if isinstance(mode, ast.Constant)]
    return any(isinstance(mode, str) and len(mode) < 5 and set(mode) & set("wax+") for mode in said)


def writers(path: Path, module: str) -> Iterator[str]:
    """The functions of a module that write files."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside: dict[ast.AST, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            inside |= dict.fromkeys(ast.walk(node), node.name)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _writes(node):
            yield f"{module}:{inside.get(node, '')}"


def found() -> set[str]:
    """All of the program's."""
    every: set[str] = set()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            every.update(writers(path, module))
    return every


def test_whoever_writes_a_file_is_known() -> None:
    there = found()
    new = {each for each in there if each not in ALLOWED and each.partition(":")[0] not in ALLOWED}
    assert new == set(), "take it out by casework.core.files_out, or name it with its reason"
    known = there | {each.partition(":")[0] for each in there}
    assert set(ALLOWED) - known == set(), "no longer writes"


@pytest.mark.parametrize(
    "line",
    [
        "open(path, 'w')", "path.open('wb')", "open(path, mode='a')", "path.write_text('x')",
        "image.save(path)",
        "shutil.copy(a, b)", "os.replace(a, b)", "os.open(path, 1)", "QPdfWriter(path)",
    ],
)  # fmt: skip
def test_a_new_way_out_would_be_seen(tmp_path: Path, line: str) -> None:
    (tmp_path / "new.py").write_text(f"def export(path):\n    {line}\n")
    assert list(writers(tmp_path / "new.py", "new")) == ["new:export"]


@pytest.mark.parametrize("line", ["open(path)", "path.open('rb')", "painter.save()", "a.replace(b, c)"])
def test_what_only_reads_is_none(tmp_path: Path, line: str) -> None:
    (tmp_path / "new.py").write_text(f"def look(path):\n    {line}\n")
    assert list(writers(tmp_path / "new.py", "new")) == []
