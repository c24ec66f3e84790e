"""The schema of a pack's TOML: which tables and keys there are.

`read_pack` turns the parsed data into the values that `rules.pack` names. It gathers every fault rather
than stopping at the first, so that whoever writes a pack mends it in one go.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from rules import parts as p
from rules import schema_rules
from rules.draft import RULE, SOURCE, Draft, listed, texts
from rules.faults import Key, Reader
from rules.schema_agree import agree
from rules.schema_names import read_facts, read_totals, read_unset
from rules.toml_text import Path

_TOP = {
    "id": Key("id", needed=True),
    "version": Key("version", needed=True),
    "title": Key("text", needed=True),
    "title_en": Key("text"),
    "document": Key("text", needed=True),
    "document_title": Key("text", default=""),
    "issuer": Key("text", default=""),
    "bureau": Key("text", default=""),
    "grade": Key("grade"),
    "in_force": Key("any", needed=True),
    "chosen_by": Key("fact", default="applied_at"),
    "mode": Key("id", default="quota"),
    "payee": Key("id", default="buyer"),
    **{name: Key("any") for name in ("base", "budget", "office", "rounding", "waiver")},
    **{name: Key("any") for name in ("fact", "sum", "unset", "condition", "tier", "line")},
    **{name: Key("any") for name in ("floor", "stacking", "cap", "funder")},
}
_FORCE = {
    "from": Key("date", needed=True),
    "until": Key("date"),
    "withdrawn_on": Key("date"),
    **SOURCE,
    "article": Key("text"),
}
_BASE = {
    "fact": Key("slot:fact"),
    "smallest_of": Key("list:slot:fact"),
    "less": Key("list:fact", default=()),
    "period": Key("id", default="contract"),
    "needed": Key("flag", default=True),
    **SOURCE,
}
_BUDGET = {
    **RULE,
    "id": Key("id", default="budget"),
    "amount": Key("slot:money", needed=True),
    "key": Key("id"),
    "per": Key("id", default="year"),
    "order": Key("id", default="first_come"),
    "exceeded": Key("slot:choice"),
    "rank_by": Key("any"),
    "unfit": Key("id"),
    "residual": Key("id"),
    "unit": Key("unit", default=1),
    "carry_over": Key("flag", default=False),
    "share_mode": Key("id", default="down"),
    "above_request": Key("flag", default=False),
    "blocked": Key("id"),
}
_ORDER_KEYS = {"first_come": ("exceeded",), "ranked": ("rank_by", "unfit"), "pro_rata": ("residual",)}
_OF_SHARES = ("share_mode", "above_request")
_SHARED = ("down", "half_up", "half_even")
_UNFIT = {"stop": "stop", "next": "nothing", "rest": "rest"}
"""What a case gets that does not fit into what is left when its turn comes by rank, as `exceeded` says it."""
_ROUNDING = {
    "where": Key("id", needed=True),
    "unit": Key("unit", default=1),
    "mode": Key("id", default="down"),
    **SOURCE,
}
_TERM = {"value": Key("slot:integer"), "text": Key("slot:text"), **SOURCE}
_MODES = ("quota", "offset", "afterwards")
_PAYEES = ("buyer", "provider")


def read_pack(reader: Reader, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values of `rules.pack.Pack` but its canonical bytes; faults are gathered in ``reader``."""
    top = reader.table(data, (), _TOP)
    draft = Draft(reader, data, top)
    read_facts(draft)
    read_totals(draft)
    read_unset(draft)
    lines = draft.rules("line", schema_rules.line)
    values = {
        **_heading(draft),
        "facts": MappingProxyType(draft.declared),
        "unset": tuple(draft.unset.values()),
        "conditions": draft.rules("condition", schema_rules.condition),
        "tiers": draft.rules("tier", schema_rules.tier),
        "totals": tuple(draft.totals.values()),
        "lines": lines,
        "base": _base(draft),
        "floors": draft.rules("floor", schema_rules.floor),
        "stacking": draft.rules("stacking", schema_rules.stacking),
        "caps": draft.rules("cap", schema_rules.cap),
        "budget": _budget(draft),
        "funders": draft.rules("funder", schema_rules.funder),
        "rounding": _rounding(draft),
        "office": _office(draft),
        "waivers": _waivers(draft),
    }
    agree(draft, values)
    return None if reader.faults else values


def _heading(draft: Draft) -> dict[str, Any]:
    top = draft.top
    draft.one_of(("mode",), top["mode"], _MODES)
    draft.one_of(("payee",), top["payee"], _PAYEES)
    force: dict[str, Any] = {"from": None, "until": None, "withdrawn_on": None}
    if top["in_force"] is not None:
        force = draft.reader.table(top["in_force"], ("in_force",), _FORCE)
    ends = [day for day in (force["until"], force["withdrawn_on"]) if day is not None]
    return {
        **{name: top[name] for name in ("id", "version", "title", "document", "document_title")},
        **{name: top[name] for name in ("issuer", "bureau", "chosen_by", "mode", "payee")},
        "title_en": top["title_en"] or top["title"] or "",
        "in_force_from": force["from"],
        "in_force_until": min(ends, default=None),
    }


def _base(draft: Draft) -> p.Base:
    raw, path = draft.data.get("base"), ("base",)
    if raw is None:
        return p.Base(()) if draft.data.get("line") is not None else p.Base()
    row = draft.reader.table(raw, path, _BASE)
    stated = [name for name in ("fact", "smallest_of", "less") if isinstance(raw, Mapping) and name in raw]
    both_or_none = ("fact" in stated) == ("smallest_of" in stated)
    if draft.data.get("line") is not None:
        if stated:
            draft.fault((*path, stated[0]), "pack.base_or_lines", key=stated[0])
    elif (row["needed"] or stated) and (both_or_none or row["smallest_of"] == ()):
        draft.fault(path, "pack.one_base")
    draft.one_of((*path, "period"), row["period"], ("contract", "quarter", "year"))
    slots = listed(row["smallest_of"]) or ((row["fact"],) if row["fact"] is not None else ())
    for name in (*slots, *listed(row["less"])):
        draft.need_fact(path, name, "money")
    source = draft.source(row, path, "base")
    return p.Base(slots, texts(row["less"]), str(row["period"]), source, bool(row["needed"]))


_UNTITLED = {
    "year": ("年度预算", "budget of the year"),
    "quarter": ("季度预算", "budget of the quarter"),
    "programme": ("项目预算", "budget of the programme"),
}
"""How a budget is called in sentences and letters where its pack gives it no title."""


def _budget(draft: Draft) -> p.Budget | None:
    raw, path = draft.data.get("budget"), ("budget",)
    if raw is None:
        return None
    row = draft.reader.table(raw, path, _BUDGET)
    draft.one_of((*path, "per"), row["per"], ("year", "quarter", "programme"))
    draft.one_of((*path, "order"), row["order"], tuple(_ORDER_KEYS))
    for order, names in _ORDER_KEYS.items():
        for name in names:
            if isinstance(raw, Mapping) and (order == row["order"]) != (name in raw):
                code = "pack.missing_key" if order == row["order"] else "pack.budget_order"
                draft.fault((*path, name), code, key=name, table="budget", order=str(row["order"]))
    _pool(draft, raw, row, path)
    if isinstance(row["exceeded"], str):
        draft.one_of((*path, "exceeded"), row["exceeded"], ("rest", "nothing", "stop"))
    draft.one_of((*path, "unfit"), row["unfit"], tuple(_UNFIT))
    draft.one_of((*path, "residual"), row["residual"], p.RESIDUALS)
    title, title_en = _UNTITLED.get(str(row["per"]), _UNTITLED["year"])
    titled = {**row, "title": row["title"] or title, "title_en": row["title_en"] or title_en}
    budget = p.Budget(
        *draft.head(titled, path, "budget"),
        source_of=draft.source_of(raw, path) if isinstance(raw, Mapping) else (),
        amount=row["amount"],
        key=str(row["key"] or draft.top["id"]),
        per=str(row["per"]),
        order=str(row["order"]),
        exceeded=row["exceeded"] or _UNFIT.get(row["unfit"], "rest"),
        rank_by=_rank(draft, row["rank_by"], (*path, "rank_by")),
        unfit=str(row["unfit"] or "next"),
        residual=str(row["residual"] or "left_over"),
        unit=int(row["unit"]),
        carry_over=bool(row["carry_over"]),
        share_mode=str(row["share_mode"]),
        above_request=bool(row["above_request"]),
        blocked=str(row["blocked"] or ""),
    )
    draft.once(budget, path)
    return budget


def _pool(draft: Draft, raw: object, row: Mapping[str, Any], path: Path) -> None:
    """What a pack says of shares that are rounded, and of what a blocked case keeps back."""
    for name in _OF_SHARES:
        if isinstance(raw, Mapping) and name in raw and row["order"] != "pro_rata":
            params = {"key": name, "table": "budget", "order": str(row["order"])}
            draft.fault((*path, name), "pack.budget_order", **params)
    draft.one_of((*path, "share_mode"), row["share_mode"], _SHARED)
    draft.one_of((*path, "blocked"), row["blocked"], ("hold", "ignore"))


def _rank(draft: Draft, raw: object, path: Path) -> tuple[tuple[Any, Any], ...]:
    keys = {"fact": Key("slot:fact", needed=True), "descending": Key("any", default=False)}
    ranks = []
    for place, member in draft.reader.tables(raw, path):
        row = draft.reader.table(member, place, keys)
        draft.need_fact(place, row["fact"])
        falls = row["descending"]
        if not isinstance(falls, bool):
            kind = "slot:yes_no" if isinstance(falls, Mapping) else "flag"
            falls = draft.reader.value(falls, (*place, "descending"), kind, default=False)
        ranks.append((row["fact"], falls))
    return tuple(ranks)


def _rounding(draft: Draft) -> tuple[p.Rounding, ...]:
    found = []
    for path, raw in draft.reader.tables(draft.data.get("rounding"), ("rounding",)):
        row = draft.reader.table(raw, path, _ROUNDING)
        draft.one_of((*path, "where"), row["where"], ("line", "step", "ceiling", "end"))
        draft.one_of((*path, "mode"), row["mode"], schema_rules.ROUNDED)
        source = draft.source(row, path, "rounding")
        found.append(p.Rounding(str(row["where"]), int(row["unit"]), str(row["mode"]), source))
    wheres = [rounding.where for rounding in found]
    for where in sorted({where for where in wheres if wheres.count(where) > 1}):
        draft.fault(("rounding",), "pack.twice", id=where)
    return tuple(found)


def _office(draft: Draft) -> Mapping[str, p.OfficeTerm]:
    raw = draft.data.get("office")
    if raw is not None and not isinstance(raw, Mapping):
        draft.fault(("office",), "pack.not_table", key="office")
    terms: dict[str, p.OfficeTerm] = {}
    for name, member in raw.items() if isinstance(raw, Mapping) else ():
        path: Path = ("office", name)
        if isinstance(member, Mapping) and "unset" in member:
            slot = draft.reader.value(member, path, "slot:integer")
            terms[name] = p.OfficeTerm(name, slot, p.Source("", "", ""))
            continue
        row = draft.reader.table(member, path, _TERM)
        if isinstance(member, Mapping) and ("value" in member) == ("text" in member):
            draft.fault(path, "pack.one_term", term=name)
        value = row["value"] if row["value"] is not None else row["text"]
        terms[name] = p.OfficeTerm(name, value, draft.source(row, path, name))
    return MappingProxyType(terms)


def _waivers(draft: Draft) -> tuple[p.Waiver, ...]:
    keys = {"check": Key("id", needed=True), "article": Key("text", needed=True), "note": Key("text")}
    found = []
    for path, raw in draft.reader.tables(draft.data.get("waiver"), ("waiver",)):
        row = draft.reader.table(raw, path, keys)
        found.append(p.Waiver(str(row["check"]), str(row["article"]), str(row["note"] or "")))
    return tuple(found)
