"""The approver sees what waits, what changed since it was prepared, and what agreeing would move."""

from casework.award import deciding
from casework.boards import approval_board
from casework.issuing import approval, publicity
from casework.review import checking
from tests.casework.desk import BUDGET, MINUTES, OTHER_CODE, Desk


def test_the_queue_names_what_hinders(desk: Desk) -> None:
    ready = desk.published()
    running = desk.submit(applicant=OTHER_CODE, applicant_name="湾畔图像有限公司", contract_no="HT-2")
    desk.decide(running)
    publicity.publish(desk.office, "officer", cases=[running])
    first, second = approval_board.queue(desk.office, "approver").cases
    assert (first.case, first.award_fen, first.prepared_by, first.bar) == (
        ready,
        400_000_000,
        "陈知远",
        None,
    )
    assert second.case == running and second.bar is not None
    assert second.bar.code == "refused.publicity_running"
    assert [one.case for one in approval_board.queue(desk.office, "approver").ready] == [ready]
    approval.approve(desk.office, "approver", ready, MINUTES)
    assert [one.case for one in approval_board.queue(desk.office, "approver").cases] == [running]


def test_refusals_without_a_notice_wait_too(desk: Desk) -> None:
    case = desk.submit(related_party=True)
    desk.decide(case)
    assert approval_board.queue(desk.office, "approver").refusals == (case,)


def test_nothing_changed_is_said_as_nothing(desk: Desk) -> None:
    seen = approval_board.file(desk.office, "approver", desk.published())
    assert seen is not None
    assert (seen.bar, seen.changes, seen.verified, seen.earlier) == (None, (), (), None)
    assert seen.decision.award_fen == 400_000_000 and seen.decision.lines
    assert seen.publicity is not None and seen.publicity.state == "ended"


def test_a_provider_that_was_struck_off_since_is_named(desk: Desk) -> None:
    """The register is the office's own knowledge: a change there hinders the approval and is shown."""
    from sqlalchemy import update
    from sqlmodel import col

    from models import Admission
    from tests.casework.books import do

    case = desk.published()
    do(
        desk.office,
        lambda turn: turn.session.execute(
            update(Admission).values(until_on=desk.application(case).applied_at.date().replace(month=1))
            .where(col(Admission.id) == 1)
        ),
    )  # fmt: skip
    seen = approval_board.file(desk.office, "approver", case)
    assert seen is not None and seen.bar is not None and seen.bar.code == "refused.changed_since"
    assert [(one.fact, one.was, one.now) for one in seen.changes] == [("provider_admitted", True, False)]


def test_what_the_officer_verified_stands_beside_what_was_given(desk: Desk) -> None:
    case = desk.submit()
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    desk.decide(case)
    desk.publish_and_end(case)
    seen = approval_board.file(desk.office, "approver", case)
    assert seen is not None
    assert [(one.fact, one.was, one.now) for one in seen.verified] == [
        ("contract_amount", 800_000_000, 600_000_000)
    ]


def test_a_second_calculation_is_laid_beside_the_first(desk: Desk) -> None:
    case = desk.submit()
    desk.decide(case)
    checking.verify_facts(desk.office, "officer", case, {"contract_amount": 600_000_000}, "按发票核减")
    deciding.decide_again(desk.office, "officer", case, "基数已核减")
    desk.publish_and_end(case)
    seen = approval_board.file(desk.office, "approver", case)
    assert seen is not None and seen.earlier is not None
    assert ("award_fen", 400_000_000, 300_000_000) in seen.figures
    told = [seen.decision.lines[at].code for at in seen.lines]
    assert "base" in told and "rate" in told and "award" in told
    assert len(told) < len(seen.decision.lines), "what did not change is not marked"


def test_many_at_once_move_the_reserved_to_committed(desk: Desk) -> None:
    case = desk.published()
    seen = approval_board.would_approve(desk.office, "approver", [case, "none"])
    assert (seen.ready, seen.award_fen) == ((case,), 400_000_000)
    assert [one.refused and one.refused.code for one in seen.cases] == [None, "refused.no_such_case"]
    (moved,) = seen.budgets
    assert (moved.key, moved.reserved_fen, moved.committed_fen) == (BUDGET, 400_000_000, 0)
    assert moved.committed_after_fen == 400_000_000
    approval.approve(desk.office, "approver", case, MINUTES)
    _, available, reserved, committed = desk.budget()
    assert (available, committed) == (moved.left_fen, moved.committed_after_fen) and reserved == 0


def test_no_case_is_nobody(desk: Desk) -> None:
    assert approval_board.file(desk.office, "approver", "none") is None
    assert approval_board.file(desk.office, "approver", desk.submit()) is None
