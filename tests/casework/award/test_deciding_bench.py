"""A round decided as a whole: by rank or shared out, to the fen, each decision following again by itself."""

import datetime

import pytest

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.award import deciding, round_preview
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.money import ledger
from casework.review.checking import verify_facts
from casework.rulebook.supplements import confirm_supplement, propose_supplement
from models import Decision
from tests.casework.adopted import adopt
from tests.casework.desk import CODE, OTHER_CODE, YOUNG_CODE, Desk
from tests.rules.round_packs import FLOOR, READINGS, pack_text

REF, BUDGET = "test-voucher@1", "test-voucher/2026"
RANKED = 'order = "ranked"\nrank_by = [{ fact = "score", descending = true }]\nunfit = "%s"'
SHARED = 'order = "pro_rata"\nresidual = "largest_remainder"\nunit = "0.01"'
WHOLE_FEN = 100_000_000
CODES = (CODE, OTHER_CODE, YOUNG_CODE)


def submit(desk: Desk, amounts: tuple[int, ...], scores: tuple[int | None, ...] = (1, 2, 3)) -> list[str]:
    """A case of each amount and score, each of its own applicant, an hour after one another."""
    found = []
    for at, (amount, score) in enumerate(zip(amounts, scores, strict=False)):
        facts = {
            "applied_at": datetime.datetime(2026, 5, 20, 9 + at),
            "applicant": CODES[at % 3],
            "applicant_name": f"单位{at}",
            "applicant_kind": "enterprise",
            "contract_no": f"HT-{at}",
            "contract_amount": amount,
        } | ({} if score is None else {"score": score})
        change = counter_entry.submit(desk.office, "officer", facts, "", None, "test-voucher")
        found.append(str(change.facts["case"]))
    return found


def sound(desk: Desk) -> None:
    """Every decision comes out again, and the books agree."""
    found = replay(desk.office)
    assert (found["differ"], found["same"]) == ([], found["decisions"])
    assert [check.name for check in checks(desk.office) if not check.ok] == []


def awards(desk: Desk, cases: list[str]) -> list[int | None]:
    return [desk.decision(case).award_fen for case in cases]


@pytest.mark.parametrize(
    ("unfit", "expected", "seqs"),
    [
        ("next", [40_000_000, None, 50_000_000], [3, 2, 1]),
        ("rest", [None, 50_000_000, 50_000_000], [3, 2, 1]),
        ("stop", [None, None, 50_000_000], [3, 2, 1]),
    ],
)
def test_a_ranked_round_goes_by_its_rank(
    desk: Desk, unfit: str, expected: list[int | None], seqs: list[int]
) -> None:
    adopt(desk.office, pack_text(RANKED % unfit))
    cases = submit(desk, (40_000_000, 60_000_000, 50_000_000))
    seen = round_preview.decide_round(desk.office, "officer")
    done = deciding.decide_round(desk.office, "officer")
    assert awards(desk, cases) == expected
    assert [desk.decision(case).seq for case in cases] == seqs
    assert done.award_fen == sum(fen or 0 for fen in expected) == seen.award_fen
    assert {one.case: one.award_fen for one in seen.cases} == dict(zip(cases, expected, strict=True))
    sound(desk)


def test_a_shared_budget_is_given_out_to_the_fen_with_the_residual_where_the_pack_says(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED))
    cases = submit(desk, (70_000_000, 70_000_000, 70_000_000))
    seen = round_preview.decide_round(desk.office, "officer")
    deciding.decide_round(desk.office, "officer")
    assert awards(desk, cases) == [33_333_334, 33_333_333, 33_333_333]
    assert [one.award_fen for one in seen.cases] == awards(desk, cases)
    assert [desk.decision(case).binding for case in cases] == ["budget"] * 3
    with desk.office.read() as session:
        from casework.money import budgets

        row = budgets.find(session, BUDGET)
        assert row is not None and ledger.balance(session, row.id).available_fen == 0
    sound(desk)


def test_a_case_that_a_reading_blocks_holds_its_share_and_never_gets_more(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED, rate='{ unset = "rate" }', more=READINGS))
    cases = submit(desk, (80_000_000, 80_000_000))
    done = deciding.decide_round(desk.office, "officer")
    assert done.blocked == 2
    assert [desk.decision(case).holds_fen for case in cases] == [50_000_000, 50_000_000]
    sound(desk)
    number = propose_supplement(desk.office, "officer", REF, "rate", "100", "纪要").facts["supplement"]
    confirm_supplement(desk.office, "approver", number)
    deciding.decide_again(desk.office, "officer", cases[0], "已设定")
    assert awards(desk, cases) == [50_000_000, None]
    assert desk.decision(cases[0]).binding == "budget"
    sound(desk)


def test_a_case_without_its_rank_waits_and_keeps_its_money(desk: Desk) -> None:
    adopt(desk.office, pack_text(RANKED % "rest"))
    cases = submit(desk, (70_000_000, 60_000_000, 50_000_000), (1, None, 3))
    deciding.decide_round(desk.office, "officer")
    missing = desk.decision(cases[1])
    assert (missing.status, missing.reasons, missing.holds_fen, missing.seq) == (
        "blocked", "score", 60_000_000, 1,
    )  # fmt: skip
    assert awards(desk, cases) == [None, None, 40_000_000]
    sound(desk)


def test_a_case_of_such_a_round_is_not_decided_ahead_of_the_others(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED))
    (case,) = submit(desk, (80_000_000,))
    with pytest.raises(Refused, match="decided_together"):
        deciding.decide(desk.office, "officer", case)
    assert desk.rows(Decision) == []


def test_who_comes_after_the_round_gets_what_is_left(desk: Desk) -> None:
    adopt(desk.office, pack_text(SHARED))
    first = submit(desk, (80_000_000,))
    deciding.decide_round(desk.office, "officer")
    late = submit(desk, (0, 80_000_000), (1, 2))[1:]
    deciding.decide_round(desk.office, "officer")
    assert awards(desk, [*first, *late]) == [80_000_000, 20_000_000]
    sound(desk)


def test_a_budget_that_one_case_has_closed_stays_closed(desk: Desk) -> None:
    adopt(desk.office, pack_text('exceeded = "stop"'))
    cases = submit(desk, (90_000_000, 20_000_000, 5_000_000))
    deciding.decide_round(desk.office, "officer", batch=2)
    assert awards(desk, cases) == [90_000_000, None, None]
    assert [desk.decision(case).left_fen for case in cases] == [WHOLE_FEN, 10_000_000, 0]
    sound(desk)


def test_a_share_of_nothing_stays_nothing(desk: Desk) -> None:
    """Decided first while no pack covers its date, a case has no share; corrected, it takes nobody's."""
    adopt(desk.office, pack_text(SHARED))
    early, *others = submit(desk, (100_000_000, 100_000_000, 100_000_000))
    verify_facts(desk.office, "officer", early, {"applied_at": datetime.datetime(2025, 12, 1, 9)}, "核对时间")
    desk.decide(early)
    assert (desk.decision(early).reasons, desk.decision(early).holds_fen) == ("no_pack", 0)
    verify_facts(desk.office, "officer", early, {"applied_at": datetime.datetime(2026, 5, 20, 9)}, "更正时间")
    deciding.decide_again(desk.office, "officer", early, "时间已更正")
    assert (desk.decision(early).status, desk.decision(early).reasons) == ("refused", "budget")
    deciding.decide_round(desk.office, "officer")
    assert awards(desk, others) == [50_000_000, 50_000_000]
    sound(desk)


def test_a_blocked_case_left_out_by_the_floor_keeps_nobody_from_being_decided(desk: Desk) -> None:
    adopt(
        desk.office,
        pack_text(SHARED, rate='{ unset = "rate" }', more=READINGS + FLOOR.format(least="300000.00")),
    )
    cases = submit(desk, (40_000_000, 100_000_000, 100_000_000))
    done = deciding.decide_round(desk.office, "officer")
    assert (done.blocked, done.skipped) == (3, ())
    assert [desk.decision(case).holds_fen for case in cases] == [0, 50_000_000, 50_000_000]
    sound(desk)
