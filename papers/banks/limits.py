"""Whether a bank would take the payments: checked before anything is written, each fault with its row.

A bank refuses a whole file for one name that is too long, or takes it and cuts the name. So nothing is
written unless every payment fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from papers.banks import pattern
from papers.banks.bank_toml import Column, Fill
from papers.banks.limits_toml import Limit
from papers.banks.payment import NEEDED, Payment, Refusal, yuan
from rules import money

GBK = "gb18030"
"""What bytes are counted in where a file names no encoding: two for each Chinese character of GBK."""
_ACCOUNT = re.compile(r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")

Values = Mapping[str, str]
Found = tuple[str, str, dict[str, object]]
"""A field, the code of what is wrong with it, and what its sentence names."""


def refused(fill: Fill, payments: Sequence[Payment], values: Sequence[Values]) -> list[Refusal]:
    """What keeps payments from being written, in their order; `values` is what each says by name."""
    seen: dict[str, int] = {}
    found = []
    for place, (payment, said) in enumerate(zip(payments, values, strict=True), 1):
        at = payment.row or place
        for name, code, params in _of_payment(fill, payment, said, seen, at):
            found.append(Refusal(at, payment.ref, name, code, params))
        seen.setdefault(payment.ref, at)
    return [*found, *_of_file(fill, payments)]


def _of_file(fill: Fill, payments: Sequence[Payment]) -> Iterator[Refusal]:
    most = fill.limits.rows
    if fill.last_row and (not most or fill.last_row - fill.first_row + 1 < most):
        most = fill.last_row - fill.first_row + 1
    if most and len(payments) > most:
        first = payments[most]
        params = {"rows_": len(payments), "most": most}
        yield Refusal(first.row or most + 1, first.ref, "ref", "bank.limit.rows", params)
    total, top = 0, fill.limits.total_fen
    for place, payment in enumerate(payments, 1):
        total += payment.amount_fen
        if top is not None and total > top:
            params = {"sum_fen": total, "most_fen": top}
            yield Refusal(payment.row or place, payment.ref, "amount", "bank.limit.total", params)
            return


def _of_payment(
    fill: Fill, payment: Payment, said: Values, seen: Mapping[str, int], at: int
) -> Iterator[Found]:
    for name in NEEDED:
        if not payment.says(name):
            yield name, "bank.limit.needed", {}
    if payment.account and not _ACCOUNT.fullmatch(payment.account):
        yield "account", "bank.limit.account", {"value": payment.account}
    if payment.amount_fen <= 0 or payment.amount_fen > money.LIMIT_FEN:
        yield "amount", "bank.limit.amount", {"value": yuan(payment.amount_fen)}
    if payment.ref in seen:
        yield "ref", "bank.limit.ref_twice", {"first": seen[payment.ref]}
    for column in fill.columns:
        yield from _of_column(fill, column, pattern.said(column.says, said))
    for limit in fill.limits.fields:
        columns = [column for column in fill.columns if column.place == limit.of]
        value = pattern.said(columns[0].says, said) if columns else said[limit.of]
        name = columns[0].field if columns else limit.of
        for code, params in _over(limit, value, fill.encoding or GBK):
            yield name, code, params
        if name == "amount" and not limit.least_fen <= payment.amount_fen <= limit.most_fen:
            yield name, "bank.limit.between", {"least_fen": limit.least_fen, "most_fen": limit.most_fen}


def _of_column(fill: Fill, column: Column, value: str) -> Iterator[Found]:
    """What no file can hold, whatever the bank says."""
    if not value.isprintable():
        yield column.field, "bank.limit.unprintable", {}
    if fill.separator and fill.separator in value:
        yield column.field, "bank.limit.separator", {"mark": fill.separator}
    if fill.text and fill.separator == "," and '"' in value:
        yield column.field, "bank.limit.separator", {"mark": '"'}
    if fill.encoding and (strange := unwritable(value, fill.encoding)):
        yield column.field, "bank.limit.encoding", {"letters": strange, "encoding": fill.encoding.upper()}


def unwritable(text: str, encoding: str) -> str:
    """The characters of a text that an encoding does not have, each once."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(dict.fromkeys(each for each in text if not _fits(each, encoding)))
    return ""


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _over(limit: Limit, value: str, encoding: str) -> Iterator[tuple[str, dict[str, object]]]:
    if limit.needed and not value:
        yield "bank.limit.needed", {}
    if limit.characters and len(value) > limit.characters:
        yield "bank.limit.characters", {"long": len(value), "most": limit.characters}
    length = len(value.encode(encoding, "replace"))
    if limit.bytes and length > limit.bytes:
        yield "bank.limit.bytes", {"long": length, "most": limit.bytes}
    if bad := "".join(dict.fromkeys(each for each in value if each in limit.forbidden)):
        yield "bank.limit.forbidden", {"letters": bad}
    if limit.one_of and value not in limit.one_of:
        yield "bank.limit.one_of", {"value": value, "words": limit.one_of}
    if limit.digits and value:
        least, most = limit.digits
        if not (value.isascii() and value.isdecimal() and least <= len(value) <= most):
            yield "bank.limit.digits", {"value": value, "least": least, "most": most}
