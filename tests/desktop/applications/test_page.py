"""The list of applications as an officer works with it."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from casework.boards import application_list
from casework.boards.application_list import Filter, Query
from casework.core.cursor_reads import connected
from casework.issuing import withdraw_suspend_revoke
from desktop.kit.ask_dialog import AskDialog
from desktop.kit.language import t
from desktop.pages.applications import ApplicationsPage
from desktop.pages.applications.many_cases import BulkDialog
from desktop.pages.applications.saved import GIVEN
from tests.desktop.helpers import compose, press, settle, soon, type_text
from tests.desktop.window_thread import in_a_worker

PageOf = Callable[..., ApplicationsPage]


def cases(page: ApplicationsPage) -> list[str]:
    return application_list.cases(page.desk.office, page.pane.model.ids)


def names(page: ApplicationsPage) -> list[str]:
    at = page.applications.spec.at["applicant_name"]
    rows = in_a_worker(lambda: page.applications.rows(page.pane.model.ids))
    return [str(row[at]) for row in rows]


def offered(page: ApplicationsPage) -> list[QPushButton]:
    """The buttons of an empty list."""
    return [each for each in page.nothing.findChildren(QPushButton) if each.isVisible()]


def test_all_applications_stand_there_the_latest_first(page_of: PageOf) -> None:
    page = page_of()
    rows = application_list.rows(page.desk.office, page.pane.model.ids)
    assert len(rows) > 20
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), reverse=True)
    assert page.pane.foot.text() == t("table.cases", rows=str(len(rows)))


def test_two_characters_typed_find_names_that_hold_them(page_of: PageOf) -> None:
    page = page_of()
    everything = len(page.pane.model.ids)
    type_text(page.search, "智能")
    soon(lambda: page.query.text == "智能")
    settle(page.desk)
    assert 0 < len(names(page)) < everything
    assert all("智能" in name for name in names(page))
    press(page.search, Qt.Key.Key_Escape)
    soon(lambda: page.query.text == "")
    settle(page.desk)
    assert len(names(page)) == everything


def test_what_is_still_being_composed_searches_nothing(page_of: PageOf) -> None:
    page = page_of()
    compose(page.search, "zhi'neng")
    settle(page.desk)
    assert page.query.text == ""


def test_initials_find_too(page_of: PageOf) -> None:
    page = page_of()
    wanted = [name for name in names(page) if "机器人" in name]
    type_text(page.search, "jqr")
    soon(lambda: page.query.text == "jqr")
    settle(page.desk)
    assert wanted and set(wanted) <= set(names(page))


def test_down_goes_into_the_list_and_enter_opens_the_case(page_of: PageOf) -> None:
    page = page_of()
    opened: list[str] = []
    page.opened.connect(opened.append)
    page.search.setFocus()
    press(page.search, Qt.Key.Key_Down)
    press(page.pane.view, Qt.Key.Key_Return)
    settle(page.desk)
    assert opened == cases(page)[:1]


def test_given_filters_show_their_counts_and_what_they_find(page_of: PageOf) -> None:
    page = page_of()
    states = application_list.counts(page.desk.office, "state")
    row = [saved.name for saved in GIVEN].index("issued")
    item = page.saved.item(row)
    soon(lambda: item.data(int(Qt.ItemDataRole.UserRole) + 1) == str(states["issued"]))
    page.saved.itemClicked.emit(item)
    settle(page.desk)
    assert len(page.pane.model.ids) == states["issued"]
    assert page.saved.currentRow() == row
    assert not page.bar.isHidden()


def test_another_page_can_come_with_a_filter(page_of: PageOf) -> None:
    page = page_of()
    page.come("suspended")
    settle(page.desk)
    assert page.query.filters == (Filter("state", "in", ("suspended",)),)


def test_a_filter_is_a_chip_that_can_be_taken_away(page_of: PageOf) -> None:
    page = page_of()
    everything = len(page.pane.model.ids)
    page.show_query(page.query.with_filter(Filter("contract_amount", "between", (500_000_000, None))))
    settle(page.desk)
    assert 0 < len(page.pane.model.ids) < everything
    words = [button.text() for button in page.bar.findChildren(QPushButton) if not button.isHidden()]
    assert words == ["合同金额（元）：5,000,000.00 起", "✕"]
    page.bar.findChildren(QPushButton)[1].click()
    settle(page.desk)
    assert len(page.pane.model.ids) == everything


def test_a_filter_by_a_rule_has_its_name_once_it_is_read(page_of: PageOf) -> None:
    """After a change of packs nobody waits for their names: the chip says them when the rows are there."""
    page = page_of()
    page.applications.forget_names()
    page.show_query(page.query.with_filter(Filter("scheme", "in", ("shenzhen-training-voucher",))))
    settle(page.desk)
    words = [button.text() for button in page.bar.findChildren(QPushButton) if not button.isHidden()]
    assert words == [f"{t('applications.column.scheme')}：深圳市训力券", "✕"]


def test_a_column_is_filtered_by_its_own_values(page_of: PageOf) -> None:
    page = page_of()
    dialog = page.filter_column("state")
    settle(page.desk)
    texts = [dialog.values.item(row).text() for row in range(dialog.values.count())]
    states = application_list.counts(page.desk.office, "state")
    called = {state: t(f"state.{'aside' if state == 'suspended' else state}") for state in states}
    assert texts == [f"{called[state]}  {count}" for state, count in states.items()]
    dialog.values.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    settle(page.desk)
    assert len(page.pane.model.ids) == next(iter(states.values()))


def test_a_filter_is_kept_under_a_name_and_forgotten(page_of: PageOf) -> None:
    page = page_of()
    page.show_query(Query(filters=(Filter("state", "in", ("refused",)),)))
    page.do_save_filter()
    dialog = page.findChild(AskDialog)
    assert isinstance(dialog, AskDialog)
    dialog.yes.click()
    assert dialog.fault.text() == t("applications.saved.unnamed")
    type_text(dialog.fields["applications.saved.name"], "要告知的")
    dialog.yes.click()
    settle(page.desk)
    row = page.saved.count() - 1
    assert page.saved.item(row).text() == "要告知的"
    again = ApplicationsPage(page.desk, page.theme)
    assert again.saved.item(row).text() == "要告知的"
    again.deleteLater()
    page.saved.drop_asked.emit("要告知的")
    settle(page.desk)
    assert page.saved.count() == len(GIVEN)


def test_an_empty_list_offers_to_show_all(page_of: PageOf) -> None:
    page = page_of()
    type_text(page.search, "没有这样的单位")
    soon(lambda: page.query.text != "")
    settle(page.desk)
    assert page.pane.stack.currentWidget() is page.pane.empty
    offered(page)[0].click()
    settle(page.desk)
    assert page.pane.stack.currentWidget() is page.pane.view
    assert page.search.text() == ""


def test_a_new_office_offers_the_import(page_of: PageOf, empty_file: Path) -> None:
    page = page_of("officer", empty_file)
    went: list[str] = []
    page.went.connect(went.append)
    assert page.pane.stack.currentWidget() is page.nothing
    assert [each.text() for each in offered(page)] == [t("applications.to_import")]
    offered(page)[0].click()
    assert went == ["import"]


def test_the_list_follows_what_others_do_and_keeps_the_selection(page_of: PageOf) -> None:
    page = page_of()
    page.show_saved(next(saved for saved in GIVEN if saved.name == "suspended"))
    settle(page.desk)
    before = list(page.pane.model.ids)
    page.pane.view.pick(before[1:2])
    page.desk.act(withdraw_suspend_revoke.resume, cases(page)[0])
    settle(page.desk)
    soon(lambda: len(page.pane.model.ids) == len(before) - 1)
    assert list(page.pane.view.picked_ids()) == before[1:2]


def test_sums_of_the_selection_stand_at_the_foot(page_of: PageOf) -> None:
    page = page_of()
    page.pane.view.selectAll()
    sums = application_list.sums(page.desk.office, page.pane.model.ids)
    wanted = t("applications.sums", contract_fen=sums.contract_fen, award_fen=sums.award_fen)
    assert sums.award_fen > 0
    soon(lambda: page.pane.sums.text() == wanted)


def test_many_cases_go_through_a_preview(page_of: PageOf) -> None:
    page = page_of()
    page.do_bulk()
    assert page.findChild(BulkDialog) is None, "nothing is selected"
    page.come("suspended")
    settle(page.desk)
    page.pane.view.selectAll()
    page.do_bulk()
    settle(page.desk)
    dialog = page.findChild(BulkDialog)
    assert isinstance(dialog, BulkDialog)
    assert dialog.cases == cases(page)
    dialog.reject()


def test_the_list_is_written_as_it_stands(page_of: PageOf, tmp_path: Path) -> None:
    page = page_of()
    page.come("issued")
    settle(page.desk)
    page.export(tmp_path / "list.xlsx")
    settle(page.desk)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heading = next(row for row in cells if row[0] == t("applications.column.case_no"))
    assert t("applications.column.award") in heading
    assert [row[0] for row in cells if str(row[0]).startswith("YS")] == cases(page)


def test_an_export_is_logged_without_its_contents(page_of: PageOf, tmp_path: Path) -> None:
    page = page_of()
    page.export(tmp_path / "list.csv")
    settle(page.desk)
    with connected(page.desk.office) as (connection, _):
        payload = json.loads(
            connection.execute("SELECT payload FROM log_entry ORDER BY seq DESC LIMIT 1").fetchone()[0]
        )
    assert payload["rows"] == len(page.pane.model.ids)


def test_a_heading_offers_what_can_be_done_with_its_column(page_of: PageOf) -> None:
    page = page_of()
    page.pane.view.header_asked.emit("award", QPoint(300, 300))
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    offers = {action.text(): action for action in menu.actions()}
    offers[t("applications.header.down")].trigger()
    settle(page.desk)
    assert (page.query.sort, page.query.descending) == ("award", True)
    menu.close()


def test_auditors_see_the_list_but_are_not_offered_acts(page_of: PageOf) -> None:
    page = page_of("auditor")
    assert len(page.pane.model.ids) > 20
    offers = {action.name for action in page.offers if not action.act or page.desk.may(action.act)}
    assert "bulk" not in offers and "export_list" in offers


def test_everything_has_a_name_for_those_who_listen(page_of: PageOf) -> None:
    page = page_of()
    assert page.search.accessibleName() and page.saved.accessibleName() and page.pane.view.accessibleName()
    index = page.pane.model.index(0, 0)
    assert t("applications.column.case_no") in str(index.data(int(Qt.ItemDataRole.AccessibleTextRole)))
