"""Everything that only SQLite can do or needs: strict tables, and later its settings and triggers."""

from typing import Any

from sqlalchemy import BigInteger, MetaData, SmallInteger, String
from sqlalchemy.ext.compiler import compiles


@compiles(BigInteger, "sqlite")
@compiles(SmallInteger, "sqlite")
def _integer(type_: Any, compiler: Any, **kw: Any) -> str:
    return "INTEGER"


@compiles(String, "sqlite")
def _text(type_: Any, compiler: Any, **kw: Any) -> str:
    return "TEXT"


def make_strict(metadata: MetaData) -> None:
    """Have every table refuse a value of another kind than its column's."""
    for table in metadata.tables.values():
        table.dialect_options["sqlite"]["strict"] = True
