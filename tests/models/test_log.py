"""The log's tables."""

import pytest
from sqlalchemy.exc import DatabaseError

from tests.models.filler import Filler


@pytest.mark.parametrize("table", ["office", "log_head"])
def test_there_is_one_row(fill: Filler, table: str) -> None:
    fill(table)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill(table)
    with pytest.raises(DatabaseError, match="one"):
        fill(table, id=2)


def test_no_hash_stands_twice(fill: Filler) -> None:
    fill("log_entry", hash="a" * 64)
    with pytest.raises(DatabaseError, match="UNIQUE"):
        fill("log_entry", hash="a" * 64)
