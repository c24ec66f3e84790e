"""Examples: the cases that lie beside a pack as data, and what comes out when they are decided.

One row of CSV is one case, exact to the fen. Its columns:

=================  ==========================================================================
a fact's name      as ``calculate`` reads it: yuan, ISO dates, ``yes`` and ``no``; empty: not known
``used``           yuan used of each counter, ``;`` between them in the order of ``policy.caps``
``left``           yuan left of the budget; or
``spent``          yuan spent of it, so that its amount takes part; both empty: all of it is left
``set``            what the office has set by supplements: ``parameter=value``, ``;`` between them
``case``, ``note`` the row's number, and what it shows, for people
``expect_…``       status, tier, rate, base, computed, award, binding, reasons, readings, split, holds
                   as ``calculate`` writes them
=================  ==========================================================================

A case outside the pack's dates is blocked with ``no_pack``, one with a cell that can't be read with the
column's name. Every ``expect_`` column is compared, an empty one with nothing (``split``: not compared).
"""

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from rules import money
from rules.decide import AWARDED, BLOCKED, Decision, decide
from rules.facts import STANDARD, Fact, FactError, Value, read
from rules.facts_known import as_known
from rules.faults import PackFaults, Unset
from rules.parts import Cap, Funder
from rules.policy import Policy, Supplement
from rules.position import Position

OWN = ("case", "note", "used", "left", "spent", "set")
EXPECTED = (
    "status", "tier", "rate", "base", "computed", "award", "binding", "reasons", "readings", "split", "holds",
)  # fmt: skip
NO_PACK = "no_pack"
DECIDING, NOT_DECIDING = "deciding", "not_deciding"


class Difference(NamedTuple):
    """Where an example came out otherwise: the row as a spreadsheet numbers it, column, both values.

    Where both are empty, ``column`` is a heading that is neither a fact nor a column of examples (row 1), or
    one that keeps the row from being decided.
    """

    row: int
    column: str
    expected: str
    got: str


class Gap(NamedTuple):
    """A rule that the examples do not show ``deciding``, or ``not_deciding``."""

    rule: str
    lacks: str


Cells: TypeAlias = Mapping[str, str]
"""One example: its cells by heading."""


class Tried(NamedTuple):
    """What comes of an example: the policy with what the row sets, and the decision; only the reasons where
    the pack is not in force or a cell can't be read (``policy`` is None where ``set``, ``used`` or such is
    one)."""

    policy: Policy | None
    decision: Decision | None
    reasons: tuple[str, ...]
    told: Cells


def tried(policy: Policy, cells: Cells) -> Tried:
    """Decides one example; ``told`` says it as the columns ``expect_…`` do."""
    shelf = _Shelf(policy)
    try:
        found = shelf.decide(cells)
        by = shelf._policy((cells.get("set") or "").strip())
    except _Unreadable as error:
        return Tried(None, None, (error.column,), {})
    told = {f"expect_{name}": value for name, value in _told(found).items()}
    if isinstance(found, Decision):
        return Tried(by, found, (), told)
    return Tried(by, None, found, told)


def run(policy: Policy, text: str) -> list[Difference]:
    """Decides every example and answers what came out otherwise than the row says.

    A row that can't be decided differs in the column that keeps it from it; a file that is no CSV, or a row
    of more or fewer cells than there are headings, differs in no column's name.
    """
    shelf = _Shelf(policy)
    found: list[Difference] = []
    try:
        reader = _reader(text)
        headings = list(reader.fieldnames or ())
        known = {*_facts(policy), *OWN, *(f"expect_{name}" for name in EXPECTED)}
        found += [Difference(1, heading, "", "") for heading in headings if heading not in known]
        for cells in reader:
            found += _differences(shelf, reader.line_num, cells)
    except csv.Error as error:
        found.append(Difference(reader.reader.line_num, "", "", str(error)))
    return found


def _differences(shelf: "_Shelf", row: int, cells: Cells) -> list[Difference]:
    if None in cells or None in cells.values():
        return [Difference(row, "", "", "")]
    try:
        got = _told(shelf.decide(cells))
    except _Unreadable as error:
        return [Difference(row, error.column, cells[error.column], "")]
    found = []
    for name, value in got.items():
        column = f"expect_{name}"
        expected = cells.get(column, value).strip()
        if expected != value and (expected or name != "split"):
            found.append(Difference(row, column, expected, value))
    return found


def undecided(policy: Policy, text: str) -> list[Gap]:
    """The rules that no example shows deciding, or not deciding, in the order of the calculation.

    A condition decides where it refuses, a tier where it is the case's, a cost line where some of it counts,
    a cap, a floor, other support or the budget where it binds, an unset parameter where it makes a
    difference, and with it the rule of which it is open whether it holds; each does not decide where an award
    is made without it. A pack's only tier need not be shown not deciding.
    """
    shelf = _Shelf(policy)
    decides: set[str] = set()
    spares: set[str] = set()
    names = _rules(policy)
    applied = {
        rule.id: rule.applies.id
        for rule in (*policy.rules.stacking, *policy.rules.caps, *policy.rules.floors)
        if isinstance(rule.applies, Unset)
    }
    for cells in _reader(text):
        try:
            decision = shelf.decide(cells)
        except _Unreadable:
            continue  # `run` tells of it
        if isinstance(decision, Decision):
            used = {*decision.binding.split(";"), *decision.reasons, *decision.tier.split(";")}
            used |= {rule for rule, parameter in applied.items() if parameter in decision.reasons}
            if decision.way is not None:
                used |= {name for name, *_, counted in decision.way.lines if counted}
            decides |= used
            if decision.status == AWARDED:
                spares |= {name for name in names if name not in used}
    tiers = [tier.id for tier in policy.pack.tiers]
    spares |= set(tiers) if len(tiers) == 1 else set()
    return [Gap(name, DECIDING) for name in names if name not in decides] + [
        Gap(name, NOT_DECIDING) for name in names if name not in spares
    ]


_MADE_UP = replace(STANDARD["applicant"], says="id")
"""Who applies in an example is made up, and may have any code."""


class _Unreadable(ValueError):
    """A cell of the examples' own columns that can't be used."""

    def __init__(self, column: str) -> None:
        super().__init__(column)
        self.column = column


class _Shelf:
    """The policy, with what each row sets: made once for each."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.made = {"": policy}

    def decide(self, cells: Cells) -> Decision | tuple[str, ...]:
        """The decision; the reasons alone where the pack is not in force or a cell can't be read."""
        policy = self._policy((cells.get("set") or "").strip())
        facts: dict[str, Value] = {}
        unreadable = []
        for name, fact in _facts(policy).items():
            try:
                facts[name] = read(fact, cells.get(name) or "")
            except FactError:
                unreadable.append(name)
        if unreadable:
            return tuple(unreadable)
        on = facts.get(policy.pack.chosen_by)
        if not isinstance(on, date):
            return (policy.pack.chosen_by,)
        if not policy.pack.in_force(on.date() if isinstance(on, datetime) else on):
            return (NO_PACK,)
        return decide(policy, as_known(facts), _position(policy, cells))

    def _policy(self, wanted: str) -> Policy:
        if wanted not in self.made:
            pack = self.policy.pack
            pairs = [pair.partition("=") for pair in wanted.split(";")]
            more = [
                Supplement(pack.id, name.strip(), value.strip(), pack.in_force_from, None, "example")
                for name, _, value in pairs
            ]
            try:
                self.made[wanted] = Policy(pack, (*self.policy.supplements, *more), self.policy.calendar)
            except PackFaults as error:
                raise _Unreadable("set") from error
        return self.made[wanted]


def _reader(text: str) -> "csv.DictReader[str]":
    return csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True), strict=True)


def _position(policy: Policy, cells: Cells) -> Position:
    used = tuple(_fen(cells, "used"))
    if used and len(used) != len(policy.caps):
        raise _Unreadable("used")
    left = policy.budget_amount_fen
    for fen in _fen(cells, "left"):
        left = fen
    for fen in _fen(cells, "spent"):
        if left is None:
            raise _Unreadable("spent")
        left -= fen
    return Position(used or (0,) * len(policy.caps), left if policy.pack.budget else None)


def _fen(cells: Cells, column: str) -> list[int]:
    try:
        return [money.parse(part) for part in (cells.get(column) or "").split(";") if part.strip()]
    except money.MoneyError as error:
        raise _Unreadable(column) from error


def _told(decision: Decision | tuple[str, ...]) -> dict[str, str]:
    """What came out, as the columns of ``calculate`` say it."""
    if not isinstance(decision, Decision):
        return {**dict.fromkeys(EXPECTED, ""), "status": BLOCKED, "reasons": ";".join(decision)}
    readings = (f"{label}:{_yuan(award)}" for label, award in decision.readings)
    return {
        "status": decision.status,
        "tier": decision.tier,
        "rate": decision.rate,
        "base": _yuan(decision.base_fen),
        "computed": ";".join(map(money.yuan, decision.computed)),
        "award": _yuan(decision.award_fen),
        "binding": decision.binding,
        "reasons": ";".join(decision.reasons),
        "readings": ";".join(readings),
        "split": ";".join(f"{funder}={money.yuan(fen)}" for funder, fen in decision.split),
        "holds": _yuan(decision.holds_fen or None),
    }


def _yuan(fen: int | None) -> str:
    return "" if fen is None else money.yuan(fen)


def _facts(policy: Policy) -> Mapping[str, Fact]:
    return {**STANDARD, "applicant": _MADE_UP, **policy.pack.facts}


def _rules(policy: Policy) -> list[str]:
    """What the examples must show: every rule that decides awards, and every open parameter in use, but for
    one that orders cases alone: an example is one case."""
    pack = policy.pack
    orders = {
        slot.id
        for key in (pack.budget.rank_by if pack.budget else ())
        for slot in key
        if isinstance(slot, Unset)
    }
    names = [
        rule.id
        for rule in pack.rules().values()
        if not isinstance(rule, Funder) and not (isinstance(rule, Cap) and rule.counts != "award")
    ]
    return names + [
        each.id for each in policy.open_parameters if each in pack.calculated and each.id not in orders
    ]
