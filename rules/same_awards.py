"""Whether two packs of one version award alike, whatever happens: in which case one is only the other mended.

Grades, titles, articles, notes and what names the evidence can be mended in a version that is in force.
Everything else that a pack says can change an award, who gets it, or a term of the office's own acts, and is
a new version: also the headings under which a fact is found in a file, and the order of rules.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from rules.facts import Fact
from rules.pack import Pack
from rules.parts import Source

TEXT = ("title", "title_en", "note", "evidence", "source", "source_of")
"""The fields of a rule, a reading or a parameter that are there to be read."""
OF_THE_PACK = ("title", "title_en", "document", "document_title", "issuer", "bureau", "waivers", "canonical")
"""The same of the pack itself, with the checks that it waives."""
SECTIONS = {
    "conditions": "condition", "tiers": "tier", "totals": "sum", "lines": "line", "floors": "floor",
    "caps": "cap", "funders": "funder",
}  # fmt: skip


def differing(before: Pack, after: Pack) -> tuple[str, ...]:
    """What two packs of one version say differently that can change an award: ids of rules, else the names of
    tables and keys. Empty where one is only the other mended."""
    found: dict[str, None] = {}
    for field in dataclasses.fields(Pack):
        if field.name in OF_THE_PACK:
            continue
        old, new = getattr(before, field.name), getattr(after, field.name)
        if bare(old) != bare(new):
            found |= dict.fromkeys(_named(field.name, old, new))
    return tuple(found)


def _named(name: str, old: Any, new: Any) -> Iterator[str]:
    """The members of a list that differ, else the list itself (its order)."""
    olds, news = _by_id(old), _by_id(new)
    told = [one for one in {**olds, **news} if olds.get(one) != news.get(one)]
    yield from told or [SECTIONS.get(name, name)]


def _by_id(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {str(name): bare(member) for name, member in value.items()}
    if isinstance(value, tuple):
        return {each.id: bare(each) for each in value if hasattr(each, "id")}
    return {}


def bare(value: Any) -> Any:
    """A value of a pack without what is only there to be read. A fact stays whole: its column in a file is
    found by its title too."""
    if isinstance(value, Source):
        return None
    if isinstance(value, Fact):
        return value
    if isinstance(value, tuple):
        return tuple(bare(member) for member in value)
    if isinstance(value, Mapping):
        return {name: bare(member) for name, member in value.items()}
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value) if field.name not in TEXT]
        return (type(value).__name__, *((name, bare(getattr(value, name))) for name in names))
    return value
