"""What the reading process answers, asked within this process."""

from __future__ import annotations

import datetime
import marshal
from pathlib import Path

import pytest

from papers.reading import answers, guard
from papers.reading.unreadable import Unreadable
from tests.papers.portal_files import application, table, workbook


def ask(kind: str, path: Path) -> list[tuple[object, ...]]:
    return list(answers.of(answers.request(kind, path, guard.check(path), {})))


def test_a_portals_rows_can_cross_the_pipe(tmp_path: Path) -> None:
    rows = (application(1), application(1), application(2, contract_amount="待定"))
    messages = ask("portal", workbook(tmp_path / "a.xlsx", table(*rows)))
    assert marshal.loads(marshal.dumps(messages)) == messages
    (_, good, bad, again) = messages[1]
    assert (len(good), len(bad), len(again)) == (1, 1, 1)  # type: ignore[arg-type]


def test_any_table_as_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", 0.1 + 0.2, 20260001, True, datetime.date(2026, 5, 7)]])
    assert ask("tables", path) == [
        ("sheet", "Sheet1", False, (), {}),
        ("lines", [(1, ["a", 0.3, 20260001.0, True, ("date", "2026-05-07")])]),
    ]


def test_no_table_of_applications(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        ask("portal", workbook(tmp_path / "a.xlsx", [["a"]]))
    assert caught.value.code == "no_headings"
