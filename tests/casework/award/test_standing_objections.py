"""Which objections still stand against a case."""

from casework.award import deciding, standing_objections
from casework.issuing import approval, publicity
from tests.casework.desk import Desk


def of_case(desk: Desk, case: str) -> list[str]:
    """Their states, asked of the case alone and of several at once."""
    number = desk.application(case).id
    with desk.office.read() as session:
        alone = standing_objections.of_case(session, number)
        many = standing_objections.of_cases(session, [number, number + 1_000])
    assert many.get(number, []) == alone
    return [each.state for each in alone]


def test_one_stands_until_it_is_dismissed_or_the_case_is_decided_after_it(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    publicity.publish(desk.office, "officer", cases=[case])
    assert of_case(desk, case) == []
    numbers = [
        publicity.take_objection(desk.office, "officer", case, "王某", "合同不实", desk.office.today()).facts[
            "objection"
        ]
        for _ in range(2)
    ]
    assert of_case(desk, case) == ["open", "open"]
    publicity.settle_objection(desk.office, "approver", numbers[0], "dismissed", "经查不实")
    assert of_case(desk, case) == ["open"]
    publicity.settle_objection(desk.office, "approver", numbers[1], "upheld", "经查属实")
    assert of_case(desk, case) == ["upheld"]
    approval.send_back(desk.office, "approver", case, "重新核查")
    deciding.decide(desk.office, "officer", case, "异议所涉事实已重新核实")
    assert of_case(desk, case) == []
