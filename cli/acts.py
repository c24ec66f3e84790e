"""``act``: any act of the office by its name."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

import words
from cli import told_facts
from cli.act_words import FEN, arguments_of, in_yuan, is_named, is_several, kinds_of, pair, passwords_of
from cli.face import Face
from cli.offices import open_office, person
from cli.passwords import NEW, OWN, said
from cli.trouble import Trouble
from rules.money import yuan

if TYPE_CHECKING:
    from casework.core.change import Change


def act(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="CASE")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT")] = None,
    request: Annotated[str | None, typer.Option("--request", metavar="ID")] = None,
    list_acts: Annotated[bool, typer.Option("--list")] = False,
) -> int:
    """``act NAME``: one change to the office by the person who is named; ``--list`` tells the acts."""
    from casework.core.act import By
    from casework.core.act_table import ACTS, function
    from casework.rulebook.rule_titles import names

    face: Face = context.obj
    if list_acts:
        with open_office(face) if face.office else nullcontext():
            show_acts(face)
        return 0
    if name is None:
        raise Trouble("cli.missing_parameter", option="NAME")
    if name not in ACTS or not ACTS[name].stands:
        raise Trouble("cli.act.own_command" if name in ACTS else "cli.act.unknown", act=name)
    done = function(name)
    given = list(map(pair, settings or ()))
    given += [(key, value) for key, value in (("case", case), ("reason", reason)) if value is not None]
    arguments = arguments_of(name, done, given)
    with open_office(face, changes_password=name == "change_password") as office:
        arguments |= {key: _secret(face, key) for key in passwords_of(done)}  # once one has signed in
        change = done(office, By(person(face, office), request), **arguments)
        said = [] if face.as_json else list(told_facts.lines(change, names(office, face.lang), face.lang))
    answer = {
        "act": change.act,
        "changed": {kind: list(ids) for kind, ids in change.ids.items()},
        **{in_yuan(key): _in_yuan(key, value) for key, value in change.facts.items()},
        "log": change.seq,
    }
    face.answer(answer, lambda: _show(face, change, said))
    return 0


def _secret(face: Face, key: str) -> str:
    """A password that an act asks for: one's own, or the new one."""
    if key == "password":
        return said(face, OWN, "cli.password.own", user=face.user)
    return said(face, NEW, "cli.password.new")


def show_acts(face: Face) -> None:
    """The acts, who may do them, and in which states of the case."""
    from casework.core.act_table import ACTS, function

    rows: list[dict[str, Any]] = []
    for name in ACTS:
        line = ACTS[name]
        takes = list(map(in_yuan, inspect.signature(function(name)).parameters))[2:] if line.stands else []
        rows.append(
            {
                "name": name,
                "say": face.say(f"act.{name}") if words.has(f"act.{name}", face.lang) else name,
                "roles": list(line.roles),
                "states": list(line.states),
                "leads_to": list(line.leads_to),
                "takes": takes,
                "not_preparer": line.not_preparer,
            }
        )
    shown = [
        (
            row["name"],
            row["say"],
            ", ".join(face.say(f"role.{role}") for role in row["roles"]),
            ", ".join(face.say(f"state.{state}") for state in row["states"]),
            " ".join(_written(face, row["name"], row["takes"])),
        )
        for row in rows
    ]
    headings = [face.say(f"cli.act.{part}") for part in ("name", "say", "roles", "states", "takes")]

    def show() -> None:
        face.table(headings, shown)
        face.line("cli.act.several")

    face.answer({"acts": rows}, show)


def _written(face: Face, name: str, takes: Sequence[str]) -> Iterator[str]:
    """What an act takes as one writes it: what can be said several times, and names of one's own."""
    from casework.core.act_table import ACTS, function

    kinds = kinds_of(function(name)) if ACTS[name].stands else {}
    for key in takes:
        if is_named(kinds.get(key, ())):
            yield face.say("cli.act.any_key")
        else:
            yield f"{key}+" if is_several(kinds.get(key, ())) else key


def _in_yuan(key: str, value: object) -> object:
    """A value of the answer: an amount in fen as yuan with two decimals."""
    return yuan(value) if key.endswith(FEN) and isinstance(value, int) else value


def _show(face: Face, change: Change, said: Sequence[str]) -> None:
    code = "cli.act.repeated" if change.repeated else "cli.act.done"
    face.line(code, act=face.say(f"act.{change.act}"), seq=change.seq)
    for line in said:
        print(line)
