"""Names that are used are declared, and what is declared is used."""

import pytest

from rules.faults import PackFaults
from rules.pack import load
from tests.rules.desk import SMALL

UNSET = (
    "[[unset]]\nid = 'open'\ntype = '{kind}'\ntitle = 't'\n"
    "reading = [{{ id = 'one', value = {one}, source = 's' }}, "
    "{{ id = 'two', value = {two}, source = 's' }}]\n"
)
PLACES = [
    ("money", "'1.00'", "'2.00'", "[[cap]]\nid = 'c'\nlimit = { unset = 'open' }\narticle = 'a'\n"),
    (
        "money",
        "'1.00'",
        "'2.00'",
        "[[cap]]\nid = 'c'\nlimit = '9'\ntier_limit = { general = { unset = 'open' } }\narticle = 'a'\n",
    ),
    (
        "money",
        "'1.00'",
        "'2.00'",
        "[[floor]]\nid = 'f'\non = 'award'\nat_least = { unset = 'open' }\nhow = 'refuse'\narticle = 'a'\n",
    ),
    (
        "rate",
        "'0.5'",
        "'0.6'",
        "[[stacking]]\nid = 's'\nhow = 'ceiling'\nshare = { unset = 'open' }\narticle = 'a'\n",
    ),
    (
        "choice",
        "'rest'",
        "'nothing'",
        "[budget]\namount = '9'\nexceeded = { unset = 'open' }\narticle = 'a'\n",
    ),
    ("fact", "'contract_amount'", "'leased_in_year'", "[base]\nfact = { unset = 'open' }\narticle = 'a'\n"),
    (
        "months",
        "12",
        "60",
        "[[condition]]\nid = 'c'\nfact = 'signed_on'\nafter = 'founded_on'\n"
        "less_than_months = { unset = 'open' }\narticle = 'a'\n",
    ),
    (
        "integer",
        "300",
        "500",
        "[[fact]]\nid = 'staff'\ntype = 'integer'\n"
        "[[condition]]\nid = 'c'\nfact = 'staff'\nat_most = { unset = 'open' }\narticle = 'a'\n",
    ),
    (
        "rate",
        "'0.2'",
        "'0.3'",
        "[[condition]]\nid = 'c'\narticle = 'a'\nfact = 'related_party'\nis = 'no'\n"
        "applies_when = { fact = 'officer_rate', at_least = { unset = 'open' } }\n",
    ),
    ("choice", "'a'", "'b'", "[office]\nterm = { unset = 'open' }\n"),
]


@pytest.mark.parametrize(("kind", "one", "two", "table"), PLACES)
def test_a_parameter_may_be_unset_in_every_place_and_is_then_declared(
    kind: str, one: str, two: str, table: str
) -> None:
    declared = UNSET.format(kind=kind, one=one, two=two)
    assert load(SMALL + table + declared).unset[0].type == kind
    with pytest.raises(PackFaults) as caught:
        load(SMALL + table)
    assert [fault.code for fault in caught.value.faults] == ["pack.unknown_unset"]
    with pytest.raises(PackFaults) as caught:
        load(SMALL + declared)
    assert [fault.code for fault in caught.value.faults] == ["pack.unused_unset"]


def test_a_budgets_amount_may_wait_for_the_office_without_readings() -> None:
    budget = "[budget]\namount = { unset = 'money' }\nexceeded = 'rest'\narticle = 'a'\n"
    declared = "[[unset]]\nid = 'money'\ntype = 'money'\ntitle = '年度预算'\n"
    assert load(SMALL + budget + declared).budget is not None


def test_a_chosen_by_that_is_no_day_is_a_fault() -> None:
    codes = {"contract_amount": "pack.fact_type", "colour": "pack.unknown_fact", "year": "pack.not_here"}
    for name, code in codes.items():
        with pytest.raises(PackFaults) as caught:
            load(SMALL.replace('grade = "A"', f'grade = "A"\nchosen_by = "{name}"'))
        assert [fault.code for fault in caught.value.faults] == [code]


def test_a_reading_that_names_a_fact_of_another_type_is_told_with_both() -> None:
    text = SMALL + UNSET.format(kind="fact", one="'founded_on'", two="'contract_amount'")
    with pytest.raises(PackFaults) as caught:
        load(text + "[base]\nfact = { unset = 'open' }\narticle = 'a'\n")
    (fault,) = caught.value.faults
    told = {"fact": "founded_on", "found": "date", "needed": "money"}
    assert (fault.code, fault.params) == ("pack.fact_type", told)


@pytest.mark.parametrize(
    "table",
    [
        "[[condition]]\nid = 'c'\nfact = 'founded_on'\nknown = true\narticle = 'a'\napplies_when = OPEN\n",
        "[[condition]]\nid = 'c'\nany = [OPEN]\narticle = 'a'\n",
        "[[condition]]\nid = 'c'\nnot = OPEN\narticle = 'a'\n",
        "[[condition]]\nid = 'c'\nfact = 'applicant_kind'\none_of = OPEN\narticle = 'a'\n",
        "[[tier]]\nid = 't'\nwhen = OPEN\nrate = '0.1'\narticle = 'a'\n",
        "[[tier]]\nid = 't'\nwhen = { fact = 'related_party', is = 'no' }\nbands = OPEN\narticle = 'a'\n",
        "[base]\nsmallest_of = OPEN\narticle = 'a'\n",
        "[base]\nfact = 'contract_amount'\nless = OPEN\narticle = 'a'\n",
        "[[cap]]\nid = 'c'\nlimit = '1.00'\noverrun = OPEN\narticle = 'a'\n",
        "[[cap]]\nid = 'c'\nlimit = '1.00'\nper = OPEN\narticle = 'a'\n",
    ],
)
def test_a_place_that_can_not_be_unset_says_so_in_those_words(table: str) -> None:
    declared = UNSET.format(kind="yes_no", one="'yes'", two="'no'")
    with pytest.raises(PackFaults) as caught:
        load(SMALL + table.replace("OPEN", "{ unset = 'open' }") + declared)
    codes = [fault.code for fault in caught.value.faults]
    assert codes[:1] == ["pack.never_unset"] and "pack.unused_unset" not in codes


def test_shares_that_do_not_come_to_the_whole_are_told_with_their_sum() -> None:
    with pytest.raises(PackFaults) as caught:
        load(SMALL + "[[funder]]\nid = 'city'\nshare = '0.33335'\narticle = 'a'\n")
    assert caught.value.faults[0].params == {"sum": "33.335%", "odd": 0}
