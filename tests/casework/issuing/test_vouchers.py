"""Vouchers: a quota, a code of its own, a last day."""

import datetime

import pytest

from casework.core import numbers
from casework.core.refused import Refused
from casework.issuing import approval, vouchers
from models import Voucher
from tests.casework.desk import MINUTES, Desk


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
    second = desk.submit(contract_no="HT-2")
    for case in (first, second):
        desk.decide(case)
    desk.publish_and_end(first, second)
    desk.office.entropy = lambda count: bytes(range(count))
    for case in (first, second):
        approval.approve(desk.office, "approver", case, MINUTES)
    vouchers.issue_voucher(desk.office, "officer", first)
    with pytest.raises(Refused, match="no_entropy"):
        vouchers.issue_voucher(desk.office, "officer", second)
