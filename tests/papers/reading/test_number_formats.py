"""What a cell shows by its number format is what it says, or it says no amount at all."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from papers.reading import portal_values, reader, text_rows
from papers.reading.number_formats import Formatted, is_odd, odd_styles
from papers.reading.portal_values import Bad
from rules.money import WAN_FEN, YUAN_FEN

WAN, YUAN = WAN_FEN, YUAN_FEN


@pytest.mark.parametrize(
    "code",
    [
        "General", "@", "0", "0.00", "#,##0", "#,##0.00_ ;[Red](#,##0.00)", "¥#,##0.00", "[$¥-804]#,##0.00",
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "0.00E+00",
        "[DBNum2]", "[Red]0", "h:mm", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "[$-804]aaaa", "0_);(0)",
    ],
)  # fmt: skip
def test_most_formats_show_the_number_that_is_there(code: str) -> None:
    assert not is_odd(code)


@pytest.mark.parametrize(
    ("number", "code", "heading", "fen"),
    [
        (300.0, '0"万元"', YUAN, 300_000_000),
        (300.0, '0"万元"', WAN, 300_000_000),
        (300.5, '0.00"万"', YUAN, 300_500_000),
        (800.0, '0"千元"', YUAN, 80_000_000),
        (8.0, '0"百万"', YUAN, 800_000_000),
        (0.08, '0.00"亿元"', YUAN, 800_000_000),
        (8_000_000.0, '#,##0.00"元"', WAN, 800_000_000),
        (8_000_000.0, '0!.0,"万"', YUAN, 800_000_000),
        (8_000_000.0, '0\\.0,"万"', YUAN, 800_000_000),
        (8_000_000.0, '#,##0.00,"千元"', YUAN, 800_000_000),
        (8_000_000.0, '0.00,,"百万"', YUAN, 800_000_000),
        (8_000_000.0, '[>=10000]0!.0,"万";0', YUAN, 800_000_000),
        (8_000_000.0, '[DBNum2][$-804]General"元整"', YUAN, 800_000_000),
        (0.0, "0.00,,", YUAN, 0),
        (300.0, "000000", YUAN, 30_000),
    ],
)
def test_the_unit_that_is_shown_counts(number: float, code: str, heading: int, fen: int) -> None:
    assert portal_values.amount(Formatted.of(number, code), heading) == fen


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("0.00,,", YUAN), ("#,##0,", YUAN), ("0%", YUAN), ("[$€-2] #,##0", YUAN), ("$#,##0", YUAN),
        (";;;", YUAN),
        ('0.0,,"亿"', YUAN), ('0"元/年"', YUAN), ('[>=10000]0!.0,"万";0', WAN), ('#,##0\\ "USD"', YUAN),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_no_amount(code: str, heading: int) -> None:
    assert is_odd(code)
    with pytest.raises(Bad) as bad:
        portal_values.amount(Formatted.of(8_000_000.0, code), heading)
    assert (bad.value.code, bad.value.why) == ("amount", "format")


def test_a_number_that_names_something_is_its_digits_alone() -> None:
    assert not portal_values.is_name(Formatted.of(12.0, '"HT-"0000'))
    assert not portal_values.is_name(Formatted.of(12.0, "000000"))
    assert portal_values.is_name(12.0)


def test_styles_that_cant_be_read_have_no_formats() -> None:
    assert odd_styles(b"<styleSheet>") == {} and odd_styles(b"") == {}


HEADINGS = [
    "申报编号", "申报时间", "统一社会信用代码", "单位名称", "单位类型", "服务机构", "合同编号", "合同金额",
    "其他财政资金", "使用费用",
]  # fmt: skip


def workbook(path: Path, formats: dict[str, str], **values: object) -> Path:
    """One application whose cells under these headings have these formats."""
    row = {
        "申报编号": "F1", "申报时间": datetime.datetime(2026, 5, 20, 9, 30), "单位名称": "甲",
        "单位类型": "企业",
        "统一社会信用代码": "91440300MA5FAKE00R", "服务机构": "湾畔云计算", "合同编号": "K1",
        "合同金额": 10_000_000, "其他财政资金": 300, "使用费用": 300, **values,
    }  # fmt: skip
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    page.append([row[heading] for heading in HEADINGS])
    for heading, code in formats.items():
        page.cell(2, HEADINGS.index(heading) + 1).number_format = code
    book.save(path)
    return path


def test_both_readers_see_the_format_of_a_cell(tmp_path: Path) -> None:
    wan = '0"万元"'
    formats = {"其他财政资金": wan, "使用费用": wan, "合同金额": "#,##0.00"}
    path = workbook(tmp_path / "a.xlsx", formats)
    (row,) = reader.portal(path, confirmed=("91440300MA5FAKE00R",)).rows
    assert (row.said["other_support"], row.said["contract_amount"]) == (300_000_000, 1_000_000_000)
    assert row.extra == {"使用费用": "300万元"}
    with text_rows.opened(path) as table:
        (cells,) = table.rows
    shown = cells[HEADINGS.index("其他财政资金")]
    assert shown == "300" and isinstance(shown.cell, Formatted) and shown.cell.code == '0"万元"'  # type: ignore[attr-defined]


def test_a_cell_that_shows_another_amount_rejects_its_row_with_a_sentence(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"合同金额": "0.00,,"})
    found = reader.portal(path, confirmed=("91440300MA5FAKE00R",))
    (reject,) = found.rejects
    assert (reject.column, reject.value) == ("合同金额", "10000000")
    assert (reject.reason, reject.why) == ("amount", "format")
    assert "数字格式" in reject.say() and "number format" in reject.say("en")


def test_a_contract_s_number_with_text_in_its_format_is_no_number(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"合同编号": '"HT-"0000'}, 合同编号=12)
    found = reader.portal(path, confirmed=("91440300MA5FAKE00R",))
    assert [(each.column, each.reason) for each in found.rejects] == [("合同编号", "id_as_number")]
