"""On the last day of the demonstration everybody has something to do, at every stage of a case."""

import datetime
from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from casework.audit import replay, verify
from casework.boards import approval_board, budget_board, case_view, policy_board, round_board, worklist
from casework.boards.round_board import RoundView
from casework.core import who_may
from casework.founding.made_up_applications import by_hand
from casework.founding.made_up_office import LAST_DAY
from casework.founding.made_up_second_round import LATE, PLAN, arrivals
from casework.issuing import issue_many
from models import Applicant, Application, Correction, Decision, Delivery, Finding, Letter, LogEntry
from tests.casework.founding.conftest import Living


def waiting(living: Living, person: str, role: str) -> dict[str, worklist.Waiting]:
    """What somebody's first page says of their work."""
    return {one.kind: one for one in worklist.waiting(living.office, frozenset({role}), person)}


def round_of(living: Living, name: str) -> RoundView:
    (found,) = (one for one in round_board.board(living.office, "officer").rounds if one.name == name)
    return found


def test_it_opens_on_its_last_day_and_its_clock_runs_on(living: Living) -> None:
    with living.office.read() as session:
        last = session.execute(select(func.max(col(LogEntry.at)))).scalar_one()
    assert living.office.today() == LAST_DAY
    first, second = living.office.now(), living.office.now()
    assert last + datetime.timedelta(seconds=1) <= first < second < last + datetime.timedelta(hours=1)


def test_an_officer_has_work_at_every_stage(living: Living) -> None:
    work = waiting(living, "officer", "officer")
    assert set(work) >= {
        "to_accept", "corrected", "to_check", "correction_out", "correction_overdue", "blocked",
        "to_publish", "in_publicity", "kept_back", "to_issue",
        "letters_to_issue", "set_aside",
    }  # fmt: skip
    assert "refusals_to_send" in waiting(living, "approver", "approver"), "only an approver may issue it"
    (overdue,) = [item.due_on for item in work["correction_overdue"].first]
    running = [item.due_on for item in work["correction_out"].first]
    assert overdue == datetime.date(2026, 7, 16) < LAST_DAY
    assert len(running) == 2 and all(on is not None and on > LAST_DAY for on in running)
    (kept_back,) = work["kept_back"].first
    refused = who_may.hindrances(living.office, "officer2", "publish", [kept_back.case])[kept_back.case]
    assert refused is not None and refused.code == "refused.finding_open"
    to_issue = issue_many.waiting(living.office)
    assert min(map(len, to_issue)) >= 1 and len(to_issue.letters) == 10


def test_a_case_stands_in_every_state_that_the_acts_lead_to(living: Living) -> None:
    states = living.summary["states"]
    assert set(states) >= {
        "submitted", "accepted", "correction", "formal_check", "eligibility", "expert_review",
        "special_audit", "calculated", "suspended", "publicity", "approved", "issued", "refused",
        "withdrawn", "revoked",
    }  # fmt: skip


def test_findings_wait_to_be_judged_and_one_forbids(living: Living) -> None:
    with living.office.read() as session:
        found = session.execute(
            select(col(Finding.code), col(Application.state))
            .join(Application, col(Application.id) == col(Finding.application_id))
            .where(col(Finding.state) == "open", ~col(Finding.code).startswith("condition."))
        ).all()
    open_ones = Counter(tuple(row) for row in found)
    assert open_ones[("same_contract", "calculated")] == 1
    for code in ("net_above_gross", "same_account", "signed_before_founding"):
        assert open_ones[(code, "formal_check")] >= 1


def test_a_list_is_public_with_an_objection_that_nobody_has_answered(living: Living) -> None:
    (running,) = round_of(living, "2026年度第二批").lists
    assert (running.state, running.cases, running.open_objections) == ("running", 6, 1)
    assert running.days_left == 2 and running.acts(LAST_DAY) == ("object",)
    (first,) = round_of(living, "2026年度第一批").lists
    assert (first.state, first.open_objections, len(first.objections)) == ("ended", 0, 2)


def test_an_approver_has_awards_a_refusal_and_a_supplement_before_them(living: Living) -> None:
    work = waiting(living, "approver", "approver")
    assert set(work) >= {"to_approve", "in_publicity", "blocked", "refusals_to_confirm", "rules_to_confirm"}
    queue = approval_board.queue(living.office, "approver")
    assert (work["to_approve"].cases, work["publicity_to_end"].cases) == (len(queue.ready), 3) == (6, 3)
    assert {one.bar.code for one in queue.cases if one.bar} == {
        "refused.publicity_running", "refused.publicity_to_end", "refused.objection",
    }  # fmt: skip
    would = approval_board.would_approve(living.office, "approver", [one.case for one in queue.ready])
    assert would.ready == tuple(one.case for one in queue.ready) and would.award_fen > 0
    (refusal,) = work["refusals_to_confirm"].first
    for who, refused in (("approver", None), ("approver2", None), ("officer", "refused.not_allowed")):
        bar = who_may.hindrances(living.office, who, "confirm_refusal", [refusal.case])[refusal.case]
        assert (bar.code if bar else None) == refused


def test_the_supplement_that_waits_would_unblock_those_that_a_reading_blocks(living: Living) -> None:
    board = policy_board.board(living.office, "approver")
    (pack,) = (one for one in board if one.ref == "shenzhen-training-voucher@2026")
    (proposed,) = (one for one in pack.supplements if one.state == "proposed")
    assert proposed.parameter == "startup_ceiling" and "confirm_supplement" in proposed.may
    (waits,) = (one for one in pack.waits if one.parameter == "startup_ceiling")
    assert waits.cases >= 3 and len({fen for _, fen in waits.totals}) == 2


def test_finance_has_an_allotment_for_its_second_person(living: Living) -> None:
    assert "allotments_to_confirm" in waiting(living, "finance2", "finance")
    assert "allotments_to_confirm" not in waiting(living, "finance", "finance")
    budgets = budget_board.board(living.office, "finance2").budgets
    filled = {one.key for one in budgets if one.entries}
    assert filled == {"shenzhen-training-voucher/2026", "shenzhen-model-voucher/2026"}


def test_letters_wait_to_be_delivered(living: Living) -> None:
    with living.office.read() as session:
        sent = set(session.execute(select(col(Delivery.letter_id))).scalars())
        issued = session.execute(select(col(Letter.id)).where(col(Letter.kind) == "approval")).scalars()
        waits = [number for number in issued if number not in sent]
    assert len(waits) == 8 and len(sent) > 8


def test_the_whole_of_it_is_clean(living: Living) -> None:
    assert [check.name for check in verify.checks(living.office) if not check.ok] == []
    again = replay.replay(living.office)
    assert again["differ"] == [] and again["same"] == again["decisions"] == living.summary["decisions"]


def test_what_a_case_s_page_offers_is_there(living: Living) -> None:
    """Every case opens, whatever it stands at."""
    with living.office.read() as session:
        newest = {
            state: case
            for case, state in session.execute(select(col(Application.case_no), col(Application.state)))
        }
    for state, case in newest.items():
        view = case_view.view(living.office, "officer", case)
        assert view is not None and view.state == state


def test_who_came_first_was_decided_first(living: Living) -> None:
    """Within the round, whoever is decided came before all that wait for a decision."""
    with living.office.read() as session:
        rows = session.execute(
            select(col(Application.applied_at), col(Application.id), col(Decision.seq))
            .outerjoin(Decision, col(Decision.application_id) == col(Application.id))
            .where(col(Application.round_id) == round_of(living, "2026年度第二批").id)
            .order_by(col(Application.applied_at))
        ).all()
    decided = [seq is not None for _, _, seq in rows]
    assert decided == sorted(decided, reverse=True) and 10 < sum(decided) < len(PLAN)
    assert [number for _, number, _ in rows] == sorted(number for _, number, _ in rows)


def test_no_two_firms_of_different_lots_share_a_name_or_a_code(living: Living) -> None:
    with living.office.read() as session:
        firms = session.execute(select(col(Applicant.code), col(Applicant.name))).all()
    assert len({code for code, _ in firms}) == len({name for _, name in firms}) == len(firms)


@pytest.mark.parametrize("seed", [7, 2026])
def test_the_same_seed_the_same_applications_in_the_order_of_the_plan(seed: int) -> None:
    made = by_hand("second", seed, 120, arrivals())
    assert made == by_hand("second", seed, 120, arrivals()) != by_hand("second", seed + 1, 120, arrivals())
    moments = [facts["applied_at"] for facts in made]
    assert moments == sorted(moments) and len(made) == len(PLAN)
    assert all(stage in LATE for (_, stage), on in zip(PLAN, moments, strict=True) if on >= "2026-07-15")


def test_the_overdue_correction_was_told_in_a_notice(living: Living) -> None:
    with living.office.read() as session:
        asked = select(Correction).where(col(Correction.state) == "open")
        row = session.execute(asked.order_by(col(Correction.due_on)).limit(1)).scalar_one()
        kinds = session.execute(
            select(col(Letter.kind)).where(col(Letter.application_id) == row.application_id)
        ).scalars()
        assert "correction" in list(kinds)
