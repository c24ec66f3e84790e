"""Other public money, by whatever column a file tells it: the award is the same by import and by `calculate`,
and nothing that nobody has read goes by without a word."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casework.award import deciding
from casework.core.refused import Refused
from casework.intake import portal_import
from casework.intake.portal_import import Imported, Options
from casework.issuing import publicity
from casework.review import checking
from casework.rulebook.shipped_packs import DEFAULT, shipped
from casework.without_office.calculation import calculate
from casework.without_office.summary import Summary
from models import Finding
from tests.casework.desk import Desk
from tests.papers.portal_files import HEADINGS, application, table, workbook

MILLION = 100_000_000


def file_of(folder: Path, *columns: tuple[str, Any], amount: object = 10_000_000) -> Path:
    """One application whose other support stands under these headings, and under no usual one."""
    lines = table(application(1, contract_amount=amount))
    place = list(HEADINGS).index("other_support")
    for line in lines:
        del line[place]
    lines[0] += [heading for heading, _ in columns]
    lines[1] += [cell for _, cell in columns]
    return workbook(folder / "portal.xlsx", lines)


def calculated(folder: Path, source: Path) -> tuple[list[dict[str, str]], Summary]:
    """What `calculate` says of each row."""
    summary = calculate(source, folder / "out.csv", shipped(), DEFAULT)
    with (folder / "out.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines)), summary


def imported(desk: Desk, source: Path, **options: Any) -> Imported:
    """What the import says."""
    return portal_import.import_file(desk.office, "officer", source, Options(**options))


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("已获区级补贴", True),
        ("政府补贴", False),
        ("财政补贴金额", False),
        ("已享受市级补贴", True),
        ("已获中央财政资金", True),
        ("已享受扶持资金", False),
    ],
)
def test_the_usual_headings_are_known_by_both_doors(
    desk: Desk, tmp_path: Path, heading: str, level: bool
) -> None:
    """`calculate` knows the sum alone: money of one level waits for it, and is not awarded beside."""
    source = file_of(tmp_path, (heading, 3_000_000))
    done = imported(desk, source)
    assert (done.accepted, done.unknown) == (1, ("银行账号",) if "银行账号" in done.unknown else ())
    deciding.decide(desk.office, "officer", "T0001", "继续")
    assert desk.decision("T0001").award_fen == 2 * MILLION
    (row,), _ = calculated(tmp_path, source)
    assert (row["award"], row["reasons"]) == (("", heading) if level else ("2000000.00", ""))


def test_what_was_had_of_the_year_is_known_by_a_short_heading(desk: Desk, tmp_path: Path) -> None:
    source = file_of(tmp_path, ("本年度已获", 9_000_000))
    imported(desk, source)
    deciding.decide(desk.office, "officer", "T0001", "继续")
    assert desk.decision("T0001").award_fen == 1 * MILLION
    (row,), _ = calculated(tmp_path, source)
    assert row["award"] == "1000000.00"


def test_what_nobody_has_read_is_named_and_no_money_goes_out(desk: Desk, tmp_path: Path) -> None:
    source = file_of(tmp_path, ("省级补贴", 3_000_000), ("内部序列", "x"))
    desk.set_terms()
    done = imported(desk, source)
    said = done.as_json()
    assert said["unknown"] == ["省级补贴", "内部序列"]
    assert {"case": "T0001", "finding": "unread_support", "with": "省级补贴：3000000"} in said["findings"]
    deciding.decide(desk.office, "officer", "T0001", "继续")
    with pytest.raises(Refused) as refused:
        publicity.publish(desk.office, "officer", cases=["T0001"])
    assert "省级补贴" in refused.value.say()
    (row,), summary = calculated(tmp_path, source)
    assert (row["status"], row["award"], row["reasons"]) == ("blocked", "", "省级补贴")
    assert summary.as_json()["unknown"] == ["省级补贴", "内部序列"]


def test_it_is_settled_by_the_field_or_by_what_it_means(desk: Desk, tmp_path: Path) -> None:
    imported(desk, file_of(tmp_path, ("省级补贴", 3_000_000)))
    checking.verify_facts(desk.office, "officer", "T0001", {"other_support": 3 * MILLION}, "核实")
    (finding,) = [one for one in desk.rows(Finding) if one.code == "unread_support"]
    checking.judge_finding(desk.office, "officer", finding.id, "cleared", "已填入其他财政资金")
    deciding.decide(desk.office, "officer", "T0001", "继续")
    assert desk.decision("T0001").award_fen == 2 * MILLION


@pytest.mark.parametrize(("means", "findings"), [("other_support", 0), ("-", 0)])
def test_a_taught_heading_is_no_question(desk: Desk, tmp_path: Path, means: str, findings: int) -> None:
    done = imported(desk, file_of(tmp_path, ("省级补贴", 3_000_000)), column_map={"省级补贴": means})
    assert [code for _, code, _ in done.findings].count("unread_support") == findings
    assert "省级补贴" not in done.unknown


@pytest.mark.parametrize("cell", [None, 0, "无", "/", "0.00"])
def test_a_column_that_says_nothing_asks_nothing(desk: Desk, tmp_path: Path, cell: object) -> None:
    source = file_of(tmp_path, ("省级补贴", cell))
    assert "unread_support" not in [code for _, code, _ in imported(desk, source).findings]
    (row,), _ = calculated(tmp_path, source)
    assert row["award"] == "5000000.00"


def test_the_amount_that_is_asked_for_is_nobody_s_money(tmp_path: Path) -> None:
    source = file_of(tmp_path, ("申请补贴金额", 5_000_000), ("补贴发放部门", "区科创局2处"))
    (row,), _ = calculated(tmp_path, source)
    assert row["award"] == "5000000.00"


@pytest.mark.parametrize(
    ("heading", "cell", "code", "award"),
    [
        ("其他财政资金", 300, '0"万元"', "2000000.00"),
        ("其他财政资金", 3_000_000, '0!.0,"万"', "2000000.00"),
        ("其他财政资金", 3_000, '0"千元"', "2000000.00"),
        ("其他财政资金", 3_000_000, "0.00,,", None),
        ("其他财政资金", 300, '[$€-2] #,##0', None),
    ],
)  # fmt: skip
def test_the_unit_in_a_cell_s_format_counts_by_both_doors(
    desk: Desk, tmp_path: Path, heading: str, cell: int, code: str, award: str | None
) -> None:
    """Excel shows 300万元 and 4,999,700.00 was awarded."""
    source = file_of(tmp_path, (heading, cell))
    book = openpyxl.load_workbook(source)
    book.worksheets[0].cell(2, len(HEADINGS)).number_format = code
    book.save(source)
    done = imported(desk, source)
    (row,), _ = calculated(tmp_path, source)
    if award is None:
        assert [(each.column, each.reason, each.why) for each in done.rejected] == [
            (heading, "amount", "format")
        ]
        assert (row["status"], row["reasons"]) == ("blocked", "other_support")
        return
    deciding.decide(desk.office, "officer", "T0001", "继续")
    assert desk.decision("T0001").award_fen == 2 * MILLION and row["award"] == award


def test_a_contract_in_ten_thousands_by_its_format(desk: Desk, tmp_path: Path) -> None:
    source = file_of(tmp_path, amount=800)
    book = openpyxl.load_workbook(source)
    place = list(HEADINGS).index("contract_amount") + 1
    book.worksheets[0].cell(1, place).value = "合同金额"
    book.worksheets[0].cell(2, place).number_format = '0"万元"'
    book.save(source)
    imported(desk, source)
    deciding.decide(desk.office, "officer", "T0001", "继续")
    (row,), _ = calculated(tmp_path, source)
    assert desk.decision("T0001").award_fen == 4 * MILLION and row["award"] == "4000000.00"


def test_every_visible_sheet_is_read_by_both_doors(desk: Desk, tmp_path: Path) -> None:
    first, second = table(application(1), application(2)), table(application(3))
    second[0].reverse()
    second[1].reverse()
    total = ["合计", *[None] * 11, 24_000_000]
    source = workbook(tmp_path / "a.xlsx", [*first, total], [["说明"], ["本表为算力券"]], second)
    assert imported(desk, source).rows == 3
    rows, summary = calculated(tmp_path, source)
    assert [(row["申报编号"], row["award"]) for row in rows] == [
        ("T0001", "4000000.00"), ("T0002", "4000000.00"), ("T0003", "4000000.00"),
    ]  # fmt: skip
    assert (summary.rows, summary.blocked) == (3, 0)


@pytest.mark.parametrize("number", [1e20, 0.1])
def test_a_contract_s_number_that_import_rejects_blocks(desk: Desk, tmp_path: Path, number: float) -> None:
    source = workbook(tmp_path / "a.xlsx", table(application(1, contract_no=number)))
    assert [each.column for each in imported(desk, source).rejected] == ["合同编号"]
    (row,), _ = calculated(tmp_path, source)
    assert (row["status"], row["reasons"]) == ("blocked", "contract_no")
