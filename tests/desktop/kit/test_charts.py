"""Charts: their figures are told in words too, and a bar is as long as its value."""

from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from casework.boards.chart_data import Chart
from desktop.kit.charts import ABOVE, BAR, GAP, LABELS, VALUES, ChartView, brief, label, shown, ticks
from desktop.kit.language import speak, t
from desktop.kit.theme import LIGHT


def chart(*rows: tuple[str, tuple[int | None, ...]], unit: str = "fen") -> Chart:
    return Chart("by_district", unit, ("awarded",), rows)


def test_a_value_is_shown_as_its_unit_wants() -> None:
    assert shown(None, "fen") == "-"
    assert shown(125, "permille") == "12.5%"
    assert shown(7, "cases") == "7"
    assert "1,234.56" in shown(123_456, "fen")


def test_a_row_is_called_by_its_word_or_as_it_stands() -> None:
    waiting = Chart("waiting", "cases", ("cases",), (("submitted", (1,)),))
    assert label(waiting, "submitted") == t("state.submitted")
    assert label(chart(), "南山区") == "南山区"
    assert label(chart(), "") == t("chart.unknown")


def test_bars_are_as_long_as_their_values(dressed: QApplication) -> None:
    view = ChartView(chart(("南山区", (1_000,)), ("福田区", (500,))), LIGHT)
    view.resize(LABELS + VALUES + 400, view.height())
    assert "南山区" in view.accessibleDescription()
    image = QImage.fromData(view.picture())
    accent = QColor(LIGHT.accent)

    def long(row: int) -> int:
        y = round(2 * (GAP / 2 + row * (BAR + GAP) + BAR / 2))
        return sum(image.pixelColor(x, y) == accent for x in range(2 * LABELS, image.width() - 2)) // 2

    assert abs(long(0) - 400) <= 2 and abs(long(1) - 200) <= 2


def test_a_label_too_long_to_stand_beside_its_bar_stands_above_it_whole(dressed: QApplication) -> None:
    titles = {"one/2026": ("深圳市训力券（2026年度）", "Shenzhen training voucher, 2026 round")}
    told = Chart("budgets", "fen", ("amount",), (("left.word one/2026", (1_000,)),), titles=titles)
    view = ChartView(told, LIGHT)
    view.resize(VALUES + 300, view.height())
    assert label(told, "left.word one/2026").endswith("深圳市训力券（2026年度）")
    assert view.above and view.height() == BAR + 2 * GAP + ABOVE
    image = QImage.fromData(view.picture())
    y = round(2 * (GAP / 2 + ABOVE + BAR / 2))
    accent = QColor(LIGHT.accent)
    assert abs(sum(image.pixelColor(x, y) == accent for x in range(image.width())) // 2 - 300) <= 2
    assert not ChartView(chart(("南山区", (1,))), LIGHT).above


def test_a_picture_speaks_of_money_as_a_bureau_does_and_the_table_to_the_fen() -> None:
    assert brief(35_605_640_819, "fen") == "35,605.64 万元"
    assert brief(1_000_000, "fen") == "1.00 万元" and brief(999_999, "fen") == shown(999_999, "fen")
    assert brief(-150_000_000, "fen") == "-150.00 万元" and brief(None, "fen") == "-"
    assert brief(125, "permille") == "12.5%"
    speak("en")
    try:
        assert brief(35_605_640_819, "fen") == "356.06 million yuan"
    finally:
        speak("zh")


def test_an_axis_has_even_steps_from_zero_over_the_most() -> None:
    assert ticks(11_559_380_000) == (0, 5_000_000_000, 10_000_000_000, 15_000_000_000)
    assert ticks(1) == (0, 1) and ticks(4) == (0, 1, 2, 3, 4) and ticks(1000) == (0, 500, 1000)
    for most in (*range(1, 300), 10**13 - 1):
        steps = ticks(most)
        assert len(steps) <= 5 and steps[-1] >= most > steps[-2]
        assert len({after - before for before, after in pairwise(steps)}) == 1


def test_months_stand_as_far_apart_as_they_are(dressed: QApplication) -> None:
    rows = (("2026-01", (0,)), ("2026-02", (5,)), ("2026-12", (9,)))
    view = ChartView(Chart("budget", "fen", ("paid",), rows, line=True), LIGHT)
    assert view._places(QRectF(100, 0, 220, 10)) == [100, 120, 320]
    alone = ChartView(Chart("budget", "fen", ("paid",), rows[:1], line=True), LIGHT)
    assert alone._places(QRectF(100, 0, 220, 10)) == [100] and alone.picture()
