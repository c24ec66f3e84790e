"""A made-up bank: its file, its workbook, payments, its answers; all made here."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from papers.banks.payment import Payment

HEADINGS = ("序号", "付款账号", "收款账号", "收款户名", "金额（元）", "用途", "加急", "客户编号")
BANK = """
name = "滨海样例银行"

[constants]
payer_account = "44250100000000000091"

[fill]
form = "workbook"
template = "template.xlsx"
sheet = "批量付款"
first_row = 4
date = "YYYYMMDD"

[fill.columns]
"序号" = "{number}"
"付款账号" = "{payer_account}"
"收款账号" = "{account}"
"收款户名" = "{payee}"
"金额（元）" = "{amount}"
"用途" = "{purpose}"
"加急" = "否"
"客户编号" = "{ref}"

[fill.limits]
rows = 500
[fill.limits.payee]
bytes = 60
[fill.limits.purpose]
characters = 20
forbidden = "|"

[answer]
separator = "|"
[answer.columns]
ref = "客户编号"
account = "收款账号"
amount = "金额"
purpose = "用途"
status = "状态"
date = "入账日期"
flow = "流水号"
reason = "失败原因"
[answer.status]
paid = ["成功"]
failed = ["失败", "拒绝*"]
pending = ["处理中"]
returned = ["已退汇"]
"""
PAYMENTS = (
    Payment(
        "BF2026090001", "深圳市云海样例算力有限公司", "4000020009200111111", 81_900_000, "兑付 XL01", row=2
    ),
    Payment("BF2026090002", "样例理工大学（深圳）", "755900000020202", 30_000_007, "兑付 XL02", row=3),
    Payment("BF2026090003", "深圳市鲲屿样例生物有限公司", "741900000044", 1, "兑付 XL03", row=4),
)
ANSWER_HEADINGS = "客户编号|收款账号|金额|用途|状态|入账日期|流水号|失败原因"


def payments_csv(path: Path, *lines: str, head: str = "") -> Path:
    """The payments as a file; `lines` instead of those of `PAYMENTS`."""
    columns = head or "ref,payee,bank,cnaps,province,city,account,amount,purpose"
    rows = lines or tuple(
        f"{each.ref},{each.payee},样例银行,102584000123,广东,深圳,{each.account},{each.says('amount')},{each.purpose}"
        for each in PAYMENTS
    )
    path.write_text("\n".join((columns, *rows)) + "\n", encoding="utf-8")
    return path


def bank_toml(folder: Path, text: str = BANK, **changed: str) -> Path:
    """The bank's file in a folder, with some of its words changed."""
    for old, new in changed.items():
        text = text.replace(old, new)
    path = folder / "bank.toml"
    path.write_text(text, encoding="utf-8")
    return path


def template(path: Path, rows: int = 20, example: bool = False) -> Path:
    """The bank's workbook: a title, a note, headings in row 4 less one, a list to choose from, widths, a
    hidden sheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "批量付款"
    page["A1"] = "批量付款模板"
    page["A1"].font = Font(name="黑体", size=16, bold=True)
    page.merge_cells("A1:H1")
    page["A2"] = "金额以元为单位"
    for at, heading in enumerate(HEADINGS, 1):
        page.cell(3, at, f"{heading}*" if heading == "收款账号" else heading)
        for row in range(4, 4 + rows):
            page.cell(row, at).number_format = "0.00" if heading.startswith("金额") else "@"
    urgent = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    page.add_data_validation(urgent)
    urgent.add(f"G4:G{3 + rows}")
    page.freeze_panes = "A4"
    page.column_dimensions["C"].width = 26
    if example:
        page["C6"], page["D6"], page["E6"] = "6222000000000001", "张三（示例）", 1.5
    kept = book.create_sheet("代码")
    kept.sheet_state = "hidden"
    kept["A1"] = "102=工商银行"
    book.save(path)
    return path


def of_headings(path: Path, sheet: str, row: int, headings: Iterable[str]) -> Path:
    """A workbook with nothing but headings in one row."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for at, heading in enumerate(headings, 1):
        book.active.cell(row, at, heading)
    book.save(path)
    return path


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """The workbook with more parts in its zip, or others in the place of those that it has."""
    with zipfile.ZipFile(path) as archive:
        there = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**there, **parts}.items():
            archive.writestr(name, content)
    return path


def parts(content: bytes | Path) -> dict[str, bytes]:
    """What each part of a workbook holds."""
    import io

    file = content if isinstance(content, Path) else io.BytesIO(content)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def answer_text(path: Path, *lines: str, encoding: str = "gbk", end: str = "\r\n") -> Path:
    """An answer of the bank, with a title above its headings."""
    said = ("批次查询 2026-09-03", ANSWER_HEADINGS, *lines)
    path.write_bytes((end.join(said) + end).encode(encoding))
    return path


PAID = "BF2026090001|4000020009200111111|819,000.00|兑付 XL01|成功|2026-09-03|B01|"
FAILED = "BF2026090002|755900000020202|300,000.07元|兑付 XL02|失败|||户名不符"
PENDING = "BF2026090003|741900000044|.01|兑付 XL03|处理中|||"
RECEIPT = (
    '<?xml version="1.0" encoding="GBK"?>\n<Voucher><Id>1</Id><PayAmt>{asked}</PayAmt><XPayDate>20260904'
    "</XPayDate><XPayAmt>{done}</XPayAmt><DetailList>{items}</DetailList></Voucher>"
)


def item(ref: str, account: str, asked: str, done: str, why: str = "", flow: str = "") -> str:
    """One payment of the treasury's receipt."""
    return (
        f"<Item><VoucherDetailNo>{ref}</VoucherDetailNo><PayeeAcctNo>{account}</PayeeAcctNo>"
        f"<PayAmt>{asked}</PayAmt><XPayDate>20260904</XPayDate><XAgentBusinessNo>{flow}</XAgentBusinessNo>"
        f"<XPayAmt>{done}</XPayAmt><XAddWord>{why}</XAddWord><Remark>兑付</Remark></Item>"
    )


def receipt(path: Path, asked: str, done: str, *items: str, encoding: str = "gbk") -> Path:
    """The treasury's receipt."""
    path.write_bytes(RECEIPT.format(asked=asked, done=done, items="".join(items)).encode(encoding))
    return path
