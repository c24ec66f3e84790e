"""Acts on many cases: which are offered, and each case by itself, stopped in between without a refusal."""

import datetime

from casework.core import on_many_cases, who_may
from casework.people import accounts
from casework.review import checking
from tests.casework.desk import MINUTES, OTHER_CODE, Desk


def two(desk: Desk) -> list[str]:
    return [
        desk.submit(contract_no="HT-1"),
        desk.submit(contract_no="HT-2", applicant=OTHER_CODE, applicant_name="湾畔图像有限公司"),
    ]


def test_every_case_goes_through_every_act(desk: Desk) -> None:
    cases = two(desk)
    steps = [("accept", cases), ("check", cases)]
    seen: list[tuple[int, int]] = []
    change, told = on_many_cases.do(desk.office, "officer", steps, lambda *at: seen.append(at))
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert [one.refused for one in told] == [None] * 4
    assert [desk.state(case) for case in cases] == ["accepted", "accepted"]
    assert {"application", "finding"} <= change.kinds


def test_however_a_number_is_written_its_case_keeps_its_turn(desk: Desk) -> None:
    """The later of two is listed first, the earlier under another spelling: first come, first served."""
    later = desk.submit(contract_no="HT-1", applied_at=datetime.datetime(2026, 5, 21, 9))
    first = desk.submit(
        contract_no="HT-2",
        applicant=OTHER_CODE,
        applicant_name="甲",
        applied_at=datetime.datetime(2026, 5, 20),
    )
    spelled = f" {first.lower()} "
    _, told = on_many_cases.do(desk.office, "officer", [("accept", [later, spelled, first])])
    assert [(one.case, one.before, one.after) for one in told] == [
        (first, "submitted", "accepted"),
        (later, "submitted", "accepted"),
    ]
    assert desk.application(first).receipt_no == "2026-000001"


def test_a_stop_keeps_what_is_done_and_tells_it(desk: Desk) -> None:
    cases = two(desk)
    change, told = on_many_cases.do(desk.office, "officer", [("accept", cases)], lambda done, of: done < 1)
    assert [one.case for one in told] == cases[:1] and "application" in change.kinds
    assert [desk.state(case) for case in cases] == ["accepted", "submitted"]
    assert change.facts == {"left": 1}


def test_what_is_left_of_several_acts_leaves_out_what_was_refused(desk: Desk) -> None:
    cases = two(desk)
    checking.accept(desk.office, "officer", cases[0])
    steps = [("accept", cases), ("check", cases)]
    change, told = on_many_cases.do(desk.office, "officer", steps, lambda done, of: done < 2)
    assert [one.refused is None for one in told] == [False, True]
    assert change.facts == {"left": 1}, "the check of the second; the first was refused"


def test_a_case_that_is_refused_stops_only_itself(desk: Desk) -> None:
    cases = two(desk)
    checking.accept(desk.office, "officer", cases[0])
    _, told = on_many_cases.do(desk.office, "officer", [("accept", cases), ("check", cases)])
    assert [(one.case, one.refused is None) for one in told] == [
        (cases[0], False),
        (cases[1], True),
        (cases[1], True),
    ]


def test_what_is_asked_goes_to_each(desk: Desk) -> None:
    cases = two(desk)
    on_many_cases.do(desk.office, "officer", [("withdraw", cases)], reason="申请单位来函撤回")
    assert [desk.state(case) for case in cases] == ["withdrawn", "withdrawn"]


def test_what_an_act_asks_for() -> None:
    assert on_many_cases.asks("accept") == ()
    assert on_many_cases.asks("withdraw") == ("reason",)
    assert on_many_cases.asks("approve") == ("minutes",)
    assert on_many_cases.asks("review") == ("stage",)


def test_only_acts_of_ones_roles_are_offered() -> None:
    assert "accept" in on_many_cases.offered(frozenset(("officer",)))
    assert set(on_many_cases.offered(frozenset(("approver",)))) == {"check", "approve", "return", "suspend"}
    assert on_many_cases.offered(frozenset(("auditor",))) == ()


def test_many_awards_are_approved_and_what_stands_in_the_way_is_told(desk: Desk) -> None:
    day = datetime.date(2026, 4, 1)
    cases = [
        desk.submit(
            contract_no=f"HT-{at}", signed_on=day + datetime.timedelta(at), contract_amount=100_000_000
        )
        for at in range(3)
    ]
    cases.append(desk.submit(applicant=OTHER_CODE, contract_no="HT-9"))
    for case in cases:
        desk.decide(case)
    desk.publish_and_end(*cases)
    accounts.recuse(desk.office, "approver", desk.application(cases[3]).applicant_id, "曾任职")
    seen = who_may.hindrances(desk.office, "approver", "approve", [*cases, "没有"])
    assert {case: refused and refused.code for case, refused in seen.items()} == {
        **dict.fromkeys(cases[:3]),
        cases[3]: "refused.recused",
        "没有": "refused.no_such_case",
    }
    assert desk.budget()[3] == 0
    _, told = on_many_cases.do(desk.office, "approver", [("approve", cases)], minutes=MINUTES)
    assert [one.told.get("award_fen") for one in told] == [50_000_000] * 3 + [None]
    assert [(one.case, one.refused.code) for one in told if one.refused] == [(cases[3], "refused.recused")]
    assert desk.budget()[3] == 150_000_000
