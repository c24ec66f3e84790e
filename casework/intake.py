"""Intake: the portal's rows become applications, each row accepted, unchanged or rejected with its reason.

A file is read before the office is touched; what it says is stored in one transaction or not at all.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework import facts_in_words, many_rows, portal_rows, rounds, shipped
from casework.act import By, Turn, act, carry_out
from casework.arrivals import Plan, Planner, Taken
from casework.change import Change
from casework.facts_in_words import Given
from casework.numbers import next_number
from casework.office import SHANGHAI, Office
from casework.refused import Refused
from casework.shelf import Shelf
from casework.storing import Origin, Store
from models import Application, ColumnMap, Intake
from models.columns import moment_text
from papers.portal import Reject
from papers.reader import Stopped
from papers.retyped import Corrected, Correction
from rules import creditcode

Progress = Callable[[int, int], bool | None]
SHOWN = 1000
"""Findings and case numbers that a log entry lists; a larger import's are counted, and stand in their
tables."""


PERSONAL = frozenset(("contact_name", "contact_phone", "bank_account"))
"""Fields whose words stand in the log only hidden."""


class Row(NamedTuple):
    """A row that was taken: where it stands, its case, and the version it becomes."""

    sheet: str
    row: int
    case: str
    applicant: str
    contract_amount_fen: int | None
    version: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `findings` are (case, code, the other thing); nothing is stored in a dry run.

    `changed` of the accepted rows are new versions of cases that were there. `unknown` are headings that mean
    nothing to the office yet; `corrected` the cells that were read as a person typed them. `again`:
    these very bytes were imported before, and nothing in them is new.
    """

    rows: int
    accepted: int
    unchanged: int
    rejected: tuple[Reject, ...]
    findings: tuple[tuple[str, str, str], ...]
    seconds: float
    stored: bool
    change: Change | None = None
    sha256: str = ""
    unknown: tuple[str, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    taken: tuple[Row, ...] = ()
    heading_rows: Mapping[str, int] = field(default_factory=dict)
    again: bool = False

    @property
    def changed(self) -> int:
        """How many of the accepted rows are a new version."""
        return sum(1 for each in self.taken if each.version > 1)

    def by_row(self) -> list[list[Reject]]:
        """What was wrong with each rejected row, in the order of the file."""
        rows: dict[tuple[str, int], list[Reject]] = {}
        for reject in self.rejected:
            rows.setdefault((reject.sheet, reject.row), []).append(reject)
        return list(rows.values())

    def as_json(self, lang: str = "zh") -> dict[str, Any]:
        """The answer of `import`, with a sentence for each rejected row."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "rejected": [_told(rejects, lang) for rejects in self.by_row()],
            "findings": [
                {"case": case, "finding": code, "with": other} for case, code, other in self.findings
            ],
            "stored": self.stored,
            "seconds": self.seconds,
        }


def _told(rejects: list[Reject], lang: str) -> dict[str, Any]:
    """A rejected row; further cells that are wrong in it stand in `also`."""
    told = [
        {
            "row": each.row,
            "column": each.column,
            "value": each.value,
            "reason": each.reason,
            "say": each.say(lang),
        }
        for each in rejects
    ]
    return told[0] | ({"also": told[1:]} if told[1:] else {})


@many_rows.without_collector()
def import_file(
    office: Office,
    by: str | By,
    path: Path,
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    column_map: Mapping[str, str] | None = None,
    scheme: str = shipped.DEFAULT,
    round_id: int | None = None,
    progress: Progress | None = None,
    corrections: Iterable[Correction] = (),
    expected: str = "",
    stopped: Callable[[], bool] | None = None,
) -> Imported:
    """Act `import`: reads a portal's workbook or CSV and stores what it says, in one transaction.

    Args:
        all_or_nothing: store nothing where a row is rejected.
        column_map: heading → field, for this file and those that follow.
        scheme: what the applications are for, where no round says it.
        progress: told how much is done of how much; answering False stops, and nothing is stored.
        corrections: what a person typed in the place of some cells; the log says so.
        expected: the hash of the file that was previewed; another one is refused.
        stopped: asked at any time, also on another thread, whether to stop; nothing is stored then.

    Raises:
        papers.unreadable.Unreadable: the file is no table, or one built to harm.
        Refused: the person may not import; `refused.stopped`; `refused.file_changed`.
    """
    started = time.perf_counter()
    typed = tuple(corrections)

    def tick(done: int, of: int = 0) -> None:
        if (progress is not None and progress(done, of) is False) or (stopped is not None and stopped()):
            raise Refused("refused.stopped")

    tick(0)
    read = _read(office, path, column_map, tick, typed, stopped)
    total = len(read.arrivals)
    if expected and read.sha256 != expected:
        raise Refused("refused.file_changed", file=read.name)

    seen: list[bool] = []

    def judge(session: Session) -> Plan:
        before = select(col(Intake.id)).where(col(Intake.file_sha256) == read.sha256).limit(1)
        seen.append(session.execute(before).first() is not None)
        return Planner(session, read.arrivals).plan(lambda done: tick(done, total))

    def answer(plan: Plan, stored: bool, change: Change | None = None) -> Imported:
        named = [each._replace(column=read.headings.get(each.column, each.column)) for each in plan.refused]
        return Imported(
            read.rows,
            len(plan.taken),
            plan.unchanged + read.repeats,
            tuple(sorted([*read.rejects, *named], key=lambda each: (each.sheet, each.row))),
            tuple(plan.findings()),
            round(time.perf_counter() - started, 3),
            stored,
            change,
            read.sha256,
            read.unknown,
            read.corrected,
            tuple(_row(one) for one in plan.taken),
            read.heading_rows,
            any(seen) and not plan.taken and not typed,
        )

    if dry_run:
        with office.read() as session:
            return answer(judge(session), stored=False)
    plans: list[Plan] = []

    def body(turn: Turn) -> None:
        plan = judge(turn.session)
        plans.append(plan)
        if all_or_nothing and (read.rejects or plan.refused):
            raise _Rejected
        _store_file(turn, plan, read, scheme, round_id, lambda: tick(total, total))
        if column_map:
            _teach(turn, column_map)
        tick(total, total)

    try:
        asked = f"{read.sha256} {typed}" if typed else read.sha256
        change = carry_out(office, by, "import", body, asked=asked)
    except _Rejected:
        return replace(answer(plans[0], stored=False), accepted=0)
    return answer(plans[0] if plans else Plan(unchanged=total), stored=bool(plans), change=change)


def _row(one: Taken) -> Row:
    arrival = one.arrival
    said = arrival.said
    return Row(
        arrival.sheet, arrival.row, arrival.case, said.applicant_name, said.contract_amount, one.version
    )


def _read(
    office: Office,
    path: Path,
    column_map: Mapping[str, str] | None,
    tick: Callable[[int, int], None],
    typed: Iterable[Correction],
    stopped: Callable[[], bool] | None,
) -> portal_rows.Read:
    with office.read() as session:
        taught = session.execute(select(col(ColumnMap.heading), col(ColumnMap.field))).all()
        declared = {
            heading: fact
            for pack in Shelf(session).bare_packs()
            for fact in pack.facts.values()
            for heading in (fact.title, *fact.headings, fact.id)
        }
    try:
        known = {**dict(taught), **(column_map or {})}
        return portal_rows.read(path, known, declared, tick, typed, stopped)
    except Stopped as stop:
        raise Refused("refused.stopped") from stop


class _Rejected(Exception):
    """A row was rejected where all or nothing is to be stored."""


def _store_file(
    turn: Turn,
    plan: Plan,
    read: portal_rows.Read,
    scheme: str,
    round_id: int | None,
    tick: Callable[[], None],
) -> None:
    turn.subject = f"file {read.sha256[:12]}"
    counts = {
        "rows": read.rows,
        "accepted": len(plan.taken),
        "rejected": read.rejected + len(plan.refused),
        "unchanged": plan.unchanged + read.repeats,
    }
    intake = Intake(
        file_name=read.name, file_sha256=read.sha256, at=turn.at, person_id=turn.person.id, **counts
    )
    turn.session.add(intake)
    turn.session.flush()
    turn.changed("intake", intake.id)
    turn.note(file=read.name, sha256=read.sha256, **counts)
    if read.corrected:
        turn.note(corrected=[_told_correction(turn, each) for each in read.corrected])
    if plan.taken:
        store(turn, plan.taken, "import", scheme, round_id, intake.id, tick)


def _told_correction(turn: Turn, each: Corrected) -> dict[str, Any]:
    """A correction as the log says it; personal numbers leave no trace in it."""
    said = each._asdict()
    if each.field in PERSONAL:
        said |= {name: turn.hidden(said[name]) for name in ("was", "now") if said[name]}
    return said


def store(
    turn: Turn,
    taken: list[Taken],
    source: str,
    scheme: str = shipped.DEFAULT,
    round_id: int | None = None,
    intake_id: int | None = None,
    tick: Callable[[], None] | None = None,
) -> None:
    """Store planned rows within an act, in the round that is open for them; `tick` may stop it on the way by
    raising."""
    at = moment_text(turn.at)
    first = taken[0].arrival.said.applied_at.replace(tzinfo=SHANGHAI)
    found = rounds.find(turn.session, scheme, round_id, first)
    pack_id = scheme if found is None else found.pack_id
    origin = Origin(
        source,
        intake_id,
        turn.person.id,
        at,
        turn.today.isoformat(),
        pack_id,
        None if found is None else found.id,
    )
    new, changed = Store(turn.session, origin, tick).store(taken)
    turn.note(new=len(new), changed=len(changed), cases=[one.arrival.case for one in taken[:SHOWN]])
    for kind, numbers in (("application", [*new, *changed][:SHOWN]),):
        turn.changed(kind, *numbers)
    if any(one.findings for one in taken):
        turn.changed("finding")


@act("submit")
def submit(
    turn: Turn,
    facts: Given,
    case: str = "",
    round_id: int | None = None,
    scheme: str = shipped.DEFAULT,
) -> None:
    """Enter one application by hand: facts under the rules' names (money in fen, dates as dates) and the
    fields of `arrivals.FIELDS`; anything else is a fact that the pack declares. Without a case number one
    is given.

    Raises:
        Refused: `refused.field_missing`, `refused.credit_code`, `refused.case_exists`.
    """
    said = facts_in_words.facts(turn, facts)
    said.setdefault("applied_at", turn.at.astimezone(SHANGHAI).replace(tzinfo=None))
    for name in ("applicant", "applicant_name", "contract_amount"):
        if said.get(name) in (None, ""):
            raise Refused("refused.field_missing", field=name)
    said["applicant"] = creditcode.normalise(said["applicant"])
    if creditcode.fault(said["applicant"]) is not None:
        raise Refused("refused.credit_code", credit_code=said["applicant"])
    number = case or f"SL{turn.today.year}{next_number(turn.session, 'receipt', turn.today.year):06d}"
    if turn.session.execute(select(col(Application.id)).where(col(Application.case_no) == number)).first():
        raise Refused("refused.case_exists", case=number)
    arrival = portal_rows.split(0, number, said)
    plan = Planner(turn.session, [arrival]).plan()
    turn.subject = f"case {number}"
    store(turn, plan.taken, "entry", scheme, round_id)
    turn.tell(case=number, findings=[code for _, code, _ in plan.findings()])


@act("teach_column")
def teach_column(turn: Turn, heading: str, field: str, unit: str | None = None) -> None:
    """Teach what a heading of a portal's file means, for the files to come."""
    _teach(turn, {heading: field}, unit)
    turn.subject = "columns"


def _teach(turn: Turn, taught: Mapping[str, str], unit: str | None = None) -> None:
    for heading, meant in taught.items():
        row = turn.session.execute(select(ColumnMap).where(col(ColumnMap.heading) == heading)).scalar()
        if row is None:
            row = ColumnMap(heading=heading, field=meant, unit=unit, at=turn.at, person_id=turn.person.id)
            turn.session.add(row)
        else:
            row.field, row.unit, row.at, row.person_id = meant, unit, turn.at, turn.person.id
    turn.note(columns=dict(taught))
