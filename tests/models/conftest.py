"""An empty office's database, made once and copied, and a filler for its tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import engine
from models.engine import Store
from tests.models import empty_office
from tests.models.filler import Filler


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.office"
    empty_office.create(path).close()
    return path


@pytest.fixture
def store(empty_store: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "test.office"
    shutil.copy(empty_store, path)
    opened = engine.open_store(path)
    yield opened
    opened.close()


@pytest.fixture
def fill(store: Store) -> Iterator[Filler]:
    with store.write() as session:
        yield Filler(session.connection())
        session.rollback()
