"""``policy list``, ``show`` and ``check``: the packs of the office that is named, or the shipped ones."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.face import Face
from cli.offices import open_office
from cli.pack_names import named, reading
from cli.trouble import Trouble
from papers.draft_file import whole
from words import machine

if TYPE_CHECKING:
    from casework.boards.policy_board import Given, OnBoard, Waits
    from rules.check import Finding
    from rules.pack import Pack

Name = Annotated[str, typer.Argument(metavar="ID")]


def list_packs(context: typer.Context) -> int:
    """``policy list``: the office's packs with their states, or those that ship where no office is named."""
    face: Face = context.obj
    today, board = _board(face) if face.office else (datetime.date.min, ())
    packs = [one.pack for one in board] if face.office else list(_shipped())
    rows = [_listed(face, one, today) for one in board] or [_row(face, pack) for pack in packs]
    parts = ["id", "title", "from", "until", *(["state", "newer"] if face.office else []), "unset"]

    def show() -> None:
        shown = [
            [_cell(face, row, pack, part) for part in parts] for row, pack in zip(rows, packs, strict=True)
        ]
        face.table([face.say(f"cli.policy.{part}") for part in parts], shown)

    face.answer({"packs": rows}, show)
    return 0


def _cell(face: Face, row: dict[str, Any], pack: Pack, part: str) -> str:
    """What `policy list` shows people of a pack."""
    if part == "id":
        return f"{row['id']}@{row['version']}"
    if part == "unset":
        return face.say("list.between").join(named(face, pack, name) for name in row["unset"])
    if part == "state":
        return _state(face, row)
    return face.say("cli.policy.newer") if part == "newer" and row[part] else row[part] or ""


def show_pack(context: typer.Context, name: Name) -> int:
    """A pack's own text; with an office also what it has set, what is open, and who waits for it."""
    from casework.rulebook import pack_files

    face: Face = context.obj
    today, held = _board(face) if face.office else (datetime.date.min, ())
    board = [one for one in held if name in (one.ref, one.pack.id)]
    data = [_shown(face, one, today) for one in board]
    data = data or [_bare(pack) for pack in pack_files.named(name)[0]]

    def show() -> None:
        print("\n".join(row["toml"] for row in data), end="")
        for one, row in zip(board, data, strict=False):
            _print_office(face, one, row["unset"])

    face.answer({"packs": data}, show)
    return 0


def check(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    cases: Annotated[Path | None, typer.Option("--cases", metavar="OUT.csv")] = None,
) -> int:
    """A pack's file, or one that the office holds (``id@version``) with the examples kept beside it."""
    from casework.core.holidays import calendar
    from rules.check import check as check_pack

    face: Face = context.obj
    label, text, examples = _text_of(face, file)
    neighbours = [pack for pack in _neighbours(face) if not _same(pack, text)]
    report = check_pack(text, neighbours, examples, calendar())
    data: dict[str, Any] = {
        "file": file,
        "faults": [finding(face, found) for found in report.faults],
        "warnings": [finding(face, found) for found in report.warnings],
    }
    if cases is not None:
        if cases.exists() and Path(file).exists() and cases.samefile(file):
            raise Trouble("calculate.same_file", file=cases.name)
        data["cases"] = {"file": str(cases), "rows": _write_cases(cases, report.faults)}

    def show() -> None:
        for kind in ("faults", "warnings"):
            for row in data[kind]:
                face.line(f"cli.policy.{kind}", file=label, **row)
                if row["case"]:
                    shown = [f"{name}={cell}" for name, cell in row["case"].items()]
                    face.line("check.case", cells=tuple(shown))
        if cases is not None:
            face.line("cli.policy.cases", file=str(cases), rows=data["cases"]["rows"])
        code = "cli.policy.sound" if report.ok else "cli.policy.unsound"
        face.line(code, file=label, faults=len(report.faults))

    face.answer(data, show)
    return 0 if report.ok else 1


# -- where packs come from -------------------------------------------------------------------------------


def text_of(file: Path) -> str:
    """The text of a pack's file."""
    from casework.rulebook.shipped_packs import MOST_BYTES

    try:
        return machine.read_bytes(file, MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble("policy.not_text", file=file.name) from error


def _text_of(face: Face, named: str) -> tuple[str, str, str | None]:
    """What to call it, its text and its examples."""
    from casework.boards import policy_board
    from casework.rulebook import shipped_packs

    path = Path(named)
    if not path.exists() and "@" in named:
        with open_office(face, "policies") as office:
            examples = policy_board.examples(office, named)
            pack = next(one.pack for one in policy_board.board(office) if one.ref == named)
        return named, pack.canonical.decode(), examples
    return path.name, text_of(path), shipped_packs.examples_beside(path)


def _shipped() -> tuple[Pack, ...]:
    from casework.rulebook import shipped_packs

    return shipped_packs.shipped()


def _board(face: Face) -> tuple[datetime.date, tuple[OnBoard, ...]]:
    """What day it is in the office, and the packs that it holds."""
    from casework.boards import policy_board

    with open_office(face, "policies") as office:
        return office.today(), policy_board.board(office)


def _neighbours(face: Face) -> list[Pack]:
    if not face.office:
        return list(_shipped())
    return [one.in_force_pack() for one in _board(face)[1] if one.state == "confirmed" and one.ever()]


def _same(pack: Pack, text: str) -> bool:
    """Whether a text is that very pack, which then is no neighbour of itself."""
    from rules.faults import PackFaults
    from rules.pack import load

    try:
        return load(text).canonical == pack.canonical
    except PackFaults:
        return False


# -- as rows ---------------------------------------------------------------------------------------------


def _row(face: Face, pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "version": pack.version,
        "title": pack.title if face.lang == "zh" else pack.title_en,
        "from": pack.in_force_from.isoformat(),
        "until": pack.in_force_until.isoformat() if pack.in_force_until else None,
        "unset": [parameter.id for parameter in pack.calculated],
        "sha256": pack.sha256,
    }


def _listed(face: Face, one: OnBoard, today: datetime.date) -> dict[str, Any]:
    """The row of a pack that an office holds: what is unset today, and how it stands."""
    asked = {parameter.id for parameter in one.pack.calculated}
    return {
        **_row(face, one.pack),
        "unset": [name for name in one.unset(today) if name in asked],
        "state": one.state,
        "newer": one.newer,
        "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else None,
        "proposed_by": one.proposed_by,
        "confirmed_by": one.confirmed_by,
    }


def _state(face: Face, row: dict[str, Any]) -> str:
    if row["withdrawn_on"]:
        return face.say("cli.policy.withdrawn", on=row["withdrawn_on"])
    return face.say(f"policies.{row['state']}")


def _bare(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id, "version": pack.version, "sha256": pack.sha256, "toml": pack.canonical.decode(),
    }  # fmt: skip


def _shown(face: Face, one: OnBoard, today: datetime.date) -> dict[str, Any]:
    return {
        **_bare(one.pack),
        **_listed(face, one, today),
        "unset": list(one.unset(today)),
        "examples_sha256": one.examples_sha256,
        "supplements": [_given(given, today) for given in one.supplements],
        "sources": [_given(given, today) for given in one.sources],
        "digests": list(one.digests),
        "waits": [_waits(waits) for waits in one.waits],
    }


def _given(given: Given, today: datetime.date) -> dict[str, Any]:
    return {
        "id": given.id,
        "parameter": given.parameter,
        "value": given.value,
        "from": given.from_on,
        "until": given.until_on,
        "revoked_from": given.revoked_from_on,
        "source": given.source,
        "state": given.state,
        "in_force": given.in_force(today),
        "proposed_by": given.proposed_by,
        "confirmed_by": given.confirmed_by,
    }


def _waits(waits: Waits) -> dict[str, Any]:
    from rules.money import yuan

    return {
        "parameter": waits.parameter,
        "cases": list(waits.numbers),
        "readings": {reading: yuan(fen) for reading, fen in waits.totals},
    }


def _print_office(face: Face, one: OnBoard, unset: Sequence[str]) -> None:
    """What the office adds, as comments behind the pack's text: the whole stays a pack that loads."""

    def say(code: str, **params: object) -> None:
        print("# " + face.say(code, **params))

    print()
    say("cli.policy.office", pack=one.ref, state=face.say(f"policies.{one.state}"))
    for given in one.supplements:
        until = given.ends_on
        said = face.say(
            "policies.supplement",
            name=named(face, one.pack, given.parameter),
            value=reading(face, one.pack, given.parameter, given.value),
            start=given.from_on, source=given.source,
        )  # fmt: skip
        say("cli.policy.given", number=given.id, state=face.say(f"policies.{given.state}"), said=said)
        if until:
            say("cli.policy.given_until", number=given.id, until=until)
    for given in one.sources:
        said = face.say(
            "policies.source_recorded",
            rule=named(face, one.pack, given.parameter.partition(":")[2]),
            source=given.value, on=given.from_on,
        )  # fmt: skip
        say("cli.policy.given", number=given.id, state=face.say(f"policies.{given.state}"), said=said)
    if one.digests:
        say("cli.policy.digests", rules=tuple(named(face, one.pack, rule) for rule in one.digests))
    if unset:
        say("cli.policy.still_unset", names=tuple(named(face, one.pack, name) for name in unset))
    for waits in one.waits:
        parameter = named(face, one.pack, waits.parameter)
        say("cli.policy.waits", parameter=parameter, cases=waits.numbers, count=waits.cases)
        for value, fen in waits.totals:
            told = reading(face, one.pack, waits.parameter, value)
            say("policies.would_cost", reading=told, total_fen=fen)


def finding(face: Face, found: Finding) -> dict[str, Any]:
    """A fault or warning for programs, with its sentence and its case."""
    return {
        "line": found.line,
        "column": found.column,
        "code": found.code,
        "say": face.say(found.code, **found.params),
        "case": dict(found.cells),
    }


def _write_cases(path: Path, faults: tuple[Finding, ...]) -> int:
    """Writes the case of each fault that has one, as a file that ``calculate`` takes; answers how many."""
    shown = [(number, found) for number, found in enumerate(faults, 1) if found.cells]
    rows = [{"case": f"{number}-{found.code}", **found.cells} for number, found in shown]
    headings = list(dict.fromkeys(name for row in rows for name in row))
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings or ["case"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)
