"""The voucher ledger has every column that an office keeps, and no other program reads it otherwise."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from papers.voucher_ledger import VoucherLine, voucher_columns, write_voucher_ledger

ORDER = """年度 批次 券编号 单位名称 统一社会信用代码 单位类型 成立日期 所属区 服务机构 入库批次
    合同编号 签订日期 服务起止 合同金额(含税) 不含税金额 核定基数 比例 计算额 上限
    其他财政资金(国家/市/区) 核定额度 已兑付 剩余额度 有效期至 状态 公示起止 政策版本 计算单号"""


def line(number: int = 1, **changed: Any) -> VoucherLine:
    """A voucher of nobody."""
    usual = VoucherLine(
        2026, "第一批", f"XLQ-{number:04d}", "镕垚科技公司", "91440300MA5005088M", "企业",
        date(2024, 1, 13), "南山区", "某云公司", "第二批", f"SZ-{number:04d}", date(2026, 4, 26),
        date(2026, 5, 1), date(2027, 4, 30), 800_000_001, 754_716_982, 800_000_001, "0.5", "4000000.00",
        10**9, None, None, 0, 0, 400_000_000, 1, 399_999_999, None, "已发券", date(2026, 6, 10),
        date(2026, 6, 16), "pack@2026", str(number),
    )  # fmt: skip
    return usual._replace(**changed)


def written(*lines: VoucherLine, demonstration: bool = False, lang: str = "zh") -> io.BytesIO:
    target = io.BytesIO()
    made_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    write_voucher_ledger(
        target,
        lines,
        office="某局",
        at=date(2026, 11, 20),
        made_at=made_at,
        demonstration=demonstration,
        lang=lang,
    )
    return target


def test_every_column_stands_in_the_offices_order() -> None:
    seen = list(dict.fromkeys(column.group or column.heading for column in voucher_columns()))
    assert seen == ORDER.split()
    assert len(voucher_columns()) == len(VoucherLine._fields)
    assert len({(column.group, column.heading) for column in voucher_columns("en")}) == len(
        VoucherLine._fields
    )


def test_a_line_is_read_back_to_the_fen() -> None:
    page = openpyxl.load_workbook(written(line(), line(2)), data_only=True).active
    first = [cell.value for cell in page[5]]
    assert first[:3] == [2026, "第一批", "XLQ-0001"] and first[4] == "91440300MA5005088M"
    assert first[12:20] == [
        datetime(2026, 5, 1), datetime(2027, 4, 30), 8000000.01, 7547169.82, 8000000.01, 0.5, 4000000, 10**7,
    ]  # fmt: skip
    assert first[24:28] == [4000000, 0.01, 3999999.99, None]
    total = [cell.value for cell in page[7]]
    assert (total[0], total[14], total[24], total[26]) == ("合计", 16000000.02, 8000000, 7999999.98)


def test_alternatives_stand_side_by_side_and_in_no_total() -> None:
    page = openpyxl.load_workbook(
        written(line(rate="0.5;0.6", computed="4000000.00;4800000.00")), data_only=True
    ).active
    assert (page["R5"].value, page["S5"].value) == ("50.00% / 60.00%", "4,000,000.00 / 4,800,000.00")
    assert page["S6"].value == 0
    page = openpyxl.load_workbook(written(line(rate="", computed=""))).active
    assert page["R5"].value is None and page["S5"].value is None


def test_a_demonstration_says_so_and_the_date_stands_above() -> None:
    page = openpyxl.load_workbook(written(line(), demonstration=True)).active
    assert (
        "演示" in page["A1"].value and page["A2"].value == "训力券台账" and "2026-11-20" in page["A3"].value
    )
    page = openpyxl.load_workbook(written(line(), lang="en")).active
    assert page["A1"].value == "Training voucher ledger"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_shows_the_same_figures_on_a3(tmp_path: Path) -> None:
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(written(*(line(number) for number in range(1, 121))).getvalue())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    office = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(office, check=True, capture_output=True)
    told = subprocess.run(
        ["pdfinfo", tmp_path / "ledger.pdf"], check=True, capture_output=True, text=True
    ).stdout
    assert "1190.5" in told and "841.8" in told
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "ledger.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout
    assert (
        text.count("统一社会信用代码") == text.count("\f") >= 2
        and "960,000,001.20" in text
        and "479,999,998.80" in text
    )
