"""The office beside a model of its money that was written from the rules' words alone: no difference,
whatever is done in whatever order by whichever door."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.core.office import Office
from casework.core.refused import Refused
from casework.rulebook import supplements
from tests.casework.desk import TERMS, Clock
from tests.commandline import Desk as Run
from tests.end_to_end.own_model.later_acts import OPEN_READINGS
from tests.end_to_end.own_model.walk import Walk


def set_in(office: Office, pack: str, parameter: str, value: str) -> None:
    """Two people set a term that a step of the case needs."""
    try:
        said = supplements.propose_supplement(office, "officer", pack, parameter, value, "局长办公会纪要")
    except Refused:  # the pack states it
        return
    supplements.confirm_supplement(office, "approver", said.facts["supplement"])


@pytest.fixture
def walk_of(
    prepared_office: Path, tmp_path: Path, desk: Run, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[object], Walk]]:
    """A walk with this seed through a fresh office; the command line opens it by the same clock."""
    opened: list[Office] = []
    clock = Clock()
    plain = Office.open

    def by_clock(where: str | Path, **given: object) -> Office:
        return plain(where, **{"clock": clock, **given})  # type: ignore[arg-type]

    def start(seed: object) -> Walk:
        path = tmp_path / f"{seed}.office"
        shutil.copy(prepared_office, path)
        office = plain(path, clock=clock)
        opened.append(office)
        for pack in OPEN_READINGS:
            for parameter, value in TERMS.items():
                set_in(office, pack, parameter, value)
        return Walk(office, clock, tmp_path, desk, seed)

    monkeypatch.setattr(Office, "open", staticmethod(by_clock))
    yield start
    for office in opened:
        office.close()


WalkOf = Callable[[object], Walk]


@pytest.mark.parametrize("seed", range(1, 4))
def test_the_office_and_the_model_agree(walk_of: WalkOf, seed: int) -> None:
    walk_of(seed).go(60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(101, 151))
def test_fifty_long_walks(walk_of: WalkOf, seed: int) -> None:
    walk_of(seed).go(250)
