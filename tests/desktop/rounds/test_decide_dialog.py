"""Deciding a round: what each case would get is seen, then stored as it was seen, or stopped in between."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casework.award import deciding, round_preview
from casework.award.closed_budgets import Stopped
from casework.core.refused import Refused
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.pages.rounds.decide_dialog import DecideDialog
from models import Application, Decision
from tests.desktop.helpers import button, settle
from tests.desktop.rounds.conftest import page_of
from tests.desktop.stages import dialog, rows, standing_at


@pytest.fixture
def frame(frame_of: Callable[..., Frame], at_stage: Callable[..., Path]) -> Frame:
    """An officer's window after the round was checked."""
    frame = frame_of("officer", at_stage("check"))
    standing_at(frame, 2026, 6, 18)
    return frame


def looking(frame: Frame) -> DecideDialog:
    """The dialog after it has looked ahead."""
    page = page_of(frame)
    button(page, t("rounds.look_decide")).click()
    settle(frame.desk)
    found = dialog(frame)
    assert isinstance(found, DecideDialog)
    return found


def test_a_round_is_decided_as_it_was_foreseen(frame: Frame) -> None:
    foreseen = round_preview.decide_round(frame.desk.office, "officer", 1)
    ahead = looking(frame)
    assert not rows(frame, Decision), "looking writes nothing"
    assert f"{foreseen.award_fen / 100:,.2f}" in ahead.says.text()
    assert "2026" in ahead.says.text() and "shenzhen" not in ahead.says.text(), "the budget has a name"
    assert len(ahead.table.rows) == len(foreseen.cases)
    assert ahead.yes.text() == t("rounds.decide", count=len(foreseen.cases))
    ahead.yes.click()
    settle(frame.desk)
    made = {row.award_fen for row in rows(frame, Decision)}
    assert made == {one.award_fen for one in foreseen.cases}
    assert sum(row.award_fen or 0 for row in rows(frame, Decision)) == foreseen.award_fen
    assert ahead.isVisible() and ahead.no.text() == t("ahead.close")
    ahead.no.click()
    settle(frame.desk)
    page = page_of(frame)
    assert page.chosen is not None and page.chosen.ready == 0 and page.chosen.publishable.awards > 0


def test_each_case_stands_with_its_outcome_and_why(frame: Frame) -> None:
    ahead = looking(frame)
    assert ahead.seen is not None
    shown = {row[0]: row for row in ahead.table.rows}
    for one in ahead.seen.cases:
        _, applicant, status, _, award_fen, says = shown[one.case]
        assert (applicant, status, award_fen) == (one.applicant, one.status, one.award_fen)
        assert bool(says) == (one.status != "awarded"), "who gets nothing is told why"
    assert {row[2] for row in ahead.table.rows} == {"awarded", "refused", "blocked"}
    ahead.reject()


def test_what_was_said_before_is_said_again_when_it_is_done(frame: Frame) -> None:
    said: list[tuple[str, str]] = []
    frame.desk.said.connect(lambda sentence, meaning: said.append((sentence, meaning)))
    ahead = looking(frame)
    seen = ahead.seen
    assert seen is not None
    ahead.yes.click()
    settle(frame.desk)
    told = t(
        "rounds.decided",
        awarded=seen.counted("awarded"),
        award_fen=seen.award_fen,
        refused=seen.counted("refused"),
        blocked=seen.counted("blocked"),
    )
    assert ahead.says.text() == told and (told, "look") in said, "a blocked case is to be looked at"
    ahead.reject()


def test_deciding_stops_between_two_and_keeps_what_is_done(frame: Frame) -> None:
    ahead = looking(frame)
    ahead.yes.click()
    assert ahead.job is not None
    ahead.job.cancel()
    settle(frame.desk)
    decided = len(rows(frame, Decision))
    assert len(rows(frame, Application)) == 30
    assert decided < len(ahead.table.rows)
    assert ahead.isVisible()
    ahead.reject()


def test_what_is_refused_meanwhile_is_said_beside_the_list(
    frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = looking(frame)
    refused = Refused("refused.stopped")

    def decide_round(*given: object, **named: object) -> deciding.Decided:
        raise refused

    monkeypatch.setattr(deciding, "decide_round", decide_round)
    ahead.yes.click()
    settle(frame.desk)
    assert ahead.fault.text() == refused.say("zh") and ahead.fault.isVisible()
    ahead.reject()


def test_who_closed_the_budget_is_named_above_and_beside_each_case(frame: Frame) -> None:
    ahead = looking(frame)
    seen = ahead.seen
    assert seen is not None
    refused = next(one for one in seen.cases if one.status == "refused")
    closed = Stopped("SZ-7", 1, False)
    ahead._show(seen._replace(cases=(refused._replace(closed_by=closed),)))
    assert closed.say("zh") in ahead.says.text().splitlines()
    assert "SZ-7" in ahead.table.rows[0][-1]
    ahead.reject()
