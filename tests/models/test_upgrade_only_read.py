"""An office where it can only be read: bringing it up, and opening it, say so and what to do."""

import shutil
from pathlib import Path

import pytest

from models import migrate
from models.engine import open_store
from models.faults import OfficeFault
from models.upgrade import Upgraded, looked_at, upgrade
from tests.models.later import with_later_step
from tests.models.only_read import leave_journal, mounted_to_read

LEFT = ((), ("-shm",), ("-wal", "-shm"), ("-wal",))
"""What a killed program may have left beside it."""


@pytest.fixture
def office(empty_store: Path, tmp_path: Path) -> Path:
    (tmp_path / "offices").mkdir()
    return Path(shutil.copy(empty_store, tmp_path / "offices" / "our.office"))


@pytest.mark.parametrize("left", LEFT, ids=" ".join)
def test_an_older_one_is_told_to_be_copied(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: tuple[str, ...]
) -> None:
    leave_journal(office, *left)
    with_later_step(monkeypatch, tmp_path)
    code = r"office\.unfinished" if left == ("-wal",) else r"office\.older_only_read"
    with mounted_to_read(office.parent, tmp_path / "disc") as disc:
        for ask in (upgrade, open_store, lambda path: looked_at(path, lambda connection: None)):
            with pytest.raises(OfficeFault, match=code) as fault:
                ask(disc / "our.office")
            assert "our.office" in str(fault.value.params["path"])
    copied = shutil.copytree(office.parent, tmp_path / "copied")
    assert upgrade(copied / "our.office").after == migrate.NEWEST, "what the sentence advises helps"


@pytest.mark.parametrize("left", LEFT, ids=" ".join)
def test_one_that_is_up_to_date_is_read_and_left_alone(
    office: Path, tmp_path: Path, left: tuple[str, ...]
) -> None:
    leave_journal(office, *left)
    with mounted_to_read(office.parent, tmp_path / "disc") as disc:
        if left == ("-wal",):
            for ask in (upgrade, open_store):
                with pytest.raises(OfficeFault, match=r"office\.unfinished"):
                    ask(disc / "our.office")
            return
        assert upgrade(disc / "our.office") == Upgraded(migrate.NEWEST, migrate.NEWEST)
        store = open_store(disc / "our.office")
        assert store.only_read is not None and store.only_read.code == "office.read_only"
        store.close()
