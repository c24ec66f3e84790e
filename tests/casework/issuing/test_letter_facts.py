"""What letters say is what is stored."""

from collections.abc import Callable
from typing import TypeVar

from casework.award.standing_decision import standing_decision
from casework.core.act import Turn, carry_out
from casework.issuing import letter_facts
from models import Application, Decision, Voucher
from papers.letters.approval_letter import ApprovalFacts
from papers.letters.refusal_notice import RefusalFacts
from tests.casework.desk import Desk

F = TypeVar("F")


def told(desk: Desk, facts: Callable[[Turn, Application, Decision], F]) -> F:
    found: list[F] = []

    def body(turn: Turn) -> None:
        (application,) = desk.rows(Application)
        decision = standing_decision(turn.session, application.id)
        assert decision is not None
        found.append(facts(turn, application, decision))

    carry_out(desk.office, "officer", "export", body)
    return found[0]


def approved(desk: Desk) -> ApprovalFacts:
    (voucher,) = desk.rows(Voucher)
    return told(desk, lambda turn, case, one: letter_facts.approval_facts(turn, case, one, voucher))


def refused(desk: Desk) -> RefusalFacts:
    return told(desk, letter_facts.refusal_facts)


def test_an_award_is_told_with_its_rule_and_its_last_day(desk: Desk) -> None:
    case = desk.issued()
    facts = approved(desk)
    assert (facts.case, facts.quota_fen) == (case, 400_000_000)
    assert facts.valid_until < facts.redeem_by
    assert facts.basis == "《深圳市打造人工智能先锋城市的若干措施》（深工信规〔2024〕13号）第（二）项"
    assert facts.calculation == (
        ("tier", "一般单位，50%"),
        ("base", "8,000,000.00元（含税）"),
        ("computed", "8,000,000.00元 × 50% ＝ 4,000,000.00元"),
        ("cap", "每个申请单位每年上限10,000,000.00元"),
        ("method", "按比例计算，未超过上限"),
    )
    assert (facts.afterwards, facts.payee) == (False, "buyer")


def test_what_rests_on_another_document_cites_it_beside_the_figure(desk: Desk) -> None:
    desk.issued(contract_amount=1_000_000_000, other_support=300_000_000)
    rows = dict(approved(desk).calculation)
    assert rows["other_support"] == "3,000,000.00元"
    assert rows["deducted"] == (
        "3,000,000.00元（与其他财政资金合计不超过合同金额10,000,000.00元的50%，即5,000,000.00元，"
        "扣减后至多2,000,000.00元）（依据《2026年度训力券申报指南》（示例科创〔2026〕9号）第三条）"
    )


def test_a_refusal_is_told_with_fact_and_standard_and_its_official_document(desk: Desk) -> None:
    desk.decide(desk.submit(contract_amount=49_999_999))
    desk.cite()
    (reason,) = refused(desk).reasons
    assert reason.text == "经核实，你单位本年度非关联租用金额为499,999.99元，不符合“不低于500,000.00元”的规定"
    assert reason.article == "《2026年度训力券申报指南》（示例科创〔2026〕9号）第三条"
    assert refused(desk).remedies.court
