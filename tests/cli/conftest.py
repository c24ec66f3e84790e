"""An office for the command line: the demonstration's people, and one case with its voucher and letter."""

import shutil
from pathlib import Path

import pytest

from casework.core.office import Office
from casework.issuing import letters
from tests import other_hand
from tests.casework.conftest import empty_office, prepared_office
from tests.casework.desk import Clock
from tests.casework.desk import Desk as OfficeDesk

__all__ = ["empty_office", "office", "prepared_office", "worked"]


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory, prepared_office: Path) -> Path:
    """An office with an award of 4,000,000.00, issued with its letter, and a refusal; made once."""
    path = tmp_path_factory.mktemp("worked") / "worked.office"
    shutil.copy(prepared_office, path)
    clock = Clock()
    with Office.open(path, clock=clock).closing() as opened:
        at_work = OfficeDesk(opened, clock)
        case = at_work.issued()
        letters.issue_approval(opened, "officer", case)
        at_work.decide(at_work.submit(contract_no="HT-2026-002", contract_amount=1))
    return path


@pytest.fixture
def office(worked: Path, tmp_path: Path) -> Path:
    """A copy of that office, for one test."""
    return Path(shutil.copy(worked, tmp_path / "our.office"))


def behind_its_back(office: Path, statement: str) -> None:
    """Somebody with the file in hand does this: the guards are taken away before and put back after."""
    with other_hand.opened(office) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount == 1
        for _, ddl in guards:
            connection.execute(ddl)
    connection.close()
