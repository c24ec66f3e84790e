"""Verify: whether what is stored still fits together, whoever has been at the file.

Each check looks at one thing and names what does not hold. None of them trusts another: the chain of the
log is walked anew, every row is compared with the last image that an act left of it in the log, every hash is
calculated from the bytes. Each is done behind its own guard (`casework.audit.one_check`): one that can't be
done is a check that failed, and the others go on.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from casework.audit.one_check import Check, Look, looked
from casework.audit.rounds_again import rounds_again
from casework.core import log, many_rows, numbers, rows_compared
from casework.core.office import Office, stored_policy
from casework.core.stored_files import MOST_BYTES
from casework.money import books_check
from models import LogEntry, OfficeRow, schema
from models.columns import moment_of
from rules.faults import PackFaults


def verify(office: Office, lang: str = "zh") -> dict[str, Any]:
    """`{"checks": [{"name", "ok", "detail"}]}`, one entry a check."""
    return {
        "checks": [{"name": each.name, "ok": each.ok, "detail": each.say(lang)} for each in checks(office)]
    }


def checks(office: Office, progress: Callable[[int, int], bool | None] | None = None) -> list[Check]:
    """Every check, on one state of the office."""
    found = []
    with office.read() as session:
        for at, (name, look) in enumerate(CHECKS.items()):
            if progress is not None and progress(at, len(CHECKS)) is False:
                break
            found.append(looked(session, name, look))
    return found


def _office(session: Session) -> Check:
    """The office has its one row, which can be read."""
    rows = session.execute(select(OfficeRow)).all()
    return Check("office", len(rows), () if len(rows) == 1 else (f"office: {len(rows)}",))


def _log(session: Session) -> Check:
    chain = log.verify(session)
    faults = () if chain.fault_seq is None else (f"{chain.fault_seq}: {chain.fault}",)
    back = {"count": len(chain.back), "seq": chain.back[0]} if chain.back else None
    return Check("log", chain.entries, faults, note=None if back is None else ("verify.back", back))


def _ledger(session: Session) -> Check:
    books = books_check.check(session)
    return Check("ledger", books.entries, tuple(f"{code} {where}" for code, where in books.faults))


def _rows(session: Session) -> Check:
    """Each row equal to the last image that an act left of it in the log; none missing, none besides."""
    compared = rows_compared.compare(session)
    differ = tuple(
        f"{table} {first}" if first == last else f"{table} {first}-{last}"
        for table, first, last in compared.differ
    )
    begun = compared.since
    note = None if begun is None else ("verify.since", {"seq": begun.seq, "at": moment_of(begun.at)})
    return Check("rows", compared.rows, differ, note=note)


def _references(session: Session) -> Check:
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return Check("references", 0)
    faults = [
        f"{row[0]} {row[1]} → {row[2]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]
    whole = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    faults += [line for line in whole if line != "ok"]
    tables = connection.exec_driver_sql(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
    ).scalar_one()
    return Check("references", tables, tuple(faults))


def _schema(session: Session) -> Check:
    """Tables with their conditions, indexes, triggers, views: what the steps make, nothing besides."""
    faults = schema.differing(session.connection())
    return Check("schema", len(schema.standing(session.connection())), tuple(faults))


_KEPT_FILES = "kept_files"

OF_CASES = ("decision", "receipt", "acceptance")
"""Series of numbers that are given to cases and no letter; those of letters have their kinds as names."""


def _decision_numbers(session: Session) -> Check:
    sql = "SELECT 'decision', 0, seq FROM decision ORDER BY seq"
    return Check("decision_numbers", *_gaps(session, sql, lambda series: series == "decision"))


def _letter_numbers(session: Session) -> Check:
    sql = "SELECT series, year, number FROM letter ORDER BY series, year, number"
    return Check("letter_numbers", *_gaps(session, sql, lambda series: series not in OF_CASES))


def _gaps(session: Session, sql: str, ours: Callable[[str], bool]) -> tuple[int, tuple[str, ...]]:
    """Numbers from 1 on without a gap in each series, up to the last that each of these series gave."""
    last: dict[tuple[str, int], int] = {}
    faults: list[str] = []
    count = 0
    for series, year, number in _streamed(session, sql):
        count += 1
        if number != last.get((series, year), 0) + 1:
            faults.append(f"{series} {year}: {number}")
        last[series, year] = number
    given = {
        (series, year): top
        for series, year, top in _streamed(session, "SELECT series, year, last FROM number_series")
        if ours(series)
    }
    faults += [
        f"{series} {year}: {given.get((series, year), 0)}"
        for series, year in dict.fromkeys((*given, *last))
        if last.get((series, year), 0) != given.get((series, year), 0)
    ]
    return count, tuple(faults)


def _letters(session: Session) -> Check:
    """Every letter's bytes have its hash, and the hash is the one that the log holds."""
    logged: dict[str, str] = {}
    entries = select(col(LogEntry.payload)).where(col(LogEntry.payload).contains('"letter":{'))
    for payload in session.execute(entries).scalars():
        said = json.loads(payload).get("letter")
        if isinstance(said, dict):
            logged[f"{said['kind']} {said['number']}"] = said["sha256"]
    faults, count = [], 0
    sql = (
        "SELECT l.kind, l.numbered, l.content_sha256, c.sha256 FROM letter l "
        "LEFT JOIN content c ON c.sha256 = l.content_sha256 ORDER BY l.id"
    )
    _, others = _kept_files(session)
    for kind, numbered, sha256, kept in _streamed(session, sql):
        count += 1
        if kept is None or kept in others or logged.pop(f"{kind} {numbered}", None) != sha256:
            faults.append(numbered)
    return Check("letters", count, (*faults, *logged))


def _contents(session: Session) -> Check:
    count, others = _kept_files(session)
    return Check("contents", count, tuple(sha256[:12] for sha256 in others))


def _kept_files(session: Session) -> tuple[int, dict[str, None]]:
    """How many files are kept, and the hashes under which other bytes stand, or more than are kept of any.
    The bytes are gone through once for the state that a session sees."""
    found: tuple[int, dict[str, None]] | None = session.info.get(_KEPT_FILES)
    if found is None:
        others: dict[str, None] = {}
        count = 0
        body = f"CASE WHEN length(body) <= {MOST_BYTES:d} THEN body END"
        for sha256, stored in _streamed(session, f"SELECT sha256, {body} FROM content"):
            count += 1
            if stored is None or hashlib.sha256(stored).hexdigest() != sha256:
                others[sha256] = None
        found = session.info[_KEPT_FILES] = count, others
    return found


def _packs(session: Session) -> Check:
    """The bytes of packs and supplements have their hashes, which are those that the log holds; what was
    replaced has what took its place."""
    faults, count = [], 0
    connection = session.connection()
    for table in ("pack", "supplement"):
        for number, canonical, sha256 in connection.exec_driver_sql(
            f"SELECT id, canonical, sha256 FROM {table}"
        ):
            count += 1
            if hashlib.sha256(bytes(canonical)).hexdigest() != sha256:
                faults.append(f"{table} {number}")
    alone = (
        "SELECT p.id FROM pack p WHERE p.state = 'replaced' AND NOT EXISTS (SELECT 1 FROM pack n WHERE "
        "n.scheme = p.scheme AND n.version = p.version AND n.state = 'confirmed') ORDER BY p.id"
    )
    faults.extend(f"pack {number}" for (number,) in connection.exec_driver_sql(alone))
    return Check("packs", count, tuple(faults))


def _policies(session: Session) -> Check:
    """The policy of every decision can be built from stored bytes that have its hash."""
    faults, count = [], 0
    found = session.connection().exec_driver_sql(
        "SELECT DISTINCT policy_sha256 FROM decision WHERE policy_sha256 IS NOT NULL"
    )
    for (sha256,) in found.all():
        count += 1
        try:
            stored_policy(session, sha256)
        except (LookupError, ValueError, PackFaults):
            faults.append(sha256[:12])
    return Check("policies", count, tuple(faults))


def _rounds(session: Session) -> Check:
    """Rounds decided together come out again as a whole."""
    return Check("rounds", *rounds_again(session))


def _vouchers(session: Session) -> Check:
    """Each voucher has its award as quota, a code that is whole, and an approval by another than the
    preparer."""
    sql = (
        "SELECT v.code, v.quota_fen, v.used_fen, d.award_fen, d.decided_by_id, p.person_id FROM voucher v "
        "LEFT JOIN decision d ON d.seq = v.decision_seq "
        "LEFT JOIN approval p ON p.decision_seq = v.decision_seq AND p.outcome = 'approved' ORDER BY v.id"
    )
    faults, count = [], 0
    for code, quota, used, award, preparer, approver in session.connection().exec_driver_sql(sql):
        count += 1
        fits = quota == award and 0 <= used <= quota and numbers.is_voucher_code(code)
        if not fits or approver is None or approver == preparer:
            faults.append(code)
    return Check("vouchers", count, tuple(faults))


def look_at_awards(session: Session) -> Check:
    """What a decision has in the books is what its case's state says: held, committed, or given back."""
    sql = (
        "SELECT d.seq, d.holds_fen, a.state, (SELECT max(n.seq) FROM decision n WHERE n.application_id = "
        "a.id), coalesce((SELECT sum(e.amount_fen) FROM ledger_entry e WHERE e.decision_seq = d.seq "
        "AND e.account = 'reserved'), 0), "
        "coalesce((SELECT sum(e.amount_fen) FROM ledger_entry e WHERE e.decision_seq = d.seq "
        "AND e.account IN ('committed', 'paid')), 0), "
        "EXISTS (SELECT 1 FROM approval p WHERE p.decision_seq = d.seq AND p.outcome = 'returned') "
        "FROM decision d JOIN application a ON a.id = d.application_id ORDER BY d.seq"
    )
    faults, count = [], 0
    for seq, holds, state, standing, reserved, committed, returned in _streamed(session, sql):
        count += 1
        stands = seq == standing and state not in ("withdrawn", "refused", "revoked") and not returned
        approved = stands and state in ("approved", "issued")
        held = holds if stands and not approved else 0
        if (
            reserved != held
            or (approved and committed != holds)
            or (state != "revoked" and not approved and committed)
        ):
            faults.append(str(seq))
    return Check("awards", count, tuple(faults))


def _streamed(session: Session, sql: str) -> Iterator[Any]:
    for rows in many_rows.stream(session, sql, 100):
        yield from rows


CHECKS: dict[str, Look] = {
    "office": _office,
    "schema": _schema,
    "log": _log,
    "rows": _rows,
    "ledger": _ledger,
    "awards": look_at_awards,
    "references": _references,
    "decision_numbers": _decision_numbers,
    "letter_numbers": _letter_numbers,
    "letters": _letters,
    "contents": _contents,
    "packs": _packs,
    "policies": _policies,
    "rounds": _rounds,
    "vouchers": _vouchers,
}
"""Every check by its name: what the tables are first, then what stands in them."""
