"""Offices that somebody with the file in hand made so that a check falls over, runs for ever or eats the
machine: each by its name, with what was done to the file and the checks that have to tell it."""

import contextlib
import hashlib
import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

DEEP = "[" * 100_000
ENDLESS = "a." * 60_000 + "a=1"
OF_ENDLESS = hashlib.sha256(ENDLESS.encode()).hexdigest()
LARGE = 300_000_000
"""Bytes of a cell that no machine should have to read."""


class Crafted(NamedTuple):
    """What was done, and the checks that fail by it (others may)."""

    statements: tuple[str, ...]
    found: frozenset[str]


def crafted(found: str, *statements: str) -> Crafted:
    return Crafted(statements, frozenset(found.split()))


def rewritten(table: str, was: str, becomes: str) -> str:
    """The definition of a table changed in the schema itself."""
    return (
        f"UPDATE sqlite_master SET sql = replace(sql, '{was}', '{becomes}') "
        f"WHERE type = 'table' AND name = '{table}'"
    )


def viewed(table: str, select: str) -> tuple[str, str]:
    """A view in the place of a table."""
    return f"ALTER TABLE {table} RENAME TO {table}_away", f"CREATE VIEW {table} AS {select}"


FOR_EVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"

OFFICES: dict[str, Crafted] = {
    # the log
    "algorithm": crafted("log", "UPDATE log_head SET algorithm = 'rot13'"),
    "algorithm of any length": crafted("log", "UPDATE log_head SET algorithm = 'shake_128'"),
    "no head": crafted("log", "DELETE FROM log_head"),
    "two heads": crafted("log", "INSERT INTO log_head SELECT 2, algorithm, seq, hash FROM log_head"),
    "head elsewhere": crafted("log", "UPDATE log_head SET seq = seq + 5"),
    "nested payload": crafted(
        "log rows letters",
        f"UPDATE log_entry SET payload = '{{\"rows\":{{\"letter\":{{' || '{DEEP}' WHERE seq = 9",
    ),
    "payload is no JSON": crafted(
        "log rows letters", 'UPDATE log_entry SET payload = \'{"letter":{ "rows":{ x\' WHERE seq = 9'
    ),
    "payload of another shape": crafted(
        "log rows letters",
        """UPDATE log_entry SET payload = '{"rows":{"decision":7},"letter":{"a":1}}' WHERE seq = 9""",
    ),
    "rows of a table that there is not": crafted(
        "log rows", """UPDATE log_entry SET payload = '{"rows":{"nowhere":[1,2,"x"]}}' WHERE seq = 9"""
    ),
    "rests on a statement for ever": crafted(
        "log rows",
        """UPDATE log_entry SET payload = replace(payload, '"rests":[["', '"rests":[["id\\" FROM ("""
        f"""{FOR_EVER} SELECT max(i) AS id FROM n) --",[1],{{"applicant":"x"}}],["')""",
    ),
    "together without its parts": crafted(
        "log rounds",
        """UPDATE log_entry SET act = 'decide', payload = '{"together":[{"first":"1;x"}]}' WHERE seq = 9""",
    ),
    "person is no UTF-8": crafted("log", "UPDATE log_entry SET person = CAST(x'ff41' AS TEXT) WHERE seq = 9"),
    "line feed in a subject": crafted("log", "UPDATE log_entry SET subject = 'a' || char(10) WHERE seq = 9"),
    # one cell
    "impossible day": crafted(
        "vouchers", "UPDATE voucher SET issued_on = '2026-02-31', code = 'x' WHERE id = 1"
    ),
    "impossible moment": crafted("office", "UPDATE office SET created_at = '2026-99-99T99:99:99.000000Z'"),
    "name is no UTF-8": crafted("letters", "UPDATE letter SET numbered = CAST(x'fffe' AS TEXT) WHERE id = 1"),
    "series with a quote": crafted(
        "letter_numbers rows",
        "UPDATE letter SET series = 'x'') OR 1=1; DROP TABLE letter; --' WHERE id = 1",
    ),
    "series with braces": crafted(
        "letter_numbers rows", "UPDATE letter SET series = '{0}{values}%s' WHERE id = 1"
    ),
    "sums that overflow": crafted(
        "ledger", "UPDATE ledger_entry SET amount_fen = 9223372036854775807 WHERE id <= 4"
    ),
    "caps that overflow": crafted("ledger", "UPDATE cap_entry SET amount_fen = 9223372036854775807"),
    "a letter of nothing": crafted("contents letters", "UPDATE content SET body = x'', size = 0"),
    "a large file": crafted(
        "contents", f"UPDATE content SET body = zeroblob({LARGE}), size = {LARGE} WHERE rowid = 1"
    ),
    "a large witness": crafted(
        "rows", f"UPDATE decision SET witness = CAST(zeroblob({LARGE}) AS TEXT) WHERE seq = 1"
    ),
    "a large pack": crafted("packs", f"UPDATE pack SET canonical = zeroblob({LARGE}) WHERE id = 1"),
    "a large payload": crafted(
        "log", f"UPDATE log_entry SET payload = CAST(zeroblob({LARGE}) AS TEXT) WHERE seq = 9"
    ),
    "a pack nested deep": crafted("packs policies", f"UPDATE pack SET canonical = CAST('{DEEP}' AS BLOB)"),
    "a pack of one key without end": crafted(
        "policies rows",
        f"UPDATE pack SET canonical = CAST('{ENDLESS}' AS BLOB), sha256 = '{OF_ENDLESS}' WHERE id = "
        "(SELECT pack_id FROM policy LIMIT 1)",
        f"UPDATE policy SET sha256 = '{OF_ENDLESS}', supplements = '' WHERE rowid = 1",
        f"UPDATE decision SET policy_sha256 = '{OF_ENDLESS}'",
    ),
    "supplements that are no numbers": crafted(
        "policies", "UPDATE policy SET supplements = '1 x ٣ 99999999999999999999999'"
    ),
    # tables
    "a column renamed": crafted("schema letter_numbers", "ALTER TABLE letter RENAME COLUMN series TO reihe"),
    "a table dropped": crafted("rows awards", "ALTER TABLE approval RENAME TO approval_away"),
    "the office twice": crafted(
        "office rows",
        "INSERT INTO office (id, uid, name, schema_no, demonstration, seed, secret, created_at) "
        "SELECT 2, uid || 'x', name, schema_no, 1, seed, secret, created_at FROM office",
    ),
    "the office dropped": crafted("office", "ALTER TABLE office RENAME TO office_away"),
    "the log dropped": crafted("log", "ALTER TABLE log_entry RENAME TO entries"),
    "a schema number of nobody's": crafted("schema", "UPDATE alembic_version SET version_num = '9999'"),
    "a schema number of before": crafted("schema", "UPDATE alembic_version SET version_num = '0003'"),
    "a schema number that is none": crafted("schema", "UPDATE alembic_version SET version_num = 'x'"),
    "no schema number": crafted("", "ALTER TABLE alembic_version RENAME TO versions"),
    "a view for ever": crafted(
        "policies",
        *viewed("policy", f"{FOR_EVER} SELECT 'x' AS sha256, i AS pack_id, '' AS supplements FROM n"),
    ),
    "a view of decisions for ever": crafted(
        "decision_numbers awards",
        *viewed("decision", f"{FOR_EVER} SELECT d.* FROM n, decision_away d"),
    ),
    "a view that hides a row": crafted(
        "letters letter_numbers", *viewed("letter", "SELECT * FROM letter_away WHERE id > 1")
    ),
    "the office a view for ever": crafted(
        "office", *viewed("office", f"{FOR_EVER} SELECT o.* FROM n, office_away o WHERE n.i < 0")
    ),
    "people a view": crafted("", *viewed("person", "SELECT * FROM person_away")),
    "a table no longer strict": crafted(
        "ledger",
        rewritten("ledger_entry", "STRICT", ""),
        "UPDATE ledger_entry SET amount_fen = 'much' WHERE id = 1",
    ),
}
"""By what was done."""


def craft(demo: Path, target: Path, made: Crafted) -> Path:
    """A copy of an office with this done to it, past every guard that the file has: by Python's own library,
    which knows no limit of the program's."""
    shutil.copy(demo, target)
    for statement in ("", *made.statements):
        with contextlib.closing(sqlite3.connect(str(target), isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute("PRAGMA writable_schema = ON")
            connection.execute("PRAGMA legacy_alter_table = ON")
            if not statement:
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type='trigger'"
                ).fetchall():
                    connection.execute(f'DROP TRIGGER "{name}"')
                continue
            changed = connection.execute(statement).rowcount
            assert changed != 0, f"nothing was done by: {statement[:100]}"
    return target
