"""What is wrong with an invoice by itself: the same checks for one that was read and one that was typed.

The first two digits of a number of twenty are the year of issue; gross is net and tax; a credit code has its
check character; the lines of data add up to the net.
"""

from __future__ import annotations

from collections.abc import Iterator

from papers.invoices.invoice import MONEY, Finding, Invoice, Line
from rules import creditcode, money


def checked(invoice: Invoice) -> Invoice:
    """The invoice with what is wrong with it by itself."""
    lines = invoice.lines if invoice.values["number"].carrier in ("xml", "attachment") else ()
    return invoice.with_findings(
        *of_values({name: value.text for name, value in invoice.values.items()}), *_of_lines(invoice, lines)
    )


def of_values(values: dict[str, str]) -> Iterator[Finding]:
    """What is wrong with values, as `invoice.FIELDS` has them; what is not said is not checked.

    Args:
        values: texts by field: amounts in yuan with two decimals, dates ISO.
    """
    number, issued = values.get("number", ""), values.get("issued_on", "")
    if len(number) not in (8, 20):
        yield Finding("number_length", {"number": number})
    if len(number) == 20 and issued and number[:2] != issued[2:4]:
        yield Finding("year", {"number": number, "issued_on": issued})
    sums = [money.parse_signed(values[name]) for name in MONEY if values.get(name)]
    if len(sums) == 3 and sums[0] + sums[1] != sums[2]:
        yield Finding("sum", dict(zip(("net_fen", "tax_fen", "gross_fen"), sums, strict=True)))
    for side in ("buyer_id", "seller_id"):
        code = values.get(side, "")
        if len(code) == creditcode.LENGTH and creditcode.fault(code):
            yield Finding("party_code", {"field": side, "code": code})


def _of_lines(invoice: Invoice, lines: tuple[Line, ...]) -> Iterator[Finding]:
    """Lines that do not add up, where data says each of them."""
    amounts = [_fen(line.amount) for line in lines]
    net = invoice.fen("net")
    if lines and net is not None and None not in amounts:
        total = sum(amount for amount in amounts if amount is not None)
        if total != net:
            yield Finding("lines", {"lines_fen": total, "net_fen": net})


def _fen(text: str) -> int | None:
    try:
        return money.parse_signed(text)
    except money.MoneyError:
        return None
