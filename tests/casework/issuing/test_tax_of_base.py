"""An award on an amount with tax, where the office set that its base is without, stays where it is."""

from collections.abc import Callable

import pytest

from casework.award import deciding
from casework.boards import round_board
from casework.boards.approval_board import queue
from casework.boards.case_view import view
from casework.core.change import Change
from casework.core.office import Office
from casework.core.refused import Refused
from casework.issuing import approval, letters, publicity, publicity_preview, vouchers
from casework.review import checking
from models import Voucher
from tests.casework.desk import MINUTES, Desk
from tests.casework.issuing.test_letter_needs import revoke

GROSS, NET = 1_000_000_000, 880_000_000


def without(desk: Desk) -> None:
    """The office sets that the base is without tax."""
    revoke(desk, "tax_basis")
    desk.set("tax_basis", "without")


def taxed(desk: Desk) -> str:
    """An award on 10,000,000.00 with tax, of which 8,800,000.00 are without."""
    desk.set_terms()
    without(desk)
    case = desk.submit(contract_amount=GROSS, net_amount=NET)
    assert desk.decide(case).award_fen == 500_000_000
    return case


def refused(act: Callable[..., Change], office: Office, person: str, *said: str) -> Refused:
    with pytest.raises(Refused) as caught:
        act(office, person, *said)
    assert caught.value.code == "refused.base_has_tax"
    assert "10,000,000.00" in caught.value.say() and "8,800,000.00" in caught.value.say("en")
    return caught.value


def listed(office: Office, person: str, case: str) -> Change:
    return publicity.publish(office, person, cases=[case])


def test_it_is_not_published_and_what_is_mended_is_awarded_without_tax(desk: Desk) -> None:
    case, plain = taxed(desk), desk.submit(contract_no="HT-2", contract_amount=100_000_000)
    desk.decide(plain)
    refused(listed, desk.office, "officer", case)
    seen = view(desk.office, "officer", case)
    assert seen is not None and "publish" not in seen.may
    assert dict(seen.barred)["publish"].code == "refused.base_has_tax"
    assert publicity_preview.proposed(desk.office, "officer", 1).kept_back == (case,)
    (shown,) = round_board.board(desk.office, "officer").rounds
    assert (shown.publishable.awards, shown.publishable.kept_back) == (1, 1)

    checking.verify_facts(desk.office, "officer", case, {"contract_amount": NET}, "按不含税金额核实")
    deciding.decide_again(desk.office, "officer", case, "按核实金额")
    published = listed(desk.office, "officer", case)
    desk.days(12)
    publicity.end_publicity(desk.office, "officer", published.facts["publicity"])
    approval.approve(desk.office, "approver", case, MINUTES)
    vouchers.issue_voucher(desk.office, "officer", case)
    letters.issue_approval(desk.office, "officer", case)
    assert [each.quota_fen for each in desk.rows(Voucher)] == [440_000_000]


def test_a_round_of_nothing_else_says_why(desk: Desk) -> None:
    taxed(desk)
    refused(lambda office, by: publicity.publish(office, by, 1), desk.office, "officer")


def test_it_is_neither_approved_nor_made_a_voucher_where_the_basis_was_set_later(desk: Desk) -> None:
    case = desk.published(contract_amount=GROSS, net_amount=NET)
    without(desk)
    refused(approval.approve, desk.office, "approver", case, MINUTES)
    (queued,) = queue(desk.office, "approver").cases
    assert queued.bar is not None and queued.bar.code == "refused.base_has_tax"
    revoke(desk, "tax_basis")
    desk.set("tax_basis", "with")
    approval.approve(desk.office, "approver", case, MINUTES)
    without(desk)
    refused(vouchers.issue_voucher, desk.office, "officer", case)
    seen = view(desk.office, "officer", case)
    assert seen is not None and "issue_voucher" not in seen.may
    assert dict(seen.barred)["issue_voucher"].code == "refused.base_has_tax"
    assert desk.rows(Voucher) == []


@pytest.mark.parametrize(("net", "asked"), [(NET, True), (GROSS, False), (None, False)])
def test_an_unset_basis_waits_only_where_either_makes_the_same_award(
    desk: Desk, net: int | None, asked: bool
) -> None:
    desk.set_terms()
    revoke(desk, "tax_basis")
    case = desk.submit(contract_amount=GROSS, net_amount=net)
    desk.decide(case)
    if not asked:
        listed(desk.office, "officer", case)
        return
    with pytest.raises(Refused, match=r"refused\.unset") as caught:
        listed(desk.office, "officer", case)
    assert "核定基数是否含税" in caught.value.say()
