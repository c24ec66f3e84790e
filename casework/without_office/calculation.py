"""The stand-alone calculation: a file of cases in, the same rows with their awards out, no office needed.

Rows are decided in the order of the file, first come, first served: what an earlier row is awarded is used of
the caps and gone from the budget for the later ones. The file is streamed, and the result appears under its
name only when the last row is in it.

A file under a pack whose budget is ranked or pro rata is decided as a whole: every row is read first. Those
that draw on one budget under one version of the pack make a round (`rules.round`); rounds are decided in the
order in which their first rows stand. A row that can't be read takes no part. A blocked case holds back its
largest reading, of its caps also in the rounds that follow, so that nobody is awarded what it may be owed.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from casework.cases import other_support
from casework.cases.confirmed_codes import NONE, Confirmed
from casework.cases.far_out import amounts_of
from casework.cases.field_table import FIELDS
from casework.core.holidays import calendar
from casework.without_office.alike_contracts import AlikeContracts
from casework.without_office.case_columns import FactColumn, columns, quick_of, read_cells, troubled
from casework.without_office.far_amounts import FarAmounts
from casework.without_office.summary import Summary
from casework.without_office.tallies import (
    NO_ROW,
    Plan,
    ReadRow,
    Tallies,
    Versions,
    read_row,
    readings_told,
)
from papers import draft_file
from papers.ledgers import text_table
from papers.reading import portal_headings, text_rows
from papers.reading.heading_rows import Heading, Lines
from papers.reading.heading_units import is_unit, noted_unit, unit_of
from papers.reading.portal_headings import PortalColumn, is_serial, says_some
from papers.reading.text_rows import Progress, TextRows, UnreadableFile
from papers.reading.unreadable import Unreadable
from rules.case_number import case_key
from rules.decide import AWARDED, BLOCKED, REFUSED, Decision
from rules.facts import SAID, Fact, Value
from rules.facts_known import as_known
from rules.money import YUAN_FEN, yuan
from rules.pack import Pack
from rules.policy import Policy
from rules.round import groups

OUTPUT = ("status", "pack", "tier", "rate", "computed", "base", "award", "binding", "reasons", "readings")
"""The columns behind the input's own; then ``award_<funder>`` for each funder."""

AMOUNTS = frozenset(name for name, fact in SAID.items() if fact.type == "money")
_LEVELS = {name: FIELDS[name].fact for name in other_support.LEVELS}
"""Other support by level counts under a pack that declares it; it blocks its row where a file has no sum."""
PRICE = "contract_amount"
"""In ``reasons`` of a row where it is 0: a contract has a price, and import and entry take none without."""
NO_PACK = "no_pack"
MORE_CELLS = "more_cells"
"""In ``reasons`` of a row that has more cells than there are headings: which is which can't be told."""


class Calculation:
    """One file's calculation: which columns are facts, and what was used and seen so far."""

    def __init__(
        self,
        headings: Sequence[str],
        packs: Sequence[Pack],
        pack_id: str,
        confirmed: Confirmed = NONE,
        table: TextRows | None = None,
    ) -> None:
        self.confirmed, self.table = confirmed, table
        self.packs = [pack for pack in packs if pack.id == pack_id]
        self.width = len(headings)
        self.plans: dict[str, Plan] = {}
        for pack in self.packs:
            policy = Policy(pack, calendar=calendar())
            own = self._found(headings, pack.facts.values())
            self.plans[pack.ref] = Plan(policy, own, policy.budget_amount_fen, quick_of(own))
        self.known: tuple[FactColumn, ...] = ()
        self.versions = Versions(self.packs, pack_id, self.plans)
        self.columns = self._shared_columns(headings)
        self.unitless = self._unitless(headings)
        self.by_level = {
            ref for ref, plan in self.plans.items() if any(column.fact in _LEVELS for column in plan.own)
        }
        self.quick = quick_of(self.columns)
        self.funders = tuple(dict.fromkeys(funder.id for pack in self.packs for funder in pack.funders))
        self.headings = (*headings, *OUTPUT, *(f"award_{funder}" for funder in self.funders))
        self.numbered = any(column.fact == "case" for column in self.columns)
        self.seen: set[Value] = set()
        self.troubled = table is not None and table.troubled
        self.tallies = Tallies()
        self.alike = AlikeContracts(self.packs)
        self.far = self._far(headings)
        self.summary = Summary(confirmed=confirmed, hidden=table.hidden if table is not None else ())
        self.summary.unknown = tuple(headings[at] for at in self._unknown(headings))
        self.summary.unit_unsaid = self._unit_unsaid(headings)
        self.summary.unread, self.summary.lacking = self._unread(headings), self._lacking()
        self.support = self._unread_support(headings)
        self.lines = None if table is None else self._lines(table)

    def _far(self, headings: Sequence[str]) -> FarAmounts:
        """The measure of the file's amounts, the packs' own among them."""
        amounts = amounts_of(self.packs)
        read = (*self.columns, *(column for plan in self.plans.values() for column in plan.own))
        return FarAmounts({one.fact: headings[one.place] for one in read if one.fact in amounts})

    def _found(
        self, headings: Sequence[str], facts: Iterable[Fact], but: Collection[int] = ()
    ) -> tuple[FactColumn, ...]:
        """The columns that are these facts; none of the places `but` is one by its words alone."""
        if (table := self.table) is None:
            return columns(headings, facts, self.confirmed)
        known = [column for column in table.columns if column.place not in but]
        return columns(headings, facts, self.confirmed, known, table.noted_unit_fen, table.of_cells)

    def _shared_columns(self, headings: Sequence[str]) -> tuple[FactColumn, ...]:
        """The columns that are read before the pack is known."""
        dates = {
            pack.chosen_by: pack.facts[pack.chosen_by] for pack in self.packs if pack.chosen_by in pack.facts
        }
        # What a pack calls a fact of its own is that, even where the words would fit something else.
        own = {column.place for plan in self.plans.values() for column in plan.own}
        known = self._found(headings, {**SAID, **dates}.values(), own)
        if not known:
            if self.table is not None and self.table.hidden_sheets:
                raise Unreadable("headings_hidden", sheets=list(self.table.hidden_sheets))
            raise UnreadableFile("calculate.no_columns")
        used = {"case"}.union(*(plan.policy.program.names for plan in self.plans.values()))
        self.known = known
        # A column of text that no rule uses can't be wrong; every other column is read, used or not.
        return tuple(column for column in known if not column.is_text or column.fact in used)

    def _unitless(self, headings: Sequence[str]) -> str:
        """The heading of an amount that names no unit; empty where each does."""
        said = {one.place for one in self.table.columns if one.unit_fen} if self.table is not None else set()
        amounts = [one.place for one in self.known if one.fact in AMOUNTS and one.place not in said]
        return next((headings[place] for place in amounts if not unit_of(headings[place])), "")

    def _unit_unsaid(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The headings of amounts that name no unit, where other amounts of the file are no yuan."""
        if self.table is None or self.table.noted_unit_fen:
            return ()
        over = {one.place: one.unit_fen for one in self.table.columns}
        amounts = [one.place for one in self.known if one.fact in AMOUNTS]
        for plan in self.plans.values():
            amounts += [one.place for one in plan.own if plan.policy.pack.facts[one.fact].type == "money"]
        units = {place: over.get(place) or unit_of(headings[place]) for place in sorted(set(amounts))}
        bare = tuple(headings[place] for place, unit in units.items() if not unit)
        return bare if any(unit not in (0, YUAN_FEN) for unit in units.values()) else ()

    def _unknown(self, headings: Sequence[str]) -> list[int]:
        """The places of the columns that mean nothing here, but for those that count lines."""
        named = {column.place for column in self.known}
        named.update(column.place for plan in self.plans.values() for column in plan.own)
        if self.table is not None:
            fields = [
                one for one in self.table.columns if one.field and one.field not in other_support.LEVELS
            ]
            named.update(column.place for column in fields)
        return [
            at
            for at, heading in enumerate(headings)
            if heading.strip() and at not in named and heading not in OUTPUT and not is_serial(heading)
        ]

    def _unread(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The headings of columns that are known and that no rule asks."""
        asked = {"case"}.union(*(plan.policy.program.names for plan in self.plans.values()))
        known = [*self.known, *(column for plan in self.plans.values() for column in plan.own)]
        return tuple(dict.fromkeys(headings[one.place] for one in known if one.fact not in asked))

    def _lacking(self) -> tuple[str, ...]:
        """The packs' own facts that a rule asks and no column tells."""
        found: dict[str, None] = {}
        for plan in self.plans.values():
            told = {column.fact for column in (*plan.own, *self.known)}
            asked = plan.policy.program.row.index
            own = plan.policy.pack.facts.values()
            lacks = [fact for fact in own if fact.id in asked and fact.id not in told]
            found |= dict.fromkeys(f"{fact.title} ({fact.id})" for fact in lacks)
        return tuple(found)

    def _unread_support(self, headings: Sequence[str]) -> list[int]:
        """The places of the columns with what others may have given that no sum tells."""
        levels = {column.place for column in self._found(headings, _LEVELS.values())}
        summed = any(column.fact == other_support.SUM for column in self.known)
        unknown, like = self._unknown(headings), portal_headings.like_support
        return [at for at in unknown if (not summed if at in levels else like(headings[at]))]

    def _lines(self, table: TextRows) -> Lines | None:
        """What tells a total, a remark or the headings again from a row, as the import does."""
        columns = [column for column in table.columns if column.field]
        held = {column.field for column in columns}
        own = [column for plan in self.plans.values() for column in plan.own]
        columns += [PortalColumn(one.place, one.fact, one.fact) for one in (*self.known, *own)]
        if not table.words:
            return None
        needed = portal_headings.needed()
        must = {column.field: column.place for column in columns if column.field in needed}
        heading = Heading(0, tuple(columns), table.noted_unit_fen, table.words, needed & held)
        return Lines(heading, list(must.values()))

    def _is_no_row(self, cells: list[str]) -> bool:
        """Whether what can't be decided is no row at all.

        Raises:
            papers.reading.unreadable.Unreadable: ``noted_unit``: a remark under the table names another unit
                than its amounts were read in; ``unit_row``: a line of units stands under the headings.
        """
        for cell in filter(is_unit, cells):
            raise Unreadable("unit_row", cell=cell.strip())
        if self.lines is None or self.table is None or not any(map(str.strip, cells)):
            return False  # a line of commas alone is told as a row that says nothing
        if not self.lines.is_none(cells):
            return False
        unit_fen = self.table.noted_unit_fen or YUAN_FEN
        for cell in cells:
            noted = noted_unit(cell)
            if noted and noted != unit_fen and self.unitless:
                raise Unreadable("noted_unit", heading=self.unitless, note=cell)
        return True

    def row(self, cells: list[str]) -> list[str]:
        """The row with its result behind it; counts what it is awarded. Nothing of a line that is no row."""
        cells, plan, facts, result = self.read(cells)
        if plan is None or result is not None:
            return result or cells
        return self.told(cells, self.tallies.decide(plan, facts))

    def read(self, cells: list[str]) -> ReadRow:
        """The facts of a row and the pack that decides it, or the row blocked where it can't be decided;
        `NO_ROW` for a line that is none."""
        summary = self.summary
        summary.rows += 1
        more = False
        if len(cells) != self.width:
            more = any(cell.strip() for cell in cells[self.width :])
            cells = cells[: self.width] + [""] * (self.width - len(cells))
        facts: dict[str, Value] = {}
        unreadable = read_cells(cells, self.columns, self.quick, facts)
        if self.troubled:
            unreadable += troubled(cells, self.columns, unreadable)
        if self.confirmed and facts.get("applicant") in self.confirmed:
            summary.by_code[str(facts["applicant"])] += 1
        plan = self.versions.plan(facts)
        if plan is not None and plan.own:
            unreadable += read_cells(cells, plan.own, plan.quick, facts)
            if self.troubled:
                unreadable += troubled(cells, plan.own, unreadable)
        if self.by_level and plan is not None and plan.policy.ref in self.by_level:
            facts[other_support.SUM] = other_support.counted(facts)
        if self.numbered:
            case = case_key(str(facts.get("case") or ""))
            if not case or case in self.seen:
                unreadable = ["case", *(name for name in unreadable if name != "case")]
            else:
                self.seen.add(case)
        if more or self.support or facts.get(PRICE) == 0:
            unreadable += self._besides(cells, facts) + [MORE_CELLS] * more
        if (unreadable or plan is None) and self._is_no_row(cells):
            summary.rows -= 1
            return NO_ROW
        if unreadable:
            self._not_read(cells, plan, unreadable)
            return ReadRow(cells, plan, facts, self._blocked(cells, plan, unreadable))
        if plan is None:
            undated = all(facts.get(version.chosen_by) is None for version in self.packs)
            reason = self.packs[0].chosen_by if undated else NO_PACK
            return ReadRow(cells, None, facts, self._blocked(cells, None, [reason]))
        return self._seen(cells, plan, facts)

    def _not_read(self, cells: list[str], plan: Plan | None, unreadable: list[str]) -> None:
        """Counts a row that can't be read and keeps what is told of it."""
        read = [*(plan.own if plan is not None else ()), *self.columns]
        places = {column.fact: column.place for column in read}
        said = {name: cells[place].strip() for name, place in places.items() if name in ("case", "applicant")}
        named = {name: self.headings[places[name]] if name in places else name for name in unreadable}
        self.summary.not_read(said, named)

    def _seen(self, cells: list[str], plan: Plan, facts: dict[str, Value]) -> ReadRow:
        """A row that can be decided, once it was looked at for what a person has to look at."""
        self.far.take(facts, plan.amount_fen)
        if plan.policy.spans:
            self.summary.unknown_years.update(plan.policy.unknown_years(facts))
        if self.alike.counted:
            self.alike.take(facts)
        return read_row((cells, plan, as_known(facts), None))

    def told(self, cells: list[str], decision: Decision) -> list[str]:
        """The row with its decision behind it; counts it in the summary."""
        summary = self.summary
        if decision.status == AWARDED:
            summary.awarded += 1
            summary.award_fen += decision.award_fen or 0
        elif decision.status == REFUSED:
            summary.refused += 1
        else:
            summary.blocked += 1
        return cells + self._columns(decision)

    def _besides(self, cells: list[str], facts: dict[str, Value]) -> list[str]:
        """What keeps a row from being decided though each cell can be read: a contract without a price,
        money of others under a heading that says nothing."""
        free = [PRICE] if facts.get(PRICE) == 0 else []
        return free + [self.headings[at] for at in self.support if says_some(cells[at])]

    def _blocked(self, cells: list[str], plan: Plan | None, reasons: list[str]) -> list[str]:
        self.summary.blocked += 1
        told = [BLOCKED, plan.policy.ref if plan else "", "", "", "", "", "", "", ";".join(reasons), ""]
        return cells + told + [""] * len(self.funders)

    def _columns(self, decision: Decision) -> list[str]:
        # At once, up to and with the readings: ten look-ups by name would cost in every row.
        status, pack, tier, rate, base, computed, award, binding, reasons, readings = decision[:10]
        told = [
            status,
            pack,
            tier,
            rate,
            yuan(computed[0]) if len(computed) == 1 else ";".join(map(yuan, computed)),
            "" if base is None else yuan(base),
            "" if award is None else yuan(award),
            binding,
            ";".join(reasons),
            readings_told(readings) if readings else "",
        ]
        if self.funders:
            split = dict(decision.split)
            told += [yuan(split[funder]) if funder in split else "" for funder in self.funders]
        return told


def calculate(
    source: Path,
    target: Path,
    packs: Sequence[Pack],
    pack_id: str,
    progress: Progress | None = None,
    confirmed: Confirmed = NONE,
) -> Summary:
    """Calculates every row of a file of cases.

    Args:
        source: CSV (UTF-8, UTF-16 or GB18030) or XLSX, in the order of decision.
        target: the file to write, a workbook where it ends in ``.xlsx``; it is there only when all of it is.
        packs: the versions to choose from, by each case's legal date.
        pack_id: the scheme.
        progress: called now and then with how much of the file is read, and of how much.
        confirmed: credit codes that a person has confirmed from the licence.

    Raises:
        UnreadableFile: the file can't be calculated; nothing is written.
        papers.reading.unreadable.Unreadable: it can't be read at all, or may do harm.
        OSError: a file can't be opened or written.
    """
    started = time.perf_counter()
    if target.exists() and target.samefile(source):
        raise UnreadableFile("calculate.same_file", file=target.name)
    with text_rows.opened(source, progress) as cases:
        calculation = Calculation(cases.headings, packs, pack_id, confirmed, cases)
        with draft_file.whole(target) as draft:
            text_table.write(draft, calculation.headings, _results(calculation, cases))
    calculation.summary.far_out = calculation.far.found()
    calculation.summary.alike = tuple(calculation.alike.pairs)
    calculation.summary.seconds = time.perf_counter() - started
    return calculation.summary


def _results(calculation: Calculation, cases: TextRows) -> Iterator[list[str]]:
    if any(pack.decided_together for pack in calculation.packs):
        return decided_whole(calculation, cases.rows)
    return filter(None, map(calculation.row, cases.rows))


def decided_whole(calculation: Calculation, rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows with their results, in the order of the file."""
    read = [one for cells in rows if (one := calculation.read(cells)) is not NO_ROW]
    waiting = [
        (place, one.plan, one.facts)
        for place, one in enumerate(read)
        if one.plan is not None and one.result is None
    ]
    decisions: dict[int, Decision] = {}
    for group in groups([(plan.policy, facts) for _, plan, facts in waiting], every=True):
        places, plans, facts = zip(*[waiting[at] for at in group], strict=True)
        decisions.update(zip(places, calculation.tallies.decide_together(plans[0], facts), strict=True))
    for place, one in enumerate(read):
        yield calculation.told(one.cells, decisions[place]) if place in decisions else one.result or one.cells
