"""The approver's day through the window, and an office's whole day with two people, from file to voucher."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select, update
from sqlmodel import col

from casework.audit.verify import checks
from casework.award.standing_decision import standing_decision
from casework.boards import approval_board
from casework.core.who_may import Who
from casework.issuing.approval import changed_since
from casework.review import checking
from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.lists.look_ahead_dialog import LookAhead
from desktop.pages.import_.page import ImportPage
from desktop.pages.rounds.decide_dialog import REASON as GO_ON
from desktop.pages.rounds.page import RoundsPage
from desktop.pages.rounds.publish import PublishDialog
from models import Admission, Application, Letter, Voucher
from models.faults import OfficeFault
from tests.casework.books import do
from tests.desktop.approval.conftest import MINUTES, asks_of, page_of, state
from tests.desktop.helpers import button, press, settle, texts, type_text
from tests.desktop.stages import dialog, rows, standing_at
from tests.papers.portal_files import application, table, workbook


def test_the_queue_shows_the_first_case_whole(frame: Frame) -> None:
    page = page_of(frame)
    queue = approval_board.queue(frame.desk.office, "approver")
    assert [row[1] for row in page.table.rows] == [one.case for one in queue.cases]
    assert page.table.rows[0][0] == "ready" and page.table.rows[-1][0] == "refused.objection"
    first = queue.cases[0]
    said = texts(page.detail)
    assert first.applicant in said
    assert any(t("approval.unchanged") in text for text in said)
    assert any(f"{first.award_fen / 100:,.2f}" in text for text in said)
    opened: list[str] = []
    page.opened.disconnect()
    page.opened.connect(opened.append)
    button(page.detail, t("approval.open", case=first.case)).click()
    assert opened == [first.case]


def test_the_case_one_goes_to_is_shown(frame: Frame) -> None:
    page = page_of(frame)
    page.table.view.setFocus()
    press(page.table.view, Qt.Key.Key_Down)
    QTest.qWait(10)
    settle(frame.desk)
    assert page.detail.file is not None
    assert page.detail.file.case == page.queue.cases[1].case
    third = page.queue.cases[2].case
    frame.go("approval", third)
    settle(frame.desk)
    assert page.detail.file.case == third


def test_what_changed_since_it_was_prepared_is_told(frame: Frame) -> None:
    office = frame.desk.office
    do(
        office,
        lambda turn: turn.session.execute(update(Admission).values(until_on=datetime.date(2026, 1, 1))),
    )
    with office.read() as session:
        case = approval_board.queue(office, "approver").cases[0].case
        row = session.execute(select(Application).where(col(Application.case_no) == case)).scalar_one()
        decision = standing_decision(session, row.id)
        who = Who.named(office, session, "approver")
        assert decision is not None and changed_since(who, row, decision)
    page = page_of(frame)
    said = texts(page.detail)
    assert t("approval.changed") in said and t("approval.changed.was") in said
    assert t("field.provider_admitted") in said
    assert "refused.changed_since" in {row[0] for row in page.table.rows}


def test_refusals_are_signed_by_the_approver(frame: Frame) -> None:
    page = page_of(frame)
    waits = len(page.queue.refusals)
    assert waits and page.refusals.isVisible()
    page.do_send_refusals()
    settle(frame.desk)
    ahead = dialog(frame)
    assert isinstance(ahead, LookAhead)
    ahead.yes.click()
    settle(frame.desk)
    assert len([row for row in rows(frame, Letter) if row.kind == "refusal"]) == waits
    ahead.reject()
    settle(frame.desk)
    assert not page.refusals.isVisible()


def test_no_refusal_is_signed_in_an_office_that_can_only_be_read(frame: Frame) -> None:
    frame.desk.office.store.only_read = OfficeFault("office.asked_to_read", path="own.office")
    page = page_of(frame)
    assert page.queue.refusals and not page.refusals.isVisible()


def test_the_officer_has_no_such_page(frame_of: Callable[..., Frame], at_stage: Callable[..., Path]) -> None:
    frame = frame_of("officer", at_stage("publish"))
    settle(frame.desk)
    assert "approval" not in frame.rail_buttons


def test_the_offices_day_from_the_portals_file_to_the_voucher(
    frame_of: Callable[..., Frame],
    beside: Callable[[Frame, str], Frame],
    tmp_path: Path,
    monkeypatch: Any,
) -> None:
    """An officer opens a round, imports, decides and publishes; an approver approves; the officer issues."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    officer = frame_of("officer")
    office = officer.desk.office
    standing_at(officer, 2026, 7, 20)

    officer.go("rounds")
    settle(officer.desk)
    rounds = officer.page
    assert isinstance(rounds, RoundsPage)
    rounds.do_open_round()
    opens = dialog(officer)
    assert isinstance(opens, AskDialog)
    for code, text in (
        ("rounds.name", "2026年度第二批"),
        ("rounds.opens", "2026-07-01"),
        ("rounds.closes", "2026-07-31"),
    ):
        field = opens.fields[code]
        assert isinstance(field, QLineEdit)
        type_text(field, text)
    opens.yes.click()
    settle(officer.desk)

    officer.go("import")
    settle(officer.desk)
    page = officer.page
    assert isinstance(page, ImportPage)
    arrived = datetime.datetime(2026, 7, 10, 9)
    path = workbook(
        tmp_path / "第二批.xlsx",
        table(application(1, applied_at=arrived), application(2, applied_at=arrived, related_party="是")),
    )
    page.look_at(path)
    settle(officer.desk)
    page.do_store_import()
    settle(officer.desk)
    assert (state(office, "T0001"), state(office, "T0002")) == ("submitted", "submitted")
    for case in ("T0001", "T0002"):
        checking.accept(office, "officer", case)

    officer.go("rounds")
    rounds.refresh()
    settle(officer.desk)
    rounds.list.setCurrentRow(0)
    assert rounds.chosen is not None and (rounds.chosen.name, rounds.chosen.ready) == ("2026年度第二批", 2)
    rounds.do_decide_round()
    settle(officer.desk)
    ahead = dialog(officer)
    assert isinstance(ahead, LookAhead)
    why = ahead.fields[GO_ON]
    assert isinstance(why, QLineEdit)
    type_text(why, "两份申请的合同编号已与原件核对")
    ahead.yes.click()
    settle(officer.desk)
    ahead.reject()
    settle(officer.desk)
    assert (state(office, "T0001"), state(office, "T0002")) == ("calculated", "refused")

    rounds.do_publish_round()
    settle(officer.desk)
    publishes = dialog(officer)
    assert isinstance(publishes, PublishDialog)
    publishes.yes.click()
    settle(officer.desk)
    assert state(office, "T0001") == "publicity"

    standing_at(officer, 2026, 7, 28)
    rounds.refresh()
    settle(officer.desk)
    button(rounds, t("rounds.end")).click()
    ends = dialog(officer)
    assert isinstance(ends, AskDialog)
    ends.yes.click()
    settle(officer.desk)

    approver = beside(officer, "approver")
    approves = page_of(approver)
    approves.come("T0001")
    settle(approver.desk)
    approves.do_approve()
    asks = asks_of(approver)
    type_text(asks.field, MINUTES)
    asks.yes.click()
    settle(approver.desk)
    assert state(office, "T0001") == "approved"
    asks.reject()
    approves.do_send_refusals()
    settle(approver.desk)
    notices = dialog(approver)
    assert isinstance(notices, LookAhead)
    notices.yes.click()
    settle(approver.desk)
    notices.reject()
    settle(approver.desk)

    rounds.refresh()
    settle(officer.desk)
    rounds.do_issue_round()
    settle(officer.desk)
    issues = dialog(officer)
    assert isinstance(issues, LookAhead)
    issues.yes.click()
    settle(officer.desk)
    issues.reject()
    settle(officer.desk)
    assert state(office, "T0001") == "issued"
    with office.read() as session:
        voucher = session.execute(
            select(Voucher)
            .join(Application, col(Application.id) == col(Voucher.application_id))
            .where(col(Application.case_no) == "T0001")
        ).scalar_one()
        kinds = session.execute(
            select(col(Application.case_no), col(Letter.kind))
            .join(Application, col(Application.id) == col(Letter.application_id))
            .where(col(Application.case_no).in_(("T0001", "T0002")))
            .order_by(col(Application.case_no))
        ).all()
    assert voucher.quota_fen == 400_000_000
    assert [tuple(row) for row in kinds] == [("T0001", "approval"), ("T0002", "refusal")]
    assert [check.name for check in checks(office) if not check.ok] == []


def test_where_nothing_waits_nothing_can_be_pressed(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("approver", at_stage("decide"))
    page = page_of(frame)
    assert not page.queue.cases
    for words in ("action.approve", "action.send_back", "action.pick_ready"):
        assert not button(frame, t(words)).isEnabled(), words
    assert not frame.shortcuts["approve"].isEnabled()
    said = next(text for text in texts(page) if text.startswith("现在没有"))
    assert [len(line) > 3 for line in said.split("\n")] == [True, True], "a sentence a line, no lone word"


def test_where_a_case_is_ready_it_can_be_approved(frame: Frame) -> None:
    page = page_of(frame)
    assert page.queue.ready and button(frame, t("action.approve")).isEnabled()
    assert button(frame, t("action.send_back")).isEnabled() and frame.shortcuts["approve"].isEnabled()
