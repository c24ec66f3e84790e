"""The house stays small: files, functions, and no surprise among them.

A function's length counts its lines from `def` to its end, without its docstring and blank lines.
"""

import statistics
from pathlib import Path

import pytest

from tests.tree import ROOT, dotted, functions, modules

FILE, LONGEST, MEDIAN, NINTH_TENTH = 400, 40, 8, 22

DATA: dict[str, str] = {}
"""Files that may be longer because they are tables of data, and of what: none today."""


def tall(root: Path = ROOT) -> dict[str, int]:
    """The files over the limit by their length in lines."""
    found = {dotted(path, root): len(path.read_bytes().splitlines()) for path in modules(root)}
    return {name: lines for name, lines in found.items() if lines > FILE}


def long(root: Path = ROOT) -> dict[str, int]:
    """The functions over the limit by their length."""
    found = {
        f"{dotted(path, root)}:{one.name}": one.lines for path in modules(root) for one in functions(path)
    }
    return {name: lines for name, lines in found.items() if lines > LONGEST}


def test_a_file_is_one_thing() -> None:
    found = tall()
    assert {name: lines for name, lines in found.items() if name not in DATA} == {}
    assert DATA.keys() - found.keys() == set(), "no longer over the limit: strike it from the list"


def test_a_function_fits_on_a_screen() -> None:
    assert long() == {}


def test_most_functions_are_small() -> None:
    lengths = [one.lines for path in modules() for one in functions(path)]
    assert statistics.median(lengths) <= MEDIAN
    assert statistics.quantiles(lengths, n=10, method="inclusive")[-1] <= NINTH_TENTH


@pytest.mark.parametrize(("body", "over"), [(LONGEST - 1, False), (LONGEST, True)])
def test_a_function_that_is_too_long_is_found(tmp_path: Path, body: int, over: bool) -> None:
    (tmp_path / "rules").mkdir()
    told = '    """What it does.\n\n    More of it.\n    """\n'
    lines = "    one += 1\n\n" * (body - 1)
    (tmp_path / "rules" / "many.py").write_text(f"def many(one: int) -> int:\n{told}{lines}    return one\n")
    assert long(tmp_path) == ({"rules.many:many": body + 1} if over else {})


def test_a_file_that_is_too_long_is_found(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "just.py").write_text("ONE = 1\n" * FILE)
    (tmp_path / "rules" / "over.py").write_text("ONE = 1\n" * (FILE + 1))
    assert tall(tmp_path) == {"rules.over": FILE + 1}
