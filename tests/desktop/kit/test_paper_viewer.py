"""The pane: the very stored bytes, shown, saved and printed; put away by Escape."""

from pathlib import Path

from PySide6.QtCore import Qt

from casework.cases import paper_filing
from casework.issuing import letters
from desktop.kit.language import t
from tests.casework.desk import Desk
from tests.desktop.case.conftest import OpenCase
from tests.desktop.helpers import press, soon


def test_the_letter_shown_is_the_stored_file_and_is_saved_and_printed(
    open_case: OpenCase, tmp_path: Path
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    def lead(desk: Desk) -> str:
        case = desk.issued()
        letters.issue_approval(desk.office, "officer", case)
        return case

    opened = open_case(lead)
    view, viewer = opened.page.view, opened.page.viewer
    assert view is not None
    opened.page.look_at(view.letters[0].numbered, view.letters[0].sha256)
    opened.settle()
    assert viewer.shown is not None
    opened.page.doing.save_to(viewer.shown.stored, tmp_path / "通知书.pdf")
    opened.settle()
    assert (tmp_path / "通知书.pdf").read_bytes() == viewer.shown.stored.body
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    viewer.print_on(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 1_000
    soon(lambda: viewer.document.pageCount() == len(viewer.images()))


def test_a_file_that_can_t_be_shown_says_so(open_case: OpenCase) -> None:
    def lead(desk: Desk) -> str:
        case = desk.submit()
        paper_filing.add_paper(desk.office, "officer", case, "other", "坏.pdf", b"no pdf at all")
        return case

    opened = open_case(lead)
    assert opened.page.view is not None
    paper = opened.page.view.papers[0]
    opened.page.look_at(paper.name, paper.sha256)
    opened.settle()
    assert opened.page.viewer.other.text() == t("case.not_shown")
    assert opened.page.viewer.stack.currentWidget() is opened.page.viewer.other
    opened.page.viewer.close_pane()
    assert not opened.page.viewer.isVisible()


def test_escape_puts_the_pane_away(open_case: OpenCase) -> None:
    opened = open_case(Desk.issued)
    letters.issue_approval(opened.desk.office, "officer", opened.case)
    opened.again()
    assert opened.page.view is not None
    one = opened.page.view.letters[0]
    opened.page.look_at(one.numbered, one.sha256)
    opened.settle()
    opened.page.viewer.pages.setFocus()
    press(opened.page.viewer.pages, Qt.Key.Key_Escape)
    soon(lambda: not opened.page.viewer.isVisible())
