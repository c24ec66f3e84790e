"""Rounds through the window: opened, decided after a look ahead, published as shown, objected to, issued."""

import datetime
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from sqlalchemy import func, select
from sqlmodel import col

from casework.award import round_preview
from casework.core.office import SHANGHAI
from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.lists.look_ahead import LookAhead
from desktop.pages.rounds import out
from desktop.pages.rounds.page import RoundsPage
from desktop.pages.rounds.publish import PublishDialog
from models import Application, Content, Decision, Letter, LogEntry, Objection, Publicity, Round, Voucher
from tests.desktop.helpers import button, settle, texts, type_text
from tests.desktop.stages import at_stage, beside, dialog, founded, unset

FIXTURES = (at_stage, beside, founded, unset)


def page_of(frame: Frame) -> RoundsPage:
    assert frame.go("rounds")
    settle(frame.desk)
    assert isinstance(frame.page, RoundsPage)
    return frame.page


def rows(frame: Frame, model: type[Any]) -> list[Any]:
    with frame.desk.office.read() as session:
        return list(session.execute(select(model)).scalars())


def states(frame: Frame) -> dict[str, int]:
    with frame.desk.office.read() as session:
        counted = select(col(Application.state), func.count()).group_by(col(Application.state))
        return {state: count for state, count in session.execute(counted)}  # noqa: C416


def put(asks: AskDialog, code: str, text: str) -> None:
    field = asks.fields[code]
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.clear()
    type_text(field, text)


def standing_at(frame: Frame, year: int, month: int, day: int) -> None:
    at = datetime.datetime(year, month, day, 10, tzinfo=SHANGHAI)
    frame.desk.office.clock = lambda: at


def test_an_office_without_rounds_says_what_to_do(frame_of: Callable[..., Frame], founded: Path) -> None:
    frame = frame_of("officer", founded)
    page = page_of(frame)
    assert t("rounds.none") in texts(page)
    asks_for = [one for one in page.findChildren(QPushButton) if one.text() == t("action.open_round")]
    asks_for[-1].click()
    asks = dialog(frame)
    assert isinstance(asks, AskDialog)
    put(asks, "rounds.name", "2026年度第二批")
    put(asks, "rounds.opens", "2026年13月1日")
    asks.yes.click()
    assert "2026年13月1日" in asks.fault.text() and asks.isVisible()
    assert asks.values()["rounds.name"] == "2026年度第二批", "nothing typed is lost"
    put(asks, "rounds.opens", "２０２６－０８－０１ 09:00")
    put(asks, "rounds.closes", "2026-08-31")
    asks.yes.click()
    settle(frame.desk)
    (made,) = rows(frame, Round)
    assert (made.name, made.year, made.scheme) == ("2026年度第二批", 2026, "shenzhen-training-voucher")
    assert made.opens_at == datetime.datetime(2026, 8, 1, 9, tzinfo=SHANGHAI)
    assert made.closes_at == datetime.datetime(2026, 9, 1, tzinfo=SHANGHAI), "the last day is included"
    settle(frame.desk)
    assert page.chosen is not None and page.chosen.name == "2026年度第二批"


def test_a_round_shows_where_its_cases_are(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("check"))
    page = page_of(frame)
    shown = states(frame)
    said = texts(page)
    assert (
        t("rounds.way.checking") in said
        and str(shown.get("eligibility", 0) + shown.get("accepted", 0)) in said
    )
    assert page.chosen is not None and page.chosen.cases == sum(shown.values())


def test_a_round_is_decided_as_it_was_foreseen(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("check"))
    standing_at(frame, 2026, 6, 18)
    page = page_of(frame)
    foreseen = round_preview.decide_round(frame.desk.office, "officer", 1)
    button(page, t("rounds.look_decide")).click()
    settle(frame.desk)
    ahead = dialog(frame)
    assert isinstance(ahead, LookAhead)
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
    assert page.chosen is not None and page.chosen.ready == 0 and page.chosen.awards > 0


def test_deciding_stops_between_two_and_keeps_what_is_done(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("check"))
    standing_at(frame, 2026, 6, 18)
    page = page_of(frame)
    page.do_decide_round()
    settle(frame.desk)
    ahead = dialog(frame)
    assert isinstance(ahead, LookAhead)
    ahead.yes.click()
    assert ahead.job is not None
    ahead.job.cancel()
    settle(frame.desk)
    decided = len(rows(frame, Decision))
    assert sum(states(frame).values()) == page.chosen.cases if page.chosen else False
    assert decided < len(ahead.table.rows)
    assert ahead.isVisible()
    ahead.reject()


def test_publishing_is_refused_until_the_term_is_set_and_says_where(
    frame_of: Callable[..., Frame], unset: Path
) -> None:
    frame = frame_of("officer", unset)
    page = page_of(frame)
    assert any("publicity_days" in text for text in texts(page))
    page.do_publish_round()
    settle(frame.desk)
    asks = dialog(frame)
    assert isinstance(asks, PublishDialog)
    assert "publicity_days" in asks.fault.text() and not asks.yes.isEnabled()
    asks.set_it.click()
    settle(frame.desk)
    assert frame.page is not None and frame.page.name == "policies"
    assert not rows(frame, Publicity)


def test_what_is_shown_is_what_is_published(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    page = page_of(frame)
    button(page, t("rounds.look_publish")).click()
    settle(frame.desk)
    asks = dialog(frame)
    assert isinstance(asks, PublishDialog)
    assert asks.viewer.document.pageCount() >= 1
    shown = asks.viewer.shown
    assert shown is not None and not rows(frame, Publicity)
    assert "5" in asks.says.text() and asks.yes.isEnabled()
    asks.yes.click()
    settle(frame.desk)
    (letter,) = [row for row in rows(frame, Letter) if row.kind == "publicity"]
    assert hashlib.sha256(shown.stored.body).hexdigest() == letter.content_sha256
    settle(frame.desk)
    assert page.chosen is not None and page.chosen.lists[0].days_left == 6
    assert any(t("rounds.days_left", days=6) in text for text in texts(page))
    button(page, t("rounds.show_list")).click()
    settle(frame.desk)
    assert page.viewer.isVisible() and page.viewer.shown is not None


def test_objections_are_signed_settled_by_another_and_hold_up_the_end(
    frame_of: Callable[..., Frame],
    at_stage: Callable[..., Path],
    beside: Callable[[Frame, str], Frame],
) -> None:
    from casework.issuing import publicity

    frame = frame_of("officer", at_stage("decide"))
    standing_at(frame, 2026, 6, 24)
    publicity.publish(frame.desk.office, "officer", 1)
    page = page_of(frame)
    assert not [one for one in page.findChildren(QPushButton) if one.text() == t("rounds.end")]
    button(page, t("rounds.take_objection")).click()
    settle(frame.desk)
    asks = dialog(frame)
    assert isinstance(asks, AskDialog)
    put(asks, "rounds.grounds", "认为该合同并非用于大模型训练")
    asks.yes.click()
    settle(frame.desk)
    assert "匿名" in asks.fault.text() and not rows(frame, Objection)
    put(asks, "rounds.objector", "湾畔某科技企业（署名）")
    asks.yes.click()
    settle(frame.desk)
    (objection,) = rows(frame, Objection)
    assert objection.grounds == "认为该合同并非用于大模型训练"
    assert not [one for one in page.findChildren(QPushButton) if one.text() == t("rounds.settle")]
    other = beside(frame, "approver")
    theirs = page_of(other)
    button(theirs, t("rounds.settle")).click()
    settles = dialog(other)
    assert isinstance(settles, AskDialog)
    settles.yes.click()
    settle(other.desk)
    assert settles.fault.text(), "a reason is asked for"
    put(settles, "rounds.reason", "经核查用途材料，异议不成立")
    settles.yes.click()
    settle(other.desk)
    assert rows(frame, Objection)[0].state == "dismissed"
    standing_at(frame, 2026, 7, 3)
    page.refresh()
    settle(frame.desk)
    button(page, t("rounds.end")).click()
    ends = dialog(frame)
    assert isinstance(ends, AskDialog)
    ends.yes.click()
    settle(frame.desk)
    assert rows(frame, Publicity)[0].state == "ended"


def test_vouchers_and_letters_are_issued_and_leave_as_files(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path], tmp_path: Path
) -> None:
    from casework.boards import approval_board
    from casework.core import on_many_cases

    frame = frame_of("officer", at_stage("publish"))
    standing_at(frame, 2026, 7, 6)
    office = frame.desk.office
    ready = [one.case for one in approval_board.queue(office, "approver").ready][:4]
    on_many_cases.do(office, "approver", [("approve", ready)], minutes="纪要〔2026〕7号")
    page = page_of(frame)
    button(page, t("rounds.look_issue")).click()
    settle(frame.desk)
    ahead = dialog(frame)
    assert isinstance(ahead, LookAhead)
    assert len(ahead.table.rows) == 4 and not rows(frame, Voucher)
    ahead.yes.click()
    settle(frame.desk)
    assert len(rows(frame, Voucher)) == 4
    ahead.no.click()
    said: list[tuple[str, str]] = []
    frame.desk.said.connect(lambda sentence, meaning: said.append((sentence, meaning)))
    out.print_letters(frame.desk, 1, tmp_path / "通知书.pdf")
    settle(frame.desk)
    with pikepdf.open(tmp_path / "通知书.pdf") as whole:
        assert len(whole.pages) >= 4
    out.export_ledger(frame.desk, tmp_path / "台账.xlsx")
    settle(frame.desk)
    codes = {row.code for row in rows(frame, Voucher)}
    cells = {
        str(cell)
        for sheet in openpyxl.load_workbook(tmp_path / "台账.xlsx", read_only=True).worksheets
        for line in sheet.iter_rows(values_only=True)
        for cell in line
    }
    assert codes <= cells
    assert [meaning for _, meaning in said] == ["done", "done"]
    out.export_ledger(frame.desk, tmp_path / "nowhere" / "台账.xlsx")
    out.print_letters(frame.desk, 1, tmp_path / "nowhere" / "通知书.pdf")
    settle(frame.desk)
    assert [meaning for _, meaning in said[2:]] == ["look", "look"], "told, and no bug"


def test_a_list_is_saved_byte_for_byte(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path], tmp_path: Path
) -> None:
    frame = frame_of("auditor", at_stage("publish"))
    page = page_of(frame)
    assert page.chosen is not None
    letter = page.chosen.lists[0].letter
    assert letter is not None
    out.save_letter(frame.desk, letter, tmp_path / "名单.pdf")
    settle(frame.desk)
    with frame.desk.office.read() as session:
        body = session.execute(
            select(col(Content.body)).where(col(Content.sha256) == page.chosen.lists[0].sha256)
        ).scalar_one()
    assert (tmp_path / "名单.pdf").read_bytes() == bytes(body)
    assert rows(frame, LogEntry)[-1].act == "export"


def test_who_only_reads_is_offered_nothing_to_do(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path]
) -> None:
    frame = frame_of("auditor", at_stage("decide"))
    page = page_of(frame)
    words = {one.text() for one in page.findChildren(QPushButton) if not one.isHidden()}
    for code in ("rounds.look_decide", "rounds.look_publish", "rounds.look_issue", "rounds.close"):
        assert t(code) not in words
    assert {action.name for action in frame.offers()} == {"print_letters", "export_ledger"}
