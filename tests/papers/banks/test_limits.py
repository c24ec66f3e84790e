import dataclasses
from pathlib import Path

import pytest

from papers.banks import bank_toml, limits
from papers.banks.payment import Payment, Refusal
from tests.papers.banks.bank_samples import BANK, PAYMENTS

GOOD = PAYMENTS[0]
AT = "第 2 行（BF2026090001）"


def check(*payments: Payment, text: str = BANK) -> list[Refusal]:
    bank = bank_toml.read(text, Path("/office"))
    assert bank.fill is not None
    values = [
        {name: each.says(name) for name in ("ref", "payee", "account", "amount", "purpose", "bank")}
        | {"number": "1", "payer_account": "44"}
        for each in payments
    ]
    return limits.refused(bank.fill, payments, values)


def said(*payments: Payment, text: str = BANK) -> list[str]:
    return [each.say() for each in check(*payments, text=text)]


def changed(**what: object) -> Payment:
    return dataclasses.replace(GOOD, **what)  # type: ignore[arg-type]


def test_what_fits_is_not_refused() -> None:
    assert check(*PAYMENTS) == []


def test_a_name_is_counted_in_bytes_of_gbk() -> None:
    """Thirty Chinese characters are the sixty bytes; a rare one of GB 18030 is four."""
    assert check(changed(payee="深" * 30)) == []
    assert said(changed(payee="深" * 30 + "a")) == [
        f"{AT}payee：有 61 个字节（汉字算两个），银行最多收 60 个。"
    ]
    assert said(changed(payee="深" * 29 + "𠮷")) == [
        f"{AT}payee：有 62 个字节（汉字算两个），银行最多收 60 个。"
    ]


@pytest.mark.parametrize(
    ("what", "field", "sentence"),
    [
        ({"purpose": "兑" * 21}, "purpose", f"{AT}purpose：有 21 个字，银行最多收 20 个。"),
        ({"purpose": "兑|付"}, "purpose", f"{AT}purpose：含有银行不收的字符 |。"),
        ({"payee": ""}, "payee", f"{AT}payee：没有填写。"),
        (
            {"account": "4000 0200"},
            "account",
            f"{AT}账号“4000 0200”含有数字、字母、连字符以外的字符，请核对。",
        ),
        ({"account": "６２２２"}, "account", f"{AT}账号“６２２２”含有数字、字母、连字符以外的字符，请核对。"),
        ({"amount_fen": 0}, "amount", f"{AT}金额 0.00 元不能付：必须大于零，并在可受理的范围内。"),
        ({"amount_fen": -5}, "amount", f"{AT}金额 -0.05 元不能付：必须大于零，并在可受理的范围内。"),
        ({"payee": "甲\n乙"}, "payee", f"{AT}payee：含有换行或看不见的字符，请重新填写。"),
    ],
)
def test_each_limit_is_told_with_its_row(what: dict[str, object], field: str, sentence: str) -> None:
    refused = check(changed(**what))
    assert [each.say() for each in refused if each.field == field][:1] == [sentence]


def test_a_reference_stands_once() -> None:
    assert said(GOOD, changed(row=3)) == ["第 3 行的编号 BF2026090001 与第 2 行相同：一笔付款一个编号。"]


def test_what_a_file_may_hold_in_all() -> None:
    text = BANK.replace("rows = 500", 'rows = 2\ntotal = "1000000.00"')
    assert said(*PAYMENTS, text=text) == [
        "第 4 行（BF2026090003）起超出：文件共 3 笔，银行一个文件最多 2 笔，请分成几份。",
        "到第 3 行（BF2026090002）为止合计 1,119,000.07 元，超过银行一个文件的最高金额 1,000,000.00 元。",
    ]
    assert [
        each.code
        for each in check(*PAYMENTS, text=BANK.replace("first_row = 4", "first_row = 4\nlast_row = 5"))
    ] == ["bank.limit.rows"]


def test_words_digits_and_amounts_of_a_bank() -> None:
    text = BANK.replace(
        "[fill.limits.payee]",
        """[fill.limits.amount]
least = "0.01"
most = "50000.00"
[fill.limits.account]
digits = "15-19"
[fill.limits."加急"]
one_of = ["是"]
[fill.limits.payee]""",
    )
    assert set(said(changed(account="123"), text=text)) == {
        f"{AT}金额不在银行受理的 0.01 元至 50,000.00 元之间。",
        f"{AT}account：“123”不是 15 至 19 位数字。",
        f"{AT}加急：“否”不在银行规定的用词之内：是。",
    }


def test_a_text_takes_neither_its_own_mark_nor_what_its_encoding_lacks() -> None:
    text = BANK.replace('"workbook"', '"text"\nencoding = "gbk"\nseparator = "|"').replace(
        'sheet = "批量付款"', ""
    )
    text = text.replace('forbidden = "|"', "")
    assert said(changed(purpose="兑|付", payee="㙍𠮷公司"), text=text) == [
        f"{AT}payee：银行文件的编码 GBK 没有这些字：㙍𠮷。请问银行怎样写。",
        f"{AT}purpose：含有银行文件用来分栏的 |，请改写。",
    ]
    assert limits.unwritable("㙍公㙍𠮷", "gbk") == "㙍𠮷"
