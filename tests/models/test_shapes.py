"""The notation in which migrations write tables down."""

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from models import sqlite
from models.migrations import shapes


def test_a_table_in_one_breath() -> None:
    engine = create_engine("sqlite://", module=sqlite.driver())
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        shapes.table("person", "id=counted name", unique="name id,name")
        shapes.table(
            "claim",
            "id=counted amount_fen=fen? net_fen=signed person_id=whole paid_on=day state",
            refer="person_id>person.id",
            words={"state": "open closed"},
            check={"least": "amount_fen > 5"},
        )
        shapes.index("claim", "state,id", where="state = 'open'", unique=True, name="ix_open")
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
        made: dict[str, str] = {row[0]: row[1] for row in rows}
    claim = " ".join(made["claim"].split())
    assert claim.endswith("STRICT")
    assert "amount_fen INTEGER, net_fen INTEGER NOT NULL" in claim
    assert "CONSTRAINT ck_claim_least CHECK (amount_fen > 5)" in claim
    assert "CONSTRAINT ck_claim_state CHECK (state IN ('open', 'closed'))" in claim
    assert "CONSTRAINT ck_claim_net_fen_form CHECK (net_fen BETWEEN -1000000000000000 AND" in claim
    assert "CONSTRAINT fk_claim_person_id FOREIGN KEY(person_id) REFERENCES person (id)" in claim
    assert "CONSTRAINT uq_person_id_name UNIQUE (id, name)" in made["person"]
    assert "WHERE state = 'open'" in made["ix_open"]


def test_a_column_more() -> None:
    """It stands last, empty, and takes nothing of another form."""
    engine = create_engine("sqlite://", module=sqlite.driver())
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        shapes.table("claim", "id=counted note")
        connection.exec_driver_sql("INSERT INTO claim VALUES (1, 'first')")
        for said in ("name?", "paid_fen=fen?", "paid_on=day?", "late=yes_no?"):
            shapes.column("claim", said)
        assert tuple(connection.exec_driver_sql("SELECT * FROM claim").one()) == (1, "first", *[None] * 4)
        with pytest.raises(DBAPIError, match="ck_claim_paid_on_form"):
            connection.exec_driver_sql("INSERT INTO claim VALUES (2, '', '', 1, '2026', 0)")
