"""Small doings that the foundation's tests share: acts of no stage of a case, on a budget of their own."""

from collections.abc import Callable

from sqlalchemy import insert
from sqlmodel import col

from casework.core.act import By, Turn, carry_out
from casework.core.change import Change
from casework.core.office import Office
from casework.money import ledger
from models import Budget


def open_budget(office: Office, amount_fen: int, key: str = "scheme/2026") -> int:
    """A budget with so much appropriated to it; returns its number."""
    made: list[int] = []

    def body(turn: Turn) -> None:
        programme, _, year = key.rpartition("/")
        values = {"key": key, "programme": programme, "year": int(year)}
        statement = insert(Budget).values(**values).returning(col(Budget.id))
        made.append(turn.session.execute(statement).scalar_one())
        ledger.appropriate(turn, made[0], amount_fen)

    carry_out(office, "finance", "appropriate", body)
    return made[0]


def do(office: Office, body: Callable[[Turn], object], by: str | By = "finance", asked: str = "") -> Change:
    """Any doing, as an act that finance may do at any time."""

    def run(turn: Turn) -> None:
        body(turn)

    return carry_out(office, by, "appropriate", run, asked=asked)
