"""A file under a ranked or pro-rata pack is decided as a whole; the rows stay where they are."""

import csv
import io
from typing import Any

from casework.without_office.calculation import Calculation, decided_whole
from rules.pack import load
from rules.policy import Policy
from tests.rules import round_packs

HEADINGS = ["case", "applied_at", "applicant", "contract_amount", "score"]


def results(policy: Policy, text: str) -> list[dict[str, str]]:
    rows = list(csv.reader(io.StringIO(text)))
    calculation = Calculation(HEADINGS, [policy.pack], policy.pack.id)
    return [dict(zip(calculation.headings, row, strict=True)) for row in decided_whole(calculation, rows)]


def column(found: list[dict[str, Any]], name: str) -> list[str]:
    return [row[name] for row in found]


ROWS = """1,2026-05-06,a,600000.00,1
2,2026-05-06,b,600000.00,3
3,2026-05-06,c,not an amount,9
4,2026-05-06,d,400000.00,2
5,2025-05-06,e,400000.00,2
6,2027-05-06,f,400000.00,
"""


def test_ranked_rows_come_out_in_the_order_of_the_file() -> None:
    policy = round_packs.ranked("next")
    assert policy.decided_together
    found = results(policy, ROWS)
    assert column(found, "case") == ["1", "2", "3", "4", "5", "6"]
    assert column(found, "status") == ["refused", "awarded", "blocked", "awarded", "blocked", "blocked"]
    assert column(found, "award") == ["", "600000.00", "", "400000.00", "", ""]
    assert column(found, "reasons") == ["budget", "", "contract_amount", "", "no_pack", "score"]


def test_pro_rata_rows_share_each_years_budget() -> None:
    found = results(round_packs.pro_rata(unit="1.00"), ROWS)
    assert column(found, "award") == ["375000.00", "375000.00", "", "250000.00", "", "400000.00"]
    assert column(found, "binding") == ["budget", "budget", "", "budget", "", "rate"]


def test_a_first_come_pack_is_not_decided_as_a_whole() -> None:
    assert not round_packs.policy('exceeded = "rest"').decided_together
    found = results(round_packs.policy('exceeded = "rest"'), ROWS)
    assert column(found, "award") == ["600000.00", "400000.00", "", "", "", "400000.00"]


def test_a_cap_per_contract_is_the_applicants_and_goes_by_the_cleaned_number() -> None:
    text = round_packs.pack_text('exceeded = "rest"', cap="100000.00")
    pack = load(text.replace('["applicant", "year"]', '["contract"]'))
    rows = [
        f"{at},2026-05-06,{applicant},80000.00,{number}".split(",")
        for at, (applicant, number) in enumerate(
            [("a", "HT-2026-001"), ("a", "ＨＴ 2026—001"), ("a", "ht2026_001"), ("b", "HT-2026-001")]
        )
    ]
    calculation = Calculation([*HEADINGS[:4], "contract_no"], [pack], pack.id)
    found = [dict(zip(calculation.headings, calculation.row(row), strict=True)) for row in rows]
    assert column(found, "award") == ["80000.00", "20000.00", "", "80000.00"]
    assert column(found, "binding") == ["rate", "applicant_year", "applicant_year", "rate"]


def test_what_a_blocked_row_holds_of_a_cap_is_held_in_the_rounds_that_follow() -> None:
    """The budget is the quarter's and the cap the year's: a later quarter gives away nothing that is held."""
    text = round_packs.pack_text(
        round_packs.PRO_RATA.format(residual="left_over", unit="0.01") + '\nper = "quarter"',
        cap="500000.00",
        rate='{ unset = "rate" }',
        more=round_packs.READINGS,
    )
    rows = "1,2026-01-06,a,400000.00,1\n2,2026-05-06,a,400000.00,1\n3,2026-05-06,b,100000.00,1\n"
    held = results(Policy(load(text)), rows)
    assert column(held, "readings")[:2] == ["rate=50:200000.00;rate=100:400000.00", ""]
    assert column(held, "status") == ["blocked", "awarded", "blocked"]
    assert column(held, "award") == ["", "100000.00", ""]
    freed = text.replace('article = "四"', 'article = "四"\nblocked = "ignore"')
    assert column(results(Policy(load(freed)), rows), "status") == ["blocked"] * 3
