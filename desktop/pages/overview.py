"""The overview: charts that people look at, each with its figures one click away, as picture and workbook."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from casework.boards import chart_data
from casework.boards.chart_data import Chart
from casework.core import files_out
from casework.core.office import Office
from casework.outgoing import chart_export
from desktop.kit.action import Action
from desktop.kit.charts import ChartView, label, shown
from desktop.kit.desk import Desk
from desktop.kit.language import language, t
from desktop.kit.page import Page
from desktop.kit.theme import GRID, ROW, Theme
from desktop.kit.widgets import card, clear, empty, link, scrolled, words


class _Told(NamedTuple):
    years: tuple[int, ...]
    year: int
    charts: tuple[Chart, ...]


class OverviewPage(Page):
    """Charts of one year, two beside each other."""

    name = "overview"
    kinds = frozenset(("application", "decision", "budget", "approval", "voucher"))
    offers: tuple[Action, ...] = (Action("export_figures", "overview", "Ctrl+E", act="export", button=True),)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__(desk)
        self.theme = theme
        self.charts: tuple[Chart, ...] = ()
        self.year = QComboBox(self)
        self.year.setAccessibleName(t("overview.year"))
        self.year.activated.connect(lambda row: self.refresh())
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, GRID, 2 * GRID)
        head = QHBoxLayout()
        self.of_year = words(t("overview.year"), wrap=False)
        head.addWidget(self.of_year)
        head.addWidget(self.year)
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(scrolled(inside))

    def refresh(self) -> None:
        """Reads the figures of the chosen year again."""
        chosen = self.year.currentText()

        def read(office: Office) -> _Told:
            years = chart_data.years(office)
            year = int(chosen) if chosen else next(iter(years), 0)
            return _Told(years, year, chart_data.charts(office, year) if years else ())

        self.desk.read(read, self._show, owner=self)

    def _show(self, told: _Told) -> None:
        self.charts = told.charts
        self.year.clear()
        self.year.addItems([str(year) for year in told.years])
        self.year.setCurrentText(str(told.year))
        for widget in (self.of_year, self.year):
            widget.setVisible(bool(told.years))
        self.offers = type(self).offers if told.charts else ()
        self.offered.emit()
        clear(self.column)
        if not told.charts:
            self.column.addWidget(empty("overview.nothing"))
            return
        grid = QGridLayout()
        grid.setSpacing(2 * GRID)
        for at, chart in enumerate(told.charts):
            grid.addWidget(self._chart(chart), at // 2, at % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)

    def _chart(self, chart: Chart) -> QWidget:
        frame, column = card()
        view = ChartView(chart, self.theme)
        head = QHBoxLayout()
        head.addWidget(words(t(f"chart.{chart.name}"), wrap=False))
        head.addStretch(1)
        head.addWidget(link(t("overview.figures"), partial(self._figures, chart)))
        head.addWidget(link(t("overview.picture"), partial(self._picture, chart, view)))
        column.addLayout(head)
        column.addWidget(view)
        column.addStretch(1)
        return frame

    def _figures(self, chart: Chart) -> None:
        dialog = QDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(t(f"chart.{chart.name}"))
        table = QTableWidget(len(chart.rows), len(chart.series) + 1, dialog)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setHorizontalHeaderLabels(["", *(t(f"chart.series.{name}") for name in chart.series)])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for row, (name, values) in enumerate(chart.rows):
            table.setItem(row, 0, QTableWidgetItem(label(chart, name)))
            for at, value in enumerate(values, 1):
                item = QTableWidgetItem(shown(value, chart_export.unit(chart, at - 1)))
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, at, item)
        column = QVBoxLayout(dialog)
        column.addWidget(table)
        dialog.resize(560, min(640, 120 + ROW * len(chart.rows)))
        dialog.open()

    def _picture(self, chart: Chart, view: ChartView) -> None:
        name = f"{t(f'chart.{chart.name}')}.png"
        where, _ = QFileDialog.getSaveFileName(self, t("overview.picture"), name, "PNG (*.png)")
        if not where:
            return
        office, person, lang = self.desk.office, self.desk.person, language()
        body = view.picture(files_out.mark(office, lang))
        self.desk.long_act(
            lambda job: chart_export.save_picture(office, person, Path(where), chart, body, lang),
            then=lambda change: self.desk.say(t("overview.saved", path=where)),
            owner=self,
        )

    def do_export_figures(self) -> None:
        """All figures of the year as a workbook, one sheet's worth of rows."""
        name = f"{t('page.overview')}-{self.year.currentText()}.xlsx"
        where, _ = QFileDialog.getSaveFileName(self, t("action.export_figures"), name, "Excel (*.xlsx)")
        if where:
            self.export(Path(where))

    def export(self, where: Path) -> None:
        """Write the figures to a workbook, in a worker."""
        office, person, charts, lang = self.desk.office, self.desk.person, self.charts, language()
        self.desk.long_act(
            lambda job: chart_export.export(office, person, where, charts, lang),
            then=lambda change: self.desk.say(t("overview.saved", path=str(where))),
            owner=self,
        )


def make(desk: Desk, theme: Theme) -> OverviewPage:
    """The page."""
    return OverviewPage(desk, theme)
