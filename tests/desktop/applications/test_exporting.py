"""Rows for a file: amounts stay fen, moments become the office's clock."""

import datetime
from collections.abc import Callable

import pytest

from casework.boards.application_list import Query
from casework.core.cursor_reads import Stop
from desktop.kit.desk import Desk
from desktop.pages.applications.columns import Applications
from desktop.pages.applications.exporting import list_columns, list_rows
from tests.desktop.window_thread import in_a_worker


def test_values_are_of_their_columns_kind(desk_of: Callable[..., Desk]) -> None:
    applications = Applications(desk_of().office)
    spec = applications.spec
    shown = [spec.columns[spec.at[name]] for name in ("award", "applied_at", "state", "case_no")]
    columns = list_columns(spec, shown)
    assert [column.kind for column in columns] == ["money", "moment", "text", "text"]
    assert [column.total for column in columns] == [True, False, False, False]
    ids = in_a_worker(lambda: applications.ids(Query(), Stop()))
    steps: list[tuple[int, int]] = []
    rows = in_a_worker(lambda: list(list_rows(spec, ids, lambda done, of: steps.append((done, of)))))
    assert len(rows) == len(ids) and steps == [(0, len(ids))]
    award, applied_at, state, case = (column.value(rows[-1]) for column in columns)
    assert award is None or type(award) is int
    assert isinstance(applied_at, datetime.datetime) and applied_at.tzinfo is None
    assert state in {"已发券", "不予资助", "暂缓", "资格审查", "已核算", "公示中"}
    assert str(case).startswith("YS")


def test_it_stops_when_told(desk_of: Callable[..., Desk]) -> None:
    applications = Applications(desk_of().office)
    ids = in_a_worker(lambda: applications.ids(Query(), Stop()))

    def step(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        in_a_worker(lambda: list(list_rows(applications.spec, ids, step)))
