"""Recovery: how much, by when, where to, and how to object."""

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.recovery_notice import RecoveryFacts, recovery
from papers.letters.remedies import remedies_paragraph
from tests.papers import poppler
from tests.papers.samples import BASIS, REMEDIES, fonts, issue

COMMON = ("训力券", "深圳市堃䶮科技有限公司", "XL2026-000124")


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
        "1,801,234.56元（大写：人民币壹佰捌拾万壹仟贰佰叁拾肆元伍角陆分）",
        "收到之日起15日内",
        "0000000000000000001",
        "5个工作日内",
        "听证",
        "强制执行",
    ):
        assert part in text, part
    assert remedies_paragraph(REMEDIES, "recovery") in recovery(facts, issue()).body
