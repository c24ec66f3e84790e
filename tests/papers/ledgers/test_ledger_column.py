"""A column's heading is a code until it is said."""

from operator import itemgetter

from papers.ledgers.ledger_column import Column, Value, said_in

Cells = tuple[Value, ...]


def test_a_table_of_columns_is_said_in_a_language() -> None:
    table: list[Column[Cells]] = [Column("ledger.total", itemgetter(0), group="ledger.voucher.title")]
    (said,) = said_in("en", table)
    assert (said.heading, said.group) == ("Total", "Voucher ledger")
    assert said_in("zh", [table[0]._replace(group="")])[0].group == ""
