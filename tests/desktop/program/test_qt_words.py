"""Qt's own words follow the language, also those that its Chinese lacks; what nobody translates stays."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from desktop.kit.language import speak, t
from desktop.program.qt_words import LACKED, QtWords


def said(text: str) -> str:
    return QCoreApplication.translate("QFileDialog", text)


def test_every_word_is_said_in_the_language_of_the_window(dressed: QApplication) -> None:
    speak("zh")
    words = QtWords(dressed)
    for english, code in LACKED.items():
        assert said(english) == t(code) != english
    assert said("Files of type:") == "文件类型："
    assert said("what nobody translates") == "what nobody translates"
    assert QCoreApplication.translate("QShortcut", "Return") == "回车"
    speak("en")
    words.speak()
    for english in LACKED:
        assert said(english) == english
    assert QCoreApplication.translate("QShortcut", "Return") == "Return"
    speak("zh")
    words.speak()
    for one in words.installed:
        dressed.removeTranslator(one)
