"""The overview: the charts of a year with their figures, and how they leave, by an act as everything does."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select
from sqlmodel import col

from casework.boards import chart_data
from casework.core import files_out
from desktop.frame.main_window import Frame
from desktop.kit.charts import ChartView
from desktop.pages.overview import OverviewPage
from models import LogEntry
from tests.desktop.helpers import settle


def shown(frame: Frame) -> OverviewPage:
    frame.go("overview")
    settle(frame.desk)
    assert isinstance(frame.page, OverviewPage) and frame.page.charts
    return frame.page


def test_every_chart_of_the_newest_year_is_shown(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("auditor")
    frame.go("overview")
    settle(frame.desk)
    page = frame.page
    assert isinstance(page, OverviewPage)
    office = frame.desk.office
    year = chart_data.years(office)[0]
    wanted = chart_data.charts(office, year)
    assert wanted and page.year.currentText() == str(year)
    assert [view.chart for view in page.findChildren(ChartView)] == list(wanted)


def test_the_workbook_is_logged_and_marked(frame_of: Callable[..., Frame], tmp_path: Path) -> None:
    frame = frame_of("auditor")
    page = shown(frame)
    said: list[str] = []
    frame.desk.said.connect(lambda sentence, meaning: said.append(sentence))
    page.export(tmp_path / "总览.xlsx")
    settle(frame.desk)
    rows = list(openpyxl.load_workbook(tmp_path / "总览.xlsx").active.iter_rows(values_only=True))
    assert "演示" in str(rows[0][0])
    values = sum(len(values) for chart in page.charts for _, values in chart.rows)
    assert sum(1 for row in rows if row[2] is not None) == values + 1
    with frame.desk.office.read() as session:
        last = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)).scalar_one()
    assert (last.act, last.person) == ("export", "auditor")
    assert said and "总览.xlsx" in said[-1]


def test_a_picture_is_logged_and_marked(
    frame_of: Callable[..., Frame], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = frame_of("auditor")
    page = shown(frame)
    view = page.findChildren(ChartView)[0]
    where = tmp_path / "图.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(where), ""))
    marked, bare = view.picture(files_out.mark(frame.desk.office)), view.picture()
    page._picture(view.chart, view)
    settle(frame.desk)
    assert where.read_bytes() == marked
    assert QImage.fromData(marked).height() > QImage.fromData(bare).height()
    with frame.desk.office.read() as session:
        last = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)).scalar_one()
    assert (last.act, last.person) == ("export", "auditor") and "picture" in last.payload


def test_a_year_and_an_export_are_on_offer_only_where_there_is_something(
    frame_of: Callable[..., Frame], founded: Path
) -> None:
    full = frame_of("auditor")
    page = shown(full)
    assert page.year.isVisible() and [one.name for one in full.offers()] == ["export_figures"]
    bare = frame_of("auditor", founded)
    bare.go("overview")
    settle(bare.desk)
    assert isinstance(bare.page, OverviewPage) and not bare.page.year.isVisible()
    assert bare.offers() == [] and not bare.page.of_year.isVisible()


def test_a_place_that_can_t_be_written_is_told(frame_of: Callable[..., Frame], tmp_path: Path) -> None:
    frame = frame_of("auditor")
    page = shown(frame)
    said: list[str] = []
    frame.desk.said.connect(lambda sentence, meaning: said.append(meaning))
    page.export(tmp_path / "nowhere" / "总览.xlsx")
    settle(frame.desk)
    assert said == ["look"]
