"""Charts drawn by hand: bars and lines in the theme's colours, labelled directly, starting at zero."""

from PySide6.QtCore import QBuffer, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from casework.boards.chart_data import Chart
from casework.outgoing import chart_export
from desktop.kit.language import language, t
from desktop.kit.theme import LABEL, Theme, body_font

BAR, GAP = 16, 10
"""Height of a bar and the room between two, in pixels at 100 %."""
LABELS, VALUES = 120, 176
"""Room for the labels on the left and the values on the right of bars."""
LINE_HEIGHT = 200
WIDE = 60.0
"""Room for the name of a month."""
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ABOVE = 18
"""Room for a label that stands above its bar, since one of the chart is too long to stand beside it."""


def shown(value: int | None, unit: str) -> str:
    """A value as people read it."""
    if value is None:
        return "-"
    if unit == "fen":
        return t("chart.fen", amount_fen=value)
    if unit == "permille":
        return f"{value // 10}.{value % 10}%"
    return str(value)


WAN_FEN, MILLION_FEN = 1_000_000, 100_000_000
"""万元, as a bureau speaks of money, and a million yuan, as English does; in fen."""


def brief(value: int | None, unit: str) -> str:
    """A value as it stands in a picture: money in 万元 (English: millions) from one of them on, so that a
    bar is read at a glance; the exact figure is in the table beside it."""
    large = WAN_FEN if language() == "zh" else MILLION_FEN
    if unit != "fen" or value is None or abs(value) < large:
        return shown(value, unit)
    hundredths = (abs(value) * 100 + large // 2) // large
    amount = f"{hundredths // 100:,}.{hundredths % 100:02}"
    return t("chart.large", amount=f"-{amount}" if value < 0 else amount)


def ticks(most: int) -> tuple[int, ...]:
    """The even steps of an axis from zero to what is just not less than the most, at most five."""
    step, size = 1, 1
    while 4 * step < most:
        step = next(size * part for part in (1, 2, 5, 10) if size * part > step)
        size = 10 * size if step == 10 * size else size
    return tuple(range(0, -(-most // step) * step + 1, step))


def label(chart: Chart, text: str) -> str:
    """A row's label in words."""
    return chart_export.label(chart, text, language())


class ChartView(QWidget):
    """One chart. Its figures are read out as its accessible description."""

    def __init__(self, chart: Chart, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart, self.theme = chart, theme
        self.setFont(body_font(LABEL))
        metrics = QFontMetrics(self.font())
        labels = (
            () if chart.line else [metrics.horizontalAdvance(label(chart, name)) for name, _ in chart.rows]
        )
        self.above = max(labels, default=0) > LABELS - 8
        self.setAccessibleName(t(f"chart.{chart.name}"))
        told = (f"{label(chart, name)} {shown(values[0], chart.unit)}" for name, values in chart.rows)
        self.setAccessibleDescription("; ".join(told))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """A line is of one height, bars take a row each."""
        height = LINE_HEIGHT if self.chart.line else max(1, len(self.chart.rows)) * self._row() + GAP
        return QSize(400, height)

    def _row(self) -> int:
        """The height of a bar with its label and the room to the next."""
        return BAR + GAP + (ABOVE if self.above else 0)

    def colours(self) -> tuple[str, ...]:
        """A colour for each series; money has those of the budget's bar."""
        own = {"paid": self.theme.done, "reserved": self.theme.look, "of_money": self.theme.look}
        return tuple(own.get(name, self.theme.accent) for name in self.chart.series)

    def picture(self, notice: str = "") -> bytes:
        """The chart as a PNG on the theme's ground, with a notice below it."""
        below = 2 * self.fontMetrics().height() if notice else 0
        picture = QPixmap(QSize(self.width(), self.height() + below) * 2)
        picture.setDevicePixelRatio(2)
        picture.fill(QColor(self.theme.base))
        self.render(picture)
        painter = QPainter(picture)
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.look))
        painter.drawText(QRect(0, self.height(), self.width(), below), Qt.AlignmentFlag.AlignCenter, notice)
        painter.end()
        kept = QBuffer()
        picture.save(kept, "PNG")
        return bytes(kept.data().data())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bars or the line, or that there is nothing."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.chart.rows:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, t("chart.nothing"))
        elif self.chart.line:
            self._lines(painter)
        else:
            self._bars(painter)
        painter.end()

    def _most(self) -> int:
        """The largest value that is drawn."""
        drawn = [values if self.chart.line else values[:1] for _, values in self.chart.rows]
        return max((value for values in drawn for value in values if value is not None), default=0) or 1

    def _bars(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        left, wide = (0, self.width()) if self.above else (LABELS, LABELS - 8)
        room = self.width() - left - VALUES
        side = LEFT if self.above else RIGHT
        most = self._most()
        for row, (name, values) in enumerate(self.chart.rows):
            top = GAP / 2 + row * self._row()
            value = values[0] or 0
            text = metrics.elidedText(label(self.chart, name), Qt.TextElideMode.ElideRight, wide)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QRectF(0, top, wide, BAR), side, text)
            top += ABOVE if self.above else 0
            length = room * value / most
            painter.fillRect(QRectF(left, top, max(length, 1), BAR), QColor(self.theme.accent))
            told = brief(value, self.chart.unit)
            if len(values) > 1:
                told += t("chart.second", value=shown(values[1], self.chart.series[1]))
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(left + length + 8, top, VALUES, BAR), LEFT, told)

    def _lines(self, painter: QPainter) -> None:
        metrics = QFontMetrics(self.font())
        marks = ticks(self._most())
        told = [brief(mark, self.chart.unit).replace(".00", "") if mark else "0" for mark in marks]
        left = 8.0 + max(metrics.horizontalAdvance(each) for each in told)
        ends = [self._last(at) for at, _ in enumerate(self.chart.series)]
        right = float(max(VALUES, 16 + max(metrics.horizontalAdvance(each) for each in ends)))
        area = QRectF(left, 12.0, self.width() - left - right, self.height() - 36.0)
        for mark, each in zip(marks, told, strict=True):
            y = area.bottom() - area.height() * mark / marks[-1]
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(0, y - 8, left - 8, 16), RIGHT, each)
        places = self._places(area)
        self._months(painter, area, places)
        self._series(painter, area, places, marks[-1], ends)

    def _places(self, area: QRectF) -> list[float]:
        """Where each row stands: months as far apart as they are in the year."""
        months = [int(name[:4]) * 12 + int(name[5:7]) for name, _ in self.chart.rows]
        span = max(1, months[-1] - months[0])
        return [area.left() + area.width() * (month - months[0]) / span for month in months]

    def _months(self, painter: QPainter, area: QRectF, places: list[float]) -> None:
        """The names of the months below the line, as many as there is room for."""
        taken = -WIDE
        painter.setPen(QColor(self.theme.muted))
        for (name, _), place in zip(self.chart.rows, places, strict=True):
            box = QRectF(max(0.0, place - WIDE / 2), area.bottom() + 4, WIDE, 16)
            if box.left() >= taken:
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
                taken = box.right()

    def _series(
        self, painter: QPainter, area: QRectF, places: list[float], most: int, told: list[str]
    ) -> None:
        ends: list[float] = []
        for series, colour in zip(range(len(self.chart.series)), self.colours(), strict=False):
            points = [
                QPointF(place, area.bottom() - area.height() * (values[series] or 0) / most)
                for place, (_, values) in zip(places, self.chart.rows, strict=True)
                if values[series] is not None
            ]
            if not points:
                continue
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawPolyline(points)
            painter.setBrush(QColor(colour))
            for point in points:
                painter.drawEllipse(point, 2.5, 2.5)
            end = points[-1].y()
            while any(abs(end - other) < LABEL + 4 for other in ends):
                end -= LABEL + 4
            ends.append(end)
            beside = QRectF(points[-1].x() + 8, end - 10, self.width(), 20)
            painter.drawText(beside, LEFT, told[series])

    def _last(self, series: int) -> str:
        """A series with its last value, as it stands beside the end of its line."""
        values = (each[series] for _, each in reversed(self.chart.rows))
        last = next((value for value in values if value is not None), None)
        return f"{t(f'chart.series.{self.chart.series[series]}')} {brief(last, self.chart.unit)}"
