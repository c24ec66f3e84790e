"""A change looks by itself: what is set down, answered, filed or judged away can't hide a second claim."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casework.award import deciding
from casework.cases import paper_filing
from casework.core.office import Office
from casework.core.refused import Refused, finding
from casework.intake import rounds
from casework.issuing import publicity, withdraw_suspend_revoke
from casework.people import accounts
from casework.review import checking, corrections
from models import Finding
from tests.casework.desk import CODE, GONE_ON, OTHER_CODE, YOUNG_CODE, Clock, Desk
from tests.casework.portal_rows import bring_in
from tests.models.server import server

__all__ = ["server"]

ACCOUNT = "6222000000000000009"


def standing(desk: Desk, case: str) -> list[tuple[str, str | None]]:
    """The findings of a case that nobody has judged."""
    number = desk.application(case).id
    found = [one for one in desk.rows(Finding) if one.application_id == number and one.state == "open"]
    return [(one.code, one.with_text) for one in found if not one.code.startswith("condition.")]


def judge(desk: Desk, case: str, code: str, other: str, outcome: str = "cleared") -> None:
    number = desk.application(case).id
    named = [one for one in desk.rows(Finding) if (one.application_id, one.code) == (number, code)]
    (finding,) = [one.id for one in named if one.with_text == other and one.state == "open"]
    checking.judge_finding(desk.office, "officer2", finding, outcome, "已查实")


def verified(desk: Desk, case: str) -> None:
    checking.verify_facts(desk.office, "officer", case, {"contract_no": "ht 9"}, "合同原件")


def answered(desk: Desk, case: str) -> None:
    desk.corrected(case, "contract_no")
    corrections.answer_correction(desk.office, "officer", case, {"contract_no": "HT-9"})


@pytest.mark.parametrize("becomes", [verified, answered])
def test_a_contract_that_becomes_another_cases_is_not_paid_twice(
    desk: Desk, becomes: Callable[[Desk, str], None]
) -> None:
    desk.set_terms()
    first = desk.submit(contract_no="HT-9")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-10", contract_amount=700_000_000)
    becomes(desk, second)
    assert standing(desk, second) == [("same_contract", first)]
    assert desk.decide(second).award_fen == 350_000_000, "who came first stays first"
    with pytest.raises(Refused, match=r"refused\.finding_open"):
        publicity.publish(desk.office, "officer", cases=[second])


def test_an_account_that_an_answer_names_is_looked_for_elsewhere(desk: Desk) -> None:
    desk.set_terms()
    desk.submit(contract_no="HT-9", account=ACCOUNT, bank="某行")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-10", contract_amount=700_000_000)
    desk.corrected(second, "account")
    corrections.answer_correction(desk.office, "officer", second, {"account": ACCOUNT, "bank": "某行"})
    assert standing(desk, second) == [("same_account", CODE)]


def test_what_is_no_longer_so_stands_in_no_way(desk: Desk) -> None:
    desk.set_terms()
    first = desk.submit(contract_no="HT-9")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-9", contract_amount=700_000_000)
    assert standing(desk, second) == [("same_contract", first)]
    checking.verify_facts(desk.office, "officer", second, {"contract_no": "HT-10"}, "合同原件")
    assert standing(desk, second) == []
    desk.decide(second)
    publicity.publish(desk.office, "officer", cases=[second])


def test_what_a_person_has_judged_is_not_asked_again_by_a_change_of_something_else(desk: Desk) -> None:
    first = desk.submit(contract_no="HT-9")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-9", contract_amount=700_000_000)
    judge(desk, second, "same_contract", first)
    checking.verify_facts(desk.office, "officer", second, {"contract_amount": 600_000_000}, "发票")
    assert standing(desk, second) == []


def test_a_file_that_claims_one_contract_three_times_is_not_cleared_by_its_first_row(
    desk: Desk, tmp_path: Path
) -> None:
    """A row of a file is told the first that claims the same; once that one is out of the way, the next."""
    desk.set_terms()
    codes = (CODE, OTHER_CODE, YOUNG_CODE)
    rows = [
        {"申报编号": f"X{at}", "统一社会信用代码": code, "单位名称": f"单位{at}", "合同编号": "HT-5",
         "合同金额（元）": f"{at + 1}000000.00", "账号": ACCOUNT, "开户银行": "某行"}
        for at, code in enumerate(codes)
    ]  # fmt: skip
    bring_in(desk, tmp_path, *rows)
    withdraw_suspend_revoke.withdraw(desk.office, "officer", "X0", "撤回")
    for case in ("X1", "X2"):
        judge(desk, case, "same_contract", "X0")
        judge(desk, case, "same_account", CODE)
    assert standing(desk, "X1") == [("same_contract", "X2"), ("same_account", YOUNG_CODE)]
    assert standing(desk, "X2") == [("same_contract", "X1"), ("same_account", OTHER_CODE)]
    deciding.decide(desk.office, "officer", "X1", GONE_ON)
    with pytest.raises(Refused, match=r"refused\.finding_open"):
        publicity.publish(desk.office, "officer", cases=["X1"])
    judge(desk, "X1", "same_contract", "X2")
    judge(desk, "X1", "same_account", YOUNG_CODE)
    checking.check(desk.office, "officer", "X1")
    assert standing(desk, "X1") == [], "what was judged of a file's rows is not asked for twice"
    publicity.publish(desk.office, "officer", cases=["X1"])


def test_the_same_paper_is_found_where_it_is_filed(desk: Desk) -> None:
    first = desk.submit(contract_no="HT-9")
    second = desk.submit(applicant=OTHER_CODE, contract_no="HT-10", contract_amount=700_000_000)
    for case in (first, second):
        paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.7 the same")
    assert standing(desk, second) == [("same_paper", first)]
    with pytest.raises(Refused, match=r"refused\.open_things"):
        deciding.decide(desk.office, "officer", second)


TWIN = {"申报编号": "W2", "合同编号": "W-2", "合同金额（元）": "1000000"}
FIRST = TWIN | {"申报编号": "W1", "合同编号": "W-1"}


def test_a_row_that_says_otherwise_leaves_nothing_open_of_what_it_said(desk: Desk, tmp_path: Path) -> None:
    """The list was refused for an amount that the case had no more, and judging it as outdated."""
    desk.set_terms()
    bring_in(desk, tmp_path, FIRST, TWIN)
    assert standing(desk, "W2") == [("likely_same_contract", "W1")]
    bring_in(desk, tmp_path, TWIN | {"合同金额（元）": "1100000"})
    assert standing(desk, "W2") == [("said_again", "v1")]
    assert desk.decide("W2").award_fen == 55_000_000
    publicity.publish(desk.office, "officer", cases=["W2"])
    bring_in(desk, tmp_path, FIRST | {"联系电话": "075500000009"})
    assert standing(desk, "W1") == [("said_again", "v1")], "nor of what the other case said"


def test_on_a_server_an_import_looks_again_and_a_closed_round_has_ended(server: str, tmp_path: Path) -> None:
    clock = Clock()
    with Office.create(server, name="测试", clock=clock).closing() as office:
        accounts.found(office, accounts.DEMO_PEOPLE, "demo")
        desk = Desk.prepare(office, clock)
        bring_in(desk, tmp_path, FIRST, TWIN)
        rounds.close_round(office, "officer", 1)
        late = {"申报编号": "W3", "合同编号": "W-3", "申报时间": "2026-05-22 09:00"}
        bring_in(desk, tmp_path, TWIN | {"合同金额（元）": "1100000"}, late)
        assert standing(desk, "W2") == [("said_again", "v1")]
        assert [code for code, _ in standing(desk, "W3")] == ["outside_rounds"]


@pytest.mark.parametrize("outcome", ["cleared", "upheld"])
def test_what_was_judged_of_a_row_is_judged_anew_of_the_next_where_it_is_still_so(
    desk: Desk, tmp_path: Path, outcome: str
) -> None:
    desk.set_terms()
    bring_in(desk, tmp_path, FIRST, TWIN)
    judge(desk, "W2", "likely_same_contract", "W1", outcome)
    bring_in(desk, tmp_path, TWIN | {"联系电话": "075500000009"})
    assert standing(desk, "W2") == [("said_again", "v1"), ("likely_same_contract", "W1")]
    judge(desk, "W2", "said_again", "v1")
    bring_in(desk, tmp_path, TWIN | {"合同金额（元）": "1100000"})
    assert standing(desk, "W2") == [("said_again", "v2")]
    number = desk.application("W2").id
    states = {
        (one.code, one.version): one.state for one in desk.rows(Finding) if one.application_id == number
    }
    assert states == {
        ("likely_same_contract", 1): "outdated", ("likely_same_contract", 2): "outdated",
        ("said_again", 2): "outdated", ("said_again", 3): "open",
    }  # fmt: skip
    desk.decide("W2")
    publicity.publish(desk.office, "officer", cases=["W2"])


def test_a_row_that_says_otherwise_keeps_what_its_papers_show(desk: Desk, tmp_path: Path) -> None:
    """A file knows no papers: the same paper filed twice is looked for in the office."""
    other = FIRST | {"合同金额（元）": "2000000", "合同签订日期": "2026-04-09"}
    bring_in(desk, tmp_path, other, TWIN)
    for case in ("W1", "W2"):
        paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 one contract")
    assert standing(desk, "W2") == [("same_paper", "W1")]
    bring_in(desk, tmp_path, TWIN | {"合同金额（元）": "1100000"})
    assert standing(desk, "W2") == [("said_again", "v1"), ("same_paper", "W1")]


def test_two_cases_of_one_amount_are_told_in_words_that_are_true_of_both(desk: Desk) -> None:
    """It said that only the numbers of the contracts differ, where neither case had one."""
    first = desk.submit(contract_no=None, provider="湾畔云计算")
    second = desk.submit(contract_no=None, provider="另一机构")
    assert standing(desk, second)[0] == ("likely_same_contract", first)
    told = finding("likely_same_contract", first, "zh")
    assert "合同编号不同或者至少一方未填" in told and "只是" not in told
    assert "only" not in finding("likely_same_contract", first, "en")
