"""Import: the portal's rows become applications, each row accepted, unchanged or rejected with its reason.

A file is read before the office is touched; what it says is stored in one transaction or not at all.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.cases import confirmed_codes
from casework.cases.confirmed_codes import NONE, Confirmed
from casework.cases.field_table import PERSONAL
from casework.cases.whole_facts import needed_of
from casework.core import many_rows
from casework.core.act import By, Turn, carry_out
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.core.who_may import recused_from
from casework.intake import portal_arrivals, rounds, storing, taught_headings
from casework.intake.arrivals import Plan, Planner, Taken
from casework.intake.portal_arrivals import Hidden
from casework.rulebook.in_force import Shelf
from models import Applicant, Application, Finding, Intake
from papers.reading.portal import Reject
from papers.reading.reader import Stopped
from papers.reading.retyped import Retyped, Retyping

Progress = Callable[[int, int], bool | None]


class Options(NamedTuple):
    """How a file is to be read and stored.

    `column_map` is heading → field, for this file and those that follow. `retypings` are what a person typed
    in the place of some cells; the log says so. `confirmed` are credit codes whose check character does not
    fit and that a person let in from the licence, with the reasons. `all_or_nothing`: store nothing where a
    row is rejected. `expected` is the hash of the file that was previewed; another one is refused. `scheme`
    is what the applications are for, where no round says it; empty: the usual one.
    """

    column_map: Mapping[str, str] = {}
    retypings: tuple[Retyping, ...] = ()
    confirmed: Confirmed = NONE
    all_or_nothing: bool = False
    expected: str = ""
    scheme: str = ""
    round_id: int | None = None


AS_USUAL = Options()


class Watch(NamedTuple):
    """Who looks on: `progress` is told how much is done of how much, and stops it by answering False;
    `stopped` is asked at any time, also on another thread."""

    progress: Progress | None = None
    stopped: Callable[[], bool] | None = None

    def tick(self, done: int, of: int = 0) -> None:
        """So much is done.

        Raises:
            Refused: `refused.stopped`.
        """
        told = self.progress is not None and self.progress(done, of) is False
        if told or (self.stopped is not None and self.stopped()):
            raise Refused("refused.stopped")

    def look(self) -> None:
        """Whether to stop, asked where there is nothing to tell.

        Raises:
            Refused: `refused.stopped`.
        """
        if self.stopped is not None and self.stopped():
            raise Refused("refused.stopped")


class TakenRow(NamedTuple):
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
    nothing to the office yet; `retyped` the cells that were read as a person typed them; `units` the columns
    of amounts by sheet and heading, with the fen in what a bare number there counts. `again`: these very
    bytes were imported before, and nothing in them is new. `hidden` are the rows that whoever looked at the
    table could not see.
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
    retyped: tuple[Retyped, ...] = ()
    taken: tuple[TakenRow, ...] = ()
    heading_rows: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[tuple[str, str], int] = field(default_factory=dict)
    again: bool = False
    hidden: tuple[Hidden, ...] = ()

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
            "hidden": [each._asdict() for each in self.hidden],
            "unknown": list(self.unknown),
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


class _Judged(NamedTuple):
    """What the office says of the rows of a file, and whether these very bytes were imported before."""

    plan: Plan
    before: bool = False


@many_rows.without_collector()
def import_file(
    office: Office,
    by: str | By,
    path: Path,
    options: Options = AS_USUAL,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Imported:
    """Act `import`: reads a portal's workbook or CSV and stores what it says, in one transaction.

    Args:
        progress, stopped: see `Watch`; where one stops it, nothing is stored.

    Raises:
        papers.reading.unreadable.Unreadable: the file is no table, or one built to harm.
        Refused: the person may not import; `refused.stopped`; `refused.file_changed`.
    """
    started, watch = time.perf_counter(), Watch(progress, stopped)
    read = _read(office, path, options, watch)
    judged: list[_Judged] = []

    def body(turn: Turn) -> None:
        judged.append(_judge(office, turn.session, read, options, watch, turn.recused_from))
        plan = judged[0].plan
        if options.all_or_nothing and (read.rejects or plan.refused):
            raise _Rejected
        _store_file(turn, plan, read, options, watch)

    try:
        change = carry_out(office, by, "import", body, asked=_asked(read, options))
    except _Rejected:
        return replace(_answer(read, judged[0], options, started), accepted=0)
    found = judged[0] if judged else _Judged(Plan(unchanged=len(read.arrivals)))
    return replace(_answer(read, found, options, started), stored=bool(judged), change=change)


@many_rows.without_collector()
def try_file(
    office: Office,
    path: Path,
    options: Options = AS_USUAL,
    *,
    person: str = "",
    progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Imported:
    """What `import_file` would answer; nothing is stored.

    Args:
        person: by whom; rows of applicants that they are recused from are rejected.

    Raises:
        papers.reading.unreadable.Unreadable: as there.
        Refused: `refused.stopped`; `refused.file_changed`.
    """
    started, watch = time.perf_counter(), Watch(progress, stopped)
    read = _read(office, path, options, watch)
    with office.read() as session:
        judged = _judge(office, session, read, options, watch, recused_from(session, person))
        return _answer(read, judged, options, started)


class _Rejected(Exception):
    """A row was rejected where all or nothing is to be stored."""


def _asked(read: portal_arrivals.Read, options: Options) -> str:
    """What tells one request to import from another."""
    more = f" {options.retypings}" if options.retypings else ""
    return read.sha256 + more + (f" {sorted(options.confirmed.items())}" if options.confirmed else "")


def _read(office: Office, path: Path, options: Options, watch: Watch) -> portal_arrivals.Read:
    watch.tick(0)
    with office.read() as session:
        scheme = rounds.scheme_of(session, options.scheme, options.round_id)
        packs = Shelf(session).of_scheme(scheme)
        own = portal_arrivals.own_headings(packs, scheme)
        known = {**own, **taught_headings.taught(session), **options.column_map}
        declared = portal_arrivals.declared_headings(fact for pack in packs for fact in pack.facts.values())
        let_in = frozenset((*options.confirmed, *_confirmed_before(session)))
    asked = portal_arrivals.Asked(known, declared, options.retypings, let_in, needed_of(packs, scheme))
    try:
        read = portal_arrivals.read(path, asked, watch.tick, watch.stopped)
    except Stopped as stop:
        raise Refused("refused.stopped") from stop
    if options.expected and read.sha256 != options.expected:
        raise Refused("refused.file_changed", file=read.name)
    return read


def _confirmed_before(session: Session) -> frozenset[str]:
    """The credit codes that a person has let in before: an application with one stands in the office."""
    found = (
        select(col(Applicant.code))
        .join(Application, col(Application.applicant_id) == col(Applicant.id))
        .join(Finding, col(Finding.application_id) == col(Application.id))
        .where(col(Finding.code) == confirmed_codes.FINDING)
    )
    return frozenset(session.execute(found).scalars())


def _judge(
    office: Office,
    session: Session,
    read: portal_arrivals.Read,
    options: Options,
    watch: Watch,
    recused: frozenset[int],
) -> _Judged:
    many_rows.watch(session, watch.look)
    same = select(col(Intake.id)).where(col(Intake.file_sha256) == read.sha256).limit(1)
    before = session.execute(same).first() is not None
    total = len(read.arrivals)
    scheme = rounds.scheme_of(session, options.scheme, options.round_id)
    planner = Planner(session, read.arrivals, scheme, office.today(), recused, options.round_id)
    return _Judged(planner.plan(lambda done: watch.tick(done, total)), before)


def _answer(read: portal_arrivals.Read, judged: _Judged, options: Options, started: float) -> Imported:
    plan = judged.plan
    named = [each._replace(column=read.headings.get(each.column, each.column)) for each in plan.refused]
    return Imported(
        rows=read.rows,
        accepted=len(plan.taken),
        unchanged=plan.unchanged + read.repeats,
        rejected=tuple(sorted([*read.rejects, *named], key=lambda each: (each.sheet, each.row))),
        findings=tuple(plan.findings()),
        seconds=round(time.perf_counter() - started, 3),
        stored=False,
        sha256=read.sha256,
        unknown=read.unknown,
        retyped=read.retyped,
        taken=tuple(_taken_row(one) for one in plan.taken),
        heading_rows=read.heading_rows,
        units=read.units,
        hidden=read.hidden,
        again=judged.before and not plan.taken and not options.retypings and not options.confirmed,
    )


def _taken_row(one: Taken) -> TakenRow:
    arrival = one.arrival
    said = arrival.said
    return TakenRow(
        arrival.sheet, arrival.row, arrival.case, said["applicant_name"], said["contract_amount"], one.version
    )


def _store_file(turn: Turn, plan: Plan, read: portal_arrivals.Read, options: Options, watch: Watch) -> None:
    total = len(read.arrivals)
    turn.subject = f"file {read.sha256[:12]}"
    intake_id = _note_file(turn, plan, read)
    if plan.taken:
        scheme = rounds.scheme_of(turn.session, options.scheme, options.round_id)
        storing.store(
            turn, plan.taken, "import", scheme, options.round_id, intake_id,
            lambda: watch.tick(total, total), options.confirmed,
        )  # fmt: skip
    if options.column_map:
        taught_headings.teach(turn, options.column_map)
    watch.tick(total, total)


def _note_file(turn: Turn, plan: Plan, read: portal_arrivals.Read) -> int:
    """The file and its counts, in the office and in the log."""
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
    if read.retyped:
        turn.note(corrected=[_told_retyped(turn, each) for each in read.retyped])
    return intake.id


def _told_retyped(turn: Turn, each: Retyped) -> dict[str, Any]:
    """A retyped cell as the log says it; personal numbers leave no trace in it."""
    said = each._asdict()
    if each.field in PERSONAL:
        said |= {name: turn.hidden(said[name]) for name in ("was", "now") if said[name]}
    return said
