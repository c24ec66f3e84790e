"""How migrations write a table down: short, and with the very names that the models' constraints have.

Columns stand in one string, each `name`, `name=kind` or, where it may be NULL, with a `?` behind; without a
kind it is text. Unique constraints and foreign keys are written the same way: `a,b` and `a,b>other.x,y`.
Steps are frozen history, so this notation never changes its meaning.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

MOMENT = "length({0}) = 27 AND {0} LIKE '____-__-__T__:__:__.______Z'"
DAY = "length({0}) = 10 AND {0} LIKE '____-__-__'"

KINDS: dict[str, tuple[type[Any], str]] = {
    "text": (sa.String, ""),
    "whole": (sa.BigInteger, ""),
    "counted": (sa.BigInteger, ""),  # a key that the engine gives out
    "raw": (sa.LargeBinary, ""),
    "fen": (sa.BigInteger, "{0} BETWEEN 0 AND 1000000000000000"),
    "signed": (sa.BigInteger, "{0} BETWEEN -1000000000000000 AND 1000000000000000"),
    "moment": (sa.String, MOMENT),
    "day": (sa.String, DAY),
    "yes_no": (sa.SmallInteger, "{0} IN (0, 1)"),
    "sha256": (sa.String, "length({0}) = 64"),
}


def table(
    name: str,
    columns: str,
    *,
    key: str = "id",
    unique: str = "",
    refer: str = "",
    words: dict[str, str] | None = None,
    check: dict[str, str] | None = None,
) -> None:
    """Make a table, strict where the engine can be.

    `words` are those that a column may hold, `check` further conditions by name.
    """
    parts: list[Any] = []
    conditions = dict(check or {})
    for column, listed in (words or {}).items():
        quoted = ", ".join(f"'{word}'" for word in listed.split())
        conditions[column] = f"{column} IN ({quoted})"
    for word in columns.split():
        column, _, kind = word.rstrip("?").partition("=")
        type_, form = KINDS[kind or "text"]
        parts.append(sa.Column(column, type_(), nullable=word.endswith("?"), autoincrement=kind == "counted"))
        if form:
            conditions[f"{column}_form"] = form.format(column)
    parts.extend(
        sa.CheckConstraint(form, name=op.f(f"ck_{name}_{word}")) for word, form in conditions.items()
    )
    parts.append(sa.PrimaryKeyConstraint(*key.split(","), name=op.f(f"pk_{name}")))
    for word in unique.split():
        parts.append(sa.UniqueConstraint(*word.split(","), name=op.f(f"uq_{name}_{word.replace(',', '_')}")))
    parts.extend(_reference(name, word) for word in refer.split())
    op.create_table(name, *parts, sqlite_strict=True)


def _reference(table_name: str, word: str) -> sa.ForeignKeyConstraint:
    columns, _, target = word.partition(">")
    other, _, others = target.partition(".")
    named = f"fk_{table_name}_{columns.replace(',', '_')}"
    targets = [f"{other}.{column}" for column in others.split(",")]
    return sa.ForeignKeyConstraint(columns.split(","), targets, name=op.f(named))


def column(table_name: str, said: str, *, refer: str = "") -> None:
    """Add a column to a table, behind the others: empty in the rows that are there, so it may be NULL.

    `refer` is the row that it names (`budget.id`).
    """
    name, _, kind = said.rstrip("?").partition("=")
    type_, form = KINDS[kind or "text"]
    connection = op.get_bind()
    ddl = f"ALTER TABLE {table_name} ADD COLUMN {name} {type_().compile(dialect=connection.dialect)}"
    if form:
        ddl += f" CONSTRAINT ck_{table_name}_{name}_form CHECK ({form.format(name)})"
    if refer:
        other, _, target = refer.partition(".")
        ddl += f" CONSTRAINT fk_{table_name}_{name} REFERENCES {other} ({target})"
    connection.exec_driver_sql(ddl)


def index(table_name: str, columns: str, *, name: str = "", unique: bool = False, where: str = "") -> None:
    """An index; with `where` over only those rows."""
    listed = columns.split(",")
    word = name or f"ix_{table_name}_{'_'.join(listed)}"
    only: dict[str, Any] = (
        {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)} if where else {}
    )
    op.create_index(op.f(word), table_name, listed, unique=unique, **only)


def remade(name: str, make: Callable[[], None]) -> None:
    """Make a table anew with the rows it has, column by column in their order: SQLite's way of most changes.

    Foreign keys must be off. `make` makes the table and its indexes.
    """
    op.execute(f"CREATE TEMPORARY TABLE carried AS SELECT * FROM {name}")
    op.execute(f"DROP TABLE {name}")
    make()
    op.execute(f"INSERT INTO {name} SELECT * FROM temp.carried")
    op.execute("DROP TABLE temp.carried")
