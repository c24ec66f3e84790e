"""Whatever a door finds, the next check finds again; what only a reader can tell stays until it is judged."""

from pathlib import Path

import pytest
from sqlmodel import Session

from casework.cases import elsewhere, looked_for
from casework.cases.finding_weights import weights
from casework.core.act import Turn, carry_out
from casework.core.refused import Refused
from casework.review import checking
from models import Finding
from tests.casework.desk import OTHER_CODE, Desk
from tests.casework.portal_rows import ROW, bring_in

MODEL = "shenzhen-model-voucher"
CASE = ROW["申报编号"]


def standing(desk: Desk, case: str) -> set[str]:
    mine = desk.application(case).id
    return {
        one.code
        for one in desk.rows(Finding)
        if one.application_id == mine and one.state == "open" and not one.code.startswith("condition.")
    }


ODD: dict[str, str] = {
    "其中：不含税金额（元）": "9000000",
    "成立日期": "2026-04-02",
    "区级财政资金（元）": "1",
    "其他财政支持合计（元）": "2",
    "服务机构名称": "无名机构",
}


def test_a_check_finds_all_again_that_the_import_found(desk: Desk, tmp_path: Path) -> None:
    bring_in(desk, tmp_path, {"申报编号": "A", "银行账号": "6222000000000000001"})
    odd = ODD | {"单位名称": "另一个名字"}
    bring_in(desk, tmp_path, odd)
    bring_in(desk, tmp_path, odd | {"联系电话": "075500000003"})
    found = {
        "said_again", "other_name", "same_contract", "net_above_gross", "signed_before_founding",
        "support_differs", "provider_unknown",
    }  # fmt: skip
    assert standing(desk, CASE) == found
    checking.check(desk.office, "officer", CASE)
    assert standing(desk, CASE) == found


def test_a_check_finds_all_again_that_entry_found(desk: Desk) -> None:
    desk.submit(account="6222000000000000001")
    case = desk.submit(
        applicant=OTHER_CODE, applicant_name="乙", contract_no="HT-2026-001", net_amount=900_000_000,
        account="6222000000000000001",
    )  # fmt: skip
    found = {"same_contract", "same_account", "net_above_gross"}
    assert standing(desk, case) == found
    checking.check(desk.office, "officer", case)
    assert standing(desk, case) == found


def test_an_applicants_own_reason_is_told_until_an_officer_has_verified_it(
    desk: Desk, tmp_path: Path
) -> None:
    bring_in(desk, tmp_path, {"超额理由": "国家重大专项"}, scheme=MODEL)
    assert "reason_to_verify" in standing(desk, CASE)
    checking.check(desk.office, "officer", CASE)
    assert "reason_to_verify" in standing(desk, CASE)
    checking.verify_facts(desk.office, "officer", CASE, {"overrun_reason": "国家重大专项"}, "会议研究")
    checking.check(desk.office, "officer", CASE)
    assert "reason_to_verify" not in standing(desk, CASE)


def test_what_a_reader_told_of_the_file_stays_until_it_is_judged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = desk.submit()

    def told(turn: Turn) -> None:
        number = desk.application(case).id
        turn.session.add(Finding(application_id=number, version=1, code="hidden_row", found_at=turn.at))

    carry_out(desk.office, "officer", "check", told)
    checking.verify_facts(desk.office, "officer", case, {"district": "南山区"}, "执照")
    checking.check(desk.office, "officer", case)
    assert "hidden_row" in standing(desk, case)
    (row,) = [one for one in desk.rows(Finding) if one.code == "hidden_row"]
    checking.judge_finding(desk.office, "officer", row.id, "cleared", "系筛选所致")
    checking.check(desk.office, "officer", case)
    assert [one.state for one in desk.rows(Finding) if one.code == "hidden_row"] == ["cleared"]


def test_the_same_file_on_two_cases_is_found_by_the_check(desk: Desk) -> None:
    from casework.cases.paper_filing import add_paper

    first, second = desk.submit(), desk.submit(contract_no="HT-2", contract_amount=1)
    for case in (first, second):
        add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.7")
    checking.check(desk.office, "officer", second)
    assert "same_paper" in standing(desk, second)


def test_what_is_looked_for_has_its_line_in_the_table() -> None:
    of_the_file = {"hidden_row", "unread_support", "unit_unsaid"}
    assert set(weights().kinds) - {"condition"} - looked_for.AGAIN == of_the_file
    assert set(weights().kinds) >= looked_for.AGAIN
    assert looked_for.is_looked_for("condition.kind") and not looked_for.is_looked_for("hidden_row")


def test_a_case_that_was_withdrawn_shares_nothing(desk: Desk) -> None:
    from casework.issuing.withdraw_suspend_revoke import withdraw

    first = desk.submit()
    case = desk.submit(applicant=OTHER_CODE, applicant_name="乙", contract_no="HT-2026-001")
    assert "same_contract" in standing(desk, case)
    withdraw(desk.office, "officer", first, "申请单位撤回")
    checking.check(desk.office, "officer", case)
    assert standing(desk, case) == set()


def test_it_is_asked_of_one_case_at_a_time(desk: Desk) -> None:
    desk.submit()
    with desk.office.read() as session:
        assert isinstance(session, Session)
        office = elsewhere.InOffice(session)
        assert office.name_of("nobody") is None
        one = looked_for.Subject("X", {"contract_no": None, "account": None})
        assert (office.same_contract(one), office.same_account(one), office.similar_contract(one)) == (
            (),
            (),
            (),
        )
    with pytest.raises(Refused, match="no_such_finding"):
        checking.judge_finding(desk.office, "officer", 99, "cleared", "无")
