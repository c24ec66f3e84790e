"""``calculate``: the stand-alone calculation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casework.cases.confirmed_codes import confirmed
from casework.rulebook import pack_files, shipped_packs
from casework.without_office.calculation import calculate as calculate_file
from cli.act_words import pair
from cli.face import Face


def calculate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT")],
    policy: Annotated[str, typer.Option("--policy", metavar="ID|FILE")] = shipped_packs.DEFAULT,
    confirm: Annotated[list[str] | None, typer.Option("--confirm", metavar="CODE=REASON")] = None,
) -> int:
    """``calculate``: the awards of a file's cases, without an office."""
    face: Face = context.obj
    packs, pack_id = pack_files.named(policy)
    codes = confirmed(map(pair, confirm or ()))
    with face.progress("cli.calculate.working", file=file.name) as progress:
        summary = calculate_file(file, output, packs, pack_id, progress, codes)
    if summary.hidden and not face.as_json:
        face.line("cli.import.hidden", rows=summary.hidden)
    if summary.unknown and not face.as_json:
        face.line("cli.calculate.unknown", headings=summary.unknown)
    if summary.unread and not face.as_json:
        face.line("cli.calculate.unread", headings=summary.unread)
    if summary.lacking and not face.as_json:
        face.line("cli.calculate.lacking", facts=summary.lacking)
    if summary.unknown_years and not face.as_json:
        face.line("cli.calculate.unknown_years", years=[str(year) for year in sorted(summary.unknown_years)])
    if summary.far_out and not face.as_json:
        face.line(
            "cli.calculate.far_out", headings=[f"{name} {rows}" for name, rows in summary.far_out.items()]
        )
    if summary.alike and not face.as_json:
        face.line("cli.calculate.alike", contracts=summary.alike)
    face.answer(
        {**summary.as_json(), "output": str(output)},
        lambda: face.line(
            "cli.calculate.done",
            rows=summary.rows,
            awarded=summary.awarded,
            refused=summary.refused,
            blocked=summary.blocked,
            unreadable=summary.unreadable,
            award_fen=summary.award_fen,
            output=output,
        ),
    )
    return 1 if summary.unreadable else 0
