"""A statement that goes on for ever ends after its time, and the office reads on after it."""

import time

import pytest
from sqlalchemy.exc import DBAPIError

from models.engine import Store
from models.time_limit import TookTooLong, limited, time_for

FOR_EVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_a_statement_ends_after_its_time(store: Store) -> None:
    with store.read() as session:
        with pytest.raises(DBAPIError), limited(session, 0.2):
            session.connection().exec_driver_sql(FOR_EVER)
        assert session.connection().exec_driver_sql("SELECT 1").scalar() == 1, "the limit was the block's own"


def test_what_works_between_two_statements_ends_too(store: Store) -> None:
    with store.read() as session, limited(session, -1.0) as tick, pytest.raises(TookTooLong):
        tick()


def test_what_never_asks_ends_all_the_same(store: Store) -> None:
    """A loop that a planted value keeps going, also where it swallows the first end of it."""
    with store.read() as session:
        with pytest.raises(TookTooLong), limited(session, 0.1):
            for_ever()
        assert session.connection().exec_driver_sql("SELECT 1").scalar() == 1
        begun = time.monotonic()
        with limited(session, 0.1):
            pass
        while time.monotonic() - begun < 2.5:
            pass  # nothing comes after the block


def for_ever() -> None:
    swallowed = False
    while True:
        try:
            while True:
                pass
        except TookTooLong:
            if swallowed:
                raise
            swallowed = True


def test_a_large_office_has_longer(store: Store) -> None:
    with store.read() as session:
        size = session.connection().exec_driver_sql(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        )
        assert time_for(session, 120.0) == 120.0 + size.scalar_one() / 1_000_000
