"""The packs that come with the program, and packs from a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from casework.refused import Refused
from rules.faults import PackFaults
from rules.pack import Pack, load

POLICIES = Path(__file__).resolve().parent.parent / "resources" / "policies"
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


def from_file(path: Path) -> Pack:
    """The pack in a file.

    Raises:
        Refused: ``policy.faults`` where it has any (its sentence names the first and their number), or
            ``policy.not_text``.
        OSError: the file can't be opened.
    """
    try:
        return load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("policy.not_text", file=path.name) from error
    except PackFaults as error:
        first = error.faults[0]
        raise Refused(
            "policy.faults", file=path.name, count=len(error.faults), line=first.line, fault=first.code
        ) from error


def examples_beside(path: Path) -> str | None:
    """The example cases of a pack's file, which lie beside it as ``<pack>.examples.csv``."""
    beside = path.with_name(path.name.removesuffix(".toml") + ".examples.csv")
    return beside.read_text(encoding="utf-8-sig") if beside.is_file() else None


def named(name: str) -> tuple[tuple[Pack, ...], str]:
    """The packs to choose from and the scheme's id, for an id, ``id@version`` or a file.

    Raises:
        Refused: ``policy.unknown`` where there is neither such a pack nor such a file.
    """
    versions = tuple(pack for pack in shipped() if name in (pack.id, pack.ref))
    if versions:
        return versions, versions[0].id
    path = Path(name)
    if not path.is_file():
        raise Refused(
            "policy.unknown", policy=name, known=tuple(dict.fromkeys(pack.id for pack in shipped()))
        )
    pack = from_file(path)
    return (pack,), pack.id
