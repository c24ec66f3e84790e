"""A portal's file through the window: looked at, mended in place, taught, stopped, stored at once."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from sqlalchemy import func, select
from sqlmodel import col

from desktop.frame.main_window import Frame
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.import_.page import ImportPage
from desktop.pages.import_.rejects import COLUMNS, TYPED
from models import Application, ApplicationVersion, Finding, LogEntry
from tests.desktop.helpers import button, press, settle, soon, texts, type_text
from tests.desktop.import_.conftest import cases, file, look, reasons, type_cell
from tests.papers.portal_files import HEADINGS, application, code, table, workbook

SHEET, AMOUNT, CREDIT = "Sheet1", "合同金额（元）", "统一社会信用代码"


def test_the_page_says_what_to_do_and_what_was_imported_last(page: ImportPage) -> None:
    said = texts(page)
    assert t("import.drop") in said
    assert any("30" in text and "接收" in text for text in said)


def test_looking_stores_nothing_and_names_each_cell(page: ImportPage, tmp_path: Path) -> None:
    bad = application(2, contract_amount="待定", applicant="91440300MA5T000029")
    look(page, file(tmp_path, application(1), bad, application(3, signed_on=None)))
    assert page.steps.currentWidget() is page.seen
    assert reasons(page) == [(3, CREDIT, False), (3, AMOUNT, False)]
    assert "1" in page.seen.figures.buttons["rejected"].text()
    assert page.seen.store.text() == t("import.store", count=2)
    first = page.seen.faults.faults
    why = first.index(0, COLUMNS.index("why")).data()
    assert why and not why.startswith("第"), "the row and column stand in columns of their own"
    page.seen.faults.setCurrentIndex(first.index(1, TYPED))
    assert "第 3 行" in page.seen.detail.text()
    assert not cases(page.desk.office)


def test_a_cell_is_typed_over_in_place_and_everything_is_stored_at_once(
    page: ImportPage, tmp_path: Path
) -> None:
    rows = [application(1), application(2, contract_amount="待定", applicant_name=None)]
    look(page, file(tmp_path, *rows))
    assert reasons(page) == [(3, AMOUNT, False), (3, "单位名称", False)]
    wanted = {AMOUNT: "１２，０００．５０", "单位名称": "深圳市钧灵智算有限公司"}
    for at, (_, heading, _) in enumerate(reasons(page)):
        type_cell(page, at, wanted[heading])
        settle(page.desk)
    assert [mended for _, _, mended in reasons(page)] == [True, True]
    assert page.seen.store.text() == t("import.store", count=2)
    page.seen.store.click()
    settle(page.desk)
    assert cases(page.desk.office) == ["T0001", "T0002"]
    with page.desk.office.read() as session:
        version = session.execute(
            select(ApplicationVersion).where(col(ApplicationVersion.applicant_name).like("%钧灵智算%"))
        ).scalar_one()
        entry = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)).scalar_one()
    assert version.contract_amount_fen == 1_200_050
    corrected = {(each["row"], each["heading"]): (each["was"], each["now"]) for each in
                 json.loads(entry.payload)["corrected"]}  # fmt: skip
    assert corrected[3, AMOUNT] == ("待定", "12,000.50"), "narrow as soon as it is committed, as everywhere"
    assert corrected[3, "单位名称"] == ("", "深圳市钧灵智算有限公司")
    assert page.steps.currentWidget() is page.begin
    assert any("门户导出.xlsx" in text for text in texts(page))


def click_and_type(page: ImportPage, row: int, keys: str, wait: int) -> None:
    """Click the cell, the current one too, and type at once (or a moment after), as a hand does."""
    view = page.seen.faults
    place = view.visualRect(view.faults.index(row, TYPED)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.qWait(wait)
    QTest.keyClick(view, Qt.Key(ord(keys[0])))
    QTest.qWait(2 * QApplication.doubleClickInterval())  # whatever the click would open has opened by now
    field = view.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, keys[1:])
    press(field, Qt.Key.Key_Return)
    soon(lambda: not view.editing())
    settle(page.desk)


@pytest.mark.parametrize("wait", [0, 700])
def test_the_first_key_typed_into_a_clicked_cell_is_stored(
    page: ImportPage, tmp_path: Path, wait: int
) -> None:
    look(page, file(tmp_path, application(1, contract_amount="待定")))
    page.seen.faults.setCurrentIndex(page.seen.faults.faults.index(0, TYPED))
    click_and_type(page, 0, "1200000", wait)
    (fault,) = page.seen.faults.faults.faults
    assert (fault.typed, fault.mended) == ("1,200,000.00", True)
    why = page.seen.faults.faults.index(0, COLUMNS.index("why")).data()
    assert why == f"{t('import.mended')}  壹佰贰拾万元整"
    page.do_store_import()
    settle(page.desk)
    with page.desk.office.read() as session:
        stored = select(ApplicationVersion.contract_amount_fen).join(  # type: ignore[call-overload]
            Application, col(Application.id) == col(ApplicationVersion.application_id)
        )
        assert session.execute(stored.where(col(Application.case_no) == "T0001")).scalar_one() == 120_000_000


def test_an_amount_is_said_in_capitals_while_it_is_typed_and_a_sum_counts_in_the_columns_unit(
    page: ImportPage, tmp_path: Path
) -> None:
    headings = {**HEADINGS, "contract_amount": "合同金额（万元）"}
    rows = (application(1, contract_amount="待定"), application(2, contract_amount="待定"))
    look(page, workbook(tmp_path / "a.xlsx", table(*rows, headings=headings)))
    view = page.seen.faults
    view.setFocus()
    view.setCurrentIndex(view.faults.index(0, TYPED))
    QTest.keyClick(view, Qt.Key.Key_9)
    assert page.seen.reading.text() == "玖万元整"
    field = view.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.clear()
    type_text(field, "1.5+2亿")
    assert page.seen.reading.text() == "贰亿零壹万伍仟元整"
    press(field, Qt.Key.Key_Return)
    soon(lambda: not view.editing())
    settle(page.desk)
    assert page.seen.reading.text() == ""
    assert page.typed.cells == {(SHEET, 2, "合同金额（万元）"): "200,015,000.00元"}
    assert [fault.mended for fault in view.faults.faults] == [True, False]
    assert page.seen.preview is not None
    (taken,) = page.seen.preview.imported.taken
    assert taken.contract_amount_fen == 20_001_500_000


def test_what_is_typed_wrong_again_stays_with_its_new_reason(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1, contract_amount="待定")))
    type_cell(page, 0, "约五百万")
    settle(page.desk)
    (fault,) = page.seen.faults.faults.faults
    assert (fault.value, fault.typed, fault.mended) == ("待定", "约五百万", False)
    type_cell(page, 0, "待定")
    settle(page.desk)
    (fault,) = page.seen.faults.faults.faults
    assert fault.typed is None and not page.typed.cells


def test_nothing_typed_is_lost_when_a_reading_comes_back_meanwhile(page: ImportPage, tmp_path: Path) -> None:
    rows = [application(1, contract_amount="?"), application(2, contract_amount="?")]
    look(page, file(tmp_path, *rows))
    type_cell(page, 0, "100")
    view = page.seen.faults
    view.setCurrentIndex(view.faults.index(1, TYPED))
    press(view, Qt.Key.Key_F2)
    field = view.viewport().findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    type_text(field, "2")
    settle(page.desk)
    assert view.editing() and field.text() == "2"
    type_text(field, "00")
    press(field, Qt.Key.Key_Return)
    soon(lambda: not view.editing())
    settle(page.desk)
    assert [fault.mended for fault in view.faults.faults] == [True, True]
    assert page.typed.cells == {(SHEET, 2, AMOUNT): "100.00", (SHEET, 3, AMOUNT): "200.00"}


def test_a_heading_is_taught_and_kept_for_the_next_file(page: ImportPage, tmp_path: Path) -> None:
    headings = {**HEADINGS, "leased_in_year": "当年用卡费用"}
    path = workbook(tmp_path / "a.xlsx", table(application(1, leased_in_year=5), headings=headings))
    look(page, path)
    box = page.seen.headings.boxes["当年用卡费用"]
    assert isinstance(box, QComboBox)
    place = box.findData("leased_in_year")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    settle(page.desk)
    page.do_store_import()
    settle(page.desk)
    with page.desk.office.read() as session:
        wanted = col(ApplicationVersion.leased_in_year_fen) == 500
        assert session.execute(select(func.count()).where(wanted)).scalar_one() == 1
    again = workbook(tmp_path / "b.xlsx", table(application(2, leased_in_year=7), headings=headings))
    look(page, again)
    assert page.seen.headings.isHidden()


def test_a_missing_heading_can_be_taught_before_anything_is_read(page: ImportPage, tmp_path: Path) -> None:
    headings = {**HEADINGS, "contract_amount": "价码"}
    look(page, workbook(tmp_path / "a.xlsx", table(application(1), headings=headings)))
    assert page.steps.currentWidget() is page.begin
    assert "合同金额" in page.fault.text()
    place = page.unknown.boxes["价码"].findData("contract_amount")
    page.unknown.boxes["价码"].activated.emit(place)
    settle(page.desk)
    assert page.steps.currentWidget() is page.seen
    assert page.seen.store.text() == t("import.store", count=1)


def test_a_file_that_is_no_table_is_refused_in_a_sentence(page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "信.xlsx"
    path.write_bytes(b"%PDF-1.7 nothing of a table")
    look(page, path)
    assert page.steps.currentWidget() is page.begin
    assert not page.fault.isHidden() and "信.xlsx" in page.fault.text()
    look(page, tmp_path / "gone.xlsx")
    assert "gone.xlsx" in page.fault.text()


def test_stopping_comes_back_at_once_and_leaves_the_office_as_it_was(
    page: ImportPage, tmp_path: Path
) -> None:
    path = file(tmp_path, *(application(number) for number in range(1, 3000)))
    page.look_at(path)
    button(page.working, t("import.stop")).click()
    soon(lambda: page.steps.currentWidget() is page.begin)
    look(page, path)
    assert page.seen.store.isEnabled()
    before = page.desk.office.store
    page.do_store_import()
    page.stop()
    settle(page.desk)
    assert page.steps.currentWidget() is page.seen
    assert not cases(page.desk.office) and before is page.desk.office.store
    page.do_store_import()
    settle(page.desk)
    assert len(cases(page.desk.office)) == 2999


def test_what_was_corrected_is_offered_again_after_a_crash(
    frame_of: Callable[..., Frame], tmp_path: Path
) -> None:
    first = frame_of("officer")
    first.go("import")
    settle(first.desk)
    page = first.page
    assert isinstance(page, ImportPage)
    look(page, file(tmp_path, application(1, contract_amount="?")))
    type_cell(page, 0, "9900")
    settle(first.desk)
    again = frame_of("officer")
    again.go("import")
    settle(again.desk)
    assert isinstance(again.page, ImportPage)
    assert any("门户导出.xlsx" in text and "1 处" in text for text in texts(again.page))
    button(again.page, t("import.go_on")).click()
    settle(again.desk)
    assert [fault.typed for fault in again.page.seen.faults.faults.faults] == ["9,900.00"]
    again.page.do_store_import()
    settle(again.desk)
    assert cases(again.desk.office) == ["T0001"]
    assert again.page.kept.read() is None


def test_rejected_rows_are_saved_as_a_workbook(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1), application(2, contract_amount="?")))
    page.save_rejects(tmp_path / "退回.xlsx")
    settle(page.desk)
    sheet = openpyxl.load_workbook(tmp_path / "退回.xlsx").worksheets[0]
    assert "演示" in str(sheet["A1"].value)
    assert next(cell.value for cell in sheet[3]) == "T0002"
    said: list[str] = []
    page.desk.said.connect(lambda sentence, meaning: said.append(sentence))
    page.save_rejects(tmp_path / "no folder" / "退回.xlsx")
    settle(page.desk)
    assert said and "未能保存" in said[-1]


def test_a_file_is_dropped_on_the_page(page: ImportPage, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file(tmp_path, application(1))))])
    event = QDropEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    page.dropEvent(event)
    settle(page.desk)
    assert page.steps.currentWidget() is page.seen


def test_a_file_that_changed_meanwhile_is_looked_at_again(page: ImportPage, tmp_path: Path) -> None:
    path = file(tmp_path, application(1))
    look(page, path)
    file(tmp_path, application(1, contract_amount=1, applicant=code(7)))
    page.do_store_import()
    settle(page.desk)
    assert not cases(page.desk.office)
    assert "改动过" in page.seen.says.text()


def test_every_button_has_words_and_can_be_reached(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1)))
    for one in page.findChildren(QPushButton):
        if not one.isHidden():
            assert one.text(), one
    assert page.seen.faults.accessibleName() and page.seen.into.accessibleName()


def test_of_two_columns_of_one_heading_one_is_chosen(page: ImportPage, tmp_path: Path) -> None:
    lines = table(application(1), application(2))
    for line, more in zip(
        lines, (("联系电话", "联系电话"), ("13800000001", "0755-1"), ("1", "2")), strict=True
    ):
        line += more
    look(page, workbook(tmp_path / "门户导出.xlsx", lines))
    assert page.steps.currentWidget() is page.begin and "联系电话 (2)" in page.fault.text()
    assert list(page.unknown.boxes) == ["联系电话 (1)", "联系电话 (2)"]
    box = page.unknown.boxes["联系电话 (2)"]
    box.setCurrentIndex(box.findData("-"))
    box.activated.emit(box.currentIndex())
    settle(page.desk)
    assert page.steps.currentWidget() is page.seen
    page.seen.store.click()
    settle(page.desk)
    assert cases(page.desk.office) == ["T0001", "T0002"]


def test_what_the_applications_are_for_says_which_columns_a_file_needs(
    page: ImportPage, tmp_path: Path
) -> None:
    headings = {name: said for name, said in HEADINGS.items() if not name.startswith("provider")}
    assert not page.scheme.isHidden() and page.scheme.current() == "shenzhen-training-voucher"
    look(page, workbook(tmp_path / "a.xlsx", table(application(1), headings=headings)))
    assert page.steps.currentWidget() is page.begin and "服务机构" in page.fault.text()
    box, offered = page.scheme.box, page.seen.into.count()
    box.setCurrentIndex(box.findData("shenzhen-corpus-voucher"))
    box.activated.emit(box.currentIndex())
    settle(page.desk)
    assert (offered, page.seen.into.count()) == (2, 1), "a round of another scheme is not offered"
    assert page.steps.currentWidget() is page.seen
    page.seen.store.click()
    settle(page.desk)
    with page.desk.office.read() as session:
        stored = session.execute(select(col(Application.scheme)).where(col(Application.case_no) == "T0001"))
        assert stored.scalar_one() == "shenzhen-corpus-voucher"


def test_a_code_that_the_licence_has_is_confirmed_in_the_list(page: ImportPage, tmp_path: Path) -> None:
    wrong = "91350203M000100X18"
    look(page, file(tmp_path, application(1, applicant=wrong), application(2, applicant=wrong[:17])))
    page.seen.faults.setCurrentIndex(page.seen.faults.faults.index(1, TYPED))
    assert page.seen.confirm.isHidden(), "a length is never confirmed"
    page.seen.faults.setCurrentIndex(page.seen.faults.faults.index(0, TYPED))
    assert not page.seen.confirm.isHidden()
    page.seen.confirm.click()
    (dialog,) = page.seen.findChildren(AskDialog)
    (field,) = dialog.fields.values()
    assert isinstance(field, QLineEdit)
    field.setText("与营业执照一致")
    dialog.yes.click()
    settle(page.desk)
    assert [row for row, _, _ in reasons(page)] == [3]
    page.seen.store.click()
    settle(page.desk)
    assert cases(page.desk.office) == ["T0001"]
    with page.desk.office.read() as session:
        found = session.execute(select(Finding).where(col(Finding.code) == "code_confirmed")).scalars().all()
        entry = session.execute(select(LogEntry).order_by(col(LogEntry.seq).desc()).limit(1)).scalar_one()
    assert len(found) == 1
    assert json.loads(entry.payload)["confirmed"] == {wrong: "与营业执照一致"}
