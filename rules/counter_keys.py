"""The names of the counters that a case draws on: of each cap, by applicant, contract and natural year
(自然年), and of its budget. Whoever keeps the counters, the names come from here.
"""

from dataclasses import dataclass
from datetime import date

from rules.facts import Facts
from rules.pack import Pack
from rules.parts import Cap


@dataclass(frozen=True, slots=True)
class Scope:
    """One counter of a cap; a cap counted by tier has one for each tier (``tier``, else empty)."""

    cap: Cap
    tier: str = ""

    def key(self, pack: Pack, facts: Facts) -> str:
        """The counter's name in a case, the same for every version of the pack.

        Parts that are not known are left empty: such a case is blocked before it uses anything.
        """
        parts = [pack.id, self.cap.id, *([self.tier] if self.tier else [])]
        return "/".join(parts + [_part(pack, scope, facts) for scope in self.cap.per])


_PERIODS = frozenset(("year", "quarter", "month"))


def scope_facts(pack: Pack, per: tuple[str, ...]) -> tuple[str, ...]:
    """The facts that name a counter of this scope."""
    return tuple(dict.fromkeys(_fact(pack, scope) for scope in per))


def _fact(pack: Pack, scope: str) -> str:
    if scope in _PERIODS:
        return pack.chosen_by
    return "contract_no" if scope == "contract" else scope


def budget_key(pack: Pack, facts: Facts) -> str | None:
    """The name of the budget that a case draws on: its key and, unless it never starts anew, the year."""
    if pack.budget is None:
        return None
    if pack.budget.per == "programme":
        return pack.budget.key
    return f"{pack.budget.key}/{_part(pack, pack.budget.per, facts)}"


def _part(pack: Pack, scope: str, facts: Facts) -> str:
    value = facts.get(_fact(pack, scope))
    if scope not in _PERIODS:
        text = "" if value is None else str(value)
        return text.replace("%", "%25").replace("/", "%2F") if "%" in text or "/" in text else text
    if not isinstance(value, date):
        return ""
    if scope == "year":
        return str(value.year)
    return (
        f"{value.year}q{(value.month + 2) // 3}" if scope == "quarter" else f"{value.year}-{value.month:02}"
    )
