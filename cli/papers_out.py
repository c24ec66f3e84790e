"""``letters`` and ``ledger``: papers out of the office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.dates import date_of
from cli.face import Face
from cli.offices import open_office, person


def letters(
    context: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR")],
    award: Annotated[int | None, typer.Option("--award", metavar="N")] = None,
    sheets: Annotated[bool, typer.Option("--sheets")] = False,
) -> int:
    """``letters``: the stored letters of all decisions, or of one, into a folder; or the sheets that stay in
    the house, with who prepared, approved and issued them."""
    from casework.boards.asked_by_name import must_be_decided
    from casework.core.files_out import save_letters
    from casework.outgoing.issuing_sheets import save_sheets

    face: Face = context.obj
    save = save_sheets if sheets else save_letters
    with open_office(face) as office:
        if award is not None:
            must_be_decided(office, award)
        written = save(office, person(face, office), output, decision=award)
    face.answer(
        {"letters": len(written), "files": [str(path) for path in written]},
        lambda: face.line("cli.letters.done", count=len(written), folder=output),
    )
    return 0


def ledger(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE")],
    at: Annotated[str | None, typer.Option("--at", metavar="DATE")] = None,
) -> int:
    """``ledger KIND``: a ledger as a workbook, as it stands now or stood on a day."""
    from casework.outgoing.ledger_export import write_ledger

    face: Face = context.obj
    with open_office(face) as office:
        rows = write_ledger(office, person(face, office), kind, output, at=date_of(at, "--at"))
    face.answer(
        {"kind": kind, "rows": rows, "file": str(output)},
        lambda: face.line("cli.ledger.done", rows=rows, file=output),
    )
    return 0
