"""The issuing sheets of letters as files: the copies that stay in the house, drawn from what is stored."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from casework.award.refusals import NOTICES
from casework.cases.versions import of
from casework.core.act import By
from casework.core.calendar import day_of
from casework.core.files_out import LETTERS, Taken, Tray, take_out
from casework.core.office import Office
from casework.core.office_fonts import draw
from casework.core.office_settings import settings_of
from models import Application, Approval, Decision, Letter, LogEntry, Person, Refusal
from papers.letters import letter as paper
from papers.letters.issuing_sheet import SheetFacts, Step, sheet


class Logged(NamedTuple):
    """The entry of the log that issued a letter."""

    seq: int
    hash: str


def save_sheets(
    office: Office,
    by: str | By,
    folder: Path,
    *,
    decision: int | None = None,
    round_id: int | None = None,
) -> list[Path]:
    """Act `export`: the issuing sheet of each letter (of those of one decision, with its number, or of a
    round) into a folder, without those of void ones.

    Raises:
        Refused: `refused.uncovered`, `refused.not_written`.
    """
    written: list[Path] = []

    def make(session: Session, tray: Tray) -> Taken:
        tray.make_folder(folder)
        logged = dict(_logged(session))
        wanted = select(Letter).where(col(Letter.kind).in_(LETTERS), col(Letter.voided_at).is_(None))
        if decision is not None:
            wanted = wanted.where(col(Letter.decision_seq) == decision)
        if round_id is not None:
            wanted = wanted.join(Application, col(Application.id) == col(Letter.application_id))
            wanted = wanted.where(col(Application.round_id) == round_id)
        for row in list(session.execute(wanted.order_by(col(Letter.id))).scalars()):
            facts = _facts(office, session, row, logged.get(row.content_sha256))
            path = folder / f"{row.kind}-{row.year}-{row.number:05d}.sheet.pdf"
            body = draw(office, partial(paper.draw, sheet(facts)))
            tray.draft(path).write_bytes(body)
            written.append(path)
        return Taken("letters", {"kinds": ["issuing_sheet"], "letters": len(written)})

    take_out(office, by, make)
    return written


def _logged(session: Session) -> Iterator[tuple[str, Logged]]:
    """The entries that issued letters, by the fingerprints of the letters."""
    columns = (col(LogEntry.seq), col(LogEntry.hash), col(LogEntry.payload))
    acts = col(LogEntry.act).startswith("issue_", autoescape=True)
    for seq, digest, payload in session.execute(select(*columns).where(acts)):
        noted = json.loads(payload).get("letter")
        if isinstance(noted, dict):
            yield noted["sha256"], Logged(seq, digest)


def _facts(office: Office, session: Session, row: Letter, logged: Logged | None) -> SheetFacts:
    application = session.get_one(Application, row.application_id)
    decided = None if row.decision_seq is None else session.get_one(Decision, row.decision_seq)
    version = application.version if decided is None else decided.version
    settings = settings_of(session)
    return SheetFacts(
        office=settings.name,
        kind=row.kind,
        number=row.numbered,
        code=row.code,
        sha256=row.content_sha256,
        unit=of(session, application.id, version).applicant_name,
        case=application.case_no,
        decision=row.decision_seq,
        steps=tuple(_steps(session, row, decided)),
        log_seq=None if logged is None else logged.seq,
        log_hash="" if logged is None else logged.hash,
        issued_on=day_of(row.issued_at),
        mark=office.mark,
        retention=settings.retention,
    )


def _steps(session: Session, row: Letter, decided: Decision | None) -> Iterator[Step]:
    """Who decided, who approved with which minutes, or who proposed and confirmed a refusal outside the rules
    with its document, and who issued it."""
    outside = _outside(session, row)
    if outside is not None:
        rests_on = f"{outside.document}{outside.article}"
        proposed_on, closed_at = day_of(outside.proposed_at), outside.closed_at
        yield Step("proposed", _name(session, outside.proposed_by_id), proposed_on, rests_on)
        if outside.closed_by_id is not None and closed_at is not None:
            yield Step("confirmed", _name(session, outside.closed_by_id), day_of(closed_at))
    if decided is not None:
        yield Step("prepared", _name(session, decided.decided_by_id), day_of(decided.decided_at))
        approved = session.execute(
            select(Approval).where(
                col(Approval.decision_seq) == decided.seq,
                col(Approval.step) == "approval",
                col(Approval.outcome) == "approved",
            )
        ).scalar()
        if approved is not None:
            who = _name(session, approved.person_id)
            yield Step("approved", who, day_of(approved.at), approved.minutes or "")
    yield Step("issued", _name(session, row.issued_by_id), day_of(row.issued_at))


def _outside(session: Session, row: Letter) -> Refusal | None:
    """The refusal outside the rules that a notice tells of: the last that was confirmed before it."""
    if row.kind not in NOTICES or row.decision_seq is not None:
        return None
    wanted = select(Refusal).where(
        col(Refusal.application_id) == row.application_id,
        col(Refusal.state) == "confirmed",
        col(Refusal.closed_at) <= row.issued_at,
    )
    found: Refusal | None = session.execute(wanted.order_by(col(Refusal.id).desc()).limit(1)).scalar()
    return found


def _name(session: Session, person: int) -> str:
    return session.get_one(Person, person).called
