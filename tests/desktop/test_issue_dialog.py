"""Issuing what waits: each voucher's quota is seen before it is issued, and what was refused is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject, Qt

from casework.boards import approval_board
from casework.core import on_many_cases
from casework.core.change import Change
from casework.core.office import Office
from casework.core.on_many_cases import Effect, Progress
from casework.core.refused import Refused
from casework.issuing import issue_many, vouchers
from casework.issuing.issue_many import ToIssue
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.kit.theme import LIGHT
from desktop.pages.issue_dialog import IssueDialog
from models import Letter, Voucher
from tests.desktop.helpers import settle
from tests.desktop.stages import rows, standing_at

WITHOUT_LETTER = 1


@pytest.fixture
def frame(frame_of: Callable[..., Frame], at_stage: Callable[..., Path]) -> Frame:
    """An officer's window: four awards are approved, and one of them has its voucher and no letter."""
    frame = frame_of("officer", at_stage("publish"))
    standing_at(frame, 2026, 7, 6)
    office = frame.desk.office
    ready = [one.case for one in approval_board.queue(office, "approver").ready][:4]
    on_many_cases.do(office, "approver", [("approve", ready)], minutes="纪要〔2026〕7号")
    vouchers.issue_voucher(office, "officer", ready[0])
    return frame


def ahead_of(frame: Frame, *, refusals: bool = False) -> IssueDialog:
    """The dialog after it has looked ahead."""
    waits = issue_many.waiting(frame.desk.office, 1)
    found = IssueDialog(frame, frame.desk, LIGHT, waits, refusals=refusals)
    found.open()
    settle(frame.desk)
    return found


def of_kind(frame: Frame, kind: str) -> int:
    return len([row for row in rows(frame, Letter) if row.kind == kind])


def test_vouchers_and_letters_are_seen_before_they_are_issued(frame: Frame) -> None:
    said: list[tuple[str, str]] = []
    frame.desk.said.connect(lambda sentence, meaning: said.append((sentence, meaning)))
    ahead = ahead_of(frame)
    assert len(rows(frame, Voucher)) == WITHOUT_LETTER and of_kind(frame, "approval") == 0
    assert [row[1] for row in ahead.table.rows] == ["voucher"] * 3 + ["letter"]
    seen = {row[0]: row[2:4] for row in ahead.table.rows[:3]}
    quota = sum(fen for fen, _ in seen.values())
    assert ahead.says.text() == t("rounds.would_issue", vouchers=3, quota_fen=quota, letters=4, not_=0)
    assert ahead.yes.text() == t("rounds.issue", count=4)
    ahead.yes.click()
    settle(frame.desk)
    made = {row.quota_fen for row in rows(frame, Voucher)[WITHOUT_LETTER:]}
    assert made == {fen for fen, _ in seen.values()}
    assert (len(rows(frame, Voucher)), of_kind(frame, "approval")) == (4, 4)
    told = t("rounds.issued", vouchers=3, letters=4, not_=0)
    assert ahead.says.text() == told and said == [(told, "done")]
    ahead.reject()


def test_notices_of_refusal_are_sent_alone_by_an_approver(
    frame: Frame, beside: Callable[[Frame, str], Frame]
) -> None:
    waits = issue_many.waiting(frame.desk.office, 1)
    ahead = ahead_of(beside(frame, "approver"), refusals=True)
    assert [row[:3] for row in ahead.table.rows] == [(case, "refusal", None) for case in waits.refusals]
    assert ahead.yes.text() == t("rounds.send", count=len(waits.refusals))
    assert of_kind(frame, "refusal") == 0
    ahead.yes.click()
    settle(ahead.desk)
    assert (of_kind(frame, "refusal"), len(rows(frame, Voucher))) == (len(waits.refusals), WITHOUT_LETTER)
    ahead.reject()


def test_what_is_hindered_is_named_and_nothing_is_offered_where_all_is(frame: Frame) -> None:
    waits = issue_many.waiting(frame.desk.office, 1)
    case = waits.vouchers[0]
    vouchers.issue_voucher(frame.desk.office, "officer", case)
    ahead = IssueDialog(frame, frame.desk, LIGHT, ToIssue((case,), (), ()))
    ahead.open()
    settle(frame.desk)
    (row,) = ahead.table.rows
    assert row[0] == case and row[2] is None and row[4]
    assert not ahead.yes.isEnabled()
    ahead.reject()


def test_what_was_refused_meanwhile_stays_in_the_list(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = ahead_of(frame)
    case = ahead.waits.vouchers[0]
    refused = Refused("refused.no_such_case", case=case)

    def issue(*given: object) -> object:
        return Change("issue_voucher"), [Effect(case, "approved", "approved", {}, refused)]

    monkeypatch.setattr(issue_many, "issue", issue)
    ahead.yes.click()
    settle(frame.desk)
    assert ahead.says.text() == t("rounds.issued", vouchers=0, letters=0, not_=1)
    (row,) = ahead.table.rows
    assert (row[0], row[4]) == (case, refused.say("zh"))
    ahead.reject()


def test_stopped_midway_it_says_how_many_are_left(frame: Frame, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = ahead_of(frame)
    whole = issue_many.issue

    def stopping(office: Office, by: str, waits: ToIssue, progress: Progress) -> tuple[Change, list[Effect]]:
        def after_two(done: int, of: int) -> bool:
            if done == 2:
                QMetaObject.invokeMethod(dialog.no, "click", Qt.ConnectionType.BlockingQueuedConnection)
            return progress(done, of) is not False

        return whole(office, by, waits, after_two)

    monkeypatch.setattr(issue_many, "issue", stopping)
    dialog.yes.click()
    settle(frame.desk)
    assert dialog.isVisible() and dialog.no.text() == t("ahead.close")
    assert dialog.says.text() == (
        t("rounds.issued", vouchers=2, letters=0, not_=0) + " " + t("ahead.left", left=5)
    )
