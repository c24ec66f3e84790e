"""Whether what stands in the database is what the steps make, nothing less and nothing more.

A table without one of its conditions, a unique index that is gone, a trigger or a view that nobody here made:
each lets a row be changed in a way that no act would. What an engine says of an office as the steps make it
is kept in `resources`, for to run the steps anew takes a second: of a file `sqlite_master`, word for word; a
server writes definitions in words of its own.
"""

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection

from models import migrate, schema_on_server, tables_read

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"
KEPT = {
    "sqlite": _RESOURCES / "schema_of_a_file.txt",
    "postgresql": _RESOURCES / "schema_on_server.txt",
}
"""What `standing` gives of an office just made, a line each, the definition as JSON behind a tab:
made by `python -m tests.models.schema_as_made`, held by `tests/models/test_schema.py`."""

Schema = Mapping[str, str]
"""What there is (`trigger decision_kept`) → its definition."""


def differing(connection: Connection) -> list[str]:
    """What is missing, there besides or otherwise than the steps make it, by kind and name."""
    return _between(standing(connection), _kept(KEPT[connection.dialect.name]))


def standing(connection: Connection) -> Schema:
    """What stands in the database; what stands twice under one name, with both definitions."""
    is_sqlite = connection.dialect.name == "sqlite"
    found: dict[str, str] = {}
    for name, ddl in _of_file(connection) if is_sqlite else schema_on_server.said(connection):
        said = ddl if is_sqlite else _plain(ddl)
        found[name] = f"{found[name]}\n{said}" if name in found else said
    return {**found, **_steps(connection)}


def _steps(connection: Connection) -> Schema:
    """The step that the office has come to, and each that somebody put beside it."""
    stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    first, *others = sorted(map(str, stored), key=lambda step: (step != migrate.NEWEST, step)) or [""]
    return {"step": first, **{f"step {other}": "" for other in others}}


def foreign(connection: Connection) -> list[str]:
    """The same, and at once: acts ask for it, and it is looked at anew only where the schema has changed
    since this connection last found nothing."""
    is_sqlite = connection.dialect.name == "sqlite"
    state = (
        connection.exec_driver_sql("PRAGMA schema_version").scalar()
        if is_sqlite
        else schema_on_server.state(connection)
    )
    if connection.info.get("ours") == state:
        return []
    found = differing(connection)
    if not found:
        connection.info["ours"] = state
    return found


def indexes_hold(connection: Connection, tables: Iterable[str]) -> bool:
    """Whether the indexes of these tables of a file find all their rows: one that was made otherwise for a
    while has a reader by it miss a row that a reader of the table sees. Cheap where the tables are small."""
    return all(
        connection.exec_driver_sql(
            f'PRAGMA main.integrity_check("{name}")', execution_options=tables_read.UNREAD
        ).scalar()
        == "ok"
        for name in tables
    )


def _between(stands: Schema, wanted: Schema) -> list[str]:
    return sorted(name for name in stands.keys() | wanted.keys() if stands.get(name) != wanted.get(name))


@functools.cache
def _kept(said: Path) -> Schema:
    lines = said.read_text(encoding="utf-8").split("\n")[:-1]
    return {name: json.loads(ddl) for name, _, ddl in (line.partition("\t") for line in lines)}


# -- a file ----------------------------------------------------------------------------------------------


_ANALYZED = (
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
)
"""What ANALYZE makes, word for word: it changes no row."""


def _of_file(connection: Connection) -> Iterator[tuple[str, str]]:
    for kind, name, table, ddl in connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
    ):
        if ddl not in _ANALYZED:
            yield f"{kind} {name}", ddl or f"of {table}"


# -- a server --------------------------------------------------------------------------------------------


def _plain(ddl: str) -> str:
    """A definition without casts between kinds of text, and brackets around one word: a server writes them
    otherwise after a dump was read in."""
    ddl = re.sub(r"::(character varying|text|bigint|smallint)(\[\])?", "", " ".join(ddl.split()))
    before = ""
    while before != ddl:
        before, ddl = ddl, re.sub(r"(?<!\w)\(('[^']*'|[\w.]+|ARRAY\[[^\]]*\])\)", r"\1", ddl)
    return ddl
