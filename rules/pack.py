"""Packs: what a policy says, as frozen values read from TOML.

A pack is data: conditions, tiers, the base, floors, stacking, caps, the budget, rounding, dates and the
office's own terms, each with the article it rests on and a grade of how far that source can be trusted.
A parameter that no source states is named under ``unset`` with its possible readings. `load` refuses a
pack with any fault and names each fault's line; `Pack.canonical` is what is stored and hashed.
The format is told by examples in ``docs/packs.md``.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from rules.facts import Fact
from rules.faults import Fault, FloatFound, PackFaults, Reader, Unset
from rules.parts import (
    Base,
    Budget,
    Cap,
    Condition,
    CostLine,
    Floor,
    Funder,
    OfficeTerm,
    Rounding,
    Rule,
    Source,
    Stacking,
    Tier,
    Total,
    UnsetParameter,
    Waiver,
)
from rules.schema import read_pack
from rules.toml_text import canonical, data_of, places

__all__ = ["Cap", "Condition", "Rule", "Source", "Stacking", "Tier"]


@dataclass(frozen=True)
class Pack:
    """One version of one policy. Equal canonical bytes make equal packs."""

    id: str
    version: str
    title: str
    title_en: str
    document: str
    document_title: str
    issuer: str
    bureau: str
    in_force_from: date
    in_force_until: date | None
    chosen_by: str
    mode: str
    payee: str
    facts: Mapping[str, Fact]
    unset: tuple[UnsetParameter, ...]
    conditions: tuple[Condition, ...]
    tiers: tuple[Tier, ...]
    totals: tuple[Total, ...]
    lines: tuple[CostLine, ...]
    base: Base
    floors: tuple[Floor, ...]
    stacking: tuple[Stacking, ...]
    caps: tuple[Cap, ...]
    budget: Budget | None
    funders: tuple[Funder, ...]
    rounding: tuple[Rounding, ...]
    office: Mapping[str, OfficeTerm]
    waivers: tuple[Waiver, ...]
    canonical: bytes = field(repr=False)

    @property
    def ref(self) -> str:
        """``id@version``, as decisions name it."""
        return f"{self.id}@{self.version}"

    @property
    def sha256(self) -> str:
        """Of the canonical bytes, in hexadecimal."""
        return hashlib.sha256(self.canonical).hexdigest()

    @property
    def decided_together(self) -> bool:
        """Whether its cases are decided together: its budget goes by rank or is shared out."""
        return self.budget is not None and self.budget.order != "first_come"

    @property
    def officers_own(self) -> frozenset[str]:
        """The facts that only an officer can say, never the applicant: the reason for a soft cap's overrun,
        a lower rate and its reason."""
        reasons = {cap.overrun_reason for cap in self.caps if cap.overrun_reason}
        rates = {name for tier in self.tiers if tier.up_to for name in tier.officer}
        return frozenset(reasons | rates)

    def rules(self) -> dict[str, Rule]:
        """Every rule that can decide a case, by its id, in the order of the calculation."""
        parts: tuple[tuple[Rule, ...], ...] = (
            self.conditions, self.tiers, self.lines, self.stacking, self.caps, self.floors,
            (self.budget,) if self.budget else (), self.funders,
        )  # fmt: skip
        return {rule.id: rule for part in parts for rule in part}

    def sources(self) -> dict[str, Source]:
        """Where each thing that can decide a case is written: the rules by their ids, a key of a rule with a
        source of its own as ``<rule>.<key>``, ``base``, and ``line``, ``step`` or ``end`` for what is rounded
        there."""
        found = {"base": self.base.source}
        found |= {each.where: each.source for each in self.rounding}
        for name, rule in self.rules().items():
            found[name] = rule.source
            found |= {f"{name}.{key}": source for key, source in rule.source_of}
        return {name: source for name, source in found.items() if source.grade}

    def in_force(self, on: date) -> bool:
        """Whether the pack is in force on a day: from its first day until before its end."""
        return self.in_force_from <= on and (self.in_force_until is None or on < self.in_force_until)

    @property
    def calculated(self) -> tuple[UnsetParameter, ...]:
        """The unset parameters that an award may hang on: not those of the office's acts alone, nor what a
        budget amounts to where no reading says (it then binds nothing until the office sets it)."""
        office = {term.value.id for term in self.office.values() if isinstance(term.value, Unset)}
        amount = self.budget.amount if self.budget else None
        budget = amount.id if isinstance(amount, Unset) else ""
        return tuple(one for one in self.unset if one.id not in office and (one.readings or one.id != budget))

    def parameter(self, name: str) -> UnsetParameter | None:
        """The unset parameter of that name."""
        return next((parameter for parameter in self.unset if parameter.id == name), None)


def load(text: str) -> Pack:
    """The pack that a TOML text states.

    Raises:
        PackFaults: the text has faults; none of it is loaded.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        data = data_of(text, FloatFound)
        reader = Reader(places(text))
        reader.no_floats(data)
    except (ValueError, RecursionError) as error:  # a ValueError besides TOML's own: a number too long
        raise PackFaults([syntax_fault(error, text)]) from error
    values = read_pack(reader, data)
    if reader.faults or values is None:
        raise PackFaults(reader.faults)
    return Pack(**values, canonical=canonical(data))


def syntax_fault(error: Exception, text: str) -> Fault:
    """Why a text is no TOML, and where."""
    if isinstance(error, RecursionError):
        return Fault(1, 1, "pack.too_deep", MappingProxyType({}))
    found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
    last = text.rstrip("\n").count("\n") + 1
    line, column = (int(found[1]), int(found[2])) if found else (last, 1)
    detail = str(error).split(" (at")[0]
    what = next((what for start, what in _SYNTAX.items() if detail.startswith(start)), "")
    code = f"pack.syntax.{what}" if what else "pack.syntax"
    return Fault(line, column, code, MappingProxyType({"detail": detail}))


_SYNTAX: Mapping[str, str] = MappingProxyType(
    {
        "Invalid value": "value",
        "Exceeds the limit": "value",
        "Invalid date": "date",
        "Expected '='": "line",
        "Invalid statement": "line",
        "Invalid initial character": "line",
        "Expected newline": "after",
        "Cannot": "twice",
        "Duplicate": "twice",
        "Expected ']": "bracket",
        "Unclosed": "open",
        "Unterminated": "quote",
        "Expected": "quote",
        "Unescaped": "backslash",
        "Escaped": "backslash",
        "Invalid hex": "backslash",
        "Illegal character": "character",
        "Found invalid": "character",
    }
)
"""What is no TOML, by how the parser's own words begin; what none of them says is told in its words."""
