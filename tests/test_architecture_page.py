"""The pages for those who come next name only what is there: files, modules and what stands in them, `make`.

Code within a sentence is a path where it has a slash or ends like a file, a name where it begins with a room
and a dot, and a message's code where it begins like one. A word in capitals stands for any.
"""

import fnmatch
import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

import words
from tests.tree import ROOMS, ROOT

PAGES = ("docs/architecture.md", "CONTRIBUTING.md")
SUFFIXES = (".py", ".toml", ".md", ".po", ".svg", ".txt", ".in", ".lock")
CHOSEN = r"(?<![a-z])[A-Z]{4,}(?![a-z])"
"""What a reader chooses."""


def spans(page: str) -> list[str]:
    """The code within the sentences of a page, and what it shows as pictures and links."""
    page = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    return re.findall(r"`([^`\n]+)`", page) + re.findall(r"\]\(([^)#]+)\)", page)


def is_there(name: str) -> bool:
    """Whether a module, or what stands in one, is there."""
    module, parts = _module(name.split("."))
    found: object = module
    for part in parts:
        if not hasattr(found, part) and part not in getattr(found, "__annotations__", ()):
            return False
        found = getattr(found, part, None)
    return module is not None


def _module(parts: list[str]) -> tuple[ModuleType | None, list[str]]:
    """The module that a name begins with, and the rest of the name."""
    for at in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:at])
        if path.with_suffix(".py").exists() or (path / "__init__.py").exists():
            return importlib.import_module(".".join(parts[:at])), parts[at:]
    return None, parts


def lacking(page: str, home: Path = ROOT) -> list[str]:
    """What a page names that is not there."""
    targets = set(re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    heads = {code.partition(".")[0] for code in words.codes()}
    wrong = []
    for span in spans(page):
        if " " in span or "://" in span:
            there = not span.startswith("make ") or span.split()[1] in targets
        elif "/" in span or span.endswith(SUFFIXES):
            pattern = re.sub(CHOSEN, "*", span).rstrip("/")
            there = any(any(base.glob(pattern)) for base in (ROOT, home))
        elif re.match(rf"(?:{'|'.join(ROOMS)})\.[\w.]+$", span):
            there = is_there(span)
        elif re.match(rf"(?:{'|'.join(heads)})\.[\w.]+$", span):
            there = bool(fnmatch.filter(words.codes(), re.sub(CHOSEN, "*", span)))
        else:
            there = True
        wrong += [] if there else [span]
    return wrong


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_a_page_names_is_there(name: str) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert lacking(page, (ROOT / name).parent) == []


def test_each_way_is_told_in_twenty_steps_with_a_name_in_each() -> None:
    page = (ROOT / PAGES[0]).read_text(encoding="utf-8")
    for thing in ("case", "replay"):
        way = page.split(f"## The way of a {thing}\n")[1].partition("\n## ")[0]
        steps = re.split(r"^\d+\. ", way, flags=re.MULTILINE)[1:]
        assert len(steps) == 20
        assert [step for step in steps if not any(is_there(span) for span in spans(step))] == []


def test_the_page_tells_how_to_add_what_one_adds() -> None:
    page = (ROOT / PAGES[0]).read_text(encoding="utf-8")
    told = re.findall(r"^## To add an? (\w+)", page, re.MULTILINE)
    assert told == ["act", "field", "table", "column", "key", "page", "kind", "letter", "message", "language"]
    for part in page.split("## To add ")[1:]:
        assert 3 <= len(re.findall(r"^\d\. ", part, re.MULTILINE)) <= 8


def test_what_is_not_there_is_found() -> None:
    page = """
        `casework/award/bench.py` `casework.award.deciding.decided` `rules.decide.decide`
        `casework/ROOM/NAME.py` `make room` `make rooms` `field.NAME` `field.no_such_field`
        `desktop.pages.nowhere` `turn.case(case)`
        `casework.core.act.By.seen` ![x](no_such_picture.svg) `models/ROOM/NAME.toml`
    """
    assert lacking(page) == [
        "casework/award/bench.py",
        "casework.award.deciding.decided",
        "make room",
        "field.no_such_field",
        "desktop.pages.nowhere",
        "models/ROOM/NAME.toml",
        "no_such_picture.svg",
    ]
