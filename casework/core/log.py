"""The log: a chain of what was done, each entry hashed over the one before it and everything it says.

The chain has one head, a row that every writer locks before anything else, so that it can't fork. The entry's
payload is canonical JSON and is hashed as it stands. Personal numbers (phones, accounts) never go in clear:
`keyed` makes of them what can be compared and not read back.
"""

import datetime
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, insert, select, text, update
from sqlmodel import Session, col

from models import LogEntry, LogHead, metadata
from models.columns import moment_of, moment_text

ALGORITHM = "sha256"
"""What new offices hash with. An office's own stands in its head and in its first entry."""

BEFORE_ALL = "0" * 64
"""What the first entry has for the hash before it."""


CLOCKS_DIFFER = datetime.timedelta(minutes=5)
"""By how much the moments of two entries may run back and mean nothing."""


_ENTRY = insert(metadata.tables["log_entry"])
_HEAD = update(metadata.tables["log_head"]).values(seq=bindparam("seq"), hash=bindparam("hash"))


class Head(NamedTuple):
    """The end of the chain."""

    seq: int
    hash: str
    algorithm: str


class Verified(NamedTuple):
    """What checking the chain found: how many entries hold, and the first that does not (None: all do).

    `back` are the entries that say to be of before the one that they follow, by more than the clocks of two
    computers may differ (`CLOCKS_DIFFER`): somebody set a clock back, or had set one forward.
    """

    entries: int
    fault_seq: int | None
    fault: str
    back: tuple[int, ...] = ()


def canonical(value: Any) -> str:
    """JSON with one spelling: keys sorted, no blanks, characters as they are.

    Raises:
        TypeError: for a float, whose spelling can't be relied on, and for what JSON has no form for.
    """
    _no_float(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _no_float(value: Any) -> None:
    if isinstance(value, Mapping):
        for inner in value.values():
            _no_float(inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            _no_float(inner)
    elif isinstance(value, float):
        raise TypeError("the log has no form for float")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return moment_text(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"the log has no form for {type(value).__name__}")


def link(algorithm: str, seq: int, prev_hash: str, row: tuple[str, str, str, str, str]) -> str:
    """The hash of an entry; `row` is at, person, act, subject, payload as stored.

    The hashed bytes are these, each but the last ended by a line feed: number, hash before, moment, person,
    act, subject, payload, in UTF-8. Only the payload may hold a line feed of its own.

    Raises:
        ValueError: another part holds one, so that two different rows could give the same bytes.
    """
    at, person, act, subject, payload = row
    head = f"{seq}\n{prev_hash}\n{at}\n{person}\n{act}\n{subject}\n"
    if head.count("\n") != 6:
        raise ValueError("a line feed in the head of a log entry")
    return hashlib.new(algorithm, (head + payload).encode()).hexdigest()


def has_its_head(session: Session) -> bool:
    """Whether the chain has its one head, hashed in a way that there is, and the head is its last entry."""
    head = _only_head(session, _HEADS)
    last = select(col(LogEntry.seq), col(LogEntry.hash)).order_by(col(LogEntry.seq).desc()).limit(1)
    return (
        head is not None
        and head.algorithm in hashlib.algorithms_available
        and tuple(session.execute(last).first() or (0, BEFORE_ALL)) == (head.seq, head.hash)
    )


def lock_head(session: Session) -> Head:
    """Take the writer's place in the chain until the transaction ends.

    Raises:
        LookupError: the chain has not its one head: somebody has been at it.
    """
    head = _only_head(session, _HEADS.with_for_update())
    if head is None:
        raise LookupError("the log has not its one head")
    return head


_HEADS = select(col(LogHead.id), col(LogHead.seq), col(LogHead.hash), col(LogHead.algorithm))


def _only_head(session: Session, heads: Select[int, int, str, str]) -> Head | None:
    """The head of the chain, under the number that it was founded with; None where it is not that alone."""
    found = session.execute(heads).all()
    return Head(*found[0][1:]) if [row[0] for row in found] == [1] else None


def append(
    session: Session,
    head: Head,
    *,
    at: datetime.datetime,
    person: str,
    act: str,
    subject: str,
    payload: Mapping[str, Any],
) -> Head:
    """Add an entry after `head` (from `lock_head`, in the same transaction) and move the head on."""
    text = canonical(payload)
    seq = head.seq + 1
    hashed = link(head.algorithm, seq, head.hash, (moment_text(at), person, act, subject, text))
    entry = {
        "seq": seq,
        "prev_hash": head.hash,
        "hash": hashed,
        "at": at,
        "person": person,
        "act": act,
        "subject": subject,
        "payload": text,
    }
    session.connection().execute(_ENTRY, entry)
    session.connection().execute(_HEAD, {"seq": seq, "hash": hashed})
    return Head(seq, hashed, head.algorithm)


_ABOUT = text(
    "SELECT e.seq, e.prev_hash, e.hash, e.at, e.person, e.act, e.subject, e.payload, b.hash AS before, "
    "COALESCE(a.prev_hash, h.hash) AS after, h.algorithm FROM log_entry e JOIN log_head h ON h.id = 1 "
    "LEFT JOIN log_entry b ON b.seq = e.seq - 1 LEFT JOIN log_entry a ON a.seq = e.seq + 1 "
    "WHERE e.subject IN :subjects ORDER BY e.seq DESC"
).bindparams(bindparam("subjects", expanding=True))


def payloads_about(session: Session, subjects: Sequence[str]) -> Iterator[str]:
    """What the entries about some subjects say, the last first.

    Raises:
        ValueError: one does not hang in the chain between the entries beside it: somebody put it there.
    """
    for row in session.execute(_ABOUT, {"subjects": list(subjects)}):
        seq, prev_hash, hashed, at, person, act, subject, payload, before, after, algorithm = row
        again = link(algorithm, seq, prev_hash, (at, person, act, subject, payload))
        if (prev_hash, hashed, again) != (before or BEFORE_ALL, after, hashed):
            raise ValueError(f"entry {seq} does not hang in the chain")
        yield payload


def keyed(secret: bytes, text: str) -> str:
    """A personal number as it stands in the log: comparable within the office, not readable."""
    return "hmac:" + hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]


def verify(session: Session) -> Verified:
    """Walk the whole chain: numbers without gaps, each link, and the head.

    `fault` is a code: `number`, `before`, `hash`, `head`, `algorithm`, or "" where all holds.
    """
    head = _only_head(session, _HEADS)
    if head is None:
        return Verified(0, 0, "head")
    if head.algorithm not in hashlib.algorithms_available:
        return Verified(0, 0, "algorithm")
    new = hashlib.new if head.algorithm != "sha256" else _sha256
    expected, before, at_before = 1, BEFORE_ALL, ""
    back: list[int] = []
    for seq, prev_hash, hashed, at, person, act, subject, payload in _stored(session):
        if seq != expected:
            return Verified(expected - 1, expected, "number")
        if prev_hash != before:
            return Verified(expected - 1, seq, "before")
        top = f"{seq}\n{prev_hash}\n{at}\n{person}\n{act}\n{subject}\n"
        again = new(head.algorithm, (top + payload).encode()).hexdigest()
        if again != hashed or top.count("\n") != 6:
            return Verified(expected - 1, seq, "hash")
        if seq == 1 and json.loads(payload).get("algorithm") != head.algorithm:
            return Verified(0, seq, "algorithm")
        if at < at_before and moment_of(at_before) - moment_of(at) > CLOCKS_DIFFER:
            back.append(seq)
        expected, before, at_before = seq + 1, hashed, at
    if head.seq != expected - 1 or head.hash != before:
        return Verified(expected - 1, head.seq, "head")
    return Verified(expected - 1, None, "", tuple(back))


def _sha256(_: str, data: bytes) -> Any:
    return hashlib.sha256(data)


def _stored(session: Session) -> Any:
    """The entries in order, as the database keeps them, a batch at a time."""
    sql = "SELECT seq, prev_hash, hash, at, person, act, subject, payload FROM log_entry ORDER BY seq"
    result = session.connection().exec_driver_sql(sql, execution_options={"yield_per": 2000})
    for rows in result.partitions():
        yield from rows
