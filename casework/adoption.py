"""What is asked of a pack before it may be proposed: no fault of its text, its checks or its examples.

`policy check` only warns where examples are missing or leave a rule out; whoever adopts a pack must show
them.
That no other version holds on the same days is asked when the pack is confirmed.
"""

import dataclasses
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

import models
from casework.refused import Refused
from rules.check import Finding, check
from rules.faults import PackFaults
from rules.pack import Pack, load

MUST_BE_SHOWN = ("check.no_examples", "check.never_decides", "check.always_decides")
"""Warnings of the check that are faults here."""

ASKED_LATER = ("check.overlap", "check.same_version")
"""Faults that have a refusal of their own, with both names."""


def adoptable(session: Session, text: str, examples: str) -> Pack:
    """The pack of a text that may be proposed.

    Args:
        text: the pack as TOML.
        examples: the CSV of its example cases; empty where there is none.

    Raises:
        Refused: `refused.pack_faults`: how many there are, with the line and the code of the first.
    """
    try:
        pack = load(text)
    except PackFaults as fault:
        raise _refusal([Finding(*one) for one in fault.faults]) from fault
    report = check(text, list(versions(session, pack)), examples or None)
    faults = [one for one in report.faults if one.code not in ASKED_LATER]
    faults += [one for one in report.warnings if one.code in MUST_BE_SHOWN]
    if faults:
        raise _refusal(faults)
    return pack


def _refusal(faults: list[Finding]) -> Refused:
    first = faults[0]
    return Refused("refused.pack_faults", count=len(faults), line=first.line, fault=first.code)


def versions(session: Session, pack: Pack) -> Iterator[Pack]:
    """The other versions of a scheme that the office has in force, each until it ends or was withdrawn."""
    table = models.Pack
    rows = select(table).where(
        col(table.pack_id) == pack.id, col(table.version) != pack.version, col(table.state) == "confirmed"
    )
    for row in session.execute(rows).scalars():
        other = load(bytes(row.canonical).decode())
        ends = [day for day in (other.in_force_until, row.withdrawn_on) if day is not None]
        if min(ends, default=None) != other.in_force_until:
            other = dataclasses.replace(other, in_force_until=min(ends))
        if other.in_force_until is None or other.in_force_until > other.in_force_from:
            yield other
