"""The side ways out of a case: money comes back by entries, and what was left is taken up where it was."""

import pytest

from casework.core.refused import Refused
from casework.issuing import withdraw_suspend_revoke
from casework.review import checking
from models import Voucher
from tests.casework.desk import Desk


def test_a_withdrawn_case_gives_back_what_was_reserved(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    withdraw_suspend_revoke.withdraw(desk.office, "officer", case, "单位申请撤回")
    assert desk.state(case) == "withdrawn"
    assert desk.budget()[2:] == (0, 0)
    assert desk.cap_used() == 0


def test_a_suspended_case_goes_on_where_it_was_left(desk: Desk) -> None:
    case = desk.submit()
    checking.review(desk.office, "officer", case, "special_audit")
    withdraw_suspend_revoke.suspend(desk.office, "approver", case, "等待审计")
    withdraw_suspend_revoke.resume(desk.office, "officer", case)
    assert desk.state(case) == "special_audit"


def test_a_revoked_voucher_returns_its_money(desk: Desk) -> None:
    case = desk.issued()
    withdraw_suspend_revoke.revoke(desk.office, "approver2", case, "提供虚假材料")
    assert desk.state(case) == "revoked"
    assert desk.rows(Voucher)[0].state == "revoked"
    assert desk.budget()[1:] == (50_000_000_000, 0, 0)
    assert desk.cap_used() == 0


def test_leaving_needs_a_reason(desk: Desk) -> None:
    case = desk.submit()
    for act in (withdraw_suspend_revoke.withdraw, withdraw_suspend_revoke.suspend):
        with pytest.raises(Refused, match="reason_missing"):
            act(desk.office, "officer", case, " ")


def test_who_prepared_an_award_does_not_revoke_it(desk: Desk) -> None:
    from casework.people import accounts

    case = desk.issued()
    accounts.give_role(desk.office, "rights", "officer", "approver")
    with pytest.raises(Refused, match="same_person"):
        withdraw_suspend_revoke.revoke(desk.office, "officer", case, "自查")
