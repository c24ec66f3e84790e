"""A new password is typed twice, and what is wrong with it is said while it is typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.kit.language import speak, t
from desktop.kit.new_password import NewPassword


def test_the_hint_follows_what_is_typed(dressed: QApplication) -> None:
    speak("zh")
    field = NewPassword(lambda: ("zhang", "张三"))
    assert field.hint.text() == t("password.rule", least=8, different=5)
    said = []
    for text in ("123", "12345678", "zhang2026", "blue tin gate 42"):
        field.clear()
        QTest.keyClicks(field.first, text)
        said.append(field.hint.text())
    assert said == [
        t("refused.password_short", least=8, different=5), t("refused.password_common"),
        t("refused.password_named"), t("password.differ"),
    ]  # fmt: skip
    QTest.keyClicks(field.again, "blue tin gate 42")
    assert (field.hint.text(), field.fault(), field.text()) == (t("password.good"), "", "blue tin gate 42")
    entered: list[bool] = []
    field.entered.connect(lambda: entered.append(True))
    QTest.keyClick(field.again, Qt.Key.Key_Return)
    assert entered == [True]
    field.deleteLater()
