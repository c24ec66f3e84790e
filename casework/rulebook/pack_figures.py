"""The figures of a pack that a what-if may change: rates, fixed sums, caps, floors, shares and the budget.

A cap that is written in counts at a price is not among them: it is no amount."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from rules.pack import Pack
from rules.toml_text import data_of

KEYS = ("rate", "fixed", "limit", "overrun_limit", "at_least", "share", "amount")
AMOUNTS = ("fixed", "limit", "overrun_limit", "at_least", "amount")
"""Those of `KEYS` that are amounts; the others are rates."""
ELSEWHERE = ("fact", "unset", "funder")
"""Tables without such figures, or (funders) whose figures hang together."""


class Figure(NamedTuple):
    """One figure: ``<rule>.<key>`` as `casework.award.whatif.changed` takes it, and its value as the pack
    writes it (empty while it is unset)."""

    name: str
    title: str
    title_en: str
    key: str
    value: str


def figures(pack: Pack) -> tuple[Figure, ...]:
    """The figures of a pack, in the order of its rules."""
    data = data_of(pack.canonical.decode())
    found = {figure.name: figure for figure in _figures(pack, data)}
    order = list(pack.rules())
    ranks = {name: at for at, name in enumerate(order)}
    return tuple(sorted(found.values(), key=lambda one: ranks.get(one.name.rpartition(".")[0], len(ranks))))


def _figures(pack: Pack, data: dict[str, Any]) -> Iterator[Figure]:
    rules = pack.rules()
    for name, value in data.items():
        for table in value if isinstance(value, list) else [value]:
            if not isinstance(table, dict) or name in ELSEWHERE:
                continue
            rule = rules.get(table.get("id", "budget" if name == "budget" else ""))
            for key in KEYS if rule is not None else ():
                counts = "price" in table and key == "limit"
                if key in table and rule is not None and not counts:
                    said = table[key] if isinstance(table[key], str) else ""
                    yield Figure(f"{rule.id}.{key}", rule.title, rule.title_en, key, said)
