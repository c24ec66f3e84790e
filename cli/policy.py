"""``policy``: the packs, what they say, and how they come into force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.face import Face
from cli.offices import open_office, person
from cli.trouble import Trouble

if TYPE_CHECKING:
    from casework.change import Change
    from rules.check import Finding
    from rules.pack import Pack

Name = Annotated[str, typer.Argument(metavar="ID")]
File = Annotated[Path, typer.Argument(metavar="FILE")]


def commands() -> typer.Typer:
    """The commands under ``policy``."""
    app = typer.Typer(rich_markup_mode=None)
    app.command("list")(list_packs)
    app.command("show")(show_pack)
    app.command("check")(check)
    app.command("adopt")(adopt)
    app.command("confirm")(confirm)
    app.command("supplement")(supplement)
    return app


def list_packs(context: typer.Context) -> int:
    from casework import shipped

    face: Face = context.obj
    rows: list[dict[str, Any]] = [
        {
            "id": pack.id,
            "version": pack.version,
            "title": _title(face, pack),
            "from": pack.in_force_from.isoformat(),
            "until": pack.in_force_until.isoformat() if pack.in_force_until else None,
            "unset": [parameter.id for parameter in pack.unset if parameter.readings],
            "sha256": pack.sha256,
        }
        for pack in shipped.shipped()
    ]
    headings = [face.say(f"cli.policy.{part}") for part in ("id", "title", "from", "until", "unset")]
    shown = [
        (
            f"{row['id']}@{row['version']}",
            row["title"],
            row["from"],
            row["until"] or "",
            ", ".join(row["unset"]),
        )
        for row in rows
    ]
    face.answer({"packs": rows}, lambda: face.table(headings, shown))
    return 0


def show_pack(context: typer.Context, name: Name) -> int:
    from casework import shipped

    face: Face = context.obj
    packs, _ = shipped.named(name)
    texts = [pack.canonical.decode() for pack in packs]
    data = [
        {"id": pack.id, "version": pack.version, "sha256": pack.sha256, "toml": text}
        for pack, text in zip(packs, texts, strict=True)
    ]
    face.answer({"packs": data}, lambda: print("\n".join(texts), end=""))
    return 0


def check(context: typer.Context, file: File) -> int:
    from casework import shipped
    from rules.check import check as check_pack

    face: Face = context.obj
    text = _text(file)
    neighbours = [pack for pack in shipped.shipped() if not _same(pack, text)]
    report = check_pack(text, neighbours, shipped.examples_beside(file))
    data = {
        "file": str(file),
        "faults": [_finding(face, found) for found in report.faults],
        "warnings": [_finding(face, found) for found in report.warnings],
    }

    def show() -> None:
        for kind in ("faults", "warnings"):
            for row in data[kind]:
                assert isinstance(row, dict)
                face.line(f"cli.policy.{kind}", file=file.name, **row)
                if row["case"]:
                    shown = [f"{name}={cell}" for name, cell in row["case"].items()]
                    face.line("check.case", cells=tuple(shown))
        face.line(
            "cli.policy.sound" if report.ok else "cli.policy.unsound",
            file=file.name,
            faults=len(report.faults),
        )

    face.answer(data, show)
    return 0 if report.ok else 1


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Trouble("policy.not_text", file=file.name) from error


def _same(pack: Pack, text: str) -> bool:
    """Whether a text is that very pack, which then is no neighbour of itself."""
    from rules.faults import PackFaults
    from rules.pack import load

    try:
        return load(text).sha256 == pack.sha256
    except PackFaults:
        return False


def _finding(face: Face, found: Finding) -> dict[str, Any]:
    return {
        "line": found.line,
        "column": found.column,
        "code": found.code,
        "say": face.say(found.code, **found.params),
        "case": dict(found.cells),
    }


def adopt(context: typer.Context, file: File) -> int:
    from casework.policies import propose_pack
    from casework.shipped import examples_beside

    face: Face = context.obj
    text, examples = _text(file), examples_beside(file) or ""
    with open_office(face) as office:
        change = propose_pack(office, person(face), text, examples)
    _told(face, change, "cli.policy.proposed", what=change.facts.get("pack", ""))
    return 0


def confirm(context: typer.Context, name: Name) -> int:
    """A pack by ``id@version``, or a supplement by its number."""
    from casework.policies import confirm_pack, confirm_supplement

    face: Face = context.obj
    with open_office(face) as office:
        if name.isdecimal():
            change = confirm_supplement(office, person(face), int(name))
        else:
            change = confirm_pack(office, person(face), name)
    _told(face, change, "cli.policy.confirmed", what=name)
    return 0


def supplement(
    context: typer.Context,
    name: Name,
    settings: Annotated[list[str], typer.Option("--set", metavar="PARAMETER=VALUE")],
    source: Annotated[str, typer.Option("--source", metavar="TEXT")],
    start: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
) -> int:
    from casework.policies import propose_supplement
    from cli.act_words import arguments_of, pair

    face: Face = context.obj
    dates = {key: text for key, text in (("from_on", start), ("until_on", until)) if text is not None}
    numbers = []
    with open_office(face) as office:
        for parameter, value in map(pair, settings):
            said = {"pack": name, "parameter": parameter, "value": value, "source": source, **dates}
            arguments = arguments_of("propose_supplement", propose_supplement, list(said.items()))
            change = propose_supplement(office, person(face), **arguments)
            numbers.append(change.facts["supplement"])
    face.answer(
        {"pack": name, "supplements": numbers},
        lambda: face.line("cli.policy.supplemented", pack=name, numbers=numbers),
    )
    return 0


def _told(face: Face, change: Change, code: str, **params: object) -> None:
    face.answer({"act": change.act, **change.facts, "log": change.seq}, lambda: face.line(code, **params))


def _title(face: Face, pack: Pack) -> str:
    return pack.title if face.lang == "zh" else pack.title_en
