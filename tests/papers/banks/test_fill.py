import dataclasses
from datetime import date
from pathlib import Path

import pytest

from papers.banks import bank_toml, fill, shipped
from papers.banks.bank_fault import BankFault
from papers.banks.payment import Payment
from tests.papers.banks import bank_samples as samples
from tests.papers.banks.bank_samples import PAYMENTS

ON = date(2026, 9, 2)


def test_one_that_the_bank_would_not_take_keeps_all_back(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx")
    bank = bank_toml.read(samples.BANK, tmp_path)
    long = dataclasses.replace(PAYMENTS[1], payee="深" * 31)
    filled = fill.fill(bank, (PAYMENTS[0], long, PAYMENTS[2]), ON)
    assert filled.content == b""
    assert [(each.row, each.ref, each.field) for each in filled.refused] == [(3, "BF2026090002", "payee")]


def test_payments_of_no_file_are_counted_from_one(tmp_path: Path) -> None:
    samples.template(tmp_path / "template.xlsx")
    nobody = Payment("BF9", "", "1", 5)
    (refused,) = fill.fill(bank_toml.read(samples.BANK, tmp_path), (PAYMENTS[0], nobody), ON).refused
    assert (refused.row, refused.field) == (2, "payee")


def test_nothing_to_pay_and_no_way_out_are_told(tmp_path: Path) -> None:
    bank = bank_toml.read(samples.BANK, tmp_path)
    with pytest.raises(BankFault, match=r"bank.fill.empty"):
        fill.fill(bank, (), ON)
    with pytest.raises(BankFault, match=r"bank.fill.none"):
        fill.fill(dataclasses.replace(bank, fill=None), PAYMENTS, ON)


def test_the_treasurys_request_takes_the_allotment_and_the_classifications() -> None:
    bank = bank_toml.load(shipped.path_of("treasury"))
    more = {
        "allotment_no": "深财〔2026〕9号",
        "upper_allotment_no": "",
        "fund_type": "111",
        "function_code": "2159999",
        "government_code": "50799",
        "department_code": "31299",
        "project_code": "440300230000000012345",
        "pay_type": "1",
    }
    asked = dataclasses.replace(PAYMENTS[0], more=more, bank="样例银行南山支行", cnaps="102584000123")
    lines = fill.fill(bank, (asked,), ON).content.decode("gb18030").splitlines()
    assert dict(zip(*(line.split(",") for line in lines), strict=True)) == {
        "申请编号": "BF2026090001",
        "申请日期": "20260902",
        "财政区划": "440300000",
        "预算单位": "预算单位编码",
        "本级指标文号": "深财〔2026〕9号",
        "上级指标文号": "",
        "资金性质": "111",
        "功能分类科目": "2159999",
        "政府预算经济分类科目": "50799",
        "部门经济分类科目": "31299",
        "项目代码": "440300230000000012345",
        "支付方式": "1",
        "付款账号": "零余额账户账号",
        "付款户名": "零余额账户名称",
        "付款开户行": "代理银行名称",
        "收款账号": "4000020009200111111",
        "收款户名": "深圳市云海样例算力有限公司",
        "收款开户行": "样例银行南山支行",
        "联行号": "102584000123",
        "金额": "819000.00",
        "用途": "兑付 XL01",
    }
    wrong = dataclasses.replace(asked, more={**more, "allotment_no": "", "function_code": "215"})
    assert [each.field for each in fill.fill(bank, (wrong,), ON).refused] == ["allotment_no", "function_code"]
    with pytest.raises(BankFault) as caught:
        fill.fill(bank, PAYMENTS, ON)
    assert caught.value.params == {"column": "allotment_no"}


def test_the_text_that_ships_is_in_fen_with_its_sum() -> None:
    bank = bank_toml.load(shipped.path_of("icbc-text"))
    text = fill.fill(bank, PAYMENTS, ON).content.decode("gbk")
    lines = text.split("\r\n")
    assert lines[2] == "RMB|20260902|1|111900008|3|"
    assert lines[5].split("|")[11:14] == ["4000020009200111111", "深圳市云海样例算力有限公司", "81900000"]
    assert lines[-2:] == ["*", ""]
