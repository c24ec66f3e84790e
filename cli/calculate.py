"""``calculate``: the stand-alone calculation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from casework.cases.confirmed_codes import confirmed
from casework.rulebook import pack_files, shipped_packs
from casework.without_office.calculation import calculate as calculate_file
from casework.without_office.summary import Summary
from cli.act_words import pair
from cli.face import Face

SHOWN = 20
"""Rows that can't be read and are shown; the answer for programs has more."""


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
    for code, params in () if face.as_json else _remarks(summary):
        face.line(code, **params)
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


def _remarks(summary: Summary) -> Iterator[tuple[str, dict[str, object]]]:
    """What people are told of a file besides its result."""
    rows = [f"{one.case or one.row} ({', '.join(one.columns)})" for one in summary.unreadable_rows[:SHOWN]]
    far_out = [f"{name} {rows}" for name, rows in summary.far_out.items()]
    years = [str(year) for year in sorted(summary.unknown_years)]
    for code, name, value in (
        ("cli.import.hidden", "rows", summary.hidden),
        ("cli.calculate.unreadable", "rows", rows),
        ("cli.calculate.to_confirm", "codes", tuple(summary.to_confirm)),
        ("cli.calculate.unknown", "headings", summary.unknown),
        ("cli.calculate.unit_unsaid", "headings", summary.unit_unsaid),
        ("cli.calculate.unread", "headings", summary.unread),
        ("cli.calculate.lacking", "facts", summary.lacking),
        ("cli.calculate.unknown_years", "years", years),
        ("cli.calculate.far_out", "headings", far_out),
        ("cli.calculate.alike", "contracts", summary.alike),
    ):
        if value:
            yield code, {name: value}
