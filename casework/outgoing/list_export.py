"""A list as it stands on screen, out of the office as a workbook or as CSV."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

import words
from casework.core.act import By
from casework.core.change import Change
from casework.core.files_out import Taken, Tray, mark, take_out
from casework.core.office import SHANGHAI, Office
from casework.core.office_settings import settings_of
from papers.ledgers.ledger_column import Column, Sheet
from papers.ledgers.ledger_csv import write_csv

R = TypeVar("R")


def export(
    office: Office,
    by: str | By,
    path: Path,
    columns: Sequence[Column[R]],
    rows: Iterable[R],
    *,
    title: str,
    lang: str = words.DEFAULT,
) -> Change:
    """Act `export`: a list to ``path``, as CSV where its name ends so, else as a workbook.

    The log says which list it was, how many rows and which columns, and nothing of what was in it.
    """

    def make(session: Session, tray: Tray) -> Taken:
        draft = tray.draft(path)
        if path.suffix.lower() == ".csv":
            count = write_csv(draft, columns, rows)
        else:
            from papers.ledgers.ledger_workbook import (
                write_ledger,  # late: a page that shows a list needs none
            )

            count = write_ledger(draft, columns, rows, _sheet(session, office, title, lang))
        noted = {"kind": "list", "title": title, "rows": count}
        headings = [column.heading for column in columns]
        return Taken("list", {**noted, "columns": headings}, {"rows": count})

    return take_out(office, by, make)


def _sheet(session: Session, office: Office, title: str, lang: str) -> Sheet:
    made_at = office.now().astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0)
    notes = (
        words.say("ledger.office", lang, office=settings_of(session).name),
        words.say("list.made_at", lang, made_at=made_at),
        words.say("ledger.unit", lang),
    )
    return Sheet(title[:31], title, made_at, notes=notes, notice=mark(office, lang), frozen=1, lang=lang)
