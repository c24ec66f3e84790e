"""The figures of the charts leave like everything else: by an act, with its line, marked where made up."""

from pathlib import Path

import openpyxl
import pytest

from casework.boards.chart_data import Chart
from casework.core.office import Office
from casework.core.refused import Refused
from casework.outgoing import chart_export
from models import LogEntry
from tests.casework.desk import Desk

CHARTS = (
    Chart("by_district", "fen", ("awarded",), (("南山区", (12_345,)), ("", (1,)))),
    Chart("startups", "permille", ("of_awards", "of_money"), (("2026-06", (250, None)),)),
    Chart("waiting", "cases", ("cases", "days"), (("accepted", (3, 14)),)),
)


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


def test_every_value_is_a_row_in_the_column_of_its_unit(desk: Desk, tmp_path: Path) -> None:
    change = chart_export.export(desk.office, "auditor", tmp_path / "a.xlsx", CHARTS, "zh")
    assert change.facts["rows"] == 6
    assert rows(tmp_path / "a.xlsx")[-6:] == [
        ("各区核定额度", "南山区", "核定额度", 123.45, None, None),
        ("各区核定额度", "未填写", "核定额度", 0.01, None, None),
        ("初创企业占比", "2026-06", "按件数", None, None, 0.25),
        ("初创企业占比", "2026-06", "按金额", None, None, None),
        ("各环节等待的申请", "已受理", "件数", None, 3, None),
        ("各环节等待的申请", "已受理", "中位天数", None, 14, None),
    ]


def test_it_is_logged_and_says_that_a_demonstration_is_one(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Office, "demonstration", True)
    chart_export.export(desk.office, "auditor", tmp_path / "a.xlsx", CHARTS, "zh")
    assert "演示" in str(rows(tmp_path / "a.xlsx")[0][0])
    last = desk.rows(LogEntry)[-1]
    assert (last.act, last.person) == ("export", "auditor") and "总览" in last.payload


def test_who_may_take_nothing_out_gets_no_figures(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        chart_export.export(desk.office, "system", tmp_path / "a.xlsx", CHARTS, "zh")
    assert not (tmp_path / "a.xlsx").exists()
