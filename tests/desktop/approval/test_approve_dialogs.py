"""Approving and returning: what it would move is seen; minutes or a reason must be said; then one by one."""

import pytest

from casework.boards import approval_board
from casework.core import on_many_cases
from casework.core.change import Change
from casework.core.on_many_cases import Effect
from casework.core.refused import Refused
from casework.money import budgets
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.lists.look_ahead_dialog import budget_name
from models import Approval
from tests.desktop.approval.conftest import MINUTES, asks_of, page_of, state
from tests.desktop.helpers import settle, type_text
from tests.desktop.stages import rows


def test_many_are_approved_under_one_record(frame: Frame) -> None:
    office = frame.desk.office
    page = page_of(frame)
    page.table.view.selectAll()
    page.do_approve()
    asks = asks_of(frame)
    found = approval_board.would_approve(office, "approver", [one.case for one in page.queue.cases])
    assert asks.yes.text() == t("approval.approve_n", count=len(found.ready))
    assert not asks.yes.isEnabled(), "without the minutes nothing is approved"
    assert f"{found.award_fen / 100:,.2f}" in asks.says.text()
    (moved,) = found.budgets
    assert (moved.committed_fen, moved.committed_after_fen) == (0, found.award_fen)
    told = t(
        "approval.budget",
        budget=budget_name(moved.key, moved.pack),
        committed_fen=0,
        after_fen=found.award_fen,
        left_fen=moved.left_fen,
    )
    assert told in asks.says.text().splitlines()
    assert len(found.ready) < len(found.cases) and t("approval.hindered", count=1) in asks.says.text()
    type_text(asks.field, MINUTES)
    assert asks.yes.isEnabled()
    asks.yes.click()
    settle(frame.desk)
    made = [row for row in rows(frame, Approval) if row.outcome == "approved"]
    assert len(made) == len(found.ready) and {row.minutes for row in made} == {MINUTES}
    after = budgets.all_in_sight(office)[0]
    assert after is not None and after.committed_fen == found.award_fen
    asks.reject()
    settle(frame.desk)
    assert [one.case for one in page.queue.cases] == [
        one.case for one in found.cases if one.refused is not None
    ]
    page.do_approve()
    again = asks_of(frame)
    assert again.field.text() == MINUTES, "the record named last is offered again"
    assert not again.yes.isEnabled(), "the one left has an objection that was upheld"
    again.reject()


def test_a_case_goes_back_only_with_a_reason(frame: Frame) -> None:
    page = page_of(frame)
    page.come(page.queue.cases[-1].case)
    settle(frame.desk)
    case = page.queue.cases[-1].case
    assert [one.case for one in page.chosen] == [case]
    before = budgets.all_in_sight(frame.desk.office)[0]
    page.do_send_back()
    asks = asks_of(frame)
    type_text(asks.field, "   ")
    assert not asks.yes.isEnabled()
    type_text(asks.field, "异议成立，请重新核查用途")
    asks.yes.click()
    settle(frame.desk)
    assert state(frame.desk.office, case) == "eligibility"
    after = budgets.all_in_sight(frame.desk.office)[0]
    assert before is not None and after is not None
    released = next(one for one in asks.cases if one.case == case).award_fen
    assert after.left_fen - before.left_fen == released
    asks.reject()


def test_what_returning_brings_is_seen_before(frame: Frame) -> None:
    page = page_of(frame)
    page.table.view.pick([0, 1])
    page.do_send_back()
    asks = asks_of(frame)
    two = page.queue.cases[:2]
    assert [row[:3] for row in asks.table.rows] == [(one.case, one.applicant, one.award_fen) for one in two]
    total = two[0].award_fen + two[1].award_fen
    assert asks.says.text() == t("approval.would_return", count=2, sum_fen=total)
    assert asks.yes.text() == t("approval.return_n", count=2) and not asks.yes.isEnabled()
    asks.reject()
    assert [row for row in rows(frame, Approval) if row.outcome == "returned"] == []


def test_what_was_refused_meanwhile_is_named_with_its_case(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(frame)
    good, bad = page.queue.cases[:2]
    refused = Refused("refused.no_such_case", case=bad.case)
    given: list[object] = []

    def do(office: object, person: str, steps: object, going: object, **named: str) -> object:
        given.extend((person, steps, named))
        done = Effect(good.case, "publicity", "approved", {"award_fen": good.award_fen}, None)
        return Change("approve"), [done, Effect(bad.case, "publicity", "publicity", {}, refused)]

    monkeypatch.setattr(on_many_cases, "do", do)
    said: list[tuple[str, str]] = []
    frame.desk.said.connect(lambda sentence, meaning: said.append((sentence, meaning)))
    page.table.view.pick([0, 1])
    page.do_approve()
    asks = asks_of(frame)
    type_text(asks.field, f" {MINUTES} ")
    asks.yes.click()
    settle(frame.desk)
    assert given == ["approver", [("approve", (good.case, bad.case))], {"minutes": MINUTES}]
    told = t("approval.approve.done", count=1, sum_fen=good.award_fen, not_=1)
    assert said == [(told, "look")]
    assert list(asks.table.rows) == [(bad.case, bad.applicant, None, refused.say("zh"))]
    asks.reject()
