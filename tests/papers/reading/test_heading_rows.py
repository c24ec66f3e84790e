"""Where a table begins and which of its lines are none."""

from __future__ import annotations

from papers.reading import heading_rows
from papers.reading.cells import Row
from papers.reading.heading_rows import Lines
from papers.reading.portal_values import Cell

WORDS = ["序号", "申报编号", "申报时间", "单位名称", "统一社会信用代码", "合同编号", "合同金额"]


def rows(*lines: list[Cell]) -> list[Row]:
    return [Row(number, list(cells)) for number, cells in enumerate(lines, 1)]


def test_the_row_with_most_known_words_is_the_heading() -> None:
    found = heading_rows.find(
        rows(["单位名称 汇总表"], [], ["金额单位：万元"], list(WORDS), [1, "X", "2026-05-06"]), {}, {}
    )
    assert found is not None and found.last == 4 and found.noted_unit_fen == 10**6
    assert [column.field for column in found.columns] == [
        "case", "applied_at", "applicant_name", "applicant", "contract_no", "contract_amount",
    ]  # fmt: skip


def test_headings_on_two_rows_with_and_without_merged_cells() -> None:
    lines = rows(
        ["序号", "申报", "", "申请单位", "", "服务机构", "合同", ""],
        ["", "编号", "时间", "名称", "统一社会信用代码", "名称", "编号", "金额（万元）"],
    )
    fields = [
        "case",
        "applied_at",
        "applicant_name",
        "applicant",
        "provider",
        "contract_no",
        "contract_amount",
    ]
    found = heading_rows.find(lines, {}, {})
    assert found is not None and [column.field for column in found.columns] == fields and found.last == 2
    covered = {1: {2: (1, 1), 4: (1, 3), 7: (1, 6)}, 2: {0: (1, 0)}}
    found = heading_rows.find(lines, covered, {})
    assert found is not None and [column.field for column in found.columns] == fields
    assert found.columns[-1].unit_fen == 10**6


def test_a_group_reaches_as_far_as_its_merged_cell() -> None:
    lines = rows(
        ["服务机构", "", "", "", "", ""],
        ["名称", "申报编号", "申报时间", "单位名称", "统一社会信用代码", "合同编号"],
    )
    found = heading_rows.find(lines, {1: {}}, {})
    assert found is not None and "case" in [column.field for column in found.columns]


def test_too_few_words_are_no_heading() -> None:
    assert heading_rows.find(rows(["单位名称", "金额"], ["甲", 1.0]), {}, {}) is None


def lines() -> Lines:
    found = heading_rows.find(rows(list(WORDS)), {}, {})
    assert found is not None
    return Lines(found, [1, 2, 3, 4, 5, 6])


def test_blanks_totals_and_remarks_are_none() -> None:
    none = lines().is_none
    assert none(["", None, " \u3000", "\xa0"])
    assert none(["合计", "", "", "", "", "", 100.0])
    assert none(["", "总 计：", "", "", "", "", 100.0])
    assert none(["填表说明：金额以元为单位"])
    assert none([3.0, "", ""])
    assert none(list(WORDS))


def test_what_may_be_an_application_is_a_row() -> None:
    none = lines().is_none
    assert not none([1.0, "X1", "", "", "", "", ""])
    assert not none(["", "", "", "甲公司", "", "", ""])
    assert not none(["合计", "X1", "2026-05-06", "甲", "9144", "H", 1.0])
    assert not none(["", "累计科技有限公司", "", "", "", "", ""])
