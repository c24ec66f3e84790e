"""What the carriers of one invoice say, put together: the first of `invoice.CARRIERS` that says a field has
it, and what another says otherwise is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from papers.invoices import square_code, values
from papers.invoices.carrier import Carrier
from papers.invoices.invoice import CARRIERS, FIELDS, Finding, Invoice, Seal, Source, Value
from rules import money

NAMES = ("buyer", "seller")
NOT_COMPARED = ("remark", "red")
"""A remark is wrapped and cut in print; whether it is red follows from other values."""


def invoice(
    source: Source,
    carriers: Iterable[Carrier],
    pages: tuple[tuple[float, float], ...] = (),
    seals: tuple[Seal, ...] = (),
) -> Invoice | None:
    """One invoice; None where no carrier says enough for one."""
    said, found = [], []
    for carrier in carriers:
        said.append(carrier)
        for text, place in carrier.codes:
            if code := square_code.read(text, place):
                said.append(code)
                if not square_code.crc_fits(text):
                    found.append(Finding("qr_crc", {}))
    by_field = {field: _ordered(said, field) for field in (*FIELDS, "words")}
    chosen = {field: each[0] for field, each in by_field.items() if each and field != "words"}
    _gross(chosen, by_field)
    if "number" not in chosen or not {"gross", "net"} & chosen.keys():
        return None
    _red(chosen)
    _original(chosen)
    others = {
        field: tuple(each[1:]) for field, each in by_field.items() if len(each) > 1 and field != "words"
    }
    if by_field["words"]:
        others["gross"] = (*others.get("gross", ()), by_field["words"][0])
    found = [*_broken(seals), *_differ(chosen, others), *_only_code(said), *found, *_is_red(chosen)]
    lines = next((tuple(each.lines) for each in sorted(said, key=_rank) if each.lines), ())
    return Invoice(source, chosen, lines, tuple(found), others, pages, seals)


def _rank(carrier: Carrier) -> int:
    return CARRIERS.index(carrier.name)


def _ordered(said: list[Carrier], field: str) -> list[Value]:
    """What each carrier says of a field, the one that is believed first in front."""
    found = [each.values[field] for each in said if field in each.values]
    found += [value for each in said for name, value in each.denied if name == field]
    return sorted(found, key=lambda value: CARRIERS.index(value.carrier))


def _gross(chosen: dict[str, Value], by_field: dict[str, list[Value]]) -> None:
    """A gross that nothing says in figures: the capitals', where net and tax come to it."""
    if "gross" not in chosen and by_field["words"]:
        words = by_field["words"][0]
        parts = [money.parse_signed(chosen[name].text) for name in ("net", "tax") if name in chosen]
        if not parts or (len(parts) == 2 and sum(parts) == money.parse_signed(words.text)):
            chosen["gross"] = words


def _red(chosen: dict[str, Value]) -> None:
    """Red, where no mark says so: by an amount below zero."""
    if "red" in chosen:
        return
    amount = chosen.get("gross") or chosen["net"]
    chosen["red"] = amount._replace(text="yes" if amount.text.startswith("-") else "no")


def _original(chosen: dict[str, Value]) -> None:
    """What a red one takes back, where only its remark says so."""
    remark = chosen.get("remark")
    if chosen["red"].text == "no" or "original" in chosen or remark is None:
        return
    if found := values.original(remark.text):
        chosen["original"] = remark._replace(text=found)


def _differ(chosen: dict[str, Value], others: dict[str, tuple[Value, ...]]) -> Iterator[Finding]:
    """Each field that two carriers say differently, with both values; one carrier is told once a field."""
    for field, each in others.items():
        first, told = chosen.get(field), set()
        for other in each if first is not None and field not in NOT_COMPARED else ():
            assert first is not None
            if not same(field, first, other) and (other.carrier, other.text) not in told:
                told.add((other.carrier, other.text))
                params = {"first": first.text, "first_from": first.carrier}
                yield Finding(
                    "carriers_differ",
                    {"field": field, **params, "other": other.text, "other_from": other.carrier},
                )


def same(field: str, first: Value, other: Value) -> bool:
    """Whether two carriers mean the same; a printed name may be cut where it was wrapped."""
    if field not in NAMES:
        return first.text == other.text
    one, two = values.bare(first.text), values.bare(other.text)
    if "text" in (first.carrier, other.carrier) and min(len(one), len(two)) >= 6:
        return one.startswith(two) or two.startswith(one)
    return one == two


def _broken(seals: tuple[Seal, ...]) -> Iterator[Finding]:
    broken = tuple(dict.fromkeys(part for seal in seals for part in seal.broken))
    if broken:
        yield Finding("digest_broken", {"parts": broken})
    if any(seal.unread for seal in seals):
        yield Finding("seal_unread", {})


def _only_code(said: list[Carrier]) -> Iterator[Finding]:
    if {each.name for each in said if each.values} == {"qr"}:
        yield Finding("qr_only", {})


def _is_red(chosen: dict[str, Value]) -> Iterator[Finding]:
    if chosen["red"].text != "yes":
        return
    original = chosen["original"].text if "original" in chosen else ""
    yield Finding("red", {"original": original}) if original else Finding("red_alone", {})
