"""Counters: which cap and which budget a case draws on, by names that no value can forge."""

from datetime import date, datetime
from typing import Any

import pytest

from rules.counter_keys import Scope, budget_named, scope_facts
from rules.decide import decide
from rules.money import parse
from rules.parts import Cap, Source
from rules.policy import Policy, Supplement
from rules.position import Position
from tests.rules.desk import facts, pack, small

NOWHERE = Source("", "", "")


def scope(*per: str, tier: str = "") -> Scope:
    return Scope(Cap("most", "", "", NOWHERE, 1, per), tier)


@pytest.mark.parametrize(
    ("per", "key"),
    [
        ((), "small-voucher/most"),
        (("applicant", "year"), "small-voucher/most/91440300MA5EXAMP04/2026"),
        (("applicant", "quarter"), "small-voucher/most/91440300MA5EXAMP04/2026q2"),
        (("month",), "small-voucher/most/2026-05"),
        (("contract",), "small-voucher/most/91440300MA5EXAMP04/HT2026001"),
        (("applicant_kind", "year"), "small-voucher/most/enterprise/2026"),
    ],
)
def test_a_counter_is_named_by_its_scope(per: tuple[str, ...], key: str) -> None:
    assert scope(*per).key(small().pack, facts()) == key


def test_a_cap_counted_for_a_tier_has_a_counter_of_its_own() -> None:
    assert scope("year", tier="startup").key(small().pack, facts()) == "small-voucher/most/startup/2026"


@pytest.mark.parametrize(
    ("month", "quarter"),
    [(1, "2026q1"), (3, "2026q1"), (4, "2026q2"), (9, "2026q3"), (10, "2026q4"), (12, "2026q4")],
)
def test_quarters_begin_with_january_april_july_and_october(month: int, quarter: str) -> None:
    at = datetime(2026, month, 28, 23, 59)
    assert scope("quarter").key(small().pack, facts(applied_at=at)).endswith(quarter)


def test_no_name_of_an_applicant_runs_into_another_counter() -> None:
    one = scope("applicant", "year")
    keys = {
        one.key(small().pack, facts(applicant=name)) for name in ("a", "a/2026", "a%2F2026", "a/", "%", "%25")
    }
    assert len(keys) == 6
    assert all(key.count("/") == 3 for key in keys)


@pytest.mark.parametrize(
    "number",
    ["HT-2026-001", "HT 2026-001", "ht-2026-001", "ＨＴ－２０２６－００１", "HT—2026—001", "HT_2026/001"],
)
def test_a_contract_has_one_counter_however_its_number_is_spelled(number: str) -> None:
    one = scope("contract", "year").key(small().pack, facts(contract_no=number))
    assert one == "small-voucher/most/91440300MA5EXAMP04/HT2026001/2026"


def test_two_applicants_who_number_their_contracts_alike_share_no_counter() -> None:
    one = scope("contract")
    keys = {one.key(small().pack, facts(applicant=name, contract_no="001")) for name in ("a", "b", "a/b")}
    assert len(keys) == 3


def test_a_number_of_signs_alone_is_taken_as_it_is() -> None:
    one = scope("contract")
    keys = {one.key(small().pack, facts(contract_no=number)) for number in ("--", "///", "%")}
    assert len(keys) == 3


@pytest.mark.parametrize(
    ("per", "old"),
    [
        (("contract",), "small-voucher/most/No. HT 2026%2F%25001"),
        (("year", "contract"), "small-voucher/most/2026/No. HT 2026%2F%25001"),
        (("contract", "year"), "small-voucher/most/No. HT 2026%2F%25001/2026"),
        (("contract",), "small-voucher/most/91440300MA5EXAMP04/NOHT2026001"),
        (("year", "contract"), "small-voucher/most/2026/91440300MA5EXAMP04/NOHT2026001"),
        (("contract", "year"), "small-voucher/most/91440300MA5EXAMP04/NOHT2026001/2026"),
    ],
)
def test_a_counter_of_old_has_the_name_that_its_case_has_today(per: tuple[str, ...], old: str) -> None:
    one, applicant, number = scope(*per), "91440300MA5EXAMP04", "No. HT 2026/%001"
    now = one.key(small().pack, facts(contract_no=number))
    assert "NOHT" not in now
    assert one.of_old(small().pack, old, applicant, number) == now
    assert one.of_old(small().pack, now, applicant, number) == now


def test_a_counter_without_a_contract_keeps_its_name() -> None:
    key = "small-voucher/most/91440300MA5EXAMP04/2026"
    assert scope("applicant", "year").of_old(small().pack, key, "other", "HT") == key
    other = key.replace("most", "another")
    assert scope("contract", "year").of_old(small().pack, other, "other", "HT") == other


def test_what_is_not_known_is_left_empty() -> None:
    assert scope("applicant", "year").key(small().pack, facts(applicant=None, applied_at=None)).endswith("//")


def test_a_scope_needs_the_facts_that_name_it() -> None:
    assert scope_facts(pack(), ("applicant", "year", "quarter", "contract")) == (
        "applicant",
        "applied_at",
        "contract_no",
    )


BUDGET = "[budget]\narticle = 'a'\namount = '1'\nexceeded = 'rest'\n"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ("", "small-voucher/2026"),
        ("per = 'quarter'\n", "small-voucher/2026q2"),
        ("per = 'programme'\n", "small-voucher"),
        ("key = 'shared'\n", "shared/2026"),
    ],
)
def test_a_budget_is_a_years_unless_the_pack_says_otherwise(more: str, key: str) -> None:
    assert budget_named(small(BUDGET + more).pack)(facts()) == key


def test_the_year_is_that_of_the_legal_date() -> None:
    by_signing: Any = small(BUDGET, without='grade = "A"', instead='grade = "A"\nchosen_by = "signed_on"')
    case = facts(applied_at=datetime(2027, 1, 2), signed_on=date(2026, 12, 30))
    assert by_signing.budget_key(case) == "small-voucher/2026"


GROUP = '\n[[fact]]\nid = "group"\ntype = "text"\n'
BY_GROUP = f'{GROUP}\n[[cap]]\nid = "most"\nlimit = "100.00"\nper = ["group", "year"]\narticle = "a"\n'
BY_EITHER = f"""{GROUP}
[[cap]]
id = "most"
limit = "1000000.00"
per = [{{ unset = "by" }}, "year"]
article = "a"

[[unset]]
id = "by"
type = "fact"
title = "按谁累计"
reading = [{{ id = "firm", value = "applicant", source = "x" }}, {{ id = "group", source = "y" }}]
"""


def test_a_text_of_the_pack_s_own_counts_as_the_applicant_s_id_does() -> None:
    policy = small(BY_GROUP)
    (one,) = policy.caps
    spelled = ("Deep-Group", "deep-group", "ＤＥＥＰ－ｇｒｏｕｐ", "deep- group")
    keys = {one.key(policy.pack, facts(group=name)) for name in spelled}
    assert keys == {"small-voucher/most/DEEP-GROUP/2026"}
    assert one.was_named_otherwise(policy.pack)
    old = "small-voucher/most/Deep-Group/2026"
    assert one.of_old(policy.pack, old, "a", "b") == "small-voucher/most/DEEP-GROUP/2026"
    assert not scope("applicant", "year").was_named_otherwise(small().pack)


def test_where_it_is_open_by_what_a_cap_counts_each_reading_has_its_counter() -> None:
    policy = small(BY_EITHER)
    known = facts(group="ab/c")
    assert policy.cap_keys(known) == (
        "small-voucher/most/applicant=91440300MA5EXAMP04/2026",
        "small-voucher/most/group=AB%2FC/2026",
    )
    settled = Policy(policy.pack, [Supplement("small-voucher", "by", "group", date(2026, 1, 1), None, "x")])
    assert settled.cap_keys(known) == ("small-voucher/most/group=AB%2FC/2026",), "it goes on from its count"


def test_the_reading_that_makes_a_difference_is_named() -> None:
    policy = small(BY_EITHER)
    known = facts(group="g", contract_amount=parse("1000000"))
    used = Position((parse("900000"), parse("200000")), None)
    one = decide(policy, known, used)
    assert (one.status, one.reasons) == ("blocked", ("by",))
    assert one.readings == (("by=firm", parse("100000")), ("by=group", parse("500000")))
    assert decide(policy, known, Position((0, parse("500000")), None)).award_fen == parse("500000")
    blank = decide(policy, {**known, "group": None}, Position((0, 0), None))
    assert (blank.status, blank.reasons) == ("blocked", ("by", "group"))


OWN_GROUP = BY_GROUP.replace('type = "text"\n', 'type = "text"\ndefault = "applicant"\n')


def test_a_case_counts_by_what_stands_in_for_a_blank_and_strangers_share_no_counter() -> None:
    """A firm without a group is its own: the page's example of a cap per group."""
    policy = small(OWN_GROUP)
    keys = [
        policy.cap_keys(facts(applicant=applicant, group=group))
        for applicant, group in (("FIRM-A", None), ("FIRM-B", ""), ("FIRM-C", "firm-b"))
    ]
    assert keys == [("small-voucher/most/FIRM-A/2026",), *[("small-voucher/most/FIRM-B/2026",)] * 2]
    (one,) = policy.caps
    known = policy.known(facts(applicant="FIRM-A", group=None))
    assert one.was_named_otherwise(policy.pack)
    old = "small-voucher/most//2026"
    assert one.of_old(policy.pack, old, "FIRM-A", "b", known) == "small-voucher/most/FIRM-A/2026"
    assert one.of_old(policy.pack, "small-voucher/most/x/2026", "a", "b", known).endswith("/X/2026")
