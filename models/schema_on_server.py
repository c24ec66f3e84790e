"""What stands in a PostgreSQL database, as its own catalogues say it.

The database of an office holds nothing beside the office. In `public` that is what the steps make; and of
whatever else a statement could come upon (an operator that suits a column better than the server's own, a
cast, a type, an extension, a schema) there is only what the server brings along itself, told by its number:
what anybody made later has a higher one, and belonging to an extension excuses nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_PUBLIC = "'public'::regnamespace"
_HERE = f"relnamespace = {_PUBLIC}"
_MADE = "oid >= 16384"
"""Objects that a server brings along have lower numbers (FirstNormalObjectId)."""
_BUILT_IN = 14
"""The languages up to this number are C, what is compiled into the server, and SQL; none of its own functions
is in another one."""

_SWITCH = "session_replication_role"
"""Set for an account or a database to anything but what it is at first, it switches off the guards, and what
remembers rows for their images."""
GUARDS_OFF = f"setting {_SWITCH}"

_IN_PUBLIC = (
    # tables, views, sequences: kind, who stores them, whether rows are hidden or come from elsewhere
    "SELECT CASE WHEN relkind IN ('v', 'm') THEN 'view ' ELSE 'relation ' END || relname, concat_ws(' ', "
    "relkind, relpersistence, relrowsecurity, relforcerowsecurity, (SELECT count(*) FROM pg_inherits i "
    f"WHERE i.inhparent = c.oid OR i.inhrelid = c.oid)) FROM pg_class c WHERE {_HERE} AND relkind <> 'i'",
    "SELECT 'column ' || relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod), "
    "attnotnull, attgenerated, attidentity, pg_get_expr(adbin, adrelid)) FROM pg_attribute a JOIN pg_class c "
    f"ON c.oid = attrelid AND {_HERE} AND relkind = 'r' LEFT JOIN pg_attrdef ON adrelid = attrelid AND "
    "adnum = attnum WHERE attnum > 0 AND NOT attisdropped",
    "SELECT 'sequence ' || relname, concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement, "
    f"seqmin, seqmax, seqcycle) FROM pg_sequence JOIN pg_class c ON c.oid = seqrelid AND {_HERE}",
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
    "SELECT 'function ' || proname || ' ' || pg_get_function_identity_arguments(oid), concat_ws(' ', "
    "(SELECT lanname FROM pg_language l WHERE l.oid = prolang), prosecdef, proconfig, "
    f"encode(sha256(convert_to(prosrc, 'UTF8')), 'hex')) FROM pg_proc WHERE pronamespace = {_PUBLIC}",
    "SELECT 'policy ' || relname || '.' || polname, pg_get_expr(polqual, polrelid) FROM pg_policy "
    f"JOIN pg_class c ON c.oid = polrelid AND {_HERE}",
    f"SELECT '{GUARDS_OFF}', current_setting('{_SWITCH}') WHERE current_setting('{_SWITCH}') <> 'origin'",
)
_SUBSCRIBED = (
    "FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
"""Rows that come from another server by themselves. Not everybody may read all of that catalogue."""

_BESIDES = {
    "pg_namespace": f"{_MADE} AND nspname <> 'public' AND nspname !~ '^pg_(toast_)?temp_[0-9]+$'",
    "pg_class": f"{_MADE} AND relkind <> 'i' AND relnamespace NOT IN "
    "(SELECT oid FROM pg_namespace WHERE nspname ~ '^(public|pg_toast|pg_(toast_)?temp_[0-9]+)$')",
    "pg_proc": f"{_MADE} AND pronamespace <> {_PUBLIC} OR oid < 16384 AND prolang > {_BUILT_IN}",
    # tables have a type for their rows each, and every type one for lists of it
    "pg_type": f"{_MADE} AND (typrelid = 0 OR EXISTS (SELECT 1 FROM pg_class c WHERE c.oid = typrelid AND "
    "relkind = 'c')) AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = pg_type.oid)",
    "pg_event_trigger": f"{_MADE} AND evtenabled <> 'D'",
    "pg_collation": f"{_MADE} AND collnamespace <> 'pg_catalog'::regnamespace",  # there: those of the machine
    **dict.fromkeys(
        (
            "pg_operator", "pg_opclass", "pg_opfamily", "pg_amop", "pg_amproc", "pg_cast", "pg_am",
            "pg_conversion", "pg_language", "pg_transform", "pg_extension", "pg_foreign_data_wrapper",
            "pg_foreign_server", "pg_ts_config", "pg_ts_dict", "pg_ts_parser", "pg_ts_template",
        ),
        _MADE,
    ),
}  # fmt: skip
"""Catalogue → which of its rows are neither the server's own nor in `public`, where each is looked at."""

_NAMED = " UNION ALL ".join(
    f"SELECT (found).type || ' ' || coalesce((found).identity, ''), '' FROM (SELECT pg_identify_object("
    f"tableoid, oid, 0) AS found FROM {catalogue} WHERE {which}) AS besides"
    for catalogue, which in _BESIDES.items()
)

_TABLES = f"(SELECT oid FROM pg_class WHERE {_HERE})"
_COUNTED = {
    **{catalogue: which for catalogue, which in _BESIDES.items() if catalogue not in ("pg_class", "pg_proc")},
    # what is temporary comes and goes with whoever signs in
    "pg_class": f"{_MADE} AND relnamespace NOT IN "
    "(SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(toast|(toast_)?temp_[0-9]+)$')",
    "pg_proc": f"{_MADE} OR prolang > {_BUILT_IN}",
    "pg_attribute": f"attrelid IN {_TABLES}",
    "pg_attrdef": f"adrelid IN {_TABLES}",
    "pg_constraint": f"connamespace = {_PUBLIC}",
    "pg_index": f"indrelid IN {_TABLES}",
    "pg_inherits": "true",
    "pg_sequence": f"seqrelid IN {_TABLES}",
    "pg_trigger": "NOT tgisinternal OR tgenabled <> 'O'",
    "pg_rewrite": f"ev_class IN {_TABLES}",
    "pg_policy": "true",
}
"""Catalogue → which of its rows say something of the office, or of what a statement can come upon."""
_COUNT = "(SELECT concat_ws(' ', count(*), coalesce(sum(xmin::text::bigint), 0)) FROM {} WHERE {})"
_STATE = (
    "SELECT concat_ws(' ', "
    + ", ".join(_COUNT.format(catalogue, which) for catalogue, which in _COUNTED.items())
    + f", (SELECT concat_ws(' ', count(*), coalesce(sum(oid::bigint), 0)) {_SUBSCRIBED})"
    + ", (SELECT string_agg(version_num, ' ' ORDER BY 1) FROM public.alembic_version)"
    + f", current_setting('{_SWITCH}'))"
)
"""How many there are, and by which transactions: what is made or changed later, later ones made."""


def state(connection: Connection) -> str:
    """All that `said` tells, in one word, which changes where any of it does."""
    with _plainly(connection):
        return str(connection.exec_driver_sql(_STATE.replace("%", "%%")).scalar())


def said(connection: Connection) -> Iterator[tuple[str, str]]:
    """What there is, by kind and name, and its definition in the server's words."""
    with _plainly(connection):
        for sql in (*_IN_PUBLIC, _NAMED, f"SELECT 'subscription ' || subname, '' {_SUBSCRIBED}"):
            yield from ((name, ddl or "") for name, ddl in connection.exec_driver_sql(sql.replace("%", "%%")))


@contextmanager
def _plainly(connection: Connection) -> Iterator[None]:
    """Within it nothing but the server's own is found under a bare name: who asks what stands there is not
    answered by what somebody put there."""
    connection.exec_driver_sql("SET LOCAL search_path TO pg_catalog, pg_temp")
    yield
    connection.exec_driver_sql("SET LOCAL search_path TO DEFAULT")
