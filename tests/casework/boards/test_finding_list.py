"""The list of findings: those that stand, of all cases or one, without what says nothing."""

from casework.boards.finding_list import listed_findings
from casework.review import checking
from tests.casework.desk import Desk


def test_findings_of_all_cases_without_conditions_that_hold(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit()
    (shared,) = listed_findings(desk.office)
    assert (shared.case, shared.code, shared.other, shared.effect) == (
        second,
        "same_contract",
        first,
        "forbids",
    )
    checking.check(desk.office, "officer", first)
    found = listed_findings(desk.office, case=first)
    assert [one.code for one in found] == ["same_contract"], "a condition that holds says nothing"
    checking.judge_finding(desk.office, "officer", shared.number, "cleared", "两份合同")
    assert [one.case for one in listed_findings(desk.office)] == [first]
    (cleared,) = listed_findings(desk.office, ("cleared",), code="same_contract")
    assert (cleared.number, cleared.reason, cleared.judged_by) == (shared.number, "两份合同", "陈知远")
