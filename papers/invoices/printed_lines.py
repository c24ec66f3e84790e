"""The lines of goods and services on a printed page.

They stand between the row of headings (项目名称 … 税额) and the row of totals. A line has a rate (``6%``,
免税, ``*``): the amount stands before it and the tax behind it; a row without one goes on with the
name above it.
"""

from __future__ import annotations

import re

from papers.invoices import values
from papers.invoices.invoice import Line
from papers.invoices.printed_words import Row, Word, place

_HEAD = re.compile(r"项目名称|货物或应税劳务|服务名称")
_TOTAL = re.compile(r"合计|价税合计|小计")
_RATE = re.compile(r"\d{1,2}(?:\.\d+)?[%％]|免税|不征税|\*{1,3}")
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")


def read(rows: list[Row]) -> list[Line]:
    """The lines, from top to bottom; none where the table can't be told."""
    found: list[Line] = []
    within = False
    for row in rows:
        texts = [word.text for word in row]
        if not within:
            within = any(_HEAD.search(text) for text in texts)
        elif any(_TOTAL.match(text) for text in texts):
            within = any(text.startswith("小计") for text in texts)
        elif line := _line(row):
            found.append(line)
        elif found and len(row) == 1 and not _AMOUNT.fullmatch(row[0].text):
            found[-1] = found[-1]._replace(name=found[-1].name + row[0].text)
    return found


def _line(row: Row) -> Line | None:
    """The line that a row begins, or None where it goes on with the one above."""
    at = next((n for n, word in enumerate(row) if n and _RATE.fullmatch(word.text)), None)
    numbers = [n for n, word in enumerate(row) if _AMOUNT.fullmatch(word.text.strip("¥￥"))]
    if at is None:
        if not numbers or numbers[0] == 0:
            return None
        return Line(row[0].text, amount=values.amount(row[numbers[-1]].text), place=place(row))
    before = [n for n in numbers if n < at]
    if not before:
        return None
    behind = row[at + 1] if at + 1 < len(row) else None
    between = [word.text for word in row[1 : before[-1]]]
    return Line(
        row[0].text,
        amount=values.amount(row[before[-1]].text),
        rate=row[at].text,
        tax=_tax(behind),
        place=place(row),
        **_middle(between),
    )


def _tax(word: Word | None) -> str:
    return "" if word is None else values.tax(word.text)


def _middle(between: list[str]) -> dict[str, str]:
    """Quantity and price from the right; before them the unit, before it the specification."""
    numbers: list[str] = []
    while between and re.fullmatch(r"-?[\d,]+(\.\d+)?", between[-1]) and len(numbers) < 2:
        numbers.insert(0, between.pop())
    said = dict(zip(("quantity", "price"), numbers, strict=False))
    if between:
        said["unit"] = between.pop()
    if between:
        said["spec"] = " ".join(between)
    return said
