"""Names and standing checks of every table."""

import pytest
from sqlalchemy import BigInteger, CheckConstraint, Integer, SmallInteger

from models import metadata
from models.columns import YesNo
from models.money import Fen
from models.table import Table, one_of


def test_tables_are_named_after_their_class() -> None:
    class SomethingNew(Table):
        pass

    assert SomethingNew.__tablename__ == "something_new"
    assert all(name == name.lower() and not name.endswith("ss") for name in metadata.tables)


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: table.name)
def test_money_is_named_fen_and_checked(table: Table) -> None:
    columns = metadata.tables[str(table)].columns
    checks = {
        str(each.name) for each in columns.values()[0].table.constraints if isinstance(each, CheckConstraint)
    }
    for column in columns:
        assert isinstance(column.type, Fen) == column.name.endswith("_fen")
        if isinstance(column.type, Fen):
            assert any(name.endswith(f"{column.name}_form") for name in checks)


def test_no_whole_number_is_four_bytes_wide_on_postgresql() -> None:
    narrow = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Integer) and not isinstance(column.type, (BigInteger, SmallInteger, YesNo))
    ]
    assert narrow == []


def test_one_of_names_the_words() -> None:
    assert str(one_of("state", ("a", "b")).sqltext) == "state IN ('a', 'b')"
