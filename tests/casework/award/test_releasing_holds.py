"""What decisions hold after their entries, and giving it back."""

from casework.award import releasing_holds
from casework.issuing import approval, withdraw_suspend_revoke
from tests.casework.desk import CODE, MINUTES, OTHER_CODE, Desk

KEY = f"shenzhen-training-voucher/applicant_year/{CODE}/2026"
HALF = 400_000_000


def held(desk: Desk, *seqs: int, accounts: tuple[str, ...] = releasing_holds.HOLDS) -> list[int]:
    with desk.office.read() as session:
        return list(releasing_holds.held(session, seqs, accounts).values())


def caps_held(desk: Desk, *seqs: int) -> dict[str, int]:
    with desk.office.read() as session:
        return releasing_holds.caps_held(session, seqs)


def test_what_is_reserved_and_committed_is_held(desk: Desk) -> None:
    case = desk.published()
    assert held(desk, 1) == held(desk, 1, accounts=("reserved",)) == [HALF]
    assert caps_held(desk, 1) == {KEY: HALF}
    approval.approve(desk.office, "approver", case, MINUTES)
    assert held(desk, 1) == [HALF]
    assert held(desk, 1, accounts=("reserved",)) == [0]


def test_several_decisions_are_summed(desk: Desk) -> None:
    for at, code in enumerate((CODE, CODE, OTHER_CODE)):
        desk.decide(desk.submit(applicant=code, contract_no=f"HT-{at}", contract_amount=600_000_000))
    assert held(desk, 1, 2, 3) == [900_000_000]
    assert caps_held(desk, 1, 2)[KEY] == 600_000_000
    assert (held(desk), caps_held(desk)) == ([], {})


def test_releasing_gives_budget_and_cap_back_and_is_not_done_twice(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    before = desk.available()
    withdraw_suspend_revoke.withdraw(desk.office, "officer", case, "申请单位来函")
    assert desk.available() == before + HALF
    assert (held(desk, 1), caps_held(desk, 1)) == ([0], {KEY: 0})
    assert desk.cap_used() == 0
