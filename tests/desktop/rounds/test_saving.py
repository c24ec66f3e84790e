"""What leaves the page of rounds as files: letters for the printer, the ledger, a list byte for byte."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from sqlalchemy import select
from sqlmodel import col

from casework.boards import approval_board
from casework.core import on_many_cases
from casework.issuing import issue_many
from casework.outgoing import issuing_sheets
from desktop.frame.main_window import Frame
from desktop.kit.language import t
from desktop.pages.rounds import saving
from models import Content, LogEntry, Voucher
from tests.desktop.helpers import settle
from tests.desktop.rounds.conftest import page_of
from tests.desktop.stages import rows, standing_at

Said = list[tuple[str, str]]


@pytest.fixture
def issued(frame_of: Callable[..., Frame], at_stage: Callable[..., Path]) -> tuple[Frame, Said]:
    """An officer's window after four vouchers and letters were issued, and what it says."""
    frame = frame_of("officer", at_stage("publish"))
    standing_at(frame, 2026, 7, 6)
    office = frame.desk.office
    ready = [one.case for one in approval_board.queue(office, "approver").ready][:4]
    on_many_cases.do(office, "approver", [("approve", ready)], minutes="纪要〔2026〕7号")
    issue_many.issue(office, "officer", issue_many.waiting(office, 1))
    said: Said = []
    frame.desk.said.connect(lambda sentence, meaning: said.append((sentence, meaning)))
    return frame, said


def test_the_letters_of_a_round_go_to_the_printer_as_one_file(
    issued: tuple[Frame, Said], tmp_path: Path
) -> None:
    frame, said = issued
    saving.print_letters(frame.desk, 1, tmp_path / "通知书.pdf")
    settle(frame.desk)
    with pikepdf.open(tmp_path / "通知书.pdf") as whole:
        pages = len(whole.pages)
    assert pages >= 4
    assert said == [(t("rounds.printed", letters=4, pages=pages, file="通知书.pdf"), "done")]


def test_the_issuing_sheets_of_a_round_go_into_a_folder(issued: tuple[Frame, Said], tmp_path: Path) -> None:
    frame, said = issued
    saving.save_sheets(frame.desk, 1, tmp_path / "签批单")
    settle(frame.desk)
    made = sorted(path.name for path in (tmp_path / "签批单").iterdir())
    assert len(made) >= 4 and made[0] == "approval-2026-00001.sheet.pdf"
    assert said == [(t("rounds.sheets_saved", sheets=len(made), folder="签批单"), "done")]
    assert issuing_sheets.save_sheets(frame.desk.office, "officer", tmp_path / "none", round_id=99) == []


def test_the_ledger_holds_every_voucher(issued: tuple[Frame, Said], tmp_path: Path) -> None:
    frame, said = issued
    saving.export_ledger(frame.desk, tmp_path / "台账.xlsx")
    settle(frame.desk)
    codes = {row.code for row in rows(frame, Voucher)}
    cells = {
        str(cell)
        for sheet in openpyxl.load_workbook(tmp_path / "台账.xlsx", read_only=True).worksheets
        for line in sheet.iter_rows(values_only=True)
        for cell in line
    }
    assert len(codes) == 4 and codes <= cells
    assert said == [(t("rounds.ledger_saved", rows=4, file="台账.xlsx"), "done")]


def test_what_can_not_be_written_is_told_and_no_bug(issued: tuple[Frame, Said], tmp_path: Path) -> None:
    frame, said = issued
    saving.export_ledger(frame.desk, tmp_path / "nowhere" / "台账.xlsx")
    saving.print_letters(frame.desk, 1, tmp_path / "nowhere" / "通知书.pdf")
    settle(frame.desk)
    assert [meaning for _, meaning in said] == ["look", "look"]
    assert not (tmp_path / "nowhere").exists()


def test_a_list_is_saved_byte_for_byte(
    frame_of: Callable[..., Frame], at_stage: Callable[..., Path], tmp_path: Path
) -> None:
    frame = frame_of("auditor", at_stage("publish"))
    page = page_of(frame)
    assert page.chosen is not None
    letter = page.chosen.lists[0].letter
    assert letter is not None
    saving.save_letter(frame.desk, letter, tmp_path / "名单.pdf")
    settle(frame.desk)
    with frame.desk.office.read() as session:
        body = session.execute(
            select(col(Content.body)).where(col(Content.sha256) == page.chosen.lists[0].sha256)
        ).scalar_one()
    assert (tmp_path / "名单.pdf").read_bytes() == bytes(body)
    assert rows(frame, LogEntry)[-1].act == "export"
