"""The office beside a model of its money that was written from the rules' words alone: no difference,
whatever is done in whatever order by whichever door."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from casework.award import releasing_holds
from casework.cases import other_support, verified_values
from casework.cases.verified_values import Merged
from casework.core.office import Office
from casework.core.refused import Refused
from casework.money import allotments, ledger
from casework.rulebook import in_force, supplements
from tests.casework.desk import TERMS, Clock
from tests.commandline import Desk as Run
from tests.end_to_end.own_model.later_acts import OPEN_READINGS, allot, change_its_mind
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


def _keeps(turn: object, decision: object) -> None:
    """A fault: what a decision used of a cap is never given back."""


def _last_word(values: Mapping[str, Any], verified: object, changes: Mapping[str, Any]) -> Merged:
    """A fault: what the applicant says last counts, whatever an officer has verified."""
    return Merged({**values, **changes}, {})


def _none_ended(confirmed: Sequence[object]) -> list[None]:
    """A fault: a supplement that was replaced comes back once its successor is revoked."""
    return [None for _ in confirmed]


whole = allotments.outlook


def _one_is_enough(stands: ledger.Balance, ceiling: object, fen: int, silent: int = 0) -> allotments.Outlook:
    """A fault: what lifts a budget above its ceiling is entered at once."""
    return whole(stands, None, fen, silent)


PLANTED: dict[str, tuple[object, str, object, tuple[Callable[[Walk], None], ...]]] = {
    "a cap is never given back": (releasing_holds, "release_caps", _keeps, (Walk.decide_again,)),
    "levels are not counted": (other_support, "by_level", lambda facts: 0, ()),
    "the last word counts": (
        verified_values,
        "hear",
        _last_word,
        (Walk.verify, Walk.correct, Walk.decide_one),
    ),
    "a replaced supplement comes back": (
        in_force,
        "replaced_from",
        _none_ended,
        (change_its_mind,),
    ),
    "above the ceiling one person is enough": (allotments, "outlook", _one_is_enough, (allot,)),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(walk_of: WalkOf, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    where, name, planted, often = PLANTED[fault]
    monkeypatch.setattr(where, name, planted)
    with pytest.raises(AssertionError):
        for seed in range(1, 9):
            walk_of(seed).go(60, *often)
