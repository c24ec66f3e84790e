"""Rows for a file: amounts stay fen, moments become the office's clock."""

import datetime
from collections.abc import Callable

import pytest

from casework.browse import Query
from casework.cursor_reads import Stop
from desktop.desk import Desk
from desktop.pages.applications.columns import Applications
from desktop.pages.applications.exporting import list_columns, list_rows


def test_values_are_of_their_columns_kind(desk_of: Callable[..., Desk]) -> None:
    applications = Applications(desk_of().office)
    spec = applications.spec
    shown = [spec.columns[spec.at[name]] for name in ("award", "applied_at", "state", "case_no")]
    assert [column.kind for column in list_columns(shown)] == ["money", "moment", "text", "text"]
    ids = applications.ids(Query(), Stop())
    steps: list[tuple[int, int]] = []
    rows = list(list_rows(spec, shown, ids, lambda done, of: steps.append((done, of))))
    assert len(rows) == len(ids) and steps == [(0, len(ids))]
    award, applied_at, state, case = rows[-1]
    assert award is None or type(award) is int
    assert isinstance(applied_at, datetime.datetime) and applied_at.tzinfo is None
    assert state in {"已发券", "不予资助", "暂缓", "资格审查", "已核算", "公示中"}
    assert case.startswith("YS")


def test_it_stops_when_told(desk_of: Callable[..., Desk]) -> None:
    applications = Applications(desk_of().office)
    ids = applications.ids(Query(), Stop())

    def step(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        list(list_rows(applications.spec, applications.spec.columns[:1], ids, step))
