"""What the reading process answers to a request for invoices: the sources listed, or one message a source.

The process is `papers.reading.child`'s, with its limits. Messages are tuples, lists and texts alone.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from papers.invoices import one_file, originals
from papers.invoices.invoice import Finding, Invoice, Line, Place, Refusal, Seal, Source, Value
from papers.reading.unreadable import Unreadable

MODULE = __name__
MOST_SECONDS = 60.0
"""Of work, after which a process takes no further file; it is ended at `child.MOST_CPU_SECONDS`."""
Entry = Invoice | Refusal


def of(asked: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The messages that answer a request: ``("list", paths)`` or ``("read", sources)``."""
    ask, given = asked
    if ask == "list":
        for each in originals.listed(map(Path, given)):
            yield ("refused", *each.source, each.code) if isinstance(each, Refusal) else ("source", *each)
        return
    opened, began = originals.Opened(), time.process_time()
    for source in given:
        if time.process_time() - began > MOST_SECONDS:  # the rest is for the next process
            return
        yield ("read", [packed(entry) for entry in _read(opened, Source(*source))])


def _read(opened: originals.Opened, source: Source) -> list[Entry]:
    try:
        content = opened.content(source)
        source = source._replace(sha256=hashlib.sha256(content).hexdigest())
        return list(one_file.read(content, source))
    except Unreadable as error:
        return [Refusal(source, error.code)]
    except MemoryError:
        return [Refusal(source, "too_heavy")]


def packed(entry: Entry) -> tuple[Any, ...]:
    """An entry as plain tuples."""
    if isinstance(entry, Refusal):
        return (tuple(entry.source), entry.code)
    return (
        tuple(entry.source),
        {name: _flat(value) for name, value in entry.values.items()},
        [(*line[:-1], tuple(line.place)) for line in entry.lines],
        [(finding.code, dict(finding.params)) for finding in entry.findings],
        {name: [_flat(value) for value in each] for name, each in entry.others.items()},
        entry.pages,
        [tuple(seal) for seal in entry.seals],
    )


def _flat(value: Value) -> tuple[Any, ...]:
    return value.text, value.carrier, tuple(value.place)


def _value(flat: tuple[Any, ...]) -> Value:
    return Value(flat[0], flat[1], Place(*flat[2]))


def unpacked(flat: tuple[Any, ...]) -> Entry:
    """The entry that `packed` made flat."""
    source = Source(*flat[0])
    if len(flat) == 2:
        return Refusal(source, flat[1])
    _, values, lines, findings, others, pages, seals = flat
    return Invoice(
        source,
        {name: _value(each) for name, each in values.items()},
        tuple(Line(*line[:-1])._replace(place=Place(*line[-1])) for line in lines),
        tuple(Finding(code, params) for code, params in findings),
        {name: tuple(map(_value, each)) for name, each in others.items()},
        pages,
        tuple(Seal(*seal) for seal in seals),
    )
