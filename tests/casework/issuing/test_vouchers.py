"""Vouchers: a quota, a code of its own, a last day."""

import datetime

import pytest

from casework.boards import policy_board
from casework.core import numbers
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.issuing import approval, letters, vouchers
from casework.rulebook import supplements
from models import Letter, Voucher
from papers.chinese import on as on_paper
from tests.casework.desk import CODE, MINUTES, PROVIDER, TERMS, Desk, allot
from tests.casework.stored_letter import stored
from tests.papers import poppler


def test_a_voucher_has_its_quota_a_whole_code_and_twelve_months(desk: Desk) -> None:
    case = desk.approved()
    on = desk.office.today()
    change = vouchers.issue_voucher(desk.office, "officer", case)
    voucher = desk.rows(Voucher)[0]
    assert (voucher.quota_fen, voucher.used_fen, voucher.state) == (400_000_000, 0, "issued")
    assert voucher.issued_on == on
    assert voucher.valid_until == on.replace(year=on.year + 1) - datetime.timedelta(days=1)
    assert numbers.is_voucher_code(voucher.code) and change.facts["code"] == voucher.code
    assert desk.state(case) == "issued"


def test_no_validity_no_voucher(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    for parameter in ("publicity_days",):
        desk.set(parameter, "1")
    from casework.issuing import publicity

    publicity.publish(desk.office, "officer", 1)
    desk.days(10)
    publicity.end_publicity(desk.office, "officer", 1)
    approval.approve(desk.office, "approver", case, MINUTES)
    with pytest.raises(Refused) as refused:
        vouchers.issue_voucher(desk.office, "officer", case)
    assert refused.value.params["parameter"] == "validity_months"
    assert desk.state(case) == "approved"


def test_a_voucher_is_issued_once(desk: Desk) -> None:
    case = desk.issued()
    with pytest.raises(Refused, match="state"):
        vouchers.issue_voucher(desk.office, "officer", case)


def test_a_source_that_repeats_itself_is_no_source(desk: Desk) -> None:
    first = desk.submit()
    second = desk.submit(contract_no="HT-2", contract_amount=700_000_000)
    for case in (first, second):
        desk.decide(case)
    desk.publish_and_end(first, second)
    desk.office.entropy = lambda count: bytes(range(count))
    for case in (first, second):
        approval.approve(desk.office, "approver", case, MINUTES)
    vouchers.issue_voucher(desk.office, "officer", first)
    with pytest.raises(Refused, match="no_entropy"):
        vouchers.issue_voucher(desk.office, "officer", second)


def test_money_that_is_paid_out_afterwards_needs_no_validity(desk: Desk) -> None:
    """Its letter prints none; the last day to ask for it is counted from the day of the award."""
    on = datetime.date(2025, 6, 3)
    facts = {
        "applied_at": datetime.datetime(2025, 6, 3, 9), "applicant": CODE, "applicant_name": "湾畔公司",
        "applicant_kind": "enterprise", "founded_on": datetime.date(2020, 3, 1), "provider": PROVIDER,
        "contract_no": "HT-1", "signed_on": on, "contract_amount": 800_000_000, "support_year": 2,
    }  # fmt: skip
    scheme = "guangming-compute-subsidy"
    case = counter_entry.submit(desk.office, "officer", facts, scheme=scheme).facts["case"]
    for parameter in ("publicity_days", "redemption_days", "tax_basis"):
        given = supplements.propose_supplement(
            desk.office, "officer", f"{scheme}@2025", parameter, TERMS[parameter], "纪要"
        )
        supplements.confirm_supplement(desk.office, "approver", given.facts["supplement"])
    allot(desk.office, f"{scheme}/2025", 1_000_000_000)
    desk.decide(case)
    desk.publish_and_end(case)
    approval.approve(desk.office, "approver", case, MINUTES)
    assert "validity_months" not in {
        wait.parameter for one in policy_board.board(desk.office) for wait in one.waits
    }
    vouchers.issue_voucher(desk.office, "officer", case)
    (voucher,) = desk.rows(Voucher)
    assert (voucher.issued_on, voucher.valid_until) == (desk.office.today(), desk.office.today())
    letters.issue_approval(desk.office, "officer", case)
    last = voucher.issued_on + datetime.timedelta(days=30)
    with desk.office.read() as session:
        text = poppler.text(stored(session, desk.rows(Letter)[-1].id))
    assert f"至迟于{on_paper(last)}" in text and "有效期" not in text
