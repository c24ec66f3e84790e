"""Invoices that are handed in together: the same one twice, and red ones that take from blue ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers.invoices.invoice import FIELDS, Finding, Invoice, Refusal
from papers.invoices.joined import NOT_COMPARED, same


def by_identity(invoices: Iterable[Invoice | Refusal]) -> dict[str, list[Invoice]]:
    """The invoices that are one, in the order given; what can't be told by its identity stands alone."""
    found: dict[str, list[Invoice]] = {}
    for number, each in enumerate(invoices):
        if isinstance(each, Invoice):
            found.setdefault(each.identity or f"?{number}", []).append(each)
    return found


def judged(entries: Iterable[Invoice | Refusal]) -> list[Invoice | Refusal]:
    """The same entries with what is found among them: `same_invoice` on a later one, `same_differs` where the
    two say different things, `reversed` on a blue one from which a red one takes."""
    given = list(entries)
    groups = by_identity(given)
    reds = [group[0] for group in groups.values() if group[0].red]
    more: dict[int, list[Finding]] = {}
    for group in groups.values():
        for at, each in enumerate(group):
            found = more.setdefault(id(each), [])
            if at:
                found.append(Finding("same_invoice", {"file": group[0].source.name}))
                found += _differ(group[0], each)
            else:
                found += _reversed(each, reds)
    return [each.with_findings(*more[id(each)]) if isinstance(each, Invoice) else each for each in given]


def _differ(first: Invoice, later: Invoice) -> Iterator[Finding]:
    """Fields that two files say differently of one invoice."""
    for field in FIELDS:
        one, two = first.values.get(field), later.values.get(field)
        if one and two and field not in NOT_COMPARED and not same(field, one, two):
            params = {"field": field, "first": one.text, "other": two.text, "file": first.source.name}
            yield Finding("same_differs", params)


def _reversed(blue: Invoice, reds: list[Invoice]) -> Iterator[Finding]:
    """Each red one that names a blue one: its file and what it takes."""
    for red in reds:
        if not blue.red and blue.identity and red.text("original") == blue.identity:
            taken = red.fen("gross") or red.fen("net") or 0
            params = {"file": red.source.name, "number": red.identity, "taken_fen": abs(taken)}
            yield Finding("reversed", params)


def left_fen(invoices: Iterable[Invoice | Refusal]) -> dict[str, int]:
    """What counts of each blue invoice, by identity, in fen: its gross less that of all known red ones.

    Red ones without their blue one are in no sum: they wait for it. One that appears twice counts once.
    """
    groups = by_identity(invoices)
    left = {name: group[0].fen("gross") or 0 for name, group in groups.items() if not group[0].red}
    for group in groups.values():
        red = group[0]
        if red.red and (blue := red.text("original")) in left:
            left[blue] -= abs(red.fen("gross") or 0)
    return left
