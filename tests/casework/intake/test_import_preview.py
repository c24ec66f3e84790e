"""A file is looked at before it is stored: what clashes, what was typed instead, and how it is stopped."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from casework.core.refused import Refused
from casework.intake import import_preview, portal_import, rounds
from casework.intake.portal_import import Options
from casework.issuing import withdraw_suspend_revoke
from models import Application, ApplicationVersion, LogEntry
from models import Intake as IntakeRow
from papers.reading.retyped import Retyping
from tests.casework.desk import Desk
from tests.papers.portal_files import HEADINGS, application, code, table, workbook

SHEET = "Sheet1"
AMOUNT, CODE, ACCOUNT, CASE = "合同金额（元）", "统一社会信用代码", "银行账号", "申报编号"


def file(folder: Path, *rows: dict[str, Any], name: str = "portal.xlsx") -> Path:
    return workbook(folder / name, table(*rows))


def look(desk: Desk, path: Path, **given: Any) -> import_preview.Preview:
    return import_preview.preview(desk.office, path, **given)


def test_nothing_is_stored_by_looking(desk: Desk, tmp_path: Path) -> None:
    log = len(desk.rows(LogEntry))
    seen = look(desk, file(tmp_path, application(1), application(2, contract_amount="?")))
    assert (seen.imported.rows, seen.imported.accepted, len(seen.imported.rejected)) == (2, 1, 1)
    assert not seen.imported.stored
    assert not desk.rows(Application) and len(desk.rows(LogEntry)) == log


def test_corrected_cells_are_stored_and_the_log_says_what_stood_there(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, application(1, contract_amount="待定"), application(2))
    typed = (Retyping(SHEET, 2, AMOUNT, "1200000.50"),)
    seen = look(desk, path, options=Options(retypings=typed))
    assert not seen.imported.rejected
    done = portal_import.import_file(
        desk.office, "officer", path, Options(retypings=typed, expected=seen.imported.sha256)
    )
    assert (done.accepted, done.stored) == (2, True)
    assert [row.contract_amount_fen for row in desk.rows(ApplicationVersion)] == [120_000_050, 800_000_000]
    entry = next(row for row in desk.rows(LogEntry) if row.act == "import")
    said = json.loads(entry.payload)
    assert said["corrected"] == [
        {"sheet": SHEET, "row": 2, "heading": AMOUNT, "field": "contract_amount", "was": "待定",
         "now": "1200000.50"}
    ]  # fmt: skip
    assert said["file"] == "portal.xlsx"


def test_an_account_that_is_corrected_stands_in_the_log_only_hidden(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, application(1, account=6599188127527645161))
    typed = (Retyping(SHEET, 2, ACCOUNT, "6599188127527645161"),)
    assert portal_import.import_file(desk.office, "officer", path, Options(retypings=typed)).accepted == 1
    entry = next(row for row in desk.rows(LogEntry) if row.act == "import")
    assert "6599188127527645161" not in entry.payload and ACCOUNT in entry.payload


def test_a_file_that_changed_since_it_was_looked_at_is_refused(desk: Desk, tmp_path: Path) -> None:
    seen = look(desk, file(tmp_path, application(1)))
    path = file(tmp_path, application(1, contract_amount=1))
    with pytest.raises(Refused) as refused:
        portal_import.import_file(desk.office, "officer", path, Options(expected=seen.imported.sha256))
    assert refused.value.code == "refused.file_changed"
    assert not desk.rows(Application)


def test_a_clash_names_the_case_that_is_there(desk: Desk, tmp_path: Path) -> None:
    portal_import.import_file(desk.office, "officer", file(tmp_path, application(1)))
    desk.decide("T0001")
    again = file(
        tmp_path, application(1, contract_amount=1), application(2, contract_no="SZ-2026-0001"), name="b.xlsx"
    )
    seen = look(desk, again)
    assert [(each.value, each.reason, each.column) for each in seen.imported.rejected] == [
        ("T0001", "duplicate_case", CASE)
    ]
    clash = seen.clashes["T0001"]
    assert (clash.applicant, clash.state, str(clash.applied_on)) == (
        "深圳市试验1号科技有限公司", desk.state("T0001"), "2026-05-07",
    )  # fmt: skip
    assert ("T0002", "same_contract", "T0001") in seen.imported.findings


def test_a_clash_is_told_as_blocked_and_as_put_aside(desk: Desk, tmp_path: Path) -> None:
    unknown = [application(number, related_party=None) for number in (1, 2)]
    portal_import.import_file(desk.office, "officer", file(tmp_path, *unknown))
    assert desk.decide("T0001").status == "blocked"
    withdraw_suspend_revoke.suspend(desk.office, "officer", "T0002", "等待核查结论")
    again = file(tmp_path, *(application(n, contract_amount=n) for n in (1, 2)), name="b.xlsx")
    clashes = look(desk, again).clashes
    assert {case: one.state for case, one in clashes.items()} == {"T0001": "blocked", "T0002": "suspended"}


def test_new_versions_are_told_from_new_cases(desk: Desk, tmp_path: Path) -> None:
    portal_import.import_file(desk.office, "officer", file(tmp_path, application(1)))
    seen = look(
        desk, file(tmp_path, application(1, contract_amount=1), application(2), name="b.xlsx")
    ).imported
    assert [(row.case, row.version, row.contract_amount_fen) for row in seen.taken] == [
        ("T0001", 2, 100),
        ("T0002", 1, 800_000_000),
    ]
    assert seen.changed == 1


def test_unknown_headings_are_named_until_they_are_taught(desk: Desk, tmp_path: Path) -> None:
    headings = {**HEADINGS, "leased_in_year": "当年用卡费用"}
    lines = table(application(1, leased_in_year=5), headings=headings)
    path = workbook(tmp_path / "x.xlsx", lines)
    seen = look(desk, path).imported
    assert seen.unknown == ("当年用卡费用",)
    taught = {"当年用卡费用": "leased_in_year_fen"}
    assert look(desk, path, options=Options(taught)).imported.unknown == ()
    portal_import.import_file(desk.office, "officer", path, Options(taught))
    assert desk.rows(ApplicationVersion)[0].leased_in_year_fen == 500
    assert look(desk, path).imported.unknown == ()


def test_stopping_leaves_the_office_as_it_was(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, *(application(number) for number in range(1, 1500)))
    asked: list[float] = []
    begun = time.monotonic()

    def stopped() -> bool:
        if time.monotonic() - begun > 0.05:
            asked.append(time.monotonic())
        return bool(asked)

    with pytest.raises(Refused) as refused:
        portal_import.import_file(desk.office, "officer", path, stopped=stopped)
    assert refused.value.code == "refused.stopped"
    assert len(asked) <= 2, "it is asked again only to tell a stop from a stall"

    def until_stored(done: int, of: int) -> bool:
        """Stops in the midst of storing: some rows are in the transaction already."""
        seen.append((done, of))
        return seen.count((1499, 1499)) < 3

    seen: list[tuple[int, int]] = []
    with pytest.raises(Refused):
        portal_import.import_file(desk.office, "officer", path, progress=until_stored)
    assert seen.count((1499, 1499)) == 3
    assert not desk.rows(Application) and not desk.rows(IntakeRow)
    assert portal_import.import_file(desk.office, "officer", path).accepted == 1499


def test_only_open_rounds_take_rows(desk: Desk) -> None:
    assert [each.name for each in import_preview.destinations(desk.office)] == ["第一批"]
    rounds.close_round(desk.office, "officer", 1)
    assert import_preview.destinations(desk.office) == ()


def test_every_field_can_be_taught() -> None:
    assert {"case", "applicant_name", "contract_amount", "term"} <= set(import_preview.fields())
    assert code(1)
