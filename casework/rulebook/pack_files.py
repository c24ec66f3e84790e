"""Packs from a file, or by their name."""

from __future__ import annotations

from pathlib import Path

import words
from casework.core.refused import Refused
from casework.rulebook.shipped_packs import MOST_BYTES, shipped
from rules.faults import Fault, PackFaults
from rules.pack import Pack, load
from words import machine


def from_file(path: Path) -> Pack:
    """The pack in a file.

    Raises:
        Refused: ``policy.faults`` where it has any (its sentence tells each with its line), or
            ``policy.not_text``.
        OSError: the file can't be opened.
    """
    try:
        return load(machine.read_bytes(path, MOST_BYTES).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("policy.not_text", file=path.name) from error
    except PackFaults as error:
        told = FaultsTold(error.faults)
        raise Refused("policy.faults", file=path.name, count=len(told), faults=told) from error


class FaultsTold(tuple[Fault, ...]):
    """Faults of a pack, each in its own sentence with its line."""

    def say(self, lang: str) -> str:
        """The sentences, in the order of the text."""
        return " ".join(
            words.say("policy.fault", lang, line=one.line, said=words.say(one.code, lang, **one.params))
            for one in self
        )


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
