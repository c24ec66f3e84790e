"""The chain: what was changed in it is found, whichever cell it was; a million entries take seconds."""

import datetime
import hashlib
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from casework.core import log
from casework.core.office import Office
from tests.casework.books import do
from tests.casework.conftest import NOON

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def _add(office: Office, entries: int) -> None:
    for number in range(entries):
        do(office, lambda turn, number=number: turn.note(number=number, said="第一行\n第二行"))  # type: ignore[misc]


def _unlocked(office: Office, sql: str, **params: Any) -> None:
    """Change the log as someone with the file in their hands can."""
    with office.store.writer.begin() as session:
        for trigger in ("log_entry_kept", "log_entry_undeleted"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        session.execute(text(sql), params)


def _verify(office: Office) -> log.Verified:
    with office.read() as session:
        return log.verify(session)


def test_a_new_offices_chain_holds(office: Office) -> None:
    _add(office, 5)
    assert _verify(office) == log.Verified(7, None, "")


COLUMNS = {
    "prev_hash": "'" + "0" * 63 + "1'",
    "hash": "'" + "0" * 63 + "1'",
    "at": "'2026-05-20T04:00:00.000001Z'",
    "person": "'someone'",
    "act": "'approve'",
    "subject": "'case X'",
    "payload": "payload || ' '",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 4, 7])
def test_a_changed_cell_is_found(office: Office, column: str, seq: int) -> None:
    _add(office, 5)
    _unlocked(office, f"UPDATE log_entry SET {column} = {COLUMNS[column]} WHERE seq = :seq", seq=seq)
    found = _verify(office)
    assert found.fault_seq == seq
    assert found.entries == seq - 1


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("DELETE FROM log_entry WHERE seq = 4", (3, 4, "number")),
        ("DELETE FROM log_entry WHERE seq = 1", (0, 1, "number")),
        ("DELETE FROM log_entry WHERE seq = 7", (6, 7, "head")),
        ("UPDATE log_entry SET seq = 9 WHERE seq = 7", (6, 7, "number")),
        ("UPDATE log_head SET seq = 6", (7, 6, "head")),
        ("UPDATE log_head SET hash = (SELECT hash FROM log_entry WHERE seq = 6)", (7, 7, "head")),
        ("UPDATE log_head SET algorithm = 'sm3'", (0, 1, "hash")),
    ],
)
def test_a_removed_entry_or_a_moved_head_is_found(office: Office, sql: str, fault: tuple[Any, ...]) -> None:
    _add(office, 5)
    _unlocked(office, sql)
    assert _verify(office) == log.Verified(*fault)


def test_a_chain_that_is_hashed_otherwise_than_it_began_is_found(office: Office) -> None:
    """Forged as a whole under a weaker algorithm, in which later entries could be exchanged."""
    _add(office, 2)
    with office.read() as session:
        rows = session.execute(text("SELECT * FROM log_entry ORDER BY seq")).all()
    before = log.BEFORE_ALL
    for row in rows:
        said = (row.at, row.person, row.act, row.subject, row.payload)
        hashed = log.link("blake2s", row.seq, before, said)
        sql = "UPDATE log_entry SET prev_hash = :before, hash = :hashed WHERE seq = :seq"
        _unlocked(office, sql, before=before, hashed=hashed, seq=row.seq)
        before = hashed
    _unlocked(office, "UPDATE log_head SET algorithm = 'blake2s', hash = :hashed", hashed=before)
    assert _verify(office) == log.Verified(0, 1, "algorithm")


def test_two_entries_changed_places_are_found(office: Office) -> None:
    _add(office, 5)
    for sql in ("SET seq = 99 WHERE seq = 4", "SET seq = 4 WHERE seq = 5", "SET seq = 5 WHERE seq = 99"):
        _unlocked(office, f"UPDATE log_entry {sql}")
    assert _verify(office) == log.Verified(3, 4, "before")


def test_words_can_not_slip_from_one_field_into_the_next(office: Office) -> None:
    row = ("2026-05-20T04:00:00.000000Z", "officer", "accept", "case 1", "{}")
    assert log.link("sha256", 1, log.BEFORE_ALL, row)
    with pytest.raises(ValueError, match="line feed"):
        log.link("sha256", 1, log.BEFORE_ALL, (row[0], "officer\naccept", "case 1", "{}", ""))
    _add(office, 1)
    _unlocked(
        office,
        "UPDATE log_entry SET person = person || char(10) || act, act = subject,"
        " subject = substr(payload, 1, 1), payload = substr(payload, 2) WHERE seq = 3",
    )
    assert _verify(office).fault_seq == 3


def test_the_hashed_bytes_are_as_documented(office: Office) -> None:
    _add(office, 1)
    with office.read() as session:
        row = session.execute(text("SELECT * FROM log_entry WHERE seq = 3")).one()
    parts = (str(row.seq), row.prev_hash, row.at, row.person, row.act, row.subject, row.payload)
    assert hashlib.sha256("\n".join(parts).encode()).hexdigest() == row.hash


def test_another_algorithm_is_a_field_of_the_head(office: Office) -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("no SM3 here")
    with office.write() as session:
        session.execute(text("UPDATE log_head SET algorithm = 'sm3'"))
        head = log.lock_head(session)
        log.append(session, head, at=NOON, person="", act="note", subject="x", payload={"said": "一\n二"})
    with office.read() as session:
        row = session.execute(text("SELECT * FROM log_entry WHERE seq = 3")).one()
    parts = (str(row.seq), row.prev_hash, row.at, row.person, row.act, row.subject, row.payload)
    assert hashlib.new("sm3", "\n".join(parts).encode()).hexdigest() == row.hash


@given(PLAIN)
def test_canonical_has_one_spelling(value: Any) -> None:
    import json

    said = log.canonical(value)
    assert log.canonical(json.loads(said)) == said


def test_canonical_knows_days_and_moments_and_no_floats() -> None:
    assert log.canonical({"b": datetime.date(2026, 5, 6), "a": NOON}) == (
        '{"a":"2026-05-20T04:00:00.000000Z","b":"2026-05-06"}'
    )
    assert log.canonical({"a": {"y", "x"}}) == '{"a":["x","y"]}'
    for wrong in (1.5, {"a": [0.1]}, Decimal("1"), b"x", float("nan")):
        with pytest.raises((TypeError, ValueError)):
            log.canonical(wrong)


def test_a_keyed_hash_tells_the_same_and_not_what(office: Office) -> None:
    secret = office.row.secret
    assert log.keyed(secret, "186") == log.keyed(secret, "186")
    assert log.keyed(secret, "186") != log.keyed(secret, "187")
    assert log.keyed(secret, "186") != log.keyed(b"other", "186")
    assert len(secret) == 32


@pytest.mark.slow
def test_a_million_entries_are_walked_in_seconds(office: Office, tmp_path: Path) -> None:
    head = (2, "")
    with office.read() as session:
        head = tuple(session.execute(text("SELECT seq, hash FROM log_head")).one())
    seq, before = head
    rows = []
    payload = '{"application":[123456],"ids":{"decision":[9]},"rows":{"decision":[9,9,"' + "a" * 64 + '"]}}'
    for number in range(seq + 1, 1_000_001):
        row = ("2026-05-20T04:00:00.000000Z", "officer", "decide", f"case XLQ{number}", payload)
        hashed = log.link("sha256", number, before, row)
        rows.append((number, before, hashed, *row))
        before = hashed
    with office.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("INSERT INTO log_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.exec_driver_sql("UPDATE log_head SET seq = ?, hash = ?", (1_000_000, before))
    start = time.process_time()
    assert _verify(office) == log.Verified(1_000_000, None, "")
    spent = time.process_time() - start
    print(f"a million entries verified in {spent:.1f} s of CPU")
    assert spent < 30
