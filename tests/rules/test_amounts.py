"""From the base to the award, step by step, in packs of every shape."""

from datetime import date
from typing import Any

import pytest

from rules.cost_lines import Lacking
from rules.money import parse
from rules.policy import Policy, Supplement
from rules.position import Position
from tests.rules.desk import decided, facts, policy, small

RATE = 'rate = "0.5"'


def award(one: Any, amount: str, left: str | None = None, **changes: Any) -> tuple[str, str]:
    """Yuan and fen of the award, and what set it."""
    decision = decided(one, left=left, contract_amount=amount, **changes)
    assert decision.status in ("awarded", "refused")
    if decision.award_fen is None:
        assert decision.reasons == (decision.binding,)
        return "0", decision.binding
    return f"{decision.award_fen // 100}.{decision.award_fen % 100:02}", decision.binding


BANDS = 'bands = [{ up_to = "100.00", rate = "0.5" }, { up_to = "300", rate = "0.2" }, { rate = "0.1" }]'


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.01", "0"),
        ("99.99", "49.99"),
        ("100.00", "50.00"),
        ("100.05", "50.01"),
        ("299.99", "89.99"),
        ("300.00", "90.00"),
        ("300.09", "90.00"),
        ("300.10", "90.01"),
        ("1000.00", "160.00"),
    ],
)
def test_bands_count_each_part_at_its_own_rate(amount: str, expected: str) -> None:
    assert award(small(without=RATE, instead=BANDS), amount) == (expected, "rate")


def test_a_fixed_sum_asks_only_that_there_is_a_base() -> None:
    fixed = small(without=RATE, instead='fixed = "3000"')
    assert award(fixed, "0.01") == ("3000.00", "rate")
    assert decided(fixed, left=None).rate == ""
    assert decided(fixed, left=None, contract_amount=None).reasons == ("contract_amount",)


@pytest.mark.parametrize(
    ("rounding", "amount", "expected"),
    [
        ("where = 'step'\nunit = '1'", "3.99", "1.00"),
        ("where = 'step'\nunit = '1'\nmode = 'up'", "2.02", "2.00"),
        ("where = 'step'\nunit = '1'\nmode = 'half_up'", "1.00", "1.00"),
        ("where = 'step'\nunit = '1'\nmode = 'half_even'", "1.00", "0"),
        ("where = 'step'\nunit = '1'\nmode = 'half_even'", "3.00", "2.00"),
        ("where = 'end'\nunit = '100'", "399.99", "100.00"),
        ("where = 'line'\nunit = '10'", "19.99", "5.00"),
    ],
)
def test_rounding_has_its_unit_mode_and_place(rounding: str, amount: str, expected: str) -> None:
    assert award(small(f"[[rounding]]\narticle = 'a'\n{rounding}\n"), amount) == (expected, "rate")


def test_rounding_up_at_the_end_never_passes_a_limit() -> None:
    one = small(
        "[[cap]]\nid = 'most'\nlimit = '10.50'\narticle = 'a'\n"
        "[[rounding]]\nwhere = 'end'\nunit = '1'\nmode = 'up'\narticle = 'a'\n"
    )
    assert award(one, "15.00") == ("8.00", "rate")
    assert award(one, "20.50") == ("10.00", "rate")
    assert award(one, "40.00") == ("10.00", "most")
    (change,) = decided(one, left=None, contract_amount="40").way.changes  # type: ignore[union-attr]
    assert change == ("rounding", 1050, 1000)


def test_rounding_twice_where_a_rule_says_so() -> None:
    twice = small(
        "[[rounding]]\nwhere = 'step'\nunit = '0.1'\nmode = 'half_up'\narticle = 'a'\n"
        "[[rounding]]\nwhere = 'end'\nunit = '1'\nmode = 'half_up'\narticle = 'a'\n"
    )
    assert award(twice, "0.90") == ("1.00", "rate"), "0.45 to 0.5 to 1: not 0.45 to 0"


FLOOR = "[[floor]]\nid = 'least'\non = '{on}'\nat_least = '50.00'\nhow = '{how}'\narticle = 'a'\n"


@pytest.mark.parametrize(
    ("on", "how", "amount", "expected"),
    [
        ("award", "refuse", "99.99", ("0", "least")),
        ("award", "refuse", "100.00", ("50.00", "rate")),
        ("award", "raise", "99.99", ("50.00", "least")),
        ("award", "raise", "0.01", ("0", "rate")),
        ("base", "refuse", "49.99", ("0", "least")),
        ("base", "refuse", "50.00", ("25.00", "rate")),
        ("base", "raise", "49.99", ("25.00", "rate")),
        ("base", "raise", "0.00", ("25.00", "rate")),
    ],
)
def test_a_floor_refuses_or_raises(on: str, how: str, amount: str, expected: tuple[str, str]) -> None:
    assert award(small(FLOOR.format(on=on, how=how)), amount) == expected


def test_an_award_is_raised_only_within_what_the_limits_leave() -> None:
    one = small(
        FLOOR.format(on="award", how="raise")
        + "[[cap]]\nid = 'yearly'\nlimit = '100'\nper = ['year']\narticle = 'a'\n"
    )
    case = facts(contract_amount="60")
    from rules.decide import decide

    raised = decide(one, case, Position((parse("50"),), None))
    assert (raised.award_fen, raised.binding) == (parse("50"), "least"), "the floor and the cap tie"
    held = decide(one, case, Position((parse("60"),), None))
    assert (held.award_fen, held.binding) == (parse("40"), "yearly"), "the cap, not the floor, sets it"
    none = decide(one, case, Position((parse("70"),), None))
    assert (none.award_fen, none.binding) == (parse("30"), "rate")


def test_the_smallest_base_less_the_lines_that_do_not_count() -> None:
    one = small(
        "[[fact]]\nid = 'paid'\ntype = 'money'\n[[fact]]\nid = 'storage'\ntype = 'money'\ndefault = 0\n"
        "[base]\nsmallest_of = ['contract_amount', 'paid']\nless = ['storage']\narticle = 'a'\n"
    )
    assert award(one, "100", paid=8_000) == ("40.00", "rate")
    assert award(one, "70", paid=8_000, storage=1_000) == ("30.00", "rate")
    assert award(one, "70", paid=8_000, storage=9_000) == ("0", "rate"), "never below nothing"
    assert decided(one, left=None, paid=None).reasons == ("paid",)


STACKING = "[[stacking]]\nid = 'others'\narticle = 'a'\n"


@pytest.mark.parametrize(
    ("how", "other", "expected"),
    [
        ("how = 'exclude'", "0.01", ("0", "others")),
        ("how = 'exclude'", "0", ("50.00", "rate")),
        ("how = 'deduct'", "20", ("30.00", "others")),
        ("how = 'deduct'", "50", ("0", "others")),
        ("how = 'deduct'", "60", ("0", "others")),
        ("how = 'ceiling'\nshare = '0.6'", "10", ("50.00", "rate")),
        ("how = 'ceiling'\nshare = '0.6'", "10.01", ("49.99", "others")),
        ("how = 'ceiling'\nshare = '0.6'\ntier_share = { general = '0.3' }", "10.01", ("19.99", "others")),
    ],
)
def test_other_public_money_excludes_is_deducted_or_shares_a_ceiling(
    how: str, other: str, expected: tuple[str, str]
) -> None:
    assert award(small(f"{STACKING}{how}\n"), "100", other_support=other) == expected


def test_a_ceiling_in_all_counts_several_kinds_of_support() -> None:
    one = small(
        "[[fact]]\nid = 'national'\ntype = 'money'\ndefault = 0\n[[fact]]\nid = 'city'\ntype = 'money'\n"
        f"{STACKING}how = 'ceiling'\nshare = '0.5'\nfacts = ['national', 'city']\n"
    )
    assert award(one, "100", national=1_000, city=1_500) == ("25.00", "others")
    assert decided(one, left=None, city=None).reasons == ("city",), "what else was granted must be known"


def test_a_cap_of_one_claim_counts_nothing_before() -> None:
    claim = small("[[cap]]\nid = 'claim'\nlimit = '10'\narticle = 'a'\n")
    assert award(claim, "100", used="9") == ("10.00", "claim")


def test_a_limit_of_a_tiers_own_stands_beside_the_others() -> None:
    young = (
        "[[tier]]\nid = 'young'\nwhen = { fact = 'signed_on', after = 'founded_on', less_than_months = 12 }\n"
        "rate = '0.5'\narticle = 'a'\n"
    )
    shared = "[[cap]]\nid = 'yearly'\nlimit = '10'\ntier_limit = { young = '20' }\n"
    shared += "per = ['year']\narticle = 'a'\n"
    one = small(young + shared)
    assert len(one.caps) == 1, "they are counted together"
    assert award(one, "100") == ("10.00", "yearly")
    recent = facts()["signed_on"]
    assert award(one, "100", founded_on=recent) == ("20.00", "yearly")
    assert award(one, "100", founded_on=recent, used="5") == ("15.00", "yearly")

    own = "[[cap]]\nid = 'own'\nlimit = '10'\ntiers = ['young']\nper = ['year']\narticle = 'a'\n"
    apart = small(young + own)
    assert [scope.tier for scope in apart.caps] == ["young"]
    assert award(apart, "100") == ("50.00", "rate"), "the cap is the young ones' alone"
    assert award(apart, "100", founded_on=recent, used="4") == ("6.00", "own")


BUDGET = "[budget]\namount = '100'\narticle = 'a'\nexceeded = '{how}'\n"


@pytest.mark.parametrize(
    ("how", "left", "expected", "stops"),
    [
        ("rest", "50.00", ("50.00", "rate"), False),
        ("rest", "49.99", ("49.99", "budget"), False),
        ("nothing", "49.99", ("0", "budget"), False),
        ("stop", "49.99", ("0", "budget"), True),
        ("stop", "0", ("0", "budget"), False),
        ("rest", "0", ("0", "budget"), False),
    ],
)
def test_a_budget_that_does_not_reach(how: str, left: str, expected: tuple[str, str], stops: bool) -> None:
    one = small(BUDGET.format(how=how))
    assert award(one, "100", left=left) == expected
    assert decided(one, left=left, contract_amount="100").stops is stops


def test_an_up_to_rate_takes_the_officers_lower_one_with_a_reason() -> None:
    one = small(without=RATE, instead='rate = "0.5"\nup_to = true')
    case: dict[str, Any] = {"officer_rate": 300_000, "officer_rate_reason": "绩效一般"}
    assert award(one, "100", **case) == ("30.00", "rate")
    assert decided(one, left=None, contract_amount="100", **case).rate == "0.3"
    assert award(one, "100", **{**case, "officer_rate": 700_000}) == ("50.00", "rate"), "never a higher one"
    assert decided(one, left=None, officer_rate=300_000).reasons == ("officer_rate_reason",)


def test_a_missing_amount_is_lacking_by_name() -> None:
    amounts = policy().program.amounts
    values = policy().program.values(facts(contract_amount=None))
    with pytest.raises(Lacking) as caught:
        amounts(1, values, (0,), None, {})
    assert caught.value.fact == "contract_amount"


# -- amounts that are bound to no base, and rules that may not hold ---------------------------------------

FIXED = 'fixed = "5000.00"'
NO_BASE = """
[base]
needed = false
article = "第1条"
"""


def test_a_fixed_sum_needs_no_base_where_the_pack_says_so() -> None:
    pack = small(NO_BASE, RATE, FIXED)
    one = decided(pack, left=None, contract_amount=None)
    assert (one.award_fen, one.base_fen, one.computed) == (parse("5000"), None, (parse("5000"),))
    assert decided(small("", RATE, FIXED), left=None, contract_amount=None).status == "blocked"


SAID = """
[[fact]]
id = "loan_rate"
type = "rate"

[[fact]]
id = "lower"
type = "rate"

[[fact]]
id = "why"
type = "text"
"""


@pytest.mark.parametrize(
    ("rate", "award"),
    [(35_000, "280000"), (0, None), (1_000_000, "8000000"), (1_000_001, None), (None, None)],
)
def test_a_rate_may_be_what_a_fact_says(rate: int | None, award: str | None) -> None:
    pack = small(SAID, RATE, 'rate = { fact = "loan_rate" }')
    one = decided(pack, left=None, loan_rate=rate)
    assert one.award_fen == (None if award is None else parse(award))
    if award is None and rate != 0:
        assert (one.status, one.reasons) == ("blocked", ("loan_rate",)), "above the whole it is none"


def test_the_officer_s_own_rate_has_the_names_that_the_pack_gives() -> None:
    pack = small(SAID, RATE, 'rate = "0.5"\nup_to = { rate = "lower", reason = "why" }')
    assert pack.pack.officers_own == {"lower", "why"}
    assert decided(pack, left=None, lower=250_000, why="服务未满期").award_fen == parse("2000000")
    assert decided(pack, left=None, lower=250_000).reasons == ("why",)
    assert decided(pack, left=None, lower=500_000).award_fen == parse("4000000"), (
        "what is not lower needs none"
    )


OPEN = """
[[unset]]
id = "holds"
type = "yes_no"
title = "管不管"
reading = [{ id = "yes", source = "一种读法" }, { id = "no", source = "另一种读法" }]
"""


@pytest.mark.parametrize(
    ("rule", "facts", "yes", "no"),
    [
        ('[[stacking]]\nid = "r"\nhow = "deduct"', {"other_support": "1000000"}, "3000000", "4000000"),
        ('[[cap]]\nid = "r"\nlimit = "100.00"', {}, "100", "4000000"),
        (
            '[[floor]]\nid = "r"\non = "award"\nat_least = "5000000.00"\nhow = "raise"',
            {},
            "5000000",
            "4000000",
        ),
    ],
)
def test_whether_a_rule_holds_may_be_unset(rule: str, facts: dict[str, str], yes: str, no: str) -> None:
    text = f'\n{rule}\napplies = {{ unset = "holds" }}\narticle = "a"\n{OPEN}'
    one = decided(small(text), left=None, **facts)
    assert (one.status, one.reasons) == ("blocked", ("holds",))
    assert one.readings == (("holds=yes", parse(yes)), ("holds=no", parse(no)))
    assert one.holds_fen == max(parse(yes), parse(no))


BLANK = """
[[fact]]
id = "aid"
type = "money"

[[fact]]
id = "group"
type = "text"

[[sum]]
id = "both"
title = "合计"
of = ["contract_amount", "aid"]
"""


@pytest.mark.parametrize(
    ("rule", "blank"),
    [
        ('[[stacking]]\nid = "r"\nhow = "deduct"\nfacts = ["aid"]', "aid"),
        ('[[stacking]]\nid = "r"\nhow = "exclude"\nfacts = ["other_support", "aid"]', "aid"),
        ('[[cap]]\nid = "r"\nlimit = "100.00"\nper = ["group", "year"]', "group"),
        ('[[floor]]\nid = "r"\non = "both"\nat_least = "1.00"\nhow = "refuse"', "aid"),
    ],
)
def test_a_rule_that_does_not_hold_waits_for_no_fact(rule: str, blank: str) -> None:
    """Once the office has set that it does not hold, nobody is asked for what only it would need."""
    pack = small(f'\n{rule}\napplies = {{ unset = "holds" }}\narticle = "a"\n{OPEN}{BLANK}').pack
    settled = {
        value: Policy(pack, [Supplement("small-voucher", "holds", value, date(2026, 1, 1), None, "x")])
        for value in ("yes", "no")
    }
    assert decided(settled["no"], left=None).award_fen == parse("4000000")
    asked = decided(settled["yes"], left=None)
    assert (asked.status, asked.reasons) == ("blocked", (blank,))
    assert decided(Policy(pack), left=None).reasons == ("holds", blank)


def test_a_parameter_that_makes_no_difference_blocks_nothing() -> None:
    text = (
        f'\n[[cap]]\nid = "r"\nlimit = "4000000.00"\napplies = {{ unset = "holds" }}\narticle = "a"\n{OPEN}'
    )
    assert decided(small(text), left=None).award_fen == parse("4000000")
    assert decided(small(text), left=None, contract_amount="8000000.02").reasons == ("holds",)


def test_a_yes_or_no_that_is_compared_with_may_be_unset() -> None:
    text = (
        '\n[[condition]]\nid = "c"\nfact = "related_party"\nis = { unset = "holds" }\narticle = "a"\n' + OPEN
    )
    assert decided(small(text), left=None).reasons == ("holds",)


def test_a_ceiling_is_rounded_as_the_pack_says() -> None:
    text = """
[[stacking]]
id = "s"
how = "ceiling"
share = "0.333333"
article = "a"

[[rounding]]
where = "ceiling"
unit = "1.00"
mode = "up"
article = "a"
"""
    one = decided(small(text), left=None, contract_amount="1000", other_support="0.01")
    assert one.award_fen == parse("333.99")
