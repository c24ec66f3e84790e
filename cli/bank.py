"""``bank``: payments written into a bank's file, and its answers matched. No office is needed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import words
from cli.face import Face
from cli.trouble import Trouble
from rules import days

if TYPE_CHECKING:
    from datetime import date

    from papers.banks.bank_toml import Bank
    from papers.banks.matching import Matched
    from papers.banks.payment import Payment, Payments, Refusal

Named = Annotated[str, typer.Option("--bank", metavar="BANK.toml")]


def commands() -> typer.Typer:
    """The commands under ``bank``."""
    app = typer.Typer(rich_markup_mode=None)
    app.command("fill")(fill)
    app.command("read")(read)
    app.command("list")(list_shipped)
    app.command("show")(show)
    return app


def fill(
    context: typer.Context,
    payments: Annotated[Path, typer.Argument(metavar="PAYMENTS.csv")],
    bank: Named,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT")],
    on: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD")] = None,
) -> int:
    """``bank fill``: all payments into the bank's file, or none where one of them breaks a limit."""
    from papers.banks import fill as filling
    from papers.banks import payment
    from papers.draft_file import must_be_free, whole

    face: Face = context.obj
    day = _day(on)
    described = _bank(bank)
    must_be_free(output, payments, *_template(described))
    found = payment.read(payments)
    refused = found.refused
    if not refused:
        filled = filling.fill(described, found.found, day)
        refused = filled.refused
    if refused:
        _refuse(face, found, refused)
        return 1
    with whole(output) as draft:
        draft.write_bytes(filled.content)
    _told_written(face, described, found, output)
    return 0


def _told_written(face: Face, bank: Bank, found: Payments, output: Path) -> None:
    total = sum(each.amount_fen for each in found.found)
    said = {"rows": found.rows, "written": len(found.found), "refused": []}
    face.answer(
        {**said, "output": str(output)},
        lambda: face.line(
            "cli.bank.written", rows=found.rows, amount_fen=total, file=str(output), bank=bank.name
        ),
    )


def _refuse(face: Face, found: Payments, refused: tuple[Refusal, ...]) -> None:
    listed = [
        {"row": each.row, "ref": each.ref, "field": each.field, "say": each.say(face.lang)}
        for each in refused
    ]

    def show() -> None:
        for each in listed:
            print(words.shown.seen(str(each["say"])))
        face.line("cli.bank.refused", rows=found.rows, count=len(refused))

    face.answer({"rows": found.rows, "written": 0, "refused": listed}, show)


def read(
    context: typer.Context,
    answers: Annotated[list[Path], typer.Argument(metavar="ANSWER…")],
    payments: Annotated[Path, typer.Option("--payments", metavar="PAYMENTS.csv")],
    bank: Annotated[str | None, typer.Option("--bank", metavar="BANK.toml")] = None,
) -> int:
    """``bank read``: what each line of the answers says of which payment."""
    from papers.banks import answer_files, matching, payment

    face: Face = context.obj
    described = None if bank is None else _bank(bank)
    found = payment.read(payments)
    if found.refused:
        raise Trouble("cli.bank.payments", say=found.refused[0].say(face.lang))
    lines = [line for path in answers for line in answer_files.read(path, described)]
    matched = matching.match(found.found, lines)
    missing = matching.unanswered(found.found, matched)
    _tell_matched(face, matched, missing)
    return 0 if all(each.outcome in ("paid", "pending") for each in matched) else 1


def _tell_matched(face: Face, matched: list[Matched], missing: list[Payment]) -> None:
    from papers.banks.payment import yuan

    lines = [_line(face, each) for each in matched]
    unanswered = [{"ref": each.ref, "amount": yuan(each.amount_fen)} for each in missing]

    def show() -> None:
        headings = [face.say(f"cli.bank.column.{name}") for name in ("file", "row", *_SHOWN)]
        rows = [
            (line["file"], line["row"], *(_shown(face, name, line[name]) for name in _SHOWN))
            for line in lines
        ]
        face.table(headings, rows, frozenset({1, 4}))
        if missing:
            face.line("cli.bank.unanswered", count=len(missing), refs=[each.ref for each in missing])

    face.answer({"lines": lines, "unanswered": unanswered}, show)


_SHOWN = ("ref", "outcome", "amount", "date", "flow", "by", "reason", "say")


def _shown(face: Face, name: str, value: object) -> object:
    return face.say(f"cli.bank.{name}.{value}") if name in ("outcome", "by") and value else value


def _line(face: Face, matched: Matched) -> dict[str, object]:
    from papers.banks.payment import yuan

    line = matched.line
    return {
        "file": line.file,
        "row": line.row,
        "ref": line.ref if matched.payment is None else matched.payment.ref,
        "outcome": matched.outcome,
        "amount": "" if line.amount_fen is None else yuan(line.amount_fen),
        "date": "" if line.on is None else line.on.isoformat(),
        "flow": line.flow,
        "reason": line.reason,
        "by": matched.by,
        "say": face.say(f"bank.match.{matched.remark}", row=line.row, **matched.params)
        if matched.remark
        else "",
    }


def list_shipped(context: typer.Context) -> int:
    """``bank list``: the banks' files that ship with the program."""
    from papers.banks import bank_toml, shipped

    face: Face = context.obj
    found = [{"id": name, "name": bank_toml.load(shipped.path_of(name)).name} for name in shipped.names()]
    headings = [face.say("cli.bank.column.id"), face.say("cli.bank.column.bank")]
    face.answer({"banks": found}, lambda: face.table(headings, [tuple(each.values()) for each in found]))
    return 0


def show(context: typer.Context, name: Annotated[str, typer.Argument(metavar="ID")]) -> int:
    """``bank show``: the text of one of them, to begin one's own from."""
    from papers.banks import shipped

    face: Face = context.obj
    text = shipped.path_of(name).read_text(encoding="utf-8")
    face.answer({"id": name, "toml": text}, lambda: print(text, end=""))
    return 0


def _bank(named: str) -> Bank:
    """A bank's file: one that ships by its name, or any by its path."""
    from papers.banks import bank_toml, shipped

    path = Path(named)
    if not path.exists() and named in shipped.names():
        path = shipped.path_of(named)
    return bank_toml.load(path)


def _template(bank: Bank) -> tuple[Path, ...]:
    return (bank.fill.template,) if bank.fill is not None and bank.fill.template is not None else ()


def _day(said: str | None) -> date:
    if said is None:
        return datetime.now(words.shown.SHANGHAI).date()
    try:
        return days.day(said)
    except days.NoDay as error:
        raise Trouble("cli.bank.date", value=said) from error
