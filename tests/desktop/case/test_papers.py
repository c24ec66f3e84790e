"""Papers by file, drag and paste, kept once by hash and shown inside."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

import words
from casework.cases import paper_filing
from casework.cases.paper_kinds import KINDS
from casework.core.stored_files import MOST_BYTES
from desktop.kit.language import t
from desktop.pages.case.kind_dialog import KindDialog
from tests.casework.desk import OTHER_CODE, Desk
from tests.desktop.case.conftest import OpenCase
from tests.desktop.helpers import button, texts


def picture() -> QImage:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    return image


def png() -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture().save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_files_dropped_on_the_page_are_filed_by_their_kind(open_case: OpenCase, tmp_path: Path) -> None:
    (tmp_path / "租赁合同.png").write_bytes(png())
    (tmp_path / "发票1.pdf").write_bytes(b"%PDF-1.4 x")
    opened = open_case(Desk.submit)
    data = files(tmp_path / "租赁合同.png", tmp_path / "发票1.pdf")
    action, button_, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPointF(10, 10).toPoint(), action, data, button_, none)
    QApplication.sendEvent(opened.page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(opened.page, QDropEvent(QPointF(10, 10), action, data, button_, none))
    opened.settle()
    view = opened.page.view
    assert view is not None
    assert [(one.kind, one.name, one.media) for one in view.papers] == [
        ("contract", "租赁合同.png", "image/png"), ("invoice", "发票1.pdf", "application/pdf"),
    ]  # fmt: skip
    assert t("case.papers_taken", count=2) == opened.frame.messages.sentence.text()


def test_a_picture_is_pasted_and_shown_inside(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    QGuiApplication.clipboard().setImage(picture())
    opened.page.do_case_paste()
    (asked,) = opened.page.findChildren(KindDialog)
    asked.kinds[0].setCurrentIndex(KINDS.index("licence"))
    button(asked, t("case.file_papers")).click()
    opened.settle()
    view = opened.page.view
    assert view is not None and [one.kind for one in view.papers] == ["licence"]
    button(opened.page.papers, view.papers[0].name).click()
    opened.settle()
    viewer = opened.page.viewer
    assert viewer.stack.currentWidget() is viewer.picture
    assert viewer.picture.image.width() == 400
    assert view.papers[0].sha256[:16] in viewer.hash.text()
    QGuiApplication.clipboard().clear()


def test_an_empty_clipboard_is_said(open_case: OpenCase) -> None:
    opened = open_case(Desk.submit)
    QGuiApplication.clipboard().setText("只有文字")
    opened.page.do_case_paste()
    assert opened.frame.messages.sentence.text() == t("case.nothing_to_paste")


def test_a_file_that_can_t_be_read_is_named(open_case: OpenCase, tmp_path: Path) -> None:
    opened = open_case(Desk.submit)
    opened.page.papers.take([tmp_path / "没有.pdf"])
    said = opened.frame.messages.sentence.text()
    assert said.startswith("没有.pdf") and words.say("cli.no_file", file=str(tmp_path / "没有.pdf")) in said
    assert "No such file" not in said
    with (tmp_path / "录像.pdf").open("wb") as endless:
        endless.truncate(MOST_BYTES + 1)
    opened.page.papers.take([tmp_path / "录像.pdf"])
    too_large = words.say("cli.file_too_large", file=str(tmp_path / "录像.pdf"))
    assert too_large in opened.frame.messages.sentence.text()


def test_who_may_not_file_is_not_offered_it(open_case: OpenCase, tmp_path: Path) -> None:
    opened = open_case(Desk.submit, "auditor")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    assert not opened.page.papers.takes(files(tmp_path / "a.pdf"))
    assert t("case.papers.none_here") in texts(opened.page.papers)


def test_the_same_file_on_another_case_is_told(open_case: OpenCase) -> None:
    other: list[str] = []

    def lead(desk: Desk) -> str:
        other.append(desk.submit())
        case = desk.submit(applicant=OTHER_CODE, contract_no="HT-2")
        for one in (other[0], case):
            paper_filing.add_paper(desk.office, "officer", one, "contract", "合同.pdf", b"%PDF-1.4 same")
        return case

    opened = open_case(lead)
    assert any(other[0] in text for text in texts(opened.page.papers))
