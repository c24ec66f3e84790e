"""What a cell without text says is what `import` reads of it; its text is what it shows."""

from __future__ import annotations

import datetime
import marshal
from typing import Any

import pytest

from papers.reading.cell_text import CellText, packed, read, unpacked
from papers.reading.portal_values import Trouble
from rules.facts import STANDARD, Fact, FactError

DAY, MOMENT = datetime.date(2026, 5, 7), datetime.datetime(2026, 5, 7, 14, 19)
CELLS: list[tuple[Any, str]] = [
    ("8", "8"),
    (8.5, "8.5"),
    (True, "yes"),
    (DAY, "2026-05-07"),
    (MOMENT, "2026-05-07 14:19:00"),
    (datetime.time(9, 30), "09:30:00"),
    (datetime.timedelta(hours=30), "1 day, 6:00:00"),
    (None, ""),
    (Trouble("cell_error", "#N/A"), "#N/A"),
    (Trouble("merged", ""), "#merged"),
]


@pytest.mark.parametrize(("cell", "shown"), CELLS)
def test_a_cell_goes_through_the_pipe_as_it_is(cell: Any, shown: str) -> None:
    said = unpacked(marshal.loads(marshal.dumps(packed(cell))), True)
    assert said == shown
    if isinstance(said, CellText):
        assert (said.cell, said.since_1904) == (cell, True)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("contract_amount", 8.5, 850),
        ("founded_on", 46149.0, DAY),
        ("founded_on", MOMENT, DAY),
        ("applied_at", 46149.5, datetime.datetime(2026, 5, 7, 12)),
        ("contract_no", 20260507.0, "20260507"),
        ("applicant", 7.0, "7"),
        ("related_party", False, False),
        ("related_party", 1.0, True),
        ("applicant_kind", True, "yes"),
    ],
)
def test_a_value_is_read_as_its_type(name: str, cell: Any, value: Any) -> None:
    assert read(STANDARD[name], CellText.of(cell, False)) == value


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("other_support", False, "amount"),
        ("contract_amount", DAY, "amount"),
        ("founded_on", False, "date"),
        ("founded_on", datetime.date(1900, 1, 1), "date"),
        ("contract_no", DAY, "id_as_number"),
        ("contract_no", True, "id_as_number"),
        ("case", 1.5, "id_as_number"),
        ("applicant", 914403001234567890.0, "id_as_number"),
        ("related_party", DAY, "yes_no"),
    ],
)
def test_what_import_refuses_is_no_fact(name: str, cell: Any, code: str) -> None:
    with pytest.raises(FactError) as caught:
        read(STANDARD[name], CellText.of(cell, False))
    assert caught.value.code == code


def test_an_account_is_text() -> None:
    with pytest.raises(FactError):
        read(Fact("account", "text", says="account"), CellText.of(6599188.0, False))


def test_days_count_as_the_workbook_counts_them() -> None:
    assert read(STANDARD["founded_on"], CellText.of(44687.0, True)) == DAY
