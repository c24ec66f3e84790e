"""What a hold cuts once its case goes on, is returned or gives back, and who comes back to a round."""

import datetime
from typing import Any

import pytest

from casework.award import deciding, round_preview
from casework.award.resting_on_holds import counted_of_caps
from casework.issuing import approval, letters, withdraw_suspend_revoke
from casework.review import checking, corrections
from casework.rulebook.award_on_paper import figures
from casework.rulebook.counted_of_cap import Counted
from casework.rulebook.explanation_in_words import tell
from casework.rulebook.refusal_on_paper import why_refused
from rules.decide import decode
from rules.lines import lines_of
from tests.casework.adopted import adopt
from tests.casework.award.test_deciding_bench import RANKED, SHARED, sound
from tests.casework.award.test_resting_on_holds import (
    FIRST_COME,
    MILLION,
    MORE,
    case,
    entered,
    published,
    refused,
    round_of,
    settled,
    two,
)
from tests.casework.desk import CODE, MINUTES, OTHER_CODE, YOUNG_CODE, Desk
from tests.rules.round_packs import pack_text

CORRECTED = MORE + 'correction_days = { value = 5, article = "九" }\n'
OF_TIERS = """
[[cap]]
id = "small_year"
limit = "500000.00"
per = ["year"]
tiers = ["small", "general"]
article = "三"

[[tier]]
id = "small"
when = { any = [{ fact = "contract_amount", at_most = "300000.00" }, { fact = "related_party", is = "yes" }] }
rate = "1"
article = "二"
"""


def goes_on(desk: Desk, number: str, way: str) -> None:
    """A blocked case is taken up again, or asked for what is missing; what it holds stays held."""
    if way == "resume":
        withdraw_suspend_revoke.resume(desk.office, "officer", number)
    else:
        asked = [("field", "related_party", "未填写")]
        corrections.ask_correction(desk.office, "officer", number, asked)


def again(desk: Desk, number: str) -> int | None:
    """A case decided again: its award."""
    deciding.decide_again(desk.office, "officer", number, "再核")
    return desk.decision(number).award_fen


@pytest.mark.parametrize("way", ["resume", "ask_correction"])
@pytest.mark.parametrize("order", [FIRST_COME, RANKED % "rest"])
def test_what_is_held_is_not_free_while_its_case_goes_on(desk: Desk, order: str, way: str) -> None:
    first, second = round_of(
        desk, order, case(CODE, 60_000_000, 3, None), case(OTHER_CODE, 80_000_000, 2), more=CORRECTED
    )
    goes_on(desk, first, way)
    for _ in range(2):
        found = refused(published, desk, second)
        assert found.code == "refused.rests_on_hold" and first in found.say()
        assert again(desk, second) == 40_000_000
    withdraw_suspend_revoke.withdraw(desk.office, "officer", first, "申请单位撤回")
    assert refused(published, desk, second).code == "refused.rested_on_hold"
    assert again(desk, second) == 80_000_000
    published(desk, second)
    sound(desk)


def test_a_share_does_not_grow_while_the_case_that_holds_is_corrected(desk: Desk) -> None:
    """1,500,000.00 are asked of 1,000,000.00. What a stranger gives back is free, and nobody's here."""
    first, second, stranger = round_of(
        desk, SHARED,
        case(CODE, 80_000_000, 1, None), case(CODE, 80_000_000), case(OTHER_CODE, 50_000_000),
        more=CORRECTED,
    )  # fmt: skip
    assert [desk.decision(one).holds_fen for one in (first, second)] == [53_333_334, 13_333_333]
    withdraw_suspend_revoke.withdraw(desk.office, "officer", stranger, "申请单位撤回")
    goes_on(desk, first, "ask_correction")
    assert again(desk, second) == 13_333_333
    sound(desk)


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("order", [SHARED, RANKED % "rest"])
def test_who_comes_back_to_a_round_has_what_it_had_by_either_door(
    desk: Desk, order: str, together: bool
) -> None:
    """Returned or taken up again, a case has had its turn: what others gave back meanwhile is not its own."""
    given, back, held = round_of(
        desk, order,
        case(CODE, 60_000_000, 3), case(OTHER_CODE, 60_000_000, 2), case(YOUNG_CODE, 60_000_000, 4, None),
    )  # fmt: skip
    had = [desk.decision(one).holds_fen for one in (back, held)]
    withdraw_suspend_revoke.withdraw(desk.office, "officer", given, "申请单位撤回")
    if had[0]:
        approval.send_back(desk.office, "approver", back, "再核一次")
    goes_on(desk, held, "resume")
    ready = [one for one in (back, held) if desk.state(one) != "refused"]
    if together:
        seen = round_preview.decide_round(desk.office, "officer")
        deciding.decide_round(desk.office, "officer", reason="再核")
        assert {one.case: one.award_fen for one in seen.cases} == {
            one: desk.decision(one).award_fen for one in ready
        }
    else:
        for one in ready:
            deciding.decide(desk.office, "officer", one, "再核")
    assert [desk.decision(one).holds_fen for one in (back, held)] == had
    sound(desk)


def test_who_comes_new_to_a_round_shares_what_is_left_of_those_who_had_their_turn(desk: Desk) -> None:
    given, back = round_of(desk, SHARED, case(CODE, 100_000_000), case(OTHER_CODE, 100_000_000))
    withdraw_suspend_revoke.withdraw(desk.office, "officer", given, "申请单位撤回")
    approval.send_back(desk.office, "approver", back, "再核一次")
    (new,) = entered(desk, case(YOUNG_CODE, 100_000_000))
    assert [desk.decision(one).award_fen for one in (back, new)] == [50_000_000, 50_000_000]
    sound(desk)


@pytest.mark.parametrize("order", [SHARED, RANKED % "rest"])
def test_a_case_of_another_year_s_budget_waits_for_that_one_s_round(desk: Desk, order: str) -> None:
    """Its share was one of 2027: of what 2026 has left it has none before the others of its round."""
    adopt(desk.office, pack_text(order, more=MORE))
    desk.give(100_000_000, "test-voucher/2027")
    moved = entered(desk, case(CODE, 60_000_000) | {"applied_at": datetime.datetime(2027, 1, 4, 9)})[0]
    assert desk.decision(moved).award_fen == 60_000_000
    approval.send_back(desk.office, "approver", moved, "收件日有误")
    early = {"applied_at": datetime.datetime(2026, 5, 20, 8)}
    checking.verify_facts(desk.office, "officer", moved, early, "收件登记簿")
    found = refused(deciding.decide, desk.office, "officer", moved, "已核实")
    assert found.code == "refused.decided_together"
    (other,) = entered(desk, case(OTHER_CODE, 60_000_000, 2))
    wanted = [50_000_000, 50_000_000] if order == SHARED else [40_000_000, 60_000_000]
    assert [desk.decision(one).award_fen for one in (moved, other)] == wanted
    assert desk.decision(moved).budget_id == desk.decision(other).budget_id
    sound(desk)


def test_what_one_tier_was_awarded_has_taken_nothing_of_anothers_cap(desk: Desk) -> None:
    """A blocked case holds of the cap of every tier that it may be of yet. Its award is of one."""
    first, second = round_of(
        desk, FIRST_COME, case(CODE, 35_000_000, 1, None), case(OTHER_CODE, 30_000_000), more=MORE + OF_TIERS
    )
    assert (desk.decision(first).holds_fen, desk.decision(second).award_fen) == (35_000_000, 15_000_000)
    settled(desk, first, False)
    assert (desk.decision(first).tier, desk.decision(second).tier) == ("general", "small")
    assert refused(published, desk, second).code == "refused.rested_on_hold"
    assert again(desk, second) == 30_000_000
    published(desk, second)
    sound(desk)


def test_what_is_held_takes_nothing_of_a_tier_s_cap_that_the_case_can_t_be_of(desk: Desk) -> None:
    """350,000 are not small, whatever else is open of it: the small ones' year is whole."""
    more = MORE + OF_TIERS.replace(', { fact = "related_party", is = "yes" }', "")
    first, second = round_of(
        desk, FIRST_COME, case(CODE, 35_000_000, 1, None), case(OTHER_CODE, 30_000_000), more=more
    )
    assert (desk.decision(first).holds_fen, desk.decision(second).award_fen) == (35_000_000, 30_000_000)
    published(desk, second)
    sound(desk)


def held(desk: Desk, number: str) -> Any:
    """What the letter of a case calls held, not awarded."""
    decision = desk.decision(number)
    with desk.office.read() as session:
        policy = desk.office.policy(session, decision.policy_sha256 or "")
        return counted_of_caps(session, policy, decision)


def told(desk: Desk, number: str) -> str:
    """The letter's figures of a case, or the reasons of its refusal."""
    decision = desk.decision(number)
    with desk.office.read() as session:
        policy = desk.office.policy(session, decision.policy_sha256 or "")
        counted = counted_of_caps(session, policy, decision)
    lines = lines_of(decision.trace)
    if decision.status == "refused":
        return "\n".join(why.text for why in why_refused(policy, lines, decision.reasons, counted=counted))
    witness = decode(policy, decision.witness)
    return "\n".join(figure.text for figure in figures(policy, lines, witness, None, counted))


def test_what_others_of_a_shared_round_asked_for_was_not_awarded(desk: Desk) -> None:
    """800,000.00 are asked for by the firm's first case and fill its cap; its share is 444,444.44. Another,
    blocked, asks for 100,000.00. The fourth case is left nothing."""
    first, second, third, fourth, _ = round_of(
        desk, SHARED,
        case(CODE, 80_000_000), case(CODE, 10_000_000, 1, None), case(CODE, 60_000_000),
        case(CODE, 1_000_000), case(OTHER_CODE, 80_000_000),
    )  # fmt: skip
    assert [desk.decision(one).holds_fen for one in (first, second, third)] == [
        44_444_444, 5_555_556, 5_555_556,
    ]  # fmt: skip
    assert held(desk, third) == {"applicant_year": Counted(0, 90_000_000)}
    assert "1,000,000.00元，同批其他申请计入900,000.00元，本次至多100,000.00元" in told(desk, third)
    assert "此前已获" not in told(desk, third)
    decision = desk.decision(third)
    with desk.office.read() as session:
        policy = desk.office.policy(session, decision.policy_sha256 or "")
    screen = tell(policy, lines_of(decision.trace), decode(policy, decision.witness))
    assert any("预留和同批其他申请计入的额度合计 900,000.00 元" in one.text for one in screen)
    settled(desk, second, False)
    assert held(desk, third) == {"applicant_year": Counted(0, 90_000_000)}
    refusal = told(desk, fourth)
    assert "同批其他申请计入的额度合计1,000,000.00元，已达" in refusal and "此前已获" not in refusal
    later = entered(desk, case(CODE, 60_000_000))[0]
    assert held(desk, later) == {}
    sound(desk)


def test_a_share_that_comes_back_is_told_by_what_was_awarded(desk: Desk) -> None:
    first, second = round_of(desk, SHARED, case(CODE, 80_000_000), case(CODE, 60_000_000))
    assert held(desk, second) == {"applicant_year": Counted(0, 80_000_000)}
    for one in (first, second):
        approval.send_back(desk.office, "approver", one, "再核一次")
    deciding.decide_round(desk.office, "officer", reason="再核")
    assert [desk.decision(one).award_fen for one in (first, second)] == [80_000_000, 20_000_000]
    assert held(desk, second) == {}
    assert "此前已获核定额度800,000.00元" in told(desk, second)


# -- awarded, and given back -------------------------------------------------------------------------


def cut(desk: Desk) -> tuple[str, str]:
    """6,000,000.00 of a firm's 10,000,000.00 are held, then awarded; the next was cut to what is left."""
    desk.set_terms()
    first, second = two(desk, 12 * MILLION, 1_234_567_800)
    settled(desk, first, False)
    assert [desk.decision(one).award_fen for one in (first, second)] == [6 * MILLION, 4 * MILLION]
    return first, second


@pytest.mark.parametrize("way", ["withdraw", "revoke"])
def test_what_was_awarded_and_given_back_cut_nobody(desk: Desk, way: str) -> None:
    first, second = cut(desk)
    assert held(desk, second) == {}
    if way == "withdraw":
        withdraw_suspend_revoke.withdraw(desk.office, "officer", first, "申请单位撤回")
    else:
        desk.publish_and_end(first)
        approval.approve(desk.office, "approver", first, MINUTES)
        withdraw_suspend_revoke.revoke(desk.office, "approver", first, "合同已解除")
    assert held(desk, second) == {"applicant_year": Counted(6 * MILLION)}
    assert refused(published, desk, second).code == "refused.rested_on_hold"
    assert again(desk, second) == 617_283_900
    published(desk, second)


def test_an_award_that_was_returned_is_waited_for(desk: Desk) -> None:
    first, second = cut(desk)
    approval.send_back(desk.office, "approver", first, "再核一次")
    found = refused(published, desk, second)
    assert found.code == "refused.rests_on_hold" and first in found.say()
    deciding.decide(desk.office, "officer", first, "再核")
    published(desk, second)
    assert desk.decision(second).award_fen == 4 * MILLION


def test_an_award_that_is_put_aside_keeps_what_it_has(desk: Desk) -> None:
    first, second = cut(desk)
    withdraw_suspend_revoke.suspend(desk.office, "officer", first, "等候税务核查结果")
    published(desk, second)
    withdraw_suspend_revoke.resume(desk.office, "officer", first)
    assert held(desk, second) == {}


def test_what_is_free_again_is_first_of_those_who_were_ranked_before(desk: Desk) -> None:
    """600,000.00 are held, of a firm's cap of 700,000.00; its next case is cut to 100,000.00 by that, a
    stranger behind to 300,000.00 by the budget. Freed, the first takes 400,000.00 of it; the stranger has
    200,000.00 besides, though more is left that another gave back."""
    adopt(desk.office, pack_text(RANKED % "rest", cap="700000.00", more=MORE))
    desk.give(30_000_000, "test-voucher/2026")
    blocked, other, before, behind = entered(
        desk,
        case(CODE, 60_000_000, 4, None), case(YOUNG_CODE, 30_000_000, 3),
        case(CODE, 50_000_000, 2), case(OTHER_CODE, 70_000_000, 1),
    )  # fmt: skip
    assert [desk.decision(one).award_fen for one in (other, before, behind)] == [
        30_000_000, 10_000_000, 30_000_000,
    ]  # fmt: skip
    settled(desk, blocked, True)
    withdraw_suspend_revoke.withdraw(desk.office, "officer", other, "申请单位撤回")
    assert [again(desk, one) for one in (before, behind)] == [50_000_000, 50_000_000]
    sound(desk)


def test_a_refusal_waits_while_the_case_that_holds_is_corrected(desk: Desk) -> None:
    desk.set_terms()
    first, second = two(desk, 30 * MILLION, 8 * MILLION)
    desk.corrected(first)
    found = refused(letters.issue_refusal, desk.office, "approver", second)
    assert found.code == "refused.rests_on_hold" and first in found.say()
