"""``act``: any act of the office by its name."""

from __future__ import annotations

import datetime
import inspect
import types
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

import words
from cli.face import Face
from cli.offices import open_office, person
from cli.trouble import Trouble

if TYPE_CHECKING:
    from casework.change import Change


def act(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME")] = None,
    case: Annotated[str | None, typer.Option("--case", metavar="CASE")] = None,
    settings: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE")] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT")] = None,
    request: Annotated[str | None, typer.Option("--request", metavar="ID")] = None,
    list_acts: Annotated[bool, typer.Option("--list")] = False,
) -> int:
    from casework.act import By

    face: Face = context.obj
    acts = registered()
    if list_acts:
        show_acts(face, acts)
        return 0
    if name is None:
        raise Trouble("cli.missing_parameter", option="NAME")
    if name not in acts:
        raise Trouble("cli.act.unknown", act=name)
    given = dict(map(pair, settings or ()))
    given |= {key: value for key, value in (("case", case), ("reason", reason)) if value is not None}
    arguments = arguments_of(name, acts[name], given)
    by = By(person(face), request)
    with open_office(face) as office:
        change = acts[name](office, by, **arguments)
    answer = {
        "act": change.act,
        "changed": {kind: list(ids) for kind, ids in change.ids.items()},
        **change.facts,
        "log": change.seq,
    }
    face.answer(answer, lambda: _show(face, change))
    return 0


def registered() -> dict[str, Callable[..., Change]]:
    """Every act that stands behind a plain function; importing its module is what registers it."""
    import importlib
    import pkgutil

    import casework
    from casework.act import REGISTERED

    for module in pkgutil.iter_modules(casework.__path__):
        importlib.import_module(f"casework.{module.name}")
    return REGISTERED


def arguments_of(name: str, function: Callable[..., Change], given: dict[str, str]) -> dict[str, Any]:
    """The arguments of an act from words: each read as the type that the act declares.

    Raises:
        Trouble: one that the act doesn't take, one missing, or one that can't be read.
    """
    wanted = list(inspect.signature(function).parameters.values())[2:]
    types_of = typing.get_type_hints(inspect.unwrap(function))
    taken = {parameter.name: parameter for parameter in wanted}
    for key in given:
        if key not in taken:
            raise Trouble("cli.act.no_such_setting", act=name, key=key, known=tuple(taken))
    missing = [key for key, each in taken.items() if each.default is each.empty and key not in given]
    if missing:
        raise Trouble("cli.act.missing", act=name, keys=tuple(missing))
    return {key: read(key, text, types_of.get(key, str)) for key, text in given.items()}


def read(key: str, text: str, wanted: Any) -> Any:
    """A word as the type an act declares; money (``…_fen``) is given in yuan."""
    from rules.facts import FactError, read_date, read_moment
    from rules.money import MoneyError, parse

    kinds = typing.get_args(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    try:
        if key.endswith("_fen"):
            return parse(text)
        if datetime.datetime in kinds:
            return read_moment(text)
        if datetime.date in kinds:
            return read_date(text)
        if bool in kinds:
            return {"yes": True, "no": False, "是": True, "否": False}[text.lower()]
        if int in kinds:
            return int(text)
    except (ValueError, KeyError, FactError, MoneyError) as error:
        raise Trouble("cli.bad_value", option=f"--set {key}") from error
    if any(typing.get_origin(kind) in (list, tuple) or "Sequence" in str(kind) for kind in kinds):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def show_acts(face: Face, acts: dict[str, Callable[..., Change]]) -> None:
    """The acts, who may do them, and in which states of the case."""
    from casework.permissions import ACTS

    rows: list[dict[str, Any]] = []
    for name in ACTS:
        line = ACTS[name]
        takes = list(inspect.signature(acts[name]).parameters)[2:] if name in acts else []
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
            " ".join(row["takes"]),
        )
        for row in rows
    ]
    headings = [face.say(f"cli.act.{part}") for part in ("name", "say", "roles", "states", "takes")]
    face.answer({"acts": rows}, lambda: face.table(headings, shown))


def pair(text: str) -> tuple[str, str]:
    """``KEY=VALUE`` in its two parts."""
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise Trouble("cli.act.not_a_pair", text=text)
    return key.strip(), value


def _show(face: Face, change: Change) -> None:
    face.line("cli.act.repeated" if change.repeated else "cli.act.done", act=change.act, seq=change.seq)
    for key, value in change.facts.items():
        print(f"  {key}: {words.shown.shown(key, value, face.lang)}")
