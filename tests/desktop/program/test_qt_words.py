"""Qt's own words follow the language, also those that its Chinese lacks; what nobody translates stays."""

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QLabel, QTreeView

from desktop.kit.language import speak, t
from desktop.program.qt_words import LACKED, QtWords
from tests.desktop.helpers import printer_to, soon


def said(text: str, where: str = "QFileDialog") -> str:
    return QCoreApplication.translate(where, text)


def test_every_word_is_said_in_the_language_of_the_window(dressed: QApplication) -> None:
    speak("zh")
    words = QtWords(dressed)
    for (where, english), code in LACKED.items():
        assert said(english, where) == t(code) != english
    assert said("Files of type:") == "文件类型："
    assert said("what nobody translates") == "what nobody translates"
    assert QCoreApplication.translate("QShortcut", "Return") == "回车"
    speak("en")
    words.speak()
    for where, english in LACKED:
        assert said(english, where) == english
    assert QCoreApplication.translate("QShortcut", "Return") == "Return"
    speak("zh")
    words.speak()
    for one in words.installed:
        dressed.removeTranslator(one)


def _buttons(dialog: QDialog) -> list[QAbstractButton]:
    return dialog.findChildren(QAbstractButton)


def test_no_word_of_qts_dialogs_for_files_and_printing_is_english_in_a_chinese_window(
    dressed: QApplication, tmp_path: Path
) -> None:
    """The very dialogs that a window without a desktop's own has."""
    speak("zh")
    words = QtWords(dressed)
    (tmp_path / "folder").mkdir()
    files = QFileDialog(None, t("welcome.open"), str(tmp_path))
    files.setOption(QFileDialog.Option.DontUseNativeDialog)
    files.show()
    listed = files.findChildren(QTreeView)[0]
    soon(lambda: listed.model().rowCount(listed.rootIndex()) == 1)
    row = listed.model().index(0, 2, listed.rootIndex())
    assert row.data() == t("qt.folder")
    printing = QPrintDialog(printer_to(tmp_path / "x.pdf"))
    shown = {one.text() for dialog in (files, printing) for one in dialog.findChildren(QLabel)}
    shown |= {one.text() for dialog in (files, printing) for one in _buttons(dialog)}
    assert not [text for text in shown if re.search("[A-Za-z]{4}", text) and "/" not in text]
    for one in (files, printing):
        one.close()
        one.deleteLater()
    for each in words.installed:
        dressed.removeTranslator(each)
