"""Answers in: the bank's (a workbook, a CSV, a text in GBK) and the treasury's receipt, as lines."""

from __future__ import annotations

from pathlib import Path

from papers.banks import answer_table, answer_xml, file_rows, shipped
from papers.banks.answer_line import AnswerLine
from papers.banks.bank_fault import BankFault, BankUnreadable
from papers.banks.bank_toml import Bank
from papers.reading.unreadable import Unreadable


def read(path: Path, bank: Bank | None = None) -> list[AnswerLine]:
    """The lines of an answer, in its order.

    Args:
        bank: whose it is; a receipt of the treasury needs none.

    Raises:
        Unreadable: the file is no table and no XML, or may do harm; nothing of it was used.
        BankFault: it is not as the bank's file says, or it was cut.
    """
    try:
        return _lines(path, bank)
    except Unreadable as unreadable:
        raise BankUnreadable(path.name, unreadable) from unreadable


def _lines(path: Path, bank: Bank | None) -> list[AnswerLine]:
    answer = bank.answer if bank is not None else None
    if answer_xml.is_xml(path):
        if answer is None or not answer.xml:
            answer = shipped.treasury()
        return answer_xml.lines(path, answer)
    if bank is None or answer is None or answer.xml:
        raise BankFault("bank.answer.no_bank", file=path.name)
    return answer_table.lines(path.name, file_rows.read(path, answer.separator), answer)
