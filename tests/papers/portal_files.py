"""Portal files for tests: a good application and workbooks of any layout made of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from papers.reading import reader
from papers.reading.portal import PortalFile
from rules.creditcode import make_check

HEADINGS: dict[str, str] = {
    "case": "申报编号",
    "applied_at": "申报时间",
    "applicant_name": "单位名称",
    "applicant": "统一社会信用代码",
    "applicant_kind": "单位类型",
    "founded_on": "成立日期",
    "provider": "服务机构名称",
    "provider_admitted": "服务机构是否入库",
    "contract_no": "合同编号",
    "signed_on": "合同签订日期",
    "starts_on": "服务开始日期",
    "ends_on": "服务结束日期",
    "contract_amount": "合同金额（元）",
    "leased_in_year": "本年度累计租用金额（元）",
    "related_party": "是否与服务机构存在关联关系",
    "other_support": "同一合同已获其他财政资金（元）",
    "account": "银行账号",
}


def code(number: int) -> str:
    """A valid social credit code of nobody."""
    first = f"91440300MA5T{number:05d}"
    return first + make_check(first)


def application(number: int = 1, **changed: Any) -> dict[str, Any]:
    """A good row by short field names; `changed` replaces some."""
    row: dict[str, Any] = {
        "case": f"T{number:04d}",
        "applied_at": datetime.datetime(2026, 5, 7, 14, 19),
        "applicant_name": f"深圳市试验{number}号科技有限公司",
        "applicant": code(number),
        "applicant_kind": "企业",
        "founded_on": datetime.date(2024, 1, 13),
        "provider": "深圳某某云计算有限公司",
        "provider_admitted": "是",
        "contract_no": f"SZ-2026-{number:04d}",
        "signed_on": "2026年4月26日",
        "starts_on": datetime.date(2026, 5, 1),
        "ends_on": datetime.date(2027, 4, 30),
        "contract_amount": 8000000,
        "leased_in_year": None,
        "related_party": "否",
        "other_support": None,
        "account": "6599188127527645161",
    }
    assert not set(changed) - set(row), "no such field"
    return {**row, **changed}


def table(*rows: Mapping[str, Any], headings: Mapping[str, str] = HEADINGS) -> list[list[Any]]:
    """Heading row and rows."""
    return [list(headings.values()), *([row.get(name) for name in headings] for row in rows)]


def workbook(path: Path, *sheets: Sequence[Sequence[Any]], hidden: Sequence[int] = ()) -> Path:
    """A workbook of these lines; dates as real dates, text as text."""
    book = xlsxwriter.Workbook(str(path))
    formats = {
        datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for number, lines in enumerate(sheets):
        page = book.add_worksheet()
        if number in hidden:
            page.hide()
        for row, cells in enumerate(lines):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    page.write_string(row, column, value)
                elif isinstance(value, datetime.date):
                    page.write_datetime(row, column, value, formats[type(value)])
                elif value is not None:
                    page.write(row, column, value)
    book.close()
    return path


def read(path: Path, *rows: Mapping[str, Any], headings: Mapping[str, str] = HEADINGS) -> PortalFile:
    """What the reader says of a workbook with these rows."""
    return reader.portal(workbook(path / "portal.xlsx", table(*rows, headings=headings)))


def faults(file: PortalFile) -> list[tuple[int, str, str]]:
    """The rejects as (row, reason, why)."""
    return [(reject.row, reject.reason, reject.why) for reject in file.rejects]
