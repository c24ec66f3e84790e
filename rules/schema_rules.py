"""The rules of a pack read from their tables: conditions, tiers, floors, stacking, caps, funders."""

from collections.abc import Mapping
from typing import Any

from rules import parts as p
from rules.draft import RULE, Draft, listed, texts
from rules.faults import Key, Unset, path_name
from rules.predicate import FactRef, Predicate
from rules.predicate_text import read_predicate
from rules.toml_text import Path

ROUNDED = ("down", "up", "half_up", "half_even")
SCOPES = ("contract", "applicant", "year", "quarter", "month")


def _when(draft: Draft, raw: object, path: Path) -> Predicate | None:
    return None if raw is None else read_predicate(draft.reader, raw, path, draft.testable)


def _rate(draft: Draft, raw: object, path: Path) -> Any:
    """A rate, a parameter in its place, or the fact that says it (``{ fact = "x" }``)."""
    if isinstance(raw, Mapping) and "fact" in raw:
        name = draft.reader.table(raw, path, {"fact": Key("fact", needed=True)})["fact"]
        draft.need_fact(path, name, "rate")
        return FactRef(str(name))
    return None if raw is None else draft.reader.value(raw, path, "slot:rate")


def _applies(draft: Draft, raw: object, path: Path) -> Any:
    """Whether a rule holds at all: where no source says, a parameter of yes or no."""
    if raw is None or raw is True:
        return True
    if not isinstance(raw, Mapping):
        draft.fault(path, "pack.applies", value=str(raw).lower())
        return True
    return draft.reader.value(raw, path, "slot:yes_no", True)


def condition(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.Condition | None:
    """A ``[[condition]]``: its own keys, and around them those of its test."""
    own = {
        **RULE,
        "applies_when": Key("any"),
        "round_window": Key("flag", default=False),
        "evidence": Key("text", default=""),
    }
    row = draft.reader.table({key: value for key, value in raw.items() if key in own}, path, own)
    rest = {key: value for key, value in raw.items() if key not in own}
    test = read_predicate(draft.reader, rest, path, draft.testable)
    applies = _when(draft, row["applies_when"], (*path, "applies_when"))
    head = draft.head(row, path)
    if test is None:
        return None
    if row["round_window"]:
        fact = draft.known.get(test.fact) if isinstance(test.fact, str) else None
        if test.op != "within" or fact is None or fact.type != "moment":
            draft.fault((*path, "round_window"), "pack.round_window")
    return p.Condition(*head, test, applies, bool(row["round_window"]), str(row["evidence"]))


def tier(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.Tier:
    """A ``[[tier]]``: whom it is for, and a rate, a fixed sum or bands."""
    keys = {
        **RULE,
        "when": Key("any"),
        "otherwise": Key("flag", default=False),
        "priority": Key("integer"),
        "rate": Key("any"),
        "fixed": Key("slot:money"),
        "bands": Key("any"),
        "lines": Key("any"),
        "up_to": Key("any"),
    }
    row = draft.reader.table(raw, path, keys)
    bands = _bands(draft, row["bands"], (*path, "bands"))
    if sum(name in raw for name in ("rate", "fixed", "bands", "lines")) != 1:
        draft.fault(path, "pack.one_worth", tier=str(row["id"]))
    up_to, officer = _up_to(draft, row["up_to"], (*path, "up_to"))
    if up_to and "rate" not in raw:
        draft.fault((*path, "up_to"), "pack.up_to_rate", tier=str(row["id"]))
    if row["otherwise"] == (row["when"] is not None):
        draft.fault(path, "pack.when_or_otherwise", tier=str(row["id"]))
    return p.Tier(
        *draft.head(row, path),
        when=_when(draft, row["when"], (*path, "when")),
        priority=-1 if row["otherwise"] else int(row["priority"] or 0),
        rate=_rate(draft, row["rate"], (*path, "rate")),
        fixed=row["fixed"],
        bands=bands,
        lines=_lines(draft, row["lines"], (*path, "lines")),
        up_to=up_to,
        officer=officer,
    )


def _up_to(draft: Draft, raw: object, path: Path) -> tuple[bool, tuple[str, str]]:
    """Whether an officer may say a lower rate, and the facts that hold it and its reason."""
    if not isinstance(raw, Mapping):
        return draft.reader.value(raw, path, "flag", False) if raw is not None else False, p.OFFICERS
    keys = {"rate": Key("fact", needed=True), "reason": Key("fact", needed=True)}
    row = draft.reader.table(raw, path, keys)
    draft.need_fact((*path, "rate"), row["rate"], "rate")
    draft.need_fact((*path, "reason"), row["reason"], "text")
    draft.holds_reason(str(row["reason"]))
    return True, (str(row["rate"]), str(row["reason"]))


def _lines(draft: Draft, raw: object, path: Path) -> tuple[str, ...]:
    """The cost lines that a tier adds up: all of them, or those that it names."""
    lines = draft.data.get("line")
    members = lines if isinstance(lines, list) else []
    every = [str(member.get("id")) for member in members if isinstance(member, Mapping)]
    if raw is None:
        return ()
    if raw is True and every:
        return tuple(every)
    named = draft.reader.value(raw, path, "list:id", default=())
    for name in named:
        if name not in every:
            draft.fault(path, "pack.unknown_line", line=str(name), known=", ".join(every) or "-")
    if not named:
        draft.fault(path, "pack.empty", key="lines")
    return texts(named)


def line(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.CostLine:
    """A ``[[line]]``: one kind of cost, with a rate, a limit and a rounding of its own."""
    keys = {
        **RULE,
        "fact": Key("fact", needed=True),
        "rate": Key("any", needed=True),
        "tier_rate": Key("any", default={}),
        "limit": Key("slot:money"),
        "unit": Key("unit", default=1),
        "mode": Key("id", default="down"),
    }
    row = draft.reader.table(raw, path, keys)
    draft.need_fact((*path, "fact"), row["fact"], "money")
    draft.one_of((*path, "mode"), row["mode"], ROUNDED)
    return p.CostLine(
        *draft.head(row, path),
        fact=str(row["fact"]),
        rate=_rate(draft, row["rate"], (*path, "rate")),
        tier_rate=_by_tier(draft, row["tier_rate"], (*path, "tier_rate"), "slot:rate"),
        limit=row["limit"],
        unit=int(row["unit"]),
        mode=str(row["mode"]),
    )


def _bands(draft: Draft, raw: object, path: Path) -> tuple[p.Band, ...]:
    keys = {"up_to": Key("money"), "rate": Key("rate", needed=True)}
    bands: list[p.Band] = []
    for place, member in draft.reader.tables(raw, path):
        row = draft.reader.table(member, place, keys)
        if row["rate"] is None:
            continue
        last = bands[-1].up_to if bands else 0
        if last is None or (row["up_to"] is not None and int(row["up_to"]) <= last):
            draft.fault(place, "pack.bands_rise")
        bands.append(p.Band(row["up_to"], int(row["rate"])))
    if bands and bands[-1].up_to is not None:
        draft.fault(path, "pack.bands_end")
    return tuple(bands)


def floor(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.Floor:
    """A ``[[floor]]``: the least base or award, and what happens below it."""
    keys = {
        **RULE,
        "on": Key("id", needed=True),
        "at_least": Key("slot:money", needed=True),
        "how": Key("id", needed=True),
        "applies": Key("any"),
    }
    row = draft.reader.table(raw, path, keys)
    if row["on"] not in draft.totals:
        draft.one_of((*path, "on"), row["on"], ("base", "award", *draft.totals))
    draft.one_of((*path, "how"), row["how"], ("refuse", "raise"))
    if row["on"] in draft.totals and row["how"] == "raise":
        draft.fault((*path, "how"), "pack.raise_sum", sum=str(row["on"]))
    applies = _applies(draft, row["applies"], (*path, "applies"))
    return p.Floor(*draft.head(row, path), str(row["on"]), row["at_least"], str(row["how"]), applies)


def stacking(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.Stacking:
    """A ``[[stacking]]``: what other public money for the same contract does."""
    keys = {
        **RULE,
        "facts": Key("list:fact", default=("other_support",)),
        "how": Key("id", needed=True),
        "share": Key("slot:rate"),
        "of": Key("any", default="contract_amount"),
        "tier_share": Key("any", default={}),
        "applies": Key("any"),
    }
    row = draft.reader.table(raw, path, keys)
    draft.one_of((*path, "how"), row["how"], ("exclude", "deduct", "ceiling"))
    if (row["how"] == "ceiling") != ("share" in raw) or (row["how"] != "ceiling" and row["tier_share"]):
        draft.fault(path, "pack.ceiling_share", rule=str(row["id"]))
    if not listed(row["facts"]):
        draft.fault((*path, "facts"), "pack.empty", key="facts")
    for name in listed(row["facts"]):
        draft.need_fact(path, name, "money")
    return p.Stacking(
        *draft.head(row, path),
        texts(row["facts"]),
        str(row["how"]),
        row["share"],
        _whole(draft, row["of"], (*path, "of")),
        _by_tier(draft, row["tier_share"], (*path, "tier_share"), "slot:rate"),
        _applies(draft, row["applies"], (*path, "applies")),
    )


def _whole(draft: Draft, raw: object, path: Path) -> p.Terms:
    """What a ceiling is a share of: a fact or sum, the base, or facts with signs."""
    if isinstance(raw, list):
        terms: p.Terms = draft.reader.value(raw, path, "terms", default=())
    else:
        name = draft.reader.value(raw, path, "fact", default="")
        terms = ((str(name), 1),) if name else ()
    for name, _ in terms:
        if name != p.BASE or p.BASE in draft.known or len(terms) > 1:
            draft.need_fact(path, name, "money")
    return terms


def cap(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.Cap:
    """A ``[[cap]]``: the most within a scope."""
    kind = "slot:integer" if "price" in raw else "slot:money"
    keys = {
        **RULE,
        "limit": Key(kind, needed=True),
        "price": Key("slot:money"),
        "per": Key("list:slot:id", default=()),
        "before": Key("fact", default=""),
        "tiers": Key("list:id", default=()),
        "tier_limit": Key("any", default={}),
        "counts": Key("id", default="award"),
        "overrun": Key("any"),
        "applies": Key("any"),
    }
    row = draft.reader.table(raw, path, keys)
    draft.one_of((*path, "counts"), row["counts"], ("award", "redemption"))
    for scope in listed(row["per"]):
        if scope not in SCOPES and not isinstance(scope, Unset):
            draft.need_fact((*path, "per"), scope)
    if row["before"]:
        draft.need_fact((*path, "before"), row["before"], "money")
    overrun_limit, overrun_reason = _overrun(draft, path, row)
    return p.Cap(
        *draft.head(row, path),
        limit=row["limit"],
        per=tuple(scope for scope in listed(row["per"]) if scope is not None),
        before=str(row["before"] or ""),
        tiers=texts(row["tiers"]),
        tier_limit=_by_tier(draft, row["tier_limit"], (*path, "tier_limit"), kind),
        counts=str(row["counts"]),
        overrun_limit=overrun_limit,
        overrun_reason=overrun_reason,
        applies=_applies(draft, row["applies"], (*path, "applies")),
        price=row["price"],
    )


def _overrun(draft: Draft, path: Path, row: Mapping[str, Any]) -> tuple[int | None, str]:
    if row["overrun"] is None:
        return None, ""
    place = (*path, "overrun")
    kind = "money" if row["price"] is None else "integer"
    keys = {"limit": Key(kind, needed=True), "reason": Key("fact", needed=True)}
    inner = draft.reader.table(row["overrun"], place, keys)
    limit, reason = inner["limit"], str(inner["reason"] or "")
    if reason:
        draft.need_fact(place, reason, "text")
        draft.holds_reason(reason)
    if isinstance(limit, int) and isinstance(row["limit"], int) and limit <= row["limit"]:
        draft.fault(place, "pack.overrun_above", cap=str(row["id"]))
    return limit, reason


def _by_tier(draft: Draft, raw: object, path: Path, kind: str) -> tuple[tuple[str, Any], ...]:
    if not isinstance(raw, Mapping):
        draft.fault(path, "pack.not_table", key=path_name(path))
        return ()
    return tuple(
        (name, draft.reader.value(value, (*path, name), kind)) for name, value in sorted(raw.items())
    )


def funder(draft: Draft, path: Path, raw: Mapping[str, Any]) -> p.Funder:
    """A ``[[funder]]``: who pays which share."""
    keys = {**RULE, "share": Key("rate", needed=True), "odd": Key("flag", default=False)}
    row = draft.reader.table(raw, path, keys)
    return p.Funder(*draft.head(row, path), int(row["share"] or 0), bool(row["odd"]))
