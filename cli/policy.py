"""``policy``: the packs, what they say (`cli.policy_read`), and how they come into force."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.face import Face
from cli.offices import open_office, person
from cli.policy_new import new
from cli.policy_paper import paper
from cli.policy_read import Name, check, finding, list_packs, show_pack, text_of

if TYPE_CHECKING:
    from casework.core.change import Change

File = Annotated[Path, typer.Argument(metavar="FILE")]


def commands() -> typer.Typer:
    """The commands under ``policy``."""
    app = typer.Typer(rich_markup_mode=None)
    app.command("list")(list_packs)
    app.command("show")(show_pack)
    app.command("new")(new)
    app.command("check")(check)
    app.command("paper")(paper)
    app.command("adopt")(adopt)
    app.command("confirm")(confirm)
    app.command("renew")(renew)
    app.command("supplement")(supplement)
    app.command("source")(source)
    return app


def adopt(
    context: typer.Context,
    file: File,
    examples_file: Annotated[Path | None, typer.Option("--examples", metavar="FILE")] = None,
) -> int:
    """Proposes a pack with its example cases, which lie beside it unless another file is named."""
    from casework.rulebook.adoption import PackRefused
    from casework.rulebook.packs import propose_pack
    from casework.rulebook.shipped_packs import examples_beside

    face: Face = context.obj
    text = text_of(file)
    examples = examples_beside(file) if examples_file is None else text_of(examples_file)
    with open_office(face) as office:
        try:
            change = propose_pack(office, person(face, office), text, examples or "")
        except PackRefused as refused:
            if not face.as_json:
                raise
            faults = [finding(face, found) for found in refused.faults]
            face.answer(
                {"error": refused.code, "say": refused.say(face.lang), "faults": faults}, lambda: None
            )
            return 2
    _told(face, change, "cli.policy.proposed", what=change.facts.get("pack", ""))
    return 0


def confirm(
    context: typer.Context,
    name: Name,
    sha256: Annotated[str, typer.Option("--sha256", metavar="DIGITS")] = "",
) -> int:
    """A pack by ``id@version``, and by the text that was read where its fingerprint is given; or a supplement
    by its number."""
    from casework.core.refused import Refused
    from casework.rulebook.packs import confirm_pack
    from casework.rulebook.supplements import confirm_supplement

    face: Face = context.obj
    with open_office(face) as office:
        if name.isdecimal():
            if sha256:  # a supplement is no text
                raise Refused("cli.extra_argument", option="--sha256")
            change = confirm_supplement(office, person(face, office), int(name))
        else:
            change = confirm_pack(office, person(face, office), name, sha256)
    _told(face, change, "cli.policy.confirmed", what=name)
    return 0


def renew(context: typer.Context, name: Name) -> int:
    """``policy renew``: proposes the mended text of a version in force that the program brings."""
    from casework.rulebook.packs import renew_pack

    face: Face = context.obj
    with open_office(face) as office:
        change = renew_pack(office, person(face, office), name)
    _told(face, change, "cli.policy.proposed", what=name)
    return 0


def supplement(
    context: typer.Context,
    name: Name,
    settings: Annotated[list[str], typer.Option("--set", metavar="PARAMETER=VALUE")],
    source: Annotated[str, typer.Option("--source", metavar="TEXT")],
    start: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
) -> int:
    """``policy supplement``: proposes values for what a pack leaves unset, with their source; all or none."""
    from casework.core.look_ahead import tried, within
    from casework.rulebook.supplements import propose_supplement
    from cli.act_words import arguments_of, pair

    face: Face = context.obj
    dates = {key: text for key, text in (("from_on", start), ("until_on", until)) if text is not None}
    proposals = []
    for parameter, value in map(pair, settings):
        said = {"pack": name, "parameter": parameter, "value": value, "source": source, **dates}
        proposals.append(arguments_of("propose_supplement", propose_supplement, list(said.items())))
    with open_office(face) as office:
        who = person(face, office)
        for proposal in proposals:
            tried(office, who, "propose_supplement", partial(within, **proposal))
        numbers = [propose_supplement(office, who, **proposal).facts["supplement"] for proposal in proposals]
    face.answer(
        {"pack": name, "supplements": numbers},
        lambda: face.line("cli.policy.supplemented", pack=name, numbers=numbers),
    )
    return 0


def source(
    context: typer.Context,
    name: Name,
    rule: Annotated[str, typer.Argument(metavar="RULE")],
    title: Annotated[str, typer.Option("--title", metavar="TEXT")],
    article: Annotated[str, typer.Option("--article", metavar="TEXT")],
    on: Annotated[str, typer.Option("--on", metavar="DATE")],
    number: Annotated[str, typer.Option("--number", metavar="TEXT")] = "",
    seen: Annotated[str, typer.Option("--seen", metavar="TEXT")] = "",
) -> int:
    """``policy source``: proposes the official document of a rule, which its letters then cite."""
    from casework.rulebook.official_sources import propose_source
    from cli.act_words import arguments_of

    face: Face = context.obj
    said = {
        "pack": name, "rule": rule, "title": title, "article": article, "on": on, "number": number,
        "seen": seen,
    }  # fmt: skip
    with open_office(face) as office:
        arguments = arguments_of("propose_source", propose_source, list(said.items()))
        change = propose_source(office, person(face, office), **arguments)
    _told(face, change, "cli.policy.sourced", pack=name, number=change.facts["supplement"])
    return 0


def _told(face: Face, change: Change, code: str, **params: object) -> None:
    face.answer({"act": change.act, **change.facts, "log": change.seq}, lambda: face.line(code, **params))
