"""Recovery: a notice that can be answered first, then a decision that can be contested and enforced."""

from dataclasses import replace
from datetime import date

from papers.drawing.pdfa import check
from papers.letters import letter
from papers.letters.letter_content import LetterContent
from papers.letters.recovery_notice import (
    Heard,
    Interest,
    RecoveryFacts,
    recovery_decision,
    recovery_notice,
)
from tests.papers import poppler
from tests.papers.samples import BASIS, REMEDIES, fonts, issue

FACTS = RecoveryFacts(
    "训力券",
    "深圳市堃䶮科技有限公司",
    "XL2026-000124",
    "深科创券发〔2026〕1号",
    "服务合同已提前终止",
    BASIS,
    480_000_000,
    180_000_000,
    Interest(123_456, "《深圳市市级财政专项资金管理办法》第三十条", date(2026, 8, 1)),
)
HEARD = Heard("深科创券追告〔2026〕1号", date(2026, 9, 1), "你单位未在期限内提出陈述、申辩，也未要求听证")
ACCOUNT = (("收款户名", "深圳市财政局"), ("账号", "0000000000000000001"))
FOUND = (
    "你单位依据深科创券发〔2026〕1号领取训力券资金4,800,000.00元（申报编号XL2026-000124）。"
    f"经查，服务合同已提前终止，不符合{BASIS}的规定。"
)


def text_of(content: LetterContent) -> str:
    pdf = letter.draw(content, fonts())
    check(pdf)
    return poppler.text(pdf).replace("—1—", "").replace("—2—", "")


def test_a_prior_notice_tells_what_is_intended_and_how_to_answer_and_orders_nothing() -> None:
    text = text_of(recovery_notice(FACTS, issue()))
    for part in (
        "训力券资金追回事先告知书",
        FOUND,
        "我局拟决定追回",
        "1,800,000.00元",
        "1,234.56元（依据《深圳市市级财政专项资金管理办法》第三十条，自2026年8月1日起算）",
        "1,801,234.56元（大写：人民币壹佰捌拾万壹仟贰佰叁拾肆元伍角陆分）",
        "自收到本告知书之日起5个工作日内",
        "逾期未提出的，视为放弃陈述、申辩和要求听证的权利",
    ):
        assert part in text, part
    assert "行政复议" not in text and "强制执行" not in text


def test_a_decision_tells_what_was_heard_where_to_pay_and_how_it_is_contested_and_enforced() -> None:
    text = text_of(recovery_decision(FACTS, HEARD, ACCOUNT, REMEDIES, issue()))
    for part in (
        "训力券资金追回决定书",
        FOUND,
        "深科创券追告〔2026〕1号",
        "你单位未在期限内提出陈述、申辩",
        "自收到本决定书之日起15日内",
        "0000000000000000001",
        "自收到本决定书之日起60日内向深圳市人民政府申请行政复议",
        "在法定期限内不申请行政复议、不提起行政诉讼，又不履行本决定的，经催告后，我局将依法申请人民法院强制执行",
    ):
        assert part in text, part


def test_no_basis_no_interest() -> None:
    text = text_of(recovery_notice(replace(FACTS, interest=None), issue()))
    assert "利息" not in text and "1,800,000.00元（大写" in text
