"""A letter without what it needs is refused, and all that is missing is said at once."""

import pytest

from casework.core.refused import Refused
from casework.issuing import approval, letters, vouchers
from casework.outgoing.voucher_ledger import voucher_lines
from casework.rulebook import supplements
from models import Letter, Supplement
from tests.casework.desk import MINUTES, Desk
from tests.casework.stored_letter import stored
from tests.papers import poppler


def revoke(desk: Desk, *parameters: str) -> None:
    for row in desk.rows(Supplement):
        if row.parameter in parameters and row.state == "confirmed":
            supplements.revoke_supplement(desk.office, "approver2", row.id, "另行规定")


def test_no_letter_while_the_tax_basis_is_unset(desk: Desk) -> None:
    case = desk.issued()
    revoke(desk, "tax_basis")
    with pytest.raises(Refused, match=r"refused\.unset") as caught:
        letters.issue_approval(desk.office, "officer", case)
    assert "核定基数是否含税" in caught.value.say()
    desk.set("tax_basis", "without")
    letters.issue_approval(desk.office, "officer", case)


def test_no_letter_says_without_tax_of_an_amount_that_has_it(desk: Desk) -> None:
    case = desk.issued(net_amount=754_716_981)
    revoke(desk, "tax_basis")
    desk.set("tax_basis", "without")
    with pytest.raises(Refused, match="base_has_tax") as caught:
        letters.issue_approval(desk.office, "officer", case)
    assert "8,000,000.00" in caught.value.say() and "7,547,169.81" in caught.value.say()


def test_all_that_is_missing_is_said_at_once(desk: Desk) -> None:
    case = desk.issued(contract_amount=1_000_000_000, other_support=300_000_000)
    revoke(desk, "tax_basis", "redemption_days", "source:other_support")
    with pytest.raises(Refused, match="several") as caught:
        letters.issue_approval(desk.office, "officer", case)
    said = caught.value.say()
    for missing in ("核定基数是否含税", "兑付申请期限", "“各级智能算力财政支持合计”的依据只是摘要"):
        assert missing in said
    assert caught.value.say("en").count("tax") >= 1
    assert [each for each in desk.rows(Letter) if each.kind == "approval"] == []


def test_no_refusal_rests_on_a_digest(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999)
    desk.decide(case)
    with pytest.raises(Refused, match="digest_only") as caught:
        letters.issue_refusal(desk.office, "approver", case)
    assert "本年度非关联租用金额" in caught.value.say()
    desk.cite()
    letters.issue_refusal(desk.office, "approver", case)


def test_what_an_older_office_set_and_means_nothing_is_refused_by_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.issued()
    revoke(desk, "tax_basis")
    with monkeypatch.context() as patch:
        patch.setattr("casework.rulebook.supplements.TERM_VALUES", {})
        desk.set("tax_basis", "gross")
    with pytest.raises(Refused, match="means_nothing") as caught:
        letters.issue_approval(desk.office, "officer", case)
    assert "gross" in caught.value.say() and "“深圳市训力券（2026年度）”" in caught.value.say()
    assert "without" not in caught.value.say() and "（without）" in caught.value.say_with_ids()


def test_a_letter_tells_what_is_held_from_what_was_awarded(desk: Desk) -> None:
    desk.set_terms()
    before = desk.submit(contract_no="HT-0", contract_amount=200_000_000)
    blocked = desk.submit(contract_no="HT-1", contract_amount=800_000_000, related_party=None)
    case = desk.submit(contract_no="HT-2", contract_amount=600_000_000)
    assert [desk.decide(each).holds_fen for each in (before, blocked)] == [100_000_000, 400_000_000]
    desk.decide(case)
    desk.publish_and_end(case)
    approval.approve(desk.office, "approver", case, MINUTES)
    vouchers.issue_voucher(desk.office, "officer", case)
    letters.issue_approval(desk.office, "officer", case)
    with desk.office.read() as session:
        text = poppler.text(stored(session, desk.rows(Letter)[-1].id)).replace("\n", "")
        (line,) = voucher_lines(desk.office, session, desk.office.today())
    assert "上限10,000,000.00元，此前已获核定额度1,000,000.00元、为待定申请预留4,000,000.00元，" in text
    assert line.cap_used_fen == 100_000_000
    assert desk.state(blocked) == "suspended"
