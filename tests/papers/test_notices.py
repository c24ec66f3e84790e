"""Refusal, correction and recovery: the reason, the basis, the remedies and their terms."""

from datetime import date

import pytest

from papers import letter
from papers.notices import (
    CorrectionFacts,
    Defect,
    Reason,
    RecoveryFacts,
    RefusalFacts,
    correction,
    numbered,
    recovery,
    refusal,
)
from papers.pdfa import check
from tests.papers import poppler
from tests.papers.samples import BASIS, REMEDIES, fonts, issue

COMMON = ("训力券", "深圳市堃䶮科技有限公司", "XL2026-000124")
REMEDY = (
    "如不服本决定，可以自收到本文书之日起60日内向深圳市人民政府申请行政复议，"
    "或者自收到本文书之日起6个月内向深圳市盐田区人民法院提起行政诉讼。"
)


def refused(*reasons: Reason) -> RefusalFacts:
    return RefusalFacts(*COMMON, "HT-2026-77", date(2026, 5, 20), reasons, REMEDIES)


def test_a_refusal_names_reason_article_and_remedies() -> None:
    pdf = letter.draw(
        refusal(refused(Reason("租用金额499,999.99元，低于500,000.00元", BASIS)), issue()), fonts()
    )
    check(pdf)
    text = poppler.text(pdf)
    assert "不予训力券资助告知书" in text
    assert f"租用金额499,999.99元，低于500,000.00元（依据{BASIS}）。" in text
    assert REMEDY in text


def test_several_reasons_are_numbered_and_one_is_not() -> None:
    assert [paragraph.text[:2] for paragraph in numbered(["甲。", "乙。", "丙。"])] == ["1.", "2.", "3."]
    assert numbered(["甲。"])[0].text == "甲。"


def test_a_refusal_without_a_reason_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        refusal(refused(), issue())


def test_a_correction_lists_each_defect_with_its_field_and_the_day_it_is_due() -> None:
    defects = (Defect("服务合同", "缺少签章页"), Defect("成立日期", "与营业执照不一致"))
    facts = CorrectionFacts(*COMMON, date(2026, 5, 20), 2, defects, date(2026, 6, 10))
    pdf = letter.draw(correction(facts, issue()), fonts())
    check(pdf)
    text = poppler.text(pdf)
    for part in (
        "训力券申请补正通知书",
        "1.服务合同：缺少签章页。",
        "2.成立日期：与营业执照不一致。",
        "2026年6月10日前",
        "第2次补正",
    ):
        assert part in text
    with pytest.raises(ValueError):
        correction(CorrectionFacts(*COMMON, date(2026, 5, 20), 1, (), date(2026, 6, 10)), issue())


def test_a_recovery_says_how_much_by_when_where_to_and_how_to_object() -> None:
    facts = RecoveryFacts(
        *COMMON,
        "深科创券〔2026〕1号",
        "服务合同已提前终止",
        BASIS,
        480_000_000,
        180_000_000,
        123_456,
        (("收款户名", "深圳市财政局"), ("账号", "0000000000000000001")),
        REMEDIES,
    )
    pdf = letter.draw(recovery(facts, issue()), fonts())
    check(pdf)
    text = poppler.text(pdf)
    for part in (
        "训力券资金追回通知书",
        "深科创券〔2026〕1号",
        "服务合同已提前终止",
        "4,800,000.00元",
        "1,800,000.00元",
        "1,234.56元",
        "¥1,801,234.56（大写：人民币壹佰捌拾万壹仟贰佰叁拾肆元伍角陆分）",
        "收到之日起15日内",
        "0000000000000000001",
        "5个工作日内",
        "听证",
        "强制执行",
    ):
        assert part in text, part
    assert REMEDY in text.replace("—1—", "").replace("—2—", "")
