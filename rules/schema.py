"""The schema of a pack's TOML: which tables and keys there are, and what they must agree on.

`read_pack` turns the parsed data into the values that `rules.pack` names. It gathers every fault rather
than stopping at the first, so that whoever writes a pack mends it in one go.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from rules import pack as p
from rules.facts import STANDARD, TYPES, Fact
from rules.faults import Key, Reader, Unset
from rules.predicate import Predicate, read_predicate
from rules.toml_text import Path

_TOP = {
    "id": Key("id", needed=True),
    "version": Key("text", needed=True),
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
    "base": Key("any"),
    "budget": Key("any"),
    "office": Key("any"),
    **{
        name: Key("any")
        for name in ("fact", "unset", "condition", "tier", "floor", "stacking", "cap", "funder")
    },
    "rounding": Key("any"),
    "waiver": Key("any"),
}
_RULE = {
    "id": Key("id", needed=True),
    "title": Key("text"),
    "title_en": Key("text"),
    "article": Key("text", needed=True),
    "document": Key("text"),
    "grade": Key("grade"),
}
_FORCE = {
    "from": Key("date", needed=True),
    "until": Key("date"),
    "withdrawn_on": Key("date"),
    "article": Key("text"),
    "document": Key("text"),
    "grade": Key("grade"),
}
_SCOPES = ("contract", "applicant", "year", "quarter", "month")
_UNSET_TYPES = ("choice", "fact", "rate", "money", "months", "days", "integer", "text")
_MODES = ("quota", "offset", "afterwards")
_PAYEES = ("buyer", "provider")
_ROUNDING = ("down", "up", "half_up", "half_even")

RuleT = TypeVar("RuleT", bound=p.Rule)


def read_pack(reader: Reader, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values of `rules.pack.Pack` but its canonical bytes; faults are gathered in ``reader``."""
    top = reader.table(data, (), _TOP)
    schema = _Schema(reader, data, top)
    values = schema.read()
    schema.agree(values)
    return None if reader.faults else values


class _Schema:
    def __init__(self, reader: Reader, data: Mapping[str, Any], top: dict[str, Any]) -> None:
        self.reader, self.data, self.top = reader, data, top
        self.known: dict[str, Fact] = dict(STANDARD)
        self.declared: dict[str, Fact] = {}
        self.unset: dict[str, p.UnsetParameter] = {}
        self.paths: dict[str, Path] = {}

    def read(self) -> dict[str, Any]:
        self._facts()
        self._unset_parameters()
        top = self.top
        force = self.reader.table(top["in_force"] or {}, ("in_force",), _FORCE)
        ends = [day for day in (force["until"], force["withdrawn_on"]) if day is not None]
        self._one_of(("mode",), top["mode"], _MODES)
        self._one_of(("payee",), top["payee"], _PAYEES)
        return {
            **{name: top[name] for name in ("id", "version", "title", "document", "document_title")},
            **{name: top[name] for name in ("issuer", "bureau", "chosen_by", "mode", "payee")},
            "title_en": top["title_en"] or top["title"] or "",
            "in_force_from": force["from"],
            "in_force_until": min(ends, default=None),
            "facts": MappingProxyType(self.declared),
            "unset": tuple(self.unset.values()),
            "conditions": self._rules("condition", self._condition),
            "tiers": self._rules("tier", self._tier),
            "base": self._base(),
            "floors": self._rules("floor", self._floor),
            "stacking": self._rules("stacking", self._stacking),
            "caps": self._rules("cap", self._cap),
            "budget": self._budget(),
            "funders": self._rules("funder", self._funder),
            "rounding": self._rounding(),
            "office": self._office(),
            "waivers": self._waivers(),
        }

    # -- what a pack declares ------------------------------------------------------------------------

    def _facts(self) -> None:
        keys = {
            "id": Key("id", needed=True),
            "type": Key("id", needed=True),
            "title": Key("text"),
            "title_en": Key("text"),
            "headings": Key("list:text", default=()),
            "choices": Key("list:text", default=()),
            "default": Key("any"),
        }
        for path, raw in self.reader.tables(self.data.get("fact"), ("fact",)):
            row = self.reader.table(raw, path, keys)
            self._one_of((*path, "type"), row["type"], TYPES)
            name = str(row["id"])
            if name in self.known:
                self.reader.fault((*path, "id"), "pack.twice", id=name)
                continue
            default = row["default"] if row["default"] == 0 or row["default"] in self.known else None
            if row["default"] is not None and default is None:
                self.reader.fault((*path, "default"), "pack.unknown_fact", fact=str(row["default"]))
            title = str(row["title"] or name)
            self.known[name] = self.declared[name] = Fact(
                name,
                str(row["type"]),
                title,
                str(row["title_en"] or name),
                _texts(row["headings"]),
                _texts(row["choices"]),
                default,
            )

    def _unset_parameters(self) -> None:
        keys = {
            "id": Key("id", needed=True),
            "type": Key("id", default="choice"),
            "title": Key("text", needed=True),
            "title_en": Key("text"),
            "note": Key("text", default=""),
            "reading": Key("any"),
        }
        for path, raw in self.reader.tables(self.data.get("unset"), ("unset",)):
            row = self.reader.table(raw, path, keys)
            self._one_of((*path, "type"), row["type"], _UNSET_TYPES)
            name, kind = str(row["id"]), str(row["type"])
            if name in self.unset:
                self.reader.fault((*path, "id"), "pack.twice", id=name)
            readings = self._readings((*path, "reading"), row["reading"], kind)
            self.paths["unset " + name] = path
            self.unset[name] = p.UnsetParameter(
                name,
                kind,
                str(row["title"]),
                str(row["title_en"] or row["title"]),
                readings,
                str(row["note"]),
            )

    def _readings(self, path: Path, raw: object, kind: str) -> tuple[p.Reading, ...]:
        keys = {
            "id": Key("text", needed=True),
            "value": Key("any"),
            "source": Key("text", needed=True),
            "title": Key("text"),
            "title_en": Key("text"),
        }
        found: dict[str, p.Reading] = {}
        for place, member in self.reader.tables(raw, path):
            row = self.reader.table(member, place, keys)
            name = str(row["id"])
            value = self.reader.value(name if row["value"] is None else row["value"], (*place, "value"), kind)
            if kind == "fact" and value is not None and value not in self.known:
                self.reader.fault(place, "pack.unknown_fact", fact=str(value))
            if name in found:
                self.reader.fault(place, "pack.twice", id=name)
            title = str(row["title"] or name)
            found[name] = p.Reading(name, value, str(row["source"]), title, str(row["title_en"] or title))
        if len(found) == 1:
            self.reader.fault(path, "pack.one_reading", id=next(iter(found)))
        return tuple(found.values())

    # -- rules ---------------------------------------------------------------------------------------

    def _rules(
        self, name: str, build: Callable[[Path, Mapping[str, Any]], RuleT | None]
    ) -> tuple[RuleT, ...]:
        rules = []
        for path, raw in self.reader.tables(self.data.get(name), (name,)):
            if not isinstance(raw, Mapping):
                self.reader.fault(path, "pack.not_table", key=name)
                continue
            rule = build(path, raw)
            if rule is not None:
                self._once(rule, path)
                rules.append(rule)
        return tuple(rules)

    def _once(self, rule: p.Rule, path: Path) -> None:
        if rule.id in self.paths or rule.id == "rate":
            self.reader.fault((*path, "id"), "pack.twice", id=rule.id)
        self.paths[rule.id] = path

    def _head(
        self, row: Mapping[str, Any], path: Path, default_id: str = ""
    ) -> tuple[str, str, str, p.Source]:
        grade = row["grade"] or self.top["grade"]
        if not grade:
            self.reader.fault(path, "pack.missing_key", key="grade", table=str(row["id"] or default_id))
        name = str(row["id"] or default_id)
        title = str(row["title"] or name)
        source = p.Source(str(row["document"] or self.top["document"]), str(row["article"]), str(grade))
        return name, title, str(row["title_en"] or name.replace("_", " ")), source

    def _condition(self, path: Path, raw: Mapping[str, Any]) -> p.Condition | None:
        own = {
            "applies_when": Key("any"),
            "round_window": Key("flag", default=False),
            "evidence": Key("text", default=""),
        }
        plain = {key: value for key, value in raw.items() if key in _RULE or key in own}
        row = self.reader.table(plain, path, {**_RULE, **own})
        rest = {key: value for key, value in raw.items() if key not in plain}
        test = read_predicate(self.reader, rest, path, self.known)
        applies = self._when(row["applies_when"], (*path, "applies_when"))
        if test is None:
            return None
        if row["round_window"] and (test.op != "within" or self._kind(test) != "moment"):
            self.reader.fault((*path, "round_window"), "pack.round_window")
        return p.Condition(
            *self._head(row, path), test, applies, bool(row["round_window"]), str(row["evidence"])
        )

    def _kind(self, test: Predicate) -> str:
        return self.known[test.fact].type if isinstance(test.fact, str) and test.fact in self.known else ""

    def _when(self, raw: object, path: Path) -> Predicate | None:
        return None if raw is None else read_predicate(self.reader, raw, path, self.known)

    def _tier(self, path: Path, raw: Mapping[str, Any]) -> p.Tier | None:
        keys = {
            **_RULE,
            "when": Key("any"),
            "otherwise": Key("flag", default=False),
            "priority": Key("integer"),
            "rate": Key("slot:rate"),
            "fixed": Key("slot:money"),
            "bands": Key("any"),
            "up_to": Key("flag", default=False),
        }
        row = self.reader.table(raw, path, keys)
        bands = self._bands(row["bands"], (*path, "bands"))
        if sum(
            value is not None for value in (row["rate"], row["fixed"], bands or None)
        ) != 1 and not self._broken(path):
            self.reader.fault(path, "pack.one_worth", tier=str(row["id"]))
        if row["up_to"] and row["rate"] is None:
            self.reader.fault((*path, "up_to"), "pack.up_to_rate", tier=str(row["id"]))
        if row["otherwise"] == (row["when"] is not None):
            self.reader.fault(path, "pack.when_or_otherwise", tier=str(row["id"]))
        priority = -1 if row["otherwise"] else int(row["priority"] or 0)
        when = self._when(row["when"], (*path, "when"))
        return p.Tier(
            *self._head(row, path), when, priority, row["rate"], row["fixed"], bands, bool(row["up_to"])
        )

    def _broken(self, path: Path) -> bool:
        line = self.reader.places.get(path, (0, 0))[0]
        return any(fault.line >= line for fault in self.reader.faults)

    def _bands(self, raw: object, path: Path) -> tuple[p.Band, ...]:
        bands: list[p.Band] = []
        for place, member in self.reader.tables(raw, path):
            row = self.reader.table(member, place, {"up_to": Key("money"), "rate": Key("rate", needed=True)})
            if row["rate"] is None:
                continue
            last = bands[-1].up_to if bands else 0
            if last is None or (row["up_to"] is not None and int(row["up_to"]) <= last):
                self.reader.fault(place, "pack.bands_rise")
            bands.append(p.Band(row["up_to"], int(row["rate"])))
        if bands and bands[-1].up_to is not None:
            self.reader.fault(path, "pack.bands_end")
        return tuple(bands)

    def _base(self) -> p.Base:
        raw = self.data.get("base")
        if raw is None:
            return p.Base()
        keys = {
            "fact": Key("slot:fact"),
            "smallest_of": Key("list:slot:fact", default=()),
            "less": Key("list:fact", default=()),
            "period": Key("id", default="contract"),
            "article": Key("text", needed=True),
            "document": Key("text"),
            "grade": Key("grade"),
        }
        row = self.reader.table(raw, ("base",), keys)
        if (row["fact"] is None) == (not row["smallest_of"]) and not self._broken(("base",)):
            self.reader.fault(("base",), "pack.one_base")
        self._one_of(("base", "period"), row["period"], ("contract", "quarter", "year"))
        bases = _tuple(row["smallest_of"]) or (row["fact"],)
        for name in (*bases, *_tuple(row["less"])):
            self._need_fact(("base",), name, "money")
        source = self._head({**row, "id": "base", "title": None, "title_en": None}, ("base",))[3]
        return p.Base(bases, _texts(row["less"]), str(row["period"]), source)

    def _floor(self, path: Path, raw: Mapping[str, Any]) -> p.Floor:
        keys = {
            **_RULE,
            "on": Key("id", needed=True),
            "at_least": Key("slot:money", needed=True),
            "how": Key("id", needed=True),
        }
        row = self.reader.table(raw, path, keys)
        self._one_of((*path, "on"), row["on"], ("base", "award"))
        self._one_of((*path, "how"), row["how"], ("refuse", "raise"))
        return p.Floor(*self._head(row, path), str(row["on"]), row["at_least"], str(row["how"]))

    def _stacking(self, path: Path, raw: Mapping[str, Any]) -> p.Stacking:
        keys = {
            **_RULE,
            "facts": Key("list:fact", default=("other_support",)),
            "how": Key("id", needed=True),
            "share": Key("slot:rate"),
            "of": Key("fact", default="contract_amount"),
            "tier_share": Key("any", default={}),
        }
        row = self.reader.table(raw, path, keys)
        self._one_of((*path, "how"), row["how"], ("exclude", "deduct", "ceiling"))
        if (row["how"] == "ceiling") != (row["share"] is not None):
            self.reader.fault(path, "pack.ceiling_share", rule=str(row["id"]))
        for name in (*_tuple(row["facts"]), row["of"]):
            self._need_fact(path, name, "money")
        shares = self._by_tier(row["tier_share"], (*path, "tier_share"), "slot:rate")
        return p.Stacking(
            *self._head(row, path),
            _texts(row["facts"]),
            str(row["how"]),
            row["share"],
            str(row["of"]),
            shares,
        )

    def _cap(self, path: Path, raw: Mapping[str, Any]) -> p.Cap:
        keys = {
            **_RULE,
            "limit": Key("slot:money", needed=True),
            "per": Key("list:id", default=()),
            "before": Key("fact", default=""),
            "tiers": Key("list:id", default=()),
            "tier_limit": Key("any", default={}),
            "counts": Key("id", default="award"),
            "overrun": Key("any"),
        }
        row = self.reader.table(raw, path, keys)
        self._one_of((*path, "counts"), row["counts"], ("award", "redemption"))
        for scope in _tuple(row["per"]):
            if scope not in _SCOPES:
                self._need_fact((*path, "per"), scope, "")
        if row["before"]:
            self._need_fact((*path, "before"), row["before"], "money")
        limit, reason = None, ""
        if row["overrun"] is not None:
            inner = self.reader.table(
                row["overrun"],
                (*path, "overrun"),
                {"limit": Key("money", needed=True), "reason": Key("fact", needed=True)},
            )
            limit, reason = inner["limit"], str(inner["reason"])
            self._need_fact((*path, "overrun"), reason, "text")
            if isinstance(limit, int) and isinstance(row["limit"], int) and limit <= row["limit"]:
                self.reader.fault((*path, "overrun"), "pack.overrun_above", cap=str(row["id"]))
        return p.Cap(
            *self._head(row, path),
            row["limit"],
            _texts(row["per"]),
            str(row["before"]),
            _texts(row["tiers"]),
            self._by_tier(row["tier_limit"], (*path, "tier_limit"), "slot:money"),
            str(row["counts"]),
            limit,
            reason,
        )

    def _by_tier(self, raw: object, path: Path, kind: str) -> tuple[tuple[str, Any], ...]:
        if not isinstance(raw, Mapping):
            self.reader.fault(path, "pack.not_table", key=str(path[-1]))
            return ()
        return tuple((name, self.reader.value(value, (*path, name), kind)) for name, value in raw.items())

    def _budget(self) -> p.Budget | None:
        raw = self.data.get("budget")
        if raw is None:
            return None
        keys = {
            **_RULE,
            "id": Key("id", default="budget"),
            "amount": Key("slot:money", needed=True),
            "key": Key("id"),
            "per": Key("id", default="year"),
            "order": Key("id", default="first_come"),
            "exceeded": Key("slot:choice"),
            "rank_by": Key("any"),
            "unfit": Key("id"),
            "residual": Key("id"),
            "unit": Key("money", default=1),
            "carry_over": Key("flag", default=False),
        }
        path: Path = ("budget",)
        row = self.reader.table(raw, path, keys)
        self._one_of((*path, "per"), row["per"], ("year", "quarter", "programme"))
        self._one_of((*path, "order"), row["order"], ("first_come", "ranked", "pro_rata"))
        own = {"first_come": ("exceeded",), "ranked": ("rank_by", "unfit"), "pro_rata": ("residual",)}
        for order, names in own.items():
            for name in names:
                if (order == row["order"]) != (row[name] is not None):
                    code = "pack.missing_key" if order == row["order"] else "pack.budget_order"
                    self.reader.fault((*path, name), code, key=name, table="budget", order=str(row["order"]))
        if isinstance(row["exceeded"], str):
            self._one_of((*path, "exceeded"), row["exceeded"], ("rest", "nothing", "stop"))
        self._one_of((*path, "unfit"), row["unfit"] or "next", ("stop", "next", "rest"))
        self._one_of(
            (*path, "residual"), row["residual"] or "left_over", ("largest_remainder", "largest", "left_over")
        )
        budget = p.Budget(
            *self._head(row, path),
            row["amount"],
            str(row["key"] or self.top["id"]),
            str(row["per"]),
            str(row["order"]),
            row["exceeded"] or "rest",
            self._rank(row["rank_by"], (*path, "rank_by")),
            str(row["unfit"] or "next"),
            str(row["residual"] or "left_over"),
            int(row["unit"]) or 1,
            bool(row["carry_over"]),
        )
        self._once(budget, path)
        return budget

    def _rank(self, raw: object, path: Path) -> tuple[tuple[str, bool], ...]:
        ranks = []
        for place, member in self.reader.tables(raw, path):
            row = self.reader.table(
                member, place, {"fact": Key("fact", needed=True), "descending": Key("flag", default=False)}
            )
            self._need_fact(place, row["fact"], "")
            ranks.append((str(row["fact"]), bool(row["descending"])))
        return tuple(ranks)

    def _funder(self, path: Path, raw: Mapping[str, Any]) -> p.Funder:
        row = self.reader.table(
            raw, path, {**_RULE, "share": Key("rate", needed=True), "odd": Key("flag", default=False)}
        )
        return p.Funder(*self._head(row, path), int(row["share"] or 0), bool(row["odd"]))

    def _rounding(self) -> tuple[p.Rounding, ...]:
        found = []
        for path, raw in self.reader.tables(self.data.get("rounding"), ("rounding",)):
            keys = {
                "where": Key("id", needed=True),
                "unit": Key("money", default=1),
                "mode": Key("id", default="down"),
                "article": Key("text", needed=True),
                "grade": Key("grade"),
            }
            row = self.reader.table(raw, path, keys)
            self._one_of((*path, "where"), row["where"], ("line", "step", "end"))
            self._one_of((*path, "mode"), row["mode"], _ROUNDING)
            if row["unit"] == 0:
                self.reader.fault((*path, "unit"), "pack.wrong_kind", key="unit", kind="money", value="0")
            found.append(p.Rounding(str(row["where"]), int(row["unit"]) or 1, str(row["mode"])))
        wheres = [rounding.where for rounding in found]
        for where in {where for where in wheres if wheres.count(where) > 1}:
            self.reader.fault(("rounding",), "pack.twice", id=where)
        return tuple(found)

    def _office(self) -> Mapping[str, p.OfficeTerm]:
        raw = self.data.get("office")
        terms: dict[str, p.OfficeTerm] = {}
        for name, member in raw.items() if isinstance(raw, Mapping) else ():
            path: Path = ("office", name)
            keys = {
                "value": Key("slot:integer"),
                "text": Key("slot:text"),
                "article": Key("text", needed=True),
                "document": Key("text"),
                "grade": Key("grade"),
            }
            if isinstance(member, Mapping) and "unset" in member:
                slot = self.reader.value(member, path, "slot:integer")
                terms[name] = p.OfficeTerm(name, slot, p.Source("", "", ""))
                continue
            row = self.reader.table(member, path, keys)
            if (row["value"] is None) == (row["text"] is None):
                self.reader.fault(path, "pack.one_term", term=name)
            value = row["value"] if row["value"] is not None else row["text"]
            source = self._head({**row, "id": name, "title": None, "title_en": None}, path)[3]
            terms[name] = p.OfficeTerm(name, value, source)
        return MappingProxyType(terms)

    def _waivers(self) -> tuple[p.Waiver, ...]:
        found = []
        for path, raw in self.reader.tables(self.data.get("waiver"), ("waiver",)):
            row = self.reader.table(
                raw, path, {"check": Key("id", needed=True), "article": Key("text", needed=True)}
            )
            found.append(p.Waiver(str(row["check"]), str(row["article"])))
        return tuple(found)

    # -- what must agree -----------------------------------------------------------------------------

    def agree(self, values: Mapping[str, Any]) -> None:
        """What no single table can tell: names that are used are declared, and what is declared is used."""
        self._agree_dates(values)
        tiers = {tier.id for tier in values["tiers"]}
        if not tiers:
            self.reader.fault((), "pack.no_tier")
        if sum(tier.when is None for tier in values["tiers"]) > 1:
            self.reader.fault(("tier",), "pack.one_otherwise")
        for rule in (*values["stacking"], *values["caps"]):
            named = rule.tier_share if isinstance(rule, p.Stacking) else rule.tier_limit
            for name in (*(name for name, _ in named), *getattr(rule, "tiers", ())):
                if name not in tiers:
                    self.reader.fault(self.paths[rule.id], "pack.unknown_tier", tier=name)
        shares = sum(funder.share for funder in values["funders"])
        odd = sum(funder.odd for funder in values["funders"])
        if values["funders"] and (shares != 1_000_000 or odd != 1):
            self.reader.fault(("funder",), "pack.shares", sum=f"{shares / 10_000:g}%", odd=odd)
        chosen = values["chosen_by"]
        if chosen in self.known and self.known[chosen].type not in ("date", "moment"):
            self.reader.fault(("chosen_by",), "pack.unknown_fact", fact=chosen)
        self._need_fact(("chosen_by",), chosen, "")
        self._agree_unset(values)

    def _agree_dates(self, values: Mapping[str, Any]) -> None:
        opens, closes = values["in_force_from"], values["in_force_until"]
        if opens and closes and closes <= opens:
            self.reader.fault(("in_force",), "pack.dates_rise")

    def _agree_unset(self, values: Mapping[str, Any]) -> None:
        used = {slot.id: kind for slot, kind in _slots(values)}
        office = {term.value.id for term in values["office"].values() if isinstance(term.value, Unset)}
        # What a budget amounts to may be for the office alone to say, with no readings to choose among.
        budget = values["budget"]
        amount = budget.amount.id if budget and isinstance(budget.amount, Unset) else None
        for name in (*used, *office):
            if name not in self.unset:
                self.reader.fault((), "pack.unknown_unset", unset=name)
        for name, parameter in self.unset.items():
            path = self.paths["unset " + name]
            if name not in used and name not in office:
                self.reader.fault(path, "pack.unused_unset", unset=name)
            if name in used and name != amount and len(parameter.readings) < 2:
                self.reader.fault(path, "pack.no_readings", unset=name)
            if name in used and parameter.type != used[name]:
                self.reader.fault(path, "pack.unset_type", unset=name, kind=used[name])

    def _need_fact(self, path: Path, name: object, kind: str) -> None:
        if isinstance(name, str) and (name not in self.known or (kind and self.known[name].type != kind)):
            self.reader.fault(path, "pack.unknown_fact", fact=name)

    def _one_of(self, path: Path, value: object, words: tuple[str, ...]) -> None:
        if value is not None and value not in words:
            self.reader.fault(
                path, "pack.not_a_choice", fact=str(path[-1]), value=str(value), choices=", ".join(words)
            )


def _tuple(value: object) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(member) for member in _tuple(value) if member is not None)


def _slots(values: Mapping[str, Any]) -> list[tuple[Unset, str]]:
    """Every unset parameter that the calculation uses, with the type its place wants."""
    found: list[tuple[Any, str]] = [(slot, "fact") for slot in values["base"].smallest_of]
    for tier in values["tiers"]:
        found += [(tier.rate, "rate"), (tier.fixed, "money")]
    for rule in values["stacking"]:
        found += [(rule.share, "rate"), *((slot, "rate") for _, slot in rule.tier_share)]
    for cap in values["caps"]:
        found += [(cap.limit, "money"), *((slot, "money") for _, slot in cap.tier_limit)]
    found += [(floor.at_least, "money") for floor in values["floors"]]
    if values["budget"]:
        found += [(values["budget"].amount, "money"), (values["budget"].exceeded, "choice")]
    tests = [condition.test for condition in values["conditions"]]
    tests += [condition.applies_when for condition in values["conditions"] if condition.applies_when]
    tests += [tier.when for tier in values["tiers"] if tier.when]
    for test in tests:
        found += _test_slots(test)
    return [(slot, kind) for slot, kind in found if isinstance(slot, Unset)]


def _test_slots(test: Predicate) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = [(test.fact, "fact")]
    if test.op.endswith("_months"):
        found.append((test.value, "months"))
    elif test.op in ("at_least", "at_most", "above", "below"):
        found.append((test.value, "money"))
    else:
        found.append((test.value, "choice"))
    return found + [slot for part in test.parts for slot in _test_slots(part)]
