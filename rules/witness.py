"""Witnesses: what the rules used of a case and nothing else, small enough to be kept with every decision.

A witness holds the facts in the policy's order, what was used of each cap, and what was left of the
budget. Together with the policy it gives the decision again, and every line of its explanation.
"""

import json
from datetime import date
from typing import Any, NamedTuple

from rules.faults import Fault, PackFaults
from rules.policy import Policy


def _no_float(text: str) -> None:
    raise ValueError(text)


_read = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).decode
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Unusable(NamedTuple):
    """Stands for a value of the wrong type or range, with how it looked; it blocks the case."""

    text: str


class Witness(NamedTuple):
    """What the rules used of a case: values in the order of `Program.names`, and the position in fen.

    What a round decided together adds (`rules.round`): ``share``, fen that a blocked case has of a budget
    that is shared out; ``unranked``, the facts whose absence kept it from its rank, or the parameters of the
    rank that are unset; ``by_rank``, the award under each reading of those, and ``most``, fen that the case
    holds at most, since under each reading others hold less.
    """

    values: tuple[Any, ...]
    used: tuple[int, ...]
    left: int | None
    share: int | None = None
    unranked: tuple[str, ...] = ()
    by_rank: tuple[tuple[str, int], ...] = ()
    most: int | None = None


def encode(witness: Witness) -> str:
    """The witness as one line of JSON: values, used, left; dates in ISO form.

    What a round adds stands behind these, where there is anything.
    """
    values = [
        value.isoformat() if isinstance(value, date) else [value.text] if type(value) is Unusable else value
        for value in witness.values
    ]
    row: list[Any] = [values, witness.used, witness.left]
    if witness.share is not None or witness.unranked:
        row += [witness.share, witness.unranked]
    if witness.by_rank:
        row += [witness.by_rank, witness.most]
    return _write(row)


def decode(policy: Policy, stored: str) -> Witness:
    """The witness that a stored line states under its policy.

    Raises:
        PackFaults: the line does not have the shape that the policy's rules use.
    """
    program = policy.program
    try:
        values, used, left, *more = _read(stored)
        added = bool(more)
        more += [None, (), (), None][len(more) :]
        share, unranked, by_rank, most = more
        if len(values) != len(program.names) or len(used) != len(program.scopes):
            raise ValueError
        for at, read in program.row.days:
            if type(values[at]) is str:
                values[at] = read(values[at])
        if list in map(type, values):
            values = [Unusable(str(value[0])) if type(value) is list else value for value in values]
        if {*map(type, used), *(type(fen or 0) for fen in (left, share, most))} != {int}:
            raise ValueError
        if added and not (share is not None or unranked):
            raise ValueError
        if not set(unranked) <= {*program.index, *(one.id for one in policy.pack.unset)}:
            raise ValueError
        ranks = tuple((str(label), int(fen)) for label, fen in by_rank)
    except (ValueError, TypeError) as error:
        raise PackFaults([Fault(1, 1, "witness.unreadable", {"pack": policy.pack.ref})]) from error
    return Witness(tuple(values), tuple(used), left, share, tuple(unranked), ranks, most)
