"""Finance fills the budgets: by entries, above the ceiling by two, in place of what nobody entered."""

import datetime
from typing import Any

import pytest
from sqlalchemy import insert

from casework.core.act import By, Turn, carry_out
from casework.core.refused import Refused
from casework.money import allotments, allotments_entered, books_check, budgets, ledger
from casework.rulebook import packs
from models import Appropriation, AppropriationProposal, LedgerEntry
from tests.casework.desk import ALLOTMENT, BUDGET, BUDGET_FEN, PACK, Desk

MODEL, MODEL_FEN = "shenzhen-model-voucher/2026", 10_000_000_000
QINGYANG = "qingyang-compute-voucher/2026"


def appropriate(
    desk: Desk, fen: int, number: str = "财指〔2026〕2号", reason: str = "", by: str = "finance"
) -> Any:
    return allotments.appropriate(desk.office, by, MODEL, number, fen, reason).facts


def stands(desk: Desk, key: str = MODEL) -> ledger.Balance | None:
    with desk.office.read() as session:
        row = budgets.find(session, key)
        assert books_check.check(session).faults == ()
        return None if row is None else ledger.balance_of(row)


def refused(code: str, *args: Any, **given: Any) -> Refused:
    act, *rest = args
    with pytest.raises(Refused) as caught:
        act(*rest, **given)
    assert caught.value.code == code, caught.value
    assert caught.value.say("zh") and caught.value.say("en")
    return caught.value


def silently(desk: Desk, fen: int, key: str = MODEL) -> None:
    """What an earlier version did when the first case asked for the year's budget."""

    def body(turn: Turn) -> None:
        budget_id = budgets.opened(turn, key)
        journal = ledger.appropriate(turn, budget_id, fen)
        turn.session.execute(
            insert(Appropriation).values(
                budget_id=budget_id,
                allotment_no="shenzhen-model-voucher@2025",
                amount_fen=fen,
                journal=journal,
                at=turn.at,
                person_id=turn.person.id,
            )
        )

    carry_out(desk.office, "officer", "decide", body)


def test_it_is_filled_raised_and_cut_by_entries_and_the_answer_says_all(desk: Desk) -> None:
    told = appropriate(desk, 5_000_000_000)
    assert told == {
        "budget": MODEL,
        "amount_fen": 5_000_000_000,
        "amount_in_capitals": "伍仟万元整",
        "appropriation_fen": 5_000_000_000,
        "available_fen": 5_000_000_000,
    }
    appropriate(desk, 1_000_000_001, "财指〔2026〕3号", "追加")
    told = appropriate(desk, -297_000_000, "财指〔2026〕4号", "调减")
    assert (told["amount_in_capitals"], told["available_fen"]) == ("负贰佰玖拾柒万元整", 5_703_000_001)
    rows = [row for row in desk.rows(Appropriation) if row.allotment_no != ALLOTMENT]
    assert [(row.allotment_no, row.amount_fen, row.reason) for row in rows] == [
        ("财指〔2026〕2号", 5_000_000_000, None),
        ("财指〔2026〕3号", 1_000_000_001, "追加"),
        ("财指〔2026〕4号", -297_000_000, "调减"),
    ]
    assert stands(desk) == (5_703_000_001, 5_703_000_001, 0, 0, 0, 0)


def test_the_ceiling_itself_is_one_person_s_and_a_fen_more_is_two_people_s(desk: Desk) -> None:
    assert "proposal" not in appropriate(desk, MODEL_FEN)
    told = appropriate(desk, 1, "财指〔2026〕3号", "追加")
    assert (told["proposal"], told["ceiling_fen"], told["would_be_fen"]) == (1, MODEL_FEN, MODEL_FEN + 1)
    assert told["appropriation_fen"] == MODEL_FEN
    assert stands(desk) == (MODEL_FEN, MODEL_FEN, 0, 0, 0, 0), "a proposal moves nothing"
    refused("refused.same_person", allotments.confirm_appropriation, desk.office, "finance", 1)
    refused("refused.not_allowed", allotments.confirm_appropriation, desk.office, "approver", 1)
    told = allotments.confirm_appropriation(desk.office, "finance2", 1).facts
    assert (told["amount_fen"], told["appropriation_fen"]) == (1, MODEL_FEN + 1)
    assert stands(desk) == (MODEL_FEN + 1, MODEL_FEN + 1, 0, 0, 0, 0)
    assert desk.rows(Appropriation)[-1].proposal_id == 1
    refused("refused.not_proposed", allotments.confirm_appropriation, desk.office, "finance2", 1)


def test_the_first_allotment_above_the_ceiling_waits_too(desk: Desk) -> None:
    assert appropriate(desk, MODEL_FEN + 1, reason="特批")["appropriation_fen"] == 0
    assert stands(desk) is None
    allotments.confirm_appropriation(desk.office, "finance2", 1)
    assert stands(desk) == (MODEL_FEN + 1, MODEL_FEN + 1, 0, 0, 0, 0)


def test_a_proposal_is_turned_down_with_a_reason(desk: Desk) -> None:
    appropriate(desk, MODEL_FEN + 1, reason="特批")
    refused("refused.reason_missing", allotments.reject_appropriation, desk.office, "finance2", 1, " ")
    allotments.reject_appropriation(desk.office, "finance2", 1, "没有指标文件")
    row = desk.rows(AppropriationProposal)[0]
    assert (row.state, row.settled_reason) == ("rejected", "没有指标文件")
    refused("refused.not_proposed", allotments.confirm_appropriation, desk.office, "finance2", 1)
    with pytest.raises(Refused, match="not_proposed") as told:
        allotments.confirm_appropriation(desk.office, "finance2", 1)
    assert "目前是“已否决”，不再等待确认" in told.value.say()
    refused("refused.no_such_proposal", allotments.reject_appropriation, desk.office, "finance", 7, "没有")
    assert stands(desk) is None


def test_above_the_ceiling_needs_a_reason(desk: Desk) -> None:
    refused("refused.reason_missing", appropriate, desk, MODEL_FEN + 1)


def test_a_budget_without_a_ceiling_is_filled_by_one(desk: Desk) -> None:
    told = allotments.appropriate(desk.office, "finance", QINGYANG, "庆财1号", 10**14).facts
    assert told["appropriation_fen"] == 10**14


def test_a_cut_takes_no_more_than_is_available(desk: Desk) -> None:
    desk.budget_of(900_000_000)
    desk.decide(desk.submit())
    cut = (allotments.appropriate, desk.office, "finance", BUDGET, "财指〔2026〕2号", -500_000_001, "调减")
    assert refused("refused.cut_too_deep", *cut).params == {"budget": BUDGET, "most_fen": 500_000_000}
    allotments.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕2号", -500_000_000, "调减")
    assert desk.budget() == (400_000_000, 0, 400_000_000, 0)


def test_what_two_proposals_come_to_is_no_more_than_an_amount_can_be(desk: Desk) -> None:
    first, second = (appropriate(desk, 6 * 10**14, number, "增列")["proposal"] for number in ("5号", "6号"))
    allotments.confirm_appropriation(desk.office, "finance2", first)
    confirm = (allotments.confirm_appropriation, desk.office, "finance2", second)
    refused("refused.amount_too_large", *confirm)
    standing = stands(desk)
    assert standing is not None and standing.appropriation_fen == 6 * 10**14


def test_an_allotment_has_its_number_an_amount_and_a_budget_that_there_is(desk: Desk) -> None:
    refused("refused.allotment_missing", appropriate, desk, 1, " ")
    refused("refused.amount_zero", appropriate, desk, 0)
    refused("refused.not_allowed", appropriate, desk, 1, by="officer")
    refused(
        "refused.amount_too_large",
        allotments.appropriate,
        desk.office,
        "finance",
        QINGYANG,
        "1号",
        10**15 + 1,
    )
    key = "shenzhen-trainning-voucher/2026"
    unknown = refused("refused.no_such_budget", allotments.appropriate, desk.office, "finance", key, "1号", 1)
    assert BUDGET in unknown.params["known"]
    year = "shenzhen-training-voucher/2062"
    unknown = refused(
        "refused.no_such_budget", allotments.appropriate, desk.office, "finance", year, "1号", 1
    )
    assert unknown.params["known"] == ("shenzhen-training-voucher/2025", BUDGET)


@pytest.mark.parametrize(
    "again",
    [
        "财指〔2026〕2号",
        " 财指[2026]２号",
        "财指 （2026） 2号",
        "财指2026第2号",
        "財指〔2026〕2号",
        "财指〔2026〕02号",
    ],
)
def test_a_number_used_again_is_asked_about(desk: Desk, again: str) -> None:
    appropriate(desk, 100, reason="年初")
    assert refused("refused.allotment_again", appropriate, desk, 200, again).params["amount_fen"] == 100
    refused("refused.allotment_again", appropriate, desk, 100, again, "年初")
    for same in ("年初", " 年 初 ", "年初。", "“年初”！"):  # the amount is another, and it passed
        told = refused("refused.allotment_again", appropriate, desk, 200, again, same)
        assert told.params["amount_fen"] == 100
    appropriate(desk, 200, again, "同一文件第二笔")
    found = stands(desk)
    assert found is not None and found.appropriation_fen == 300


@pytest.mark.parametrize("said", ["", " ", "无", "ok"])
def test_a_cut_says_why(desk: Desk, said: str) -> None:
    """The manual asks for amount and reason; a cut without one passed."""
    appropriate(desk, 300)
    again = refused("refused.reason_missing", appropriate, desk, -100, "财指〔2026〕3号", said)
    assert again.params == {"act": "appropriate"}
    appropriate(desk, -100, "财指〔2026〕3号", "年中调减")
    found = stands(desk)
    assert found is not None and found.appropriation_fen == 200


def test_a_cut_under_the_number_of_a_raise_says_another_reason(desk: Desk) -> None:
    appropriate(desk, 300, reason="年初下达")
    refused("refused.allotment_again", appropriate, desk, -100, reason="年初下达")
    appropriate(desk, -100, reason="更正：多录")
    found = stands(desk)
    assert found is not None and found.appropriation_fen == 200


def test_a_number_that_waits_for_the_second_person_is_used_too(desk: Desk) -> None:
    appropriate(desk, MODEL_FEN + 1, reason="特批")
    refused("refused.allotment_again", appropriate, desk, MODEL_FEN + 1, reason="特批")


def test_of_several_under_one_number_the_one_that_is_meant_is_named(desk: Desk) -> None:
    appropriate(desk, 100, reason="年初")
    appropriate(desk, 200, reason="追加")
    again = refused("refused.allotment_again", appropriate, desk, 100, reason="年初")
    assert again.params["amount_fen"] == 100


def test_a_request_that_comes_twice_is_carried_out_once(desk: Desk) -> None:
    by = By("finance", "request-1")
    first = allotments.appropriate(desk.office, by, MODEL, "财指〔2026〕2号", 700)
    again = allotments.appropriate(desk.office, by, MODEL, "财指〔2026〕2号", 700)
    assert (again.repeated, again.facts) == (True, first.facts)
    found = stands(desk)
    assert found is not None and found.appropriation_fen == 700


def test_what_the_program_entered_is_replaced_in_one_act(desk: Desk) -> None:
    silently(desk, MODEL_FEN)
    add = refused("refused.silent_budget", appropriate, desk, 5)
    assert add.params == {"budget": MODEL, "amount_fen": MODEL_FEN, "act": "replace_appropriation"}
    assert "“以指标替换系统预置的预算”" in add.say() and "replace_appropriation" not in add.say()
    assert "“以指标替换系统预置的预算（replace_appropriation）”" in add.say_with_ids()
    replace = (allotments.replace_appropriation, desk.office, "finance", MODEL)
    refused("refused.reason_missing", *replace, 1, "财指〔2026〕2号")
    refused("refused.allotment_missing", *replace, 1, reason="按文件")
    refused("refused.amount_below_zero", *replace, -1, "财指〔2026〕2号", "按文件")
    told = allotments.replace_appropriation(
        desk.office, "finance", MODEL, 6_000_000_000, "财指〔2026〕2号", "按文件"
    ).facts
    assert (told["replaced_fen"], told["appropriation_fen"]) == (MODEL_FEN, 6_000_000_000)
    assert stands(desk) == (6_000_000_000, 6_000_000_000, 0, 0, 0, 0)
    acts = [entry.act for entry in desk.rows(LedgerEntry) if entry.budget_id == 2]
    assert acts == ["decide"] * 2 + ["replace_appropriation"] * 4, "the old entries stay"
    refused("refused.nothing_silent", *replace, 1, "财指〔2026〕3号", "按文件")
    appropriate(desk, 5, "财指〔2026〕3号")


def test_where_finance_had_entered_all_already_the_silent_money_just_goes(desk: Desk) -> None:
    """The finding: 500,000 recorded after the first Henan case made 50,500,000 of 50,000,000."""
    silently(desk, MODEL_FEN)
    with desk.office.read() as session:
        row = budgets.find(session, MODEL)
    assert row is not None
    entry = allotments.Wanted(MODEL, "财指〔2026〕2号", 50_000_000)
    carry_out(desk.office, "finance", "appropriate", lambda turn: allotments.post(turn, row.id, entry))
    found = stands(desk)
    assert found is not None and found.appropriation_fen == MODEL_FEN + 50_000_000
    allotments.replace_appropriation(desk.office, "finance", MODEL, 0, reason="指标已登记")
    assert stands(desk) == (50_000_000, 50_000_000, 0, 0, 0, 0)


def test_what_replaces_covers_what_is_used(desk: Desk) -> None:
    silently(desk, MODEL_FEN)
    carry_out(desk.office, "finance", "appropriate", lambda turn: ledger.reserve(turn, 2, 300))
    replace = (allotments.replace_appropriation, desk.office, "finance", MODEL)
    low = refused("refused.replaced_too_low", *replace, 299, "财指〔2026〕2号", "按文件")
    assert low.params == {"budget": MODEL, "used_fen": 300, "least_fen": 300}
    allotments.replace_appropriation(desk.office, "finance", MODEL, 300, "财指〔2026〕2号", "按文件")
    assert stands(desk) == (300, 0, 300, 0, 0, 0)


def test_a_replacement_above_the_ceiling_is_two_people_s_too(desk: Desk) -> None:
    silently(desk, MODEL_FEN)
    more = MODEL_FEN + 7
    allotments.replace_appropriation(desk.office, "finance", MODEL, more, "财指〔2026〕2号", "按文件")
    assert stands(desk) == (MODEL_FEN, MODEL_FEN, 0, 0, 0, 0)
    allotments.confirm_appropriation(desk.office, "finance2", 1)
    assert stands(desk) == (more, more, 0, 0, 0, 0)
    with desk.office.read() as session:
        row = budgets.find(session, MODEL)
        assert row is not None and allotments_entered.silent_of(session, row.id) == []


def test_a_budget_that_no_pack_names_any_more_can_be_cut_and_not_raised(desk: Desk) -> None:
    silently(desk, 500, "old-typo/2026")
    allotments.replace_appropriation(desk.office, "finance", "old-typo/2026", 100, "1号", "误开")
    allotments.appropriate(desk.office, "finance", "old-typo/2026", "2号", -100, "误开")
    assert stands(desk, "old-typo/2026") == (0, 0, 0, 0, 0, 0)
    refused(
        "refused.no_such_budget", allotments.appropriate, desk.office, "finance", "old-typo/2026", "3号", 1
    )


def test_the_ceiling_is_asked_for_again_after_a_cut(desk: Desk) -> None:
    desk.give(1_000)
    desk.give(-500)
    assert desk.budget()[0] == BUDGET_FEN + 500
    told = allotments.appropriate(desk.office, "finance", BUDGET, "财指〔2026〕7号", 1, "追加").facts
    assert "proposal" in told


def test_amounts_are_told_in_capitals() -> None:
    assert allotments.in_capitals(50_000_000_000) == "伍亿元整"
    assert allotments.in_capitals(-297_000_000) == "负贰佰玖拾柒万元整"


def test_what_no_pack_names_any_more_is_not_confirmed(desk: Desk) -> None:
    """As the proposing act refuses it: the pack was withdrawn while the proposal waited."""
    allotments.appropriate(desk.office, "finance", BUDGET, "财指2号", 10_000_000_000, "追加")
    packs.withdraw_pack(desk.office, "approver", PACK, datetime.date(2026, 1, 1), "停用有误")
    refused(
        "refused.no_such_budget",
        allotments.appropriate,
        desk.office,
        "finance",
        BUDGET,
        "财指3号",
        100,
        "追加",
    )
    said = refused("refused.proposal_no_budget", allotments.confirm_appropriation, desk.office, "finance2", 1)
    assert "否决" in said.say("zh")
    assert desk.budget()[0] == BUDGET_FEN and desk.rows(AppropriationProposal)[0].state == "proposed"
    allotments.reject_appropriation(desk.office, "finance2", 1, "该政策已停止执行")


def move(
    desk: Desk, fen: int, number: str = "财指〔2026〕8号", reason: str = "年中调剂", to: str = MODEL
) -> Any:
    return allotments.move_appropriation(desk.office, "finance", BUDGET, to, number, fen, reason).facts


def test_money_is_moved_from_budget_to_budget_to_the_fen(desk: Desk) -> None:
    told = move(desk, 123_456_789)
    assert (told["budget"], told["from_budget"], told["available_fen"]) == (MODEL, BUDGET, 123_456_789)
    left = BUDGET_FEN - 123_456_789
    assert stands(desk, BUDGET) == (left, left, 0, 0, 0, 0)
    assert stands(desk) == (123_456_789, 123_456_789, 0, 0, 0, 0)
    assert refused("refused.allotment_again", move, desk, 1).params["amount_fen"] == -123_456_789


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"fen": 0}, "refused.moved_amount"),
        ({"fen": -5}, "refused.moved_amount"),
        ({"fen": 5, "to": BUDGET}, "refused.moved_to_itself"),
        ({"fen": 5, "to": "nobody/2026"}, "refused.no_such_budget"),
        ({"fen": BUDGET_FEN + 1}, "refused.cut_too_deep"),
        ({"fen": 5, "number": "无"}, "refused.allotment_missing"),
        ({"fen": 5, "reason": " "}, "refused.reason_missing"),
        ({"fen": 5, "reason": "同意"}, "refused.no_reason"),
    ],
)
def test_what_can_not_be_moved(desk: Desk, given: dict[str, Any], code: str) -> None:
    refused(code, move, desk, **given)
    assert stands(desk, BUDGET) == (BUDGET_FEN, BUDGET_FEN, 0, 0, 0, 0)


def test_from_a_budget_that_is_none_or_holds_nothing(desk: Desk) -> None:
    given = (BUDGET, "财指〔2026〕8号", 5, "年中调剂")
    act = allotments.move_appropriation
    refused("refused.no_such_budget", act, desk.office, "finance", "nobody/2026", *given)
    assert refused("refused.cut_too_deep", act, desk.office, "finance", MODEL, *given).params["most_fen"] == 0
    silently(desk, 50)
    refused("refused.silent_budget", act, desk.office, "finance", MODEL, *given)
    refused("refused.silent_budget", move, desk, 5)


def test_moved_above_the_ceiling_it_waits_for_the_other_of_finance(desk: Desk) -> None:
    appropriate(desk, MODEL_FEN)
    told = move(desk, 600)
    assert told["waits_for"] == "confirm_appropriation"
    assert stands(desk, BUDGET) == (BUDGET_FEN, BUDGET_FEN, 0, 0, 0, 0)
    refused("refused.same_person", allotments.confirm_appropriation, desk.office, "finance", told["proposal"])
    desk.budget_of(599)
    refused(
        "refused.cut_too_deep", allotments.confirm_appropriation, desk.office, "finance2", told["proposal"]
    )
    desk.budget_of(601)
    allotments.confirm_appropriation(desk.office, "finance2", told["proposal"])
    assert stands(desk, BUDGET) == (1, 1, 0, 0, 0, 0)
    assert stands(desk) == (MODEL_FEN + 600, MODEL_FEN + 600, 0, 0, 0, 0)
