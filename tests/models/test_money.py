"""Money is an int of fen, on the way in and in the file."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError, StatementError

from models import Budget, LedgerEntry
from models.engine import Store
from models.money import MOST_FEN
from tests.models.filler import Filler


@pytest.mark.parametrize("wrong", [True, 1.0, 0.5, Decimal("1"), "100", b"1"], ids=repr)
def test_what_only_looks_like_money_is_refused(store: Store, wrong: Any) -> None:
    with store.write() as session, pytest.raises(StatementError, match="money is an int"):
        session.execute(insert(Budget).values(key="a/1", programme="a", year=1, appropriation_fen=wrong))


@pytest.mark.parametrize("amount", [MOST_FEN + 1, -MOST_FEN - 1, 2**63])
def test_more_than_an_office_holds_is_refused(store: Store, amount: int) -> None:
    with store.write() as session, pytest.raises((StatementError, OverflowError)):
        session.execute(insert(Budget).values(key="a/1", programme="a", year=1, appropriation_fen=amount))


def test_the_largest_amount_comes_back_to_the_fen(fill: Filler) -> None:
    fill("budget", appropriation_fen=MOST_FEN)
    assert fill.connection.exec_driver_sql("SELECT appropriation_fen FROM budget").scalar() == MOST_FEN
    fill("ledger_entry", amount_fen=-MOST_FEN)
    found = fill.connection.exec_driver_sql("SELECT amount_fen FROM ledger_entry").scalar()
    assert found == -MOST_FEN and type(found) is int


@pytest.mark.parametrize("wrong", ["'12.50'", "12.5", "x'00'", str(MOST_FEN + 1), str(-MOST_FEN - 1), "NULL"])
def test_the_file_refuses_it_as_well(fill: Filler, wrong: str) -> None:
    fill("ledger_entry")
    with pytest.raises(DatabaseError):
        fill.connection.exec_driver_sql(
            "INSERT INTO ledger_entry (journal, account, budget_id, amount_fen, act, at, person_id)"
            f" SELECT 2, account, budget_id, {wrong}, act, at, person_id FROM ledger_entry"
        )


def test_a_row_read_by_the_model_holds_an_int(store: Store) -> None:
    with store.write() as session:
        row = Budget(key="a/1", programme="a", year=1, appropriation_fen=2147483648 * 100)
        session.add(row)
        session.flush()
        session.expire(row)
        assert row.appropriation_fen == 214748364800
    assert LedgerEntry.__tablename__ == "ledger_entry"
