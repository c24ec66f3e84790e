"""The packs that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rules.pack import Pack, load
from rules.same_awards import differing
from words import machine

POLICIES = Path(__file__).resolve().parents[2] / "resources" / "policies"
DEFAULT = "shenzhen-training-voucher"


@cache
def shipped() -> tuple[Pack, ...]:
    """Every pack under ``resources/policies``, by id and version."""
    packs = [load(path.read_text(encoding="utf-8")) for path in POLICIES.rglob("*.toml")]
    return tuple(sorted(packs, key=lambda pack: (pack.id, pack.in_force_from, pack.version)))


@cache
def shipped_examples() -> Mapping[str, str]:
    """The example cases of the shipped packs, by the hash of their pack."""
    found = {}
    for path in POLICIES.rglob("*.toml"):
        examples = examples_beside(path)
        if examples is not None:
            found[load(path.read_text(encoding="utf-8")).sha256] = examples
    return found


MOST_BYTES = 4_000_000
"""The largest file of a pack, or of its examples, that is read."""


def mended_text(pack: Pack) -> Pack | None:
    """The text of this very version that the program brings, where it is another and awards alike."""
    found = next((one for one in shipped() if one.ref == pack.ref), None)
    return None if found is None or found.sha256 == pack.sha256 or differing(pack, found) else found


def place_of_examples(path: Path) -> Path:
    """Where the example cases of a pack's file lie."""
    return path.with_name(path.name.removesuffix(".toml") + ".examples.csv")


def examples_beside(path: Path) -> str | None:
    """The example cases of a pack's file, which lie beside it as ``<pack>.examples.csv``."""
    beside = place_of_examples(path)
    return machine.read_bytes(beside, MOST_BYTES).decode("utf-8-sig") if beside.is_file() else None
