"""What rows mean: numbers compared by what tells them apart, and what is new, changed or said twice."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from casework.cases.said_values import Arrival
from casework.core.office import SHANGHAI
from casework.intake import portal_import, rounds
from casework.intake.arrivals import Planner
from casework.intake.import_preview import preview
from casework.intake.portal_import import Imported, Options
from models import Application, ApplicationVersion
from tests.casework.desk import MODEL, Desk
from tests.casework.portal_rows import bring_in, portal_file
from tests.casework.said import SAID

DAY = datetime.date(2026, 5, 20)


def test_a_case_twice_in_one_file_is_taken_once(desk: Desk) -> None:
    rows = [Arrival(5, "A", SAID), Arrival(6, "A", {**SAID, "purpose": "x"}), Arrival(7, "B", SAID)]
    with desk.office.read() as session:
        plan = Planner(session, rows, "shenzhen-training-voucher", DAY).plan()
    assert [one.arrival.row for one in plan.taken] == [5, 7]
    assert [(each.row, each.reason) for each in plan.refused] == [(6, "duplicate_case")]


def test_another_name_under_the_same_code_is_told(desk: Desk) -> None:
    other = {**SAID, "applicant_name": "乙公司", "contract_amount": 1_000}
    rows = [Arrival(5, "A", SAID), Arrival(6, "B", other)]
    with desk.office.read() as session:
        assert Planner(session, rows, "shenzhen-training-voucher", DAY).plan().findings() == [
            ("B", "other_name", "甲公司")
        ]


def tried_and_imported(desk: Desk, folder: Path, row: dict[str, Any], options: Options) -> Imported:
    """A file of one row as it is brought in, and as the preview has told it before."""
    path = portal_file(folder / "second.csv", row)
    seen = preview(desk.office, path, options, person="officer")
    done = portal_import.import_file(desk.office, "officer", path, options)
    assert (seen.imported.rejected, seen.imported.accepted) == (done.rejected, done.accepted)
    assert [each.value in seen.clashes for each in done.rejected] == [True] * len(done.rejected)
    return done


@pytest.mark.parametrize("other", [{}, {"合同编号": "YL-9", "合同金额（元）": "1000000"}])
def test_a_number_of_another_scheme_s_case_is_rejected_whatever_the_row_says(
    desk: Desk, tmp_path: Path, other: dict[str, Any]
) -> None:
    """It became the next version of that case, which was decided with the other scheme's money."""
    bring_in(desk, tmp_path, {"申报编号": "001"})
    done = tried_and_imported(desk, tmp_path, {"申报编号": "001", **other}, Options(scheme=MODEL))
    assert (done.accepted, done.unchanged) == (0, 0)
    (reject,) = done.rejected
    assert (reject.column, reject.value, reject.reason) == ("申报编号", "001", "duplicate_case")
    assert "“深圳市训力券" in reject.say() and "Shenzhen training voucher" in reject.say("en")
    assert [(one.scheme, one.version) for one in desk.rows(Application)] == [("shenzhen-training-voucher", 1)]
    assert bring_in(desk, tmp_path, {"申报编号": "001"}).unchanged == 1


def test_a_row_that_is_asked_into_another_round_corrects_no_case(desk: Desk, tmp_path: Path) -> None:
    opens, closes = (datetime.datetime(2026, month, 1, tzinfo=SHANGHAI) for month in (8, 9))
    second = rounds.open_round(desk.office, "officer", "第二批", 2026, opens, closes).facts["round"]
    bring_in(desk, tmp_path, {"申报编号": "1"})
    row = {
        "申报编号": "1",
        "申报时间": "2026-08-03 09:00",
        "合同编号": "HT-88",
        "合同金额（元）": "5000000",
    }
    done = tried_and_imported(desk, tmp_path, row, Options(round_id=second))
    assert [(each.reason, "“第一批”" in each.say()) for each in done.rejected] == [("duplicate_case", True)]
    assert "第一批" in done.rejected[0].say("en")
    assert [one.contract_no for one in desk.rows(ApplicationVersion)] == ["HT-2026-001"]
    fresh = tried_and_imported(desk, tmp_path, {**row, "申报编号": "2-1"}, Options(round_id=second))
    assert (fresh.accepted, desk.application("2-1").round_id) == (1, second)
    for round_id, amount in ((1, "5000000"), (None, "5000001")):
        row = {"申报编号": "1", "合同金额（元）": amount}
        assert tried_and_imported(desk, tmp_path, row, Options(round_id=round_id)).changed == 1
    assert (desk.application("1").round_id, desk.application("1").version) == (1, 3)
