"""The approval letter says everything that an office's approval has to say."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.approval_letter import approval
from papers.letters.letter_content import Figures
from papers.letters.letter_issue import Issue
from rules.money import MoneyError
from tests.papers import poppler
from tests.papers.samples import BASIS, approved, fonts, issue

TABLE = (
    "91440300MA5G00001X",
    "XLQ2026-00001-7",
    "HT-2026-SZ-00123（2026年3月15日签订）",
    "深圳市智算中心有限公司（第一批入库）",
    "8,000,000.00元（含税）",
    "初创企业，60%",
    "8,000,000.00元×60%＝4,800,000.00元",
    "申请单位年度上限10,000,000.00元",
    "额度确定方式按比例计算，未超过上限",
    "4,800,000.00元（大写：人民币肆佰捌拾万元整）",
    "2026年7月6日至2027年7月5日",
)


def drawn(own: Issue | None = None, **changes: object) -> bytes:
    return letter.draw(approval(approved(**changes), own or issue()), fonts())


def test_every_element_stands_there() -> None:
    pdf = drawn(contract_signed_on=date(2026, 3, 15))
    check(pdf)
    text = poppler.text(pdf)
    for element in (
        *TABLE,
        "深圳市科技创新局",
        "深科创券〔2026〕1号",
        "训力券资助通知书",
        "深圳市镕垚智能科技有限公司：",
        "（申报编号XL2026-000123）已经审定。依据" + BASIS,
        "并至迟于2027年7月31日凭合同、发票、付款凭证和使用凭证向我局申请兑付",
        "逾期未申请兑付的，剩余额度失效",
        "合同变更、提前终止的，应当及时书面报告我局，我局据实重新核定",
        "弄虚作假骗取资助的，撤销资助",
        "自收到本通知书之日起60日内向深圳市人民政府申请行政复议",
        "6个月内依法向深圳市盐田区人民法院提起行政诉讼",
        "2026年7月6日",
        "查验码：7K3M-9QXT-2HVA-C",
        "请登录0755-00000000输入查验码核验",
        "演示文件",
    ):
        assert element in text, element
    for inside in ("经办", "复核", "审定：", "日志"):
        assert inside not in text, inside


def test_the_table_stands_whole_on_one_page() -> None:
    many = tuple(("cap", f"上限之{number}：10,000,000.00元") for number in range(12))
    for calculation in (approved().calculation, many):
        pdf = drawn(calculation=calculation)
        (lines,) = [block for block in approval(approved(calculation=calculation), issue()).body
                    if isinstance(block, Figures)]  # fmt: skip
        names = {pair[0] for row in lines.rows for pair in row} - {"服务机构"}
        pages = {word.page for word in poppler.placed(pdf) if word.text in names}
        assert len(pages) == 1
        assert {word.page for word in poppler.placed(pdf)} == {1, 2}


def test_a_scheme_that_pays_afterwards_has_no_voucher_and_no_validity() -> None:
    text = poppler.text(drawn(afterwards=True, scheme="光明区算力支持"))
    assert "关于给予光明区算力支持资金的通知" in text
    assert "核定金额4,800,000.00元" in text
    assert "向我局申请拨付" in text
    for of_vouchers in ("券编号", "有效期", "兑付", "额度失效"):
        assert of_vouchers not in text, of_vouchers


def test_where_the_provider_redeems_the_letter_says_so() -> None:
    text = poppler.text(drawn(payee="provider"))
    assert "由深圳市智算中心有限公司在结算时抵扣，并由深圳市智算中心有限公司至迟于2027年7月31日" in text
    assert "向我局申请兑付" in text


def test_the_papers_for_a_claim_are_those_that_the_office_names() -> None:
    text = poppler.text(drawn(papers="结算单、发票和算力使用记录"))
    assert "凭结算单、发票和算力使用记录向我局申请兑付" in text and "付款凭证" not in text
    assert "凭合同、发票、抵扣凭证和使用凭证向我局" in poppler.text(drawn(payee="provider"))


def test_what_a_scheme_does_not_have_has_no_row() -> None:
    text = poppler.text(drawn(provider="", provider_batch="", contract_no=""))
    assert "服务机构" not in text and "服务合同编号" not in text
    assert "深圳市智算中心有限公司服务" not in text
    assert "（入库）" not in poppler.text(drawn(provider_batch=""))


def test_where_no_contract_is_supported_the_letter_speaks_of_none() -> None:
    none: dict[str, Any] = {"of_contract": False, "contract_no": "", "provider": "", "provider_batch": ""}
    text = poppler.text(drawn(afterwards=True, **none))
    assert "凭有关证明材料向我局申请拨付" in text and "合同" not in text
    assert "申请所依据的情况发生变化的，应当及时书面报告我局" in text
    text = poppler.text(drawn(payee="provider", **none))
    assert "请在有效期内向服务机构使用，费用由服务机构在结算时抵扣" in text and "合同" not in text
    assert "凭抵扣凭证和使用凭证向我局申请兑付" in text


def test_only_a_demonstration_says_that_it_is_one() -> None:
    content = approval(approved(), issue(mark=""))
    assert content.notice == ""
    assert "演示" not in poppler.text(letter.draw(content, fonts()))


def test_an_office_whose_passwords_are_known_says_so_on_its_letters() -> None:
    content = approval(approved(), issue(mark="known_passwords"))
    assert "密码公开" in poppler.text(letter.draw(content, fonts()))


def test_an_office_speaks_of_itself_by_its_own_name() -> None:
    text = poppler.text(drawn(replace(issue(), self_name="我委")))
    assert "向我委申请兑付" in text and "我局" not in text


def test_a_quota_below_zero_has_no_capital_letters() -> None:
    with pytest.raises(MoneyError):
        approval(approved(quota_fen=-1), issue())
