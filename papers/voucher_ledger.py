"""The voucher ledger (训力券台账): one line a voucher, from the application to what is left of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

import words
from papers.ledger_workbook import Column, Sheet, write_ledger
from rules import money


class VoucherLine(NamedTuple):
    """One voucher. Amounts are fen; None is shown as an empty cell.

    `rate` and `computed` are texts as decisions keep them (``0.6``; yuan with two decimals): alternatives
    that lead to the same award stand joined with ``;`` and are shown side by side, a single one is a figure.
    `applicant_kind` and `state` are the words to be shown.
    """

    year: int
    round_name: str
    voucher_no: str
    applicant_name: str
    credit_code: str
    applicant_kind: str
    founded_on: date | None
    district: str | None
    provider_name: str | None
    provider_batch: str | None
    contract_no: str
    signed_on: date | None
    starts_on: date | None
    ends_on: date | None
    contract_amount_fen: int
    net_amount_fen: int | None
    base_fen: int | None
    rate: str
    computed: str
    cap_fen: int | None
    other_national_fen: int | None
    other_city_fen: int | None
    other_district_fen: int | None
    other_total_fen: int | None
    award_fen: int
    redeemed_fen: int
    left_fen: int
    valid_until: date | None
    state: str
    publicity_from: date | None
    publicity_until: date | None
    policy: str
    decision_no: str


_COLUMNS: tuple[tuple[str, str, float, bool, str], ...] = (
    ("year", "number", 4.5, False, ""),
    ("round", "text", 8, False, ""),
    ("voucher_no", "text", 13.5, False, ""),
    ("applicant_name", "text", 19, False, ""),
    ("credit_code", "text", 16.5, False, ""),
    ("applicant_kind", "text", 7, False, ""),
    ("founded_on", "date", 9, False, ""),
    ("district", "text", 7.5, False, ""),
    ("provider", "text", 19, False, ""),
    ("provider_batch", "text", 8, False, ""),
    ("contract_no", "text", 13.5, False, ""),
    ("signed_on", "date", 9, False, ""),
    ("from", "date", 9, False, "service"),
    ("until", "date", 9, False, "service"),
    ("contract_amount", "money", 12.5, True, ""),
    ("net_amount", "money", 12.5, True, ""),
    ("base", "money", 12.5, True, ""),
    ("rate", "rate", 5.5, False, ""),
    ("computed", "money", 12.5, True, ""),
    ("cap", "money", 12.5, False, ""),
    ("national", "money", 11, True, "other_support"),
    ("city", "money", 11, True, "other_support"),
    ("district_level", "money", 11, True, "other_support"),
    ("sum", "money", 11, True, "other_support"),
    ("award", "money", 12.5, True, ""),
    ("redeemed", "money", 11, True, ""),
    ("left", "money", 12.5, True, ""),
    ("valid_until", "date", 9, False, ""),
    ("state", "text", 6.5, False, ""),
    ("from", "date", 9, False, "publicity"),
    ("until", "date", 9, False, "publicity"),
    ("policy", "text", 13, False, ""),
    ("decision_no", "text", 7, False, ""),
)


def voucher_columns(lang: str = words.DEFAULT) -> list[Column]:
    """The ledger's columns with their headings."""
    return [
        Column(
            words.say(f"ledger.column.{name}", lang),
            kind,  # type: ignore[arg-type]
            width,
            total,
            words.say(f"ledger.group.{group}", lang) if group else "",
        )
        for name, kind, width, total, group in _COLUMNS
    ]


def write_voucher_ledger(
    target: Path | BinaryIO,
    lines: Iterable[VoucherLine],
    *,
    office: str,
    at: date,
    made_at: datetime,
    demonstration: bool = False,
    lang: str = words.DEFAULT,
) -> int:
    """Writes the voucher ledger and answers the number of vouchers.

    Args:
        target: a path or an open binary file.
        lines: in the order in which they shall stand.
        office: the office's name.
        at: the day at whose end the ledger says how things stood.
        made_at: the date that the file carries; the same one gives the same bytes.
        demonstration: whether the ledger must say that it is made up.

    Raises:
        TypeError, ValueError: see `papers.ledger_workbook.write_ledger`.
    """
    title = words.say("ledger.voucher.title", lang)
    sheet = Sheet(
        name=title,
        title=title,
        made_at=made_at,
        notes=(
            words.say("ledger.office", lang, office=office),
            words.say("ledger.as_of", lang, at=at),
            words.say("ledger.unit", lang),
        ),
        notice=words.say("ledger.demonstration", lang) if demonstration else "",
        frozen=4,
        lang=lang,
    )
    return write_ledger(target, voucher_columns(lang), map(_values, lines), sheet)


def _values(line: VoucherLine) -> list[str | int | date | None]:
    values = list(line)
    values[17] = _rate(line.rate)
    values[18] = _computed(line.computed)
    return values


def _rate(said: str) -> str | int | None:
    rates = [_decimal(part, 6) for part in said.split(";")]
    if len(rates) == 1:
        return rates[0] if rates[0] is not None else said or None
    return " / ".join(f"{money.yuan(rate // 100)}%" if rate is not None else "?" for rate in rates)


def _computed(said: str) -> str | int | None:
    amounts = [_decimal(part, 2) for part in said.split(";")]
    if len(amounts) == 1:
        return amounts[0] if amounts[0] is not None else said or None
    return " / ".join(money.grouped(fen) if fen is not None else "?" for fen in amounts)


def _decimal(said: str, places: int) -> int | None:
    """A decimal as a whole number of its last place, or None where it is none."""
    whole, _, part = said.partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(part) > places:
        return None
    return int(whole + part.ljust(places, "0"))
