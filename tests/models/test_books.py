"""Budgets, caps and entries: what the tables themselves never hold."""

import pytest
from sqlalchemy.exc import DatabaseError

from models.state_names import COUNTED
from tests.models.filler import Filler


@pytest.mark.parametrize("account", COUNTED)
def test_a_budget_never_gives_more_than_it_has(fill: Filler, account: str) -> None:
    fill("budget", appropriation_fen=1000)
    fill.connection.exec_driver_sql(f"UPDATE budget SET {account}_fen = 1000")
    with pytest.raises(DatabaseError, match="covered"):
        fill.connection.exec_driver_sql(f"UPDATE budget SET {account}_fen = 1001")
    with pytest.raises(DatabaseError, match="covered"):
        fill.connection.exec_driver_sql("UPDATE budget SET appropriation_fen = 999")
    with pytest.raises(DatabaseError, match=f"{account}_fen_form"):
        fill.connection.exec_driver_sql(f"UPDATE budget SET {account}_fen = -1")


def test_an_entry_moves_money_on_an_account_that_there_is(fill: Filler) -> None:
    with pytest.raises(DatabaseError, match="moves"):
        fill("ledger_entry", amount_fen=0)
    with pytest.raises(DatabaseError, match="account"):
        fill("ledger_entry", account="petty cash")
    with pytest.raises(DatabaseError, match="moves"):
        fill("cap_entry", amount_fen=0)


def test_a_cap_is_never_used_below_zero(fill: Filler) -> None:
    fill("cap_use", used_fen=0)
    with pytest.raises(DatabaseError, match="used_fen_form"):
        fill.connection.exec_driver_sql("UPDATE cap_use SET used_fen = -1")


def test_one_budget_a_key_and_as_many_quarters_as_a_year_has(fill: Filler) -> None:
    fill("budget", key="a/2026q1", programme="a", year=2026)
    fill("budget", key="a/2026q2", programme="a", year=2026)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("budget", key="a/2026q2", programme="a", year=2026)
