"""Faults of packs: each with the line and column it stands at, all told at once, nothing half loaded."""

import pytest

import words
from rules.faults import PackFaults
from rules.pack import load
from tests.rules.desk import SMALL, small_text

# SMALL begins with an empty line: id stands on line 2, in_force on 7, the tier on 9 to 13.
CONDITION, CAP, STACKING, FLOOR = (
    f"[[{table}]]\nid = 'x'\narticle = 'a'\n" for table in ("condition", "cap", "stacking", "floor")
)


def faults(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(PackFaults) as caught:
        load(text)
    for fault in caught.value.faults:
        for lang in words.LANGUAGES:
            assert words.say(fault.code, lang, **fault.params)
    return [fault[:3] for fault in caught.value.faults]


def with_table(table: str) -> list[tuple[int, int, str]]:
    """The faults of a small pack and one more table, whose first line is counted as 1."""
    found = faults(SMALL + table)
    before = SMALL.count("\n")
    return [(line - before, column, code) for line, column, code in found]


@pytest.mark.parametrize(
    ("without", "instead", "line", "column", "code"),
    [
        ('id = "small-voucher"', 'id = "Small"', 2, 1, "pack.not_id"),
        ('id = "small-voucher"', "id = 5", 2, 1, "pack.not_id"),
        ('id = "small-voucher"', 'idd = "small-voucher"', 2, 1, "pack.unknown_key"),
        ('version = "1"', 'version = "1;2"', 3, 1, "pack.not_version"),
        ('title = "小额券"', 'title = " "', 4, 1, "pack.not_text"),
        ('grade = "A"', 'grade = "D"', 6, 1, "pack.not_grade"),
        ("from = 2026-01-01", 'from = "2026-01-01"', 7, 14, "pack.not_date"),
        ("until = 2027-01-01", "until = 2026-01-01", 7, 1, "pack.dates_rise"),
        ("until = 2027-01-01", "until = 2027-01-01, to = 1", 7, 53, "pack.unknown_key"),
        ("in_force = { from = 2026-01-01, until = 2027-01-01 }", "in_force = 3", 7, 1, "pack.not_table"),
        ('rate = "0.5"', "rate = 0.5", 12, 1, "pack.float"),
        ('rate = "0.5"', 'rate = "half"', 12, 1, "pack.not_rate"),
        ('rate = "0.5"', 'rate = "0.1234567"', 12, 1, "pack.not_rate"),
        ('rate = "0.5"', 'fixed = "3,000"', 12, 1, "pack.not_money"),
        ('rate = "0.5"', "fixed = 3000", 12, 1, "pack.not_money"),
        ('rate = "0.5"', 'fixed = "0.001"', 12, 1, "pack.not_money"),
        ('rate = "0.5"', 'rate = "0.5"\nfixed = "1"', 9, 1, "pack.one_worth"),
        ('rate = "0.5"', "up_to = true", 9, 1, "pack.one_worth"),
        ('rate = "0.5"', 'fixed = "1"\nup_to = true', 13, 1, "pack.up_to_rate"),
        ('rate = "0.5"', 'rate = { unset = "share" }', 12, 1, "pack.unknown_unset"),
        ("otherwise = true", "otherwise = false", 9, 1, "pack.when_or_otherwise"),
        ("otherwise = true", 'otherwise = "yes"', 11, 1, "pack.not_flag"),
        ('article = "第1条"', "", 9, 1, "pack.missing_key"),
        ('id = "general"', 'id = "rate"', 10, 1, "pack.reserved_id"),
    ],
)
def test_a_fault_stands_at_its_line_and_column(
    without: str, instead: str, line: int, column: int, code: str
) -> None:
    assert (line, column, code) in faults(small_text(without=without, instead=instead))


@pytest.mark.parametrize(
    ("table", "line", "column", "code"),
    [
        ("[[tier]]\nid = 'general'\notherwise = true\nrate = '1'\narticle = 'a'", 2, 1, "pack.twice"),
        ("[[tier]]\nid = 'more'\notherwise = true\nrate = '1'\narticle = 'a'", 1, 1, "pack.one_otherwise"),
        ("[tier.x]", 1, 1, "pack.unknown_key"),
        ("[rounding]\nwhere = 'end'\narticle = 'a'", 1, 1, "pack.not_tables"),
        ("[[rounding]]\nwhere = 'end'\nunit = '0'\narticle = 'a'", 3, 1, "pack.not_unit"),
        ("[[rounding]]\nwhere = 'here'\narticle = 'a'", 2, 1, "pack.not_a_choice"),
        ("[[rounding]]\nwhere = 'end'\nmode = 'half'\narticle = 'a'", 3, 1, "pack.not_a_choice"),
        (
            "[[rounding]]\nwhere = 'end'\narticle = 'a'\n[[rounding]]\nwhere = 'end'\narticle = 'a'",
            4,
            1,
            "pack.twice",
        ),
        ("[base]\narticle = 'a'", 1, 1, "pack.one_base"),
        ("[base]\nsmallest_of = []\narticle = 'a'", 1, 1, "pack.one_base"),
        (STACKING + "how = 'deduct'\nfacts = []", 5, 1, "pack.empty"),
        ("[[fact]]\nid = 'x'\ntype = 'z'\n" + CONDITION + "fact = 'x'\nis = 'y'", 3, 1, "pack.not_a_choice"),
        ("[base]\nfact = 'cost'\narticle = 'a'", 1, 1, "pack.unknown_fact"),
        ("[base]\nfact = 'founded_on'\narticle = 'a'", 1, 1, "pack.fact_type"),
        ("[base]\nsmallest_of = 'contract_amount'\narticle = 'a'", 2, 1, "pack.not_list"),
        ("[base]\nfact = 'contract_amount'\nperiod = 'week'\narticle = 'a'", 3, 1, "pack.not_a_choice"),
        ("[[fact]]\nid = 'contract_amount'\ntype = 'money'", 2, 1, "pack.built_in"),
        ("[[fact]]\nid = 'cost'\ntype = 'fen'", 3, 1, "pack.not_a_choice"),
        ("[[fact]]\nid = 'cost'\ntype = 'money'\ndefault = 'founded_on'", 4, 1, "pack.fact_default"),
        ("[[fact]]\nid = 'cost'\ntype = 'money'\ndefault = 1", 4, 1, "pack.fact_default"),
        ("[[fact]]\nid = 'cost'\ntype = 'yes_no'\ndefault = false", 4, 1, "pack.fact_default"),
        ("[[fact]]\nid = 'cost'\ntype = 'money'\ndefault = 0.0", 4, 1, "pack.float"),
        (CONDITION + "is = 'no'", 1, 1, "pack.missing_key"),
        (CONDITION + "fact = 'related_party'", 1, 1, "pack.one_comparison"),
        (
            CONDITION + "fact = 'contract_amount'\nabove = '1'\nbelow = '2'",
            1,
            1,
            "pack.one_comparison",
        ),
        (CONDITION + "fact = 'kin'\nis = 'no'", 4, 1, "pack.unknown_fact"),
        (CONDITION + "fact = 'related_party'\nis = 'nein'", 5, 1, "pack.not_yes_no"),
        (CONDITION + "fact = 'related_party'\nis = false", 5, 1, "pack.not_yes_no"),
        (CONDITION + "fact = 'related_party'\nabove = 'no'", 5, 1, "pack.not_ordered"),
        (CONDITION + "fact = 'applicant'\nfrom = 2026-01-01", 5, 1, "pack.not_ordered"),
        (CONDITION + "fact = 'contract_amount'\nat_least = 5", 5, 1, "pack.not_money"),
        (CONDITION + "fact = 'contract_amount'\nat_least = 5.0", 5, 1, "pack.float"),
        (CONDITION + "fact = 'signed_on'\nat_least = '2026'", 5, 1, "pack.not_date"),
        (CONDITION + "fact = 'applicant_kind'\none_of = 'x'", 5, 1, "pack.not_list"),
        (CONDITION + "all = []", 4, 1, "pack.not_tables"),
        (CONDITION + "any = [{ fact = 'x', is = 'y' }]", 4, 10, "pack.unknown_fact"),
        (CONDITION + "not = 'x'", 4, 1, "pack.not_table"),
        (
            CONDITION + "fact = 'founded_on'\nless_than_months = 9999\nafter = 'signed_on'",
            5,
            1,
            "pack.not_months",
        ),
        (
            CONDITION + "fact = { unset = 'u' }\nat_least = 2026-01-01",
            4,
            1,
            "pack.unset_fact",
        ),
        (
            CONDITION + "fact = 'contract_amount'\nat_least = '1'\nround_window = true",
            6,
            1,
            "pack.round_window",
        ),
        (CONDITION + "fact = 'applicant'\ngiven = 'yes'", 5, 1, "pack.not_flag"),
        (FLOOR + "on = 'rate'\nat_least = '1'\nhow = 'refuse'", 4, 1, "pack.not_a_choice"),
        (FLOOR + "on = 'base'\nat_least = '1'\nhow = 'lift'", 6, 1, "pack.not_a_choice"),
        (STACKING + "how = 'ceiling'", 1, 1, "pack.ceiling_share"),
        (STACKING + "how = 'deduct'\nshare = '0.5'", 1, 1, "pack.ceiling_share"),
        (
            STACKING + "how = 'ceiling'\nshare = '0.5'\ntier_share = { x = '1' }",
            1,
            1,
            "pack.unknown_tier",
        ),
        (STACKING + "how = 'deduct'\nfacts = ['applicant']", 1, 1, "pack.fact_type"),
        (CAP + "limit = '1'\nper = ['week']", 5, 1, "pack.unknown_fact"),
        (CAP + "limit = '1'\ntiers = ['x']", 1, 1, "pack.unknown_tier"),
        (CAP + "limit = '1'\ntier_limit = ['x']", 5, 1, "pack.not_table"),
        (CAP + "limit = '1'\nbefore = 'founded_on'", 5, 1, "pack.fact_type"),
        (CAP + "limit = '1'\ncounts = 'money'", 5, 1, "pack.not_a_choice"),
        (
            CAP + "limit = '2'\noverrun = { limit = '2', reason = 'applicant' }",
            5,
            1,
            "pack.overrun_above",
        ),
        ("[budget]\narticle = 'a'\namount = '1'", 1, 1, "pack.missing_key"),
        ("[budget]\narticle = 'a'\namount = '1'\nexceeded = 'some'", 4, 1, "pack.not_a_choice"),
        ("[budget]\narticle = 'a'\namount = '1'\nexceeded = 'rest'\nresidual = 'largest'", 5, 1, "pack.budget_order"),  # noqa: E501
        ("[budget]\narticle = 'a'\namount = '1'\norder = 'ranked'\nunfit = 'next'", 1, 1, "pack.missing_key"),
        ("[[funder]]\nid = 'city'\narticle = 'a'\nshare = '0.9'", 1, 1, "pack.shares"),
        ("[[funder]]\nid = 'city'\narticle = 'a'\nshare = '1'", 1, 1, "pack.shares"),
        ("[office]\ndays = { value = 5, text = 'x', article = 'a' }", 2, 1, "pack.one_term"),
        ("[office]\ndays = 5", 2, 1, "pack.not_table"),
        ("[[unset]]\nid = 'u'\ntitle = 't'", 1, 1, "pack.unused_unset"),
        ("[[unset]]\nid = 'u'\ntitle = 't'\nreading = [{ id = 'a', source = 's' }]", 4, 1, "pack.one_reading"),  # noqa: E501
        ("[[unset]]\nid = 'u'\ntitle = 't'\nreading = [{ id = 'a,b', source = 's' }]", 4, 14, "pack.not_word"),  # noqa: E501
        ("[[unset]]\nid = 'u'\ntitle = 't'\nreading = [{ id = 'a' }, { id = 'b', source = 's' }]", 4, 12, "pack.missing_key"),  # noqa: E501
        ("[[unset]]\nid = 'u'\ntype = 'colour'\ntitle = 't'", 3, 1, "pack.not_a_choice"),
        ("[[waiver]]\ncheck = 'gap'", 1, 1, "pack.missing_key"),
        ("chosen = 1.5", 1, 1, "pack.float"),
        ("[office]\nx = { value = nan, article = 'a' }", 2, 7, "pack.float"),
    ],
)  # fmt: skip
def test_a_table_that_does_not_hold_is_told_with_its_place(
    table: str, line: int, column: int, code: str
) -> None:
    assert (line, column, code) in with_table(table + "\n")


def test_all_faults_are_told_at_once_and_in_the_order_of_the_text() -> None:
    text = SMALL.replace('"0.5"', "0.5").replace('"1"', '"a b"') + "[[cap]]\nid = 'c'\nlimit = 7\nnew = 1\n"
    assert faults(text) == [
        (3, 1, "pack.not_version"),
        (12, 1, "pack.float"),
        (14, 1, "pack.missing_key"),
        (16, 1, "pack.not_money"),
        (17, 1, "pack.unknown_key"),
    ]


def test_an_unset_parameter_must_have_the_type_of_its_place() -> None:
    text = small_text(
        "[[unset]]\nid = 'share'\ntype = 'money'\ntitle = 't'\n"
        + "reading = [{ id = '1', source = 's' }, { id = '2', source = 's' }]\n",
        without='rate = "0.5"',
        instead='rate = { unset = "share" }',
    )
    assert [code for _, _, code in faults(text)] == ["pack.unset_type"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("fact", "[base]\nfact = { unset = 'open' }\narticle = 'a'\n"),
        ("choice", "[budget]\namount = '1.00'\nexceeded = { unset = 'open' }\narticle = 'a'\n"),
        ("yes_no", "[[cap]]\nid = 'c'\nlimit = '1.00'\napplies = { unset = 'open' }\narticle = 'a'\n"),
    ],
)
def test_a_choice_between_words_needs_its_readings(kind: str, text: str) -> None:
    declared = f"[[unset]]\nid = 'open'\ntype = '{kind}'\ntitle = 't'\n"
    assert [code for _, _, code in faults(small_text(text + declared))] == ["pack.no_readings"]


@pytest.mark.parametrize(
    ("kind", "bound", "readings"),
    [
        ("money", "fact = 'contract_amount'\nat_least", "['1.00', '2.00']"),
        ("date", "fact = 'signed_on'\nat_least", "[2026-01-01, 2026-02-01]"),
        ("moment", "fact = 'applied_at'\nbelow", "[2026-01-01T09:00:00, 2026-02-01]"),
        ("choice", "fact = 'applicant_kind'\nis", "['enterprise', 'university']"),
    ],
)
def test_an_unset_bound_has_the_type_of_what_it_bounds(kind: str, bound: str, readings: str) -> None:
    first, second = readings.strip("[]").split(", ")
    text = (
        f"{CONDITION}{bound} = {{ unset = 'u' }}\n"
        f"[[unset]]\nid = 'u'\ntype = '{kind}'\ntitle = 't'\n"
        f"reading = [{{ id = 'one', value = {first}, source = 's' }}, "
        f"{{ id = 'two', value = {second}, source = 's' }}]\n"
    )
    assert len(load(SMALL + text).unset[0].readings) == 2
    wrong = text.replace(f"type = '{kind}'", "type = 'rate'")
    assert "pack.unset_type" in [code for _, _, code in faults(SMALL + wrong)]


def test_what_a_test_lacks_is_told_with_its_table_counted_from_one() -> None:
    with pytest.raises(PackFaults) as caught:
        load(SMALL + '\n[[condition]]\nid = "c"\nat_least = "1.00"\narticle = "a"\n')
    (fault,) = caught.value.faults
    assert (fault.code, fault.params["table"]) == ("pack.missing_key", "condition.1")


def test_lines_that_are_no_list_are_told_as_such() -> None:
    assert [code for _, _, code in faults("line = 7\n" + SMALL)] == ["pack.not_tables"]
