"""``import``: applications from a file of the portal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.act_words import pair
from cli.face import Face
from cli.offices import open_office, person
from cli.trouble import Trouble
from rules.toml_text import data_of
from words import machine

if TYPE_CHECKING:
    from casework.core.office import Office
    from casework.intake.portal_import import Imported


SEEN = ("row", "column", "value", "say")
"""What people are shown of a rejected row; programs get the code of the reason too."""
MOST_MAP = 1_000_000
"""Bytes of a file that says what headings mean."""


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    rejects: Annotated[Path | None, typer.Option("--rejects", metavar="OUT")] = None,
    column_map: Annotated[Path | None, typer.Option("--map", metavar="FILE")] = None,
    all_or_nothing: Annotated[bool, typer.Option("--all-or-nothing")] = False,
    scheme: Annotated[str, typer.Option("--scheme", metavar="ID")] = "",
    round_id: Annotated[int | None, typer.Option("--round", metavar="NUMBER")] = None,
    confirm: Annotated[list[str] | None, typer.Option("--confirm", metavar="CODE=REASON")] = None,
) -> int:
    """``import``: a portal's file read, judged and stored; 1 where a row was rejected."""
    from casework.cases.confirmed_codes import confirmed
    from casework.core.files_out import must_be_writable
    from casework.intake import portal_import

    face: Face = context.obj
    taught = _map(column_map) if column_map is not None else {}
    codes = confirmed(map(pair, confirm or ()))
    with open_office(face, "try_import" if dry_run else "") as office:
        who = person(face, office)
        if rejects is not None:  # a place that can't be written is told before anything is stored
            must_be_writable(rejects, file, *filter(None, (column_map,)))
        with face.progress("cli.import.working", file=file.name) as bar:

            def progress(done: int, total: int) -> bool:
                bar(done, total)
                return True

        options = portal_import.Options(
            taught, confirmed=codes, all_or_nothing=all_or_nothing, scheme=scheme, round_id=round_id
        )
        if dry_run:
            imported = portal_import.try_file(office, file, options, person=who, progress=progress)
        else:
            imported = portal_import.import_file(office, who, file, options, progress=progress)
        not_saved = None if rejects is None else _not_saved(office, who, file, imported, rejects, face.lang)
    told = imported.as_json(face.lang)
    if not_saved is not None:
        told |= {"rejects_not_saved": not_saved}
    face.answer(told, lambda: _show(face, imported, dry_run, not_saved))
    return 1 if not_saved or (imported.rejected and not imported.again) else 0


def _not_saved(
    office: Office, who: str, file: Path, imported: Imported, rejects: Path, lang: str
) -> str | None:
    """Save the rejected rows. Why they could not be saved: the import is stored all the same, and what was
    rejected is in the answer."""
    from casework.core.refused import Refused
    from casework.outgoing import rejects_export

    try:
        rejects_export.save_list(office, who, file, imported, rejects, lang)
    except Refused as refused:
        return refused.say_with_ids(lang)
    return None


def _map(path: Path) -> dict[str, str]:
    """Heading to field, as TOML."""
    from casework.core.refused import Refused
    from rules.pack import syntax_fault

    text = ""
    try:
        text = machine.read_bytes(path, MOST_MAP).decode("utf-8-sig")
        said = data_of(text)
    except UnicodeDecodeError as error:
        raise Trouble("cli.import.bad_map", file=path.name, what="UTF-8") from error
    except (ValueError, RecursionError) as error:  # the reader's own words are English: its line says where
        line = Refused("cli.import.map_line", line=syntax_fault(error, text).line)
        raise Refused("cli.import.bad_map", file=path.name, what=line) from error
    if not all(isinstance(value, str) for value in said.values()):
        raise Trouble("cli.import.bad_map", file=path.name, what='heading = "field"')
    return said


def _headings(face: Face) -> list[str]:
    return [face.say(f"cli.import.{part}") for part in SEEN]


def _rows(face: Face, imported: Imported) -> list[list[str]]:
    said = imported.as_json(face.lang)["rejected"]
    return [[str(row[part]) for part in SEEN] for row in said]


def _show(face: Face, imported: Imported, dry_run: bool, not_saved: str | None) -> None:
    counts = {
        "rows": imported.rows,
        "accepted": imported.accepted,
        "unchanged": imported.unchanged,
        "rejected": len(imported.rejected),
        "findings": len(imported.findings),
    }
    if imported.rejected:
        face.table(_headings(face), _rows(face, imported))
    if imported.hidden:
        face.line("cli.import.hidden", rows=[each.row for each in imported.hidden])
    if imported.unknown:
        face.line("cli.import.unknown", headings=imported.unknown)
    face.line("cli.import.tried" if dry_run or not imported.stored else "cli.import.done", **counts)
    if not_saved is not None:
        print(not_saved)
