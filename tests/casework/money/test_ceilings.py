"""The budgets that there can be: named by confirmed packs, in their own form, with what those state."""

import datetime

import pytest

from casework.core.refused import Refused
from casework.money import allotments, ceilings
from tests.casework.adopted import adopt
from tests.casework.desk import BUDGET, BUDGET_FEN, PACK, Desk
from tests.rules.round_packs import pack_text

TODAY = datetime.date(2026, 5, 20)


def ceiling(desk: Desk, key: str, today: datetime.date = TODAY) -> ceilings.Ceiling | None:
    with desk.office.read() as session:
        return ceilings.of_budget(session, key, today)


def test_a_pack_states_the_ceiling_of_its_year(desk: Desk) -> None:
    found = ceiling(desk, BUDGET)
    assert found is not None
    assert (found.ceiling_fen, found.schemes) == (BUDGET_FEN, ("shenzhen-training-voucher",))
    shared = ceiling(desk, "shenzhen-corpus/2026")
    assert shared is not None and shared.ceiling_fen == 5_000_000_000


@pytest.mark.parametrize(
    "key",
    [
        "beijing-compute-voucher/2025",
        "qingyang-compute-voucher/2026",
        "guangming-compute-subsidy/2026",
        "longgang-compute-subsidy/2026",
        "tianmen-compute-voucher/2026",
    ],
)
def test_a_pack_that_states_no_amount_has_a_budget_of_the_year_without_a_ceiling(
    desk: Desk, key: str
) -> None:
    found = ceiling(desk, key)
    assert found is not None and found.ceiling_fen is None


@pytest.mark.parametrize(
    "key",
    [
        "shenzhen-training-voucher",
        "shenzhen-training-voucher/26",
        "shenzhen-training-voucher/2026q1",
        "shenzhen-training-voucher/2023",
        "shenzhen-training-voucher/2027",
        "shenzhen-training-voucher/9999",
        "shenzhen-trainning-voucher/2026",
        "shenzhen-corpus-voucher/2026",
        "",
    ],
)
def test_a_key_that_no_pack_names_is_refused_with_those_that_are(desk: Desk, key: str) -> None:
    assert ceiling(desk, key) is None
    with desk.office.read() as session, pytest.raises(Refused) as refused:
        ceilings.must_be_named(session, key, TODAY)
    assert refused.value.code == "refused.no_such_budget"
    assert BUDGET in refused.value.params["known"]
    assert "深圳市训力券（2026年度）" in refused.value.say() and BUDGET in refused.value.say_with_ids()


def test_a_quarter_and_a_programme_have_their_own_form(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"\nper = "quarter"'))
    found = ceiling(desk, "test-voucher/2026q4")
    assert found is not None and found.ceiling_fen == 100_000_000
    assert ceiling(desk, "test-voucher/2026") is None
    assert ceiling(desk, "test-voucher/2026q5") is None
    with desk.office.read() as session:
        known = [key for key in ceilings.keys(session, TODAY) if key.startswith("test-voucher")]
    assert known[:4] == [f"test-voucher/2026q{number}" for number in (1, 2, 3, 4)]


def test_a_budget_of_a_programme_never_starts_anew(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"\nper = "programme"'))
    found = ceiling(desk, "test-voucher")
    assert found is not None and found.ceiling_fen == 100_000_000
    assert ceiling(desk, "test-voucher/2026") is None


def test_a_year_s_money_may_come_before_the_year(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "rest"'), allotted=False)
    assert ceiling(desk, "test-voucher/2027") is not None
    assert ceiling(desk, "test-voucher/2028") is None
    assert ceiling(desk, "test-voucher/2028", datetime.date(2027, 1, 1)) is not None


def test_a_supplement_that_sets_the_amount_sets_the_ceiling(desk: Desk) -> None:
    from casework.rulebook import supplements

    found = ceiling(desk, "tianmen-compute-voucher/2026")
    assert found is not None and found.ceiling_fen is None
    proposed = supplements.propose_supplement(
        desk.office,
        "officer",
        "tianmen-compute-voucher@2024",
        "budget_amount",
        "3000000.00",
        "局长办公会纪要",
    )
    supplements.confirm_supplement(desk.office, "approver", proposed.facts["supplement"])
    found = ceiling(desk, "tianmen-compute-voucher/2026")
    assert found is not None and found.ceiling_fen == 300_000_000
    allotments.appropriate(desk.office, "finance", "tianmen-compute-voucher/2026", "天财1号", 300_000_000)


def test_no_budget_is_kept_for_days_on_which_its_pack_no_longer_holds(desk: Desk) -> None:
    from casework.rulebook import packs

    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 7, 1), "停止执行")
    assert ceiling(desk, BUDGET) is not None, "cases of earlier days still draw on it"
    packs.withdraw_pack(
        desk.office, "approver", "tianmen-compute-voucher@2024", datetime.date(2025, 1, 1), "政策到期"
    )
    assert ceiling(desk, "tianmen-compute-voucher/2025") is None
    assert ceiling(desk, "tianmen-compute-voucher/2024") is not None
