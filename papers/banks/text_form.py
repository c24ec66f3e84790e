"""A bank's text filled: head, a line a payment, foot, in the bank's encoding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from papers.banks import pattern
from papers.banks.bank_fault import BankFault
from papers.banks.bank_toml import Fill
from papers.banks.limits import unwritable
from words import machine

MOST_BYTES = 1 << 20


def filled(fill: Fill, rows: Sequence[Sequence[str]], values: Mapping[str, str]) -> bytes:
    """The text with the rows in it.

    Args:
        values: what head and foot may name: constants, date, count, total.

    Raises:
        BankFault: the template has something where payments go, or can't be read in its encoding.
        OSError: the template can't be read.
    """
    end = fill.separator if fill.closed else ""
    lines = [*_above(fill), *(pattern.said(line, values) for line in fill.head)]
    lines += [fill.separator.join(row) + end for row in rows]
    lines += [pattern.said(line, values) for line in fill.foot]
    text = "".join(line + fill.line_end for line in lines)
    if strange := unwritable(text, fill.encoding):
        raise BankFault("bank.fill.encoding", letters=strange, encoding=fill.encoding.upper())
    return text.encode(fill.encoding)


def _above(fill: Fill) -> list[str]:
    """The template's lines above the first payment."""
    if fill.template is None:
        return []
    try:
        text = machine.read_bytes(fill.template, MOST_BYTES).decode(fill.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise BankFault("bank.template.encoding", file=fill.template.name, encoding=fill.encoding) from error
    lines = text.splitlines()
    for number, line in enumerate(lines[fill.first_row - 1 :], fill.first_row):
        if line.strip():
            raise BankFault("bank.template.below", cell=str(number), row=number)
    if len(lines) < fill.first_row - 1:
        raise BankFault("bank.template.short", file=fill.template.name, row=fill.first_row)
    return lines[: fill.first_row - 1]
