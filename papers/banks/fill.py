"""Payments out: a bank's file, or why none is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from papers.banks import limits, pattern, text_form, workbook_template
from papers.banks.bank_fault import BankFault
from papers.banks.bank_toml import Bank, Fill
from papers.banks.payment import FIELDS, Payment, Refusal, yuan
from rules import money


class Filled(NamedTuple):
    """The file's bytes, or, where they are none, what was refused."""

    content: bytes
    refused: tuple[Refusal, ...]


def fill(bank: Bank, payments: Sequence[Payment], on: date) -> Filled:
    """A bank's file of some payments, in their order.

    Args:
        on: the day that stands in it.

    Returns:
        All payments, or nothing of them: one that the bank would not take keeps the others back.

    Raises:
        BankFault: the bank's file describes no file out, or its template is not as it says; there is nothing
            to pay.
        Unreadable, OSError: the template can't be read.
    """
    out = bank.fill
    if out is None:
        raise BankFault("bank.fill.none", bank=bank.name)
    if not payments:
        raise BankFault("bank.fill.empty")
    for name in out.more:
        if any(name not in payment.more for payment in payments):
            raise BankFault("bank.fill.more", column=name)
    day = out.date_form.replace("YYYY", f"{on:%Y}").replace("MM", f"{on:%m}").replace("DD", f"{on:%d}")
    values = [_values(bank, out, payment, day, number) for number, payment in enumerate(payments, 1)]
    if refused := limits.refused(out, payments, values):
        return Filled(b"", tuple(refused))
    rows = [[pattern.said(column.says, said) for column in out.columns] for said in values]
    if not out.text:
        return Filled(workbook_template.filled(workbook_template.opened(out), out, rows), ())
    total = sum(payment.amount_fen for payment in payments)
    outside = {**bank.constants, "date": day, "count": str(len(payments)), "total": _amount(out, total)}
    return Filled(text_form.filled(out, rows, outside), ())


def _values(bank: Bank, out: Fill, payment: Payment, day: str, number: int) -> dict[str, str]:
    said = {name: payment.says(name) for name in (*FIELDS, *out.more)}
    said |= {"amount": _amount(out, payment.amount_fen), "date": day, "number": str(number)}
    return {**bank.constants, **said}


def _amount(out: Fill, fen: int) -> str:
    return yuan(fen) if out.unit_fen == money.YUAN_FEN else str(fen)
