"""What letters say is what is stored."""

from casework.award.standing_decision import standing_decision
from casework.core.act import Turn, carry_out
from casework.issuing import letter_facts
from models import Application, Voucher
from papers.letters.approval_letter import ApprovalFacts
from papers.letters.refusal_notice import RefusalFacts
from tests.casework.desk import Desk


def test_an_award_is_told_with_its_rule_and_its_last_day(desk: Desk) -> None:
    case = desk.issued()
    found: list[ApprovalFacts] = []

    def body(turn: Turn) -> None:
        (application,) = desk.rows(Application)
        (voucher,) = desk.rows(Voucher)
        decision = standing_decision(turn.session, application.id)
        assert decision is not None
        found.append(letter_facts.approval_facts(turn, application, decision, voucher))

    carry_out(desk.office, "officer", "export", body)
    (facts,) = found
    assert (facts.case, facts.quota_fen, facts.accepted_fen) == (case, 400_000_000, 800_000_000)
    assert facts.computed_fen == (400_000_000,) and facts.rate == "50%"
    assert facts.valid_until < facts.redeem_by


def test_a_refusal_is_told_with_its_reasons(desk: Desk) -> None:
    desk.decide(desk.submit(contract_amount=49_999_999))
    found: list[RefusalFacts] = []

    def body(turn: Turn) -> None:
        (application,) = desk.rows(Application)
        decision = standing_decision(turn.session, application.id)
        assert decision is not None
        pack = turn.office.policy(turn.session, decision.policy_sha256 or "").pack
        found.append(letter_facts.refusal_facts(turn, application, decision, pack))

    carry_out(desk.office, "officer", "export", body)
    (facts,) = found
    assert "本年度非关联租用金额" in facts.reasons[0].text and facts.remedies.court
