"""The office's database: make one, open one, read it, write it.

A `Store` has two engines on the same database. `write` begins by taking the one writer's place (on SQLite by
BEGIN IMMEDIATE, on PostgreSQL by the locked head of the log, which every act takes first); `read` can't
write.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Engine, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, ProgrammingError
from sqlmodel import Session

from models import metadata, migrate, postgresql, sqlite
from models.faults import OfficeFault

sqlite.make_strict(metadata)


class Store:
    """An office's database, open."""

    def __init__(self, name: str, writer: Engine, reader: Engine, path: Path | None) -> None:
        self.name = name
        self.path = path
        self.writer = writer
        self.reader = reader

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one writing transaction: committed at the end, rolled back by any exception.

        Raises:
            OfficeFault: `office.busy` (others wrote for too long), `office.full`, `office.disk`,
                `office.damaged`.
        """
        with self._told(), Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one state of the office and can't change it."""
        with self._told(), Session(self.reader, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the machine does to a database, as faults that have a sentence; other errors are bugs."""
        try:
            yield
        except DatabaseError as error:
            code = None if self.path is None else sqlite.fault_code(error.orig)
            if code is None:
                raise
            raise OfficeFault(code, path=self.name) from error

    def close(self) -> None:
        """Let go of every connection."""
        self.writer.dispose()
        self.reader.dispose()


def create(where: str | Path) -> Store:
    """Make an empty office in a new SQLite file or in an empty PostgreSQL database, and open it.

    The file appears whole or not at all.

    Raises:
        OfficeFault: `office.exists`, `office.no_folder`, `office.network`, `office.bad_url`.
    """
    url = url_of(where)
    if url is not None:
        _create_on_server(url)
        return open_store(where)
    path = Path(where).absolute()
    sqlite.check_place(path)
    if path.exists():
        raise OfficeFault("office.exists", path=str(path))
    making = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        engine = sqlite.engine(making, read_only=False, foreign_keys=False)
        with engine.begin() as connection:
            migrate.run(connection)
            connection.execute(text(f"PRAGMA application_id={sqlite.APPLICATION_ID}"))
        engine.dispose()
        _put(making, path)
    finally:
        for left in making.parent.glob(making.name + "*"):
            left.unlink(missing_ok=True)
    return open_store(path)


def open_store(where: str | Path) -> Store:
    """Open an office.

    Raises:
        OfficeFault: `office.not_found`, `office.not_an_office`, `office.newer`, `office.older` (on a server
            `office.older_server`), `office.no_folder`, `office.network`, `office.bad_url`,
            `office.no_server`, `office.damaged`.
    """
    url = url_of(where)
    if url is not None:
        store = Store(
            url.render_as_string(),
            postgresql.engine(url, read_only=False),
            postgresql.engine(url, read_only=True),
            None,
        )
    else:
        path = Path(where).absolute()
        sqlite.check_place(path)
        sqlite.check_file(path)
        store = Store(
            str(path), sqlite.engine(path, read_only=False), sqlite.engine(path, read_only=True), path
        )
    try:
        _check_schema(store)
    except BaseException:
        store.close()
        raise
    return store


def url_of(where: str | Path) -> URL | None:
    """The PostgreSQL URL that `where` is, or None where it is a path."""
    if isinstance(where, Path) or "://" not in where:
        return None
    try:
        url = make_url(where)
    except ArgumentError as fault:
        raise OfficeFault("office.bad_url") from fault
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise OfficeFault("office.bad_url")
    return url.set(drivername="postgresql+psycopg")


def _create_on_server(url: URL) -> None:
    engine = postgresql.engine(url, read_only=False)
    try:
        with engine.begin() as connection:
            if postgresql.tables(connection):
                raise OfficeFault("office.exists", path=url.render_as_string())
            migrate.run(connection)
    except OperationalError as fault:
        raise OfficeFault("office.no_server") from fault
    finally:
        engine.dispose()


def _check_schema(store: Store) -> None:
    try:
        with store.read() as session:
            connection = session.connection()
            if store.path is None:
                postgresql.check_server(connection)
            found = migrate.version(connection)
    except ProgrammingError as fault:
        raise OfficeFault("office.not_an_office", path=store.name) from fault
    except DatabaseError as fault:
        if store.path is None:
            raise OfficeFault("office.no_server") from fault
        raise OfficeFault("office.damaged", path=store.name) from fault
    if found not in migrate.KNOWN:
        raise OfficeFault("office.newer", path=store.name)
    if found != migrate.NEWEST:
        raise OfficeFault("office.older" if store.path else "office.older_server", path=store.name)


def _put(making: Path, path: Path) -> None:
    """Give the finished file its name, unless that name has been taken meanwhile."""
    try:
        if hasattr(os, "link"):
            os.link(making, path)
        else:
            os.rename(making, path)
    except FileExistsError as fault:
        raise OfficeFault("office.exists", path=str(path)) from fault
    except OSError:
        os.rename(making, path)
