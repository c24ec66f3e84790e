"""What if: past cases under a draft policy, beside what they were awarded then.

Nothing of it is a decision. The draft is taken as if it had been in force on the day of every case (its
``in_force`` is not asked; ``months`` moves all dates of the cases, so that last year's cases meet next year's
window). Each budget begins with the draft's amount and every cap at nothing; a blocked case holds back its
largest reading, as in the office.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from rules.decide import AWARDED, BLOCKED, Decision, drawn
from rules.facts import OPEN_END, OPEN_START, Facts, Value
from rules.faults import Unset
from rules.months import add_months
from rules.pack import Pack, load
from rules.policy import Policy
from rules.round import decide_round, groups
from rules.toml_text import canonical, data_of

STARTUP_MONTHS = 12
"""The only working definition of a startup that a source gives: founded under twelve months ago."""


class Past(NamedTuple):
    """A case as it was decided: its facts, and what came out then, in fen.

    ``short``: the budget did not reach for it then; ``holds_fen``: what was held back for it, if it waits.
    ``startup`` and ``small`` say what kind of firm it is,
    where the caller knows; a startup is told from the dates where it is ``None``.
    """

    case: str
    facts: Facts
    status: str
    award_fen: int = 0
    short: bool = False
    startup: bool | None = None
    small: bool | None = None
    holds_fen: int = 0
    decided_on: date | None = None
    """The day of its decision, on which a budget that did not reach for it was found to be gone."""


class Line(NamedTuple):
    """One case then and now; ``change_fen`` is what it gains (above zero) or loses."""

    case: str
    then_status: str
    then_fen: int
    now_status: str
    now_fen: int
    change_fen: int
    tier: str
    binding: str
    reasons: tuple[str, ...]
    holds_fen: int


class Side(NamedTuple):
    """What all cases came to, then or now.

    ``startup_fen`` and ``small_fen`` are the parts of the total that startups and small firms got (cases
    that are not known to be either are in neither); ``runs_out`` is, for each budget that did not reach for
    a case, the day on which the first such case was decided (its legal day, where nobody tells).
    """

    awarded: int
    refused: int
    blocked: int
    total_fen: int
    held_fen: int
    startup_fen: int
    small_fen: int
    runs_out: tuple[tuple[str, date], ...]


class WhatIf(NamedTuple):
    """The comparison: a line for each case in the order given, and both sides summed up."""

    draft: str
    lines: tuple[Line, ...]
    then: Side
    now: Side

    @property
    def gainers(self) -> tuple[Line, ...]:
        """Who gets more, the most first."""
        return tuple(
            sorted((one for one in self.lines if one.change_fen > 0), key=lambda one: -one.change_fen)
        )

    @property
    def losers(self) -> tuple[Line, ...]:
        """Who gets less, the most first."""
        return tuple(
            sorted((one for one in self.lines if one.change_fen < 0), key=lambda one: one.change_fen)
        )


def what_if(draft: Policy, past: Sequence[Past], months: int = 0) -> WhatIf:
    """Past cases under a draft policy.

    Args:
        draft: the policy to try.
        past: the cases in the order in which they were decided.
        months: how many months to move every date of the cases.
    """
    cases = [moved(one.facts, months) for one in past]
    decisions = decided(draft, cases)
    lines = tuple([_line(one, decision) for one, decision in zip(past, decisions, strict=True)])
    keys = [draft.budget_key(facts) or "" for facts in cases]
    days = [
        add_months(one.decided_on, months) if one.decided_on else _legal_day(draft.pack, facts)
        for one, facts in zip(past, cases, strict=True)
    ]
    then = _side(
        [(one.status, one.award_fen, one.holds_fen, one.short) for one in past],
        past,
        [draft.budget_key(one.facts) or "" for one in past],
        [one.decided_on or _legal_day(draft.pack, one.facts) for one in past],
    )
    now = _side(
        [(one.status, one.award_fen or 0, one.holds_fen, short(draft, one)) for one in decisions],
        past,
        keys,
        days,
    )
    return WhatIf(draft.ref, lines, then, now)


def decided(draft: Policy, cases: Sequence[Facts]) -> list[Decision]:
    """The decisions of cases that may draw on several budgets, each from its beginning, in their order."""
    decisions: dict[int, Decision] = {}
    used: dict[str, int] = {}
    for places in groups([(draft, facts) for facts in cases], every=True):
        found = decide_round(draft, [cases[at] for at in places], used, draft.budget_amount_fen)
        decisions.update(zip(places, found, strict=True))
        for at in places:
            for key in drawn(draft, draft.cap_keys(cases[at]), decisions[at]):
                used[key] = used.get(key, 0) + decisions[at].holds_fen
    return [decisions[at] for at in range(len(cases))]


def budget_words(pack: Pack) -> frozenset[str]:
    """What a decision's reasons or binding hold where the budget did not reach, or would not in a reading."""
    if pack.budget is None:
        return frozenset()
    exceeded = pack.budget.exceeded
    return frozenset((pack.budget.id, exceeded.id if isinstance(exceeded, Unset) else pack.budget.id))


def short(policy: Policy, decision: Decision) -> bool:
    """Whether the budget did not reach for a case (or would not, in some reading)."""
    return not budget_words(policy.pack).isdisjoint((*decision.reasons, *decision.binding.split(";")))


def moved(facts: Facts, months: int) -> Facts:
    """The facts with every date moved by whole months; an open bound of a round's window stays open."""
    if not months:
        return facts
    return {name: _moved(value, months) for name, value in facts.items()}


def _moved(value: Value, months: int) -> Value:
    if value in (OPEN_START, OPEN_END):
        return value
    if isinstance(value, datetime):
        return datetime.combine(add_months(value.date(), months), value.time())
    return add_months(value, months) if isinstance(value, date) else value


def is_startup(facts: Facts) -> bool:
    """Whether a firm was founded under twelve months before its application."""
    founded, applied = facts.get("founded_on"), facts.get("applied_at")
    if not isinstance(founded, date) or not isinstance(applied, datetime):
        return False
    return applied.date() < add_months(founded, STARTUP_MONTHS)


def _line(past: Past, decision: Decision) -> Line:
    now = decision.award_fen or 0
    change = now - past.award_fen
    return Line(
        past.case, past.status, past.award_fen, decision.status, now, change, decision.tier, decision.binding,
        decision.reasons, decision.holds_fen,
    )  # fmt: skip


def _legal_day(pack: Pack, facts: Facts) -> date:
    on = facts.get(pack.chosen_by)
    if isinstance(on, datetime):
        return on.date()
    return on if isinstance(on, date) else date.max


def _side(
    outcomes: Iterable[tuple[str, int, int, bool]],
    past: Sequence[Past],
    keys: Sequence[str],
    days: Sequence[date],
) -> Side:
    counts = {AWARDED: 0, BLOCKED: 0}
    total = held = startup = small = number = 0
    runs_out: dict[str, date] = {}
    for (status, award, holds, was_short), one, key, day in zip(outcomes, past, keys, days, strict=True):
        number += 1
        counts[status] = counts.get(status, 0) + 1
        total += award
        held += holds if status == BLOCKED else 0
        startup += award if (is_startup(one.facts) if one.startup is None else one.startup) else 0
        small += award if one.small else 0
        if was_short:
            runs_out[key] = min(day, runs_out.get(key, day))
    awarded, blocked = counts[AWARDED], counts[BLOCKED]
    days_out = tuple(sorted(runs_out.items()))
    return Side(awarded, number - awarded - blocked, blocked, total, held, startup, small, days_out)


# -- other rates, caps and budgets -----------------------------------------------------------------------


def variant(pack: Pack, changes: Mapping[str, str]) -> Pack:
    """The pack with other figures: ``{"general.rate": "0.45", "budget.amount": "600000000.00"}``.

    A figure is named by its rule's id and its key. The version gets ``-whatif`` behind it, so that nobody
    takes it for the pack itself.

    Raises:
        PackFaults: a figure that a pack may not have.
        KeyError: no such rule, or the rule has no such key.
    """
    data: dict[str, Any] = data_of(pack.canonical.decode())
    for name, value in changes.items():
        rule, _, key = name.rpartition(".")
        table = _table(data, rule)
        if key not in table:
            raise KeyError(name)
        counts = "price" in table and key == "limit" and value.isdecimal()
        table[key] = int(value) if counts else value
    data["version"] = f"{pack.version}-whatif"
    return load(canonical(_without_unused(data)).decode())


def _table(data: dict[str, Any], rule: str) -> dict[str, Any]:
    """The table of a rule; a fact or a parameter may have the same name."""
    for name, value in data.items():
        for member in value if isinstance(value, list) else [value]:
            named = member.get("id", "budget" if name == "budget" else "") if isinstance(member, dict) else ""
            if named == rule and name not in ("fact", "unset"):
                found: dict[str, Any] = member
                return found
    raise KeyError(rule)


def _without_unused(data: dict[str, Any]) -> dict[str, Any]:
    """Without the unset parameters that a change has filled."""
    text = repr({name: value for name, value in data.items() if name != "unset"})
    unset = [one for one in data.get("unset", []) if repr({"unset": one["id"]}) in text]
    return {**data, "unset": unset} if "unset" in data else data
