"""What publishing would list now: awards as they stand, that nothing is against."""

from casework.award import deciding
from casework.issuing.listable_awards import listable
from casework.review import checking
from casework.rulebook.in_force import Shelf
from tests.casework.desk import Desk


def numbers(desk: Desk, *recused: int) -> tuple[list[str], list[str]]:
    with desk.office.read() as session:
        found = listable(desk.office, Shelf(session), recused)
        return [one.case_no for one, _ in found.listed], [one.case_no for one in found.kept_back]


def test_awards_as_they_stand_are_listed_and_the_others_kept_back(desk: Desk) -> None:
    first, changed, undecided = (
        desk.submit(contract_no=f"HT-{at}", contract_amount=800_000_000 + at) for at in range(3)
    )
    for case in (first, changed):
        desk.decide(case)
    assert numbers(desk) == ([first, changed], [])
    checking.verify_facts(desk.office, "officer", changed, {"contract_amount": 700_000_000}, "核减")
    assert numbers(desk) == ([first], [changed])
    deciding.decide_again(desk.office, "officer", changed, "按核实金额")
    assert numbers(desk) == ([first, changed], [])
    assert desk.state(undecided) == "submitted"
    assert numbers(desk, desk.application(first).applicant_id) == ([], [])
