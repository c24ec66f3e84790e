"""``init`` and ``demo``: a new office."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.face import Face
from cli.passwords import NEW, said
from cli.trouble import Trouble


def init(
    context: typer.Context,
    office: Annotated[str, typer.Argument(metavar="OFFICE")],
    demo_people: Annotated[bool, typer.Option("--demo-people")] = False,
    packs: Annotated[str, typer.Option("--packs", metavar="ID,…")] = "",
) -> int:
    """``init``: an empty office in a new file or an empty database, with a password of each one's own."""
    from casework.founding.new_office import found_office
    from casework.people.accounts import FIRST_PEOPLE
    from casework.rulebook.shipped_packs import shipped

    face: Face = context.obj
    own = None if demo_people else {name: _own(face, role) for name, _, role in FIRST_PEOPLE}
    only = [name.strip() for name in packs.replace("，", ",").split(",") if name.strip()]
    made = found_office(
        office, demo_people=demo_people, passwords=own, only=only, stored=lambda: face.made.append(office)
    )
    if demo_people:
        face.notice("cli.known_passwords")

    def show() -> None:
        titles = {pack.ref: pack.title if face.lang == "zh" else pack.title_en for pack in shipped()}
        begun = tuple(face.say("cli.beside", title=titles[ref], id=ref) for ref in made.packs)
        face.line("cli.init.done", office=office, people=made.people, packs=begun)

    face.answer({"office": office, "people": list(made.people), "packs": list(made.packs)}, show)
    return 0


def _own(face: Face, role: str) -> str:
    """The password that the first keeper of the system or the rights chooses."""
    return said(face, f"{NEW}_{role.upper()}", "cli.password.new_of", role=face.say(f"role.{role}"))


def demo(
    context: typer.Context,
    office: Annotated[str, typer.Argument(metavar="OFFICE")],
    cases: Annotated[int, typer.Option("--cases", metavar="N", min=1)] = 120,
    seed: Annotated[int, typer.Option("--seed", metavar="S")] = 2026,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR")] = None,
) -> int:
    """``demo``: the demonstration office, with its papers where a folder is named."""
    from casework.founding.demonstration import demo as demonstrate

    face: Face = context.obj
    if out is None and "://" in office:
        raise Trouble("cli.demo.no_out")
    folder = out if out is not None else Path(office).with_suffix("").with_name(f"{Path(office).stem}-papers")
    with face.progress("cli.demo.working") as bar:

        def progress(stage: str, done: int, total: int) -> None:
            bar(done, total)

        summary = demonstrate(
            office,
            cases=cases,
            seed=seed,
            out=folder,
            lang=face.lang,
            progress=progress,
            stored=lambda: face.made.append(office),
        )

    def show() -> None:
        rows = [
            (face.say(f"cli.demo.{name}"), value)
            for name, value in summary.items()
            if _plain(face, name, value)
        ]
        face.table((face.say("cli.demo.what"), face.say("cli.demo.much")), rows, frozenset({1}))
        face.line("cli.demo.lies", folder=folder)

    face.answer(summary, show)
    return 0


def _plain(face: Face, name: str, value: object) -> bool:
    import words

    return isinstance(value, (int, str)) and words.has(f"cli.demo.{name}", face.lang)
