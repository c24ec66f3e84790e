"""Reading without objects, and stopping it."""

import threading
import time

import pytest

from casework.core import cursor_reads
from casework.core.cursor_reads import Stop, Stopped
from casework.core.office import Office
from models.faults import OfficeFault

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n WHERE i < 0"


def test_a_running_query_is_ended_from_another_thread(office: Office) -> None:
    stop = Stop()
    timer = threading.Timer(0.2, stop.stop)
    timer.start()
    started = time.monotonic()
    with pytest.raises(Stopped), cursor_reads.connected(office, stop) as (connection, postgresql):
        cursor_reads.ids_of(connection, postgresql, ENDLESS, ())
    timer.join()
    assert time.monotonic() - started < 60, "the query has no end of its own"
    with cursor_reads.connected(office) as (connection, _):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_one_that_was_stopped_starts_nothing(office: Office) -> None:
    stop = Stop()
    stop.stop()
    with pytest.raises(Stopped), cursor_reads.connected(office, stop):
        raise AssertionError("not reached")


def test_other_faults_stay_what_they_are(office: Office) -> None:
    with (
        pytest.raises(Exception, match="no such table"),
        cursor_reads.connected(office, Stop()) as (connection, _),
    ):
        connection.execute("SELECT * FROM no_table")


def test_nothing_is_written_this_way(office: Office) -> None:
    with pytest.raises(OfficeFault, match="read_only"), cursor_reads.connected(office) as (connection, _):
        connection.execute("UPDATE person SET locked = 1")


def test_numbers_come_in_the_order_of_the_query(office: Office) -> None:
    with cursor_reads.connected(office) as (connection, postgresql):
        ids = cursor_reads.ids_of(connection, postgresql, "SELECT id AS id FROM person ORDER BY id DESC", ())
        assert list(ids) == list(range(9, 0, -1))
        assert (
            list(cursor_reads.ids_of(connection, postgresql, "SELECT id AS id FROM person WHERE id < 0", ()))
            == []
        )
        source, values = cursor_reads.few([3, 5], postgresql)
        wanted = connection.execute(f"SELECT hit.value FROM {source}", (values,)).fetchall()
    assert wanted == [(3,), (5,)]


def test_large_numbers_survive_the_way() -> None:
    assert list(cursor_reads.ids_of_hex(f"{2**62:016x}{7:016x}")) == [2**62, 7]
    narrow = [2**32 - 1, 7, 2**31, 256]
    assert (
        list(cursor_reads.ids_of_hex("".join(f"{each:08x}" for each in narrow), cursor_reads.NARROW))
        == narrow
    )


def test_a_tables_numbers_say_how_wide_they_are(office: Office) -> None:
    with cursor_reads.connected(office) as (connection, _):
        assert cursor_reads.width_of(connection, "person") == cursor_reads.NARROW
        assert cursor_reads.width_of(connection, "application") == cursor_reads.NARROW
    with office.write() as session:
        session.connection().exec_driver_sql("INSERT INTO provider (id, name) VALUES (?, 'far')", (2**40,))
    with cursor_reads.connected(office) as (connection, postgresql):
        width = cursor_reads.width_of(connection, "provider")
        found = cursor_reads.ids_of(connection, postgresql, "SELECT id AS id FROM provider", (), width)
    assert (width, list(found)) == (cursor_reads.WIDE, [2**40])
