"""Money that is only held for a blocked case cuts nobody for good, and no letter calls it awarded."""

import datetime
from typing import Any

import pytest

from casework.award import deciding
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.issuing import approval, letters, publicity, withdraw_suspend_revoke
from casework.money import allotments
from casework.review import checking
from casework.rulebook import supplements
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import RANKED, SHARED, sound
from tests.casework.desk import CODE, GONE_ON, MINUTES, OTHER_CODE, YOUNG_CODE, Desk
from tests.rules.round_packs import FLOOR, READINGS, pack_text

MILLION = 100_000_000


def two(desk: Desk, held: int, amount: int) -> tuple[str, str]:
    """A case that is blocked and holds, and the same firm's next one after it, decided both."""
    first = desk.submit(contract_no="HT-1", contract_amount=held, related_party=None)
    second = desk.submit(contract_no="HT-2", contract_amount=amount)
    assert desk.decide(first).status == "blocked"
    desk.decide(second)
    return first, second


def refused(act: Any, *args: Any) -> Refused:
    with pytest.raises(Refused) as found:
        act(*args)
    return found.value


def test_a_refusal_for_money_that_is_only_held_is_told_to_nobody(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 30 * MILLION, 8 * MILLION)
    assert (desk.decision(second).status, desk.decision(second).binding) == ("refused", "applicant_year")
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert found.code == "refused.rests_on_hold" and first in found.say()
    checking.verify_facts(desk.office, "officer", first, {"related_party": True}, "核实")
    deciding.decide_again(desk.office, "officer", first, "已核实")
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert found.code == "refused.rested_on_hold" and first in found.say()
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 4 * MILLION


def test_a_cut_award_waits_for_the_case_that_it_was_cut_for(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 12 * MILLION, 1_234_567_800)
    assert desk.decision(second).award_fen == 4 * MILLION
    found = refused(publicity.publish, desk.office, "officer", None, [second])
    assert found.code == "refused.rests_on_hold"
    checking.verify_facts(desk.office, "officer", first, {"related_party": True}, "核实")
    deciding.decide_again(desk.office, "officer", first, "已核实")
    assert refused(publicity.publish, desk.office, "officer").code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 617_283_900
    publicity.publish(desk.office, "officer", None, [second])


def test_what_was_held_and_then_awarded_cuts_rightly(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 12 * MILLION, 1_234_567_800)
    checking.verify_facts(desk.office, "officer", first, {"related_party": False}, "核实")
    deciding.decide_again(desk.office, "officer", first, "已核实")
    assert desk.decision(first).award_fen == 6 * MILLION
    publicity.publish(desk.office, "officer", None, [second])
    assert desk.decision(second).award_fen == 4 * MILLION


def test_a_case_that_nothing_held_has_cut_waits_for_nobody(desk: Desk) -> None:
    desk.set_terms()
    _, second = two(desk, 4 * MILLION, 8 * MILLION)
    assert desk.decision(second).award_fen == 4 * MILLION
    publicity.publish(desk.office, "officer", None, [second])


def test_the_budget_that_is_only_held_is_not_used_up(desk: Desk) -> None:
    desk.set_terms()
    desk.budget_of(5 * MILLION)
    first = desk.submit(contract_no="HT-1", contract_amount=10 * MILLION, related_party=None)
    second = desk.submit(contract_no="HT-2", contract_amount=4 * MILLION)
    assert desk.decide(first).status == "blocked"
    assert (desk.decide(second).status, desk.decision(second).binding) == ("refused", "budget")
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rests_on_hold"
    withdraw_suspend_revoke.withdraw(desk.office, "officer", first, "申请单位撤回")
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 2 * MILLION


def test_an_award_published_by_an_earlier_program_is_not_approved(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.set_terms()
    _, second = two(desk, 12 * MILLION, 1_234_567_800)
    with monkeypatch.context() as earlier:
        earlier.setattr(publicity, "must_not_rest_on_hold", lambda *said: None)
        desk.publish_and_end(second)
    found = refused(approval.approve, desk.office, "approver", second, MINUTES)
    assert found.code == "refused.rests_on_hold"
    approval.send_back(desk.office, "approver", second, "预留未定")
    assert desk.state(second) == "eligibility"


def test_what_was_awarded_and_then_refused_cut_nobody(desk: Desk) -> None:
    """What stands of the other case counts, not what it once came to."""
    desk.set_terms()
    first, second = two(desk, 12 * MILLION, 1_234_567_800)
    for related in (False, True):
        checking.verify_facts(desk.office, "officer", first, {"related_party": related}, "核实")
        deciding.decide_again(desk.office, "officer", first, "已核实")
    assert desk.decision(first).status == "refused"
    found = refused(publicity.publish, desk.office, "officer", None, [second])
    assert found.code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 617_283_900


# -- rounds decided as a whole ----------------------------------------------------------------------

MORE = """
[[condition]]
id = "related"
title = "与服务机构不存在关联关系"
fact = "related_party"
is = "no"
article = "六"

[office]
publicity_days = { value = 5, article = "九" }
"""


def round_of(
    desk: Desk, budget: str, *cases: dict[str, Any], cap: str = "1000000.00", **pack: str
) -> list[str]:
    """A round of these cases, decided by a pack of such a budget."""
    adopt(desk.office, pack_text(budget, cap=cap, **{"more": MORE} | pack))
    return entered(desk, *cases)


def entered(desk: Desk, *cases: dict[str, Any]) -> list[str]:
    """These cases, an hour after one another, decided as a round."""
    found = []
    for at, said in enumerate(cases):
        facts = {
            "applied_at": datetime.datetime(2026, 5, 20, 9 + at),
            "applicant_name": f"单位{said['applicant'][-3:]}",
            "applicant_kind": "enterprise",
            "contract_no": f"HT-{at}",
        } | said
        change = counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher")
        found.append(str(change.facts["case"]))
    deciding.decide_round(desk.office, "officer", reason=GONE_ON)
    return found


def case(applicant: str, fen: int, score: int = 1, related: bool | None = False) -> dict[str, Any]:
    said: dict[str, Any] = {"applicant": applicant, "contract_amount": fen, "score": score}
    return said if related is None else said | {"related_party": related}


def settled(desk: Desk, number: str, related: bool) -> None:
    checking.verify_facts(desk.office, "officer", number, {"related_party": related}, "核实")
    deciding.decide_again(desk.office, "officer", number, "已核实")


def published(desk: Desk, number: str) -> Any:
    return publicity.publish(desk.office, "officer", None, [number])


@pytest.mark.parametrize("unfit", ["rest", "next", "stop"])
def test_who_is_ranked_behind_a_blocked_case_is_told_nothing_for_good(desk: Desk, unfit: str) -> None:
    first, second = round_of(
        desk, RANKED % unfit, case(CODE, 60_000_001, 3, None), case(OTHER_CODE, 50_000_000, 2)
    )
    before = desk.decision(second)
    assert (desk.decision(first).status, before.award_fen) == (
        "blocked", 39_999_999 if unfit == "rest" else None,
    )  # fmt: skip
    tell: Any = published if unfit == "rest" else letters.issue_refusal
    asked = (desk, second) if unfit == "rest" else (desk.office, "approver", second)
    found = refused(tell, *asked)
    assert found.code == "refused.rests_on_hold" and first in found.say()
    settled(desk, first, True)
    assert refused(tell, *asked).code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 50_000_000
    published(desk, second)
    sound(desk)


def test_what_a_ranked_case_held_and_was_awarded_cuts_rightly(desk: Desk) -> None:
    first, second = round_of(
        desk, RANKED % "rest", case(CODE, 60_000_001, 3, None), case(OTHER_CODE, 50_000_000, 2)
    )
    settled(desk, first, False)
    assert (desk.decision(first).award_fen, desk.decision(second).award_fen) == (60_000_001, 39_999_999)
    published(desk, second)
    deciding.decide_again(desk.office, "officer", first, "再核")
    sound(desk)


def test_a_cap_that_a_blocked_case_of_a_ranked_round_only_holds(desk: Desk) -> None:
    first, second = round_of(
        desk, RANKED % "rest", case(CODE, 30_000_000, 3, None), case(CODE, 20_000_000, 2), cap="400000.00"
    )
    assert desk.decision(second).award_fen == 10_000_000
    assert refused(published, desk, second).code == "refused.rests_on_hold"
    settled(desk, first, True)
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 20_000_000
    published(desk, second)
    sound(desk)


def test_a_share_stands_whatever_becomes_of_a_blocked_case(desk: Desk) -> None:
    """Nobody's share is calculated again: the rule of a budget that is shared out."""
    first, second = round_of(desk, SHARED, case(CODE, 100_000_000, 1, None), case(OTHER_CODE, 100_000_000))
    assert desk.decision(second).award_fen == 50_000_000
    published(desk, second)
    settled(desk, first, True)
    sound(desk)


def test_a_cap_that_a_blocked_case_of_a_shared_round_only_holds(desk: Desk) -> None:
    """The blocked case asks for 300,000.00 of a cap of 400,000.00, so its applicant's other one can ask for
    half of its 200,000.00 only; there is enough for all. Freed, that one has all of it."""
    first, second, third = round_of(
        desk, SHARED,
        case(CODE, 30_000_000, 1, None), case(CODE, 20_000_000), case(OTHER_CODE, 40_000_000),
        cap="400000.00",
    )  # fmt: skip
    assert desk.decision(first).holds_fen == 30_000_000
    assert [desk.decision(each).award_fen for each in (second, third)] == [10_000_000, 40_000_000]
    assert refused(published, desk, second).code == "refused.rests_on_hold"
    settled(desk, first, True)
    assert refused(published, desk, second).code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 20_000_000
    published(desk, second)
    sound(desk)


def test_a_share_that_a_cap_made_nothing_is_asked_for_again(desk: Desk) -> None:
    """400,000.00 is all held; 1,200,000.00 are asked of 1,000,000.00, so 333,333.33 are held for them."""
    first, second, *_ = round_of(
        desk, SHARED,
        case(CODE, 40_000_000, 1, None), case(CODE, 20_000_000), case(OTHER_CODE, 40_000_000),
        case(YOUNG_CODE, 40_000_000), cap="400000.00",
    )  # fmt: skip
    assert (desk.decision(first).holds_fen, desk.decision(second).status) == (33_333_334, "refused")
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rests_on_hold"
    settled(desk, first, True)
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 16_666_667
    published(desk, second)
    sound(desk)


# -- whose hold it is, and what hides it -------------------------------------------------------------

FIRST_COME = 'order = "first_come"\nexceeded = "rest"'
ORDERS = (FIRST_COME, RANKED % "rest", SHARED)


@pytest.mark.parametrize("order", ORDERS)
def test_a_floor_hides_no_hold(desk: Desk, order: str) -> None:
    """200,003.33 of a cap of 300,000.00 are held, so that 99,996.67 are left: below the least award."""
    first, second = round_of(
        desk, order, case(CODE, 20_000_333, 2, None), case(CODE, 30_000_333),
        cap="300000.00", more=MORE + FLOOR.format(least="150000.00"),
    )  # fmt: skip
    assert (desk.decision(first).holds_fen, desk.decision(second).status) == (20_000_333, "refused")
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert found.code == "refused.rests_on_hold" and first in found.say()
    settled(desk, first, True)
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 30_000_000
    sound(desk)


def test_a_floor_hides_no_hold_of_the_budget(desk: Desk) -> None:
    first, second = round_of(
        desk, FIRST_COME, case(CODE, 90_000_000, 2, None), case(OTHER_CODE, 30_000_000),
        more=MORE + FLOOR.format(least="150000.00"),
    )  # fmt: skip
    assert desk.decision(second).binding == "least_award"
    assert refused(letters.issue_refusal, desk.office, "approver", second).code == "refused.rests_on_hold"
    settled(desk, first, False)
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert (
        found.code == "refused.digest_only"
    )  # it was cut rightly; what is left to mend is the pack's source


@pytest.mark.parametrize("order", ORDERS)
def test_only_the_case_is_named_whose_hold_makes_the_difference(desk: Desk, order: str) -> None:
    stranger, first, second = round_of(
        desk, order,
        case(OTHER_CODE, 10_000_000, 3, None), case(CODE, 20_000_333, 2, None), case(CODE, 30_000_333),
        cap="300000.00",
    )  # fmt: skip
    assert desk.decision(second).award_fen == 9_999_667
    found = refused(published, desk, second)
    assert found.code == "refused.rests_on_hold" and first in found.say() and stranger not in found.say()
    settled(desk, first, True)
    found = refused(published, desk, second)
    assert found.code == "refused.rested_on_hold" and first in found.say() and stranger not in found.say()
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 30_000_000
    published(desk, second)
    assert desk.state(stranger) == "suspended"
    sound(desk)


def test_two_holds_that_only_together_make_the_difference(desk: Desk) -> None:
    one, other, third = round_of(
        desk, 'order = "first_come"\nexceeded = "nothing"',
        case(CODE, 40_000_000, 1, None), case(YOUNG_CODE, 40_000_000, 1, None), case(OTHER_CODE, 90_000_000),
    )  # fmt: skip
    assert desk.decision(third).status == "refused"
    for number in (one, other):
        found = refused(letters.issue_refusal, desk.office, "approver", third)
        assert found.code == "refused.rests_on_hold" and number in found.say()
        settled(desk, number, True)
    deciding.decide_again(desk.office, "officer", third, "预留已释放")
    assert desk.decision(third).award_fen == 90_000_000


def test_an_award_of_another_years_budget_took_nothing_that_was_held(desk: Desk) -> None:
    first, second = round_of(desk, FIRST_COME, case(CODE, 90_000_000, 1, None), case(OTHER_CODE, 30_000_000))
    assert desk.decision(second).award_fen == 10_000_000
    allotments.appropriate(desk.office, "finance", "test-voucher/2027", "财指〔2026〕9号", 100_000_000)
    later = {"applied_at": datetime.datetime(2027, 1, 4, 9), "related_party": False}
    checking.verify_facts(desk.office, "officer", first, later, "收件登记簿")
    desk.clock.at = datetime.datetime(2027, 1, 5, 9, tzinfo=desk.clock.at.tzinfo)
    deciding.decide_again(desk.office, "officer", first, "收件日核实")
    assert desk.decision(first).award_fen == 90_000_000
    assert desk.decision(first).budget_id != desk.decision(second).budget_id
    assert refused(published, desk, second).code == "refused.rested_on_hold"
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert desk.decision(second).award_fen == 30_000_000


@pytest.mark.parametrize("order", [SHARED, RANKED % "rest"])
def test_a_parameter_that_matters_once_the_hold_is_free(desk: Desk, order: str) -> None:
    """Both readings of the rate come to more than the cap left. Freed, they differ: the larger is held."""
    stranger, first, second = round_of(
        desk, order,
        case(OTHER_CODE, 30_000_000, 3, None), case(CODE, 20_000_333, 2, None), case(CODE, 30_000_333),
        cap="300000.00", more=MORE + READINGS, rate='{ unset = "rate" }',
    )  # fmt: skip
    assert desk.decision(second).award_fen == 9_999_667
    settled(desk, first, True)
    settled(desk, stranger, True)
    deciding.decide_again(desk.office, "officer", second, "预留已释放")
    assert (desk.decision(second).status, desk.decision(second).holds_fen) == ("blocked", 30_000_000)
    told = supplements.propose_supplement(desk.office, "officer", "test-voucher@1", "rate", "100", "纪要")
    supplements.confirm_supplement(desk.office, "approver", told.facts["supplement"])
    deciding.decide_again(desk.office, "officer", second, "比例已定")
    assert desk.decision(second).award_fen == 30_000_000
    sound(desk)


@pytest.mark.parametrize("turned", [False, True])
def test_one_freed_share_is_given_out_once(desk: Desk, turned: bool) -> None:
    """900,000.00 are asked of 500,000.00. The applicant's own share was 111,111.11 and 55,555.55: whoever of
    its cases is decided again first, it has 166,666.66 in all, though another's share is free too."""
    adopt(desk.office, pack_text(SHARED, cap="300000.00", more=MORE))
    desk.give(-50_000_000, "test-voucher/2026")
    first, *both, stranger, _ = entered(
        desk,
        case(CODE, 20_000_000, 1, None), case(CODE, 25_000_000), case(CODE, 20_000_000),
        case(OTHER_CODE, 30_000_000, 1, None), case(YOUNG_CODE, 30_000_000),
    )  # fmt: skip
    assert [desk.decision(one).holds_fen for one in (first, *both)] == [11_111_111, 5_555_555, 0]
    settled(desk, first, True)
    settled(desk, stranger, True)
    for one in both[::-1] if turned else both:
        deciding.decide_again(desk.office, "officer", one, "预留已释放")
    awards = [desk.decision(one).award_fen or 0 for one in both]
    assert awards == ([5_555_555, 11_111_111] if turned else [13_888_888, 2_777_778])
    assert sum(awards) == 16_666_666
    sound(desk)
