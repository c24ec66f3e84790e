"""The lines of an answer that is XML: the treasury's receipt of a payment request.

Each payment is an element (`Item`), its fields the elements within; a receipt of one payment alone has them
at the head. The head tells the sums of all, which must agree: a receipt from which a line was lost is
refused. Names and what they mean: DA/T 95-2022, annex B.1.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from papers.banks import answer_values
from papers.banks.answer_line import AnswerLine
from papers.banks.answer_toml import Answer
from papers.banks.bank_fault import BankFault
from papers.reading import child, xml_fields
from papers.reading.unreadable import Unreadable


def lines(path: Path, answer: Answer) -> list[AnswerLine]:
    """The lines of a file.

    Raises:
        Unreadable: it is no XML, or may do harm.
        BankFault: it holds no payment, or its sums are not those of its lines.
    """
    told: list[AnswerLine] = []
    for head, items in _vouchers(path, answer.item):
        found = [_line(path.name, len(told) + at, head, item, answer) for at, item in enumerate(items, 1)]
        _check_sums(path.name, head, found, answer)
        told += found
    if not told:
        raise BankFault("bank.answer.no_item", file=path.name, item=answer.item)
    return told


Fields = dict[str, str]


def _vouchers(path: Path, item: str) -> list[tuple[Fields, list[Fields]]]:
    asked = (xml_fields.ASK, str(path.absolute()), item)
    with contextlib.closing(child.run(asked)) as messages:
        return [(head, items) for _, head, items in messages]


def _line(file: str, row: int, head: Fields, item: Fields, answer: Answer) -> AnswerLine:
    places = answer.columns
    said = {name: item.get(place, "") for name, place in places.items()}
    if "date" in places and not said["date"]:
        said["date"] = head.get(places["date"], "")
    if not said.get("amount"):
        raise BankFault("bank.answer.cut_row", file=file, row=row, cells=len(item))
    return answer_values.line(file, row, said, answer)


def _check_sums(file: str, head: Fields, found: list[AnswerLine], answer: Answer) -> None:
    for name, amounts in (
        ("amount", [line.amount_fen for line in found]),
        ("done", [line.done_fen for line in found]),
    ):
        said = head.get(answer.columns.get(name, ""), "")
        total = sum(amount or 0 for amount in amounts)
        if said and answer_values.amount(said, answer.unit_fen) != total:
            raise BankFault("bank.answer.sum", file=file, said=said, sum_fen=total)


def is_xml(path: Path) -> bool:
    """Whether a file begins as XML does.

    Raises:
        Unreadable: it can't be had.
    """
    try:
        with path.open("rb") as file:
            start = file.read(200)
    except OSError as error:
        code = {FileNotFoundError: "not_found", IsADirectoryError: "folder"}.get(type(error), "no_access")
        raise Unreadable(code, name=path.name) from error
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and not start.lower().startswith((b"<html", b"<!doctype html", b"<table"))
