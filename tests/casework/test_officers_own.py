"""The reason for a soft cap's overrun is the officer's own: the applicant's cell doubles no cap."""

import datetime
from pathlib import Path

import pytest

from casework.award import deciding, precheck
from casework.intake import counter_entry
from casework.review import checking
from casework.without_office.calculation import Calculation
from rules.facts import Value
from rules.pack import load
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, Desk
from tests.casework.portal_rows import ROW, bring_in
from tests.rules import round_packs

MODEL = "shenzhen-model-voucher"
CASE = ROW["申报编号"]
MILLION = 100_000_000


@pytest.fixture
def imported(desk: Desk, tmp_path: Path) -> Desk:
    """A model bought for 10,000,000; the applicant gives a reason to go above 1,000,000."""
    row = {"合同金额（元）": "10000000", "模型是否备案": "是", "超额理由": "国家重大专项"}
    assert bring_in(desk, tmp_path, row, scheme=MODEL).accepted == 1
    desk.give(10 * MILLION, f"{MODEL}/2026")
    return desk


def test_the_applicants_cell_does_not_double_the_cap(imported: Desk) -> None:
    assert imported.decide(CASE).award_fen == MILLION


def test_the_officers_reason_does(imported: Desk) -> None:
    checking.verify_facts(
        imported.office, "officer", CASE, {"overrun_reason": "示范应用，会议研究同意"}, "纪要"
    )
    assert imported.decide(CASE).award_fen == 2 * MILLION


def test_the_officer_may_make_the_applicants_words_his_own(imported: Desk) -> None:
    checking.verify_facts(imported.office, "officer", CASE, {"overrun_reason": "国家重大专项"}, "纪要")
    assert imported.decide(CASE).award_fen == 2 * MILLION


def test_another_review_does_not(imported: Desk) -> None:
    checking.verify_facts(imported.office, "officer", CASE, {"district": "南山区"}, "执照")
    assert imported.decide(CASE).award_fen == MILLION


def test_the_pre_check_promises_no_more_than_deciding_gives(desk: Desk) -> None:
    said: dict[str, Value] = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant": CODE,
        "applicant_kind": "enterprise",
        "contract_amount": 10 * MILLION,
        "model_filed": True,
        "overrun_reason": "国家重大专项",
    }
    desk.give(10 * MILLION, f"{MODEL}/2026")
    found = precheck.precheck(desk.office, MODEL, said)
    assert found.decision is not None and found.decision.award_fen == MILLION


def test_calculate_has_the_column_as_it_is() -> None:
    path = Path("resources/policies/shenzhen/model-voucher-2025.toml")
    pack = load(path.read_text("utf-8"))
    headings = [
        "case",
        "applied_at",
        "applicant",
        "applicant_kind",
        "contract_amount",
        "model_filed",
        "overrun_reason",
    ]
    calculation = Calculation(headings, [pack], pack.id)
    row = ["1", "2026-05-20", CODE, "enterprise", "10000000", "yes", "国家重大专项"]
    assert dict(zip(calculation.headings, calculation.row(row), strict=True))["award"] == "2000000.00"


def test_a_lower_rate_is_the_officers_too(desk: Desk) -> None:
    text = round_packs.pack_text('exceeded = "rest"').replace('rate = "1"', 'rate = "1"\nup_to = true')
    adopt(desk.office, text)
    facts = {
        "applied_at": datetime.datetime(2026, 5, 20, 9),
        "applicant": CODE,
        "applicant_name": "甲",
        "contract_no": "HT-1",
        "contract_amount": MILLION // 10,
        "officer_rate": 500_000,
        "officer_rate_reason": "按申请",
    }
    change = counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher")
    case = str(change.facts["case"])
    assert desk.decide(case).award_fen == MILLION // 10
    own = {"officer_rate": 400_000, "officer_rate_reason": "部分用于训练"}
    checking.verify_facts(desk.office, "officer", case, own, "核对用途")
    deciding.decide_again(desk.office, "officer", case, "核定比例")
    assert desk.decision(case).award_fen == MILLION // 25
