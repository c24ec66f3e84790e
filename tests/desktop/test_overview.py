"""The overview: the year's charts, each with its figures."""

from collections.abc import Callable

from casework import figures
from desktop.frame.main_window import Frame
from desktop.kit.charts import ChartView
from desktop.pages.overview import OverviewPage
from tests.desktop.helpers import settle


def test_every_chart_of_the_newest_year_is_shown(frame_of: Callable[..., Frame]) -> None:
    frame = frame_of("auditor")
    frame.go("overview")
    settle(frame.desk)
    page = frame.page
    assert isinstance(page, OverviewPage)
    office = frame.desk.office
    year = figures.years(office)[0]
    wanted = figures.charts(office, year)
    assert wanted and page.year.currentText() == str(year)
    assert [view.chart for view in page.findChildren(ChartView)] == list(wanted)
