"""``books``: the balances of all accounts at a date, and the allotments behind them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.dates import date_of
from cli.face import Face
from cli.offices import open_office
from rules.money import yuan

if TYPE_CHECKING:
    from casework.boards.books_board import Allotted
    from casework.money.balances import Standing

ACCOUNTS = ("appropriation", "available", "reserved", "committed", "paid", "lapsed")
OF_FUNDERS = ("reserved", "committed", "paid", "lapsed")


def books(
    context: typer.Context,
    at: Annotated[str | None, typer.Option("--at", metavar="DATE")] = None,
    by: Annotated[str, typer.Option("--by", metavar="day|recorded")] = "day",
) -> int:
    """``books``: what stands in each account at the end of a day, by the day that entries are for or by the
    moment they were recorded."""
    from casework.boards import books_board

    face: Face = context.obj
    on = date_of(at, "--at")
    with open_office(face, "cases") as office:
        found = books_board.books(office, on, by)
    budgets, allotments = list(map(_budget, found.budgets)), list(map(_allotment, found.allotments))
    answer = {
        "at": None if on is None else on.isoformat(),
        "by": by,
        "closed_until": None if found.closed_until is None else found.closed_until.isoformat(),
        "budgets": budgets,
        "allotments": allotments,
    }

    def show() -> None:
        face.line(f"cli.books.by.{by}")
        headings = [face.say("told.budget"), *(face.say(f"account.{name}") for name in ACCOUNTS)]
        rows = [[one["budget"], *(one[name] for name in ACCOUNTS)] for one in budgets]
        face.table(headings, rows, frozenset(range(1, len(headings))))
        names = ("entry", "budget", "allotment_no", "amount", "recorded_on", "reason")
        listed = [[str(one[name]) for name in names] for one in allotments]
        face.table([face.say(f"cli.books.{name}") for name in names], listed, frozenset({3}))
        if found.closed_until is not None:
            face.line("cli.books.closed", until=found.closed_until)

    face.answer(answer, show)
    return 0


def _budget(one: Standing) -> dict[str, Any]:
    from casework.money.balances import APART

    return {
        "budget": one.key,
        "programme": one.programme,
        "year": one.year,
        **{name: yuan(fen) for name, fen in zip(ACCOUNTS, one.balance, strict=True)},
        **{name: yuan(fen) for name, fen in zip(APART, one.apart, strict=True)},
        "funders": [
            {"funder": name, **{account: yuan(fen) for account, fen in zip(OF_FUNDERS, sums, strict=True)}}
            for name, sums in one.funders
        ],
    }


def _allotment(one: Allotted) -> dict[str, Any]:
    told = one._asdict()
    amount: int = told.pop("amount_fen")
    recorded: datetime.date = told.pop("recorded_on")
    return {**told, "amount": yuan(amount), "recorded_on": recorded.isoformat()}
