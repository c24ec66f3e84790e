"""What is asked of a pack before it may be proposed: no fault of its text, its checks or its examples.

`policy check` only warns where examples are missing or leave a rule out; whoever adopts a pack must show
them, and they are kept beside it, so that anyone can run them again as long as the office lasts.
"""

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlmodel import Session, col

import models
import words
from casework.core.holidays import calendar
from casework.core.refused import Refused
from casework.core.stored_files import store_content
from casework.rulebook.rule_titles import pack_called
from rules.check import Finding, Report, check
from rules.faults import PackFaults
from rules.pack import Pack, load
from rules.same_awards import differing

MUST_BE_SHOWN = ("check.no_examples", "check.never_decides", "check.always_decides")
"""Warnings of the check that are faults here."""
EXAMPLES = "text/csv"


class PackRefused(Refused):
    """A pack that is not taken in, with every fault in `faults`."""

    def __init__(self, faults: Sequence[Finding]) -> None:
        first = faults[0]
        super().__init__("refused.pack_faults", count=len(faults), line=first.line, fault=first.code)
        self.faults = tuple(faults)

    def say(self, lang: str = words.DEFAULT) -> str:
        """How many faults there are, and each with its line."""
        return words.say("refused.pack_faults", lang, count=len(self.faults), faults=self.lines(lang))

    say_with_ids = say

    def lines(self, lang: str = words.DEFAULT) -> list[str]:
        """Each fault in one sentence, with its line."""
        return [
            words.say(
                "refused.pack_fault", lang, line=one.line, say=words.say(one.code, lang, **one.params)
            ).rstrip("。.")
            for one in self.faults
        ]


def adoptable(session: Session, text: str, examples: str) -> Pack:
    """The pack of a text that may be proposed.

    Args:
        text: the pack as TOML.
        examples: the CSV of its example cases; empty where there is none.

    Raises:
        PackRefused: the pack has a fault; none of it is taken.
        Refused: `refused.pack_exists`: these very bytes are there; `refused.pack_waits`: another text of the
            version is proposed; `refused.pack_awards_otherwise`: the version is in force and says something
            else that can change an award; `refused.pack_overlaps`, with both names.
    """
    try:
        pack = load(text)
    except PackFaults as error:
        raise PackRefused([Finding(*fault) for fault in error.faults]) from error
    held = same_version(session, pack)
    if any(row.sha256 == pack.sha256 for row in held):
        raise Refused("refused.pack_exists", pack=pack_called(pack))
    if any(row.state == "proposed" for row in held):
        raise Refused("refused.pack_waits", pack=pack_called(pack))
    must_award_alike(session, pack)
    must_not_overlap(session, pack)
    report = checked(session, pack, text, examples)
    if not report.ok:
        raise PackRefused(report.faults)
    return pack


def checked(session: Session, pack: Pack, text: str, examples: str) -> Report:
    """The check of a pack beside the versions in force here, as its adoption asks it."""
    report = check(text, list(versions(session, pack)), examples or None, calendar())
    faults = (*report.faults, *(one for one in report.warnings if one.code in MUST_BE_SHOWN))
    warnings = tuple(one for one in report.warnings if one.code not in MUST_BE_SHOWN)
    return Report(tuple(sorted(faults, key=lambda one: (one.line, one.column))), warnings)


def same_version(session: Session, pack: Pack) -> Sequence[models.Pack]:
    """The rows of a pack's version, whatever their bytes."""
    table = models.Pack
    rows = select(table).where(col(table.scheme) == pack.id, col(table.version) == pack.version)
    return session.execute(rows).scalars().all()


def must_award_alike(session: Session, pack: Pack) -> models.Pack | None:
    """The row of the same version that is in force, of which this pack is only the mended text.

    Raises:
        Refused: `refused.pack_awards_otherwise`, with what differs.
    """
    row = next((row for row in same_version(session, pack) if row.state == "confirmed"), None)
    what = () if row is None else differing(load(bytes(row.canonical).decode()), pack)
    if what:
        raise Refused("refused.pack_awards_otherwise", pack=pack_called(pack), what=what)
    return row


def must_not_overlap(session: Session, pack: Pack) -> None:
    """Refuse a version that holds on a day on which another in force does, with both names."""
    for other in versions(session, pack):
        begins = max(pack.in_force_from, other.in_force_from)
        if all(end is None or begins < end for end in (pack.in_force_until, other.in_force_until)):
            raise Refused("refused.pack_overlaps", pack=pack_called(pack), other=pack_called(other))


def versions(session: Session, pack: Pack) -> Iterator[Pack]:
    """The other versions of a scheme that the office has in force, each until it ends or was withdrawn."""
    table = models.Pack
    rows = select(table).where(
        col(table.scheme) == pack.id, col(table.version) != pack.version, col(table.state) == "confirmed"
    )
    for row in session.execute(rows).scalars():
        other = load(bytes(row.canonical).decode())
        ends = [day for day in (other.in_force_until, row.withdrawn_on) if day is not None]
        if min(ends, default=None) != other.in_force_until:
            other = dataclasses.replace(other, in_force_until=min(ends))
        if other.in_force_until is None or other.in_force_until > other.in_force_from:
            yield other


# -- the examples beside it ------------------------------------------------------------------------------


def keep_examples(session: Session, text: str | None) -> str | None:
    """Keep example cases by their hash, and return it."""
    if not text:
        return None
    body = text.encode()
    sha256 = hashlib.sha256(body).hexdigest()
    store_content(session, sha256, EXAMPLES, body)
    return sha256


def examples_of(session: Session, row: models.Pack) -> str | None:
    """The example cases that are kept with a pack."""
    if row.examples_sha256 is None:
        return None
    return bytes(session.get_one(models.Content, row.examples_sha256).body).decode()
