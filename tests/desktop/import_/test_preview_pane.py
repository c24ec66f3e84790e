"""The preview of a file: its figures, cells to mend, whom a row clashes with, what storing would do."""

from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from casework.intake import rounds
from desktop.kit.language import t
from desktop.pages.import_.file_widgets import Figures
from desktop.pages.import_.page import ImportPage
from models import Application
from tests.desktop.helpers import button, settle
from tests.desktop.import_.conftest import cases, file, look, reasons, type_cell
from tests.papers.odd_files import hide
from tests.papers.portal_files import application

AMOUNT = "合同金额（元）"


def test_what_is_wrong_is_shown_first_and_each_figure_leads_to_its_rows(
    page: ImportPage, tmp_path: Path
) -> None:
    look(page, file(tmp_path, application(1), application(2, contract_amount="?"), application(3)))
    pane = page.seen
    assert pane.tables.currentIndex() == Figures.NAMES.index("rejected")
    assert pane.file.text() == t(
        "import.file", file="门户导出.xlsx", rows="3", new="2", changed="0", unchanged="0"
    )
    assert pane.clash.isHidden(), "no case of the office is named"
    pane.figures.choose("accepted")
    assert pane.tables.currentIndex() == Figures.NAMES.index("accepted")
    assert [tuple(row) for row in pane.accepted.rows] == [
        (2, "T0001", "深圳市试验1号科技有限公司", 800_000_000, 1),
        (4, "T0003", "深圳市试验3号科技有限公司", 800_000_000, 1),
    ]


def test_a_file_without_fault_shows_what_it_found_or_took(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1)))
    pane = page.seen
    assert pane.preview is not None
    first = "findings" if pane.preview.imported.findings else "accepted"
    assert pane.tables.currentIndex() == Figures.NAMES.index(first)
    assert pane.fault_stack.currentIndex() == 1, "there is nothing to mend"
    assert pane.store.isEnabled() and not pane.save.isEnabled()


def test_a_mended_cell_stays_where_it_was(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1, contract_amount="?"), application(2, contract_amount="?")))
    type_cell(page, 0, "100")
    settle(page.desk)
    assert reasons(page) == [(2, AMOUNT, True), (3, AMOUNT, False)]


def test_a_clash_is_shown_with_the_case_that_is_there(page: ImportPage, tmp_path: Path) -> None:
    with page.desk.office.read() as session:
        state = select(col(Application.case_no)).where(col(Application.state) == "issued").limit(1)
        there = session.execute(state).scalar_one()
    look(page, file(tmp_path, application(1, case=there)))
    opened: list[str] = []
    page.opened.disconnect()
    page.opened.connect(opened.append)
    assert "已发券" in page.seen.detail.text()
    button(page.seen, t("import.open_clash", case=there)).click()
    assert opened == [there]


def test_a_contract_that_another_case_claims_leads_to_that_case(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1)))
    page.do_store_import()
    settle(page.desk)
    look(page, file(tmp_path, application(2, contract_no="SZ-2026-0001"), name="b.xlsx"))
    assert [row[3] for row in page.seen.findings.rows if row[3]] == ["T0001"]
    opened: list[str] = []
    page.opened.disconnect()
    page.opened.connect(opened.append)
    page.seen.findings.opened.emit([row[3] for row in page.seen.findings.rows].index("T0001"))
    assert opened == ["T0001"]


def test_all_or_nothing_waits_for_the_last_row(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1), application(2, contract_amount="?")))
    page.seen.all_or_nothing.click()
    assert not page.seen.store.isEnabled()
    assert page.seen.says.text() == t("import.hindered", count=1)
    type_cell(page, 0, "10")
    settle(page.desk)
    assert page.seen.store.isEnabled()
    page.seen.store.click()
    settle(page.desk)
    assert cases(page.desk.office) == ["T0001", "T0002"]


def test_where_nothing_can_be_stored_it_says_so(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1, contract_amount="?")))
    assert not page.seen.store.isEnabled() and page.seen.save.isEnabled()
    assert page.seen.says.text() == t("import.nothing_to_store")


def test_what_was_typed_as_it_stood_is_no_change(page: ImportPage, tmp_path: Path) -> None:
    look(page, file(tmp_path, application(1, contract_amount="待定")))
    told: list[object] = []
    page.seen.typed.connect(lambda cell, text: told.append((cell, text)))
    cell = page.seen.faults.faults.faults[0].cell
    page.seen.faults.faults.typed.emit(cell, "9900")
    page.seen.faults.faults.typed.emit(cell, "待定")
    assert told == [(cell, "9900"), (cell, None)]
    settle(page.desk)


def test_rows_go_into_the_round_that_is_chosen(page: ImportPage, tmp_path: Path) -> None:
    into = page.seen.into
    assert [into.itemData(at) for at in range(into.count())][:2] == [None, 1]
    into.setCurrentIndex(1)
    page.refresh()
    settle(page.desk)
    assert into.currentData() == 1, "reading the rounds again leaves the choice"


def test_a_chosen_round_is_previewed_as_it_is_stored(page: ImportPage, tmp_path: Path) -> None:
    """A row that corrects a case of the first round is nothing for the second: it is told before storing."""
    office, into = page.desk.office, page.seen.into
    look(page, file(tmp_path, application(1)))
    page.seen.store.click()
    settle(page.desk)
    with office.read() as session:
        there = session.execute(select(Application).where(col(Application.case_no) == "T0001")).scalar_one()
        assert there.round_id == 1
    second = rounds.open_round(office, page.desk.person, "加开批次", 2026).facts["round"]
    page.refresh()
    settle(page.desk)
    look(page, file(tmp_path, application(1, contract_amount=1), name="b.xlsx"))
    assert reasons(page) == [] and page.seen.store.isEnabled()
    for round_id, wrong in ((second, [(2, "申报编号", False)]), (1, [])):
        into.setCurrentIndex(into.findData(round_id))
        into.activated.emit(into.currentIndex())
        assert not page.seen.store.isEnabled()
        settle(page.desk)
        assert reasons(page) == wrong and page.seen.store.isEnabled() == (not wrong)
        if wrong:
            assert into.itemText(into.findData(1)) in page.seen.detail.text()


def test_rows_that_a_filter_hides_are_asked_about(page: ImportPage, tmp_path: Path) -> None:
    path = hide(file(tmp_path, application(1), application(2), application(3)), 3)
    look(page, path)
    pane = page.seen
    assert not pane.hidden.isHidden() and "3" in pane.hidden.text()
    assert not pane.store.isEnabled() and pane.says.text() == t("import.hidden_unasked")
    pane.hidden.setChecked(True)
    assert pane.store.isEnabled() and not pane.says.text()
    pane.store.click()
    settle(page.desk)
    assert cases(page.desk.office) == ["T0001", "T0002", "T0003"]
    look(page, file(tmp_path, application(4)))
    assert pane.hidden.isHidden() and pane.store.isEnabled()


def test_very_many_hidden_rows_are_counted(page: ImportPage, tmp_path: Path) -> None:
    rows = [application(number) for number in range(1, 21)]
    look(page, hide(file(tmp_path, *rows), *range(2, 22)))
    said = page.seen.hidden.text()
    assert "20" in said and "…" in said and "13、…" in said
