"""The banks' files that ship with the program: to begin from, and the treasury's."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from papers.banks import bank_toml
from papers.banks.answer_toml import Answer
from papers.banks.bank_fault import BankFault

FOLDER = Path(str(resources.files("resources") / "banks"))
TREASURY = "treasury"


def names() -> tuple[str, ...]:
    """The names of the files, without their ending."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def path_of(name: str) -> Path:
    """Where a file lies.

    Raises:
        BankFault: there is none of this name.
    """
    if name not in names():
        raise BankFault("bank.no_such", name=name, names=names())
    return FOLDER / f"{name}.toml"


@cache
def treasury() -> Answer:
    """How the treasury's receipt is read."""
    found = bank_toml.load(path_of(TREASURY)).answer
    assert found is not None
    return found
