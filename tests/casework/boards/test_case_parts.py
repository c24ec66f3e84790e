"""The parts of a case's page: findings in the order of looking, papers by hash, corrections, letters."""

import datetime

from casework.award import deciding
from casework.boards.case_view import CaseView, view
from casework.cases import paper_filing
from casework.issuing import letters, publicity
from casework.review import checking, corrections
from casework.review.corrections import Defect
from tests.casework.desk import OTHER_CODE, Desk


def seen(desk: Desk, case: str) -> CaseView:
    found = view(desk.office, "officer", case)
    assert found is not None
    return found


def test_findings_come_in_the_order_in_which_one_looks_at_them(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999, related_party=None)
    checking.check(desk.office, "officer", case)
    found = seen(desk, case).findings
    assert [one.outcome for one in found][:2] == ["fail", "unknown"]
    checking.judge_finding(desk.office, "officer", found[0].id, "cleared", "另有合同")
    judged = seen(desk, case).findings[-1]
    assert (judged.code, judged.state, judged.judged_by) == ("condition.threshold", "cleared", "陈知远")
    checking.check(desk.office, "officer", case)
    assert len(seen(desk, case).findings) == len(found)


def test_the_same_paper_on_another_case_is_named(desk: Desk) -> None:
    first, second = desk.submit(), desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
    for case in (first, second):
        paper_filing.add_paper(desk.office, "officer", case, "contract", "合同.pdf", b"%PDF-1.4 same")
    paper = seen(desk, second).papers[0]
    assert paper.also_on == (first,)
    assert (paper.size, paper.media, paper.person) == (13, "application/pdf", "陈知远")


def test_rounds_of_correction_say_what_is_settled(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit(related_party=None)
    corrections.ask_correction(
        desk.office,
        "officer",
        case,
        [Defect("field", "related_party", "未填"), Defect("paper", "relation", "缺")],
    )
    one = seen(desk, case).corrections[0]
    assert (one.round, one.state, [item.settled for item in one.items]) == (1, "open", [False, False])
    assert not one.late
    desk.days(30)
    assert seen(desk, case).corrections[0].late
    corrections.answer_correction(desk.office, "officer", case, {"related_party": False})
    one = seen(desk, case).corrections[0]
    assert (one.state, one.late, [item.settled for item in one.items]) == ("answered", False, [True, True])


def test_a_list_is_over_from_the_day_after_its_last_until_it_is_ended(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    desk.decide(case)
    until = publicity.publish(desk.office, "officer", cases=[case]).facts["until_on"]
    desk.clock.at = datetime.datetime(until.year, until.month, until.day, 23, 59, tzinfo=desk.clock.at.tzinfo)
    shown = seen(desk, case).publicity
    assert shown is not None and (shown.until_on, shown.over) == (until, False)
    desk.days(1)
    shown = seen(desk, case).publicity
    assert shown is not None and shown.over
    publicity.end_publicity(desk.office, "officer", shown.id)
    shown = seen(desk, case).publicity
    assert shown is not None and not shown.over


def test_a_correction_of_papers_is_answered_by_papers_alone(desk: Desk) -> None:
    desk.set_terms()
    case = desk.submit()
    corrections.ask_correction(desk.office, "officer", case, [Defect("paper", "contract", "缺页")])
    corrections.answer_correction(desk.office, "officer", case, {})
    found = seen(desk, case)
    assert (found.state, found.seen.version, found.corrections[0].state) == ("submitted", 1, "answered")


def test_every_decision_stays_with_its_reading_and_its_lines(desk: Desk) -> None:
    import datetime

    case = desk.submit(founded_on=datetime.date(2025, 12, 1), other_support=100_000_000)
    assert desk.decide(case).status == "blocked"
    blocked = seen(desk, case).decisions[0]
    assert blocked.reasons == ("startup_ceiling",)
    assert dict(blocked.readings) == {"startup_ceiling=50": 300_000_000, "startup_ceiling=60": 380_000_000}
    desk.set("startup_ceiling", "60")
    deciding.decide_again(desk.office, "officer", case, "补充规定")
    first, second = seen(desk, case).decisions
    assert (first.status, second.status, second.award_fen) == ("blocked", "awarded", 380_000_000)


def test_a_void_letter_stays_on_record_and_its_decision_may_be_superseded(desk: Desk) -> None:
    case = desk.submit(contract_amount=49_999_999)
    desk.decide(case)
    desk.cite()
    letters.issue_refusal(desk.office, "approver", case)
    number = seen(desk, case).letters[0]
    assert number.current and number.voided_at is None
    letters.void_letter(desk.office, "approver2", number.id, "错字")
    letter = seen(desk, case).letters[0]
    assert letter.void_reason == "错字"
