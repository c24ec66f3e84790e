"""``scenario``: a round first come, ranked and shared out, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.face import Face
from cli.offices import open_office, person
from cli.trouble import Trouble

if TYPE_CHECKING:
    from casework.rulebook.rule_titles import Names


def scenario(
    context: typer.Context,
    round_id: Annotated[int | None, typer.Option("--round", metavar="N")] = None,
    rank_by: Annotated[str, typer.Option("--rank-by", metavar="FACT")] = "contract_amount",
    rising: Annotated[bool, typer.Option("--rising")] = False,
    unfit: Annotated[str, typer.Option("--unfit", metavar="next|stop|rest")] = "next",
    residual: Annotated[
        str, typer.Option("--residual", metavar="largest_remainder|largest|to_largest|left_over")
    ] = "largest_remainder",
    left: Annotated[str | None, typer.Option("--left", metavar="YUAN")] = None,
) -> int:
    """Reads, and leaves its line in the log."""
    from casework.award.scenario import How, as_json, look_at
    from casework.rulebook.rule_titles import names
    from rules.parts import RESIDUALS, UNFITS

    face: Face = context.obj
    for option, value, known in (("--unfit", unfit, UNFITS), ("--residual", residual, RESIDUALS)):
        if value not in known:
            raise Trouble("cli.unknown_choice", option=option, value=value, known=tuple(known))
    how = How(rank_by, not rising, unfit, residual, None if left is None else _fen(left))
    with open_office(face) as office:
        found = as_json(look_at(office, person(face, office), round_id, how))
        titles = names(office, face.lang)
    face.answer(found, lambda: _show(face, found, titles))
    return 0


def _fen(text: str) -> int:
    from casework.cases.typed_amounts import read_amount
    from rules.facts import FactError

    try:
        return read_amount(text)
    except FactError as error:
        raise Trouble("cli.bad_value", option="--left") from error


def _show(face: Face, found: dict[str, Any], titles: Names) -> None:
    face.line("scenario.notice")
    for one in found["budgets"]:
        title = titles.scheme(one["pack"].partition("@")[0])
        pack = face.say("cli.beside", title=title, id=one["pack"])
        face.line("scenario.head", pack=pack, budget=one["budget"], left=one["left"])
        if not one["allotted"]:
            face.line("scenario.not_allotted")
        names = ("awarded", "refused", "blocked", "total", "held", "startups")
        headings = [face.say("cli.whatif.item"), *(face.say(f"scenario.{order}") for order in one["orders"])]
        rows = [
            [face.say(f"cli.whatif.{name}"), *(str(side[name]) for side in one["orders"].values())]
            for name in names
        ]
        face.table(headings, rows, frozenset((1, 2, 3)))
