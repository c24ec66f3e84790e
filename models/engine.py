"""The office's database: make one, open one, read it, write it.

A `Store` has two engines on the same database. `write` begins by taking the one writer's place (on SQLite by
BEGIN IMMEDIATE, on PostgreSQL by the locked head of the log, which every act takes first); `read` can't
write.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

from models import metadata, migrate, postgresql, schema, sqlite
from models.columns import StoredValue
from models.faults import OfficeFault
from models.held_signals import held_signals
from models.lacking import lacking
from models.schema_on_server import GUARDS_OFF

sqlite.make_strict(metadata)

FEW = 5
"""Foreign triggers that a sentence names."""


CHANGED = ("office.not_as_made", "office.bad_value", "office.too_big")
"""Codes of what stands in an office and the program never put there."""
BROKEN = (*CHANGED, "office.damaged")
"""The same, and where a part of it can't be read: what can be is shown, once it has been opened."""


class Store:
    """An office's database, open.

    `only_read` says why it can't be written, where it can't: what reads, works. `within` is the one
    transaction in which a new one is made.
    """

    def __init__(
        self, name: str, writer: Engine, reader: Engine, path: Path | None, within: Connection | None = None
    ) -> None:
        self.name = name
        self._within = within
        self.path = path
        self.writer = writer
        self.reader = reader
        self.only_read: OfficeFault | None = None
        self._is_aside = False
        self._file = None if path is None else sqlite.which_file(path)
        self._still: tuple[int, ...] | None = None

    def is_broken(self) -> None:
        """From here on it is only read: what stands in it is not what the program stored."""
        self.only_read = OfficeFault("office.broken", path=self.name)

    def must_lie_still(self) -> None:
        """It is read without a lock, for none can be had where nothing can be written: each reading looks
        that nobody who can has written meanwhile."""
        assert self.path is not None
        self._still = sqlite.state_of(self.path)

    def _lies_still(self) -> None:
        if self._still is not None and self.path is not None and sqlite.state_of(self.path) != self._still:
            raise OfficeFault("office.changed_outside", path=self.name)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one writing transaction: committed at the end, rolled back by any exception.

        Raises:
            OfficeFault: why it can only be read (`only_read`); `office.foreign`: a trigger, a view or a rule
                (in a file anything) stands in it that this program did not make, or one of its own is not
                there; `office.guards_off`: a server switches all of them off; `office.newer`: another program
                brought it up meanwhile; `office.busy` (others wrote for too long), `office.gone`,
                `office.full`, `office.disk`, `office.damaged`; on a server what `postgresql.fault_code`
                tells, and `office.unsure`: it went away as it stored.
        """
        if self.only_read is not None:
            raise self.only_read
        with (
            self._told(),
            self._session(self.writer) as session,
            session.begin() as transaction,
        ):
            self._must_be_there()
            foreign = schema.foreign(session.connection())
            if foreign:
                self.only_read = _foreign(self.name, foreign)
                raise self.only_read
            if self._is_aside:
                postgresql.set_aside(session.connection())
                yield session
                transaction.rollback()
                return
            yield session
            if transaction.is_active:
                session.flush()
                self._commit(transaction)

    def _session(self, engine: Engine) -> Session:
        return Session(
            self._within or engine, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )

    def _commit(self, transaction: SessionTransaction) -> None:
        try:
            with held_signals():
                transaction.commit()
        except DBAPIError as error:
            if fault_code(error) == "office.no_server":
                raise OfficeFault("office.unsure") from error
            raise

    def _must_be_there(self) -> None:
        """Refuse where the file was moved or taken away meanwhile: what is written into it would be lost."""
        if self.path is not None and sqlite.which_file(self.path) != self._file:
            raise OfficeFault("office.gone", path=self.name)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the office and can't change it.

        Raises:
            OfficeFault: as `write`, and `office.not_as_made`, `office.bad_value`, `office.too_big`: what
                stands in it is not what the program stores.
        """
        self._lies_still()
        with self._told(), self._session(self.reader) as session:
            transaction = session.begin()
            yield session
            if transaction.is_active:
                with suppress(DBAPIError):  # refused after a damaged page: what was read is read
                    transaction.commit()
        self._lies_still()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the machine does to a database, as faults that have a sentence; other errors are bugs."""
        try:
            with _as_faults(self.name, self.path):
                yield
        except StoredValue as error:
            raise OfficeFault("office.bad_value", path=self.name) from error
        except MemoryError as error:
            raise OfficeFault("office.too_big", path=self.name) from error

    @contextmanager
    def aside(self) -> Iterator["Store"]:
        """The same office on its server, to try something in: what is written there is in nobody's way and is
        never kept (`postgresql.set_aside`)."""
        made = Store(self.name, postgresql.aside(self.writer), self.reader, None)
        made._is_aside = True
        try:
            yield made
        finally:
            made.writer.dispose()

    @contextmanager
    def copied(self, to: Path) -> Iterator["Store"]:
        """A copy of a file as it is now, in one that is there and empty; open for the block, and called as
        this one is.

        Raises:
            OfficeFault: as `write`.
        """
        assert self.path is not None
        with self._told():
            sqlite.copy_as_is(self.path, to)
        made = Store(
            self.name, sqlite.engine(to, read_only=False, watched=True), sqlite.engine(to, read_only=True), to
        )
        try:
            yield made
        finally:
            made.close()

    def close(self) -> None:
        """Let go of every connection; the writing one last, which takes its journal in."""
        with held_signals():
            self.reader.dispose()
            self.writer.dispose()


def fault_code(error: Exception) -> str | None:
    """The code of what the machine did, or of what stands in the office that the program never put there; of
    an engine's error, also as the driver itself raises it (`casework.core.cursor_reads`)."""
    fault: BaseException | None = error
    if isinstance(error, DBAPIError):
        if error.connection_invalidated:
            return "office.no_server"
        fault = error.orig
    of_a_file = isinstance(fault, sqlite.driver().Error)
    code = sqlite.fault_code(fault) if of_a_file else postgresql.fault_code(fault)
    missing = lacking(fault) if code is None else None
    return "office.not_as_made" if missing is not None and missing.is_ours else code


def _is_an_engine_s(error: Exception) -> bool:
    own = isinstance(error, (DBAPIError, sqlite.driver().Error))
    return own or type(error).__module__.partition(".")[0] == "psycopg"


def begin_file(draft: Path, path: Path) -> Store:
    """The schema of an empty office in a draft, a file that is there and empty; open, and called by the name
    that it will have.

    Raises:
        OfficeFault: `office.full`, `office.disk`.
    """
    made = sqlite.engine(draft, read_only=False, foreign_keys=False)
    try:
        with _as_faults(str(path)), made.begin() as connection:
            migrate.run(connection)
            connection.execute(text(f"PRAGMA application_id={sqlite.APPLICATION_ID}"))
    finally:
        made.dispose()
    writer = sqlite.engine(draft, read_only=False, watched=True)
    return Store(str(path), writer, sqlite.engine(draft, read_only=True), draft)


@contextmanager
def begin_on_server(url: URL, stored: Callable[[], object]) -> Iterator[Store]:
    """A new office in an empty database, all of it in one transaction: whatever is written within the block
    is there at its end, with the schema, or nothing is. `stored` is called once it is there.

    Raises:
        OfficeFault: `office.exists`, `office.unsafe_server`, what `postgresql.fault_code` tells.
    """
    name, engine = url.render_as_string(), postgresql.engine(url, read_only=False)
    try:
        with _as_faults(name), engine.begin() as connection:
            postgresql.check_server(connection)
            postgresql.alone(connection)
            if postgresql.tables(connection):
                raise OfficeFault("office.exists", path=name)
            migrate.run(connection)
            yield Store(name, engine, engine, None, within=connection)
            with held_signals():
                connection.commit()
                stored()
    finally:
        engine.dispose()


@contextmanager
def _as_faults(name: str, path: Path | None = None) -> Iterator[None]:
    """What the machine does to a database, as faults that have a sentence; of a file that is there (`path`),
    why it can't be opened or written. Other errors are bugs."""
    try:
        yield
    except Exception as error:
        if not _is_an_engine_s(error):
            raise
        code = fault_code(error)
        if code is None:
            raise
        if code in ("office.cannot_open", "office.read_only") and path is not None:
            code = sqlite.why_closed(path)
        elif code == "office.disk" and path is not None and sqlite.lacks_room(path):
            code = "office.full"
        raise OfficeFault(code, path=name) from error


def open_store(where: str | Path, *, read_only: bool = False) -> Store:
    """Open an office, to be read only where one asks for that or where it can't be otherwise.

    Raises:
        OfficeFault: `office.not_found`, `office.not_an_office`, `office.newer`, `office.older` (where it
            can't be written `office.older_only_read`, on a server `office.older_server`), `office.no_folder`,
            `office.network`, `office.bad_url`, `office.damaged`, `office.no_right`, `office.unfinished`, and
            of a server what `postgresql.fault_code` tells.
    """
    url = url_of(where)
    store = _of_a_file(Path(where).absolute()) if url is None else _on_server(url)
    if read_only:
        store.only_read = OfficeFault("office.asked_to_read", path=store.name)
    try:
        _check_schema(store)
    except BaseException:
        store.close()
        raise
    return store


def _of_a_file(path: Path) -> Store:
    sqlite.check_place(path)
    sqlite.check_file(path)
    writable = sqlite.can_be_written(path)
    full = writable and sqlite.lacks_room(path)
    still = (full or not writable) and sqlite.lies_still(path)
    reader = sqlite.engine(path, read_only=True, still=still)
    store = Store(str(path), sqlite.engine(path, read_only=False, watched=True), reader, path)
    if not writable:
        store.only_read = OfficeFault("office.read_only", path=str(path))
    elif full:
        store.only_read = OfficeFault("office.full_to_read", path=str(path))
    if still:
        store.must_lie_still()
    return store


def _on_server(url: URL) -> Store:
    writer, reader = (postgresql.engine(url, read_only=only) for only in (False, True))
    return Store(url.render_as_string(), writer, reader, None)


def url_of(where: str | Path) -> URL | None:
    """The PostgreSQL URL that `where` is, or None where it is a path.

    Raises:
        OfficeFault: `office.bad_url`; `office.password_in_address`: it comes from the server's own files
            (`.pgpass`) and not with every list of processes.
    """
    if isinstance(where, Path) or "://" not in where:
        return None
    try:
        url = make_url(where)
    except ArgumentError as fault:
        raise OfficeFault("office.bad_url") from fault
    if url.password is not None or "password" in url.query:
        raise OfficeFault("office.password_in_address")
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise OfficeFault("office.bad_url")
    return url.set(drivername="postgresql+psycopg")


def _check_schema(store: Store) -> None:
    """Refuse an office of another schema. Where the mark of an office stands on a file and its schema can't
    be told, somebody has changed it: it is opened to be read, and `verify` tells what is wrong."""
    try:
        with store.read() as session:
            connection = session.connection()
            if store.path is None:
                postgresql.check_server(connection)
                code = postgresql.only_reads(connection)
                store.only_read = store.only_read or (OfficeFault(code, path=store.name) if code else None)
            found = migrate.version(connection)
    except OfficeFault as fault:
        if fault.code not in CHANGED:
            raise
        if store.path is None:
            raise OfficeFault("office.not_an_office", path=store.name) from fault
        found = None
    if found is None or (found != migrate.NEWEST and _was_written_there(store, found)):
        store.is_broken()
    elif found not in migrate.KNOWN:
        raise OfficeFault("office.newer", path=store.name)
    elif found != migrate.NEWEST:
        raise OfficeFault(_older(store), path=store.name)
    elif store.only_read is None:
        with store.read() as session:
            foreign = schema.foreign(session.connection())
        store.only_read = _foreign(store.name, foreign) if foreign else None


def _was_written_there(store: Store, found: str) -> bool:
    """Whether somebody wrote the step's number that stands there, which would keep everybody out, and verify
    too: bringing an office up writes it into the office's own row as well."""
    try:
        with store.read() as session:
            said = session.connection().exec_driver_sql("SELECT schema_no FROM office").scalar()
    except OfficeFault as fault:
        if fault.code not in BROKEN:
            raise
        return False
    own = f"{said:04}" if isinstance(said, int) else ""
    return own == migrate.NEWEST if found in migrate.KNOWN else own in migrate.KNOWN


def _older(store: Store) -> str:
    if store.path is None:
        return "office.older_server"
    return "office.older" if sqlite.can_be_written(store.path) else "office.older_only_read"


def _foreign(name: str, foreign: list[str]) -> OfficeFault:
    """Of what is not as the steps make it; of a step, another program brought the office up meanwhile."""
    if "step" in foreign:
        return OfficeFault("office.newer", path=name)
    if foreign == [GUARDS_OFF]:
        return OfficeFault("office.guards_off", path=name)
    return OfficeFault("office.foreign", path=name, names=tuple(foreign[:FEW]))
