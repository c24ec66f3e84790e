"""A portal's file of a few rows, written by the test that reads it in: one row says 8,000,000 unless told."""

import csv
from pathlib import Path
from typing import Any

from casework.intake import portal_import
from casework.intake.portal_import import Imported, Options
from tests.casework.desk import CODE, PROVIDER, SERVICE, Desk

ROW = {
    "申报编号": "XLQ202600001",
    "申报时间": "2026-05-20 09:30",
    "单位名称": "湾畔语言模型有限公司",
    "统一社会信用代码": CODE,
    "单位类型": "企业",
    "成立日期": "2020-03-01",
    "联系人": "王某",
    "联系电话": "075500000001",
    "服务机构名称": PROVIDER,
    "服务事项": SERVICE,
    "合同编号": "HT-2026-001",
    "合同签订日期": "2026-04-01",
    "合同金额（元）": "8000000.00",
    "是否与服务机构存在关联关系": "否",
}


def portal_file(path: Path, *rows: dict[str, Any]) -> Path:
    """A CSV of these rows; each says what `ROW` says but for what it is given."""
    headings = list(dict.fromkeys((*ROW, *(name for row in rows for name in row))))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return path


def bring_in(desk: Desk, folder: Path, *rows: dict[str, Any], scheme: str = "") -> Imported:
    """Import a file of these rows."""
    path = portal_file(folder / "portal.csv", *rows)
    options = Options(scheme=scheme) if scheme else Options()
    return portal_import.import_file(desk.office, "officer", path, options)
