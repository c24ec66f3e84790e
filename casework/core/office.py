"""An office at work: its database, its clock, where its secrets come from, and the policies it has loaded."""

import datetime
import functools
import glob
import hashlib
import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from sqlmodel import Session, col

from casework.core import log, row_images
from casework.core.change import Change
from casework.core.holidays import calendar
from casework.core.new_store import new_store
from models import LogEntry, LogHead, OfficeRow, Pack, Supplement, schema
from models import Policy as PolicyRow
from models.engine import BROKEN, Store, open_store
from models.faults import OfficeFault
from models.migrate import NEWEST
from papers import own_files
from papers.draft_file import BESIDE, private_folder
from rules.policy import Policy, from_stored

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime.datetime]
Entropy = Callable[[int], bytes]


NOT_WRITABLE = (
    "office.read_only",
    "office.full_to_read",
    "office.server_read_only",
    "office.no_right_there",
    "office.foreign",
    "office.guards_off",
)
"""Why nothing is written into an office that can be read by whoever has it: also its log's line of a reading
is not. (Who could put a trigger there has all that is in it.)"""


class Waits(NamedTuple):
    """How many wrong passwords in a row there were under a name, and when the last was."""

    failures: int
    failed_at: datetime.datetime | None


def utc_now() -> datetime.datetime:
    """The system's clock."""
    return datetime.datetime.now(datetime.UTC)


def going_on_from(last: datetime.datetime) -> Clock:
    """A clock that begins a second after a moment, as it is asked for, and runs on from there."""
    begun = time.monotonic()

    def now() -> datetime.datetime:
        return last + datetime.timedelta(seconds=1 + time.monotonic() - begun)

    return now


class Office:
    """An office that is open. Its database is only written by acts (`casework.core.act`).

    Args:
        clock: gives aware moments; injectable for stories and tests. Not said: the system's clock; of a
            demonstration, which stays on its days so that no deadline drifts away, one that goes on from the
            last entry of its log.
        entropy: gives secret bytes; a demonstration's come from its seed.

    `drawn_ahead` are papers that a preview drew, by what they say. `lies_open` where others of this computer
    may look into its files, and one has no right to change that. `people_held` is how its accounts and roles
    stood when they last were found to be those of its log, at entry `people_held_at`
    (`casework.core.people_check`), `waits_here` who gave wrong passwords while it could not be written,
    `stored` the last act that was stored through it.
    """

    def __init__(
        self, store: Store, *, clock: Clock | None = None, entropy: Entropy = secrets.token_bytes
    ) -> None:
        self.store = store
        self.entropy = entropy
        self.lies_open = False
        self.drawn_ahead: tuple[tuple[Any, bytes], ...] = ()
        self.people_held, self.people_held_at = b"", 0
        self.waits_here: dict[str, Waits] = {}
        self.stored: Change | None = None
        self._policies: dict[str, Policy] = {}
        self.clock = clock or utc_now
        self.row = self._own_row()
        if clock is None and self.row.demonstration:
            self.clock = self._going_on()

    def _own_row(self) -> OfficeRow:
        """The row in which the office stands; where there is not one that can be read, or the log has no head
        to go on from, somebody has been at the file: it can be read, and takes no act."""
        try:
            with self.store.read() as session:
                found = session.execute(select(OfficeRow).order_by(col(OfficeRow.id))).scalars().all()
                row = next(iter(found), None)
                whole = len(found) == 1 and log.has_its_head(session)
        except OfficeFault as fault:
            if fault.code not in BROKEN:
                raise
            row, whole = None, False
        if row is None or not whole:
            self.store.is_broken()
        return row or OfficeRow(
            id=1, uid="", name="", schema_no=int(NEWEST), secret=b"", created_at=self.clock()
        )

    def _going_on(self) -> Clock:
        """The clock of a demonstration, which goes on from its log; where somebody has been at that, the
        system's."""
        try:
            with self.store.read() as session:
                entries = select(col(LogEntry.at)).order_by(col(LogEntry.seq).desc()).limit(1)
                last = session.execute(entries).scalar()
        except OfficeFault as fault:
            if fault.code not in BROKEN:
                raise
            last = None
        return utc_now if last is None else going_on_from(last)

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        clock: Clock | None = None,
        entropy: Entropy = secrets.token_bytes,
        read_only: bool = False,
    ) -> "Office":
        """Open an office, where one asks for it only to be read. What can't be written, and what somebody
        has broken, opens to be read in any case (`only_read`).

        Raises:
            OfficeFault: it can't be opened (`models.faults`).
        """
        store = open_store(where, read_only=read_only)
        try:
            office = cls(store, clock=clock, entropy=entropy)
        except BaseException:
            store.close()
            raise
        if store.path is not None and not read_only:
            office.lies_open = not own_files.keep_private(*files_of(store.path))
        return office

    @property
    def only_read(self) -> OfficeFault | None:
        """Why it can only be read; None where it can be written."""
        return self.store.only_read

    @classmethod
    @contextmanager
    def making(
        cls,
        where: str | Path,
        *,
        name: str = "",
        seed: str | None = None,
        clock: Clock = utc_now,
        entropy: Entropy = secrets.token_bytes,
        stored: Callable[[], object] = lambda: None,
    ) -> Iterator["Office"]:
        """A new office, to be given its people and whatever else it begins with: it is there, closed, at the
        end of the block, and nothing of it is before. A demonstration has a `seed`. `stored` is called once
        it is there.

        Raises:
            OfficeFault: it can't be made there (`casework.core.new_store`).
        """
        with new_store(where, stored) as store:
            at = clock()
            uid, secret = entropy(16).hex(), entropy(32)
            made_up = seed is not None
            own = {"name": name, "schema_no": int(NEWEST), "demonstration": made_up, "seed": seed}
            with store.write() as session:
                marks = row_images.begin(session)
                session.execute(insert(OfficeRow).values(id=1, uid=uid, secret=secret, created_at=at, **own))
                first = {"algorithm": log.ALGORITHM, "seq": 0, "hash": log.BEFORE_ALL}
                session.execute(insert(LogHead).values(id=1, **first))
                payload = {"algorithm": log.ALGORITHM, "demonstration": made_up, "name": name, "uid": uid}
                payload["images"] = row_images.taken(session, marks, secret)
                head = log.lock_head(session)
                log.append(session, head, at=at, person="", act="create", subject="office", payload=payload)
            yield cls(store, clock=clock, entropy=entropy)

    @classmethod
    def create(
        cls,
        where: str | Path,
        *,
        name: str = "",
        seed: str | None = None,
        clock: Clock = utc_now,
        entropy: Entropy = secrets.token_bytes,
    ) -> "Office":
        """Make an empty office and open it: no people, no packs, one entry in its log."""
        with cls.making(where, name=name, seed=seed, clock=clock, entropy=entropy):
            pass
        return cls(open_store(where), clock=clock, entropy=entropy)

    @property
    def demonstration(self) -> bool:
        """Whether everything in it is made up, and every paper has to say so."""
        return bool(self.row.demonstration)

    @property
    def can_not_log(self) -> bool:
        """Whether it lies where nothing can be written, so that what is read of it can't be logged."""
        return self.only_read is not None and self.only_read.code in NOT_WRITABLE

    @property
    def nobody_known(self) -> bool:
        """Whether nobody's password or role counts, because somebody has been at the file: whoever can read
        it is let read, and nobody acts."""
        return self.only_read is not None and self.only_read.code in ("office.broken", "office.people")

    @property
    def mark(self) -> str:
        """What every page and paper says of the office: `demonstration`, `known_passwords` or nothing."""
        return "demonstration" if self.demonstration else "known_passwords" if self.passwords_known else ""

    @functools.cached_property
    def passwords_known(self) -> bool:
        """Whether its people began with a password that everybody knows, and every page and paper says so."""
        founded = select(col(LogEntry.payload)).where(
            col(LogEntry.subject) == "people", col(LogEntry.act) == "found"
        )
        try:
            with self.read() as session:
                said = json.loads(session.execute(founded.limit(1)).scalar() or "{}")
        except (OfficeFault, ValueError):  # somebody has been at the file: it is only read, and says so
            return False
        return isinstance(said, dict) and bool(said.get("known_passwords"))

    def must_find(self, session: Session, tables: Sequence[str]) -> None:
        """Refuse an act that may not have seen all rows of these tables: an index of the file misses some.
        The office is only read from then on.

        Raises:
            OfficeFault: `office.broken`.
        """
        if self.store.path is not None and not schema.indexes_hold(session.connection(), tables):
            self.store.is_broken()
            raise OfficeFault("office.broken", path=self.store.name)

    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one state of the office and can't change it."""
        return self.store.read()

    def write(self) -> AbstractContextManager[Session]:
        """The one writing transaction. For `casework.core.act` only."""
        return self.store.write()

    @contextmanager
    def apart(self) -> Iterator["Office"]:
        """A copy of the office as it is now, nobody else's and gone at the end of the block: to try in it
        what would stand in others' way. On a server each transaction has one of its own and keeps nothing.
        Where none can be had (on a full disk, where nothing can be done in any case), the office itself.

        Raises:
            OfficeFault: as `write`.
        """
        path = self.store.path
        if self.only_read is not None or (path is not None and not _has_room(path)):
            yield self
            return
        if path is None:
            with self.store.aside() as store:
                yield self._copied(store)
            return
        with private_folder() as folder:
            tried = folder / "tried.office"
            own_files.make_file(tried)
            with self.store.copied(tried) as store:
                yield self._copied(store)

    def _copied(self, store: Store) -> "Office":
        copy = Office(store, clock=self.clock, entropy=self.entropy)
        copy._policies = self._policies
        return copy

    def now(self) -> datetime.datetime:
        """The moment, aware, in UTC."""
        return self.clock().astimezone(datetime.UTC)

    def today(self) -> datetime.date:
        """The calendar day at the office's place."""
        return self.clock().astimezone(SHANGHAI).date()

    def policy(self, session: Session, sha256: str) -> Policy:
        """The policy of a decision by its hash: from the stored bytes, loaded once.

        Raises:
            LookupError: no such policy is stored.
            ValueError: the stored bytes no longer have this hash.
        """
        if sha256 not in self._policies:
            self._policies[sha256] = stored_policy(session, sha256)
        return self._policies[sha256]

    def close(self) -> None:
        """Close the store; the office can't be used after."""
        self.store.close()

    @contextmanager
    def closing(self) -> Iterator["Office"]:
        """The office, closed at the end of the block."""
        try:
            yield self
        finally:
            self.close()


def _has_room(path: Path) -> bool:
    """Whether a copy of a file has room where what is nobody's yet is kept, and as much again."""
    whole = sum(each.stat().st_size for each in files_of(path)[:2] if each.exists())
    return shutil.disk_usage(tempfile.gettempdir()).free > 2 * whole


def stored_policy(session: Session, sha256: str) -> Policy:
    """A policy from its row: the pack's bytes and the supplements', checked against the hash."""
    row = session.get(PolicyRow, sha256)
    if row is None:
        raise LookupError(f"no policy {sha256}")
    pack = session.execute(select(col(Pack.canonical)).where(col(Pack.id) == row.pack_id)).scalar_one()
    numbers = [int(number) for number in row.supplements.split()]
    found = session.execute(
        select(col(Supplement.id), col(Supplement.canonical)).where(col(Supplement.id).in_(numbers))
    )
    said: dict[int, bytes] = {number: canonical for number, canonical in found}  # noqa: C416
    parts = [bytes(pack), *(bytes(said[number]) for number in numbers)]
    if hashlib.sha256(b"".join(parts)).hexdigest() != sha256:
        raise ValueError(f"the stored bytes of policy {sha256} have another hash")
    return from_stored(parts[0], parts[1:], calendar())


def files_of(path: Path) -> list[Path]:
    """An office's file and what the program lays beside it: journals, words to search by, a window's lock,
    copies from before it was brought up."""
    copies = path.parent.glob(f"{glob.escape(path.name)}.before-[0-9][0-9][0-9][0-9]-*")
    return [*(path.with_name(path.name + end) for end in ("", *BESIDE)), *copies]
