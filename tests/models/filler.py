"""Rows for tests: any table's row, whole and valid, with the rows it rests on."""

import itertools
from typing import Any

from sqlalchemy import Connection, LargeBinary, MetaData, String, Table
from sqlalchemy.sql.schema import Column

from models import metadata
from models.columns import Day, Moment, Sha256, YesNo

AT = "2026-05-20T04:00:00.000000Z"
ON = "2026-05-20"

WORDS: dict[str, dict[str, Any]] = {
    "person": {"side": "casework"},
    "person_role": {"role": "officer", "side": "casework"},
    "pack": {"state": "proposed"},
    "supplement": {"state": "proposed"},
    "round": {"state": "open"},
    "application": {"state": "submitted", "version": 1},
    "application_version": {"source": "import", "version": 1},
    "finding": {"state": "open"},
    "correction": {"state": "open"},
    "correction_item": {"about": "field"},
    "decision": {"status": "awarded", "award_fen": 100, "holds_fen": 100, "version": 1},
    "approval": {"step": "approval", "outcome": "approved"},
    "publicity": {"state": "running"},
    "objection": {"state": "open"},
    "refusal": {"state": "proposed"},
    "voucher": {"state": "issued", "used_fen": 0, "quota_fen": 100},
    "budget": {
        "appropriation_fen": 1000,
        "reserved_fen": 0,
        "committed_fen": 0,
        "paid_fen": 0,
        "lapsed_fen": 0,
    },
    "appropriation_proposal": {"state": "proposed"},
    "ledger_entry": {"account": "available"},
    "content": {"size": 3, "body": b"abc"},
    "office": {"id": 1},
    "log_head": {"id": 1},
    "recusal": {},
    "delivery": {"method": "post"},
}


CONDITIONS: dict[tuple[str, str], dict[str, Any]] = {
    ("letter", "voided"): {"voided_at": "2026-05-21T00:00:00.000000Z", "void_reason": "x"},
    ("appropriation_proposal", "settled"): {
        "state": "rejected",
        "settled_at": "2026-05-21T00:00:00.000000Z",
        "settled_reason": "x",
    },
    ("pack", "confirmed"): {"state": "confirmed", "confirmed_at": "2026-05-21T00:00:00.000000Z"},
    ("pack", "ended"): {"state": "rejected"},
    ("pack", "withdrawn"): {"withdrawn_on": "2026-06-01"},
    ("supplement", "confirmed"): {"state": "confirmed", "confirmed_at": "2026-05-21T00:00:00.000000Z"},
    ("supplement", "revoked"): {
        "state": "revoked",
        "confirmed_at": "2026-05-21T00:00:00.000000Z",
        "revoked_from_on": "2026-06-01",
    },
    ("refusal", "closed"): {
        "state": "rejected",
        "closed_at": "2026-05-21T00:00:00.000000Z",
        "close_reason": "x",
    },
}
"""What a row holds when a freeze begins for it (`guards.FROZEN`), where that is not always."""


class Filler:
    """Fills an office's tables with rows that keep every rule unless told otherwise."""

    def __init__(self, connection: Connection, tables: MetaData = metadata, start: int = 1) -> None:
        self.connection = connection
        self.tables = tables.tables
        self.next = itertools.count(start)
        self.made: dict[str, dict[str, Any]] = {}

    def __call__(self, table: str, **given: Any) -> dict[str, Any]:
        """Insert a row of `table`; what is not given is made up. Returns the whole row as stored."""
        row = self.row(table, **given)
        columns = ", ".join(f'"{name}"' for name in row)
        mark = "?" if self.connection.dialect.name == "sqlite" else "%s"
        marks = ", ".join(mark for _ in row)
        sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'
        self.connection.exec_driver_sql(sql, tuple(row.values()))
        self.made[table] = row
        return row

    def row(self, table: str, **given: Any) -> dict[str, Any]:
        """The row, with those it points to already stored."""
        made = {**WORDS.get(table, {}), **given}
        self._special(table, made)
        for column in self.tables[table].columns:
            if column.name in made or (column.nullable and column.name != "budget_id"):
                continue
            made[column.name] = self._value(self.tables[table], column)
        return made

    def _special(self, table: str, made: dict[str, Any]) -> None:
        """Keys of several columns point to one row."""
        if table == "decision" and "application_id" not in made:
            said = self.made.get("application_version") or self("application_version")
            made["application_id"] = said["application_id"]
        if table == "approval" and "decision_seq" not in made:
            decision = self("decision")
            made.update(decision_seq=decision["seq"], prepared_by_id=decision["decided_by_id"])
            made.setdefault("person_id", self("person")["id"])
        if table == "person_role" and "person_id" not in made:
            made["person_id"] = self("person", side=made["side"])["id"]
        if table == "letter_subject":
            made.setdefault("objection_id", self("objection")["id"])
        if table == "cap_entry" and "key" not in made:
            made["key"] = self("cap_use")["key"]

    def _value(self, table: Table, column: Column[Any]) -> Any:
        number = next(self.next)
        for key in column.foreign_keys:
            target = key.column
            parent = self.made.get(target.table.name) or self(target.table.name)
            return parent[target.name]
        kind = column.type
        if isinstance(kind, Moment):
            return AT
        if isinstance(kind, Day):
            return ON
        if isinstance(kind, YesNo):
            return 0
        if isinstance(kind, Sha256):
            return f"{number:064x}"
        if isinstance(kind, String):
            return f"{table.name}-{column.name}-{number}"
        if isinstance(kind, LargeBinary):
            return b"bytes"
        return number


def changed(table: str, column: str, stored: Any) -> str:
    """SQL for another value of the same kind."""
    kind = metadata.tables[table].columns[column].type
    if isinstance(kind, Moment):
        return "'2031-01-01T00:00:00.000000Z'"
    if isinstance(kind, Day):
        return "'2031-01-01'"
    if isinstance(kind, String) or isinstance(stored, str):
        return f"'{'f' * 64}'"
    if isinstance(stored, bytes):
        return "x'00'"
    return str((stored or 0) + 1)
