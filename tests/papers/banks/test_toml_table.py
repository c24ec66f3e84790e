import pytest

from papers.banks import toml_table
from papers.banks.bank_fault import BankFault


def test_a_key_that_nobody_knows_is_named_with_the_one_that_was_meant() -> None:
    table = toml_table.whole_text('name = "x"\n\n[fill]\nfirst_raw = 4\n').table("fill")
    assert table is not None
    assert table.whole("first_row") == 0
    with pytest.raises(BankFault) as caught:
        table.done()
    assert caught.value.params == {"line": 4, "key": "fill.first_raw", "known": ("first_row",)}


@pytest.mark.parametrize(
    ("text", "line"), [('name = "x\n', 1), ("a = 1\nb\n", 2), ("[fill\n", 1), ('a = "\n"', 1)]
)
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BankFault) as caught:
        toml_table.whole_text(text)
    assert (caught.value.code, caught.value.params) == ("bank.toml.syntax", {"line": line})


def test_kinds_are_kept_apart() -> None:
    table = toml_table.whole_text('text = 1\nnumber = true\nflag = 1\nlist = [1]\namount = "1.005"\n')
    for ask, key in (
        (table.text, "text"),
        (table.whole, "number"),
        (table.flag, "flag"),
        (table.texts, "list"),
    ):
        with pytest.raises(BankFault, match="kind"):
            ask(key)
    with pytest.raises(BankFault, match="kind"):
        table.amount("amount")


def test_amounts_are_yuan_to_the_fen_and_never_floats() -> None:
    table = toml_table.whole_text('a = "50000.07"\nb = 300000.07\nc = 5\n')
    assert [table.amount(key) for key in "abcd"] == [5_000_007, 30_000_007, 500, None]
