"""Acts one after the other: stopped in between without a refusal, one that fails stops only itself."""

from casework import checking, one_by_one
from tests.casework.desk import OTHER_CODE, Desk


def two(desk: Desk) -> list[str]:
    return [
        desk.submit(contract_no="HT-1"),
        desk.submit(contract_no="HT-2", applicant=OTHER_CODE, applicant_name="湾畔图像有限公司"),
    ]


def test_every_case_goes_through_every_act(desk: Desk) -> None:
    cases = two(desk)
    steps = [("accept", cases), ("check", cases)]
    seen: list[tuple[int, int]] = []
    change, told = one_by_one.do(desk.office, "officer", steps, lambda *at: seen.append(at))
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert [one.refused for one in told] == [None] * 4
    assert [desk.state(case) for case in cases] == ["accepted", "accepted"]
    assert {"application", "finding"} <= change.kinds


def test_a_stop_keeps_what_is_done_and_tells_it(desk: Desk) -> None:
    cases = two(desk)
    change, told = one_by_one.do(desk.office, "officer", [("accept", cases)], lambda done, of: done < 1)
    assert [one.case for one in told] == cases[:1] and "application" in change.kinds
    assert [desk.state(case) for case in cases] == ["accepted", "submitted"]


def test_a_case_that_is_refused_stops_only_itself(desk: Desk) -> None:
    cases = two(desk)
    checking.accept(desk.office, "officer", cases[0])
    _, told = one_by_one.do(desk.office, "officer", [("accept", cases), ("check", cases)])
    assert [(one.case, one.refused is None) for one in told] == [
        (cases[0], False),
        (cases[1], True),
        (cases[1], True),
    ]


def test_what_is_asked_goes_to_each(desk: Desk) -> None:
    cases = two(desk)
    one_by_one.do(desk.office, "officer", [("withdraw", cases)], reason="申请单位来函撤回")
    assert [desk.state(case) for case in cases] == ["withdrawn", "withdrawn"]
