"""Beancount's text: strings that end where they should, accounts that it can read."""

import datetime
import re

from hypothesis import given
from hypothesis import strategies as st

from models.state_names import ACCOUNTS
from papers.ledgers.beancount_text import (
    ROOTS,
    Posting,
    account,
    asserted,
    heading,
    opened,
    quoted,
    transaction,
)

DAY = datetime.date(2026, 5, 20)
COMPONENTS = re.compile(r"(Assets|Equity|Expenses|Income)(:[A-Z0-9][A-Za-z0-9-]*)+")


def test_a_transaction_to_the_fen_with_what_is_told_of_it() -> None:
    lines = [Posting("Assets:Available:B1", -101), Posting("Assets:Reserved:B1", 101, "city")]
    said = transaction(
        DAY, "核算", {"journal": 7, "belongs": datetime.date(2026, 4, 30), "case": None}, lines
    )
    assert said == (
        '2026-05-20 * "核算"\n  journal: "7"\n  belongs: 2026-04-30\n'
        '  Assets:Available:B1  -1.01 CNY\n  Assets:Reserved:B1  1.01 CNY\n    funder: "city"\n\n'
    )
    assert opened(DAY, "Assets:Available:B1") == "2026-05-20 open Assets:Available:B1 CNY\n"
    assert asserted(DAY, "Assets:Available:B1", -5) == "2026-05-20 balance Assets:Available:B1  -0.05 CNY\n"
    assert heading("账", ("一\n二",)).splitlines()[:2] == ["; 一 二", 'option "title" "账"']


def test_every_account_of_the_office_has_its_place() -> None:
    assert set(ROOTS) == set(ACCOUNTS)
    assert account("reserved", "shenzhen-corpus/2026", 3) == "Assets:Reserved:B3-shenzhen-corpus-2026"


@given(st.sampled_from(ACCOUNTS), st.text(max_size=20), st.integers(1, 10**9))
def test_any_key_of_a_budget_is_an_account_that_can_be_read(name: str, key: str, number: int) -> None:
    assert COMPONENTS.fullmatch(account(name, key, number))


@given(st.text(max_size=40))
def test_no_text_gets_out_of_its_quotes(text: str) -> None:
    said = quoted(text)
    assert re.fullmatch(r'"(?:[^"\\\n\r]|\\["\\])*"', said)
