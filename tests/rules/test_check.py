"""The check of a pack: sound packs pass, and each planted fault is found with a case that shows it."""

import copy
import random
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import words
from casework.without_office.calculation import Calculation
from rules.check import Finding, Report, check
from rules.decide import AWARDED, Decision, decide
from rules.facts import Facts
from rules.pack import Pack, load
from rules.policy import Policy
from rules.position import Position
from rules.toml_text import canonical
from tests.rules.desk import small_text

POLICIES = Path(__file__).parents[2] / "resources" / "policies"
FILES = sorted(path for path in POLICIES.rglob("*.toml"))
SHIPPED = [load(path.read_text(encoding="utf-8")) for path in FILES]

SOUND = """
id = "test-voucher"
version = "2"
title = "测试券"
document = "测试文件"
grade = "A"
in_force = { from = 2026-01-01, until = 2027-01-01, article = "一" }

[[fact]]
id = "domestic"
type = "yes_no"

[[condition]]
id = "threshold"
fact = "contract_amount"
at_least = "1000.00"
article = "二"

[[tier]]
id = "domestic"
when = { fact = "domestic", is = "yes" }
rate = "0.4"
article = "三"

[[tier]]
id = "general"
otherwise = true
rate = "0.3"
article = "三"

[base]
fact = "contract_amount"
article = "二"

[[cap]]
id = "applicant_year"
limit = "50000.00"
per = ["applicant", "year"]
before = "awarded_before"
article = "四"

[budget]
amount = "1000000.00"
exceeded = "rest"
article = "五"
"""


def changed(*changes: tuple[str, str], more: str = "") -> str:
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text + more


def faults(report: Report) -> list[str]:
    return [finding.code for finding in report.faults]


def only(report: Report, code: str) -> Finding:
    """The one fault of this code."""
    found = [finding for finding in report.faults if finding.code == code]
    assert len(found) == 1, report.faults
    return found[0]


def calculated(text: str, finding: Finding) -> dict[str, str]:
    """What `calculate` makes of a finding's case."""
    pack, row = load(text), finding.cells
    calculation = Calculation(list(row), [pack], pack.id)
    return dict(zip(calculation.headings, calculation.row(list(row.values())), strict=True))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_pack_passes(path: Path) -> None:
    examples = path.with_name(path.stem + ".examples.csv")
    text = examples.read_text(encoding="utf-8") if examples.exists() else None
    report = check(path.read_text(encoding="utf-8"), SHIPPED, text)
    assert report.faults == ()


def test_a_sound_pack_has_no_faults() -> None:
    assert faults(check(SOUND)) == []


def test_a_text_that_does_not_load_gives_its_faults_with_their_lines() -> None:
    report = check(changed(('rate = "0.4"', "rate = 0.4")))
    assert [(one.code, one.line) for one in report.faults] == [("pack.float", 22)]


def test_a_base_without_a_source_is_a_fault() -> None:
    base = '[base]\nfact = "contract_amount"\narticle = "二"\n'
    assert only(check(changed((base, ""))), "check.no_source").params["rule"] == "base"
    dates = changed((', article = "一" }', " }"))
    assert only(check(dates), "check.no_source").line == 7


def test_made_up_dates_are_warned_of() -> None:
    text = changed((', article = "一" }', ', article = "一", grade = "made-up" }'))
    assert ("check.made_up", 7) in [(one.code, one.line) for one in check(text).warnings]


def neighbour(version: str, opens: str, closes: str) -> Pack:
    dates = "from = 2026-01-01, until = 2027-01-01"
    return load(
        changed(('version = "2"', f'version = "{version}"'), (dates, f"from = {opens}, until = {closes}"))
    )


def test_versions_follow_one_another_without_gap_or_overlap() -> None:
    good = [neighbour("1", "2025-01-01", "2026-01-01"), neighbour("3", "2027-01-01", "2028-01-01")]
    assert faults(check(SOUND, good)) == []
    overlap = only(check(SOUND, [neighbour("1", "2025-01-01", "2026-01-02")]), "check.overlap")
    assert (overlap.params["other"], overlap.params["on"]) == ("test-voucher@1", date(2026, 1, 1))
    gap = only(check(SOUND, [neighbour("1", "2025-01-01", "2025-12-31")]), "check.gap")
    assert (gap.params["from_on"], gap.params["until_on"]) == (date(2025, 12, 31), date(2026, 1, 1))
    assert calculated(SOUND, gap)["reasons"] == "no_pack"
    later = only(check(SOUND, [neighbour("3", "2027-01-02", "2028-01-01")]), "check.gap")
    assert calculated(SOUND, later)["reasons"] == "no_pack"
    waiver = '\n[[waiver]]\ncheck = "gap"\narticle = "六"\n'
    assert faults(check(SOUND + waiver, [neighbour("1", "2025-01-01", "2025-12-31")])) == []


def test_a_version_that_overlaps_leaves_no_gap() -> None:
    others = [neighbour("0", "2024-01-01", "2025-01-01"), neighbour("1", "2025-01-01", "2026-02-01")]
    assert faults(check(SOUND, others)) == ["check.overlap"]
    later = [neighbour("3", "2026-12-01", "2027-06-01"), neighbour("4", "2027-06-01", "2028-01-01")]
    assert faults(check(SOUND, later)) == ["check.overlap"]


def test_an_open_end_overlaps_whatever_comes_later() -> None:
    open_end = changed((", until = 2027-01-01", ""))
    assert "check.overlap" in faults(check(open_end, [neighbour("3", "2027-01-01", "2028-01-01")]))


def test_the_same_version_with_other_bytes_is_a_fault() -> None:
    other = load(changed(('rate = "0.3"', 'rate = "0.31"')))
    assert faults(check(SOUND, [other])) == ["check.same_version"]
    assert faults(check(SOUND, [load(SOUND)])) == []


def test_a_case_that_fits_no_tier_is_shown() -> None:
    text = changed(("otherwise = true", 'when = { fact = "contract_amount", at_least = "5000.00" }'))
    found = only(check(text), "check.no_tier")
    assert calculated(text, found)["status"] == "blocked"


def test_two_tiers_of_one_priority_are_shown_with_both_names() -> None:
    more = """
[[tier]]
id = "large"
when = { fact = "contract_amount", at_least = "5000.00" }
rate = "0.5"
article = "三"
"""
    found = only(check(changed(more=more)), "check.two_tiers")
    assert found.params["tiers"] == ("domestic", "large")
    row = calculated(changed(more=more), found)
    assert (row["status"], row["reasons"]) == ("blocked", "domestic;large")
    ranked = more.replace('rate = "0.5"', 'rate = "0.5"\npriority = 1')
    assert faults(check(changed(more=ranked))) == []


def test_an_award_above_what_it_is_for_needs_a_waiver() -> None:
    text = changed(('rate = "0.3"', 'fixed = "2000.00"'))
    found = only(check(text), "check.above_base")
    row = calculated(text, found)
    assert row["status"] == AWARDED and float(row["award"]) > float(row["base"])
    waiver = '\n[[waiver]]\ncheck = "above_base"\narticle = "六"\n'
    assert faults(check(text + waiver)) == []


def test_a_fixed_sum_that_asks_for_no_base_is_not_measured_by_one() -> None:
    fixed = '\n[[tier]]\nid = "all"\notherwise = true\nfixed = "2000.00"\narticle = "三"\n'
    head = SOUND[: SOUND.index("[[fact]]")]
    assert faults(check(head + fixed + '\n[base]\nneeded = false\narticle = "二"\n')) == []
    assert faults(check(head + fixed)) == ["check.above_base"]


def test_a_cap_that_may_not_hold_binds_only_where_it_is_read_to() -> None:
    """The reading under which there is no cap awarded "too much" by it."""
    more = """
[[cap]]
id = "most"
limit = "1000.00"
applies = { unset = "capped" }
article = "四"

[[unset]]
id = "capped"
type = "yes_no"
title = "上限管不管"
reading = [{ id = "y", value = "yes", source = "a" }, { id = "n", value = "no", source = "b" }]
"""
    assert faults(check(changed(more=more))) == []
    bound = more.replace('applies = { unset = "capped" }\n', "")
    assert faults(check(changed(more=bound[: bound.index("[[unset]]")]))) == []


def test_rounding_up_pays_more_than_the_rate() -> None:
    text = SOUND + '\n[[rounding]]\nwhere = "step"\nunit = "1.00"\nmode = "up"\narticle = "七"\n'
    found = next(one for one in check(text).faults if one.code == "check.above_rate")
    row = calculated(text, found)
    assert float(row["award"]) > float(row["rate"]) * float(row["base"])


def test_more_contract_that_leads_to_less_award_is_shown() -> None:
    text = changed(
        ('when = { fact = "domestic", is = "yes" }', 'when = { fact = "contract_amount", below = "5000.00" }')
    )
    found = only(check(text), "check.more_is_less")
    row = calculated(text, found)
    assert found.params["award_more_fen"] == round(float(row["award"]) * 100)
    assert found.case is not None and found.params["less_fen"] == 4999_99
    pack = load(text)
    less = {**found.case.facts, "contract_amount": found.params["less_fen"]}
    first = decide(Policy(pack), less, found.case.position)
    assert (first.award_fen or 0) == found.params["award_less_fen"]
    assert (first.award_fen or 0) > int(str(found.params["award_more_fen"]))
    waiver = '\n[[waiver]]\ncheck = "more_is_less"\narticle = "六"\n'
    assert faults(check(text + waiver)) == []


def test_a_contract_that_is_too_large_to_be_helped_is_less_for_more() -> None:
    more = """
[[condition]]
id = "not_large"
fact = "contract_amount"
at_most = "90000.00"
article = "二"
"""
    found = only(check(changed(more=more)), "check.more_is_less").params
    assert (found["more_fen"], found["fact"]) == (90_000_01, "合同金额")


def test_amounts_that_leave_63_bits_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Since rates end at one none reaches that far: the bound is drawn nearer, to see that it is watched."""
    assert "check.too_large" not in faults(check(SOUND))
    monkeypatch.setattr("rules.check_text.LARGEST", 10**14)
    assert "check.too_large" in faults(check(SOUND))


def test_conditions_that_no_case_can_pass_are_found() -> None:
    more = '\n[[condition]]\nid = "never"\nfact = "contract_amount"\nbelow = "1000.00"\narticle = "二"\n'
    assert "check.no_case" in faults(check(changed(more=more)))


def test_a_waiver_of_nothing_that_is_checked_is_a_fault() -> None:
    assert faults(check(SOUND + '\n[[waiver]]\ncheck = "award"\narticle = "六"\n')) == [
        "check.unknown_waiver"
    ]


def test_an_engine_that_awards_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def generous(policy: Policy, facts: Facts, position: Position) -> Decision:
        one = decide(policy, facts, position)
        return one._replace(award_fen=one.award_fen + 1) if one.award_fen else one

    monkeypatch.setattr("rules.check.decide", generous)
    found = {(one.code, one.params["rule"]) for one in check(SOUND).faults}
    assert {("check.above_limit", "applicant_year"), ("check.above_limit", "budget")} <= found
    assert ("check.above_rate", "general") in found


ODD: list[object] = [
    "0", "0.00", "1", "yes", 0, 1, -1, True, [], {}, "applied_at", "contract_amount", "rest", ["year"],
    {"unset": "budget_exceeded"},
]  # fmt: skip


def places_of(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    members = data.items() if isinstance(data, dict) else enumerate(data if isinstance(data, list) else ())
    for key, value in members:
        yield (*path, key)
        yield from places_of(value, (*path, key))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_pack_changed_anyhow_is_told_of_and_never_breaks_the_check(path: Path) -> None:
    whole, chance = tomllib.loads(path.read_text(encoding="utf-8")), random.Random(path.stem)
    for _ in range(12):
        data = copy.deepcopy(whole)
        *above, last = chance.choice(list(places_of(data)))
        place: Any = data
        for key in above:
            place = place[key]
        if chance.random() < 0.5:
            del place[last]
        else:
            place[last] = chance.choice(ODD)
        report = check(canonical(data).decode())
        assert all(words.say(one.code, "en", **one.params) for one in (*report.faults, *report.warnings))


def test_a_reading_that_names_a_fact_of_another_kind_is_a_fault() -> None:
    when = 'when = { fact = { unset = "day" }, after = "founded_on", less_than_months = 12 }'
    unset = """
[[unset]]
id = "day"
type = "fact"
title = "计算日"
reading = [{ id = "applied_at", source = "一" }, { id = "contract_amount", source = "二" }]
"""
    text = changed(('when = { fact = "domestic", is = "yes" }', when), more=unset)
    assert faults(check(text)) == ["pack.fact_type"]
    assert faults(check(text.replace('contract_amount", source', 'signed_on", source'))) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('type = "yes_no"', 'type = "maybe"', "pack.not_a_choice"),
        ('fact = "contract_amount"\narticle = "二"\n\n[[cap]]', 'smallest_of = []\narticle = "二"\n\n[[cap]]',
         "pack.one_base"),
        ("[budget]", '[[stacking]]\nid = "none"\nfacts = []\nhow = "deduct"\narticle = "五"\n\n[budget]',
         "pack.empty"),
    ],
)  # fmt: skip
def test_a_rule_about_nothing_is_a_fault_of_the_text(old: str, new: str, code: str) -> None:
    assert code in faults(check(changed((old, new))))


HEADINGS = "case,applied_at,applicant,contract_amount,domestic,spent,used,expect_status,expect_award"
ROWS = """
1,2026-05-06,a,10000.00,no,,,awarded,3000.00
2,2026-05-06,a,999.99,no,,,refused,
3,2026-05-06,a,10000.00,yes,,,awarded,4000.00
4,2026-05-06,a,10000.00,no,,49999.00,awarded,1.00
5,2026-05-06,a,10000.00,no,999999.00,,awarded,1.00
"""


def test_examples_that_come_out_and_show_every_rule_leave_nothing_to_say() -> None:
    assert check(SOUND, (), HEADINGS + ROWS) == Report((), ())


def test_missing_examples_are_a_warning() -> None:
    assert [one.code for one in check(SOUND).warnings] == ["check.no_examples"]


def test_an_example_that_comes_out_otherwise_is_a_fault() -> None:
    found = only(check(SOUND, (), HEADINGS + ROWS.replace("3000.00", "3000.01")), "check.example")
    assert found.params["row"] == 2 and found.params["field"] == "expect_award"
    assert (found.params["expected"], found.params["found"]) == ("3000.01", "3000.00")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("10000.00,no", "ten thousand,no", "check.example"),
        (",49999.00,", ",a lot,", "check.example_unreadable"),
        (",yes,", ",yes,1,2,3,4,5,6,7", "check.examples_unreadable"),
    ],
)
def test_an_example_that_cannot_be_read_is_a_fault(old: str, new: str, code: str) -> None:
    assert code in faults(check(SOUND, (), HEADINGS + ROWS.replace(old, new)))
    assert "check.example_heading" in faults(
        check(SOUND, (), HEADINGS.replace("domestic", "demestic") + ROWS)
    )


def test_a_rule_that_no_example_shows_is_a_warning() -> None:
    fewer = "\n".join(line for line in ROWS.splitlines() if not line.startswith(("2", "4")))
    warned = {(one.code, one.params["rule"]) for one in check(SOUND, (), HEADINGS + fewer).warnings}
    assert warned == {("check.never_decides", "threshold"), ("check.never_decides", "applicant_year")}


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_every_finding_can_be_said(lang: str) -> None:
    text = changed(
        ('rate = "0.3"', 'fixed = "2000.00"'),
        ("from = 2026-01-01", "from = 2026-01-02"),
        (', article = "一" }', " }"),
    )
    examples = HEADINGS + ROWS.replace(",49999.00,", ",a lot,").replace("4000.00", "1.00") + "9,9\n"
    report = check(
        text,
        [neighbour("1", "2025-01-01", "2026-01-01"), neighbour("3", "2026-06-01", "2027-02-01")],
        examples,
    )
    said = [words.say(one.code, lang, **one.params) for one in (*report.faults, *report.warnings)]
    assert len({one.code for one in report.faults}) >= 6
    assert all(said)


def test_a_clash_through_a_base_that_is_one_amount_is_named() -> None:
    """The base is the contract's amount under another name: the search for a case was cut there once."""
    tests = [
        'fact = "base"\nat_least = "200.00"',
        'fact = "contract_amount"\nat_most = { fact = "paid" }',
        'fact = "paid"\nat_most = "100.00"',
    ]
    text = '\n[[fact]]\nid = "paid"\ntype = "money"\n' + "".join(
        f'\n[[condition]]\nid = "c{at}"\n{test}\narticle = "a"\n' for at, test in enumerate(tests)
    )
    report = check(small_text(text))
    (found,) = (one for one in report.faults if one.code == "check.no_case")
    assert (found.params["rules"], report.tried) == (("c0", "c1", "c2"), True)
