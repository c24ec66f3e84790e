"""The keys that the wizard asks for are keys of a pack, in an order that a pack can be written in."""

from casework.rulebook.wizard_asks import TABLES, order_of

HEADINGS = {"", "base", "budget", "office"}


def test_a_form_fixes_and_asks_for_keys_of_its_table_and_no_key_in_two_ways() -> None:
    for table in TABLES:
        for _, forms in table.parts:
            for form in forms:
                assert {*form.fixed, *form.asks} <= set(table.by_key)
                for key, cell in form.fixed.items():
                    ask = table.by_key[key]
                    assert not ask.choices or cell in ask.choices


def test_what_may_be_there_once_and_what_stands_before_what() -> None:
    assert {table.name for table in TABLES if not table.many} == HEADINGS
    assert order_of("fact") == ("fact",)
    assert order_of("condition") == ("fact", "sum", "condition")
    assert order_of("waiver")[-3:] == ("unset", "office", "waiver")
