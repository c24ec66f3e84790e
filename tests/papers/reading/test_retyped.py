"""A wrong cell is read as a person typed it, by the same reader, and what stood there before is told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from papers.reading import reader
from papers.reading.retyped import Retyped, Retyping
from papers.reading.unreadable import Unreadable
from tests.papers.portal_files import HEADINGS, application, code, faults, table, workbook

SHEET = "Sheet1"


def file(folder: Path, *rows: dict[str, object]) -> Path:
    return workbook(folder / "portal.xlsx", table(*rows))


def test_a_row_is_read_again_with_what_was_typed(tmp_path: Path) -> None:
    path = file(tmp_path, application(1, contract_amount="待定"), application(2))
    assert [(row, reason) for row, reason, _ in faults(reader.portal(path))] == [(2, "amount")]
    typed = [Retyping(SHEET, 2, "合同金额（元）", "1,200,000.50")]
    again = reader.portal(path, retypings=typed)
    assert not again.rejects
    assert [row.said["contract_amount"] for row in again.rows] == [120_000_050, 800_000_000]
    assert again.retyped == (Retyped(SHEET, 2, "合同金额（元）", "contract_amount", "待定", "1,200,000.50"),)


def test_what_was_typed_wrong_is_rejected_like_any_cell(tmp_path: Path) -> None:
    path = file(tmp_path, application(1, signed_on="不详"))
    again = reader.portal(path, retypings=[Retyping(SHEET, 2, "合同签订日期", "2026-02-30")])
    assert [(reject.row, reject.value, reject.reason) for reject in again.rejects] == [
        (2, "2026-02-30", "date")
    ]


def test_a_missing_cell_and_several_of_a_row(tmp_path: Path) -> None:
    path = file(tmp_path, application(1, applicant=None, contract_amount="?"))
    assert len(reader.portal(path).rejects) == 2
    typed = [
        Retyping(SHEET, 2, "统一社会信用代码", code(1)),
        Retyping(SHEET, 2, "合同金额（元）", "5"),
    ]
    again = reader.portal(path, retypings=typed)
    assert [(row.said["applicant"], row.said["contract_amount"]) for row in again.rows] == [(code(1), 500)]
    assert [each.was for each in again.retyped] == ["", "?"]


def test_a_case_that_stands_twice_gets_its_own_number(tmp_path: Path) -> None:
    path = file(tmp_path, application(1), application(2, case="T0001"))
    assert faults(reader.portal(path)) == [(3, "duplicate_case", "2")]
    again = reader.portal(path, retypings=[Retyping(SHEET, 3, "申报编号", "T0002")])
    assert [row.case for row in again.rows] == ["T0001", "T0002"]


def test_only_the_cell_that_is_named(tmp_path: Path) -> None:
    path = file(tmp_path, application(1), application(2))
    typed = [
        Retyping("other", 2, "合同金额（元）", "1"),
        Retyping(SHEET, 9, "合同金额（元）", "1"),
        Retyping(SHEET, 2, "no such heading", "1"),
    ]
    again = reader.portal(path, retypings=typed)
    assert [row.said["contract_amount"] for row in again.rows] == [800_000_000, 800_000_000]
    assert again.retyped == ()


def test_two_columns_of_one_heading_are_told_apart_by_their_groups(tmp_path: Path) -> None:
    headings = {**HEADINGS, "applicant_name": "名称", "provider": "名称"}
    names = list(HEADINGS)
    groups = [""] * len(names)
    groups[names.index("applicant_name")] = "申请单位"
    groups[names.index("applicant")] = "申请单位"
    groups[names.index("provider")] = "服务机构"
    groups[names.index("provider_admitted")] = "服务机构"
    groups[names.index("contract_no")] = "合同信息"
    lines = [groups, *table(application(1, applicant_name=None), headings=headings)]
    path = workbook(tmp_path / "groups.xlsx", lines)
    (reject,) = reader.portal(path).rejects
    assert reject.column == "申请单位/名称"
    again = reader.portal(path, retypings=[Retyping(SHEET, reject.row, reject.column, "某某公司")])
    assert [(row.said["applicant_name"], row.said["provider"]) for row in again.rows] == [
        ("某某公司", "深圳某某云计算有限公司")
    ]


def test_reading_stops_at_once_when_it_is_asked_to(tmp_path: Path) -> None:
    path = file(tmp_path, *(application(number) for number in range(1, 6000)))
    asked: list[float] = []
    begun = time.monotonic()

    def stopped() -> bool:
        if time.monotonic() - begun > 0.15:
            asked.append(time.monotonic())
        return bool(asked)

    with pytest.raises(reader.Stopped):
        reader.portal(path, stopped=stopped)
    assert len(asked) <= 2, "it is asked again only to tell a stop from a stall"


def test_headings_that_are_not_known_are_named_where_a_needed_one_is_missing(tmp_path: Path) -> None:
    headings = {**HEADINGS, "contract_amount": "价码"}
    path = workbook(tmp_path / "x.xlsx", table(application(1), headings=headings))
    with pytest.raises(Unreadable) as caught:
        reader.portal(path)
    assert caught.value.params["headings"] == ["价码"]
    assert len(reader.portal(path, {"价码": "contract_amount"}).rows) == 1
