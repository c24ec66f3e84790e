"""Ranges: what offices of before remember of their rows still holds them to it."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.core import log, row_ranges
from casework.core.office import Office
from casework.founding.office_upgrade import bring_up
from models import guards, metadata, sqlite
from tests.casework.books import do, open_budget
from tests.offices import kept

OLD = [name for name in kept.FILES if kept.schema(name) < "0008"]


def test_a_range_is_over_the_json_that_python_would_write(office: Office) -> None:
    odd = "".join(map(chr, range(0x300))) + "'\"\\/\u2028\ufeff\U0001f600 [1] null"
    said = [odd, '["a",1]', "null", "7", "", "\0"]
    with office.write() as session:
        session.execute(text("INSERT INTO cap_use (key, used_fen) VALUES ('k', 0)"))
        for number, act_name in enumerate(said, 1):
            row = {"id": number, "act": act_name, "big": 10**15 - number}
            sql = "INSERT INTO cap_entry (id, key, amount_fen, act, at, person_id) VALUES"
            session.execute(text(f"{sql} (:id, 'k', :big, :act, '2026-01-01T00:00:00.000000Z', 1)"), row)
        stored = session.execute(text("SELECT * FROM cap_entry ORDER BY id")).all()
        rows = list(row_ranges._rows(session, "cap_entry", 1, len(said)))
    plain = [json.dumps(list(row), ensure_ascii=False, separators=(",", ":")).encode() for row in stored]
    assert [image for _, image in rows] == [row + b"\n" for row in plain]
    assert [number for number, _ in rows] == [1, 2, 3, 4, 5, 6]


def test_every_range_begins_as_the_first_ones_did() -> None:
    """A table that has ranges, and what they have held of it: the hash is over both."""
    assert row_ranges.FIRST.keys() == row_ranges.COLUMNS.keys()
    assert all(
        set(row_ranges.FIRST[name].split()) <= set(columns) for name, columns in row_ranges.COLUMNS.items()
    )
    told = "\n".join(f"{name} {columns}" for name, columns in row_ranges.FIRST.items())
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == "30cd50822e1e1f0f"


def test_a_later_column_counts_where_it_says_something(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if `application_id` and `act` had come later to the ledger's entries, which name no application."""
    first = [one for one in row_ranges.FIRST["ledger_entry"].split() if one not in ("application_id", "act")]
    monkeypatch.setitem(row_ranges.FIRST, "ledger_entry", " ".join(first))
    monkeypatch.setitem(row_ranges._LATER, "ledger_entry", ("application_id", "act"))
    open_budget(office, 1000)
    with office.read() as session:
        rows = [row for _, row in row_ranges._rows(session, "ledger_entry", 1, 99)]
        stored = session.execute(text(f"SELECT act, {', '.join(first)} FROM ledger_entry ORDER BY id"))
        assert rows == [
            row_ranges._image(row, [("application_id", None), ("act", act)]) for act, *row in stored
        ]
    assert row_ranges._image([1, "a"], [("b", None), ("c", 7), ("d", "说")]).decode() == (
        '[1,"a"]{"c":7}{"d":"说"}\n'
    )


def test_only_what_never_changes_has_ranges() -> None:
    frozen = {(each.table, column) for each in guards.FROZEN if not each.when for column in each.columns}
    for table, columns in row_ranges.COLUMNS.items():
        keys = {column.name for column in metadata.tables[table].primary_key}
        for column in columns:
            assert table in guards.KEPT or column in keys or (table, column) in frozen


def test_entries_of_today_have_none(office: Office) -> None:
    open_budget(office, 1000)
    with office.read() as session:
        payloads = [row[-1] for row in log._stored(session)]
    assert payloads
    assert not any("rows" in json.loads(payload) for payload in payloads)


@pytest.mark.parametrize("name", OLD)
def test_what_an_office_of_before_wrote_is_held_to(tmp_path: Path, name: str) -> None:
    path = kept.unpacked(name, tmp_path)
    bring_up(path)
    with Office.open(path).closing() as office:
        do(office, lambda turn: None)
        with office.read() as session:
            assert row_ranges.compare(session) == []
        for table, change in (
            ("ledger_entry", "UPDATE ledger_entry SET act = 'x' WHERE id = 3"),
            ("application_version", "DELETE FROM application_version WHERE id = 2"),
            ("person_role", "UPDATE person_role SET given_by_id = NULL WHERE given_by_id IS NOT NULL"),
        ):
            with office.write() as session:
                for trigger, _ in sqlite.triggers():
                    session.execute(text(f"DROP TRIGGER {trigger}"))
                session.execute(text("PRAGMA defer_foreign_keys = ON"))
                if session.execute(text(change)).rowcount:  # type: ignore[attr-defined]
                    assert {found for found, _, _ in row_ranges.compare(session)} == {table}
                session.rollback()
