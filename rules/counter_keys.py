"""The names of the counters that a case draws on: of each cap, by applicant, contract and natural year
(自然年), and of its budget. Whoever keeps the counters, the names come from here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from rules.contract_number import number_key
from rules.facts import Facts
from rules.pack import Pack
from rules.parts import Cap

Name: TypeAlias = Callable[[Facts], str]
"""What a counter or a part of its name is called in a case."""


@dataclass(frozen=True, slots=True)
class Scope:
    """One counter of a cap; a cap counted by tier has one for each tier (``tier``, else empty)."""

    cap: Cap
    tier: str = ""

    def key(self, pack: Pack, facts: Facts) -> str:
        """The counter's name in a case, the same for every version of the pack.

        Parts that are not known are left empty: such a case is blocked before it uses anything.
        """
        return self.named(pack)(facts)

    def named(self, pack: Pack) -> Name:
        """The same, made ready for case after case."""
        first, parts = self._first(pack), [_part(pack, scope) for scope in self.cap.per]
        return lambda facts: "/".join(first + [part(facts) for part in parts])

    def of_old(self, pack: Pack, key: str, applicant: str, contract_no: str) -> str:
        """The name today of a counter that an earlier version named: by the contract's number as it was
        written, without the applicant, or by what an earlier cleaning left of it. Any other name as it is.

        Args:
            applicant, contract_no: of the case that had drawn on it, as it said them then.
        """
        first, parts = self._first(pack), key.split("/")
        place = len(first) + self.cap.per.index("contract") if "contract" in self.cap.per else 0
        named = len(parts) - len(first) - len(self.cap.per)  # 1 where the applicant goes before the number
        if not place or named not in (0, 1) or parts[: len(first)] != first:
            return key
        today = _contract({"applicant": applicant, "contract_no": contract_no})
        return "/".join([*parts[:place], today, *parts[place + 1 + named :]])

    def _first(self, pack: Pack) -> list[str]:
        return [pack.id, self.cap.id, *([self.tier] if self.tier else [])]


_PERIODS: Mapping[str, Callable[[date], str]] = {
    "year": lambda on: str(on.year),
    "quarter": lambda on: f"{on.year}q{(on.month + 2) // 3}",
    "month": lambda on: f"{on.year}-{on.month:02}",
}


def scope_facts(pack: Pack, per: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that name a counter of this scope."""
    return tuple(dict.fromkeys(_fact(pack, scope) for scope in per))


def _fact(pack: Pack, scope: str) -> str:
    if scope in _PERIODS:
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
    if scope not in _PERIODS:
        return lambda facts: _plain(facts.get(fact))
    told = _PERIODS[scope]

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


def _plain(value: object) -> str:
    """A value as a part of a name, which it can't break out of."""
    text = "" if value is None else str(value)
    return text.replace("%", "%25").replace("/", "%2F") if "%" in text or "/" in text else text
