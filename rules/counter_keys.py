"""The names of the counters that a case draws on: of each cap, by applicant, contract and natural year
(自然年), and of its budget. Whoever keeps the counters, the names come from here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from rules import creditcode
from rules.contract_number import number_key
from rules.facts import Facts
from rules.faults import Unset
from rules.pack import Pack
from rules.parts import Cap, Tier
from rules.predicate import Readings, taken

Name: TypeAlias = Callable[[Facts], str]
"""What a counter or a part of its name is called in a case."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One counter of a cap; a cap counted by tier has one for each tier (``tier``, else empty), and one that
    may count by several facts has one for each reading (``readings``: parameter and fact), all of them
    counted, so that whatever is settled later finds its count."""

    cap: Cap
    tier: str = ""
    readings: tuple[tuple[str, str], ...] = ()

    @property
    def per(self) -> tuple[str, ...]:
        """What it counts by, under its readings."""
        taken = dict(self.readings)
        return tuple(taken[one.id] if isinstance(one, Unset) else str(one) for one in self.cap.per)

    def key(self, pack: Pack, facts: Facts) -> str:
        """The counter's name in a case, the same for every version of the pack.

        Parts that are not known are left empty: such a case is blocked before it uses anything.
        """
        return self.named(pack)(facts)

    def named(self, pack: Pack) -> Name:
        """The same, made ready for case after case."""
        first, parts = self._first(pack), [_part(pack, scope) for scope in self.per]
        for at, fact in self._left_open(pack):
            parts[at] = _named_part(fact, parts[at])
        if len(parts) == 2:  # as most caps have it: whose, and in which year
            one, other = parts
            head = "/".join(first)
            return lambda facts: f"{head}/{one(facts)}/{other(facts)}"
        return lambda facts: "/".join(first + [part(facts) for part in parts])

    def _left_open(self, pack: Pack) -> list[tuple[int, str]]:
        """The places that the pack itself leaves open: their parts say which fact they count by, for two
        facts may hold the same word."""
        stated = next((cap.per for cap in pack.caps if cap.id == self.cap.id), ())
        return [(at, self.per[at]) for at, one in enumerate(stated) if isinstance(one, Unset)]

    def was_named_otherwise(self, pack: Pack) -> bool:
        """Whether an earlier version named it otherwise in some cases."""
        return any(scope == "contract" or _compared(pack, scope) for scope in self.per) or self.fills(pack)

    def fills(self, pack: Pack) -> bool:
        """Whether something stands in for a fact that it counts by, where that is blank."""
        return any(scope in pack.facts and pack.facts[scope].default is not None for scope in self.per)

    def of_old(
        self, pack: Pack, key: str, applicant: str, contract_no: str, known: Facts = MappingProxyType({})
    ) -> str:
        """The name today of a counter that an earlier version named: by the contract's number as it was
        written, without the applicant, or by what an earlier cleaning left of it; by a pack's own text as it
        was written; by nothing where a fact was blank that something stands in for. Any other name as it is.

        Args:
            applicant, contract_no: of the case that had drawn on it, as it said them then.
            known: its facts with what stood in for the blank ones (`Policy.known`).
        """
        first, parts = self._first(pack), key.split("/")
        named = len(parts) - len(first) - len(self.per)  # 1 where the applicant goes before the number
        if named not in (0, 1) or parts[: len(first)] != first or (named and "contract" not in self.per):
            return key
        told = first
        rest = iter(parts[len(first) :])
        for scope in self.per:
            part = next(rest)
            if scope == "contract":
                if named:
                    next(rest)
                part = _contract({"applicant": applicant, "contract_no": contract_no})
            elif not part and scope in pack.facts:
                part = _part(pack, scope)(known)
            elif _compared(pack, scope):
                part = _plain(folded(_whole(part)))
            told = [*told, part]
        return "/".join(told)

    def _first(self, pack: Pack) -> list[str]:
        return [pack.id, self.cap.id, *([self.tier] if self.tier else [])]


def counters(scopes: tuple[Scope, ...], cap: Cap, tier: Tier) -> dict[tuple[tuple[str, str], ...], int]:
    """The places of a cap's counters in a tier, by what is read for what it counts by."""
    return {
        scope.readings: at
        for at, scope in enumerate(scopes)
        if scope.cap == cap and scope.tier in ("", tier.id)
    }


def taken_of(cap: Cap, readings: Readings) -> tuple[tuple[str, str], ...]:
    """What is read for what a cap counts by, where that is unset.

    Raises:
        Asked: nothing has been.
    """
    open_ = dict.fromkeys(one for one in cap.per if isinstance(one, Unset))
    return tuple((one.id, str(taken(one, readings))) for one in open_)


PERIODS: Mapping[str, Callable[[date], str]] = {
    "year": lambda on: str(on.year),
    "quarter": lambda on: f"{on.year}q{(on.month + 2) // 3}",
    "month": lambda on: f"{on.year}-{on.month:02}",
}


def scope_facts(pack: Pack, per: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that name a counter of this scope."""
    return tuple(dict.fromkeys(_fact(pack, scope) for scope in per))


def _fact(pack: Pack, scope: str) -> str:
    if scope in PERIODS:
        return pack.chosen_by
    return "contract_no" if scope == "contract" else scope


def budget_named(pack: Pack) -> Callable[[Facts], str | None]:
    """What names the budget that a case draws on: its key and, unless it never starts anew, the year. Made
    ready for case after case."""
    if pack.budget is None:
        return lambda facts: None
    key = pack.budget.key
    if pack.budget.per == "programme":
        return lambda facts: key
    part = _part(pack, pack.budget.per)
    return lambda facts: f"{key}/{part(facts)}"


def _part(pack: Pack, scope: str) -> Name:
    if scope == "contract":
        return _contract
    fact = _fact(pack, scope)
    if scope not in PERIODS:
        if _compared(pack, scope):
            return lambda facts: _plain(folded(facts.get(fact)))
        return lambda facts: _plain(facts.get(fact))
    if scope == "year":

        def year(facts: Facts) -> str:
            value = facts.get(fact)
            return str(value.year) if isinstance(value, date) else ""

        return year
    told = PERIODS[scope]

    def period(facts: Facts) -> str:
        value = facts.get(fact)
        return told(value) if isinstance(value, date) else ""

    return period


def _contract(facts: Facts) -> str:
    """A contract is its applicant's and goes by its cleaned number: ``91440300MA5EXAMP04/HT2026001``.

    However it is spelled it has one counter, and strangers who number alike share none.
    """
    number = str(facts.get("contract_no") or "")
    return f"{_plain(facts.get('applicant'))}/{_plain(number_key(number) or number)}"


def _named_part(fact: str, part: Name) -> Name:
    return lambda facts: f"{fact}={part(facts)}"


def _compared(pack: Pack, scope: str) -> bool:
    """Whether a scope is a text of the pack's own, which is compared as the applicant's id is."""
    fact = pack.facts.get(scope)
    return fact is not None and fact.type == "text"


def folded(value: object) -> str:
    """A text by which a cap counts, however it is written: as the applicant's id, without regard to case or
    width."""
    return "" if value is None else creditcode.normalise(str(value))


def _whole(part: str) -> str:
    """What a part of a name was made of."""
    return part.replace("%2F", "/").replace("%25", "%")


def _plain(value: object) -> str:
    """A value as a part of a name, which it can't break out of."""
    text = "" if value is None else str(value)
    return text.replace("%", "%25").replace("/", "%2F") if "%" in text or "/" in text else text
