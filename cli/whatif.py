"""``whatif``: past applications under a draft pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.face import Face
from cli.offices import open_office, person
from cli.trouble import Trouble

FIGURES = ("awarded", "refused", "blocked", "total", "held", "startups", "small_firms", "runs_out")


def whatif(
    context: typer.Context,
    policy: Annotated[str, typer.Option("--policy", metavar="FILE")],
    year: Annotated[int | None, typer.Option("--year", metavar="Y")] = None,
    months: Annotated[int, typer.Option("--months", metavar="N")] = 0,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="PARAMETER=VALUE")] = None,
    changes: Annotated[list[str] | None, typer.Option("--change", metavar="RULE.KEY=VALUE")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE")] = None,
) -> int:
    """``whatif``: past cases under another pack or other figures; nothing is changed."""
    from casework.award.whatif import changed, named
    from casework.award.whatif import whatif as try_draft
    from casework.award.whatif_workbook import as_json
    from casework.core.files_out import must_be_writable
    from casework.rulebook import pack_files

    face: Face = context.obj
    with open_office(face) as office:
        if output is not None:
            must_be_writable(output, Path(policy))
        pack = changed(named(office, policy) or pack_files.named(policy)[0][-1], _pairs("--change", changes))
        found = as_json(
            try_draft(
                office, person(face, office), pack, year=year, months=months,
                settings=_pairs("--set", settings), path=output, lang=face.lang,
            )
        )  # fmt: skip
    if output is not None:
        found["file"] = str(output)
    face.answer(found, lambda: _show(face, found))
    return 0


def _pairs(option: str, pairs: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Trouble("cli.bad_value", option=option)
        found[name.strip()] = value.strip()
    return found


def _show(face: Face, found: dict[str, Any]) -> None:
    face.line("cli.whatif.head", draft=found["draft"], cases=found["cases"])
    headings = [face.say(code) for code in ("cli.whatif.item", "whatif.then", "whatif.now")]
    rows = [
        [face.say(f"cli.whatif.{name}"), *(_cell(found[side][name]) for side in ("then", "now"))]
        for name in FIGURES
    ]
    face.table(headings, rows, frozenset((1, 2)))
    gain, lose = found["gain"], found["lose"]
    sums = {"gain_sum": gain["sum"], "lose_sum": lose["sum"]}
    face.line("cli.whatif.changes", gain=gain["cases"], lose=lose["cases"], **sums)
    if "file" in found:
        face.line("cli.whatif.written", file=found["file"])


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {day}" for key, day in value.items())
    return str(value)
