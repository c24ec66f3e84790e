"""What if: who gains, who loses, what it costs in all, and when the money runs out."""

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.facts import OPEN_END, OPEN_START, Value
from rules.faults import PackFaults
from rules.pack import Pack, load
from rules.policy import Policy
from rules.whatif import Past, WhatIf, decided, is_startup, moved, variant, what_if
from tests.rules.desk import pack
from tests.rules.round_packs import policy, pro_rata

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
TRAINING = load((POLICIES / "shenzhen" / "training-voucher-2026.toml").read_text(encoding="utf-8"))
START = datetime(2026, 5, 6, 9)


def past(amount: int, award: int, at: int = 0, founded: date = date(2020, 1, 1), **more: Any) -> Past:
    facts: dict[str, Value] = {
        "case": str(at),
        "applied_at": START + timedelta(days=at),
        "applicant": f"applicant-{at}",
        "applicant_kind": "enterprise",
        "founded_on": founded,
        "signed_on": START.date(),
        "contract_amount": amount,
        "related_party": False,
        "provider_admitted": True,
    }
    return Past(str(at), facts, "awarded" if award else "refused", award, **more)


def total(found: WhatIf) -> tuple[int, int]:
    return found.then.total_fen, found.now.total_fen


def test_a_higher_rate_gives_more_to_those_below_their_cap() -> None:
    draft = Policy(variant(TRAINING, {"general.rate": "0.6"}))
    found = what_if(draft, [past(100_000_000, 50_000_000), past(3_000_000_000, 1_000_000_000, 1)])
    assert [one.change_fen for one in found.lines] == [10_000_000, 0]
    assert [one.case for one in found.gainers] == ["0"] and found.losers == ()
    assert total(found) == (1_050_000_000, 1_060_000_000)
    assert found.draft == "shenzhen-training-voucher@2026-whatif"


def test_a_lower_cap_takes_from_the_large() -> None:
    draft = Policy(variant(TRAINING, {"applicant_year.limit": "5000000.00"}))
    found = what_if(draft, [past(3_000_000_000, 1_000_000_000), past(100_000_000, 50_000_000, 1)])
    assert [one.case for one in found.losers] == ["0"]
    assert found.losers[0].change_fen == -500_000_000
    assert (found.lines[0].binding, found.lines[0].tier) == ("applicant_year", "general")


def test_the_day_on_which_a_smaller_budget_runs_out() -> None:
    draft = Policy(variant(TRAINING, {"budget.amount": "1000000.00", "budget.exceeded": "rest"}))
    found = what_if(draft, [past(120_000_000, 60_000_000, at) for at in range(3)])
    assert [one.now_fen for one in found.lines] == [60_000_000, 40_000_000, 0]
    assert found.then.runs_out == ()
    assert found.now.runs_out == (("shenzhen-training-voucher/2026", date(2026, 5, 7)),)


def test_a_case_that_waits_for_a_reading_holds_its_largest() -> None:
    draft = Policy(variant(TRAINING, {"budget.amount": "1000000.00"}))
    found = what_if(draft, [past(120_000_000, 60_000_000, at) for at in range(2)])
    assert (found.now.blocked, found.now.held_fen, found.now.total_fen) == (1, 40_000_000, 60_000_000)
    assert found.now.runs_out == (("shenzhen-training-voucher/2026", date(2026, 5, 7)),)


def test_what_startups_and_small_firms_get_then_and_now() -> None:
    young = date(2025, 11, 1)
    cases = [past(100_000_000, 60_000_000, founded=young, small=True), past(100_000_000, 50_000_000, 1)]
    found = what_if(Policy(variant(TRAINING, {"startup.rate": "0.3"})), cases)
    assert (found.then.startup_fen, found.now.startup_fen) == (60_000_000, 30_000_000)
    assert (found.then.small_fen, found.now.small_fen) == (60_000_000, 30_000_000)
    told = what_if(Policy(TRAINING), [cases[1]._replace(startup=True)])
    assert told.now.startup_fen == 50_000_000


def test_a_startup_is_under_twelve_months_old() -> None:
    facts = past(1, 0).facts
    assert is_startup({**facts, "founded_on": date(2025, 5, 7)})
    assert not is_startup({**facts, "founded_on": date(2025, 5, 6)})
    assert not is_startup({**facts, "founded_on": None})


@pytest.mark.parametrize("months", [12, -12])
def test_a_round_that_is_open_at_one_side_stays_so(months: int) -> None:
    window: dict[str, Value] = {"window_from": OPEN_START, "window_until": OPEN_END}
    assert moved(window, months) == window


def test_last_years_cases_can_be_moved_into_next_years_window() -> None:
    text = TRAINING.canonical.decode().replace("2026-05-06", "2027-05-06").replace("2026-06-06", "2027-06-06")
    draft = Policy(load(text))
    assert what_if(draft, [past(100_000_000, 50_000_000)]).now.refused == 1
    assert what_if(draft, [past(100_000_000, 50_000_000)], months=12).now.total_fen == 50_000_000
    leap = moved({"signed_on": date(2024, 2, 29), "applied_at": datetime(2024, 2, 29, 17)}, 12)
    assert leap == {"signed_on": date(2025, 2, 28), "applied_at": datetime(2025, 2, 28, 17)}


def test_each_years_cases_draw_on_their_own_budget() -> None:
    facts: list[dict[str, Value]] = [
        {"applied_at": datetime(year, 5, 6), "applicant": "a", "contract_amount": 80_000_000}
        for year in (2026, 2027, 2026)
    ]
    one_by_one = decided(policy('exceeded = "rest"', cap="9000000.00"), facts)
    assert [one.award_fen for one in one_by_one] == [80_000_000, 80_000_000, 20_000_000]
    together = decided(pro_rata(cap="9000000.00"), facts)
    assert [one.award_fen for one in together] == [50_000_000, 80_000_000, 50_000_000]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"nobody.rate": "0.1"}, KeyError),
        ({"general.fixed": "1"}, KeyError),
        ({"general.rate": "lots"}, PackFaults),
    ],
)
def test_a_figure_that_is_not_there_is_refused(change: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        variant(TRAINING, change)


def test_a_variant_may_fill_an_unset_figure() -> None:
    longgang = load(
        (POLICIES / "shenzhen" / "longgang-compute-subsidy-2026.toml").read_text(encoding="utf-8")
    )
    filled: Pack = variant(longgang, {"general.rate": "0.4"})
    assert filled.tiers[0].rate == 400_000
    assert filled.parameter("rate") is None and filled.parameter("ceiling") is not None


def test_ten_thousand_cases_take_less_than_five_seconds() -> None:
    cases = [past(100_000_000 + at, 50_000_000, at % 20) for at in range(10_000)]
    started = time.process_time()
    found = what_if(Policy(TRAINING), cases)
    assert time.process_time() - started < 5
    assert len(found.lines) == 10_000


def test_a_limit_in_counts_is_changed_as_a_count() -> None:
    other = variant(pack("startup-compute-2025"), {"hours_applicant.limit": "20000"})
    assert other.rules()["hours_applicant"].limit == 20_000  # type: ignore[attr-defined]
