"""A bug in an office that is whole stays one; in one that somebody has been at, it is told as their doing."""

from pathlib import Path

import words
from casework.audit.by_other_hand import fault_of
from casework.core.office import Office
from casework.core.refused import Refused
from models.faults import OfficeFault
from tests import other_hand
from tests.casework.desk import Desk

FALLS = (TypeError("int and str"), ZeroDivisionError(), KeyError("x"), words.MissingWords("state.x"))


def test_a_bug_is_told_by_what_stands_in_the_office(desk: Desk) -> None:
    path = desk.office.store.path
    assert path is not None
    assert [fault_of(desk.office, error) for error in FALLS] == [None] * len(FALLS)
    desk.office.close()
    other_hand.put_of_another_kind(path, "provider", "name", 1.5)
    with Office.open(path).closing() as opened:
        for error in FALLS:
            fault = fault_of(opened, error)
            assert fault is not None and (fault.code, fault.params) == (
                "office.bad_value",
                {"path": str(path)},
            )
        for has_its_own in (Refused("refused.no_letters"), OfficeFault("office.busy"), OSError(28, "full")):
            assert fault_of(opened, has_its_own) is None


def test_an_office_that_is_gone_is_left_to_who_asks_next(office: Office, tmp_path: Path) -> None:
    assert office.store.path is not None
    office.close()
    office.store.path.rename(tmp_path / "away.office")
    assert fault_of(office, TypeError()) is None
