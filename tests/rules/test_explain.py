"""Decisions told line by line: codes, figures and articles, again from what was stored."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from rules.decide import Decision, decide_witness, decode, encode
from rules.explain import explain, lines_of, trace
from rules.lines import Line
from rules.policy import Policy
from tests.rules.desk import YOUNG, decided, policy, small

LAW = "深工信规〔2024〕13号"
DIGEST = "2026年度训力券申报通知"


def lines(decision: Decision, by: Policy | None = None) -> tuple[Line, ...]:
    """The lines, told with the decision at hand and again from its stored witness alone: they must agree."""
    by = by or policy()
    told = explain(by, decision.witness, decision)
    again = explain(by, decode(by, encode(decision.witness)))
    assert told == again
    assert lines_of(trace(told)) == told
    return told


def line(decision: Decision, code: str, by: Policy | None = None) -> Line:
    (found,) = [one for one in lines(decision, by) if one.code == code]
    return found


def test_an_award_is_told_from_its_conditions_to_its_outcome() -> None:
    assert lines(decided(contract_amount="30000000", used="1000000")) == (
        Line(
            "condition.one_of",
            "kind",
            ("pass", "enterprise", "enterprise", "university", "research_institute"),
            f"{LAW} 第（二）项",
        ),
        Line(
            "condition.within",
            "window",
            ("pass", "2026-05-20T10:30:00", "2026-05-06T00:00:00", "2026-06-06T00:00:00"),
            f"{DIGEST} 申报时间",
        ),
        Line("condition.at_least", "threshold", ("pass", 3_000_000_000, 50_000_000), f"{DIGEST} 申报条件"),
        Line("condition.is", "related_party", ("pass", "no", "no"), f"{DIGEST} 申报条件"),
        Line("condition.is", "provider_admitted", ("pass", "yes", "yes"), f"{DIGEST} 服务机构"),
        Line("agree", "startup_reference_date", ("applied_at", "signed_on"), ""),
        Line("tier", "general", ("2026-05-20T10:30:00", "2026-04-01", "2023-05-01", 12), f"{LAW} 第（二）项"),
        Line("base", "", (3_000_000_000,), f"{LAW} 第（二）项"),
        Line("rate", "general", (500_000, 1_500_000_000), f"{LAW} 第（二）项"),
        Line("cap", "applicant_year", (1_000_000_000, 0, 100_000_000, 900_000_000), f"{LAW} 第（二）项"),
        Line("budget", "budget", (50_000_000_000,), f"{LAW} 第（二）项"),
        Line("award", "applicant_year", (900_000_000,), ""),
        Line("status", "applicant_year", ("awarded",), ""),
    )


def test_a_refusal_tells_every_condition_and_no_amount() -> None:
    told = lines(decided(related_party=True, contract_amount=None))
    assert [(one.code, one.figures[0]) for one in told] == [
        ("condition.one_of", "pass"),
        ("condition.within", "pass"),
        ("condition.at_least", "unknown"),
        ("condition.is", "fail"),
        ("condition.is", "pass"),
        ("status", "refused"),
    ]
    assert told[-1].figures == ("refused", "related_party")
    assert told[2].figures == ("unknown", None, 50_000_000)


def test_a_round_window_is_told_as_the_round_has_it() -> None:
    decision = decided(window_from=datetime(2026, 5, 1), window_until=datetime(2026, 5, 31, 17))
    assert line(decision, "condition.within").figures == (
        "pass",
        "2026-05-20T10:30:00",
        "2026-05-01T00:00:00",
        "2026-05-31T17:00:00",
    )


def test_a_ceiling_is_told_with_its_share_and_whole() -> None:
    decision = decided(contract_amount="10000000", other_support="3000000")
    assert line(decision, "stacking.ceiling") == Line(
        "stacking.ceiling",
        "other_support",
        (300_000_000, 500_000, 1_000_000_000, 200_000_000),
        f"{DIGEST} 支持方式",
    )


def test_what_is_held_back_is_told_of_a_blocked_case() -> None:
    assert line(decided(related_party=None), "holds").figures == (400_000_000,)
    assert not [one for one in lines(decided(contract_amount=None)) if one.code == "holds"]


def test_each_way_of_reading_is_told_with_its_own_figures() -> None:
    decision = decided(contract_amount="10000000", other_support="3000000", **YOUNG)
    told = lines(decision)
    ways = [at for at, one in enumerate(told) if one.code == "way"]
    assert [told[at].figures for at in ways] == [
        tuple(f"startup_reference_date={day},startup_ceiling={share}" for day in ("applied_at", "signed_on"))
        for share in ("50", "60")
    ]
    shares = [one.figures[1] for one in told if one.code == "stacking.ceiling"]
    awards = [one.figures for one in told if one.code == "award"]
    assert (shares, awards) == ([500_000, 600_000], [(200_000_000,), (300_000_000,)])
    assert told[-1] == Line("status", "", ("blocked", "startup_ceiling"), "")


def test_readings_that_agree_though_their_figures_differ_are_all_told() -> None:
    decision = decided(founded_on=date(2025, 5, 20), contract_amount="20000000")
    told = lines(decision)
    assert [one.rule for one in told if one.code == "tier"] == ["general", "startup"]
    assert [one.figures for one in told if one.code == "award"] == [(1_000_000_000,)] * 2
    assert told[-1].figures == ("awarded",)


def test_a_missing_fact_is_named_and_each_possible_tier_told() -> None:
    told = lines(decided(founded_on=None))
    assert [one.rule for one in told if one.code == "missing"] == ["founded_on"]
    assert [one.rule for one in told if one.code == "tier"] == ["startup", "general"]
    assert [one.figures for one in told if one.code == "agree"] == [("applied_at", "signed_on")]


def test_a_value_that_no_rule_can_use_is_shown_as_it_stood() -> None:
    told = lines(decided(contract_amount=-500))
    assert told == (
        Line("fact.unusable", "contract_amount", ("-500",), ""),
        Line("status", "", ("blocked", "contract_amount"), ""),
    )


CONDITION = "[[condition]]\nid = 'c'\narticle = '第9条'\n"


@pytest.mark.parametrize(
    ("table", "changes", "code", "figures"),
    [
        ("fact = 'contract_amount'\nbelow = '5.00'", {}, "condition.below", ("fail", 800_000_000, 500)),
        (
            "fact = 'related_party'\nis = 'no'\napplies_when = { fact = 'contract_amount', below = '1' }",
            {"related_party": True},
            "condition.not_asked",
            (),
        ),
        (
            "fact = 'related_party'\nis = 'no'\napplies_when = { fact = 'contract_amount', above = '1' }",
            {"related_party": True},
            "condition.is",
            ("fail", "yes", "no"),
        ),
        (
            "all = [{ fact = 'related_party', is = 'no' }, { fact = 'contract_amount', above = '1' }]",
            {},
            "condition.all",
            ("pass", "no", "no", 800_000_000, 100),
        ),
        (
            "not = { fact = 'applicant_kind', is = 'club' }",
            {},
            "condition.not",
            ("pass", "enterprise", "club"),
        ),
        (
            "fact = 'contract_no'\ngiven = true",
            {"contract_no": None},
            "condition.given",
            ("fail", None, "yes"),
        ),
        (
            "fact = 'signed_on'\nafter = 'founded_on'\nat_least_months = 6",
            {},
            "condition.at_least_months",
            ("pass", "2026-04-01", "2023-05-01", 6),
        ),
        (
            "fact = 'leased_in_year'\nat_most = { fact = 'contract_amount' }",
            {},
            "condition.at_most",
            ("pass", 800_000_000, 800_000_000),
        ),
    ],
)
def test_a_condition_tells_what_it_looked_at_and_what_it_asks(
    table: str, changes: dict[str, Any], code: str, figures: tuple[object, ...]
) -> None:
    one = small(f"{CONDITION}{table}\n")
    told = lines(decided(one, left=None, **changes), one)
    assert told[0] == Line(code, "c", figures, "某规〔2026〕1号 第9条")


def test_a_condition_on_an_unset_bound_says_that_it_hangs_on_the_reading() -> None:
    one = small(
        f"{CONDITION}fact = 'contract_amount'\nat_least = {{ unset = 'least' }}\n"
        "[[unset]]\nid = 'least'\ntype = 'money'\ntitle = '门槛'\nreading = ["
        "{ id = 'low', value = '1.00', source = 's' }, { id = 'high', value = '2.00', source = 's' }]\n"
    )
    told = lines(decided(one, left=None, contract_amount="1.50"), one)
    assert told[0].figures == ("reading", 150, "least")
    failed = [one for one in told[1:] if one.code == "condition.at_least"]
    assert [each.figures[0] for each in failed] == ["fail"]
    agreed = lines(decided(one, left=None, contract_amount="5"), one)
    assert Line("agree", "least", ("low", "high"), "") in agreed


def test_floors_rounding_bands_and_funders_are_told_where_they_act() -> None:
    one = small(
        "[[floor]]\nid = 'lift'\non = 'base'\nat_least = '100'\nhow = 'raise'\narticle = '第2条'\n"
        "[[floor]]\nid = 'least'\non = 'award'\nat_least = '60'\nhow = 'raise'\narticle = '第3条'\n"
        "[[rounding]]\nwhere = 'end'\nunit = '10'\narticle = '第4条'\n"
        "[[funder]]\nid = 'province'\nshare = '0.5'\narticle = '第5条'\n"
        "[[funder]]\nid = 'city'\nshare = '0.5'\nodd = true\narticle = '第5条'\n",
        without='rate = "0.5"',
        instead='bands = [{ up_to = "10", rate = "1" }, { rate = "0.5" }]',
    )
    decision = decided(one, left=None, contract_amount="50")
    assert [(each.code, each.rule, each.figures) for each in lines(decision, one)] == [
        ("tier", "general", ()),
        ("base", "", (10_000,)),
        ("floor.raise", "lift", (10_000, 5_000, 10_000)),
        ("bands", "general", (5_500,)),
        ("rounding", "", (1_000, 5_500, 5_000)),
        ("floor.raise", "least", (6_000, 5_000, 6_000)),
        ("award", "least", (6_000,)),
        ("funder", "province", (500_000, 3_000)),
        ("funder", "city", (500_000, 3_000)),
        ("status", "least", ("awarded",)),
    ]


def test_a_base_below_its_floor_is_told_as_the_end_of_the_matter() -> None:
    one = small("[[floor]]\nid = 'least'\non = 'base'\nat_least = '100'\nhow = 'refuse'\narticle = 'a'\n")
    told = lines(decided(one, left=None, contract_amount="99.99"), one)
    assert [(each.code, each.figures) for each in told] == [
        ("tier", ()),
        ("base", (9_999,)),
        ("floor.refuse", (10_000, 9_999, 0)),
        ("award", (0,)),
        ("status", ("refused", "least")),
    ]


def test_tiers_that_do_not_fit_or_fit_twice_are_told() -> None:
    none = small(without="otherwise = true", instead="when = { fact = 'related_party', is = 'yes' }")
    assert Line("tier.none", "tier", (), "") in lines(decided(none, left=None), none)
    more = "[[tier]]\nid = 'two'\nwhen = { fact = 'related_party', is = 'no' }\nfixed = '1'\narticle = 'a'\n"
    both = small(more, without="otherwise = true", instead="when = { fact = 'related_party', is = 'no' }")
    assert Line("tier.several", "tier", ("general", "two"), "") in lines(decided(both, left=None), both)


def test_a_settled_parameter_is_told_by_its_value() -> None:
    by = policy(startup_ceiling="60")
    decision = decided(by, contract_amount="10000000", other_support="3000000", **YOUNG)
    assert line(decision, "stacking.ceiling", by).figures[1] == 600_000


def test_no_figure_is_a_float_and_no_line_is_prose() -> None:
    for decision in (decided(), decided(founded_on=None), decided(left="1"), decided(related_party=None)):
        stored = trace(lines(decision))
        for code, rule, figures, _ in json.loads(stored, parse_float=lambda text: pytest.fail(text)):
            assert code.replace(".", "_").replace("_", "").isalpha()
            assert rule == "" or rule.isascii()
            assert all(isinstance(each, int | str | None) for each in figures)


def test_a_changed_witness_changes_what_is_told() -> None:
    decision = decided()
    told = trace(lines(decision))
    for at, value in enumerate(decision.witness.values):
        if value is None:
            continue
        changed = decision.witness._replace(
            values=(*decision.witness.values[:at], None, *decision.witness.values[at + 1 :])
        )
        if decide_witness(policy(), changed)[:11] != decision[:11]:
            assert trace(explain(policy(), changed)) != told
    used = decision.witness._replace(used=(1,))
    assert trace(explain(policy(), used)) != told
