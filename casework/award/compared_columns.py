"""The columns of a stored decision that replay calculates again and compares."""

from typing import Any

from rules.decide import BLOCKED, Decision

COMPARED = (
    "status",
    "pack",
    "tier",
    "rate",
    "base_fen",
    "computed",
    "computed_fen",
    "award_fen",
    "binding",
    "reasons",
    "readings",
    "holds_fen",
    "split",
    "used",
    "left_fen",
)
"""The columns that are compared; the trace comes on top."""

_NOTHING = dict.fromkeys(COMPARED, "") | dict.fromkeys(("base_fen", "computed_fen", "award_fen", "left_fen"))
NO_PACK = tuple((_NOTHING | {"status": BLOCKED, "reasons": "no_pack", "holds_fen": 0}).values())
"""The columns of a case for which no pack is in force, in the order of `COMPARED`."""


def columns_of(answer: Decision) -> tuple[Any, ...]:
    """A decision of the rules as its columns, in the order of `COMPARED`."""
    computed = answer.computed
    plain = len(computed) == 1
    return (
        answer.status,
        answer.pack,
        answer.tier,
        answer.rate,
        answer.base_fen,
        str(computed[0]) if plain else ";".join(map(str, computed)),
        computed[0] if plain else None,
        answer.award_fen,
        answer.binding,
        ";".join(answer.reasons),
        ";".join([f"{label}:{'' if fen is None else fen}" for label, fen in answer.readings]),
        answer.holds_fen,
        ";".join([f"{funder}:{fen}" for funder, fen in answer.split]),
        ";".join(map(str, answer.witness.used)),
        answer.witness.left,
    )
