"""Images: a row changed behind the log's back is found, even where the sums were mended."""

import hashlib
import json
from typing import Any

import pytest
from sqlalchemy import text

from casework.core import row_images
from casework.core.act import Turn
from casework.core.office import Office
from casework.money import cap_counters, ledger
from models import guards, metadata, sqlite
from tests.casework.books import do, open_budget
from tests.models.filler import Filler, changed


def _found(office: Office) -> row_images.Faults:
    with office.read() as session:
        return row_images.compare(session)


def _books(office: Office) -> int:
    budget = open_budget(office, 1000)

    def body(turn: Turn) -> None:
        ledger.reserve(turn, budget, 400)
        cap_counters.use_caps(turn, ["a", "b"], 400)

    do(office, body)
    do(office, lambda turn: ledger.reserve(turn, budget, 7))
    return budget


def _by_hand(office: Office, sql: str, **params: Any) -> None:
    with office.write() as session:
        for name, _ in sqlite.triggers():
            session.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        session.execute(text(sql), params)


def test_an_image_is_the_json_that_python_would_write(office: Office) -> None:
    """So an office on a server, and an entry that an earlier release wrote, have the same row_images."""
    odd = "".join(map(chr, range(0x300))) + "'\"\\/\u2028\ufeff\U0001f600 [1] null"
    said = [odd, '["a",1]', "null", "7", "", "\0"]
    with office.write() as session:
        session.execute(text("INSERT INTO cap_use (key, used_fen) VALUES ('k', 0)"))
        for number, act_name in enumerate(said, 1):
            row = {"id": number, "act": act_name, "big": 10**15 - number}
            sql = "INSERT INTO cap_entry (id, key, amount_fen, act, at, person_id) VALUES"
            session.execute(text(f"{sql} (:id, 'k', :big, :act, '2026-01-01T00:00:00.000000Z', 1)"), row)
        stored = session.execute(text("SELECT * FROM cap_entry ORDER BY id")).all()
        rows = list(row_images._rows(session, "cap_entry", 1, len(said)))
    plain = [json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode() for row in stored]
    assert [image for _, image in rows] == [row + b"\n" for row in plain]
    assert [number for number, _ in rows] == [1, 2, 3, 4, 5, 6]


def test_every_image_begins_as_the_first_ones_did() -> None:
    """A table that is imaged, and what images have held of it: the hash is over both."""
    assert row_images.FIRST.keys() == row_images.GUARDED.keys()
    assert all(
        set(row_images.FIRST[name].split()) <= set(columns) for name, columns in row_images.GUARDED.items()
    )
    told = [f"{name} {columns}" for name, columns in row_images.FIRST.items()]
    assert hashlib.sha256("\n".join(told[:13]).encode()).hexdigest()[:16] == "11e395f5856c4c5d"
    later = {each.partition(" ")[0]: hashlib.sha256(each.encode()).hexdigest()[:8] for each in told[13:]}
    assert later == {
        "delivery": "5c2f10f5",
        "letter_subject": "b8feaf3e",
        "office_setting": "983e9f38",
        "appropriation_proposal": "e6f298bd",
        "refusal": "ec5189c3",
    }


def test_a_later_column_counts_where_it_says_something(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if `application_id` and `act` had come later to the ledger's entries, which name no application."""
    first = [one for one in row_images.FIRST["ledger_entry"].split() if one not in ("application_id", "act")]
    monkeypatch.setitem(row_images.FIRST, "ledger_entry", " ".join(first))
    monkeypatch.setitem(row_images._LATER, "ledger_entry", ("application_id", "act"))
    _books(office)
    with office.read() as session:
        rows = [row for _, row in row_images._rows(session, "ledger_entry", 1, 99)]
        stored = session.execute(text(f"SELECT act, {', '.join(first)} FROM ledger_entry ORDER BY id"))
        assert rows == [
            row_images._image(row, [("application_id", None), ("act", act)]) for act, *row in stored
        ]
    assert row_images._image([1, "a"], [("b", None), ("c", 7), ("d", "说")]).decode() == (
        '[1,"a"]{"c":7}{"d":"说"}\n'
    )
    assert _found(office).differ == ()
    _by_hand(office, "UPDATE ledger_entry SET act = 'x' WHERE id = 6")
    assert _found(office).differ == (("ledger_entry", 5, 6),)


def test_what_acts_left_is_as_they_left_it(office: Office) -> None:
    _books(office)
    found = _found(office)
    assert found.differ == ()
    assert found.rows == 2 + 2 + 2 + 2 + 9  # entries of money, of caps, and the nine people's roles


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("UPDATE ledger_entry SET amount_fen = amount_fen * 2 WHERE journal = 2", "ledger_entry"),
        ("UPDATE ledger_entry SET act = 'x' WHERE id = 6", "ledger_entry"),
        ("DELETE FROM ledger_entry WHERE id = 1", "ledger_entry"),
        ("DELETE FROM ledger_entry WHERE id = 6", "ledger_entry"),
        ("DELETE FROM ledger_entry", "ledger_entry"),
        (
            "INSERT INTO ledger_entry SELECT 99, 9, account, budget_id, amount_fen, NULL, NULL, NULL, act,"
            " at, person_id FROM ledger_entry WHERE id = 1",
            "ledger_entry",
        ),
        ("UPDATE cap_entry SET key = 'b' WHERE key = 'a'", "cap_entry"),
        ("UPDATE person_role SET role = 'approver' WHERE role = 'officer'", "person_role"),
    ],
)
def test_what_was_done_by_hand_is_found(office: Office, sql: str, table: str) -> None:
    _books(office)
    _by_hand(office, sql)
    assert {name for name, _, _ in _found(office).differ} == {table}


def test_it_says_where(office: Office) -> None:
    _books(office)
    _by_hand(office, "UPDATE ledger_entry SET amount_fen = 8 WHERE id = 6")
    assert _found(office).differ == (("ledger_entry", 5, 6),)


def test_an_image_taken_from_the_log_is_found(office: Office) -> None:
    _books(office)
    _by_hand(office, "UPDATE log_entry SET payload = '{}' WHERE seq = 5")
    assert ("ledger_entry", 5, 5) in _found(office).differ


def test_only_what_never_changes_is_imaged() -> None:
    frozen = {(each.table, column) for each in guards.FROZEN if not each.when for column in each.columns}
    for table, columns in row_images.GUARDED.items():
        keys = {column.name for column in metadata.tables[table].primary_key}
        for column in columns:
            assert table in guards.KEPT or column in keys or (table, column) in frozen


def test_any_one_cell_changed_is_found(office: Office) -> None:
    def one_of_each(turn: Turn) -> None:
        fill = Filler(turn.session.connection())
        for table in row_images.GUARDED:
            if table not in fill.made:
                fill(table)

    do(office, one_of_each)
    with office.write() as session:
        connection = session.connection()
        for name, _ in sqlite.triggers():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        tried = 0
        for table, columns in row_images.GUARDED.items():
            for column in columns:
                key = next(iter(metadata.tables[table].primary_key)).name
                row = f"{key} = (SELECT max({key}) FROM {table})"
                stored = connection.exec_driver_sql(f'SELECT "{column}" FROM {table} WHERE {row}').scalar()
                change = changed(table, column, stored)
                if str(stored) == change.strip("'"):
                    continue
                step = connection.begin_nested()
                connection.exec_driver_sql(f'UPDATE {table} SET "{column}" = {change} WHERE {row}')
                assert table in {name for name, _, _ in row_images.compare(session).differ}, (table, column)
                step.rollback()
                tried += 1
        assert row_images.compare(session).differ == ()
        assert tried > 120
        session.rollback()
