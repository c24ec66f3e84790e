"""An office with very many made-up applications, for the measures of lists: written by SQL, not by acts.

Each table is one INSERT … SELECT over counted numbers: names are put together from lists of syllables by
arithmetic on the number, six of ten applications have a decision, one in fifty names holds 智算. There are no
contracts, findings or ledger entries, so the books of this office mean nothing; its lists are as long and as
wide as real ones. A million take about half a minute.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from casework.core.office import Office
from casework.founding.made_up_applications import ingredients
from casework.people import accounts

STATES = ("submitted", "accepted", "eligibility", "calculated", "publicity", "approved", "issued", "issued")
_NUMBERS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
_AT = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', 1767225600 + (i * 7919) % 25000000, 'unixepoch')"
_HASH = "printf('%064x', i)"


def make(path: Path, count: int) -> None:
    """Write the office to a new file."""
    with Office.create(path, name="万件演示", seed="table").closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        with office.write() as session:
            connection: Any = session.connection().connection.driver_connection
            _syllables(connection)
            for sql in _inserts():
                connection.execute(sql, (count,))


def _syllables(connection: Any) -> None:
    """The parts of names as tables that SQL can pick from by number."""
    parts = ingredients()
    trades = [
        *parts["trade"],
        *parts["trade"],
        *parts["trade"],
        *parts["trade"],
        *parts["trade"][:9],
        "智算服务",
    ]
    for name, values in (
        ("first", parts["first"]),
        ("second", parts["second"]),
        ("trade", trades),
        ("district", parts["district"]),
        ("state", STATES),
    ):
        connection.execute(f"CREATE TEMP TABLE part_{name} (at INTEGER PRIMARY KEY, part TEXT)")
        connection.executemany(f"INSERT INTO temp.part_{name} VALUES (?, ?)", list(enumerate(values)))
    connection.execute(
        "INSERT INTO budget (key, programme, year, appropriation_fen, reserved_fen, committed_fen, paid_fen,"
        " lapsed_fen) VALUES ('list/2026', 'list', 2026, 0, 0, 0, 0, 0)"
    )


def _part(name: str, number: str) -> str:
    return f"(SELECT part FROM temp.part_{name} WHERE at = {number})"


def _inserts() -> list[str]:
    name = " || ".join((
        "'深圳'", _part("first", "i % 20"), _part("second", "i / 20 % 20"), _part("first", "i / 400 % 20"),
        _part("second", "i / 8000 % 20"), _part("trade", "i * 31 % 50"), "'有限公司'",
    ))  # fmt: skip
    code = "printf('91440399MA%07d%s', (i * 3 + 3) / 4, 'X')"
    state = _part("state", "i * 31 % 8")
    return [
        f"{_NUMBERS} INSERT INTO applicant (id, code, name, created_at) SELECT i,"
        f" printf('91440399MA%07d%s', i, 'X'), '', {_AT} FROM n",
        f"{_NUMBERS} INSERT INTO application (id, case_no, scheme, applicant_id, state, version, applied_at,"
        f" arrived_at, prepared_by_id) SELECT i, printf('YS2026%07d', i), 'shenzhen-training-voucher',"
        f" (i * 3 + 3) / 4, {state}, 1, {_AT}, {_AT}, 1 FROM n",
        f"{_NUMBERS} INSERT INTO application_version (id, application_id, version, source, applied_at,"
        f" applicant_name, applicant_code, applicant_kind, district, contract_no, contract_amount_fen,"
        f" provider_name, said_sha256, extra, at, person_id) SELECT i, i, 1, 'import', {_AT}, {name}, {code},"
        f" 'enterprise', {_part('district', 'i * 7 % 12')}, printf('HT-2026-%07d', i),"
        f" 50000000 + (i * 7919) % 900000000, '湾畔云计算公司', {_HASH}, '{{}}', {_AT}, 1 FROM n",
        f"{_NUMBERS} INSERT INTO decision (seq, application_id, version, status, pack, tier, rate, base_fen,"
        f" computed, computed_fen, award_fen, binding, reasons, readings, holds_fen, split, witness, trace,"
        f" budget_id, cap_keys, used, decided_at, decided_by_id) SELECT i, i, 1, 'awarded',"
        f" 'shenzhen-training-voucher@2026', 'general', '0.5', 100, '50', 50, 1 + i % 100000000, 'rate', '',"
        f" '', 1 + i % 100000000, '', '', '', 1, '', '', {_AT}, 1 FROM n WHERE i * 31 % 8 > 2",
    ]
