import pytest

from papers.banks import toml_table
from papers.banks.bank_fault import BankFault
from papers.banks.limits_toml import Limit, Limits, limits_of


def test_a_field_and_a_column_may_be_named() -> None:
    text = 'rows = 5\ntotal = "100.00"\n[payee]\nbytes = 60\nneeded = true\n["备注 栏"]\ndigits = "6-8"\n'
    assert limits_of(toml_table.whole_text(text), ("payee",), ("备注 栏",)) == Limits(
        5, 10_000, (Limit("payee", needed=True, bytes=60), Limit("备注 栏", digits=(6, 8)))
    )


def test_no_table_is_no_limit() -> None:
    assert limits_of(None, (), ()) == Limits()


@pytest.mark.parametrize("text", ['[payee]\ndigits = "many"', "[payee]\ndigit = '5'", "[nobody]\nbytes = 5"])
def test_what_limits_nothing_is_refused(text: str) -> None:
    with pytest.raises(BankFault):
        limits_of(toml_table.whole_text(text), ("payee",), ())
