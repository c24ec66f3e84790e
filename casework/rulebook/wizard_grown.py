"""What a pack that is being written says so far: its sentences before it is a pack.

A text with faults is no pack and is never one here either: what comes out is shown beside the form and goes
nowhere else. What is missing stands as ``……``; a rule that can't be read yet is left out.
"""

from collections.abc import Mapping
from types import MappingProxyType

from casework.rulebook.pack_in_words import Statement, told
from casework.rulebook.pack_wizard import Answers, from_text, row, spot, to_text
from rules.faults import Fault, PackFaults
from rules.pack import load

GAP = "……"
ROUNDS = 8
"""How often a text is looked at again: leaving out one rule may leave another without what it names."""
_TOP: Mapping[str, str] = MappingProxyType(
    {
        "id": "draft", "version": "0", "title": GAP, "document": GAP, "grade": "A", "mode": "quota",
        "payee": "buyer", "chosen_by": "applied_at", "in_force.from": "2000-01-01", "in_force.until": "",
        "in_force.article": GAP,
    }
)  # fmt: skip
"""What stands in for a key of the pack itself that is missing or can't be read."""
_TIER = {"id": "draft_tier", "otherwise": "true", "rate": "0", "article": GAP}
"""What stands in for tiers while there is none."""


def grown(text: str, lang: str) -> tuple[Statement, ...]:
    """The sentences of all rules of a text that can be read."""
    said = _dates(text)
    for _ in range(ROUNDS):
        try:
            statements = told(load(text), lang)
        except PackFaults as error:
            text = _mended(text, error.faults)
            continue
        dated = _dates(text) == said
        return tuple(
            one
            for one in statements
            if one.rule != _TIER["id"] and (dated or one.section != "force") and one.title != GAP
        )
    return ()


def _dates(text: str) -> tuple[str, ...]:
    top = from_text(text)[0].rows[0]
    return tuple(top.get(key) for key in ("in_force.from", "in_force.until", "chosen_by"))


def _mended(text: str, faults: tuple[Fault, ...]) -> str:
    """The text with gaps in the place of what is missing, without the rows that can't be read."""
    answers, rest = from_text(text)
    gone: set[int] = set()
    for fault in faults:
        place = spot(text, fault)
        lacks = str(fault.params.get("key", "")) if fault.code == "pack.missing_key" else ""
        if lacks == "grade":
            answers = answers.changing(0, {"grade": "A"})
        elif place.row is None:
            continue
        elif not answers.rows[place.row].table:
            answers = answers.changing(0, {place.key: _TOP[place.key]} if place.key in _TOP else {})
        elif lacks in ("article", "title", "note", "source"):
            answers = answers.changing(place.row, {lacks: GAP})
        else:
            gone.add(place.row)
    kept = Answers(tuple(one for at, one in enumerate(answers.rows) if at not in gone))
    if not kept.of("tier"):
        kept = kept.adding(row("tier", _TIER))
    return to_text(kept, rest)
