"""Many rows at once."""

import datetime
import gc

import pytest
from sqlalchemy.exc import IntegrityError

from casework.core import many_rows
from casework.core.office import Office
from tests.casework.desk import Desk


def test_a_moment_of_shanghai_s_clock_as_it_is_stored() -> None:
    assert many_rows.utc_text(datetime.datetime(2026, 1, 1, 7, 59, 59)) == "2025-12-31T23:59:59.000000Z"


def test_rows_go_in_and_are_looked_up_whatever_their_number(desk: Desk) -> None:
    count = many_rows.MOST_VALUES + 3
    with desk.office.write() as session:
        numbers = many_rows.ids(session, "provider", count)
        first = numbers[0]
        many_rows.insert(
            session, "provider", ("id", "name"), [(number, f"机构{number}") for number in numbers]
        )
        sql = "SELECT id, name FROM provider WHERE id IN {values}"
        found = dict(many_rows.look_up(session, sql, [*numbers, *numbers]))
    assert len(found) == count and found[first] == f"机构{first}"


def test_no_rows_no_numbers(desk: Desk) -> None:
    with desk.office.write() as session:
        assert list(many_rows.ids(session, "provider", 0)) == []
        many_rows.insert(session, "provider", ("id", "name"), [])
        assert many_rows.is_empty(session, "voucher") and not many_rows.is_empty(session, "provider")


def test_the_tables_checks_hold(desk: Desk) -> None:
    with pytest.raises(IntegrityError), desk.office.write() as session:
        many_rows.insert(
            session, "budget", ("key", "programme", "year", "reserved_fen"), [("k", "k", 2026, 5)]
        )
    with pytest.raises(ValueError, match="no column"), desk.office.write() as session:
        many_rows.insert(session, "provider", ("id", "nme"), [(9, "x")])


def test_the_collector_works_again_afterwards() -> None:
    gc.enable()
    try:
        with pytest.raises(KeyError), many_rows.without_collector():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled()
        gc.disable()
        with many_rows.without_collector():
            assert not gc.isenabled()
        assert not gc.isenabled(), "a window's worker leaves it off"
    finally:
        gc.enable()


def test_chunks() -> None:
    assert list(many_rows.chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(many_rows.chunks([], 2)) == []


def test_what_rows_share_stands_in_the_statement(desk: Desk) -> None:
    """Whatever the words: quotes, marks of both drivers, nothing."""
    odd = 'it\'s ? %s %% \\ "x" 元'
    with desk.office.write() as session:
        at = {"created_at": "2026-01-01T00:00:00.000000Z"}
        shared = {"name": odd, "kind": None, **at}
        many_rows.insert(session, "applicant", ("id", "code"), [(901, "a?"), (902, "b%")], shared)
        sql = "SELECT code, name, kind, created_at FROM applicant WHERE id > 900 ORDER BY id"
        found = many_rows.read(session, sql)
    assert [tuple(row) for row in found] == [(code, odd, None, at["created_at"]) for code in ("a?", "b%")]
    with pytest.raises(ValueError, match="NUL"):
        many_rows.literal("a\0b")


def test_who_watches_is_called_between_values_and_may_end_the_work(office: Office) -> None:
    calls: list[int] = []
    with office.read() as session:
        assert list(many_rows.ticking(session, range(3))) == [0, 1, 2] and not calls
        many_rows.watch(session, lambda: calls.append(1))
        assert list(many_rows.ticking(session, range(2 * many_rows.CHUNK + 1)))[-1] == 2 * many_rows.CHUNK
        assert len(calls) == 3
        list(many_rows.look_up(session, "SELECT 1 WHERE 1 IN {values}", range(many_rows.MOST_VALUES + 1)))
        assert len(calls) == 5
        assert sum(map(len, many_rows.stream(session, "SELECT 1 UNION SELECT 2 UNION SELECT 3", 2))) == 3
        assert len(calls) == 7

        def stop() -> None:
            raise KeyboardInterrupt

        many_rows.watch(session, stop)
        with pytest.raises(KeyboardInterrupt):
            list(many_rows.look_up(session, "SELECT 1 WHERE 1 IN {values}", [1]))
