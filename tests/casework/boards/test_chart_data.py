"""The charts' data: whole numbers out of what is stored."""

from casework.boards import application_list, chart_data
from casework.issuing import approval
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


def test_an_award_that_was_returned_is_none_until_it_is_decided_again(desk: Desk) -> None:
    """What it had is free again: chart, list and budget say one thing."""
    case = desk.submit(district="南山区")
    desk.decide(case)

    def awarded() -> tuple[object, ...]:
        by_district = next(one for one in chart_data.charts(desk.office, 2026) if one.name == "by_district")
        number = desk.application(case).id
        return by_district.rows, application_list.sums(desk.office, [number]).award_fen, desk.budget()[2]

    assert awarded() == ((("南山区", (400_000_000,)),), 400_000_000, 400_000_000)
    approval.send_back(desk.office, "approver", case, "再核一次")
    assert awarded() == ((), 0, 0)
    desk.decide(case, "再核")
    assert awarded() == ((("南山区", (400_000_000,)),), 400_000_000, 400_000_000)
