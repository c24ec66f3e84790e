from pathlib import Path

import pytest

from papers.banks import bank_toml, pattern
from papers.banks.bank_fault import BankFault
from tests.papers.banks.bank_samples import BANK


def read(text: str) -> bank_toml.Bank:
    return bank_toml.read(text, Path("/office"))


def refused(text: str) -> BankFault:
    with pytest.raises(BankFault) as caught:
        read(text)
    caught.value.params["file"] = "我的银行.toml"
    assert [caught.value.say(lang)[-1] for lang in ("zh", "en")] in (["。", "."], ["）", ")"])
    return caught.value


def test_what_a_file_says() -> None:
    bank = read(BANK)
    assert bank.fill is not None and bank.answer is not None
    assert bank.fill.template == Path("/office/template.xlsx")
    assert (bank.fill.first_row, bank.fill.unit_fen, bank.fill.limits.rows) == (4, 100, 500)
    assert [column.place for column in bank.fill.columns][:3] == ["序号", "付款账号", "收款账号"]
    assert pattern.names(bank.fill.columns[1].says) == ("payer_account",)
    assert bank.answer.words == {
        "成功": "paid",
        "失败": "failed",
        "拒绝*": "failed",
        "处理中": "pending",
        "已退汇": "returned",
    }


def test_a_column_that_holds_one_field_is_called_by_it() -> None:
    fill = read(BANK.replace('"{purpose}"', '"{ref} {purpose}"')).fill
    assert fill is not None
    assert [column.field for column in fill.columns] == [
        "序号",
        "payer_account",
        "account",
        "payee",
        "amount",
        "用途",
        "加急",
        "ref",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"{payee}"', '"{payer}"', "bank.toml.name"),
        ('"{account}"', '"12345"', "bank.toml.without"),
        ('"{payee}"', '"某某"', "bank.toml.without"),
        ('"{amount}"', '"5.00"', "bank.toml.without"),
        ('"{amount}"', '"{amount}元"', "bank.toml.amount_alone"),
        ('"{purpose}"', '"{purpose"', "bank.toml.braces"),
        ("first_row = 4", "", "bank.toml.missing"),
        ('template = "template.xlsx"', "", "bank.toml.missing"),
        ('form = "workbook"', 'form = "excel"', "bank.toml.word"),
        ('date = "YYYYMMDD"', 'date = "YYMMDD"', "bank.toml.date"),
        ("first_row = 4", "first_row = 4\nencodin = 'gbk'", "bank.toml.unknown"),
        ("first_row = 4", "first_row = 4\nencoding = 'ansi-cn'", "bank.toml.codec"),
        ("first_row = 4", "first_row = 4\nnumbers = ['行号']", "bank.toml.no_column"),
        ("payer_account =", "account =", "bank.toml.constant"),
        ("[fill.limits.payee]", "[fill.limits.payer]", "bank.toml.unknown"),
        ("bytes = 60", "bytes = 0.5", "bank.toml.kind"),
        ("bytes = 60", "most = '5'", "bank.toml.only_amount"),
        ('status = "状态"', "", "bank.toml.missing"),
        ('amount = "金额"', "", "bank.toml.missing"),
        ('paid = ["成功"]', "", "bank.toml.missing"),
        ('pending = ["处理中"]', 'pending = ["成 功"]', "bank.toml.two_meanings"),
        ('name = "滨海样例银行"', "", "bank.toml.missing"),
    ],
)
def test_what_is_not_certain_is_refused(old: str, new: str, code: str) -> None:
    assert old in BANK
    assert refused(BANK.replace(old, new)).code == code


def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "我的银行.toml"
    path.write_bytes(b"\xef\xbb\xbf" + BANK.replace('"{payee}"', '"{payeee}"').replace("\n", "\r\n").encode())
    with pytest.raises(BankFault) as caught:
        bank_toml.load(path)
    assert caught.value.say() == ("“我的银行.toml”第 18 行：不认识花括号里的“payeee”，可以写的是：payee。")
    path.write_bytes(BANK.encode("gbk"))
    with pytest.raises(BankFault, match=r"bank.toml.encoding"):
        bank_toml.load(path)


def test_a_file_for_neither_way_is_none() -> None:
    assert refused('name = "x"').code == "bank.toml.nothing"


def test_a_text_needs_its_encoding_and_its_mark() -> None:
    text = BANK.replace('"workbook"', '"text"').replace('sheet = "批量付款"', "")
    assert refused(text).params["key"] == "fill.encoding"
    assert refused(text.replace("first_row", 'encoding = "gbk"\nfirst_row')).params["key"] == "fill.separator"
    with_total = text.replace("first_row", 'encoding = "gbk"\nseparator = "|"\nhead = "{number}"\nfirst_row')
    assert refused(with_total).code == "bank.toml.name"
