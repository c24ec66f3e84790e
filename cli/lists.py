"""``cases``, ``findings``, ``proposals``: what stands in the office, for scripts and for who takes stock."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

import words
from cli.face import Face
from cli.offices import open_office
from cli.trouble import Trouble
from rules.money import yuan
from words.shown import shown

if TYPE_CHECKING:
    from casework.boards.finding_list import ListedFinding
    from casework.core.office import Office
    from casework.rulebook.rule_titles import Names

FINDING_STATES = ("open", "cleared", "upheld", "outdated")
SEEN = ("case", "applied_at", "applicant_name", "scheme", "state", "decision", "award", "kept_back")
"""What people are shown of a case; programs get every column."""


def cases(
    context: typer.Context,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE")] = None,
    scheme: Annotated[str, typer.Option("--scheme", metavar="ID")] = "",
    round_name: Annotated[str, typer.Option("--round", metavar="NAME")] = "",
    text: Annotated[str, typer.Option("--text", metavar="WORDS")] = "",
    kept_back: Annotated[bool, typer.Option("--kept-back")] = False,
) -> int:
    """``cases``: the applications, in the order in which they came."""
    from casework.boards import application_list
    from casework.boards.application_list import Filter, Lists, Query
    from casework.boards.asked_by_name import there_are
    from models.state_names import APPLICATION

    face: Face = context.obj
    _must_be_known(state, APPLICATION, "--state")
    asked = (("state", tuple(state or ())), ("scheme", (scheme,)), ("round", (round_name,)))
    filters = [Filter(name, "in", values) for name, values in asked if any(values)]
    if kept_back:
        known = ("refusal_proposed", "objection_open", "objection_upheld", "finding_open", "finding_upheld")
        filters.append(Filter("kept_back", "in", known))
    with open_office(face, "cases") as office:
        here = there_are(office)
        _must_be_known([scheme], here.schemes, "--scheme")
        _must_be_known([round_name], here.rounds, "--round")
        ids = Lists(office).ids(Query(text, tuple(filters), descending=False))
        rows = [dict(_told(row)) for row in _rows(office, ids)]
        sums = application_list.sums(office, ids)
    told = {
        "cases": rows,
        "count": sums.cases,
        "contract_amount": yuan(sums.contract_fen),
        "award": yuan(sums.award_fen),
    }

    def show() -> None:
        _table(face, "cases", SEEN, rows, frozenset({SEEN.index("award")}))
        face.line("cli.cases.sum", count=sums.cases, award_fen=sums.award_fen)

    face.answer(told, show)
    return 0


def _rows(office: Office, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    from casework.boards import application_list
    from casework.core.many_rows import chunks

    for some in chunks(ids):
        yield from application_list.rows(office, some)


def _told(row: Sequence[Any]) -> Iterator[tuple[str, object]]:
    """A case by the names of its columns: amounts in yuan, moments by Shanghai's clock."""
    from casework.boards.application_list import COLUMNS
    from models.columns import moment_of

    for column, value in zip(COLUMNS, row, strict=True):
        name = "case" if column.name == "case_no" else column.name
        if value is None:
            yield name, None
        elif column.kind == "money":
            yield name, yuan(value)
        elif column.kind == "moment":
            yield name, _moment(moment_of(value) if isinstance(value, str) else value)
        else:
            yield name, value.split(";") if column.kind == "words" else value


def _moment(at: datetime.datetime) -> str:
    from casework.core.office import SHANGHAI

    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")


def findings(
    context: typer.Context,
    state: Annotated[list[str] | None, typer.Option("--state", metavar="STATE")] = None,
    case: Annotated[str, typer.Option("--case", metavar="CASE")] = "",
    code: Annotated[str, typer.Option("--code", metavar="CODE")] = "",
) -> int:
    """``findings``: what was found and stands, of all cases or of one."""
    from casework.boards.asked_by_name import there_are
    from casework.boards.finding_list import STANDING, listed_findings
    from casework.core.who_may import case_of
    from casework.rulebook.rule_titles import names

    face: Face = context.obj
    _must_be_known(state, FINDING_STATES, "--state")
    with open_office(face, "cases") as office:
        if case:
            with office.read() as session:
                case_of(session, case)
        _must_be_known([code], there_are(office).findings, "--code")
        found = listed_findings(office, tuple(state or STANDING), case, code)
        titles = names(office, face.lang)
    rows = [
        {
            **one._asdict(),
            "found_at": _moment(one.found_at),
            "say": _found(face, one, titles),
        }
        for one in found
    ]
    seen = ("number", "case", "say", "state", "effect", "reason")

    face.answer({"findings": rows}, lambda: _table(face, "findings", seen, rows))
    return 0


def _found(face: Face, one: ListedFinding, titles: Names) -> str:
    """A finding in words; a condition by its title and what came of it."""
    from casework.core.refused import finding

    kind, _, name = one.code.partition(".")
    if kind != "condition":
        return finding(one.code, one.other, face.lang)
    code = f"case.condition.{one.outcome}"
    if one.other and one.outcome == "unknown":
        code += ".evidence"
    return face.say(code, condition=titles.rule(name), evidence=one.other)


def proposals(context: typer.Context) -> int:
    """``proposals``: what waits for a second person, with the act that confirms it."""
    from casework.boards.waiting_proposals import waiting_proposals

    face: Face = context.obj
    with open_office(face, "cases") as office:
        found = waiting_proposals(office)
    rows = [
        {
            **one._asdict(),
            "value": yuan(one.value) if isinstance(one.value, int) else one.value,
            "proposed_at": _moment(one.proposed_at),
        }
        for one in found
    ]
    seen = ("kind", "number", "about", "what", "value", "proposed_by", "proposed_at", "confirm")
    read = [
        {
            **row,
            "value": face.say("award.yuan", amount_fen=one.value)
            if isinstance(one.value, int)
            else one.value,
            "proposed_at": shown("at", one.proposed_at, face.lang),
        }
        for row, one in zip(rows, found, strict=True)
    ]
    face.answer({"proposals": rows}, lambda: _table(face, "proposals", seen, read))
    return 0


def _must_be_known(given: Sequence[str] | None, known: Sequence[str], option: str) -> None:
    """What is asked for by name (an empty one asks for nothing) is there, or it is said what there is."""
    for value in filter(None, given or ()):
        if value not in known:
            code = "cli.unknown_choice" if known else "cli.nothing_to_choose"
            raise Trouble(code, option=option, value=value, known=tuple(known))


def _table(
    face: Face,
    command: str,
    names: Sequence[str],
    rows: Sequence[dict[str, Any]],
    money: frozenset[int] = frozenset(),
) -> None:
    headings = [face.say(f"cli.{command}.{name}") for name in names]
    shown_rows = [[_word(face, name, row.get(name)) for name in names] for row in rows]
    face.table(headings, shown_rows, money)


_CODES = {
    "state": ("state", "cli.findings.state"),
    "effect": ("cli.findings.effect",),
    "decision": ("whatif.status",),
    "kind": ("cli.proposals.kind",),
    "kept_back": ("applications.kept_back",),
}
"""The words of the codes that stand in a table, by its column."""


def _word(face: Face, name: str, value: object) -> str:
    """A value for people: a code in words, all else as it stands."""
    for begins in _CODES.get(name, ()):
        if value is not None and words.has(f"{begins}.{value}", face.lang):
            return face.say(f"{begins}.{value}")
    return "" if value is None else str(value)
