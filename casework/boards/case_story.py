"""What happened to a case, in order, and how far it has come: from the log and from rows of acts on many."""

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.boards.case_letters import LetterView
from casework.boards.case_parts import DecisionView, PublicityView
from casework.cases.field_table import COLUMNS
from casework.core.act_table import STAGES
from casework.core.office import SHANGHAI
from casework.core.staff_names import by_account
from models import Application, ApplicationVersion, LogEntry, Objection

TOLD = (
    "fact", "reason", "minutes", "stage", "receipt_no", "round", "due_on", "version", "fields", "kind",
    "status",
    "seq", "award_fen", "number", "outcome", "code", "quota_fen", "until_on", "released_fen", "late",
    "document", "article",
)  # fmt: skip
"""What a log entry says that is worth a line; hashes and row numbers are for the auditor."""

WAY = ("submitted", "accepted", "review", "calculated", "publicity", "approved", "issued")
REVIEW = STAGES
PLACE = {
    "draft": "submitted", "correction": "accepted", "refused": "calculated", "suspended": "calculated",
    "withdrawn": "submitted", "revoked": "approved", **dict.fromkeys(REVIEW, "review"),
}  # fmt: skip
"""Where a side state stands on the way, at least; further where the case has been further."""
REACHED_BY = {
    "import": "submitted", "submit": "submitted", "accept": "accepted", "review": "review",
    "decide": "calculated", "decide_again": "calculated", "publish": "publicity", "approve": "approved",
    "issue_voucher": "issued",
}  # fmt: skip
STOPPED = ("refused", "withdrawn", "revoked")


class Event(NamedTuple):
    """Something that happened. `details` holds only the names of `TOLD`; `seq` is its log number, 0 where the
    entry is one of an act on many cases."""

    at: datetime.datetime
    person: str
    act: str
    details: Mapping[str, Any]
    seq: int = 0


class Step(NamedTuple):
    """A step of the way: its state, the day it was reached, and its standing (done, here, stopped, ahead, or
    passed over: the case is beyond it and never was there)."""

    state: str
    on: datetime.date | None
    standing: str


def events(
    session: Session,
    row: Application,
    names: Mapping[int, str],
    versions: Sequence[ApplicationVersion],
    decisions: Sequence[DecisionView],
    publicity: PublicityView | None,
    letters: Sequence[LetterView],
) -> tuple[Event, ...]:
    """Everything that happened to the case, the oldest first."""
    found = _logged(session, row, publicity, letters)
    for before, version in zip([None, *versions], versions, strict=False):
        if version.source == "import":
            came: dict[str, Any] = {"version": version.version}
            if changed := _changed(before, version):
                came["fields"] = changed
            found.append(Event(version.at, names.get(version.person_id, ""), "import", came))
    decided = {event.details.get("seq") for event in found if event.act in ("decide", "decide_again")}
    for decision in decisions:
        if decision.seq not in decided:
            said = {"seq": decision.seq, "status": decision.status, "award_fen": decision.award_fen,
                    "reason": decision.reason}  # fmt: skip
            told = {name: value for name, value in said.items() if value is not None}
            found.append(Event(decision.at, decision.by, "decide", told))
    return tuple(sorted(found, key=lambda event: (event.at, event.seq)))


def _changed(before: ApplicationVersion | None, version: ApplicationVersion) -> list[str]:
    """The fields in which a version differs from the one before; none for the first."""
    if before is None:
        return []
    return [name for name, at in COLUMNS.items() if getattr(before, at) != getattr(version, at)]


def _logged(
    session: Session, row: Application, publicity: PublicityView | None, letters: Sequence[LetterView]
) -> list[Event]:
    """What the log says of the case itself, its letters, its list and the objections to it."""
    subjects = [f"case {row.case_no}", *(f"letter {letter.numbered}" for letter in letters)]
    if publicity is not None:
        subjects.append(f"publicity {publicity.id}")
    objections = select(col(Objection.id)).where(col(Objection.application_id) == row.id)
    subjects += [f"objection {number}" for number in session.execute(objections).scalars()]
    entries = session.execute(
        select(LogEntry).where(col(LogEntry.subject).in_(subjects)).order_by(col(LogEntry.seq))
    ).scalars()
    called = by_account(session)
    return [_event(entry, called.get(entry.person, entry.person)) for entry in entries]


def _event(entry: LogEntry, person: str) -> Event:
    payload = json.loads(entry.payload)
    said = {**payload, **payload.get("facts", {})}
    details = {name: said[name] for name in TOLD if said.get(name) not in (None, "", [])}
    return Event(entry.at, person, entry.act, details, entry.seq)


def steps(row: Application, happened: Iterable[Event]) -> tuple[Step, ...]:
    """The way of the case: which steps it has taken and when, and where it stands."""
    reached: dict[str, datetime.date] = {}
    for event in happened:
        step = REACHED_BY.get(event.act)
        if event.act == "return":
            reached = {name: on for name, on in reached.items() if WAY.index(name) <= WAY.index("review")}
        elif step is not None and event.details.get("status") != "blocked":
            reached[step] = event.at.astimezone(SHANGHAI).date()
    reached["submitted"] = row.applied_at.astimezone(SHANGHAI).date()
    place = row.state if row.state in WAY else PLACE[row.state]
    if row.state in ("correction", "suspended", "withdrawn", "refused"):
        place = max((place, *reached), key=WAY.index)
    here = WAY.index(place)
    standing = "stopped" if row.state in STOPPED else "here"
    behind = {name: "done" if name in reached else "passed" for name in WAY}
    return tuple(
        Step(name, reached.get(name), behind[name] if at < here else standing if at == here else "ahead")
        for at, name in enumerate(WAY)
    )
