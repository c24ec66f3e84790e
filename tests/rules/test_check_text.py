"""What the text of a pack alone shows: names of the language, a ceiling of an unsaid whole, roundings that
change nothing, kinds of applicant; and packs with and without conditions that clash.
"""

import random

import pytest

from rules.check import check
from rules.counter_keys import PERIODS
from rules.faults import TAKEN
from rules.parts import BASE
from tests.rules.desk import small_text
from tests.rules.test_cost_lines import COSTS

STACKING = '\n[[stacking]]\nid = "in_all"\nhow = "ceiling"\nshare = "0.5"\narticle = "a"\n'
PAID = '\n[[fact]]\nid = "paid"\ntype = "money"\n\n[base]\nfact = "paid"\narticle = "b"\n'


def codes(text: str) -> set[tuple[str, str]]:
    report = check(text)
    found = (*report.faults, *report.warnings)
    wanted = {"check.name_taken", "check.ceiling_of", "check.rounding_idle", "check.kind_unknown"}
    wanted |= {"check.counted_twice", "check.rounding_unused", "check.rounding_after"}
    return {(one.code, str(one.params["rule"])) for one in found if one.code in wanted}


@pytest.mark.parametrize("name", TAKEN)
def test_a_fact_is_not_called_as_the_language_itself(name: str) -> None:
    assert {*PERIODS, BASE, "contract"} == set(TAKEN)
    assert codes(small_text(f'\n[[fact]]\nid = "{name}"\ntype = "text"\n')) == {("check.name_taken", name)}
    summed = f'\n[[sum]]\nid = "{name}"\nof = ["contract_amount"]\n'
    assert codes(small_text(summed)) == {("check.name_taken", name)}


@pytest.mark.parametrize("name", ["award", "status", "readings", "note", "left", "award_city"])
def test_a_fact_is_not_called_as_a_column_of_a_result(name: str) -> None:
    """`calculate` wrote its award over what was filled in, and read no column called status."""
    funder = '\n[[funder]]\nid = "city"\nshare = "1"\nodd = true\narticle = "a"\n'
    text = small_text(funder + f'\n[[fact]]\nid = "{name}"\ntype = "money"\n')
    assert [one.code for one in check(text).faults if "name" in one.code] == ["check.name_of_column"]


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("district", "money", "check.name_of_field"),
        ("bank", "choice", "check.name_of_field"),
        ("purpose", "text", "check.name_of_field"),
        ("other_city", "yes_no", "check.name_of_amount"),
        ("net_amount", "integer", "check.name_of_amount"),
        ("net_amount", "money", ""),
    ],
)
def test_a_fact_is_not_called_as_what_an_application_says_anyway(name: str, kind: str, code: str) -> None:
    """What was deducted as `district` was read as the applicant's district, and never reached a rule."""
    found = check(small_text(f'\n[[fact]]\nid = "{name}"\ntype = "{kind}"\n')).faults
    assert [one.code for one in found if "name" in one.code] == [code] * bool(code)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('\n[[sum]]\nid = "all"\nof = ["paid", "contract_amount", "paid"]\n', "all"),
        ('\n[base]\nfact = "contract_amount"\nless = ["paid", "paid"]\narticle = "a"\n', "base"),
        (STACKING + 'facts = ["paid", "paid"]\n', "in_all"),
        (STACKING + 'of = ["paid", "-paid"]\n', "in_all"),
        ('\n[base]\nfact = "contract_amount"\nless = ["paid"]\narticle = "a"\n', ""),
    ],
)
def test_no_list_names_an_amount_twice(text: str, rule: str) -> None:
    found = check(small_text('\n[[fact]]\nid = "paid"\ntype = "money"\n' + text)).faults
    assert [one.params["rule"] for one in found if one.code == "check.named_twice"] == [rule] * bool(rule)


def test_a_cost_line_that_stands_twice_is_a_fault() -> None:
    """It was paid twice: 6,400 for 8,000 at 40 %."""
    line = '\n[[line]]\nid = "one"\nfact = "contract_amount"\nrate = "0.4"\narticle = "a"\n'
    text = small_text(line, 'rate = "0.5"', 'lines = ["one", "one"]')
    (found,) = (one for one in check(text).faults if one.code == "check.named_twice")
    assert (found.params["rule"], found.params["names"], found.line) == ("general", ("one",), 9)


@pytest.mark.parametrize("letter", ["\\u0000", "\u202e"])
def test_a_text_that_no_paper_can_show_is_a_fault(letter: str) -> None:
    text = small_text("", "小额券", f"小{letter}额券")
    assert [(one.code, one.line) for one in check(text).faults if "print" in one.code] == [
        ("check.unprintable", 4)
    ]


def test_a_unit_of_shares_where_none_are_given_is_a_fault() -> None:
    budget = '\n[budget]\namount = "10.00"\nunit = "1.00"\nexceeded = "rest"\narticle = "b"\n'
    assert "pack.budget_order" in [one.code for one in check(small_text(budget)).faults]


@pytest.mark.parametrize(
    ("fact", "test", "code"),
    [
        ("default = 0\nknown = true", "", "check.known_default"),
        ('default = "contract_amount"\nknown = true', "", "check.known_default"),
        ("known = true", "", ""),
        ("default = 0", 'fact = "paid"\nknown = true', "check.never_blank"),
        ("default = { value = '1.00' }", 'not = { fact = "paid", given = false }', "check.never_blank"),
        ('default = "contract_amount"', 'fact = "paid"\nknown = true', ""),  # which may be blank too
        ("", 'fact = "other_support"\ngiven = true', "check.never_blank"),
        ("", 'fact = "paid"\ngiven = true', ""),
    ],
)
def test_what_must_be_known_can_be_blank(fact: str, test: str, code: str) -> None:
    asked = f'\n[[condition]]\nid = "asked"\n{test}\narticle = "a"\n' if test else ""
    text = small_text(f'\n[[fact]]\nid = "paid"\ntype = "money"\n{fact}\n{asked}')
    wanted = {"check.known_default", "check.never_blank"}
    assert [one.code for one in check(text).faults if one.code in wanted] == [code] * bool(code)


def test_a_ceiling_says_of_what_where_the_base_is_not_the_contract() -> None:
    assert codes(small_text(STACKING)) == set()
    assert codes(small_text(PAID + STACKING)) == {("check.ceiling_of", "in_all")}
    for of in ('"base"', '"contract_amount"', '["paid"]'):
        assert codes(small_text(PAID + STACKING + f"of = {of}\n")) == set()


@pytest.mark.parametrize(
    ("facts", "twice"),
    [
        (["other_support", "other_district"], True),
        (["other_national", "other_city", "other_district"], False),
        (["other_support"], False),
        (["all_of_it", "other_city"], True),  # through a sum
        (["without"], False),  # the sum without one level
        (["other_support", "district_only"], False),  # a fact of the pack's own
    ],
)
def test_a_level_is_not_added_to_the_sum_that_holds_it(facts: list[str], twice: bool) -> None:
    """Of 300,000 from the district, told in both columns, 600,000 would be taken away."""
    declared = ("other_national", "other_city", "other_district", "district_only")
    more = "".join(f'\n[[fact]]\nid = "{name}"\ntype = "money"\ndefault = 0\n' for name in declared)
    more += '\n[[sum]]\nid = "all_of_it"\nof = ["other_support"]\n'
    more += '\n[[sum]]\nid = "without"\nof = ["other_support", "-other_district"]\n'
    found = codes(small_text(more + STACKING + f"facts = {facts}\n".replace("'", '"')))
    assert found == ({("check.counted_twice", "in_all")} if twice else set())


@pytest.mark.parametrize(
    ("where", "unit", "mode", "idle"),
    [
        ("end", "0.01", "half_up", True),
        ("line", "0.01", "up", True),
        ("step", "0.01", "down", False),  # the default, written out
        ("step", "0.01", "half_up", False),
        ("end", "1.00", "down", False),
        ("line", "100.00", "down", False),
    ],
)
def test_a_rounding_changes_something(where: str, unit: str, mode: str, idle: bool) -> None:
    text = f'\n[[rounding]]\nwhere = "{where}"\nunit = "{unit}"\nmode = "{mode}"\narticle = "a"\n'
    assert codes(small_text(text)) == ({("check.rounding_idle", where)} if idle else set())


@pytest.mark.parametrize(
    ("step", "end", "more", "idle"),
    [
        ("1.00", "0.10", "", True),
        ("1.00", "1.00", "", True),
        ("0.10", "1.00", "", False),
        ("1.00", "0.10", '\n[[cap]]\nid = "most"\nlimit = "10.05"\narticle = "a"\n', False),
    ],
)
def test_a_last_rounding_finds_something_to_round(step: str, end: str, more: str, idle: bool) -> None:
    text = "".join(
        f'\n[[rounding]]\nwhere = "{where}"\nunit = "{unit}"\nmode = "down"\narticle = "a"\n'
        for where, unit in (("step", step), ("end", end))
    )
    assert codes(small_text(more + text)) == ({("check.rounding_after", "end")} if idle else set())


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("publicity_days = { value = 5, ", ""),
        ("publicty_days = { value = 5, ", "check.term_unknown"),
        ("days_on_the_wall = { value = 5, ", "check.term_unknown"),  # a figure that no act asks for
        ("materiels = { text = '合同', ", "check.term_unknown"),
        ("materials = { text = '合同', ", ""),
        ("hotline = { text = '见本机关网站', ", ""),  # words of the pack's own
        ("publicity_days = { text = '五天', ", "check.term_days"),
        ("publicity_days = { value = 0, ", "check.term_days"),
        ("redemption_days = { value = 0, ", ""),
        ("validity_months = { text = '一年', ", "check.term_months"),
        ("tax_basis = { value = 1, ", "check.term_choice"),
    ],
)
def test_a_term_of_the_office_is_one_that_its_acts_ask_for(term: str, code: str) -> None:
    text = small_text(f"\n[office]\n{term}article = 'a' }}\n")
    found = [one for one in check(text).faults if one.code.startswith("check.term_")]
    assert [one.code for one in found] == [code] * bool(code)
    assert all(text.splitlines()[one.line - 1].startswith(term[:5]) for one in found)


@pytest.mark.parametrize(("kind", "fits"), [("days", True), ("text", False), ("months", False)])
def test_an_open_term_is_of_the_type_that_its_act_asks_for(kind: str, fits: bool) -> None:
    declared = f'\n[[unset]]\nid = "later"\ntype = "{kind}"\ntitle = "公示期"\n'
    text = small_text(declared + "\n[office]\npublicity_days = { unset = 'later' }\n")
    assert ("check.term_days" in {one.code for one in check(text).faults}) is not fits


def test_a_rounding_where_nothing_is_rounded_is_told_as_such() -> None:
    def rounding(where: str) -> str:
        return f'\n[[rounding]]\nwhere = "{where}"\nunit = "1.00"\nmode = "half_up"\narticle = "a"\n'

    assert codes(small_text(rounding("ceiling"))) == {("check.rounding_unused", "ceiling")}
    (told,) = [one for one in check(small_text(rounding("ceiling"))).faults if "rounding" in one.code]
    assert small_text(rounding("ceiling")).splitlines()[told.line - 1] == "[[rounding]]"
    assert codes(small_text(STACKING + rounding("ceiling"))) == set()
    fixed = small_text(rounding("step"), 'rate = "0.5"', 'fixed = "10.00"')
    assert ("check.rounding_unused", "step") in codes(fixed)
    assert codes(small_text(rounding("line"))) == set()
    assert ("check.rounding_unused", "line") in codes(
        small_text(COSTS + rounding("line"), 'rate = "0.5"', "lines = true")
    )


def test_a_kind_that_is_none_of_the_usual_and_let_through_by_nothing_is_warned_of() -> None:
    when = 'when = { fact = "applicant_kind", is = "martian" }'
    tier = f'\n[[tier]]\nid = "t"\n{when}\nrate = "0.6"\narticle = "a"\n'
    assert codes(small_text(tier)) == {("check.kind_unknown", "t")}
    test = 'fact = "applicant_kind"\none_of = ["martian", "enterprise"]'
    let = f'\n[[condition]]\nid = "c"\n{test}\narticle = "a"\n'
    assert codes(small_text(tier + let)) == set()
    assert "check.kind_unknown" not in {fault.code for fault in check(small_text(tier)).faults}, (
        "never a fault"
    )


# -- packs whose conditions clash, and packs whose don't -----------------------------------------------------

DATES = ("signed_on", "starts_on", "ends_on", "paid_on")
HEAD = '\n[[fact]]\nid = "paid_on"\ntype = "date"\n\n[[fact]]\nid = "score"\ntype = "integer"\n'


def _conditions(chance: random.Random, clash: bool) -> str:
    """Conditions that tie dates, amounts and words to each other; with or without two of them that clash."""
    first = chance.randint(1, 9)
    chain = [(name, other, chance.randint(1, 40)) for name, other in zip(DATES[1:], DATES, strict=False)]
    tests = [f'fact = "signed_on"\nfrom = 2026-0{first}-01\nuntil = 2026-0{first}-0{chance.randint(2, 9)}']
    tests += [f'fact = "{one}"\nafter = "{other}"\nat_most_days = {days}' for one, other, days in chain]
    tests.append(f'fact = "paid_on"\nabove = {{ fact = "{chance.choice(DATES[:3])}" }}')
    tests.append('fact = "contract_amount"\nabove = { fact = "leased_in_year" }')
    low = chance.randint(1, 10**6)
    tests.append(f'fact = "score"\nat_least = {low}')
    tests.append('fact = "related_party"\nis = "no"\napplies_when = { fact = "other_support", above = "0" }')
    if clash:
        longest = sum(days for *_, days in chain)
        tests.append(
            chance.choice(
                [
                    f'fact = "score"\nbelow = {low}',
                    f'fact = "paid_on"\nafter = "signed_on"\nat_least_days = {longest + 1}',
                    'fact = "leased_in_year"\nat_least = { fact = "contract_amount" }',
                ]
            )
        )
    chance.shuffle(tests)
    return HEAD + "".join(
        f'\n[[condition]]\nid = "c{at}"\n{test}\narticle = "a"\n' for at, test in enumerate(tests)
    )


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("clash", [False, True])
def test_a_pack_that_no_case_can_pass_is_told_from_one_that_pays(seed: int, clash: bool) -> None:
    report = check(small_text(_conditions(random.Random(seed), clash)))
    found = [one for one in report.faults if one.code == "check.no_case"]
    assert report.tried
    assert bool(found) == clash
    if clash:
        assert 2 <= len(found[0].params["rules"]) <= 4  # type: ignore[arg-type]
