"""A round decided as a whole: by rank or shared out, to the fen, each decision following again by itself."""

import datetime

import pytest

from casework.audit.replay import replay
from casework.audit.verify import checks
from casework.award import deciding, round_preview
from casework.core.refused import Refused
from casework.intake import counter_entry
from casework.issuing import withdraw_suspend_revoke
from casework.money import budgets, ledger
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
OF_2025 = {
    "applicant": CODE,
    "applicant_name": "单位",
    "applicant_kind": "enterprise",
    "contract_no": "HT-2025",
    "contract_amount": 10_000_000,
    "score": 1,
}


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
    gone, *late = submit(desk, (1, 80_000_000), (1, 2))
    withdraw_suspend_revoke.withdraw(desk.office, "officer", gone, "撤回")
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


# -- before an allotment, and where the pack states no budget --------------------------------------------

WITHOUT = {
    "beijing-compute-voucher": {
        "applied_at": datetime.datetime(2025, 6, 2, 9),
        "starts_on": datetime.date(2025, 6, 1),
        "ends_on": datetime.date(2026, 5, 1),
        "signed_on": datetime.date(2025, 5, 20),
        "claimed_before": False,
        "dishonest_in_three_years": False,
    },
    "qingyang-compute-voucher": {},
    "guangming-compute-subsidy": {"support_year": 1},
    "longgang-compute-subsidy": {"applied_at": datetime.datetime(2026, 7, 2, 9)},
}
"""Shipped packs without a budget, and what their conditions ask for besides the usual."""


def of_scheme(desk: Desk, scheme: str, amount: int = 100_000_000, at: int = 0, **facts: object) -> str:
    said = {
        "applied_at": datetime.datetime(2026, 5, 20, 9 + at),
        "applicant": CODES[at % 3],
        "applicant_name": f"单位{at}",
        "applicant_kind": "enterprise",
        "founded_on": datetime.date(2020, 3, 1),
        "contract_no": f"HT-{at}",
        "contract_amount": amount,
    }
    said |= WITHOUT.get(scheme, {}) | facts  # type: ignore[operator]
    change = counter_entry.submit(desk.office, "officer", said, "", None, scheme)
    return str(change.facts["case"])


@pytest.mark.parametrize("scheme", WITHOUT)
def test_a_shipped_pack_without_a_budget_awards_from_what_finance_allots(desk: Desk, scheme: str) -> None:
    """`decide` ended in an IntegrityError: no shipped pack without a budget could award anything."""
    case = of_scheme(desk, scheme)
    with pytest.raises(Refused) as refused:
        deciding.decide(desk.office, "officer", case)
    key = refused.value.params["budget"]
    assert (refused.value.code, key.rpartition("/")[0]) == ("refused.no_budget", scheme)
    assert desk.state(case) == "submitted"
    desk.give(10_000_000_000, key)
    decision = desk.decide(case)
    held = decision.holds_fen
    assert decision.status in ("awarded", "blocked") and held > 0
    with desk.office.read() as session:
        row = budgets.find(session, key)
        assert row is not None and decision.budget_id == row.id
        assert ledger.balance_of(row) == (10_000_000_000, 10_000_000_000 - held, held, 0, 0, 0)
    sound(desk)


def test_a_budget_that_the_pack_does_not_state_pays_whole_awards_or_none(desk: Desk) -> None:
    key, scheme = "guangming-compute-subsidy/2026", "guangming-compute-subsidy"
    desk.give(40_000_000, key)
    first, second = of_scheme(desk, scheme), of_scheme(desk, scheme, at=1)
    assert desk.decide(first).award_fen == 30_000_000
    with pytest.raises(Refused) as refused:
        deciding.decide(desk.office, "officer", second)
    assert refused.value.params == {"budget": key, "left_fen": 10_000_000, "wanted_fen": 30_000_000}
    assert "追加" in refused.value.say()
    desk.give(20_000_000, key)
    assert desk.decide(second).award_fen == 30_000_000


def test_one_case_that_can_t_be_paid_takes_no_other_of_its_batch_with_it(desk: Desk) -> None:
    poor = of_scheme(desk, "guangming-compute-subsidy")
    paid = desk.submit(contract_no="HT-9")
    failing = of_scheme(desk, "guangming-compute-subsidy", at=1, support_year=4)
    seen = round_preview.decide_round(desk.office, "officer")
    done = deciding.decide_round(desk.office, "officer", reason="已核对")
    assert done.skipped == ((poor, "refused.no_budget"),)
    assert [one.case for one in seen.cases if one.bar is not None] == [poor]
    assert (done.awarded, done.refused, desk.state(poor)) == (1, 1, "submitted")
    assert desk.decision(paid).award_fen == 400_000_000
    assert desk.decision(failing).reasons == "three_years"
    sound(desk)


def test_before_an_allotment_a_case_that_fails_is_refused_and_one_that_would_hold_is_not_decided(
    desk: Desk,
) -> None:
    desk.budget_of(0)
    failing = desk.submit(related_party=True)
    holds = desk.submit(contract_no="HT-2", founded_on=datetime.date(2026, 4, 2))
    assert desk.decide(failing).reasons == "related_party"
    assert desk.decision(failing).left_fen is None
    with pytest.raises(Refused, match="no_budget"):
        deciding.decide(desk.office, "officer", holds)
    sound(desk)


@pytest.mark.parametrize("order", [RANKED % "next", SHARED])
def test_a_round_decided_together_waits_for_its_allotment(desk: Desk, order: str) -> None:
    condition = '[[condition]]\nid = "scored"\nfact = "score"\nat_least = 1\narticle = "五"'
    adopt(desk.office, pack_text(order, more=condition), allotted=False)
    cases = submit(desk, (70_000_000, 60_000_000, 50_000_000), (2, 0, 3))
    done = deciding.decide_round(desk.office, "officer")
    assert sorted(done.skipped) == [(cases[0], "refused.no_budget"), (cases[2], "refused.no_budget")]
    assert [desk.state(case) for case in cases] == ["submitted", "refused", "submitted"]
    desk.give(WHOLE_FEN, BUDGET)
    deciding.decide_round(desk.office, "officer")
    assert sum(desk.decision(case).holds_fen for case in cases) <= WHOLE_FEN
    assert [desk.decision(case).status for case in cases][2] == "awarded"
    sound(desk)


def test_what_a_case_held_stays_held_where_it_can_t_be_decided_again(desk: Desk) -> None:
    """A case taken up again asks for more than is left: skipped in its batch, and nothing of it has moved."""
    key, scheme = "guangming-compute-subsidy/2026", "guangming-compute-subsidy"
    desk.give(40_000_000, key)
    case = of_scheme(desk, scheme)
    deciding.decide(desk.office, "officer", case)
    withdraw_suspend_revoke.suspend(desk.office, "officer", case, "复核")
    withdraw_suspend_revoke.resume(desk.office, "officer", case)
    before = desk.decision(case).holds_fen
    verify_facts(desk.office, "officer", case, {"contract_amount": 1_000_000_000}, "按合同原件")
    done = deciding.decide_round(desk.office, "officer")
    assert done.skipped == ((case, "refused.budget_short"),)
    with desk.office.read() as session:
        row = budgets.find(session, key)
        assert row is not None and ledger.balance_of(row).reserved_fen == before == 30_000_000
    sound(desk)


def test_a_case_of_an_earlier_version_without_allotment_stops_no_round_of_a_ranked_one(desk: Desk) -> None:
    """The scheme is ranked since 2026; one of its cases is of 2025, when each was decided as it came."""
    adopt(desk.office, pack_text(RANKED % "next"))
    start, end = '"1"', "from = 2026-01-01"
    before = pack_text('exceeded = "rest"').replace(f"version = {start}", 'version = "0"', 1)
    adopt(desk.office, before.replace(end, "from = 2025-01-01, until = 2026-01-01"), allotted=False)
    late = counter_entry.submit(
        desk.office, "officer", OF_2025 | {"applied_at": datetime.datetime(2025, 12, 20, 9)}, "", None,
        "test-voucher",
    ).facts["case"]  # fmt: skip
    cases = submit(desk, (60_000_000, 50_000_000))
    seen = round_preview.decide_round(desk.office, "officer")
    done = deciding.decide_round(desk.office, "officer", reason="已核对")
    assert done.skipped == ((late, "refused.no_budget"),)
    assert [one.case for one in seen.cases if one.bar is not None] == [late]
    assert (desk.state(late), awards(desk, cases)) == ("submitted", [None, 50_000_000])
    sound(desk)
