"""Tests as a pack writes them: days, working days, a moment against a day, what must be known; and each fault
with the key, what was needed, what was found, and the form that works."""

from datetime import date, datetime

import pytest

from casework.core.holidays import calendar
from rules.decide import decide
from rules.faults import PackFaults
from rules.pack import load
from rules.policy import Policy
from rules.position import Position
from tests.rules.desk import USUAL, small, small_text
from words import say

PAID = '\n[[fact]]\nid = "paid_on"\ntype = "date"\n'
HEAD = PAID + '\n[[condition]]\nid = "c"\ntitle = "条件"\narticle = "第2条"\n'


def status(test: str, more: str = "", **facts: object) -> str:
    policy = Policy(load(small_text(HEAD + test + more)), calendar=calendar())
    known = {**USUAL, "applied_at": datetime(2026, 5, 6, 10), **facts}
    return decide(policy, known, Position((0,) * len(policy.caps), None)).status


@pytest.mark.parametrize(
    ("test", "paid_on", "answer"),
    [
        ("at_most_days = 5", date(2026, 5, 1), "awarded"),
        ("at_most_days = 5", date(2026, 4, 30), "refused"),
        ("less_than_days = 5", date(2026, 5, 2), "awarded"),
        ("less_than_days = 5", date(2026, 5, 1), "refused"),
        ("at_least_days = 5", date(2026, 5, 1), "awarded"),
        ("at_least_days = 5", date(2026, 5, 2), "refused"),
        ("at_most_days = 5", date(2026, 6, 1), "awarded"),  # it lies behind already
        # from 27 April: 28, 29, 30 April, the holiday from 1 to 5 May, then 6 May
        ("at_most_workdays = 4", date(2026, 4, 27), "awarded"),
        ("at_most_workdays = 3", date(2026, 4, 27), "refused"),
        ("at_least_workdays = 4", date(2026, 4, 27), "awarded"),
        ("at_least_workdays = 5", date(2026, 4, 27), "refused"),
        ("less_than_workdays = 1", date(2026, 5, 6), "awarded"),
        ("at_most_workdays = 0", date(2026, 6, 1), "awarded"),
        ("at_most_workdays = 500", date(2006, 6, 1), "blocked"),  # no notice of those years is in the table
        ("at_most_workdays = 5", None, "blocked"),
        ("at_most_days = 5", None, "blocked"),
    ],
)
def test_days_between_two_days(test: str, paid_on: date | None, answer: str) -> None:
    assert status(f'fact = "applied_at"\nafter = "paid_on"\n{test}\n', paid_on=paid_on) == answer


def test_a_saturday_that_is_worked_counts() -> None:
    """9 May 2026 makes up for the holiday."""
    test = 'fact = "applied_at"\nafter = "paid_on"\nat_most_workdays = 2\n'
    assert status(test, paid_on=date(2026, 5, 7), applied_at=datetime(2026, 5, 9, 23, 59)) == "awarded"
    assert status(test, paid_on=date(2026, 5, 7), applied_at=datetime(2026, 5, 10, 9)) == "refused"
    test = 'fact = "applied_at"\nafter = "paid_on"\nat_least_workdays = 3\n'
    assert status(test, paid_on=date(2026, 5, 7), applied_at=datetime(2026, 5, 11, 9)) == "awarded"


@pytest.mark.parametrize(
    ("day", "test", "answer"),
    [
        (29, "at_most_workdays = 20", "awarded"),  # the twentieth, a Friday
        (30, "at_most_workdays = 20", "refused"),  # the Saturday after it: the time limit is over
        (31, "at_most_workdays = 20", "refused"),
        (30, "at_most_workdays = 21", "awarded"),
        (30, "less_than_workdays = 21", "awarded"),
        (30, "at_least_workdays = 20", "awarded"),  # twenty have passed
        (30, "at_least_workdays = 21", "refused"),
    ],
)
def test_a_day_off_after_the_last_working_day_is_late(day: int, test: str, answer: str) -> None:
    """Accepted on 29 April 2026: of "within twenty working days" the last is 29 May."""
    test = f'fact = "applied_at"\nafter = "paid_on"\n{test}\n'
    assert status(test, paid_on=date(2026, 4, 29), applied_at=datetime(2026, 5, day, 9)) == answer


def test_without_a_calendar_no_working_day_is_known() -> None:
    policy = small(HEAD + 'fact = "applied_at"\nafter = "paid_on"\nat_most_workdays = 4\n')
    one = decide(policy, {**USUAL, "paid_on": date(2026, 5, 20)}, Position((), None))
    assert (one.status, one.reasons) == ("blocked", ("c",))


@pytest.mark.parametrize(
    ("fact", "test", "paid_on", "answer"),
    [
        ("applied_at", '{ fact = "paid_on", by = "day" }', date(2026, 5, 6), "awarded"),
        ("applied_at", '{ fact = "paid_on", by = "day" }', date(2026, 5, 5), "refused"),
        ("applied_at", '{ fact = "paid_on", at = "10:00" }', date(2026, 5, 6), "awarded"),
        ("applied_at", '{ fact = "paid_on", at = "09:59" }', date(2026, 5, 6), "refused"),
        ("paid_on", '{ fact = "applied_at", by = "day" }', date(2026, 5, 6), "awarded"),
        ("paid_on", '{ fact = "applied_at", by = "day" }', date(2026, 5, 7), "refused"),
        ("paid_on", '{ fact = "applied_at", at = "10:01" }', date(2026, 5, 6), "refused"),
        ("paid_on", '{ fact = "applied_at", at = "10:00" }', date(2026, 5, 6), "awarded"),
    ],
)
def test_a_moment_against_a_day(fact: str, test: str, paid_on: date, answer: str) -> None:
    assert status(f'fact = "{fact}"\nat_most = {test}\n', paid_on=paid_on) == answer


def test_what_must_be_known_blocks_where_it_is_blank() -> None:
    assert status('fact = "paid_on"\nknown = true\n', paid_on=None) == "blocked"
    assert status('fact = "paid_on"\nknown = true\n', paid_on=date(2026, 1, 1)) == "awarded"
    other = '\n[[condition]]\nid = "d"\nfact = "contract_amount"\nat_most = "1.00"\narticle = "a"\n'
    assert status('fact = "paid_on"\nknown = true\n', other, paid_on=None) == "refused"


@pytest.mark.parametrize(
    ("test", "code", "said"),
    [
        ('fact = "contract_amount"\natleast = "1.00"', "pack.unknown_key", "at_least"),
        ('fact = "contract_amount"', "pack.one_comparison", "at_least"),
        ('fact = "applicant_kind"\nat_least = "1.00"', "pack.not_ordered", "choice"),
        ('fact = "paid_on"\nat_most = { fact = "applied_at" }', "pack.by_day", 'by = "day"'),
        ('fact = "paid_on"\nat_most = { fact = "signed_on", by = "day" }', "pack.by_day", "date"),
        ('fact = "paid_on"\nat_most = { fact = "applied_at", at = "25:00" }', "pack.by_day", "moment"),
        ('fact = "paid_on"\nat_most = { fact = "contract_amount" }', "pack.fact_types", "money"),
        ('fact = "paid_on"\nat_most = { fact = "nowhere" }', "pack.unknown_fact", "nowhere"),
        ('fact = "contract_amount"\nafter = "paid_on"\nat_most_days = 3', "pack.fact_type", "money"),
        ('fact = "paid_on"\nknown = false', "pack.known_true", "given = false"),
        ('fact = "related_party"\nis = true', "pack.not_yes_no", "true"),
        ('fact = "related_party"\none_of = ["yes"]', "pack.not_yes_no", "one_of"),
    ],
)
def test_a_fault_says_what_works(test: str, code: str, said: str) -> None:
    with pytest.raises(PackFaults) as caught:
        load(small_text(HEAD + test + "\n"))
    (fault,) = caught.value.faults
    assert fault.code == code
    for lang in ("zh", "en"):
        assert said in say(code, lang, **fault.params)
        assert "{" not in say(code, lang, **fault.params).replace("{ fact", "")
