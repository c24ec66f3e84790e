"""The approval letter says everything that an office's approval has to say."""

from datetime import date

import pytest

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.approval_letter import approval
from rules.money import MoneyError
from tests.papers import poppler
from tests.papers.samples import BASIS, approved, fonts, issue


def test_every_element_stands_on_one_page() -> None:
    facts = approved(contract_signed_on=date(2026, 3, 15), binding="申请单位年度上限10,000,000.00元")
    pdf = letter.draw(approval(facts, issue(log_head="a1b2c3d4")), fonts())
    check(pdf)
    text = poppler.text(pdf)
    for element in (
        "深圳市科技创新局",
        "深科创券〔2026〕1号",
        "关于发放训力券的通知",
        "深圳市镕垚智能科技有限公司：",
        "91440300MA5G00001X",
        "XL2026-000123",
        "XLQ2026-00001-7",
        "HT-2026-SZ-00123（2026年3月15日签订）",
        "深圳市智算中心有限公司（第一批入库）",
        BASIS,
        "8,000,000.00元（含税）",
        "初创企业，60%",
        "4,800,000.00元",
        "申请单位年度上限10,000,000.00元",
        "扣除其他资金0.00元",
        "¥4,800,000.00（大写：人民币肆佰捌拾万元整）",
        "2026年7月6日至2027年7月5日",
        "申请兑付",
        "至迟2027年7月31日",
        "追回多得资金",
        "经办：王𬭚",
        "复核：李垚",
        "审定：张镕",
        "2026年7月6日",
        "查验码：7K3M-9QXT-2HVA-C",
        "0755-00000000",
        "日志锚：a1b2c3d4",
        "演示文件",
    ):
        assert element in text, element
    assert {word.page for word in poppler.placed(pdf)} == {1}


@pytest.mark.parametrize(
    ("with_tax", "said"), [(True, "1.00元（含税）"), (False, "1.00元（不含税）"), (None, "1.00元档次和比例")]
)
def test_tax_is_said_only_where_it_is_known(with_tax: bool | None, said: str) -> None:
    text = poppler.text(
        letter.draw(approval(approved(accepted_fen=100, with_tax=with_tax), issue()), fonts())
    )
    assert said in text


def test_only_a_demonstration_says_that_it_is_one() -> None:
    content = approval(approved(), issue(demonstration=False))
    assert content.notice == ""
    assert "演示" not in poppler.text(letter.draw(content, fonts()))


def test_a_quota_below_zero_has_no_capital_letters() -> None:
    with pytest.raises(MoneyError):
        approval(approved(quota_fen=-1), issue())
