"""The rows of a portal's file that were not taken, out of the office: a workbook to be mended, or a list."""

from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlmodel import Session

import words
from casework.core.act import By
from casework.core.change import Change
from casework.core.files_out import Taken, Tray, mark, take_out
from casework.core.office import Office
from casework.intake.portal_import import Imported
from casework.outgoing import list_export
from papers.ledgers.ledger_column import Column, said_in

COLUMNS: tuple[Column[Mapping[str, Any]], ...] = (
    Column("cli.import.row", itemgetter("row"), "number", 8),
    Column("cli.import.column", itemgetter("column"), width=20),
    Column("cli.import.value", itemgetter("value"), width=20),
    Column("cli.import.reason", itemgetter("reason"), width=16),
    Column("cli.import.say", itemgetter("say"), width=60),
)


def save_workbook(
    office: Office, by: str | By, file: Path, imported: Imported, path: Path, lang: str = words.DEFAULT
) -> Change:
    """Act `export`: the rejected rows as they stand in their file, each with its reasons, to be mended and
    read in again. The change tells `rows`.

    Raises:
        Unreadable: the file can't be read any more.
    """

    from papers.ledgers import rejected_rows  # late: the page of imports opens without it

    def make(session: Session, tray: Tray) -> Taken:
        heads, notice = imported.heading_rows, mark(office, lang)
        rows = rejected_rows.write(file, tray.draft(path, file), imported.rejected, heads, lang, notice)
        return Taken("rejected rows", {"file": file.name, "sha256": imported.sha256}, {"rows": rows})

    return take_out(office, by, make)


def save_list(
    office: Office, by: str | By, file: Path, imported: Imported, path: Path, lang: str = words.DEFAULT
) -> Change:
    """Act `export`: what is wrong with each rejected row, one line a row."""
    title = words.say("import.rejects_name", lang, file=file.stem)
    told = imported.as_json(lang)["rejected"]
    return list_export.export(office, by, path, said_in(lang, COLUMNS), told, title=title, lang=lang)
