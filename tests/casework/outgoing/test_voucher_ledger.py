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

from casework.outgoing.voucher_ledger import COLUMNS, FROZEN, VoucherLine
from models import ApplicationVersion, Decision, Publicity, Voucher
from papers.ledgers.ledger_column import Sheet, said_in
from papers.ledgers.ledger_workbook import write_ledger
from rules.lines import Line, trace

ORDER = """年度 批次 券编号 单位名称 统一社会信用代码 单位类型 成立日期 所属区 服务机构 入库批次
    合同编号 签订日期 服务起止 合同金额（含税） 不含税金额 核定基数 比例 计算额 上限 上限已用
    其他财政资金（国家/市/区） 核定额度 已兑付 剩余额度 有效期至 状态 公示起止 政策版本 核算单号
    文号 经办 审定"""


def line(number: int = 1, **changed: Any) -> VoucherLine:
    """A voucher of nobody."""
    said = ApplicationVersion(  # type: ignore[call-arg]  # the rest is in no ledger
        applied_at=datetime(2026, 5, 6, 9, tzinfo=UTC), applicant_name="镕垚科技公司",
        applicant_code="91440300MA5005088M", applicant_kind="enterprise", founded_on=date(2024, 1, 13),
        district="南山区", provider_name="某云公司", contract_no=f"SZ-{number:04d}",
        signed_on=date(2026, 4, 26), starts_on=date(2026, 5, 1), ends_on=date(2027, 4, 30),
        contract_amount_fen=800_000_001, net_amount_fen=754_716_982, other_district_fen=0,
        other_support_fen=0,
    )  # fmt: skip
    decided: dict[str, Any] = {"rate": "0.5", "computed": "400000000", **changed}
    limits = (("applicant_year", 10**9), ("all", 2 * 10**9))
    caps = [Line("cap", name, (fen,), "第二条") for name, fen in limits]
    decision = Decision(seq=number, base_fen=800_000_001, trace=trace(caps), pack="pack@2026", **decided)
    voucher = Voucher(code=f"XLQ-{number:04d}", quota_fen=400_000_000, used_fen=1)
    public = Publicity(from_on=date(2026, 6, 10), until_on=date(2026, 6, 16))
    return VoucherLine(voucher, decision, said, "第一批", "第二批", public, "issued")


def written(*lines: VoucherLine) -> io.BytesIO:
    target = io.BytesIO()
    sheet = Sheet("台账", "台账", datetime(2026, 11, 20, 9), notes=("某局",), frozen=FROZEN)
    write_ledger(target, said_in("zh", COLUMNS), lines, sheet)
    return target


def test_every_column_stands_in_the_offices_order() -> None:
    seen = list(dict.fromkeys(column.group or column.heading for column in said_in("zh", COLUMNS)))
    assert seen == ORDER.split()
    assert len({(column.group, column.heading) for column in said_in("en", COLUMNS)}) == len(COLUMNS)


def cells(page: Any, row: int, *codes: str) -> list[Any]:
    """What stands in a row under some columns, by their codes; of two that share one, the first."""
    headings = [column.heading.removeprefix("ledger.column.") for column in COLUMNS]
    return [page.cell(row, headings.index(code) + 1).value for code in codes]


def test_a_line_is_read_back_to_the_fen() -> None:
    page = openpyxl.load_workbook(written(line(), line(2)), data_only=True).active
    said = cells(page, 5, "year", "round", "voucher_no", "credit_code", "from", "until")
    assert said == [
        2026, "第一批", "XLQ-0001", "91440300MA5005088M", datetime(2026, 5, 1), datetime(2027, 4, 30),
    ]  # fmt: skip
    sums = cells(page, 5, "contract_amount", "net_amount", "base", "rate", "computed", "cap")
    assert sums == [8000000.01, 7547169.82, 8000000.01, 0.5, 4000000, 10**7]
    held = cells(page, 5, "award", "redeemed", "left", "valid_until")
    assert held == [4000000, 0.01, 3999999.99, None]
    assert page.cell(7, 1).value == "合计" and page.cell(8, 1).value is None
    assert cells(page, 7, "contract_amount", "award", "left") == [16000000.02, 8000000, 7999999.98]


def test_alternatives_stand_side_by_side_and_in_no_total() -> None:
    page = openpyxl.load_workbook(
        written(line(rate="0.5;0.6", computed="400000000;480000000")), data_only=True
    ).active
    assert cells(page, 5, "rate", "computed") == ["50.00% / 60.00%", "4,000,000.00 / 4,800,000.00"]
    assert cells(page, 6, "computed") == [0]
    assert page.cell(7, 1).value == "合计未计入以文字列示的数额：“计算额”1行。"
    page = openpyxl.load_workbook(written(line(rate="", computed=""))).active
    assert cells(page, 5, "rate", "computed") == [None, None]


def test_the_cap_that_left_the_least_is_told_with_what_was_used_of_it_and_what_was_deducted() -> None:
    lines = [
        Line("rate", "general", (500_000, 500), "a"), Line("stacking.deduct", "other", (120, 380), "a"),
        Line("cap", "claim", (1000, 0, 0, 1000), "a"), Line("cap", "year", (2000, 300, 1400, 300), "a"),
        Line("award", "year", (300,), ""),
    ]  # fmt: skip
    one = line()
    one.decision.trace = trace(lines)
    page = openpyxl.load_workbook(written(one), data_only=True).active
    assert cells(page, 5, "cap", "cap_used", "deducted") == [20.0, 17.0, 1.2]
    one.decision.trace = trace([*lines, Line("fixed", "small", (500,), "a"), Line("award", "x", (300,), "")])
    page = openpyxl.load_workbook(written(one), data_only=True).active
    assert cells(page, 5, "deducted") == ["1.20 / 0.00"]
    assert "“其中已扣减”1行" in page.cell(7, 1).value


def test_words_are_in_the_ledger_s_language() -> None:
    english = line()._replace(lang="en")
    kind, state = (column.value for column in COLUMNS if column.heading.endswith(("applicant_kind", "state")))
    assert (kind(line()), state(line())) == ("企业", "已发放")
    assert kind(english) == "enterprise" and str(state(english)).isascii()
    line_of_pack = line()
    line_of_pack.said.applicant_kind = "协会"
    assert kind(line_of_pack) == "协会"


def test_where_there_is_no_contract_its_amount_is_empty_and_not_nothing() -> None:
    one = line()
    one.said.contract_amount_fen = None
    page = openpyxl.load_workbook(written(one)).active
    assert cells(page, 5, "contract_amount") == [None]


def test_a_revoked_voucher_has_nothing_left() -> None:
    assert (line().left_fen, line()._replace(state="revoked").left_fen) == (399_999_999, 0)
    bare = line()._replace(published=None, batch=None)
    assert (bare.public_from, bare.public_until) == (None, None)


def test_the_numbers_that_people_quote_stand_on_one_line() -> None:
    """The code of a voucher has 16 signs, up to a digit wide each; a letter's number ten of Chinese width."""
    width = {column.heading: column.width for column in COLUMNS}
    assert width["ledger.column.voucher_no"] > 16 and width["ledger.column.letter_no"] >= 18


@pytest.mark.parametrize(
    ("stated", "district", "counts"),
    [(100_000_000, 300_000_000, 300_000_000), (300_000_000, 100_000_000, 300_000_000),
     (None, 300_000_000, 300_000_000), (100_000_000, None, 100_000_000), (None, None, None)],
)  # fmt: skip
def test_other_public_money_is_the_larger_of_the_sum_that_was_stated_and_its_levels(
    stated: int | None, district: int | None, counts: int | None
) -> None:
    one = line()
    one.said.other_support_fen, one.said.other_district_fen = stated, district
    page = openpyxl.load_workbook(written(one)).active
    shown = None if counts is None else counts / 100
    assert cells(page, 5, "sum") == [shown]


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
    pages = text.count("\f")
    assert pages == 3 * text.count("统一社会信用代码") >= 6, "three sheets beside each other"
    assert text.count("单位名称") >= pages, "whose row it is stands on each of them"
    assert "960,000,001.20" in text and "479,999,998.80" in text
