"""A portal's file comes in: what is stored, what is sent back, and what coming again does."""

import datetime
import itertools
import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.audit.verify import checks
from casework.core.office import SHANGHAI, Office
from casework.core.refused import Refused
from casework.intake import portal_import, rounds, taught_headings
from casework.intake.portal_import import Options
from casework.people import accounts
from casework.review import checking
from casework.rulebook import packs, shipped_packs
from models import Applicant, ApplicationVersion, BankAccount, Contact, Finding, LogEntry
from models import Application as Case
from models import Intake as IntakeRow
from papers.reading.unreadable import Unreadable
from tests.casework.desk import CODE, Desk, write_portal
from tests.papers.odd_files import hide
from tests.papers.portal_files import HEADINGS, application, table, workbook

ROWS, GOOD = 40, 37


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("portal") / "portal.xlsx"
    write_portal(path, ROWS)
    return path


def change_cell(source: Path, target: Path, case: str, heading: str, value: Any) -> None:
    """The same workbook with one cell of one case changed."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[4]]
    for row in sheet.iter_rows(min_row=5):
        if row[headings.index("申报编号")].value == case:
            row[headings.index(heading)].value = value
    book.save(target)


def test_rows_become_applications_or_are_sent_back_with_their_reason(desk: Desk, portal: Path) -> None:
    done = portal_import.import_file(desk.office, "officer", portal)
    assert (done.rows, done.accepted, done.unchanged, len(done.by_row())) == (ROWS, GOOD, 0, ROWS - GOOD)
    reasons = [(each.row, each.reason) for each in done.rejected]
    assert reasons == [(41, "credit_code"), (43, "account_as_number"), (44, "amount")]
    assert len(desk.rows(Case)) == len(desk.rows(ApplicationVersion)) == GOOD
    assert {case.round_id for case in desk.rows(Case)} == {1}
    stored = desk.rows(IntakeRow)[0]
    assert (stored.rows, stored.accepted, stored.rejected) == (ROWS, GOOD, ROWS - GOOD)


def test_the_answer_names_row_column_value_and_says_why(desk: Desk, portal: Path) -> None:
    said = portal_import.import_file(desk.office, "officer", portal).as_json("en")
    first = said["rejected"][0]
    assert set(first) == {"row", "column", "value", "reason", "say"}
    assert first["column"] == "统一社会信用代码"
    assert str(first["row"]) in first["say"]
    assert {finding["finding"] for finding in said["findings"]} >= {"same_contract", "signed_before_founding"}
    pairs = [each for each in said["findings"] if each["finding"] == "same_contract"]
    assert {(each["case"], each["with"]) for each in pairs} == {
        ("YS2026000033", "YS2026000032"),
        ("YS2026000032", "YS2026000033"),
    }


def test_values_reach_the_version_to_the_fen(desk: Desk, tmp_path: Path) -> None:
    table = write_portal(tmp_path / "few.xlsx", 3)
    portal_import.import_file(desk.office, "officer", tmp_path / "few.xlsx")
    version = desk.rows(ApplicationVersion)[0]
    assert version.contract_amount_fen == int(table[0]["合同金额（元）"].replace(".", "").replace(",", ""))
    assert version.applied_at == datetime.datetime(2026, 5, 6, 1, 0, tzinfo=datetime.UTC)
    assert version.signed_on == table[0]["合同签订日期"]
    assert version.related_party is False
    assert desk.rows(BankAccount)[0].number == table[0]["银行账号"]


def test_an_applicant_that_files_twice_is_one_applicant(desk: Desk, portal: Path) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    assert len({row.code for row in desk.rows(Applicant)}) == len(desk.rows(Applicant)) == GOOD - 1
    assert len(desk.rows(Contact)) == GOOD - 1


def test_the_same_file_again_adds_nothing(desk: Desk, portal: Path) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    before = len(desk.rows(ApplicationVersion))
    again = portal_import.import_file(desk.office, "officer", portal)
    assert (again.accepted, again.unchanged, len(again.by_row())) == (0, GOOD, ROWS - GOOD)
    assert len(desk.rows(ApplicationVersion)) == before


def test_a_changed_row_becomes_a_version_while_it_takes_corrections(
    desk: Desk, portal: Path, tmp_path: Path
) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    change_cell(portal, tmp_path / "changed.xlsx", "YS2026000002", "合同金额（元）", "5000000.00")
    again = portal_import.import_file(desk.office, "officer", tmp_path / "changed.xlsx")
    assert (again.accepted, again.unchanged) == (1, GOOD - 1)
    assert ("YS2026000002", "said_again", "v1") in again.findings
    assert desk.application("YS2026000002").version == 2
    assert desk.decide("YS2026000002").award_fen == 250_000_000


def test_a_changed_row_of_a_decided_case_is_sent_back(desk: Desk, portal: Path, tmp_path: Path) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    desk.decide("YS2026000002")
    change_cell(portal, tmp_path / "changed.xlsx", "YS2026000002", "合同金额（元）", "5000000.00")
    again = portal_import.import_file(desk.office, "officer", tmp_path / "changed.xlsx")
    assert again.accepted == 0
    assert next(each for each in again.rejected if each.reason == "duplicate_case").column == "申报编号"
    assert desk.application("YS2026000002").version == 1


def test_a_row_that_changes_the_applicant_is_sent_back(desk: Desk, portal: Path, tmp_path: Path) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    change_cell(portal, tmp_path / "changed.xlsx", "YS2026000002", "统一社会信用代码", CODE)
    again = portal_import.import_file(desk.office, "officer", tmp_path / "changed.xlsx")
    assert "duplicate_case" in [each.reason for each in again.rejected]


def test_all_or_nothing_stores_nothing_where_a_row_is_wrong(desk: Desk, portal: Path) -> None:
    log = len(desk.rows(LogEntry))
    done = portal_import.import_file(desk.office, "officer", portal, Options(all_or_nothing=True))
    assert (done.stored, done.accepted, len(done.by_row())) == (False, 0, ROWS - GOOD)
    assert desk.rows(Case) == []
    assert len(desk.rows(LogEntry)) == log


def test_a_dry_run_tells_the_same_and_stores_nothing(desk: Desk, portal: Path) -> None:
    tried = portal_import.try_file(desk.office, portal)
    assert desk.rows(Case) == []
    done = portal_import.import_file(desk.office, "officer", portal)
    assert (tried.accepted, tried.rejected, tried.findings) == (done.accepted, done.rejected, done.findings)


def test_stopping_stores_nothing(desk: Desk, portal: Path) -> None:
    answers = iter([True, True, True, False, False, False])
    with pytest.raises(Refused, match="stopped"):
        portal_import.import_file(desk.office, "officer", portal, progress=lambda done, of: next(answers))
    assert desk.rows(Case) == []


def test_an_approver_may_not_import(desk: Desk, portal: Path) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        portal_import.import_file(desk.office, "approver", portal)


def test_the_log_bears_the_import_and_no_personal_number(desk: Desk, portal: Path) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    entry = desk.rows(LogEntry)[-1]
    assert entry.act == "import" and '"accepted":37' in entry.payload
    phones = [contact.phone for contact in desk.rows(Contact)]
    assert not any(phone in entry.payload for phone in phones)
    assert all(check.ok for check in checks(desk.office))


def test_a_taught_heading_is_known_in_the_next_file(desk: Desk, portal: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(portal)
    sheet = book.worksheets[0]
    place = [cell.value for cell in sheet[4]].index("合同金额（元）") + 1
    sheet.cell(4, place).value = "约定价款"
    book.save(tmp_path / "other.xlsx")
    taught_headings.teach_column(desk.office, "officer", "约定价款", "contract_amount")
    assert portal_import.import_file(desk.office, "officer", tmp_path / "other.xlsx").accepted == GOOD


def test_the_unit_that_is_taught_counts(desk: Desk, tmp_path: Path) -> None:
    """It was stored and never read: 800 meant in 万元 became 800.00 yuan."""
    path = workbook(
        tmp_path / "a.xlsx",
        table(application(1, contract_amount=800), headings={**HEADINGS, "contract_amount": "约定价款"}),
    )
    taught_headings.teach_column(desk.office, "officer", "约定价款", "contract_amount", "万元")
    assert [row.contract_amount_fen for row in portal_import.try_file(desk.office, path).taken] == [
        800_000_000
    ]


def test_an_imported_case_is_accepted_like_any_other(desk: Desk, portal: Path) -> None:
    portal_import.import_file(desk.office, "officer", portal)
    change = checking.accept(desk.office, "officer", "YS2026000001")
    assert change.facts["receipt_no"] == "2026-000001"


def test_a_row_that_a_filter_hides_is_taken_told_and_asked_about(desk: Desk, tmp_path: Path) -> None:
    rows = table(application(1), application(2), application(3, contract_amount="待定"), application(4))
    path = hide(workbook(tmp_path / "a.xlsx", rows), 3, 4)
    tried = portal_import.try_file(desk.office, path)
    done = portal_import.import_file(desk.office, "officer", path)
    for said in (tried.as_json(), done.as_json()):
        assert [(each["row"], each["case"]) for each in said["hidden"]] == [(3, "T0002"), (4, "")]
        assert {"case": "T0002", "finding": "hidden_row", "with": "3"} in said["findings"]
        assert said["accepted"] == 3
    kept = [(one.application_id, one.with_text) for one in desk.rows(Finding) if one.code == "hidden_row"]
    (case,) = [one.id for one in desk.rows(Case) if one.case_no == "T0002"]
    assert kept == [(case, "3")]
    assert portal_import.try_file(desk.office, path).hidden[0] == tried.hidden[0], (
        "unchanged, and still hidden"
    )


def test_each_row_goes_into_the_round_of_its_own_moment(desk: Desk, tmp_path: Path) -> None:
    second = rounds.open_round(
        desk.office, "officer", "第二批", 2026, datetime.datetime(2026, 9, 1, tzinfo=SHANGHAI)
    ).facts["round"]
    moments = [datetime.datetime(2026, month, 10, 9) for month in (9, 5, 7)]
    rows = [application(number, applied_at=at) for number, at in enumerate(moments, 1)]
    portal_import.import_file(desk.office, "officer", workbook(tmp_path / "a.xlsx", table(*rows)))
    assert {case.case_no: case.round_id for case in desk.rows(Case)} == {
        "T0001": second,
        "T0002": 1,
        "T0003": None,
    }


CORPUS, MODEL = "shenzhen-corpus-voucher", "shenzhen-model-voucher"


def without_provider(path: Path, *rows: dict[str, Any]) -> Path:
    headings = {name: said for name, said in HEADINGS.items() if not name.startswith("provider")}
    return workbook(path, table(*rows, headings=headings))


@pytest.mark.parametrize("scheme", [CORPUS, MODEL])
def test_a_file_needs_the_columns_that_the_rules_of_its_scheme_look_at(
    desk: Desk, tmp_path: Path, scheme: str
) -> None:
    path = without_provider(tmp_path / "a.xlsx", application(1), application(2))
    with pytest.raises(Unreadable) as caught:
        portal_import.try_file(desk.office, path)
    assert (caught.value.code, caught.value.params["fields"]) == ("missing_columns", ["provider"])
    done = portal_import.import_file(desk.office, "officer", path, Options(scheme=scheme))
    assert (done.accepted, done.rejected) == (2, ())
    assert {case.scheme for case in desk.rows(Case)} == {scheme}
    blank = workbook(tmp_path / "b.xlsx", table(application(3, provider=None)))
    assert portal_import.try_file(desk.office, blank, Options(scheme=scheme)).accepted == 1
    assert [each.reason for each in portal_import.try_file(desk.office, blank).rejected] == ["missing"]


def test_a_file_of_a_rule_without_a_contract_needs_no_column_of_one(desk: Desk, tmp_path: Path) -> None:
    said = {
        "申报编号": "TX202500001", "申报时间": "2026-05-20 09:30", "单位名称": "湾畔语言模型有限公司",
        "统一社会信用代码": CODE, "单位类型": "企业", "是否为人工智能企业": "是", "实际支付利息": "333333.33",
    }  # fmt: skip
    path = tmp_path / "interest.csv"
    path.write_text("\n".join(map(",".join, (said, said.values()))) + "\n", encoding="utf-8")
    done = portal_import.import_file(desk.office, "officer", path, Options(scheme="shenzhen-loan-interest"))
    assert (done.accepted, done.rejected) == (1, ())
    (version,) = desk.rows(ApplicationVersion)
    assert version.contract_amount_fen is None and version.contract_no is None
    with pytest.raises(Unreadable) as caught:
        portal_import.try_file(desk.office, path)
    assert "contract_amount" in str(caught.value.params["fields"])


def test_a_round_says_what_its_applications_are_for(desk: Desk, tmp_path: Path) -> None:
    round_id = rounds.open_round(desk.office, "officer", "语料券第一批", 2026, scheme=CORPUS).facts["round"]
    path = without_provider(tmp_path / "a.xlsx", application(1))
    portal_import.import_file(desk.office, "officer", path, Options(round_id=round_id))
    assert [(case.scheme, case.round_id) for case in desk.rows(Case)] == [(CORPUS, round_id)]


def test_an_office_of_one_scheme_needs_not_be_told_which(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tuple(pack for pack in shipped_packs.shipped() if pack.id == CORPUS)
    monkeypatch.setattr(shipped_packs, "shipped", lambda: corpus)
    packs.put_in_force(office)
    path = without_provider(tmp_path / "a.xlsx", application(1))
    portal_import.import_file(office, "officer", path)
    with office.read() as session:
        assert session.execute(select(col(Case.scheme))).scalars().all() == [CORPUS]


@pytest.mark.parametrize("at", [1, 3, 6, 10, 16, 24])
def test_an_import_stops_at_whatever_point_it_is_asked(desk: Desk, portal: Path, at: int) -> None:
    main, asked = threading.current_thread(), itertools.count(1)

    def stopped() -> bool:
        return threading.current_thread() is main and next(asked) >= at

    with pytest.raises(Refused, match="stopped"):
        portal_import.import_file(desk.office, "officer", portal, stopped=stopped)
    assert not desk.rows(Case) and not desk.rows(IntakeRow)


def test_rows_of_an_applicant_that_one_is_recused_from_are_left_to_another(
    desk: Desk, portal: Path, tmp_path: Path
) -> None:
    portal_import.import_file(desk.office, "officer2", portal)
    known = desk.application("YS2026000002")
    accounts.recuse(desk.office, "officer", known.applicant_id, "亲属任职")
    change_cell(portal, tmp_path / "changed.xlsx", "YS2026000002", "合同金额（元）", "5000000.00")
    path = tmp_path / "changed.xlsx"
    change_cell(path, path, "YS2026000003", "联系电话", "13900000000")
    tried = portal_import.try_file(desk.office, path, person="officer")
    again = portal_import.import_file(desk.office, "officer", path)
    assert tried.rejected == again.rejected
    mine = [each for each in again.rejected if each.reason == "recused"]
    assert [(each.row, each.column) for each in mine] == [(6, "统一社会信用代码")]
    assert "回避" in mine[0].say() and "someone else" in mine[0].say("en")
    assert again.accepted == 1, "the other changed row goes on"
    assert desk.application("YS2026000002").version == 1
    other = portal_import.import_file(desk.office, "officer2", path)
    assert (other.accepted, desk.application("YS2026000002").version) == (1, 2)


def test_a_new_row_of_an_applicant_that_one_is_recused_from_is_not_taken(desk: Desk, tmp_path: Path) -> None:
    accounts.recuse(desk.office, "officer", desk.application(desk.submit()).applicant_id, "亲属任职")
    path = workbook(tmp_path / "one.xlsx", table(application(applicant=CODE)))
    done = portal_import.import_file(desk.office, "officer", path)
    assert (done.accepted, [each.reason for each in done.rejected]) == (0, ["recused"])
