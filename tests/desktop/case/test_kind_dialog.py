"""The kinds of files whose names do not tell."""

from PySide6.QtWidgets import QApplication, QWidget

from casework.cases.paper_kinds import KINDS
from desktop.kit.language import t
from desktop.pages.case.kind_dialog import KindDialog, Taken
from tests.desktop.helpers import button, texts


def test_each_file_gets_the_kind_that_is_chosen(dressed: QApplication) -> None:
    papers: list[Taken] = [
        ("invoice", "发票.pdf", b"1", "application/pdf"),
        ("other", "scan.png", b"2", "image/png"),
    ]
    given: list[list[Taken]] = []
    parent = QWidget()
    asked = KindDialog(parent, papers, given.append)
    asked.show()
    assert "scan.png" in texts(asked)
    assert [box.currentData() for box in asked.kinds] == ["invoice", "other"]
    asked.kinds[1].setCurrentIndex(KINDS.index("contract"))
    button(asked, t("case.file_papers")).click()
    assert given == [[papers[0], ("contract", *papers[1][1:])]]
    parent.deleteLater()


def test_not_now_files_nothing(dressed: QApplication) -> None:
    given: list[list[Taken]] = []
    parent = QWidget()
    asked = KindDialog(parent, [("other", "a", b"", "image/png")], given.append)
    asked.show()
    button(asked, t("dialog.not_now")).click()
    assert given == []
    parent.deleteLater()
