"""Policies: a pack and the office's supplements, chosen by date, ready to decide with.

A supplement is the office's own dated act: two people set a parameter that the pack leaves unset. The
policy of a decision is the pack and the supplements in force on the day of the decision, in order; its
hash is over exactly their canonical bytes, so whoever has those bytes has the whole rule.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any

from rules.counter_keys import Name, Scope, budget_named
from rules.facts import FROM_ISO, STANDARD, Fact, Facts, Value
from rules.faults import Fault, PackFaults, Reader, Unset
from rules.pack import Pack, load
from rules.parts import Reading, UnsetParameter
from rules.predicate import Span
from rules.program import Program
from rules.toml_text import canonical, data_of
from rules.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Supplement:
    """The office sets one unset parameter of one pack, from a day until before another.

    ``value`` is the id of a reading, or a value of the parameter's type as a pack would write it.
    ``source`` says which act of the office it rests on; ``grade`` is ``office``, or ``made-up`` in a
    demonstration.
    """

    pack: str
    parameter: str
    value: str
    from_on: date
    until: date | None
    source: str
    grade: str = "office"

    @property
    def canonical(self) -> bytes:
        """The bytes that are stored and hashed."""
        data = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return canonical({name: value for name, value in data.items() if value is not None})

    @property
    def sha256(self) -> str:
        """Of the canonical bytes, in hexadecimal."""
        return hashlib.sha256(self.canonical).hexdigest()

    @classmethod
    def parse(cls, stored: bytes) -> "Supplement":
        """The supplement that stored canonical bytes state.

        Raises:
            PackFaults: the bytes are not those of a supplement.
        """
        try:
            supplement = cls(**{"until": None, **data_of(stored.decode())})
            known = supplement.canonical == stored
        except (ValueError, TypeError, RecursionError) as error:
            raise PackFaults([_UNREADABLE]) from error
        if not known or not isinstance(supplement.from_on, date):
            raise PackFaults([_UNREADABLE])
        return supplement

    def in_force(self, on: date) -> bool:
        """Whether it is in force on a day (half-open)."""
        return self.from_on <= on and (self.until is None or on < self.until)


_UNREADABLE = Fault(1, 1, "supplement.unreadable", MappingProxyType({}))


def settled_value(parameter: UnsetParameter, text: str) -> Any:
    """What a supplement's text means for a parameter: a reading's value, or a value of its type.

    Raises:
        PackFaults: it is neither; a choice or a fact must be one of the readings.
    """
    for reading in parameter.readings:
        if reading.id == text:
            return reading.value
    kind = parameter.type
    raw: object = text
    if kind in ("months", "days", "integer") and text.isdecimal() and len(text) < 16:
        raw = int(text)
    elif kind in FROM_ISO:
        with suppress(ValueError):  # the reader names the fault
            raw = FROM_ISO[kind](text)
    reader = Reader({})
    if kind in ("choice", "fact") and parameter.readings:
        known = ", ".join(reading.id for reading in parameter.readings)
        reader.fault((), "supplement.not_a_reading", parameter=parameter.id, value=text, readings=known)
    value = reader.value(raw, (parameter.id,), kind)
    if reader.faults:
        raise PackFaults(reader.faults)
    return value


class Policy:
    """A pack with the supplements in force, compiled. Immutable: two of equal hash decide alike what is
    stored.

    ``calendar``: by which working days are counted where facts are read; their count is kept with a decision.
    Without one it is not known.

    Raises:
        PackFaults: a supplement sets a parameter that the pack does not leave unset, or no such value.
    """

    def __init__(
        self, pack: Pack, supplements: Iterable[Supplement] = (), calendar: Calendar | None = None
    ) -> None:
        self.pack, self.calendar = pack, calendar
        self.supplements = tuple(supplements)
        self._settled = self._settle()
        self.settled: Mapping[str, Any] = MappingProxyType(self._settled)
        filled = fill(pack, self._settled)
        self.program = Program(filled, self.open_parameters, self._facts(), calendar)
        self.rules = filled

    def _settle(self) -> dict[str, Any]:
        settled: dict[str, Any] = {}
        for supplement in self.supplements:
            parameter = self.pack.parameter(supplement.parameter)
            if parameter is None or supplement.pack != self.pack.id:
                params = MappingProxyType({"parameter": supplement.parameter, "pack": self.pack.ref})
                raise PackFaults([Fault(1, 1, "supplement.unknown_parameter", params)])
            settled[parameter.id] = settled_value(parameter, supplement.value)
        return settled

    def _facts(self) -> Mapping[str, Fact]:
        return {**STANDARD, **self.pack.facts}

    @property
    def ref(self) -> str:
        """The pack's id and version."""
        return self.pack.ref

    @cached_property
    def sha256(self) -> str:
        """Of the pack's canonical bytes and then each supplement's, in order."""
        digest = hashlib.sha256(self.pack.canonical)
        for supplement in self.supplements:
            digest.update(supplement.canonical)
        return digest.hexdigest()

    @cached_property
    def open_parameters(self) -> tuple[UnsetParameter, ...]:
        """The parameters still unset, with their readings, in the pack's order."""
        return tuple(parameter for parameter in self.pack.unset if parameter.id not in self._settled)

    @property
    def caps(self) -> tuple[Scope, ...]:
        """The counters that awards draw on, in the order of `Position.used`."""
        return self.program.scopes

    def cap_keys(self, facts: Facts) -> tuple[str, ...]:
        """The counter each cap draws on in this case (``scheme/cap/applicant/year``)."""
        known = self.known(facts) if self._counts_by_defaults else facts
        if len(self._counters) == 1:  # as most packs have it
            return (self._counters[0](known),)
        return tuple([name(known) for name in self._counters])

    def known(self, facts: Facts) -> Facts:
        """The facts of a case with what stands in for those that are blank."""
        return {**facts, **dict(zip(self.program.names, self.values(facts), strict=True))}

    @cached_property
    def _counts_by_defaults(self) -> bool:
        counted = {name for scope in self.caps for name in self.program.scope_facts(scope)}
        return any(fact.default is not None for fact in self.program.facts if fact.id in counted)

    @cached_property
    def _counters(self) -> tuple[Name, ...]:
        return tuple(scope.named(self.pack) for scope in self.program.scopes)

    @cached_property
    def tiered(self) -> bool:
        """Whether some counter is one tier's own."""
        return any(scope.tier for scope in self.caps)

    def drawn(self, keys: tuple[str, ...], tier: str) -> tuple[str, ...]:
        """Those of a case's counters (`cap_keys`) that its decision draws on.

        A counter of one tier is not drawn on by a case that is surely of another (``tier``: as the decision
        has it, alternatives joined by ``;``, empty where it is not known); `rules.decide.drawn` tells
        more of a blocked case.
        """
        if not tier or not self.tiered:
            return keys
        tiers = tier.split(";")
        return tuple(
            [key for scope, key in zip(self.caps, keys, strict=True) if not scope.tier or scope.tier in tiers]
        )

    def budget_key(self, facts: Facts) -> str | None:
        """The budget the case draws on, like ``shenzhen-training-voucher/2026``; ``None`` without one."""
        return self._budget(facts)

    @cached_property
    def _budget(self) -> Callable[[Facts], str | None]:
        return budget_named(self.pack)

    @property
    def budget_amount_fen(self) -> int | None:
        """The budget's amount as the pack states it; ``None`` where there is none or it is unset."""
        amount = self.rules.budget.amount if self.rules.budget else None
        return amount if isinstance(amount, int) else None

    @cached_property
    def holds(self) -> bool:
        """Whether a blocked case keeps money back also where no office does, as its pack says."""
        return self.rules.budget is not None and self.rules.budget.blocked == "hold"

    @cached_property
    def frees(self) -> bool:
        """Whether a blocked case keeps no money back, as its pack says."""
        return self.rules.budget is not None and self.rules.budget.blocked == "ignore"

    @property
    def decided_together(self) -> bool:
        """Whether its cases are decided together, as its pack says."""
        return self.pack.decided_together

    def office(self, name: str) -> int | str | None:
        """A term of the office's own acts (like ``publicity_days``); ``None`` while it is unset."""
        term = self.rules.office.get(name)
        return None if term is None or isinstance(term.value, Unset) else term.value

    @property
    def spans(self) -> tuple[Span, ...]:
        """The working days that its tests ask for."""
        return self.program.spans

    def unknown_years(self, facts: Facts) -> set[int]:
        """The years in which a case asks for working days and the calendar knows no holidays."""
        found: set[int] = set()
        for span in self.program.spans:
            first, last = facts.get(span.after), facts.get(span.fact)
            if isinstance(first, date) and isinstance(last, date) and first.toordinal() < last.toordinal():
                known = self.calendar.sources if self.calendar else {}
                found |= {year for year in range(first.year, last.year + 1) if year not in known}
        return found

    def values(self, facts: Facts) -> tuple[Value, ...]:
        """What the rules use of a case, in the order of the witness, with defaults filled in."""
        return self.program.values(facts)


def fill(value: Any, settled: Mapping[str, Any]) -> Any:
    """The same value with every settled unset parameter replaced by what it was set to."""
    if isinstance(value, Unset):
        return settled.get(value.id, value)
    if isinstance(value, tuple):
        return tuple(fill(member, settled) for member in value)
    if isinstance(value, Mapping):
        return MappingProxyType({name: fill(member, settled) for name, member in value.items()})
    if dataclasses.is_dataclass(value) and not isinstance(value, type | UnsetParameter | Reading | Fact):
        changes = {
            field.name: fill(getattr(value, field.name), settled) for field in dataclasses.fields(value)
        }
        return dataclasses.replace(value, **changes)
    return value


def choose(packs: Iterable[Pack], pack_id: str, facts: Facts) -> Pack | None:
    """The version of a pack that applies to a case, by the legal date that each version names.

    ``None`` where no version is in force on that date, or the date is not known.
    """
    for pack in packs:
        if pack.id != pack_id or not isinstance(on := facts.get(pack.chosen_by), date):
            continue
        if pack.in_force(on.date() if isinstance(on, datetime) else on):
            return pack
    return None


def from_stored(pack: bytes, supplements: Iterable[bytes] = (), calendar: Calendar | None = None) -> Policy:
    """The policy that stored canonical bytes state.

    Raises:
        PackFaults: the bytes are not those of a pack, or of a supplement to it.
    """
    try:
        text = pack.decode()
    except UnicodeDecodeError as error:
        params = MappingProxyType({"detail": "UTF-8"})
        raise PackFaults([Fault(1, 1, "pack.syntax", params)]) from error
    return Policy(load(text), [Supplement.parse(stored) for stored in supplements], calendar)
