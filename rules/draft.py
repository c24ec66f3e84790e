"""A pack while it is read: what has been declared so far, and the checks that every table shares.

The schema's parts (`rules.schema`, `rules.schema_names`, `rules.schema_rules`, `rules.schema_agree`)
are functions over one `Draft`. They note faults in it and go on, so that all are told at once.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from rules.facts import STANDARD, Fact
from rules.faults import NOWHERE, Key, Reader
from rules.parts import BASE, BASE_FACT, Rule, Source, Total, UnsetParameter
from rules.toml_text import Path

SOURCE = {
    "article": Key("text", needed=True),
    "document": Key("text"),
    "document_title": Key("text"),
    "grade": Key("grade"),
    "note": Key("text"),
}
APART = {**SOURCE, "article": Key("text")}
"""The source of one key of a rule; only what stands in no source has no article."""
RULE = {
    "id": Key("id", needed=True),
    "title": Key("text"),
    "title_en": Key("text"),
    "source_of": Key("any"),
    **SOURCE,
}
RESERVED = ("rate", "rounding", "tier", "no_pack")
"""Ids that decisions use for what is no rule of its own."""

RuleT = TypeVar("RuleT", bound=Rule)


class Draft:
    """The data of a pack, what it declares, and where each rule stands in the text."""

    def __init__(self, reader: Reader, data: Mapping[str, Any], top: Mapping[str, Any]) -> None:
        self.reader, self.data, self.top = reader, data, top
        self.known: dict[str, Fact] = dict(STANDARD)
        self.declared: dict[str, Fact] = {}
        self.totals: dict[str, Total] = {}
        self.unset: dict[str, UnsetParameter] = {}
        self.paths: dict[str, Path] = {}

    @property
    def testable(self) -> Mapping[str, Fact]:
        """What a test may name: every fact and sum, and the base as it is calculated."""
        return {BASE: BASE_FACT, **self.known}

    def fault(self, path: Path, code: str, **params: object) -> None:
        """Notes a fault at the place of ``path``."""
        self.reader.fault(path, code, **params)

    def rules(
        self, name: str, build: Callable[["Draft", Path, Mapping[str, Any]], RuleT | None]
    ) -> tuple[RuleT, ...]:
        """The rules of one kind, each built from its table."""
        rules = []
        for path, raw in self.reader.tables(self.data.get(name), (name,)):
            if not isinstance(raw, Mapping):
                self.fault(path, "pack.not_table", key=name)
                continue
            rule = build(self, path, raw)
            if rule is not None:
                self.once(rule, path)
                rules.append(dataclasses.replace(rule, source_of=self.source_of(raw, path)))
        return tuple(rules)

    def once(self, rule: Rule, path: Path) -> None:
        """Keeps the rule's place; a second rule of its id is a fault."""
        if rule.id in RESERVED:
            self.fault((*path, "id"), "pack.reserved_id", id=rule.id)
        elif rule.id in self.paths:
            self.fault((*path, "id"), "pack.twice", id=rule.id)
        self.paths[rule.id] = path

    def head(self, row: Mapping[str, Any], path: Path, default_id: str = "") -> tuple[str, str, str, Source]:
        """What every rule begins with: id, title, English title, source."""
        name = str(row["id"] or default_id)
        title = str(row["title"] or name)
        return name, title, str(row["title_en"] or name.replace("_", " ")), self.source(row, path, name)

    def source(self, row: Mapping[str, Any], path: Path, name: str) -> Source:
        """Where a table's rule is written; document and grade may stand once for the whole pack."""
        grade = row["grade"] or self.top["grade"]
        if not grade and self.data.get("grade") is None:  # one that can't be read was told
            self.fault(path, "pack.missing_key", key="grade", table=name)
        return Source(
            str(row["document"] or self.top["document"]),
            str(row["article"] or ""),
            str(grade),
            str(row["document_title"] or ""),
            str(row["note"] or ""),
        )

    def source_of(self, raw: Mapping[str, Any], path: Path) -> tuple[tuple[str, Source], ...]:
        """The sources of those keys of a rule that have their own."""
        given, path = raw.get("source_of"), (*path, "source_of")
        if given is None:
            return ()
        if not isinstance(given, Mapping):
            self.fault(path, "pack.not_table", key="source_of")
            return ()
        found = []
        for name, member in given.items():
            place = (*path, name)
            row = self.reader.table(member, place, APART)
            if name not in raw or name in RULE:
                self.fault(place, "pack.source_of", key=name)
            if (row["article"] is None) != (row["grade"] == NOWHERE):
                self.fault(place, "pack.source_article", key=name)
            found.append((name, self.source(row, place, name)))
        return tuple(found)

    def need_fact(self, path: Path, name: object, kind: str = "") -> None:
        """A fault unless the fact is known and, where ``kind`` is given, of that type."""
        if not isinstance(name, str):
            return
        if name not in self.known:
            self.reader.unknown_fact(path, name)
        elif kind and self.known[name].type != kind:
            self.fault(path, "pack.fact_type", fact=name, found=self.known[name].type, needed=kind)

    def holds_reason(self, name: str) -> None:
        """A fact that is asked for a reason: an answer that gives none is empty where it is read."""
        if name in self.declared:
            self.known[name] = self.declared[name] = replace(self.declared[name], says="reason")

    def one_of(self, path: Path, value: object, words: tuple[str, ...]) -> None:
        """A fault unless the value is one of the words (a missing value has had its own)."""
        if value is not None and value not in words:
            choices = ", ".join(words)
            self.fault(path, "pack.not_a_choice", fact=str(path[-1]), value=str(value), choices=choices)


def listed(value: object) -> tuple[Any, ...]:
    """The members of a list that was read, none where it could not be."""
    return value if isinstance(value, tuple) else ()


def texts(value: object) -> tuple[str, ...]:
    """The members of a list of texts without those that could not be read."""
    return tuple(str(member) for member in listed(value) if member is not None)
