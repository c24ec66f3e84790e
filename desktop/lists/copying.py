"""Rows as other programs take them from the clipboard: with headings, and with long numbers that stay text.

A spreadsheet that is given plain text makes 9144…: eighteen digits a number and loses the last three; so the
same cells go along as a table that says which of them are text.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QMimeData

from desktop.lists.spec import Column

TEXT_CELL = " style=\"mso-number-format:'\\@'\""


def cells(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """What is copied of stored rows, given in the order of `columns`; tabs and line breaks become spaces."""
    return [
        [" ".join(column.plain(value).split()) for column, value in zip(columns, row, strict=True)]
        for row in rows
    ]


def copied(headings: Sequence[str], columns: Sequence[Column], table: Sequence[Sequence[str]]) -> QMimeData:
    """The table as text between tabs and as HTML."""
    data = QMimeData()
    lines = ["\t".join(headings), *("\t".join(row) for row in table)]
    data.setText("\n".join(lines) + "\n")
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{_html_row(columns, row)}</tr>" for row in table)
    data.setHtml(f'<meta charset="utf-8"><table><tr>{head}</tr>{body}</table>')
    return data


def _html_row(columns: Sequence[Column], row: Sequence[str]) -> str:
    return "".join(
        f"<td{'' if column.right else TEXT_CELL}>{escape(text)}</td>"
        for column, text in zip(columns, row, strict=True)
    )
