"""The packs as the office holds them: what is set, what is open, who waits for it, and what it would cost."""

import datetime

from casework.audit.replay import replay
from casework.award import deciding
from casework.boards import policy_board
from casework.intake import counter_entry
from casework.rulebook import supplements
from casework.rulebook.in_force import Shelf
from tests.casework.desk import CODE, PACK, Desk

YOUNG = {"contract_amount": 1_000_000_000, "founded_on": datetime.date(2026, 1, 15)}
DAY = datetime.date(2026, 5, 20)


def shown(desk: Desk) -> policy_board.OnBoard:
    return next(one for one in policy_board.board(desk.office) if one.ref == PACK)


def blocked(desk: Desk) -> str:
    case = desk.submit(**YOUNG, other_support=300_000_000)
    desk.decide(case)
    return case


def test_who_waits_for_a_reading_and_what_each_would_cost(desk: Desk) -> None:
    case = blocked(desk)
    (waits,) = shown(desk).waits
    assert (waits.parameter, waits.numbers, waits.cases) == ("startup_ceiling", (case,), 1)
    assert dict(waits.totals) == {"50": 200_000_000, "60": 300_000_000}


def test_a_case_decided_after_the_supplement_waits_no_more_and_replay_stays_clean(desk: Desk) -> None:
    case = blocked(desk)
    number = desk.set("startup_ceiling", "60")
    deciding.decide_again(desk.office, "officer", case, "补充规定已明确")
    assert all(waits.parameter != "startup_ceiling" for waits in shown(desk).waits)
    supplements.revoke_supplement(desk.office, "approver2", number, "上级要求重新明确")
    assert replay(desk.office)["differ"] == []
    given = shown(desk).supplements[0]
    assert (given.state, given.revoked_from_on, given.source) == ("revoked", DAY, "局长办公会纪要")
    assert desk.decision(case).award_fen == 300_000_000


def test_what_is_still_unset(desk: Desk) -> None:
    assert "startup_ceiling" in shown(desk).unset(DAY)
    desk.set("startup_ceiling", "60", from_on=DAY + datetime.timedelta(days=3))
    assert "startup_ceiling" in shown(desk).unset(DAY)
    assert "startup_ceiling" not in shown(desk).unset(DAY + datetime.timedelta(days=3))


def test_awards_wait_for_the_term_that_publishing_needs(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    assert [(waits.parameter, waits.numbers, waits.totals) for waits in shown(desk).waits] == [
        ("publicity_days", (case,), ())
    ]
    desk.set("publicity_days", "5")
    assert shown(desk).waits == ()


def test_the_examples_are_at_hand(desk: Desk) -> None:
    text = policy_board.examples(desk.office, PACK)
    assert text is not None and "expect_award" in text
    assert shown(desk).examples_sha256


def test_of_two_that_set_the_same_the_one_confirmed_last_holds_as_in_deciding(desk: Desk) -> None:
    first, second = (
        supplements.propose_supplement(desk.office, "officer", PACK, "publicity_days", days, "纪要").facts[
            "supplement"
        ]
        for days in ("5", "7")
    )
    for number in (second, first):
        supplements.confirm_supplement(desk.office, "approver", number)
        desk.days(1)
    today = desk.office.today()
    with desk.office.read() as session:
        holds = Shelf(session).term(PACK.split("@")[0], "publicity_days", today, today)
    assert (shown(desk).settled(today)["publicity_days"], holds) == ("5", 5)


def test_who_waits_for_a_figure_that_no_source_states(desk: Desk) -> None:
    said = {
        "applied_at": datetime.datetime(2026, 5, 20, 9), "applicant": CODE, "applicant_name": "某公司",
        "applicant_kind": "enterprise", "ai_enterprise": True, "interest_paid": 30_000_000,
        "contract_amount": 1,
    }  # fmt: skip
    case = counter_entry.submit(desk.office, "officer", said, scheme="shenzhen-loan-interest").facts["case"]
    deciding.decide(desk.office, "officer", case)
    assert desk.decision(case).reasons == "share"
    one = next(one for one in policy_board.board(desk.office) if one.pack.id == "shenzhen-loan-interest")
    assert one.waits == (policy_board.Waits("share", (case,), ()),)
