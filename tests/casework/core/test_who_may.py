"""One answer to who may do what: by the table first, then by what the act itself says of the case."""

import pytest

from casework.cases.case_facts import Register
from casework.core import who_may
from casework.core.act import Turn, carry_out
from casework.core.refused import Refused
from casework.core.who_may import Who
from casework.issuing import approval, vouchers, withdraw_suspend_revoke
from casework.people import accounts
from tests.casework.desk import OTHER_CODE, Desk


def why(desk: Desk, person: str, act: str, case: str) -> str:
    found = who_may.hindrances(desk.office, person, act, [case])[case]
    return "" if found is None else found.code


def wrong_state(desk: Desk, person: str, act: str, case: str, then: str) -> str:
    found = who_may.hindrances(desk.office, person, act, [case])[case]
    assert found is not None and found.code == "refused.state"
    assert [one.code for one in found.params["each"]] == [then]
    return found.say().removeprefix(f"申请 {case} ")


def test_a_wrong_state_is_named_with_what_leads_on(desk: Desk) -> None:
    """By this person, else by whom to ask; and where nothing leads on, that it is over."""
    case = desk.submit()
    assert wrong_state(desk, "officer", "publish", case, "refused.state_own") == (
        "目前是“已申报”，不能办理“公示”。这一状态下可以办理的有：受理、通知补正、转入下一审查环节、核算、撤回、暂缓。"
    )
    desk.decide(case)
    desk.publish_and_end(case)
    assert wrong_state(desk, "officer", "accept", case, "refused.state_own").endswith("可以办理的有：撤回。")
    approval.approve(desk.office, "approver", case, "会议纪要〔2026〕3号")
    vouchers.issue_voucher(desk.office, "officer", case)
    assert wrong_state(desk, "officer", "accept", case, "refused.state_others").endswith(
        "这一状态下请由有权限的人办理：撤销。"
    )
    withdrawn = desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    withdraw_suspend_revoke.withdraw(desk.office, "officer", withdrawn, "单位要求")
    assert wrong_state(desk, "officer", "accept", withdrawn, "refused.state_over") == (
        "目前是“已撤回”，不能办理“受理”。申请已经办结，如需再次申报，请作为新的申请录入。"
    )


def test_the_table_is_asked_before_the_bar(desk: Desk) -> None:
    case = desk.submit()
    assert why(desk, "auditor", "approve", case) == "refused.not_allowed"
    assert why(desk, "approver", "approve", case) == "refused.state"
    desk.decide(case)
    desk.publish_and_end(case)
    accounts.give_role(desk.office, "rights", "officer", "approver")
    accounts.recuse(desk.office, "approver2", desk.application(case).applicant_id, "曾任职")
    assert why(desk, "officer", "approve", case) == "refused.same_person"
    assert why(desk, "approver2", "approve", case) == "refused.recused"
    assert why(desk, "approver", "approve", case) == ""


def test_who_is_not_there_or_locked_is_refused_before_any_case(desk: Desk) -> None:
    with pytest.raises(Refused, match="no_such_person"):
        who_may.hindrances(desk.office, "nobody", "accept", [])
    accounts.lock_person(desk.office, "rights", "officer2")
    with pytest.raises(Refused, match=r"refused\.locked"):
        who_may.hindrances(desk.office, "officer2", "accept", [])


def test_a_turn_and_a_page_are_told_the_same(desk: Desk) -> None:
    case = desk.submit()
    withdraw_suspend_revoke.withdraw(desk.office, "officer", case, "单位申请")
    with pytest.raises(Refused) as refused:
        carry_out(desk.office, "officer", "decide", lambda turn: turn.case(case))
    page = who_may.hindrances(desk.office, "officer", "decide", [case])[case]
    assert page is not None and (page.code, page.say()) == (refused.value.code, refused.value.say())


def test_what_all_cases_need_is_read_once(desk: Desk) -> None:
    with desk.office.read() as session:
        who = Who.named(desk.office, session, "approver")
        assert who.once(Register) is who.once(Register)


def test_a_conflict_that_has_ended_is_none(desk: Desk) -> None:
    case = desk.submit()
    applicant = desk.application(case).applicant_id
    accounts.recuse(desk.office, "officer", applicant, "配偶在该单位任职")
    with desk.office.read() as session:
        assert who_may.recused_from(session, "officer") == {applicant}
        assert who_may.recused_from(session, "officer2") == frozenset()

    def body(turn: Turn) -> None:
        assert turn.recused_from == {applicant}

    carry_out(desk.office, "officer", "import", body)
