"""Whether what stands in the database is what the steps make, nothing less and nothing more.

A table without one of its conditions, a unique index that is gone, a trigger or a view that nobody here made:
each lets a row be changed in a way that no act would. What an engine says of an office as the steps make it
is kept in `resources`, for to run the steps anew takes a second: of a file `sqlite_master`, word for word; a
server writes definitions in words of its own.
"""

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection

from models import migrate, sqlite

_RESOURCES = Path(__file__).resolve().parent.parent / "resources"
KEPT = {
    "sqlite": _RESOURCES / "schema_of_a_file.txt",
    "postgresql": _RESOURCES / "schema_on_server.txt",
}
"""What `standing` gives of an office just made, a line each, the definition as JSON behind a tab:
made by `python -m tests.models.schema_as_made`, held by `tests/models/test_schema.py`."""

Schema = Mapping[str, str]
"""What there is (`trigger decision_kept`) → its definition."""


ACTING = ("trigger", "view", "rule", "function", "policy", "event")
"""What acts on rows by itself, or stands in their place."""


def differing(connection: Connection) -> list[str]:
    """What is missing, there besides or otherwise than the steps make it, by kind and name."""
    return _between(standing(connection), _kept(KEPT[connection.dialect.name]))


def standing(connection: Connection) -> Schema:
    """What stands in the database."""
    is_sqlite = connection.dialect.name == "sqlite"
    return dict(_of_file(connection) if is_sqlite else said_by_server(connection))


def foreign(connection: Connection) -> list[str]:
    """The same of what is `ACTING` only, and at once: acts ask for it.

    It is looked at anew where the schema has changed since this connection last found nothing.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    state = connection.exec_driver_sql("PRAGMA schema_version" if is_sqlite else _STATE).scalar()
    if connection.info.get("ours") == state:
        return []
    wanted = (
        {f"trigger {name}": ddl for name, ddl in sqlite.triggers()}
        if is_sqlite
        else _kept(KEPT["postgresql"])
    )
    found = _between(_acting(standing(connection)), _acting(wanted))
    if not found:
        connection.info["ours"] = state
    return found


def _acting(everything: Schema) -> Schema:
    return {name: ddl for name, ddl in everything.items() if name.partition(" ")[0] in ACTING}


def _between(stands: Schema, wanted: Schema) -> list[str]:
    return sorted(name for name in stands.keys() | wanted.keys() if stands.get(name) != wanted.get(name))


@functools.cache
def _kept(said: Path) -> Schema:
    lines = said.read_text(encoding="utf-8").split("\n")[:-1]
    return {name: json.loads(ddl) for name, _, ddl in (line.partition("\t") for line in lines)}


# -- a file ----------------------------------------------------------------------------------------------


def _of_file(connection: Connection) -> Iterator[tuple[str, str]]:
    for kind, name, table, ddl in connection.exec_driver_sql(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_master"
    ):
        if not name.startswith("sqlite_stat"):  # what ANALYZE keeps changes no row
            yield f"{kind} {name}", ddl or f"of {table}"
    yield "step", migrate.version(connection) or ""


# -- a server --------------------------------------------------------------------------------------------

_HERE = "relnamespace = 'public'::regnamespace"
_OF_EXTENSION = "SELECT 1 FROM pg_depend d WHERE d.objid = {0}.oid AND d.deptype = 'e'"
_SAID = (
    # tables, views, sequences: kind, who stores them, whether rows are hidden or come from elsewhere
    "SELECT CASE WHEN relkind IN ('v', 'm') THEN 'view ' ELSE 'relation ' END || relname, concat_ws(' ', "
    "relkind, relpersistence, relrowsecurity, relforcerowsecurity, (SELECT count(*) FROM pg_inherits i "
    f"WHERE i.inhparent = c.oid OR i.inhrelid = c.oid)) FROM pg_class c WHERE {_HERE} "
    f"AND relkind <> 'i' AND NOT EXISTS ({_OF_EXTENSION.format('c')})",
    "SELECT 'column ' || relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), "
    "attnotnull, attgenerated, attidentity, pg_get_expr(adbin, adrelid)) FROM pg_attribute a JOIN pg_class c "
    f"ON c.oid = attrelid AND {_HERE} AND relkind = 'r' LEFT JOIN pg_attrdef ON adrelid = attrelid AND "
    "adnum = attnum WHERE attnum > 0 AND NOT attisdropped",
    "SELECT 'constraint ' || relname || '.' || conname, pg_get_constraintdef(k.oid) || ' ' || convalidated "
    f"FROM pg_constraint k JOIN pg_class c ON c.oid = conrelid AND {_HERE} "
    "WHERE contype IN ('c', 'f', 'p', 'u', 'x')",
    "SELECT 'index ' || c.relname, pg_get_indexdef(indexrelid) || ' ' || indisvalid "
    f"FROM pg_index JOIN pg_class c ON c.oid = indexrelid AND {_HERE}",
    "SELECT 'trigger ' || relname || '.' || tgname, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text "
    f"FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid AND {_HERE} WHERE NOT tgisinternal",
    "SELECT 'trigger ' || relname || '.' || tgname, 'of a reference, switched off' FROM pg_trigger t "
    f"JOIN pg_class c ON c.oid = tgrelid AND {_HERE} WHERE tgisinternal AND tgenabled <> 'O'",
    "SELECT 'rule ' || relname || '.' || rulename, pg_get_ruledef(r.oid) FROM pg_rewrite r JOIN pg_class c "
    f"ON c.oid = ev_class AND {_HERE} WHERE rulename <> '_RETURN'",
    "SELECT 'function ' || proname || ' ' || pg_get_function_identity_arguments(p.oid), concat_ws(' ', "
    "(SELECT lanname FROM pg_language l WHERE l.oid = prolang), prosecdef, proconfig, "
    "encode(sha256(convert_to(prosrc, 'UTF8')), 'hex')) FROM pg_proc p "
    f"WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS ({_OF_EXTENSION.format('p')})",
    "SELECT 'policy ' || relname || '.' || polname, pg_get_expr(polqual, polrelid) FROM pg_policy "
    f"JOIN pg_class c ON c.oid = polrelid AND {_HERE}",
    "SELECT 'event ' || evtname, evtevent FROM pg_event_trigger e "
    f"WHERE evtenabled <> 'D' AND NOT EXISTS ({_OF_EXTENSION.format('e')})",
    "SELECT 'step', version_num FROM alembic_version",
)
_STATE = (
    "SELECT md5(string_agg(said, ' ' ORDER BY said)) FROM ("
    "SELECT concat_ws(' ', 't', oid, xmin) AS said FROM pg_trigger "
    "WHERE NOT tgisinternal OR tgenabled <> 'O' "
    "UNION ALL SELECT concat_ws(' ', 'r', r.oid, r.xmin) FROM pg_rewrite r "
    f"JOIN pg_class c ON c.oid = ev_class AND {_HERE} "
    "UNION ALL SELECT concat_ws(' ', 'f', oid, xmin) FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace "
    "UNION ALL SELECT concat_ws(' ', 'p', oid, xmin) FROM pg_policy "
    "UNION ALL SELECT concat_ws(' ', 'e', oid, xmin) FROM pg_event_trigger) AS everything"
)
"""What is `ACTING` on a server in one word, which changes where any of it does."""


def said_by_server(connection: Connection) -> Iterator[tuple[str, str]]:
    """What a server says of what stands there, in the words that all servers of ours have in common."""
    for sql in _SAID:
        for name, ddl in connection.exec_driver_sql(sql.replace("%", "%%")):
            yield name, _plain(ddl or "")


def _plain(ddl: str) -> str:
    """A definition without casts between kinds of text, and brackets around one word: a server writes them
    otherwise after a dump was read in."""
    ddl = re.sub(r"::(character varying|text|bigint|smallint)(\[\])?", "", " ".join(ddl.split()))
    before = ""
    while before != ddl:
        before, ddl = ddl, re.sub(r"(?<!\w)\(('[^']*'|[\w.]+|ARRAY\[[^\]]*\])\)", r"\1", ddl)
    return ddl
