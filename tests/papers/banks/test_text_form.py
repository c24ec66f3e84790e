from datetime import date
from pathlib import Path

import pytest

from papers.banks import bank_toml, fill
from papers.banks.bank_fault import BankFault
from tests.papers.banks.bank_samples import PAYMENTS

BANK = """
name = "以分计的文本"
[constants]
payer = "样例局"
[fill]
form = "text"
encoding = "gbk"
separator = "|"
closed = true
unit = "fen"
date = "YYYYMMDD"
head = ["#总计信息", "RMB|{date}|1|{total}|{count}|"]
foot = "*"
[fill.columns]
"序号" = "{number:04}"
"付款户名" = "{payer}"
"收款账号" = "{account}"
"收款户名" = "{payee}"
"金额" = "{amount}"
"编号" = "{ref}"
"""


def made(folder: Path, text: str = BANK) -> bytes:
    return fill.fill(bank_toml.read(text, folder), PAYMENTS[:2], date(2026, 9, 2)).content


def test_head_lines_and_foot_in_fen_and_gbk(tmp_path: Path) -> None:
    assert made(tmp_path).decode("gbk") == (
        "#总计信息\r\n"
        "RMB|20260902|1|111900007|2|\r\n"
        "0001|样例局|4000020009200111111|深圳市云海样例算力有限公司|81900000|BF2026090001|\r\n"
        "0002|样例局|755900000020202|样例理工大学（深圳）|30000007|BF2026090002|\r\n"
        "*\r\n"
    )


def test_a_text_of_the_banks_stands_above(tmp_path: Path) -> None:
    text = BANK.replace(
        'form = "text"', 'form = "text"\ntemplate = "模板.txt"\nfirst_row = 3\nline_end = "lf"'
    )
    text = text.replace('head = ["#总计信息", "RMB|{date}|1|{total}|{count}|"]', "").replace(
        "closed = true", ""
    )
    (tmp_path / "模板.txt").write_bytes("银行抬头\r\n序号|户名\r\n\r\n".encode("gbk"))
    assert made(tmp_path, text).decode("gbk").splitlines()[:3] == [
        "银行抬头",
        "序号|户名",
        "0001|样例局|4000020009200111111|深圳市云海样例算力有限公司|81900000|BF2026090001",
    ]
    (tmp_path / "模板.txt").write_bytes("银行抬头\r\n序号|户名\r\n1|示例\r\n".encode("gbk"))
    with pytest.raises(BankFault, match=r"bank.template.below"):
        made(tmp_path, text)
    (tmp_path / "模板.txt").write_bytes("银行抬头\r\n".encode("gbk"))
    with pytest.raises(BankFault, match=r"bank.template.short"):
        made(tmp_path, text)
    (tmp_path / "模板.txt").write_bytes("银行抬头㙍\r\n".encode())
    with pytest.raises(BankFault, match=r"bank.template"):
        made(tmp_path, text)


def test_what_the_encoding_lacks_is_told(tmp_path: Path) -> None:
    with pytest.raises(BankFault) as caught:
        made(tmp_path, BANK.replace("#总计信息", "#总计信息㙍"))
    assert caught.value.params == {"letters": "㙍", "encoding": "GBK"}
