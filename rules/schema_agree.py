"""What no single table of a pack can tell: names that are used are declared, what is declared is used."""

from collections.abc import Iterator, Mapping
from typing import Any

from rules import parts as p
from rules.draft import Draft
from rules.facts import MILLION
from rules.faults import Unset
from rules.predicate import APART, MONTHS, Predicate, leaves
from rules.toml_text import Path

WAITING = ("rate", "money", "integer", "months", "days", "date", "moment")
"""Types of parameters that may be left for the office alone to set, with no readings to choose among. Between
words there must be some to choose among."""


def agree(draft: Draft, values: Mapping[str, Any]) -> None:
    """Notes a fault for each disagreement between the tables."""
    _dates(draft, values)
    _tiers(draft, values)
    _shares(draft, values["funders"])
    _unset(draft, values)
    _facts_of_readings(draft, values)
    _open_base(draft, values)


def _dates(draft: Draft, values: Mapping[str, Any]) -> None:
    opens, closes = values["in_force_from"], values["in_force_until"]
    if opens and closes and closes <= opens:
        draft.fault(("in_force",), "pack.dates_rise")
    chosen = values["chosen_by"]
    if chosen not in draft.known:
        draft.reader.unknown_fact(("chosen_by",), str(chosen))
    elif (found := draft.known[chosen].type) not in ("date", "moment"):
        draft.fault(("chosen_by",), "pack.fact_type", fact=chosen, found=found, needed="date, moment")


def _tiers(draft: Draft, values: Mapping[str, Any]) -> None:
    tiers = {tier.id for tier in values["tiers"]}
    if not tiers:
        draft.fault((), "pack.no_tier")
    if sum(tier.priority < 0 for tier in values["tiers"]) > 1:  # whose `when` is at fault has none either
        draft.fault(("tier",), "pack.one_otherwise")
    for rule in (*values["stacking"], *values["caps"], *values["lines"]):
        named = [
            name for key in ("tier_share", "tier_limit", "tier_rate") for name, _ in getattr(rule, key, ())
        ]
        for name in (*named, *getattr(rule, "tiers", ())):
            if name not in tiers:
                draft.fault(draft.paths[rule.id], "pack.unknown_tier", tier=name)


def _shares(draft: Draft, funders: tuple[p.Funder, ...]) -> None:
    shares = sum(funder.share for funder in funders)
    odd = sum(funder.odd for funder in funders)
    if funders and (shares != MILLION or odd != 1):
        percent = f"{shares // 10_000}.{shares % 10_000:04}".rstrip("0").rstrip(".")
        draft.fault(("funder",), "pack.shares", sum=f"{percent}%", odd=odd)


def _unset(draft: Draft, values: Mapping[str, Any]) -> None:
    used: dict[str, str] = {}
    for slot, kind in _slots(draft, values):
        if isinstance(slot, Unset):
            parameter = draft.unset.get(slot.id)
            if parameter is not None and parameter.type != kind:
                draft.fault(draft.paths["unset " + slot.id], "pack.unset_type", unset=slot.id, kind=kind)
            used[slot.id] = kind
    priced = {total.price.id for total in values["totals"] if isinstance(total.price, Unset)}
    office = {term.value.id for term in values["office"].values() if isinstance(term.value, Unset)}
    places = dict(reversed(list(_named_unset(draft.data, ()))))
    for name in dict.fromkeys((*used, *sorted(office))):
        if name not in draft.unset:
            draft.fault(places.get(name, ()), "pack.unknown_unset", unset=name)
    for name, parameter in draft.unset.items():
        path = draft.paths["unset " + name]
        if name not in places:  # where it stands in a place that can't be unset, that was told
            draft.fault(path, "pack.unused_unset", unset=name)
        if name in priced and parameter.readings:
            draft.fault(path, "pack.price_readings", unset=name)
        if name in used and used[name] not in WAITING and not parameter.readings:
            draft.fault(path, "pack.no_readings", unset=name)


def _named_unset(data: object, path: Path) -> Iterator[tuple[str, Path]]:
    """The parameters that are named in the text of a pack, each with the place where it is."""
    if isinstance(data, Mapping):
        if isinstance(data.get("unset"), str):
            yield data["unset"], path
        for name, member in data.items():
            yield from _named_unset(member, (*path, name))
    elif isinstance(data, list):
        for number, member in enumerate(data):
            yield from _named_unset(member, (*path, number))


def _facts_of_readings(draft: Draft, values: Mapping[str, Any]) -> None:
    """A reading that names a fact names one of the kind that its place can use."""
    wanted: list[tuple[Any, tuple[str, ...]]] = [(slot, ("money",)) for slot in values["base"].smallest_of]
    wanted += [(scope, ("text", "choice")) for cap in values["caps"] for scope in cap.per]
    wanted += [(test.fact, ("date", "moment")) for test in _tests(values) if test.op in APART]
    for slot, kinds in wanted:
        parameter = draft.unset.get(slot.id) if isinstance(slot, Unset) else None
        for reading in parameter.readings if parameter else ():
            if reading.value in draft.known and draft.known[reading.value].type not in kinds:
                found, path = draft.known[reading.value].type, draft.paths["unset " + slot.id]
                needed = ", ".join(kinds)
                draft.fault(path, "pack.fact_type", fact=reading.value, found=found, needed=needed)


def _tests(values: Mapping[str, Any]) -> Iterator[Predicate]:
    """Every comparison of conditions and tiers."""
    tests = [test for one in values["conditions"] for test in (one.test, one.applies_when) if test]
    tests += [tier.when for tier in values["tiers"] if tier.when]
    for test in tests:
        yield from leaves(test)


def _open_base(draft: Draft, values: Mapping[str, Any]) -> None:
    """A test on the base needs one that is the same under every reading."""
    if any(isinstance(slot, Unset) for slot in values["base"].smallest_of) and p.BASE not in draft.known:
        for test in _tests(values):
            if p.BASE in test.facts({}):
                draft.fault(("base",), "pack.base_open")
                return


def _slots(draft: Draft, values: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    """Every place of the calculation that may be unset, with the type it wants."""
    yield from ((slot, "fact") for slot in values["base"].smallest_of)
    yield from ((total.price, "money") for total in values["totals"])
    for tier in values["tiers"]:
        yield from ((tier.rate, "rate"), (tier.fixed, "money"))
    for line in values["lines"]:
        yield from ((slot, "rate") for slot in (line.rate, *dict(line.tier_rate).values()))
        yield line.limit, "money"
    for rule in values["stacking"]:
        yield from ((slot, "rate") for slot in (rule.share, *dict(rule.tier_share).values()))
    for rule in (*values["stacking"], *values["caps"], *values["floors"]):
        yield rule.applies, "yes_no"
    for cap in values["caps"]:
        kind = "money" if cap.price is None else "integer"
        yield from ((slot, kind) for slot in (cap.limit, *dict(cap.tier_limit).values()))
        yield cap.price, "money"
        yield from ((scope, "fact") for scope in cap.per)
    yield from ((floor.at_least, "money") for floor in values["floors"])
    if values["budget"]:
        yield from ((values["budget"].amount, "money"), (values["budget"].exceeded, "choice"))
        for fact, falls in values["budget"].rank_by:
            yield from ((fact, "fact"), (falls, "yes_no"))
    for test in _tests(values):
        yield test.fact, "fact"
        if test.op in APART:
            yield test.value, "months" if test.op in MONTHS else "days"
        elif isinstance(test.fact, str) and test.fact in draft.testable:
            yield test.value, draft.testable[test.fact].type
