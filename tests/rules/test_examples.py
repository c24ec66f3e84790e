"""The examples beside every pack come out as they say; a wrong one is told with its row and column."""

from pathlib import Path

import pytest

from rules.examples import DECIDING, NOT_DECIDING, Difference, Gap, run, undecided
from rules.pack import load
from rules.policy import Policy
from tests.rules.desk import SHIPPED, policy, small

HEAD = (
    "case,applied_at,applicant,applicant_kind,founded_on,signed_on,"
    "contract_amount,related_party,provider_admitted"
)
CASE = "1,2026-05-20,A,enterprise,2023-05-01,2026-04-01,8000000.00,no,yes"


def beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}.examples.csv")


def table(columns: str, *rows: str) -> str:
    """A table of usual cases for the training voucher with more columns."""
    return "\n".join([f"{HEAD},{columns}", *(f"{CASE},{row}" for row in rows)]) + "\n"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_pack_has_examples_and_they_hold(path: Path) -> None:
    text = beside(path).read_text(encoding="utf-8")
    assert run(Policy(load(path.read_text(encoding="utf-8"))), text) == []


@pytest.mark.parametrize(
    "name", ["training-voucher-2025", "training-voucher-2026", "corpus-voucher-2025", "model-voucher-2025"]
)
def test_the_city_of_shenzhens_examples_show_every_rule_deciding_and_not(name: str) -> None:
    (path,) = [path for path in SHIPPED if path.stem == name]
    assert undecided(policy(name), beside(path).read_text(encoding="utf-8")) == []


def test_an_example_that_comes_out_otherwise_is_told_with_row_column_and_both_values() -> None:
    text = table("expect_status,expect_award", "awarded,4000000.00", "awarded,4000000.01", "blocked,")
    assert run(policy(), text) == [
        Difference(3, "expect_award", "4000000.01", "4000000.00"),
        Difference(4, "expect_status", "blocked", "awarded"),
        Difference(4, "expect_award", "", "4000000.00"),
    ]


def test_the_position_stands_in_yuan_and_what_is_empty_is_nothing_used_and_all_left() -> None:
    text = table(
        "used,left,spent,expect_award,expect_binding",
        ",,,4000000.00,rate",
        "9999999.99,,,0.01,applicant_year",
        ",,496000000.00,4000000.00,rate",
        "0,4000000,,4000000.00,rate",
    )
    assert run(policy(), text) == []


def test_an_example_may_set_a_parameter() -> None:
    text = table(
        "left,set,expect_status,expect_award",
        "1.00,,blocked,",
        "1.00,budget_exceeded=rest,awarded,1.00",
        "1.00,budget_exceeded=nothing; startup_ceiling=60,refused,",
    )
    assert run(policy(), text) == []


@pytest.mark.parametrize(
    ("columns", "row", "difference"),
    [
        ("set", "budget_exceeded=perhaps", Difference(2, "set", "budget_exceeded=perhaps", "")),
        ("set", "colour=red", Difference(2, "set", "colour=red", "")),
        ("used", "1;2", Difference(2, "used", "1;2", "")),
        ("left", "much", Difference(2, "left", "much", "")),
        ("colour", "red", Difference(1, "colour", "", "")),
        ("note", "one,more", Difference(2, "", "", "")),
    ],
)
def test_a_row_that_cannot_be_decided_is_told(columns: str, row: str, difference: Difference) -> None:
    assert run(policy(), table(columns, row)) == [difference]
    assert isinstance(undecided(policy(), table(columns, row)), list)


def test_a_file_that_is_no_table_is_told() -> None:
    (difference,) = run(policy(), f'{HEAD}\n{CASE}\n"open\n')
    assert (difference.row, difference.column) == (3, "")


def test_a_day_on_which_the_pack_is_not_in_force_and_a_cell_that_cannot_be_read_block() -> None:
    head = f"{HEAD},expect_status,expect_reasons"
    rows = [
        CASE.replace("2026-05-20", "2025-12-31") + ",blocked,no_pack",
        CASE.replace("2026-05-20", "") + ",blocked,applied_at",
        CASE.replace("8000000.00", "8.001") + ",blocked,contract_amount",
    ]
    assert run(policy(), "\ufeff" + "\r\n".join([head, *rows])) == []


def test_what_no_example_shows_is_named() -> None:
    gaps = undecided(policy(), table("note", "x"))
    assert Gap("window", DECIDING) in gaps
    assert Gap("window", NOT_DECIDING) not in gaps
    assert Gap("general", DECIDING) not in gaps
    assert Gap("general", NOT_DECIDING) in gaps
    assert Gap("startup_ceiling", DECIDING) in gaps
    assert Gap("publicity_days", DECIDING) not in gaps, "the office's own terms decide no award"


def test_the_only_tier_of_a_pack_need_not_be_shown_not_deciding() -> None:
    assert undecided(small(), "applied_at,contract_amount\n2026-05-20,1.00\n") == []


def test_a_rule_that_may_not_hold_is_shown_by_the_case_that_waits_for_it() -> None:
    """Where it stands behind another with the same amount it can bind in no example; the case that is blocked
    by what is open shows both."""
    text = (
        "\n[[fact]]\nid = 'district'\ntype = 'money'\ndefault = 0\n"
        "\n[[stacking]]\nid = 'whole'\nhow = 'ceiling'\nshare = '0.5'\narticle = 's'\n"
        "\n[[stacking]]\nid = 'with_district'\nfacts = ['district']\nhow = 'ceiling'\nshare = '0.5'\n"
        "applies = { unset = 'counts' }\narticle = 's'\n"
        "\n[[unset]]\nid = 'counts'\ntype = 'yes_no'\ntitle = 't'\n"
        "reading = [{ id = 'yes', source = 'x' }, { id = 'no', source = 'y' }]\n"
    )
    rows = "applied_at,contract_amount,district\n2026-05-20,100.00,30.00\n"
    lacking = {gap.rule for gap in undecided(small(text), rows) if gap.lacks == DECIDING}
    assert {"with_district", "counts"}.isdisjoint(lacking) and "whole" in lacking


def test_what_orders_cases_is_asked_of_no_example() -> None:
    text = (
        "\n[budget]\namount = '100.00'\norder = 'ranked'\nunfit = 'next'\narticle = 'b'\n"
        "rank_by = [{ fact = { unset = 'tie' }, descending = true }]\n"
        "\n[[unset]]\nid = 'tie'\ntype = 'fact'\ntitle = 't'\n"
        "reading = [{ id = 'contract_amount', source = 'x' }, { id = 'founded_on', source = 'y' }]\n"
    )
    rows = "applied_at,contract_amount,founded_on\n2026-05-20,10.00,2020-01-01\n"
    assert "tie" not in {gap.rule for gap in undecided(small(text), rows)}


def test_a_parameter_changed_by_one_unit_is_caught_by_an_example() -> None:
    """The examples guard the pack: any figure of the training voucher a unit higher changes some of them."""
    (path,) = [path for path in SHIPPED if path.stem == "training-voucher-2026"]
    text, examples = path.read_text(encoding="utf-8"), beside(path).read_text(encoding="utf-8")
    for before, after in [
        ('rate = "0.6"', 'rate = "0.600001"'),
        ('rate = "0.5"', 'rate = "0.499999"'),
        ('at_least = "500000.00"', 'at_least = "500000.01"'),
        ('at_least = "500000.00"', 'at_least = "499999.99"'),
        ('limit = "10000000.00"', 'limit = "10000000.01"'),
        ('amount = "500000000.00"', 'amount = "500000000.01"'),
        ('amount = "500000000.00"', 'amount = "499999999.99"'),
        ("less_than_months = 12", "less_than_months = 13"),
        ("less_than_months = 12", "less_than_months = 11"),
        ("from = 2026-05-06", "from = 2026-05-07"),
        ("until = 2026-06-06", "until = 2026-06-05"),
        ("from = 2026-01-01", "from = 2026-01-02"),
        ("until = 2026-12-18", "until = 2026-12-17"),
        ('share = "0.5"', 'share = "0.500001"'),
        ('value = "0.5"', 'value = "0.500001"'),
        ('value = "0.6"', 'value = "0.599999"'),
        (', "research_institute"]', "]"),
    ]:
        assert text.count(before) == 1, before
        assert run(Policy(load(text.replace(before, after))), examples), f"{before} → {after}"


def test_a_cost_line_decides_where_some_of_it_counts() -> None:
    text = (
        "\n[[fact]]\nid = 'cost'\ntype = 'money'\ndefault = 0\n\n[base]\narticle = 'b'\n"
        "\n[[line]]\nid = 'one'\nfact = 'cost'\nrate = '0.5'\narticle = 'l'\n"
        "\n[[line]]\nid = 'two'\nfact = 'contract_amount'\nrate = '0.5'\narticle = 'l'\n"
    )
    lines = small(text, 'rate = "0.5"', "lines = true")
    gaps = undecided(lines, "applied_at,contract_amount,cost\n2026-05-20,2.00,\n")
    assert gaps == [Gap("one", DECIDING), Gap("two", NOT_DECIDING)]
