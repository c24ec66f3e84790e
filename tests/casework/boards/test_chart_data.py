"""The charts' data: whole numbers out of what is stored."""

from casework.boards import chart_data
from tests.casework.desk import BUDGET_FEN, Desk


def test_an_office_without_applications_has_no_years(desk: Desk) -> None:
    assert chart_data.years(desk.office) == ()


def test_an_award_is_in_every_chart_that_it_belongs_to(desk: Desk) -> None:
    desk.decide(desk.submit(district="南山区"))
    assert chart_data.years(desk.office) == (2026,)
    charts = {chart.name: chart for chart in chart_data.charts(desk.office, 2026)}
    assert charts["by_district"].rows == (("南山区", (400_000_000,)),)
    assert charts["by_kind"].rows == (("enterprise", (400_000_000,)),)
    assert sum(values[0] or 0 for _, values in charts["by_age"].rows) == 400_000_000
    assert [values[0] for _, values in charts["budget"].rows] == [400_000_000]
    assert ("calculated", (1, 0)) in charts["waiting"].rows
    assert charts["budgets"].rows == (
        ("ceiling.word", (BUDGET_FEN,)),
        ("appropriation.word", (BUDGET_FEN,)),
        ("left.word", (BUDGET_FEN - 400_000_000,)),
    )
    empty = {chart.name: chart.rows for chart in chart_data.charts(desk.office, 2025)}
    assert empty["by_district"] == ()
