"""Ranges: what entries of the log from before schema 0008 remember of the rows that they added.

Those entries hold, for every table here to which an act added rows, the first and last of their numbers and
one hash over them as stored, in the columns that never change (`models.guards`). Entries since then have
images of every row (`casework.core.row_images`) and no ranges; what was written is still held to. A column
that a later step of the schema added stands in it only where the row has something in it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import LargeBinary, select
from sqlmodel import Session, col

from casework.core import many_rows
from models import LogEntry, metadata
from models.guards import FROZEN

_WRITTEN_ONCE = (
    "application_version",
    "approval",
    "appropriation",
    "cap_entry",
    "decision",
    "delivery",
    "ledger_entry",
    "letter_subject",
    "office_setting",
    "paper",
    "publicity_item",
)
_FROZEN_PART = {
    "letter": ("issued",),
    "voucher": ("issued",),
    "pack": ("bytes",),
    "supplement": ("bytes",),
    "person_role": ("given",),
    "appropriation_proposal": ("proposed",),
    "refusal": ("proposed",),
}


def _imaged() -> dict[str, tuple[str, ...]]:
    """The tables that are imaged, and of each the columns that never change (bytes by their hash)."""
    tables = {name: tuple(column.name for column in metadata.tables[name].columns) for name in _WRITTEN_ONCE}
    for name, parts in _FROZEN_PART.items():
        mine = [each for each in FROZEN if each.table == name and each.name in parts]
        frozen = {column for each in mine for column in each.columns}
        tables[name] = tuple(
            column.name
            for column in metadata.tables[name].columns
            if column.primary_key or (column.name in frozen and not isinstance(column.type, LargeBinary))
        )
    return tables


COLUMNS = _imaged()
"""Table → columns of its ranges. Each table's key is a whole number."""

FIRST = {
    "application_version": "id application_id version source applied_at applicant_name applicant_code "
    "applicant_kind founded_on district contract_no signed_on starts_on ends_on contract_amount_fen "
    "net_amount_fen leased_in_year_fen related_party provider_admitted other_support_fen other_national_fen "
    "other_city_fen other_district_fen other_source awarded_before_fen provider_name service purpose "
    "contact_id bank_account_id extra said_sha256 intake_id intake_row reason at person_id",
    "approval": "id decision_seq step outcome prepared_by_id person_id at minutes reason",
    "appropriation": "id budget_id allotment_no amount_fen journal reason at person_id",
    "cap_entry": "id key amount_fen decision_seq act at person_id",
    "decision": "seq application_id version status pack policy_sha256 tier rate base_fen computed "
    "computed_fen award_fen binding reasons readings holds_fen split witness trace budget_id cap_keys "
    "used left_fen decided_at decided_by_id supersedes_seq",
    "ledger_entry": "id journal account budget_id amount_fen application_id decision_seq voucher_id act at "
    "person_id",
    "paper": "id application_id kind name content_sha256 received_at person_id",
    "publicity_item": "id publicity_id decision_seq",
    "letter": "id kind series year number numbered code content_sha256 application_id decision_seq "
    "publicity_id issued_at issued_by_id",
    "voucher": "id code decision_seq application_id quota_fen issued_on at person_id",
    "pack": "id scheme version examples_sha256 sha256 proposed_by_id proposed_at",
    "supplement": "id pack_id parameter value from_on until_on source sha256 proposed_by_id proposed_at",
    "person_role": "id person_id role side given_at given_by_id",
    "delivery": "id letter_id method delivered_on receipt at person_id",
    "letter_subject": "id letter_id objection_id void_letter_id",
    "office_setting": "id key value reason at person_id",
    "appropriation_proposal": "id budget allotment_no amount_fen replaces reason proposed_at proposed_by_id",
    "refusal": "id application_id version fact reason document article proposed_at proposed_by_id",
}
"""The columns that images have held from the beginning, in their order. It never changes but for a column's
name: offices know their rows by it."""

_LATER = {
    name: tuple(column for column in columns if column not in FIRST[name].split())
    for name, columns in COLUMNS.items()
}
_KEYS = {name: next(iter(metadata.tables[name].primary_key)).name for name in COLUMNS}

_BATCH = 2000
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Range = tuple[int, int, str]


def _rows(session: Session, table: str, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Each row's number and its image: its values as stored, in JSON, ended by a line feed.

    SQLite writes the same JSON itself, at a quarter of the cost.
    """
    key, columns, later = _KEYS[table], FIRST[table].split(), _LATER[table]
    there = f"FROM {table} WHERE {key} BETWEEN {first:d} AND {last:d} ORDER BY {key}"
    if session.connection().dialect.name == "sqlite":
        more = "".join(f""" || iif("{one}" IS NULL, '', json_object('{one}', "{one}"))""" for one in later)
        as_json = f"SELECT {key}, CAST(json_array({_quoted(columns)}){more} AS BLOB) {there}"
        for batch in many_rows.stream(session, as_json, _BATCH):
            for number, image in batch:
                yield number, image + b"\n"
        return
    for batch in many_rows.stream(session, f"SELECT {_quoted([*columns, *later])} {there}", _BATCH):
        for row in batch:
            rest = zip(later, row[len(columns) :], strict=True)
            yield row[columns.index(key)], _image(row[: len(columns)], rest)


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _image(first: Sequence[Any], later: Iterable[tuple[str, Any]]) -> bytes:
    parts = [list(first), *({name: value} for name, value in later if value is not None)]
    return "".join(map(_ENCODE, parts)).encode() + b"\n"


def compare(session: Session) -> list[tuple[str, int, int]]:
    """The ranges, as (table, first, last), whose rows are no longer as their acts left them."""
    said: dict[str, list[Range]] = {}
    entries = select(col(LogEntry.payload)).where(col(LogEntry.payload).contains('"rows":{'))
    for (payload,) in session.execute(entries.order_by(col(LogEntry.seq)).execution_options(yield_per=2000)):
        rows = json.loads(payload).get("rows")
        for name, (first, last, digest) in rows.items() if isinstance(rows, dict) else ():
            said.setdefault(name, []).append((first, last, digest))
    return [(name, first, last) for name in said for first, last in _differing(session, name, said[name])]


def _differing(session: Session, name: str, said: list[Range]) -> Iterator[tuple[int, int]]:
    """One walk over the table beside its ranges, which follow each other."""
    digest, ranges = hashlib.sha256(), iter(said)
    first, last, hashed = next(ranges)
    for number, row in _rows(session, name, first, said[-1][1]):
        while number > last:
            if digest.hexdigest() != hashed:
                yield first, last
            digest = hashlib.sha256()
            first, last, hashed = next(ranges)
        if number >= first:
            digest.update(row)
    if digest.hexdigest() != hashed:
        yield first, last
    yield from ((first, last) for first, last, _ in ranges)  # of rows that are all gone
