"""The values of an answer's line out of its cells: amounts, days, accounts, and what a status means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from papers.banks import file_rows
from papers.banks.answer_line import AnswerLine
from papers.banks.answer_toml import Answer
from papers.reading import portal_dates
from papers.reading.cell_text import CellText
from papers.reading.portal_values import Bad
from rules import money
from rules.plain_text import Unprintable, clean, narrowed

_DAY_BEFORE_TIME = re.compile(r"(\d{8})\s*\d{6}")


def line(file: str, row: int, said: Mapping[str, str], answer: Answer) -> AnswerLine:
    """An answer's line of its cells by field."""
    status = plain(said.get("status", ""))
    outcome, rest = meaning(status, answer.words)
    asked = amount(said.get("amount", ""), answer.unit_fen)
    done = amount(said["done"], answer.unit_fen) if "done" in said else None
    reason = plain(said.get("reason", ""))
    on = day(said.get("date", ""))
    if "status" not in answer.columns:
        outcome = by_amounts(asked, done, reason)
        on = on if outcome in ("paid", "returned") else None
    return AnswerLine(
        file=file,
        row=row,
        ref=plain(said.get("ref", "")),
        account=account(said.get("account", "")),
        payee=plain(said.get("payee", "")),
        amount_fen=asked,
        purpose=plain(said.get("purpose", "")),
        status=status,
        outcome=outcome,
        on=on,
        flow="" if file_rows.is_rounded(said.get("flow", "")) else plain(said.get("flow", "")),
        reason=reason or rest,
        done_fen=done,
    )


def plain(cell: str) -> str:
    """A cell as it looks, on one line."""
    try:
        return clean(file_rows.bare(cell))
    except Unprintable:
        return "".join(each for each in cell if each.isprintable()).strip()


def amount(cell: str, unit_fen: int) -> int | None:
    """Fen of ``1,234.56元``, ``.50`` or ``-5.00``; None where it is none."""
    text = re.sub(r"^(?:RMB|CNY|人民币)\s*", "", file_rows.bare(cell))
    text = re.sub(r"^(-?)\.", r"\g<1>0.", text)
    sign = -1 if text.startswith("-") else 1
    try:
        return sign * money.parse(text.removeprefix("-"), unit_fen)
    except money.MoneyError:
        return None


def day(cell: str) -> date | None:
    """The day of a cell, whatever its form and the time beside it; None where there is none."""
    text = file_rows.bare(cell)
    if found := _DAY_BEFORE_TIME.fullmatch(text):
        text = found[1]
    try:
        if isinstance(cell, CellText):
            return portal_dates.day(cell.cell, cell.since_1904)
        return portal_dates.day(text) if text else None
    except Bad:
        return None


def account(cell: str) -> str:
    """An account without the blanks and hyphens that banks set between its digits; empty where they were
    lost."""
    if file_rows.is_rounded(cell):
        return ""
    text = bare if (bare := cell.strip()).isalnum() and bare.isascii() else narrowed(plain(cell))
    return re.sub(r"[\s-]", "", text).upper()


def meaning(status: str, words: Mapping[str, str]) -> tuple[str, str]:
    """What a status means, and what stands behind the word that a bank's file ends with a star."""
    said = "".join(status.split())
    if said in words:
        return words[said], ""
    begun = [word for word in words if word.endswith("*") and said.startswith(word[:-1])]
    if not begun:
        return "", ""
    best = max(begun, key=len)
    return words[best], said[len(best) - 1 :].strip(":：-— ，,（()）")


def by_amounts(asked: int | None, done: int | None, reason: str) -> str:
    """What has become of a payment by what was asked and what was done, as the treasury tells it: paid where
    it is all of it, failed where it is nothing and a reason stands there; money that comes back is negative.
    Part of it is left to the matching."""
    if asked is None:
        return ""
    if asked < 0:
        return "returned"
    if not done:
        return "failed" if reason else "pending"
    return "paid"
