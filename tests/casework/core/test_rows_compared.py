"""Compared: a row changed, added or taken away behind the log's back is found, whatever table it is in."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from casework.core import rows_compared
from casework.core.act import Turn
from casework.core.office import Office
from casework.money import cap_counters, ledger
from models import images, sqlite
from tests.casework.books import do, open_budget


def found(office: Office) -> rows_compared.Faults:
    with office.read() as session:
        return rows_compared.compare(session)


def books(office: Office) -> int:
    budget = open_budget(office, 1000)

    def body(turn: Turn) -> None:
        ledger.reserve(turn, budget, 400)
        cap_counters.use_caps(turn, ["a", "b"], 400)

    do(office, body)
    do(office, lambda turn: ledger.reserve(turn, budget, 7))
    return budget


def by_hand(office: Office, sql: str, **params: Any) -> None:
    """With the guards away meanwhile, as someone with the file in hand can."""
    with office.store.writer.begin() as connection:
        for name, _ in sqlite.triggers():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.execute(text(sql), params)
        for _, ddl in sqlite.triggers():
            connection.exec_driver_sql(ddl)


def test_what_acts_left_is_as_they_left_it(office: Office) -> None:
    books(office)
    faults = found(office)
    assert faults.differ == ()
    assert faults.since is not None
    assert faults.since.seq == 1
    with office.read() as session:
        connection = session.connection()
        counts = (
            connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
            for table in images.of(connection)
        )
        assert faults.rows == sum(counts)


@pytest.mark.parametrize(
    ("sql", "differ"),
    [
        ("UPDATE ledger_entry SET amount_fen = amount_fen * 2 WHERE journal = 2", {("ledger_entry", 3, 4)}),
        ("UPDATE ledger_entry SET act = 'x' WHERE id = 6", {("ledger_entry", 5, 6)}),
        ("DELETE FROM ledger_entry WHERE id = 1", {("ledger_entry", 1, 2)}),
        ("DELETE FROM ledger_entry WHERE id = 6", {("ledger_entry", 5, 6)}),
        ("UPDATE cap_entry SET key = 'b' WHERE key = 'a'", {("cap_entry", 1, 2)}),
        ("UPDATE cap_use SET used_fen = 0 WHERE key = 'a'", {("cap_use", "a", "a")}),
        ("DELETE FROM cap_use WHERE key = 'b'", {("cap_use", "b", "b")}),
        ("INSERT INTO cap_use VALUES ('c', 0)", {("cap_use", "c", "c")}),
        ("UPDATE budget SET appropriation_fen = 2000", {("budget", 1, 1)}),
        ("DELETE FROM budget", {("budget", 1, 1)}),
        ("UPDATE person SET locked = 1 WHERE id = 3", {("person", 1, 9)}),
        ("UPDATE person SET id = 77 WHERE id = 9", {("person", 1, 9), ("person", 77, 77)}),
        ("INSERT INTO provider (name) VALUES ('a')", {("provider", 1, 1)}),
        ("UPDATE person_role SET role = 'approver' WHERE role = 'officer'", {("person_role", 1, 9)}),
        ("UPDATE office SET name = 'x'", {("office", 1, 1)}),
    ],
)
def test_what_was_done_by_hand_is_found_where_it_was_done(office: Office, sql: str, differ: set[Any]) -> None:
    books(office)
    with office.store.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name, _ in sqlite.triggers():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(sql)
        with Session(connection) as session:
            assert set(rows_compared.compare(session).differ) == differ
        connection.rollback()


def test_a_row_changed_and_then_changed_by_an_act_is_found(office: Office) -> None:
    """The act takes the forged row for what was before; the entry before it says otherwise."""
    budget = books(office)
    by_hand(office, "UPDATE budget SET appropriation_fen = 900")
    do(office, lambda turn: ledger.reserve(turn, budget, 7))
    assert found(office).differ == (("budget", 1, 1),)


def test_a_row_planted_for_one_act_and_removed_by_the_next_is_found(office: Office) -> None:
    by_hand(office, "INSERT INTO provider (id, name) VALUES (5, 'planted')")
    do(office, lambda turn: turn.session.execute(text("DELETE FROM provider WHERE id = 5")))
    assert found(office).differ == (("provider", 5, 5),)


def test_rows_come_and_go_under_the_same_number(office: Office) -> None:
    for sql in (
        "INSERT INTO provider (name) VALUES ('a'), ('b'), ('c')",
        "DELETE FROM provider WHERE id >= 2",
        "INSERT INTO provider (name) VALUES ('d')",
        "UPDATE provider SET code = 'x'",
        "DELETE FROM provider",
        "INSERT INTO provider (name) VALUES ('e')",
    ):
        do(office, lambda turn, sql=sql: turn.session.execute(text(sql)))  # type: ignore[misc]
    assert found(office).differ == ()
    by_hand(office, "UPDATE provider SET name = 'f'")
    assert found(office).differ == (("provider", 1, 1),)


def test_an_image_taken_from_the_log_is_found(office: Office) -> None:
    books(office)
    by_hand(office, "UPDATE log_entry SET payload = '{}' WHERE seq = 5")
    assert ("ledger_entry", 5, 5) in found(office).differ


def test_rows_whose_values_were_exchanged_are_found(office: Office) -> None:
    """Every sum and every value is still there, each under the other's number."""
    with office.store.writer.connect() as connection:
        other = "(SELECT o.full_name FROM person o WHERE o.id = 3 - person.id)"
        connection.exec_driver_sql(f"UPDATE person SET full_name = {other} WHERE id IN (1, 2)")
        with Session(connection) as session:
            assert {table for table, _, _ in rows_compared.compare(session).differ} == {"person"}
        connection.rollback()
